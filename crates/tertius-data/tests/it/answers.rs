//! Servers that answer as none should: parts of parts, other versions, no end; and two downloads at once.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;

use tertius_data::fetch::{FetchProblem, fetch};

/// Serves what `answer` makes of where a request wants to begin: the head without its length, and the body.
fn serve(answer: impl Fn(Option<usize>) -> (String, Vec<u8>) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/x.csv", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let lines = lines.map_while(Result::ok).take_while(|l| !l.is_empty());
            let mut from = None;
            for line in lines {
                let line = line.to_ascii_lowercase();
                let range = line.strip_prefix("range: bytes=");
                from = from.or(range.and_then(|r| r.strip_suffix('-')?.parse().ok()));
            }
            let (head, body) = answer(from);
            let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    url
}

const BODY: &[u8] = b"0123456789abcdefghij";

/// Breaks off after five bytes, and then answers as it is told.
fn broken(
    to: &Path,
    rest: impl Fn(usize) -> (String, Vec<u8>) + Send + 'static,
) -> Result<Vec<u8>, FetchProblem> {
    let url = serve(move |from| match from {
        Some(from) => rest(from),
        None => {
            let head = format!("200 OK\r\nETag: \"a\"\r\nContent-Length: {}", BODY.len());
            (head, BODY[..5].to_vec())
        }
    });
    let first = fetch(&url, to, None, &mut |_, _| {}).unwrap_err();
    assert_eq!(first.kept(), 5, "{first}");
    fetch(&url, to, None, &mut |_, _| {}).map(|_| std::fs::read(to).unwrap())
}

fn part(tag: &str, from: usize, until: usize) -> (String, Vec<u8>) {
    let range = format!("bytes {from}-{}/{}", until - 1, BODY.len());
    let length = until - from;
    let head =
        format!("206 Partial\r\nETag: {tag}\r\nContent-Range: {range}\r\nContent-Length: {length}");
    (head, BODY[from..until].to_vec())
}

#[test]
fn less_than_the_rest_is_not_taken_for_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("x.csv");
    let some = broken(&to, |from| part("\"a\"", from, (from + 4).min(BODY.len())));
    assert_eq!(some.unwrap(), BODY);
}

#[test]
fn the_rest_of_another_version_is_not_joined_on() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("x.csv");
    let other = broken(&to, |from| part("\"b\"", from, BODY.len()));
    // It is asked for anew, and breaks off again: nothing is put together.
    assert!(other.is_err());
    assert!(!to.exists());
    assert_eq!(
        std::fs::read(dir.path().join("x.csv.part")).unwrap(),
        &BODY[..5]
    );
}

#[test]
fn redirects_without_end_are_told_as_such_and_keep_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let url = serve(|_| {
        (
            "302 Found\r\nLocation: /x.csv\r\nContent-Length: 0".to_owned(),
            Vec::new(),
        )
    });
    let problem = fetch(&url, &dir.path().join("x.csv"), None, &mut |_, _| {}).unwrap_err();
    assert_eq!((problem.id(), problem.kept()), ("redirects", 0));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_another_fetches_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("x.csv");
    let other = std::fs::File::create(dir.path().join("x.csv.part")).unwrap();
    other.lock().unwrap();
    let whole = || ("200 OK\r\nContent-Length: 20".to_owned(), BODY.to_vec());
    let url = serve(move |_| whole());
    let busy = fetch(&url, &to, None, &mut |_, _| {}).unwrap_err();
    assert_eq!((busy.id(), busy.is_of_usage()), ("busy", true));
    drop(other);
    fetch(&url, &to, None, &mut |_, _| {}).unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), BODY);
}
