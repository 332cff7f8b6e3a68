//! What was found of a triad, for a terminal of eighty columns or so.

use jiff::civil::Date;
use tertius::vocabulary::Lang;
use tertius_data::catalogue;
use tertius_data::states::{StateId, States};
use tertius_report::terminal::{hanging, label, scale, strip};

use super::Args;
use super::compute::{Conditioned, Found};
use crate::screen::{look, message};

const LABEL: usize = 22;
const NUMBER: usize = 17;

struct Writer<'f> {
    found: &'f Found,
    lang: Lang,
    width: usize,
    lines: Vec<String>,
}

/// The whole text.
pub(super) fn text(found: &Found, args: &Args) -> String {
    let mut w = Writer {
        found,
        lang: args.public.lang,
        width: look().width,
        lines: Vec::new(),
    };
    w.head(args);
    w.places();
    w.table();
    w.conditions();
    w.cite();
    w.lines.join("\n") + "\n"
}

fn short(x: Option<f64>) -> String {
    x.map_or_else(|| "–".to_owned(), |x| format!("{x:.2}"))
}

fn ends(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(String::new, |(a, b)| format!(" [{a:.2}, {b:.2}]"))
}

impl Writer<'_> {
    fn say(&mut self, key: &str, values: &[(&str, String)]) {
        let text = message(self.lang, key, values);
        self.lines.push(hanging(&text, self.width, 2));
    }

    fn say_under(&mut self, key: &str, values: &[(&str, String)]) {
        let text = message(self.lang, key, values);
        self.lines
            .push(hanging(&format!("    {text}"), self.width, 4));
    }

    fn gap(&mut self) {
        self.lines.push(String::new());
    }

    fn room(&self) -> usize {
        self.width.saturating_sub(LABEL + NUMBER).max(10)
    }

    fn name(&self, state: StateId) -> String {
        let year = self.found.years.last().copied().unwrap_or(2000);
        let on = Date::constant(year.clamp(1, 9999), 7, 1);
        States::bundled().name(state, on).get(self.lang).to_owned()
    }

    fn names(&self) -> Vec<(&'static str, String)> {
        let [w, s, r] = self.found.states.map(|s| self.name(s));
        vec![("ally", w), ("patron", s), ("rival", r)]
    }

    fn head(&mut self, args: &Args) {
        let mut values = self.names();
        values.push(("from", args.from.to_string()));
        values.push(("to", args.to.to_string()));
        self.say("interests-head", &values);
        let all = &self.found.groups[0];
        let n: u32 = all.sided.iter().map(|s| s.n()).sum();
        values.push(("n", n.to_string()));
        let mut there = all.known.iter().enumerate();
        let first = there.find_map(|(t, k)| k.smoothed.map(|l| (t, l)));
        let mut back = all.known.iter().enumerate().rev();
        let last = back.find_map(|(t, k)| k.smoothed.map(|l| (t, l)));
        if let Some(((t, a), (u, b))) = first.zip(last) {
            values.push(("first", self.found.steps[t].clone()));
            values.push(("last", self.found.steps[u].clone()));
            let shown = |l: tertius_data::measures::place::Level| {
                format!("{:.2}{}", l.centre(), ends(Some(l.interval())))
            };
            values.push(("then", shown(a)));
            values.push(("now", shown(b)));
            self.say("interests-lead", &values);
        } else {
            self.say("interests-no-votes", &values);
        }
        if let Some((a, b)) = self
            .found
            .votes
            .filter(|(a, b)| args.from < *a || args.to > *b)
        {
            let span = [("from", a.to_string()), ("to", b.to_string())];
            self.say("interests-votes-cover", &span);
        }
    }

    fn places(&mut self) {
        self.gap();
        self.say("interests-places", &self.names());
        let room = self.room();
        let steps = scale(&self.found.steps, room);
        self.lines.push(format!("{}{steps}", " ".repeat(LABEL)));
        for g in &self.found.groups {
            let values: Vec<Option<f64>> = g
                .known
                .iter()
                .map(|k| k.smoothed.map(|l| l.centre()))
                .collect();
            let last = g.known.iter().rev().find_map(|k| k.smoothed);
            let n: u32 = g.sided.iter().map(|s| s.n()).sum();
            let key = format!("interests-group-{}", g.id);
            let name = message(self.lang, &key, &[]);
            let picture = label_right(&strip(&values, (0.0, 1.0), room), room);
            let number = last.map_or_else(
                || "–".to_owned(),
                |l| {
                    format!(
                        "{:.2}{}",
                        l.centre(),
                        ends(Some(l.interval())).replace(", ", " ")
                    )
                },
            );
            let name = format!("{name} ({n})");
            self.lines
                .push(format!("{}{picture} {number}", label(&name, LABEL)));
        }
        match self.found.issues {
            Some((a, b)) => {
                let mut span = vec![("from", a.to_string()), ("to", b.to_string())];
                self.say("interests-issues-cover", &span);
                if let Some((_, last)) = self.found.votes.filter(|v| v.1 > b) {
                    span.push(("last", last.to_string()));
                    self.say("interests-issues-end", &span);
                }
            }
            None => self.say("interests-no-issues", &[]),
        }
    }

    fn table(&mut self) {
        self.gap();
        self.say("interests-table", &self.names());
        let head = [
            "", "n", "D", "90 %", "O", "S:S", "S:R", "κ:S", "κ:R", "π:S", "π:R",
        ];
        let widths = [7, 4, 5, 11, 5, 6, 6, 6, 6, 6, 6];
        let line = |cells: &[String]| -> String {
            let cells = cells.iter().zip(widths);
            cells.map(|(c, w)| format!("{c:>w$}")).collect::<String>()
        };
        self.lines.push(line(&head.map(str::to_owned)));
        let yearly = self.found.steps.len() == self.found.years.len();
        for (t, year) in self.found.years.iter().enumerate() {
            let all = &self.found.groups[0];
            // Steps of months have their own picture; the table is by year.
            let at = if yearly { t } else { 12 * t + 11 };
            let level = all.known.get(at).and_then(|k| k.smoothed);
            let months = if yearly {
                t..t + 1
            } else {
                12 * t..12 * t + 12
            };
            let n: u32 = all
                .sided
                .get(months)
                .map_or(0, |s| s.iter().map(|s| s.n()).sum());
            let [with_s, with_r] = [0, 1].map(|k| self.found.likeness[k][t]);
            let interval = level.map(|l| l.interval());
            let mut cells = vec![
                year.to_string(),
                if n > 0 {
                    n.to_string()
                } else {
                    "–".to_owned()
                },
                short(level.map(|l| l.centre())),
                interval.map_or_else(|| "–".to_owned(), |(a, b)| format!("{a:.2}–{b:.2}")),
                short(level.map(|l| 1.0 - l.centre())),
            ];
            for k in 0..3 {
                cells.push(short(with_s.values[k].estimate));
                cells.push(short(with_r.values[k].estimate));
            }
            self.lines.push(line(&cells));
        }
        let (parted, both) = self.found.parted();
        let mut values = self.names();
        values.push(("parted", parted.to_string()));
        values.push(("both", both.to_string()));
        self.say("interests-warning", &values);
        self.distances();
    }

    fn distances(&mut self) {
        self.gap();
        let found = self.found;
        let own = ("interests-distance", "un-votes", Some(&found.distances));
        let published = found.published.as_ref().ok();
        let published = ("interests-distance-published", "un-ideal-points", published);
        for (key, source, distances) in [own, published] {
            if let Some(distances) = distances {
                let values: Vec<Option<f64>> = distances.iter().map(|d| d.value()).collect();
                let name = message(self.lang, key, &self.names());
                self.series(&name, &values, source);
            }
        }
        if let Err(reason) = &found.published {
            let name = message(self.lang, published.0, &self.names());
            let text = format!("{name}: {reason}");
            self.lines.push(hanging(&text, self.width, 2));
        }
    }

    /// A series as a line: its picture over its own range, its last value, and what nobody covers.
    fn series(&mut self, name: &str, values: &[Option<f64>], source: &str) {
        let there = || values.iter().flatten().copied();
        let low = there().fold(f64::INFINITY, f64::min);
        let high = there().fold(f64::NEG_INFINITY, f64::max);
        self.lines.push(hanging(name, self.width, 2));
        if there().next().is_none() {
            self.say_under("interests-none", &[("source", source.to_owned())]);
            return;
        }
        let room = self.room();
        let picture = label_right(&strip(values, (low, high), room), room);
        let years = self.found.years.iter().zip(values);
        let known: Vec<i16> = years
            .filter(|(_, v)| v.is_some())
            .map(|(y, _)| *y)
            .collect();
        let (first, last) = (known[0], known[known.len() - 1]);
        let latest = values.iter().rev().find_map(|v| *v);
        let places = if high - low < 0.1 { 3 } else { 2 };
        let range = format!("{low:.places$} … {high:.places$}");
        self.lines.push(format!(
            "{}{picture} {} ({last})",
            label(&format!("  {range}"), LABEL),
            latest.map_or_else(String::new, |x| format!("{x:.places$}"))
        ));
        let unknown = values.iter().filter(|v| v.is_none()).count();
        let said = [
            ("source", source.to_owned()),
            ("first", first.to_string()),
            ("last", last.to_string()),
            ("unknown", unknown.to_string()),
        ];
        let key = if unknown == 0 {
            "interests-source"
        } else {
            "interests-source-gaps"
        };
        self.say_under(key, &said);
    }

    fn conditions(&mut self) {
        self.gap();
        self.say("interests-conditions", &self.names());
        for c in &self.found.conditions {
            let Conditioned { condition, rows } = c;
            let name = format!("{} ({})", condition.title.get(self.lang), condition.unit);
            match rows {
                Err(reason) => {
                    let text = format!("{name}: {reason}");
                    self.lines.push(hanging(&text, self.width, 2));
                }
                Ok(rows) => {
                    let of = |year: &i16| {
                        let of_year = |r: &&super::compute::Row| {
                            r.period.first_day().year() == *year && r.value.is_some()
                        };
                        rows.iter()
                            .filter(of_year)
                            .filter_map(|r| r.value)
                            .next_back()
                    };
                    let values: Vec<Option<f64>> = self.found.years.iter().map(of).collect();
                    self.series(&name, &values, &condition.datasets.join(", "));
                }
            }
        }
    }

    fn cite(&mut self) {
        self.gap();
        let mut used: Vec<&str> = vec!["un-votes"];
        if self.found.published.is_ok() {
            used.push("un-ideal-points");
        }
        let conditions = self.found.conditions.iter().filter(|c| c.rows.is_ok());
        for id in conditions.flat_map(|c| c.condition.datasets) {
            if !used.contains(id) {
                used.push(id);
            }
        }
        let entries = used.iter().filter_map(|id| catalogue::find(id));
        let keys: Vec<String> = entries
            .map(|d| format!("{} ({})", d.id, d.cite.join(", ")))
            .collect();
        self.say("interests-cite", &[("sources", keys.join("; "))]);
        if !self.found.aside.is_empty() {
            let files = self.found.aside.iter();
            let files = files.map(|a| format!("{} ({} / {})", a.file, a.aside, a.rows));
            let files = files.collect::<Vec<_>>().join("; ");
            self.say("interests-set-aside", &[("files", files)]);
        }
    }
}

/// A picture, filled with spaces to its room.
fn label_right(picture: &str, room: usize) -> String {
    let used = picture.chars().count();
    format!("{picture}{}", " ".repeat(room.saturating_sub(used)))
}
