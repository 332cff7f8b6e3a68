//! Chromium over its debugging pipe: no driver, no port, no library.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::skip;

const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    input: ChildStdin,
    said: Receiver<Value>,
    events: VecDeque<Value>,
    session: String,
    asked: u64,
    _profile: TempDir,
}

impl Browser {
    /// Nothing where there is no Chromium; the test is then skipped by name.
    pub(crate) fn start(what: &str) -> Option<Browser> {
        let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        let Some(name) = skip::program(&names) else {
            skip::skipped(
                what,
                "install Chromium (Debian: apt-get install chromium fonts-noto-cjk)",
            );
            return None;
        };
        let profile = TempDir::new().unwrap();
        // The debugging pipe is read from descriptor 3 and written to 4.
        let mut child = Command::new("sh")
            .args([
                "-c",
                "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null",
                "sh",
                &name,
            ])
            .args([
                "--headless=new",
                "--remote-debugging-pipe",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (send, said) = channel();
        let output = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for message in output.split(0).map_while(Result::ok) {
                let value = serde_json::from_slice(&message).unwrap_or_default();
                if send.send(value).is_err() {
                    break;
                }
            }
        });
        let mut browser = Browser {
            input: child.stdin.take().unwrap(),
            child,
            said,
            events: VecDeque::new(),
            session: String::new(),
            asked: 0,
            _profile: profile,
        };
        let page = browser.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": page["targetId"], "flatten": true });
        let session = browser.ask("Target.attachToTarget", attach);
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.ask(&format!("{domain}.enable"), json!({}));
        }
        Some(browser)
    }

    /// Sends a command and waits for its result.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let mut message = json!({ "id": self.asked, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.input.write_all(&bytes).unwrap();
        loop {
            let answer = self.said.recv_timeout(PATIENCE);
            let answer = answer.unwrap_or_else(|_| panic!("the browser does not answer {method}"));
            if answer["id"] == json!(self.asked) {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
            if answer["method"].is_string() {
                self.events.push_back(answer);
            }
        }
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let done = self.ask("Runtime.evaluate", params);
        assert!(
            done["exceptionDetails"].is_null(),
            "{expression}: {}",
            done["exceptionDetails"]
        );
        done["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&mut self, expression: &str) {
        let start = Instant::now();
        while self.value(expression) != json!(true) {
            assert!(start.elapsed() < PATIENCE, "never true: {expression}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Opens an address in a window of this width, and forgets what was said before.
    pub(crate) fn open(&mut self, url: &str, width: u32) {
        let size =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", size);
        self.ask("Page.navigate", json!({ "url": "about:blank" }));
        self.wait("document.readyState === 'complete' && location.href === 'about:blank'");
        self.events.clear();
        let opened = self.ask("Page.navigate", json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{url}: {opened}");
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// What the page complained of: errors and warnings of its console, exceptions, refusals.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        let complains = |e: &&Value| match e["method"].as_str() {
            Some("Runtime.consoleAPICalled") => {
                ["error", "warning", "assert"].contains(&e["params"]["type"].as_str().unwrap_or(""))
            }
            Some("Runtime.exceptionThrown") => true,
            Some("Log.entryAdded") => {
                let level = e["params"]["entry"]["level"].as_str();
                ["error", "warning"].contains(&level.unwrap_or(""))
            }
            _ => false,
        };
        self.heard(complains, |e| e["params"].to_string())
    }

    /// Addresses other than files and data that the page asked for, let through or not.
    pub(crate) fn requests(&mut self) -> Vec<String> {
        let url = |e: &Value| {
            e["params"]["request"]["url"]
                .as_str()
                .unwrap_or("")
                .to_owned()
        };
        let outside = |e: &&Value| {
            let inside = ["file:", "data:", "about:", "blob:"];
            e["method"] == "Network.requestWillBeSent"
                && !inside.iter().any(|i| url(e).starts_with(i))
        };
        self.heard(outside, url)
    }

    fn heard(
        &mut self,
        which: impl Fn(&&Value) -> bool,
        what: impl Fn(&Value) -> String,
    ) -> Vec<String> {
        // Whatever was said before this answer has arrived with it.
        self.value("new Promise(done => setTimeout(() => done(true), 100))");
        self.events.iter().filter(which).map(what).collect()
    }

    /// Clicks with the mouse in the middle of the first element that a selector finds.
    pub(crate) fn click(&mut self, selector: &str) {
        let quoted = json!(selector).to_string();
        let at = self.value(&format!(
            "(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{ block: 'center' }}); \
             const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let press =
                json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1 });
            self.ask("Input.dispatchMouseEvent", press);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let close = b"{\"id\":0,\"method\":\"Browser.close\"}\0";
        let _ = self.input.write_all(close);
        let start = Instant::now();
        while self.child.try_wait().is_ok_and(|s| s.is_none()) {
            if start.elapsed() > Duration::from_secs(5) {
                let _ = self.child.kill();
                let _ = self.child.wait();
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
