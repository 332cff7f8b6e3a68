//! Downloads that resume where they stopped.
//!
//! What has come so far lies in `NAME.part`, with the server's tag of that version in `NAME.part.tag`. The next try
//! asks for the rest only, and only if the version is the same; otherwise it begins again. A file whose checksum is
//! not the one expected is not kept. Proxies are taken from the environment (`HTTPS_PROXY`, `HTTP_PROXY`,
//! `ALL_PROXY`, `NO_PROXY`).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use ureq::http::{Response, StatusCode, header};

use crate::table::hex;

/// No file of a dataset is larger.
const MOST_BYTES: u64 = 8 << 30;

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it lies.
    pub path: PathBuf,
    /// Its SHA-256.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many bytes were there from an earlier try.
    pub resumed_from: u64,
}

/// Why nothing came. What has come so far is kept for the next try, but where the checksum is wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchProblem {
    /// No connection, or one that broke off.
    #[error("{url} could not be fetched: {reason}")]
    NoConnection {
        /// From where.
        url: String,
        /// What the connection says.
        reason: String,
    },
    /// The server refused.
    #[error("{url} answered {status}")]
    Refused {
        /// From where.
        url: String,
        /// The status.
        status: u16,
    },
    /// It is not what was expected.
    #[error(
        "{url} is not the file that the catalogue describes: its SHA-256 is {found}, not {expected}"
    )]
    WrongChecksum {
        /// From where.
        url: String,
        /// What the catalogue has.
        expected: String,
        /// What came.
        found: String,
    },
    /// The disk.
    #[error("{path} could not be written: {reason}")]
    NotWritten {
        /// Where.
        path: String,
        /// What the system says.
        reason: String,
    },
}

impl FetchProblem {
    /// The stable id of its kind.
    pub fn id(&self) -> &'static str {
        match self {
            FetchProblem::NoConnection { .. } => "no-connection",
            FetchProblem::Refused { .. } => "refused",
            FetchProblem::WrongChecksum { .. } => "wrong-checksum",
            FetchProblem::NotWritten { .. } => "not-written",
        }
    }

    /// The words of its sentence, by name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            FetchProblem::NoConnection { url, reason } => {
                vec![("file", url.clone()), ("reason", reason.clone())]
            }
            FetchProblem::Refused { url, status } => {
                vec![("file", url.clone()), ("reason", status.to_string())]
            }
            FetchProblem::WrongChecksum {
                url,
                expected,
                found,
            } => vec![
                ("file", url.clone()),
                ("found", found.clone()),
                ("missing", expected.clone()),
            ],
            FetchProblem::NotWritten { path, reason } => {
                vec![("file", path.clone()), ("reason", reason.clone())]
            }
        }
    }
}

/// Fetches `url` into `to`. `progress` hears how many bytes are there, and of how many where the server says.
///
/// # Errors
///
/// Where the file does not come whole or is not the one expected.
pub fn fetch(
    url: &str,
    to: &Path,
    expected: Option<&str>,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, FetchProblem> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .user_agent(concat!("tertius/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let partial = Partial::of(to);
    let written = |e: io::Error| FetchProblem::NotWritten {
        path: to.display().to_string(),
        reason: e.to_string(),
    };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(written)?;
    }
    let (have, tag) = partial.state();
    let mut response = get(&agent, url, have, tag.as_deref())?;
    let mut resumed_from = have;
    if response.status() == StatusCode::PARTIAL_CONTENT && !continues(&response, have) {
        // The rest of something else than what is here.
        partial.clear();
        response = get(&agent, url, 0, None)?;
    }
    if response.status() != StatusCode::PARTIAL_CONTENT {
        // Another version, a server that cannot resume, or nothing of it here yet.
        resumed_from = 0;
        if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
            partial.clear();
            response = get(&agent, url, 0, None)?;
        }
        if response.status() != StatusCode::OK {
            return Err(FetchProblem::Refused {
                url: url.to_owned(),
                status: response.status().as_u16(),
            });
        }
    }
    partial.note_tag(&response).map_err(written)?;
    let file = partial.open(resumed_from).map_err(written)?;
    receive(url, response, file, resumed_from, progress)?;
    finish(url, to, &partial, expected, resumed_from)
}

