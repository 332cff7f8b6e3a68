//! What was found of a triad, for a terminal of eighty columns or so.

use jiff::civil::Date;
use tertius::vocabulary::Lang;
use tertius_data::catalogue;
use tertius_data::states::{StateId, States};
use tertius_report::terminal::{CARRIED, hanging, label, scale, strip, strip_with_carried};

use super::Args;
use super::compute::{Conditioned, Found};
use super::ideal::Distant;
use crate::screen::{look, message};

const LABEL: usize = 22;
/// `0.47 [0.40 0.55]` and a space; a year or a month comes to it.
const NUMBER: usize = 18;

struct Writer<'f> {
    found: &'f Found,
    lang: Lang,
    width: usize,
    lines: Vec<String>,
}

/// There is no vote before it.
const FIRST_VOTE: Date = Date::constant(1946, 1, 1);

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

/// With so many places after the point; what rounds to nought has no sign.
fn fixed(x: f64, places: usize) -> String {
    let text = format!("{x:.places$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|b| matches!(b, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}

fn short(x: Option<f64>) -> String {
    x.map_or_else(|| "–".to_owned(), |x| fixed(x, 2))
}

fn ends((a, b): (f64, f64), between: &str) -> String {
    format!("[{}{between}{}]", fixed(a, 2), fixed(b, 2))
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
        let step = self.found.steps.first().map_or(0, String::len);
        self.width.saturating_sub(LABEL + NUMBER + step).max(10)
    }

    /// A name with something in brackets.
    fn with(&self, name: &str, what: &str) -> String {
        match self.lang {
            Lang::En => format!("{name} ({what})"),
            Lang::Zh => format!("{name}（{what}）"),
        }
    }

    fn name(&self, state: StateId, year: i16) -> String {
        let on = Date::constant(year.clamp(1, 9999), 7, 1);
        States::bundled().name(state, on).get(self.lang).to_owned()
    }

    fn names(&self) -> Vec<(&'static str, String)> {
        let year = self.found.years.last().copied().unwrap_or(2000);
        let [w, s, r] = self.found.states.map(|s| self.name(s, year));
        vec![("ally", w), ("patron", s), ("rival", r)]
    }

    fn head(&mut self, args: &Args) {
        let mut values = self.names();
        values.push(("from", args.from.to_string()));
        values.push(("to", args.to.to_string()));
        self.say("interests-head", &values);
        self.identities(args);
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
                format!("{} {}", fixed(l.centre(), 2), ends(l.interval(), ", "))
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

    /// States that had another name at the beginning, and China's seat.
    fn identities(&mut self, args: &Args) {
        for state in self.found.states {
            let [then, now] = [args.from, args.to].map(|year| self.name(state, year));
            if then != now {
                self.say("interests-one-state", &[("then", then), ("now", now)]);
            }
        }
        let before = Date::constant(args.from.clamp(1, 9999), 1, 1);
        let holder = States::bundled().united_nations_seat_of_china(before.max(FIRST_VOTE));
        let china = States::bundled().by_key("china");
        let asked = self.found.states.iter().any(|s| Some(*s) == china);
        if asked && holder != china {
            self.say("interests-china", &[]);
        }
    }

    fn places(&mut self) {
        self.gap();
        self.say("interests-places", &self.names());
        let room = self.room();
        let steps = scale(&self.found.steps, room);
        self.lines.push(format!("{}{steps}", " ".repeat(LABEL)));
        let mut any_carried = false;
        for g in &self.found.groups {
            let values: Vec<Option<f64>> = g
                .known
                .iter()
                .map(|k| k.smoothed.map(|l| l.centre()))
                .collect();
            let carried: Vec<bool> = g.sided.iter().map(|s| s.n() == 0).collect();
            any_carried |= values.iter().zip(&carried).any(|(v, c)| v.is_some() && *c);
            let known = g.known.iter().zip(&self.found.steps).rev();
            let mut known = known.filter_map(|(k, step)| Some((k.smoothed?, step)));
            let n: u32 = g.sided.iter().map(|s| s.n()).sum();
            let key = format!("interests-group-{}", g.id);
            let name = message(self.lang, &key, &[]);
            let picture = strip_with_carried(&values, &carried, (0.0, 1.0), room);
            let picture = label_right(&picture, room);
            let number = known.next().map_or_else(
                || "–".to_owned(),
                |(l, step)| {
                    format!(
                        "{} {} {step}",
                        fixed(l.centre(), 2),
                        ends(l.interval(), " ")
                    )
                },
            );
            let name = self.with(&name, &n.to_string());
            self.lines
                .push(format!("{}{picture} {number}", label(&name, LABEL)));
        }
        if any_carried {
            self.say("interests-carried", &[]);
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
        let interval = message(self.lang, "interests-interval", &[]);
        let head = [
            "", "n", "D", &interval, "O", "S:S", "S:R", "κ:S", "κ:R", "π:S", "π:R",
        ];
        let widths = [7, 5, 6, 11, 6, 6, 6, 6, 6, 6, 6];
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
            let mark = |x: Option<f64>| match x {
                Some(x) if n == 0 => format!("{CARRIED}{}", fixed(x, 2)),
                x => short(x),
            };
            let mut cells = vec![
                year.to_string(),
                if n > 0 {
                    n.to_string()
                } else {
                    "–".to_owned()
                },
                mark(level.map(|l| l.centre())),
                interval.map_or_else(
                    || "–".to_owned(),
                    |(a, b)| format!("{}–{}", fixed(a, 2), fixed(b, 2)),
                ),
                mark(level.map(|l| 1.0 - l.centre())),
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
                let collected = distances.iter().any(|d| matches!(d, Distant::Missing));
                self.series(&name, &values, source, collected);
            }
        }
        if let Err(reason) = &found.published {
            let name = message(self.lang, published.0, &self.names());
            let text = format!("{name}: {reason}");
            self.lines.push(hanging(&text, self.width, 2));
        }
    }

    /// A series as a line: its picture over its own range, its last value, and what nobody covers. `collected`
    /// says that the source covers some of the years without a value.
    fn series(&mut self, name: &str, values: &[Option<f64>], source: &str, collected: bool) {
        let there = || values.iter().flatten().copied();
        let low = there().fold(f64::INFINITY, f64::min);
        let high = there().fold(f64::NEG_INFINITY, f64::max);
        self.lines.push(hanging(name, self.width, 2));
        if there().next().is_none() {
            let key = if collected {
                "interests-none-missing"
            } else {
                "interests-none-outside"
            };
            self.say_under(key, &[("source", source.to_owned())]);
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
        let range = format!("{} … {}", fixed(low, places), fixed(high, places));
        self.lines.push(format!(
            "{}{picture} {} ({last})",
            label(&format!("  {range}"), LABEL),
            latest.map_or_else(String::new, |x| fixed(x, places))
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
            let unit = condition.unit.get(self.lang);
            let name = self.with(condition.title.get(self.lang), unit);
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
                    let collected = rows.iter().any(|r| r.status == "missing");
                    self.series(&name, &values, &condition.datasets.join(", "), collected);
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
