//! `tertius interests W S R`: where an ally's interests overlap with its patron's, from public data alone.

mod compute;
mod figure;
mod ideal;
mod kept;
mod text;
mod values;

use clap::ValueEnum;
use tertius::vocabulary::Lang;

use super::public::Public;
use crate::rows::{Form, Rows};
use crate::{Ended, Format, help, pictures};

/// What `interests` takes.
#[derive(clap::Args)]
#[command(after_help = help::INTERESTS)]
pub(crate) struct Args {
    /// The ally: an ISO alpha-3 code of its time (JPN, SUN), or a name.
    ally: String,
    /// Its patron.
    patron: String,
    /// The patron's rival.
    rival: String,
    /// First year.
    #[arg(long, value_name = "YEAR", default_value_t = 1946)]
    from: i16,
    /// Last year.
    #[arg(long, value_name = "YEAR", default_value_t = 2023)]
    to: i16,
    /// Steps of the ally's place: years, or months of the votes' dates.
    #[arg(long, value_enum, default_value = "year")]
    by: By,
    /// What is printed.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Where it goes [default: standard output].
    #[arg(long, value_name = "FILE")]
    out: Option<std::path::PathBuf>,
    /// Draw it too: SVG and PNG, in the widths of one and of two columns, with a caption.
    #[arg(long, value_name = "DIR")]
    figures: Option<std::path::PathBuf>,
    #[command(flatten)]
    public: Public,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    Year,
    Month,
}

const COLUMNS: [&str; 11] = [
    "section", "measure", "period", "value", "low", "high", "n", "status", "unit", "source",
    "reason",
];

pub(crate) fn run(args: &Args) -> Ended {
    match work(args) {
        Ok(()) => Ended::Done,
        Err(ended) => ended,
    }
}

fn work(args: &Args) -> Result<(), Ended> {
    if args.figures.is_some() && !cfg!(feature = "figures") {
        return Err(args.public.usage("cli-no-figures", &[]));
    }
    let (from, to) = (args.from, args.to);
    let values = [("from", from.to_string()), ("to", to.to_string())];
    if from > to {
        return Err(args.public.usage("measure-not-after", &values));
    }
    args.public.span(from, to)?;
    let names = [&args.ally, &args.patron, &args.rival].map(Clone::clone);
    let states = args.public.triad(&names, from..=to)?;
    // The engine of figures loads its scripts while the data are read.
    let engines = args
        .figures
        .as_deref()
        .map(|folder| (folder, pictures::engines()));
    let found = compute::Found::of(args, states)?;
    let text = match args.format {
        Format::Text => text::text(&found, args),
        Format::Json => table(&found, Form::Json, args.public.lang),
        Format::Csv => table(&found, Form::Csv, args.public.lang),
    };
    args.public.deliver(args.out.as_deref(), &text)?;
    match engines {
        Some((folder, engines)) => figure::write(&found, folder, args, engines),
        None => Ok(()),
    }
}

/// Everything as one tidy table: a value that is not there says why.
fn table(found: &compute::Found, form: Form, lang: Lang) -> String {
    let mut rows = Rows::new(form, &COLUMNS);
    for v in found.values(lang) {
        rows.text(v.section);
        rows.text(&v.measure);
        rows.text(&v.period);
        rows.number(v.value);
        rows.number(v.interval.map(|i| i.0));
        rows.number(v.interval.map(|i| i.1));
        rows.number(v.n.map(f64::from));
        rows.text(v.status);
        rows.text(v.unit);
        rows.text(&v.source);
        rows.text(&v.reason);
    }
    Rows::whole(form, &COLUMNS, vec![rows])
}
