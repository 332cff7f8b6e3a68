//! What is found of a triad as a figure for print: which series stand together, and under which words.

use std::path::Path;

use jiff::civil::Date;
use tertius_data::conditions::Condition;
use tertius_data::states::{StateId, States};
use tertius_report::figures::triad::{self, Line, Panel, Point, Section, Triad};

use super::Args;
use super::compute::Found;
use super::values::Value;
use crate::place::fill_file;
use crate::screen::{message, say};
use crate::{Ended, pictures};

/// Draws `found` and writes its files into `folder`, which is made where it is missing.
///
/// # Errors
///
/// Where nothing is known that could be drawn, or a file cannot be written.
pub(super) fn write(
    found: &Found,
    folder: &Path,
    args: &Args,
    engines: pictures::Engines,
) -> Result<(), Ended> {
    let public = &args.public;
    let lang = public.lang;
    let Some(figure) = triad::draw(&triad(found, args), lang) else {
        return Err(public.refuse(&message(lang, "interests-nothing-to-draw", &[])));
    };
    let id = figure.id.clone();
    let figures = [figure];
    let drawn = pictures::draw(engines, &figures, true, lang)?;
    let files = pictures::files("", &figures, &drawn, lang, public.quiet);
    std::fs::create_dir_all(folder)
        .map_err(|e| Ended::Usage(crate::place::not_written(folder, &e, lang)))?;
    for file in files {
        // Several triads may lie in one folder, each with its own caption.
        let name = match file.path.as_str() {
            "captions.txt" => format!("{id}.txt"),
            path => path.to_owned(),
        };
        let path = folder.join(name);
        public.spare(Some(&path), None)?;
        fill_file(&path, lang, |out| out.write_all(&file.bytes)).map_err(Ended::Usage)?;
    }
    if !public.quiet {
        let at = folder.join(format!("{id}.svg"));
        let values = [("path", at.display().to_string())];
        say(&message(lang, "interests-drawn", &values));
    }
    Ok(())
}

fn triad(found: &Found, args: &Args) -> Triad {
    let lang = args.public.lang;
    let on = Date::constant(args.to.clamp(1, 9999), 7, 1);
    let states = States::bundled();
    let code = |s: StateId| {
        states
            .actor(s, on)
            .map_or_else(|| states.key(s).to_owned(), |a| a.to_string())
    };
    let name = |s: StateId| states.name(s, on).get(lang).to_owned();
    let [ally, patron, rival] = found.states.map(name);
    let names = [
        ("ally", ally),
        ("patron", patron.clone()),
        ("rival", rival.clone()),
        ("from", args.from.to_string()),
        ("to", args.to.to_string()),
    ];
    let said = |key: &str| message(lang, key, &names);
    let values = found.values(lang);
    let line = |name: &str, section: &str, measure: &str| Line {
        name: name.to_owned(),
        points: points(&values, section, measure),
    };
    let of_votes = |id: &str| Panel {
        title: message(lang, &format!("interests-group-{id}"), &[]),
        scale: Some((0.0, 1.0)),
        lines: vec![line(&patron, "divergence", id)],
    };
    let issues = found.groups.iter().map(|g| g.id).filter(|id| *id != "all");
    let likeness = |measure: &str, title: &str| Panel {
        title: title.to_owned(),
        scale: Some((-1.0, 1.0)),
        lines: vec![
            line(&patron, "likeness-patron", measure),
            line(&rival, "likeness-rival", measure),
        ],
    };
    let distance = |measure: &str, key: &str| Panel {
        title: said(key),
        scale: None,
        lines: vec![line(&patron, "ideal-points", measure)],
    };
    let condition = |c: &Condition| Panel {
        title: format!("{} ({})", c.title.get(lang), c.unit.get(lang)),
        scale: None,
        lines: vec![line(c.id, "condition", c.id)],
    };
    Triad {
        id: format!(
            "{}-{}-{}",
            found.states.map(code).join("-"),
            args.from,
            args.to
        ),
        title: said("interests-head"),
        years: (args.from, args.to),
        sections: vec![
            Section {
                heading: said("interests-figure-places"),
                panels: vec![of_votes("all")],
            },
            Section {
                heading: said("interests-figure-issues"),
                panels: issues.map(of_votes).collect(),
            },
            Section {
                heading: said("interests-figure-likeness"),
                panels: vec![
                    likeness("s", "S"),
                    likeness("kappa", "κ"),
                    likeness("pi", "π"),
                ],
            },
            Section {
                heading: said("interests-figure-distance"),
                panels: vec![
                    distance("distance-patron", "interests-figure-own"),
                    distance("distance-patron-published", "interests-figure-published"),
                ],
            },
            Section {
                heading: said("interests-figure-conditions"),
                panels: found
                    .conditions
                    .iter()
                    .map(|c| condition(c.condition))
                    .collect(),
            },
        ],
    }
}

fn points(values: &[Value], section: &str, measure: &str) -> Vec<Point> {
    let of = |v: &&Value| v.section == section && v.measure == measure;
    let point = |v: &Value| {
        Some(Point {
            period: v.period.clone(),
            at: middle(&v.period)?,
            value: v.value,
            interval: v.interval,
            observed: v.status == "observed",
        })
    };
    values.iter().filter(of).filter_map(point).collect()
}

/// Where a period lies on an axis on which a whole number is the middle of its year.
fn middle(period: &str) -> Option<f64> {
    match period.split_once('-') {
        None => period.parse().ok(),
        Some((year, month)) => {
            let (year, month): (f64, f64) = (year.parse().ok()?, month.parse().ok()?);
            Some(year + (month - 6.5) / 12.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn months_lie_around_the_middle_of_their_year() {
        assert_eq!(middle("1992"), Some(1992.0));
        let ends = [middle("1992-01"), middle("1992-12")].map(Option::unwrap_or_default);
        assert!((ends[0] + ends[1] - 2.0 * 1992.0).abs() < 1e-9);
        assert_eq!(middle("1992-Q1"), None);
    }
}
