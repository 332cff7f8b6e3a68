//! The bundled font: Latin and the Chinese characters of GB 2312, so that no figure shows boxes.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb;

/// Name of the bundled family, last in the list of families that figures ask for.
pub const FAMILY: &str = "Tertius Sans SC";

const DATA: &[u8] = include_bytes!("../../assets/fonts/TertiusSansSC-Regular.otf");
const CHARACTERS: &str = include_str!("../../assets/fonts/characters.txt");
/// Advance widths in thousandths of the font size, by character; from U+2E80 on all are 1000.
pub(super) const WIDTHS: &str = include_str!("../../assets/fonts/widths.json");

/// The characters of `text` that the bundled font does not have, each once, sorted. They are looked for
/// in the machine's fonts, so that a picture with any of them may differ between machines.
///
/// ```
/// # #[cfg(feature = "static")] {
/// use tertius_report::render::uncovered;
/// assert!(uncovered("2014 追随者 / follower").is_empty());
/// assert_eq!(uncovered("a\u{e17}\u{e22}"), ['\u{e17}', '\u{e22}']);
/// # }
/// ```
pub fn uncovered(text: &str) -> Vec<char> {
    static HAVE: OnceLock<BTreeSet<char>> = OnceLock::new();
    let have = HAVE.get_or_init(|| CHARACTERS.chars().collect());
    let missing: BTreeSet<char> = text
        .chars()
        .filter(|c| !c.is_control() && !have.contains(c))
        .collect();
    missing.into_iter().collect()
}

/// The fonts to draw `text` with: the bundled one alone where it has every character, or else the
/// machine's as well.
pub(super) fn database(text: &str) -> Arc<fontdb::Database> {
    static BUNDLED: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    static WITH_SYSTEM: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    if uncovered(text).is_empty() {
        Arc::clone(BUNDLED.get_or_init(|| Arc::new(load(false))))
    } else {
        Arc::clone(WITH_SYSTEM.get_or_init(|| Arc::new(load(true))))
    }
}

fn load(system: bool) -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(DATA.to_vec());
    if system {
        fonts.load_system_fonts();
    }
    // After the system's fonts, whose configuration sets these too.
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
    fonts.set_monospace_family(FAMILY);
    fonts
}
