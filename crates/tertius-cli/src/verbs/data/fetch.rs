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
    /// Which of its tables [default: all that have an address].
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

/// A table, where it comes from, and the checksum that its file must have.
struct Wanted {
    part: &'static Part,
    url: String,
    sha256: Option<String>,
}

pub(super) fn run(args: &Args) -> Ended {
    let lang = args.common.lang;
    let found = dataset(&args.name, lang).and_then(|d| Ok((d, wanted(args, d)?)));
    let (dataset, wanted) = match found {
        Ok(found) => found,
        Err(ended) => return ended,
    };
    let shown = [
        ("id", dataset.id.to_owned()),
        ("licence", terms(dataset, lang)),
    ];
    say(&sentence("terms", &shown, lang));
    if !args.accept_licence && !accepted(args) {
        return Ended::Usage(sentence("must-accept", &[], lang));
    }
    download(args, dataset, &wanted)
}

/// The tables that are asked for.
fn wanted(args: &Args, dataset: &'static Dataset) -> Result<Vec<Wanted>, Ended> {
    let lang = args.common.lang;
    let sha256 = args.sha256.as_ref().map(|s| s.to_ascii_lowercase());
    // An address or a checksum is of one file.
    let one = args.part.is_some() || args.url.is_some() || args.sha256.is_some();
    let parts: Vec<&'static Part> = if one {
        vec![part(dataset, args.part.as_deref(), lang)?]
    } else {
        dataset.parts.iter().collect()
    };
    let of = |part: &'static Part| -> Option<Wanted> {
        if let Some(url) = &args.url {
            let (url, sha256) = (url.clone(), sha256.clone());
            return Some(Wanted { part, url, sha256 });
        }
        let file = part.files.iter().find(|f| !f.url.is_empty())?;
        let known = file.sha256.map(str::to_owned);
        Some(Wanted {
            part,
            url: file.url.to_owned(),
            sha256: sha256.clone().or(known),
        })
    };
    let found: Vec<Wanted> = parts.iter().filter_map(|p| of(p)).collect();
    if found.is_empty() {
        let by_hand = parts.first().map(|p| super::by_hand_part(dataset, p));
        let mut fields = vec![("id", dataset.id.to_owned())];
        fields.extend(by_hand.into_iter().flatten());
        return Err(Ended::Usage(sentence("no-address", &fields, lang)));
    }
    Ok(found)
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
fn download(args: &Args, _dataset: &'static Dataset, wanted: &[Wanted]) -> Ended {
    let first = wanted.first();
    let _ = first.map(|w| (w.part.id, &w.sha256));
    let fields = [("url", first.map(|w| w.url.clone()).unwrap_or_default())];
    Ended::Usage(sentence("no-fetch", &fields, args.common.lang))
}

#[cfg(feature = "fetch")]
fn download(args: &Args, dataset: &'static Dataset, wanted: &[Wanted]) -> Ended {
    use tertius_data::table::RawFile;

    use super::add::{Put, put, tell};

    let folder = args.common.folder();
    let mut done: Vec<Put> = Vec::new();
    for w in wanted {
        // Two tables of one archive are downloaded once.
        let here = done.iter().find(|p| p.from == w.url);
        let file = match here.map(|p| RawFile::open(&p.file)) {
            Some(Ok(file)) => Ok((file, false)),
            _ => bytes(args, dataset, w),
        };
        let (file, already) = match file {
            Ok(found) => found,
            Err(ended) => return ended,
        };
        let put = put(&folder, (dataset, w.part), file, (&w.url, &w.url), true);
        // It lies in its place now, or is no file of this table: the next try begins anew.
        let _ = std::fs::remove_file(incoming(args, dataset, w));
        match put {
            Ok(put) => done.push(Put { already, ..put }),
            Err(why) => return why.end(&folder, args.common.lang),
        }
    }
    tell(&done, &args.common)
}

/// Where a download waits until it was read.
#[cfg(feature = "fetch")]
fn incoming(args: &Args, dataset: &Dataset, w: &Wanted) -> std::path::PathBuf {
    use tertius_data::folder::{INCOMING, safe_name};
    let name = safe_name(&w.url) + INCOMING;
    args.common.folder().place(dataset, w.part).join(name)
}

/// The bytes of a table: those that are here, if their checksum is right, or else downloaded.
#[cfg(feature = "fetch")]
fn bytes(
    args: &Args,
    dataset: &'static Dataset,
    w: &Wanted,
) -> Result<(tertius_data::table::RawFile, bool), Ended> {
    use tertius_data::fetch::fetch;
    use tertius_data::folder::safe_name;
    use tertius_data::table::RawFile;

    let lang = args.common.lang;
    let place = args.common.folder().place(dataset, w.part);
    if let Some(sha256) = &w.sha256
        && let Ok(file) = RawFile::open(&place.join(safe_name(&w.url)))
        && file.sha256() == *sha256
    {
        return Ok((file, true));
    }
    let incoming = incoming(args, dataset, w);
    let bar = bar(args.common.quiet);
    let fetched = fetch(&w.url, &incoming, w.sha256.as_deref(), &mut |have, of| {
        if let Some(of) = of {
            bar.set_length(of);
        }
        bar.set_position(have);
    });
    bar.finish_and_clear();
    if let Err(p) = fetched {
        return Err(failed(&p, args));
    }
    RawFile::open(&incoming)
        .map(|file| (file, false))
        .map_err(|p| {
            say(&super::problem(&p, lang));
            Ended::InputHasErrors
        })
}

/// Why nothing came, in a sentence, and whether that is a fault of what was asked.
#[cfg(feature = "fetch")]
fn failed(problem: &tertius_data::fetch::FetchProblem, args: &Args) -> Ended {
    let lang = args.common.lang;
    // A checksum of the user's own is none of the catalogue's.
    let asked = problem.id() == "wrong-checksum" && args.sha256.is_some();
    let key = format!(
        "problem-{}{}",
        problem.id(),
        if asked { "-asked" } else { "" }
    );
    let mut wrong = sentence(&key, &problem.fields(), lang);
    if problem.kept() > 0 {
        let kept = [("found", problem.kept().to_string())];
        wrong = format!("{wrong} {}", sentence("kept", &kept, lang));
    }
    if problem.is_of_usage() {
        return Ended::Usage(wrong);
    }
    say(&wrong);
    Ended::InputHasErrors
}

/// How much has come, on a terminal.
#[cfg(feature = "fetch")]
fn bar(quiet: bool) -> indicatif::ProgressBar {
    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
    let target = if quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let bar = ProgressBar::with_draw_target(None, target);
    let style = "{spinner} {bar:20} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    if let Ok(style) = ProgressStyle::with_template(style) {
        bar.set_style(style);
    }
    bar
}
