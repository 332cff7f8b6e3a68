//! The report in a browser, from a file and with no network.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::skip::tertius;

const WIDTHS: [u32; 2] = [1280, 400];

/// Figures whose picture holds no mark of data: none may be.
const EMPTY_FIGURES: &str = "[...document.querySelectorAll('figure')].filter(f => {
  const marks = f.querySelectorAll('.plot svg [aria-roledescription$=\"mark container\"]'
    + ':not([aria-roledescription^=group]):not([aria-roledescription^=text]) > *');
  return ![...marks].some(m => { const b = m.getBBox(); return b.width > 0 || b.height > 0; });
}).map(f => f.id)";

const DRAWN: &str = "[...document.querySelectorAll('figure[data-figure]')]
  .every(f => f.querySelector('.plot svg'))";

const WIDE: &str = "document.scrollingElement.scrollWidth - window.innerWidth";

/// Links inside the page that lead nowhere: none may.
const LOST: &str = "[...document.querySelectorAll('main a, nav a, svg a')]
  .map(a => a.getAttribute('href') || '').filter(h => h.startsWith('#'))
  .map(h => decodeURIComponent(h.slice(1))).filter(id => !document.getElementById(id))";

/// Cells of tables, folded ones included, that are so narrow that their words stand one under the other.
const CRUSHED: &str = "(() => { const folded = document.querySelectorAll('details:not([open])');
  folded.forEach(d => { d.open = true; });
  const cells = [...document.querySelectorAll('td > bdi')].map(c => [c.getBoundingClientRect(), c.innerText]);
  folded.forEach(d => { d.open = false; });
  return cells.filter(([b]) => b.height > 150 && b.height > 5 * b.width).map(([, said]) => said); })()";

fn in_view(id: &str) -> String {
    let id = json!(id).to_string();
    format!(
        "(() => {{ const r = document.getElementById({id}).getBoundingClientRect(); \
         return r.height > 0 && r.top < window.innerHeight && r.bottom > 0; }})()"
    )
}

fn report(dir: &Path, lang: &str) -> String {
    let read = Command::new(tertius())
        .args([
            "read",
            "japan-russia",
            "--quiet",
            "--lang",
            lang,
            "--out",
            "out",
        ])
        .current_dir(dir)
        .output()
        .unwrap();
    assert!(
        read.status.success(),
        "{}",
        String::from_utf8_lossy(&read.stderr)
    );
    format!("file://{}", dir.join("out/report.html").display())
}

/// Opens the page at both widths, then walks from the evidence of a turning point to a source.
fn holds(lang: &str) {
    let Some(mut browser) = Browser::start(&format!("the report in a browser ({lang})")) else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let url = report(dir.path(), lang);
    for width in WIDTHS {
        browser.open(&url, width);
        browser.wait(DRAWN);
        let figures = browser.value("document.querySelectorAll('figure').length");
        assert!(
            figures.as_u64() >= Some(8),
            "{lang} {width}: {figures} figures"
        );
        assert_eq!(
            browser.value(EMPTY_FIGURES),
            json!([]),
            "{lang} {width}: nothing drawn"
        );
        assert_eq!(browser.complaints(), [""; 0], "{lang} {width}");
        assert_eq!(browser.requests(), [""; 0], "{lang} {width}");
        assert_eq!(browser.value(LOST), json!([]), "{lang} {width}");
        assert_eq!(browser.value(CRUSHED), json!([]), "{lang} {width}");
        let over = browser.value(WIDE).as_f64().unwrap();
        assert!(over <= 0.0, "{lang}: {over} pixels too wide at {width}");
    }
    browser.open(&url, 1280);
    browser.wait(DRAWN);
    two_clicks(&mut browser);
    assert_eq!(browser.complaints(), [""; 0], "{lang}");
}

/// One click from a part of a waterfall to its row, one from the row to its source.
fn two_clicks(browser: &mut Browser) {
    let fall = "#evidence figure[data-figure='waterfall']";
    // The table under a figure is folded away: that is how it is unfolded.
    if browser.value(&format!("document.querySelector(\"{fall} details\").open")) == json!(false) {
        browser.click(&format!("{fall} summary"));
    }
    browser.click(&format!("{fall} a[href^='#row-']"));
    browser.wait("location.hash.startsWith('#row-')");
    let row = hash(browser);
    browser.wait(&in_view(&row));
    browser.click(&format!("[id='{row}'] a[href^='#src-']"));
    browser.wait("location.hash.startsWith('#src-')");
    let source = hash(browser);
    browser.wait(&in_view(&source));
    let names = browser.value(&format!(
        "document.getElementById('{source}').innerText.length > 10"
    ));
    assert_eq!(names, json!(true));
}

fn hash(browser: &mut Browser) -> String {
    let hash = browser.value("decodeURIComponent(location.hash.slice(1))");
    hash.as_str().map(str::to_owned).unwrap()
}

#[test]
fn the_report_holds_in_english() {
    holds("en");
}

#[test]
fn the_report_holds_in_chinese() {
    holds("zh");
}

/// The same questions of a page that fails each of them.
#[test]
fn a_page_that_does_not_hold_is_seen() {
    let Some(mut browser) = Browser::start("a faulty page in a browser") else {
        return;
    };
    let dir = TempDir::new().unwrap();
    let page = "<!doctype html><figure id=empty><div class=plot><svg></svg></div></figure>
      <img src='http://127.0.0.1:9/x.png'><div style='width: 900px'>wide</div>
      <script>console.warn('careful'); throw new Error('broken');</script>";
    let file = dir.path().join("faulty.html");
    std::fs::write(&file, page).unwrap();
    browser.open(&format!("file://{}", file.display()), 400);
    let complaints = browser.complaints().join("\n");
    assert!(
        complaints.contains("careful") && complaints.contains("broken"),
        "{complaints}"
    );
    assert_eq!(browser.requests(), ["http://127.0.0.1:9/x.png"]);
    assert!(browser.value(WIDE).as_f64() > Some(400.0));
    assert_eq!(browser.value(EMPTY_FIGURES), json!(["empty"]));
    let nobody: Value = browser.value("document.getElementById('nobody')");
    assert!(nobody.is_null());
}
