//! Downloads against a server on loopback: whole, resumed, changed, damaged, refused, and through a proxy.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use tertius_data::fetch::{FetchProblem, fetch};

/// What the server does; it can be changed between requests.
#[derive(Clone)]
struct Behaviour {
    body: Vec<u8>,
    tag: &'static str,
    /// Breaks off after so many bytes of an answer.
    breaks_after: Option<usize>,
    /// Whether it can send a part.
    ranges: bool,
    status: Option<u16>,
}

struct Server {
    address: SocketAddr,
    behaviour: Arc<Mutex<Behaviour>>,
    /// First lines and headers of what was asked.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(body: &[u8]) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let behaviour = Arc::new(Mutex::new(Behaviour {
            body: body.to_vec(),
            tag: "\"one\"",
            breaks_after: None,
            ranges: true,
            status: None,
        }));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (shared, log) = (behaviour.clone(), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let now = shared.lock().unwrap().clone();
                answer(stream, &now, &log);
            }
        });
        Server {
            address,
            behaviour,
            asked,
        }
    }

    fn url(&self) -> String {
        format!("http://{}/NMC.csv", self.address)
    }

    fn set(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.behaviour.lock().unwrap());
    }

    fn last(&self) -> String {
        self.asked
            .lock()
            .unwrap()
            .last()
            .unwrap()
            .to_ascii_lowercase()
    }
}

fn answer(mut stream: TcpStream, now: &Behaviour, log: &Mutex<Vec<String>>) {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line == "\r\n" {
            break;
        }
        request.push_str(&line);
    }
    log.lock().unwrap().push(request.clone());
    let lower = request.to_ascii_lowercase();
    let from = lower
        .lines()
        .find_map(|l| {
            l.strip_prefix("range: bytes=")?
                .strip_suffix('-')?
                .parse::<usize>()
                .ok()
        })
        .filter(|_| now.ranges && lower.contains(&format!("if-range: {}", now.tag)));
    let total = now.body.len();
    let (status, part, range) = match (now.status, from) {
        (Some(status), _) => (status, &now.body[..0], String::new()),
        (None, Some(from)) if from <= total => {
            let range = format!("Content-Range: bytes {from}-{}/{total}\r\n", total - 1);
            (206, &now.body[from..], range)
        }
        (None, _) => (200, &now.body[..], String::new()),
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nETag: {}\r\n{range}Connection: close\r\n\r\n",
        part.len(),
        now.tag
    );
    let _ = stream.write_all(head.as_bytes());
    let cut = now.breaks_after.unwrap_or(part.len()).min(part.len());
    let _ = stream.write_all(&part[..cut]);
    let _ = stream.flush();
}

fn body() -> Vec<u8> {
    (0..300_000_u32)
        .flat_map(|i| (i * 7919).to_le_bytes())
        .collect()
}

fn quiet(_: u64, _: Option<u64>) {}

#[test]
fn a_file_comes_whole_with_progress_and_no_rest() {
    let server = Server::start(&body());
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("a/b/NMC.csv");
    let mut heard = Vec::new();
    let fetched = fetch(&server.url(), &to, None, &mut |have, of| {
        heard.push((have, of))
    })
    .unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), body());
    assert_eq!((fetched.bytes, fetched.resumed_from), (1_200_000, 0));
    assert_eq!(heard.last(), Some(&(1_200_000, Some(1_200_000))));
    assert!(heard.windows(2).all(|w| w[0].0 <= w[1].0));
    let left: Vec<_> = std::fs::read_dir(to.parent().unwrap()).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn an_interrupted_download_goes_on_where_it_stopped() {
    let server = Server::start(&body());
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    server.set(|b| b.breaks_after = Some(500_000));
    let broken = fetch(&server.url(), &to, None, &mut quiet).unwrap_err();
    assert_eq!(broken.kept(), 500_000, "{broken}");
    assert!(!to.exists(), "half a file is no file");
    // It breaks again, further on.
    let again = fetch(&server.url(), &to, None, &mut quiet).unwrap_err();
    assert_eq!(again.kept(), 1_000_000, "{again}");
    assert!(
        server.last().contains("range: bytes=500000-"),
        "{}",
        server.last()
    );
    server.set(|b| b.breaks_after = None);
    let fetched = fetch(&server.url(), &to, None, &mut quiet).unwrap();
    assert_eq!(fetched.resumed_from, 1_000_000);
    assert_eq!(std::fs::read(&to).unwrap(), body());
}

#[test]
fn another_version_is_fetched_anew_and_never_mixed() {
    let server = Server::start(&body());
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    server.set(|b| b.breaks_after = Some(400_000));
    fetch(&server.url(), &to, None, &mut quiet).unwrap_err();
    let newer: Vec<u8> = body().iter().map(|b| b ^ 0xff).collect();
    server.set(|b| {
        b.breaks_after = None;
        b.body = newer.clone();
        b.tag = "\"two\"";
    });
    let fetched = fetch(&server.url(), &to, None, &mut quiet).unwrap();
    assert_eq!(fetched.resumed_from, 0);
    assert_eq!(std::fs::read(&to).unwrap(), newer);
}

#[test]
fn a_server_that_cannot_resume_or_lost_its_tail_sends_the_whole() {
    let server = Server::start(&body());
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    server.set(|b| b.breaks_after = Some(400_000));
    fetch(&server.url(), &to, None, &mut quiet).unwrap_err();
    server.set(|b| {
        b.breaks_after = None;
        b.ranges = false;
    });
    assert_eq!(
        fetch(&server.url(), &to, None, &mut quiet)
            .unwrap()
            .resumed_from,
        0
    );
    assert_eq!(std::fs::read(&to).unwrap(), body());
}

#[test]
fn a_wrong_checksum_keeps_nothing_and_a_right_one_is_told() {
    let server = Server::start(b"ccode,year\n");
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    let wrong = fetch(&server.url(), &to, Some(&"0".repeat(64)), &mut quiet).unwrap_err();
    assert_eq!(wrong.id(), "wrong-checksum");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    let right = fetch(&server.url(), &to, None, &mut quiet).unwrap().sha256;
    assert_eq!(
        fetch(&server.url(), &to, Some(&right), &mut quiet)
            .unwrap()
            .sha256,
        right
    );
}

#[test]
fn refusals_and_dead_servers_are_told() {
    let server = Server::start(b"x");
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    for status in [403, 404, 500] {
        server.set(|b| b.status = Some(status));
        let refused = fetch(&server.url(), &to, None, &mut quiet).unwrap_err();
        assert!(matches!(refused, FetchProblem::Refused { status: s, .. } if s == status));
    }
    // A port on which nobody listens any more.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let dead = fetch(&format!("http://{port}/x"), &to, None, &mut quiet).unwrap_err();
    assert_eq!(dead.id(), "no-connection");
    assert_eq!(
        fetch("not an address", &to, None, &mut quiet)
            .unwrap_err()
            .id(),
        "bad-address"
    );
}

#[test]
fn an_empty_answer_is_an_empty_file_and_not_a_panic() {
    let server = Server::start(b"");
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("NMC.csv");
    let fetched = fetch(&server.url(), &to, None, &mut quiet).unwrap();
    assert_eq!(fetched.bytes, 0);
    let mut text = String::new();
    std::fs::File::open(&to)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "");
}
