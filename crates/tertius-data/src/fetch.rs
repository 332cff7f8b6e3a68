//! Downloads that resume where they stopped.
//!
//! What has come so far lies in `NAME.part`, with the server's tag of that version in `NAME.part.tag`. The next try
//! asks for the rest only, and only if the version is the same; otherwise it begins again. A file whose checksum is
//! not the one expected is not kept. One process at a time fetches a file. Proxies are taken from the environment
//! (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`); one that cannot be used is refused, not passed by.

mod partial;
mod problem;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use ureq::http::{HeaderName, Response, StatusCode, header};
use ureq::{Proxy, ProxyProtocol};

use crate::table::MOST_BYTES;
use partial::Partial;

pub use problem::FetchProblem;

/// How long nothing may come before a download is given up.
const SILENCE: Duration = Duration::from_secs(60);

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
    fetch_within(url, to, expected, SILENCE, progress)
}

fn fetch_within(
    url: &str,
    to: &Path,
    expected: Option<&str>,
    silence: Duration,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, FetchProblem> {
    usable_proxies()?;
    // Folders that a download makes and then leaves empty go again.
    let folders = to.parent().into_iter().flat_map(Path::ancestors);
    let made: Vec<&Path> = folders
        .take_while(|f| !f.as_os_str().is_empty() && !f.exists())
        .collect();
    let fetched = fetch_to(url, to, expected, silence, progress);
    if fetched.is_err() {
        for folder in made {
            let _ = fs::remove_dir(folder);
        }
    }
    fetched
}

fn fetch_to(
    url: &str,
    to: &Path,
    expected: Option<&str>,
    silence: Duration,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<Fetched, FetchProblem> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .user_agent(concat!("tertius/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let written = |e: io::Error| FetchProblem::NotWritten {
        path: to.display().to_string(),
        reason: e.to_string(),
    };
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(written)?;
    }
    let mut partial = Partial::of(to)?;
    let come = come(&agent, url, &mut partial, to, silence, progress);
    let (bytes, resumed_from) = come.map_err(|problem| {
        // Bytes of which no version is known are of no use to the next try.
        let kept = partial.state().map_or(0, |s| s.0);
        if kept == 0 {
            partial.clear();
        }
        problem.with_kept(kept)
    })?;
    let sha256 = partial.sha256().map_err(written)?;
    if let Some(expected) = expected.filter(|e| *e != sha256) {
        partial.clear();
        return Err(FetchProblem::WrongChecksum {
            url: url.to_owned(),
            expected: expected.to_owned(),
            found: sha256,
        });
    }
    partial.finish(to).map_err(written)?;
    Ok(Fetched {
        path: to.to_owned(),
        sha256,
        bytes,
        resumed_from,
    })
}

/// Asks until all has come. Tells how many bytes that is, and how many of them were here before.
fn come(
    agent: &ureq::Agent,
    url: &str,
    partial: &mut Partial,
    to: &Path,
    silence: Duration,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<(u64, u64), FetchProblem> {
    let written = |e: io::Error| FetchProblem::NotWritten {
        path: to.display().to_string(),
        reason: e.to_string(),
    };
    let cut_short = |have, total| FetchProblem::CutShort {
        url: url.to_owned(),
        have,
        total,
        kept: 0,
    };
    let mut resumed_from = None;
    let (bytes, total) = loop {
        let (have, tag) = partial.state().map_err(written)?;
        let response = get(agent, url, have, tag.as_deref())?;
        let status = response.status();
        let range = range(&response, have, tag.as_deref());
        let (from, until, total) = match (status, range) {
            (StatusCode::PARTIAL_CONTENT, Some((until, total))) if have > 0 => {
                (have, Some(until), Some(total))
            }
            (StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE, _) if have > 0 => {
                // The rest of something else than what is here.
                partial.begin(None).map_err(written)?;
                continue;
            }
            (StatusCode::OK, _) => {
                // Another version, a server that cannot resume, or nothing of it here yet.
                partial.begin(tag_of(&response)).map_err(written)?;
                let length = text(&response, header::CONTENT_LENGTH);
                let length = length.and_then(|l| l.parse().ok());
                (0, length, length)
            }
            _ => {
                return Err(FetchProblem::Refused {
                    url: url.to_owned(),
                    status: status.as_u16(),
                });
            }
        };
        if total.is_some_and(|t| t > MOST_BYTES) {
            return Err(FetchProblem::TooLarge {
                url: url.to_owned(),
            });
        }
        resumed_from.get_or_insert(from);
        let have = receive(url, response, partial, (from, total), silence, progress)?;
        if until.is_some_and(|u| have < u) {
            return Err(cut_short(have, total));
        }
        // A server may send less of the rest than was asked for.
        if total.is_none_or(|t| have >= t) {
            break (have, total);
        }
    };
    if total.is_some_and(|t| bytes != t) || bytes != partial.len().map_err(written)? {
        partial.clear();
        return Err(cut_short(0, total));
    }
    Ok((bytes, resumed_from.unwrap_or(0)))
}

/// Refuses a proxy that the environment asks for and that cannot be used: to connect without it would not be what
/// was asked.
fn usable_proxies() -> Result<(), FetchProblem> {
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
        for name in [name.to_owned(), name.to_ascii_lowercase()] {
            let Some(value) = std::env::var_os(&name).filter(|v| !v.is_empty()) else {
                continue;
            };
            // A word alone would be taken for a host at port 80.
            let whole = |v: &&str| {
                let port = v.rsplit_once(':').map(|p| p.1.trim_end_matches('/'));
                v.contains("://") || port.is_some_and(|p| p.parse::<u16>().is_ok())
            };
            let value = value.to_str().filter(whole);
            let proxy = value.and_then(|v| Proxy::new(v).ok());
            let usable = proxy.is_some_and(|p| {
                !p.host().is_empty()
                    && matches!(p.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
            });
            if !usable {
                return Err(FetchProblem::BadProxy { name });
            }
        }
    }
    Ok(())
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
    let url = url.to_owned();
    request.call().map_err(|e| match e {
        ureq::Error::BadUri(_) | ureq::Error::Http(_) | ureq::Error::RequireHttpsOnly(_) => {
            FetchProblem::BadAddress { url }
        }
        ureq::Error::TooManyRedirects => FetchProblem::Redirects { url },
        e => FetchProblem::NoConnection {
            url,
            reason: e.to_string(),
            kept: 0,
        },
    })
}

fn text(response: &Response<ureq::Body>, name: HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}

/// A tag of the version: a strong entity tag, else the time of its last change.
fn tag_of(response: &Response<ureq::Body>) -> Option<&str> {
    let strong = text(response, header::ETAG).filter(|t| !t.starts_with("W/"));
    strong.or_else(|| text(response, header::LAST_MODIFIED))
}

/// Where an answer ends that begins where what is here ends and is of the same version, and how long the whole is.
///
/// RFC 9110, 15.3.7: an answer with a part has the entity tag that the whole would have, and may lack the time of
/// the last change.
fn range(response: &Response<ureq::Body>, have: u64, tag: Option<&str>) -> Option<(u64, u64)> {
    let tag = tag?;
    let same = if tag.starts_with('"') {
        text(response, header::ETAG) == Some(tag)
    } else {
        text(response, header::LAST_MODIFIED).is_none_or(|t| t == tag)
    };
    let range = text(response, header::CONTENT_RANGE)?.strip_prefix("bytes ")?;
    let (part, total) = range.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    let of = |number: &str| number.trim().parse::<u64>().ok();
    let (first, last, total) = (of(first)?, of(last)?, of(total)?);
    (same && first == have && first <= last && last < total).then(|| (last + 1, total))
}

/// Appends what comes to the file and tells how much is there then.
fn receive(
    url: &str,
    response: Response<ureq::Body>,
    partial: &mut Partial,
    (from, total): (u64, Option<u64>),
    silence: Duration,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<u64, FetchProblem> {
    let mut have = from;
    let blocks = blocks(response);
    progress(have, total);
    loop {
        let block = match blocks.recv_timeout(silence) {
            Ok(Ok(block)) => block,
            Ok(Err(e)) => {
                return Err(FetchProblem::NoConnection {
                    url: url.to_owned(),
                    reason: e.to_string(),
                    kept: 0,
                });
            }
            Err(RecvTimeoutError::Timeout) => {
                return Err(FetchProblem::Silent {
                    url: url.to_owned(),
                    seconds: silence.as_secs(),
                    kept: 0,
                });
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(have),
        };
        have += block.len() as u64;
        if have > MOST_BYTES {
            partial.clear();
            return Err(FetchProblem::TooLarge {
                url: url.to_owned(),
            });
        }
        partial
            .append(&block)
            .map_err(|e| FetchProblem::NotWritten {
                path: partial.shown(),
                reason: e.to_string(),
            })?;
        progress(have, total);
    }
}

/// The blocks of an answer, read by another thread: a read cannot be told to wait only so long, whoever waits for
/// it can. The sender hangs up at the end.
fn blocks(response: Response<ureq::Body>) -> Receiver<io::Result<Vec<u8>>> {
    let (send, blocks) = sync_channel(4);
    let body = response.into_body().into_with_config().limit(u64::MAX);
    let mut body = body.reader();
    std::thread::spawn(move || {
        loop {
            let mut block = vec![0; 1 << 16];
            let read = body.read(&mut block).map(|n| {
                block.truncate(n);
                block
            });
            let ends = read.as_ref().map_or(true, Vec::is_empty);
            let wanted = read.as_ref().is_ok_and(Vec::is_empty) || send.send(read).is_ok();
            if ends || !wanted {
                return;
            }
        }
    });
    blocks
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_server_that_falls_silent_is_given_up_and_what_came_is_kept() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/x.csv", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nETag: \"a\"\r\n\r\n0123456789";
            stream.write_all(head.as_bytes()).unwrap();
            // Held open until the other side goes.
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
        });
        let dir = tempfile::tempdir().unwrap();
        let to = dir.path().join("x.csv");
        let silence = Duration::from_millis(300);
        let silent = fetch_within(&url, &to, None, silence, &mut |_, _| {}).unwrap_err();
        assert!(
            matches!(silent, FetchProblem::Silent { kept: 10, .. }),
            "{silent}"
        );
        assert_eq!(fs::read(dir.path().join("x.csv.part")).unwrap().len(), 10);
        drop(server);
    }
}
