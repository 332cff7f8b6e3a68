//! Findings as text for a terminal of 80 columns.

use std::fmt::Write as _;

use tertius::findings::{Findings, PartKind, Waterfall};
use tertius::vocabulary::{Lang, Text};

/// The reading: a timeline by half-year, turning points, and published readings beside ours.
pub fn reading(f: &Findings, lang: Lang) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}\n", f.title.get(lang));
    timeline(f, lang, &mut out);
    let _ = writeln!(out);
    for t in &f.turning_points {
        let _ = writeln!(
            out,
            "{}  {} → {}  ({} … {}, p = {:.2})",
            t.month,
            set(f, &t.from, lang),
            set(f, &t.to, lang),
            t.interval_90[0],
            t.interval_90[1],
            t.p
        );
    }
    for r in &f.readings {
        let _ = writeln!(out, "\n{} ({} … {})", r.name.get(lang), r.from, r.to);
        let _ = writeln!(out, "  {}: {}", r.source, set(f, &r.roles, lang));
        for role in &f.catalogue.roles {
            let p = r.ours.get(&role.id).copied().unwrap_or(f64::NAN);
            let band = r
                .ours_bands_90
                .get(&role.id)
                .copied()
                .unwrap_or([f64::NAN; 2]);
            let _ = writeln!(
                out,
                "  {:<12} {p:.2}  [{:.2}, {:.2}]",
                role.name.get(lang),
                band[0],
                band[1]
            );
        }
        for l in &r.rule {
            let name = match lang {
                Lang::En => "rule",
                Lang::Zh => "规则",
            };
            let _ = writeln!(
                out,
                "  {name}: {} {:.0} %",
                set(f, &l.set, lang),
                100.0 * l.p
            );
        }
    }
    out
}

/// One line a role, one cell a quarter: the fuller, the likelier.
fn timeline(f: &Findings, lang: Lang, out: &mut String) {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let quarters: Vec<_> = f.months.chunks(3).collect();
    for role in &f.catalogue.roles {
        let cells: String = quarters
            .iter()
            .map(|q| {
                let p = q.iter().map(|m| m.roles[&role.id]).sum::<f64>() / q.len() as f64;
                BLOCKS[(p * 8.0).round() as usize]
            })
            .collect();
        let _ = writeln!(out, "{} │{cells}│ {}", role.letter, role.name.get(lang));
    }
    let mut scale = String::new();
    for q in &quarters {
        if scale.chars().count() <= quarters.len() && q[0].month.month() == 1 {
            scale.push_str(&format!("{:02}  ", q[0].month.year() % 100));
        }
    }
    let _ = writeln!(out, "   {scale}");
}

fn set(f: &Findings, ids: &[String], lang: Lang) -> String {
    if ids.is_empty() {
        return "∅".to_owned();
    }
    let name = |id: &String| {
        let role = f.catalogue.roles.iter().find(|r| r.id == *id);
        role.map_or(id.as_str(), |r| r.name.get(lang)).to_owned()
    };
    ids.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// The parts of a role's log-odds, the weightiest first.
pub fn waterfall(f: &Findings, w: &Waterfall, lang: Lang) -> String {
    const SHOWN: usize = 15;
    let mut out = String::new();
    let name = set(f, std::slice::from_ref(&w.role), lang);
    let _ = writeln!(
        out,
        "{}  {name}  p = {:.3}, log-odds {:+.3}",
        w.month, w.p, w.log_odds
    );
    let mut rest = 0.0;
    for (i, p) in w.parts.iter().enumerate() {
        let fixed = !matches!(p.kind, PartKind::Row | PartKind::Silence);
        if i > SHOWN && !fixed {
            rest += p.nats;
            continue;
        }
        let row = p
            .row
            .as_ref()
            .and_then(|id| f.rows.iter().find(|r| r.id == *id));
        let label = match (p.kind, row) {
            (PartKind::Prior, _) => "prior".to_owned(),
            (PartKind::ParameterUncertainty, _) => "parameter uncertainty".to_owned(),
            (PartKind::Residual, _) => {
                let _ = writeln!(out, "{rest:+9.3}  …");
                "residual".to_owned()
            }
            (_, Some(r)) => format!("{} {} {}", r.date, r.id, short(&r.description, lang)),
            (_, None) => format!(
                "silence {} {}",
                p.month.map_or_else(String::new, |m| m.to_string()),
                p.what.clone().unwrap_or_default()
            ),
        };
        let _ = if p.kind == PartKind::Residual {
            writeln!(out, "{:+9.1e}  {label}", p.nats)
        } else {
            writeln!(out, "{:+9.3}  {label}", p.nats)
        };
    }
    out.push('\n');
    out
}

fn short(text: &Text, lang: Lang) -> String {
    let most = match lang {
        Lang::En => 44,
        Lang::Zh => 22,
    };
    let text = text.get(lang);
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain("…".chars()).collect()
}