fn get(
    agent: &ureq::Agent,
    url: &str,
    have: u64,
    tag: Option<&str>,
) -> Result<Response<ureq::Body>, FetchProblem> {
    let mut request = agent.get(url).header(header::ACCEPT_ENCODING, "identity");
    if let Some(tag) = tag.filter(|_| have > 0) {
        request = request
            .header(header::RANGE, format!("bytes={have}-"))
            .header(header::IF_RANGE, tag);
    }
    request.call().map_err(|e| no_connection(url, &e))
}

/// Whether an answer begins where what is here ends.
fn continues(response: &Response<ureq::Body>, have: u64) -> bool {
    let range = response.headers().get(header::CONTENT_RANGE);
    let range = range.and_then(|v| v.to_str().ok());
    range.is_some_and(|r| r.starts_with(&format!("bytes {have}-")))
}

fn no_connection(url: &str, reason: &impl ToString) -> FetchProblem {
    FetchProblem::NoConnection {
        url: url.to_owned(),
        reason: reason.to_string(),
    }
}

/// Appends what comes to the file.
fn receive(
    url: &str,
    response: Response<ureq::Body>,
    mut file: File,
    from: u64,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<(), FetchProblem> {
    let length = response
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    let total = length.map(|l| l + from);
    let mut have = from;
    let mut body = response
        .into_body()
        .into_with_config()
        .limit(MOST_BYTES)
        .reader();
    let mut block = vec![0; 1 << 16];
    progress(have, total);
    loop {
        let read = body.read(&mut block).map_err(|e| no_connection(url, &e))?;
        if read == 0 {
            break;
        }
        let done = file.write_all(&block[..read]);
        done.map_err(|e| FetchProblem::NotWritten {
            path: url.to_owned(),
            reason: e.to_string(),
        })?;
        have += read as u64;
        progress(have, total);
    }
    if total.is_some_and(|t| have < t) {
        return Err(no_connection(url, &"the connection broke off"));
    }
    Ok(())
}

/// Checks what has come and gives it its name.
fn finish(
    url: &str,
    to: &Path,
    partial: &Partial,
    expected: Option<&str>,
    resumed_from: u64,
) -> Result<Fetched, FetchProblem> {
    let written = |e: io::Error| FetchProblem::NotWritten {
        path: to.display().to_string(),
        reason: e.to_string(),
    };
    let mut hash = Sha256::new();
    let mut file = File::open(&partial.file).map_err(written)?;
    let (mut bytes, mut block) = (0, vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut block).map_err(written)?;
        if read == 0 {
            break;
        }
        hash.update(&block[..read]);
        bytes += read as u64;
    }
    let sha256 = hex(&hash.finalize());
    if let Some(expected) = expected.filter(|e| *e != sha256) {
        partial.clear();
        return Err(FetchProblem::WrongChecksum {
            url: url.to_owned(),
            expected: expected.to_owned(),
            found: sha256,
        });
    }
    fs::rename(&partial.file, to).map_err(written)?;
    partial.clear();
    Ok(Fetched {
        path: to.to_owned(),
        sha256,
        bytes,
        resumed_from,
    })
}

/// What has come so far.
struct Partial {
    file: PathBuf,
    tag: PathBuf,
}

impl Partial {
    fn of(to: &Path) -> Partial {
        let with = |end: &str| {
            let mut name = to.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        Partial {
            file: with(".part"),
            tag: with(".part.tag"),
        }
    }

    /// How many bytes are there, and of which version. Without a version nothing can be resumed.
    fn state(&self) -> (u64, Option<String>) {
        let tag = fs::read_to_string(&self.tag).ok().filter(|t| !t.is_empty());
        let have = fs::metadata(&self.file).map_or(0, |m| m.len());
        if tag.is_some() {
            (have, tag)
        } else {
            (0, None)
        }
    }

    /// Keeps the version's tag: a strong entity tag, else the time of its last change.
    fn note_tag(&self, response: &Response<ureq::Body>) -> io::Result<()> {
        let of = |name: header::HeaderName| {
            let value = response.headers().get(name)?.to_str().ok()?;
            (!value.starts_with("W/")).then(|| value.to_owned())
        };
        let tag = of(header::ETAG).or_else(|| of(header::LAST_MODIFIED));
        fs::write(&self.tag, tag.unwrap_or_default())
    }

    fn open(&self, from: u64) -> io::Result<File> {
        if from > 0 {
            return OpenOptions::new().append(true).open(&self.file);
        }
        File::create(&self.file)
    }

    fn clear(&self) {
        let _ = fs::remove_file(&self.file);
        let _ = fs::remove_file(&self.tag);
    }
}
