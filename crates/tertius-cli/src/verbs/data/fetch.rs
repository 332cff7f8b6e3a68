//! `tertius data fetch`: a download that shows its terms first and goes on where it stopped.

use tertius_data::catalogue::{Dataset, Part};
use tertius_report::data::sentence;

use super::show::terms;
use super::{Common, dataset, part};
use crate::screen::say;
use crate::{Ended, help};

/// What `data fetch` takes.
#[derive(clap::Args)]
#[command(after_help = help::DATA_FETCH)]
pub(crate) struct Args {
    /// The dataset.
    name: String,
    /// Which of its tables.
    #[arg(long)]
    part: Option<String>,
    /// Accepts the terms that are shown, without asking.
    #[arg(long)]
    accept_licence: bool,
    /// Another address to fetch it from: a mirror, or a newer release.
    #[arg(long)]
    url: Option<String>,
    /// The SHA-256 that the file must have.
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Where a part comes from, and the checksum that it must have.
struct Address {
    url: String,
    sha256: Option<String>,
}

pub(super) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let found =
        dataset(&args.name, lang).and_then(|d| Ok((d, part(d, args.part.as_deref(), lang)?)));
    let (dataset, part) = match found {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let known = part.files.iter().find(|f| !f.url.is_empty());
    let address = match (&args.url, known) {
        (Some(url), _) => Address {
            url: url.clone(),
            sha256: args.sha256.clone(),
        },
        (None, Some(file)) => Address {
            url: file.url.to_owned(),
            sha256: args.sha256.clone().or(file.sha256.map(str::to_owned)),
        },
        (None, None) => {
            let fields = [
                ("id", dataset.id.to_owned()),
                ("part", part.id.to_owned()),
                ("url", dataset.home.to_owned()),
            ];
            return Ended::Usage(sentence("no-address", &fields, lang));
        }
    };
    let shown = [
        ("id", dataset.id.to_owned()),
        ("licence", terms(dataset, lang)),
    ];
    say(&sentence("terms", &shown, lang));
    if !args.accept_licence && !accepted(args) {
        return Ended::Usage(sentence("must-accept", &[], lang));
    }
    download(args, dataset, part, &address)
}

/// Asks on a terminal; elsewhere the answer is no.
fn accepted(args: &Args) -> bool {
    use std::io::{IsTerminal, stdin};
    if !stdin().is_terminal() {
        return false;
    }
    say(&sentence("ask", &[], args.common.lang));
    let mut answer = String::new();
    let read = stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}

#[cfg(not(feature = "fetch"))]
fn download(args: &Args, _dataset: &Dataset, _part: &Part, address: &Address) -> Ended {
    let _ = &address.sha256;
    let fields = [("url", address.url.clone())];
    Ended::Usage(sentence("no-fetch", &fields, args.common.lang))
}

#[cfg(feature = "fetch")]
fn download(args: &Args, dataset: &Dataset, part: &Part, address: &Address) -> Ended {
    use tertius_data::fetch::fetch;
    use tertius_data::folder::safe_name;
    use tertius_data::table::RawFile;

    let lang = args.common.lang;
    let folder = args.common.folder();
    let to = folder.place(dataset, part).join(safe_name(&address.url));
    let mut progress = Progress::new(args.common.quiet);
    let fetched = fetch(
        &address.url,
        &to,
        address.sha256.as_deref(),
        &mut |have, of| {
            progress.show(have, of);
        },
    );
    progress.end();
    if let Err(p) = fetched {
        let wrong = sentence(&format!("problem-{}", p.id()), &p.fields(), lang);
        say(&wrong);
        return Ended::InputHasErrors;
    }
    let read = RawFile::open(&to).and_then(|file| Ok(((part.read)(&file)?, file)));
    let (account, file) = match read {
        Ok(found) => found,
        Err(p) => {
            let _ = std::fs::remove_file(&to);
            say(&super::problem(&p, lang));
            return Ended::InputHasErrors;
        }
    };
    if let Err(e) = folder.keep(dataset, part, &to, &file, &address.url) {
        return super::not_written(&folder, &e, lang);
    }
    crate::screen::print(&super::told(&account, lang));
    let path = to.display().to_string();
    crate::screen::print(&(super::stored(dataset, part, &path, lang) + "\n"));
    Ended::Done
}

/// How much has come, on one line of a terminal.
#[cfg(feature = "fetch")]
struct Progress {
    on: bool,
    shown: u64,
}

#[cfg(feature = "fetch")]
impl Progress {
    fn new(quiet: bool) -> Progress {
        use std::io::IsTerminal;
        Progress {
            on: !quiet && std::io::stderr().is_terminal(),
            shown: 0,
        }
    }

    fn show(&mut self, have: u64, of: Option<u64>) {
        use std::io::Write;
        // A quarter of a megabyte is often enough to be seen moving.
        if !self.on || (have < self.shown + (1 << 18) && Some(have) != of) {
            return;
        }
        self.shown = have;
        let mb = |bytes: u64| bytes as f64 / 1e6;
        let total = of.map_or(String::new(), |t| format!(" / {:.1}", mb(t)));
        let _ = write!(std::io::stderr(), "\r{:.1}{total} MB", mb(have));
    }

    fn end(&self) {
        if self.on && self.shown > 0 {
            say("");
        }
    }
}
