//! Bytes to text, and what in a text deserves a warning.

use super::diagnostic::{Diagnostic, DiagnosticId as Id, Place};
use super::problems::Problems;

/// Decodes UTF-8 with or without a byte-order mark, or says what it seems to be instead.
pub(super) fn decode<'a>(file: &str, bytes: &'a [u8], out: &mut Problems) -> Option<&'a str> {
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (end, encoding) = match std::str::from_utf8(body) {
        Ok(text) => match text.find('\0') {
            None => return Some(text),
            Some(at) => (at, of_nuls(body)),
        },
        // Sound up to its end, where a character begins that is not finished.
        Err(e) if e.error_len().is_none() && !bytes.contains(&0) => (e.valid_up_to(), CUT),
        Err(e) => (e.valid_up_to(), guess(bytes)),
    };
    let row = 1 + body[..end].iter().filter(|&&b| b == b'\n').count() as u64;
    let place = Place::file(file).row(row);
    out.push(Diagnostic::new(Id::NotUtf8, place).with("encoding", encoding));
    None
}

/// What a file is called whose last character is not whole.
const CUT: &str = "cut";

/// What bytes seem to be that are not UTF-8. A guess for a sentence, used by nothing.
fn guess(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return "UTF-16";
    }
    if bytes.contains(&0) {
        return of_nuls(bytes);
    }
    // The common ideographs of GB 2312 are pairs of high bytes; accented letters stand alone.
    let runs = bytes.split(|b| b.is_ascii()).filter(|r| !r.is_empty());
    let (mut even, mut odd) = (0, 0);
    for run in runs {
        let in_gb2312 = run.iter().all(|b| (0xA1..=0xFE).contains(b));
        if run.len() % 2 == 0 && in_gb2312 {
            even += 1;
        } else {
            odd += 1;
        }
    }
    if odd == 0 {
        "GBK"
    } else if even == 0 {
        "Latin-1"
    } else {
        "?"
    }
}

/// Text in UTF-16 has a NUL beside every ASCII letter; anything else with NUL is no text.
fn of_nuls(bytes: &[u8]) -> &'static str {
    let nuls = bytes.iter().filter(|&&b| b == 0).count();
    if 4 * nuls >= bytes.len() {
        "UTF-16"
    } else {
        "NUL"
    }
}

/// Characters that no editor shows and that change what a reader sees: those that turn the direction of a
/// line (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069), that break it, that have no width, the
/// soft hyphen, those that are none (U+FFFE, U+FFFF), and the mark that a byte was lost on the way.
///
/// ```
/// use tertius::record::is_hidden;
/// assert!(is_hidden('\u{202E}') && is_hidden('\u{200C}') && !is_hidden('\n') && !is_hidden('中'));
/// ```
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}'..='\u{FFFF}')
}

/// Text that a careless page would run, or that shows other than it is.
pub(super) fn has_markup(text: &str) -> bool {
    let opens = |w: &[u8]| w[0] == b'<' && (w[1].is_ascii_alphabetic() || b"/!?".contains(&w[1]));
    text.as_bytes().windows(2).any(opens) || has_entity(text) || text.chars().any(is_hidden)
}

/// `&nbsp;`, `&#60;`: a passage copied from the source of a page.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.strip_prefix('#').unwrap_or(after);
        let end = name
            .bytes()
            .take(10)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        end >= 2 && name.as_bytes().get(end) == Some(&b';')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_guessed_from_their_bytes() {
        assert_eq!(guess(b"\xFF\xFEi\0d\0"), "UTF-16");
        assert_eq!(guess(b"i\0\xE9\0"), "UTF-16");
        // 日本 in GBK, é in Latin-1.
        assert_eq!(guess(b"JPN,\xC8\xD5\xB1\xBE,x"), "GBK");
        assert_eq!(guess(b"caf\xE9 au lait"), "Latin-1");
        assert_eq!(guess(b"\xC8\xD5 caf\xE9 "), "?");
    }

    /// A file that lost its end in the middle of a character is cut, not of another encoding; one with a lone
    /// high byte before its end is not UTF-8 at all.
    #[test]
    fn a_file_cut_in_mid_character_is_said_to_be_cut() {
        let whole = "id,what\na1,日本".as_bytes();
        let seems = |bytes: &[u8]| {
            let mut out = Problems::default();
            assert!(decode("acts.csv", bytes, &mut out).is_none());
            let found = out.sorted();
            (found[0].place.row, found[0].fields["encoding"].clone())
        };
        for lost in 1..=2 {
            let bytes = &whole[..whole.len() - lost];
            assert_eq!(seems(bytes), (Some(2), "cut".to_owned()));
        }
        assert_eq!(seems(b"caf\xE9 au lait"), (Some(1), "Latin-1".to_owned()));
    }

    #[test]
    fn markup_and_hidden_characters_are_seen_and_ordinary_text_is_not() {
        for text in [
            "<b>bold</b>",
            "a </p>",
            "<!-- x -->",
            "<?php",
            "x&nbsp;y",
            "&#60;b",
            "left\u{202E}right",
            "zero\u{200B}width",
            "bell\u{7}",
            "lost \u{FFFD}",
        ] {
            assert!(has_markup(text), "{text:?}");
        }
        for text in [
            "a < b",
            "R&D; AT&T",
            "x <3",
            "日本《条约》",
            "two\nlines",
            "Q&A: yes;",
        ] {
            assert!(!has_markup(text), "{text:?}");
        }
    }
}
