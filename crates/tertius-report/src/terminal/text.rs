//! Columns, lines and colours of a terminal.

use tertius::record::is_hidden;

/// How the terminal looks that is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// Whether it understands colours.
    pub colour: bool,
}

impl Look {
    /// Eighty columns without colour: what a file gets.
    pub const PLAIN: Look = Look {
        width: 80,
        colour: false,
    };

    /// A look of `width` columns, within what can be read: 40 to 100.
    pub fn new(width: usize, colour: bool) -> Look {
        Look {
            width: width.clamp(40, 100),
            colour,
        }
    }

    /// `text` in an ANSI style, where there are colours.
    pub(crate) fn painted(self, style: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{style}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// A heading.
    pub(super) fn heading(self, text: &str) -> String {
        self.painted("1", text)
    }
}

/// How many columns a text takes: two for a Chinese character, none for a mark that joins the one before it.
pub fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => 0,
            c if is_wide(c) => 2,
            _ => 1,
        })
        .sum()
}

pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{303E}' | '\u{3041}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F300}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// `text` in just so many columns: cut, or filled with spaces.
pub(super) fn padded(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for c in plain(text).chars() {
        let wide = columns(c.encode_utf8(&mut [0; 4]));
        if used + wide >= width {
            break;
        }
        out.push(c);
        used += wide;
    }
    out + &" ".repeat(width - used)
}

/// Without what no editor shows: a text of a case may not steer the terminal.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if matches!(c, '\n' | '\r' | '\t') {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !is_hidden(*c))
        .collect()
}

/// Lines of at most `width` columns, the second and later ones moved in by `hang`.
pub fn hanging(text: &str, width: usize, hang: usize) -> String {
    let rest = width.saturating_sub(hang).max(1);
    lines(text, width, rest).join(&format!("\n{}", " ".repeat(hang)))
}

/// Lines of at most `width` columns.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    lines(text, width, width)
}

/// The first line of at most `first` columns, others of `rest`, broken at spaces, or anywhere beside a wide
/// character; no line begins with a stop or ends with an opening bracket. A word that no line has room for is broken.
fn lines(text: &str, first: usize, rest: usize) -> Vec<String> {
    let text = plain(text);
    let most = first.min(rest);
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let closing = "，。、；：！？）」』》…—".contains(c);
        match pieces.last_mut() {
            Some(last)
                if (closing
                    || last.ends_with(['（', '「', '『', '《', '“'])
                    || (open && !is_wide(c) && !last.ends_with(' ')))
                    && columns(last) < most =>
            {
                last.push(c)
            }
            _ => pieces.push(c.to_string()),
        }
        open = !is_wide(c) || closing;
        if closing {
            open = false;
        }
    }
    let mut found: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces {
        let width = if found.is_empty() { first } else { rest };
        if !line.is_empty() && columns(&line) + columns(piece.trim_end()) > width {
            found.push(line.trim_end().to_owned());
            line = String::new();
        }
        line.push_str(&piece);
    }
    found.push(line.trim_end().to_owned());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_wide_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("追随者和平衡者。", 8), ["追随者和", "平衡者。"]);
        assert_eq!(wrapped("追随者，平衡", 6), ["追随", "者，平", "衡"]);
        assert_eq!(wrapped("追随（平衡）者", 6), ["追随", "（平", "衡）者"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(
            hanging("one two three four", 9, 2),
            "one two\n  three\n  four"
        );
        assert_eq!(hanging("追随者和平衡者", 8, 2), "追随者和\n  平衡者");
        assert_eq!(hanging("", 9, 2), "");
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(plain("\u{1b}[31mred\u{202e}"), "[31mred");
        assert_eq!(padded("平衡者\u{7}", 8), "平衡者  ");
    }

    #[test]
    fn colours_come_only_where_they_are_understood() {
        assert_eq!(Look::PLAIN.heading("x"), "x");
        assert_eq!(Look::new(80, true).heading("x"), "\u{1b}[1mx\u{1b}[0m");
        assert_eq!(Look::new(20, true).width, 40);
    }
}
