//! Rust without its comments.

use crate::tree::Text;

/// Lines of code with their numbers: comments are emptied, texts in quotation marks are kept.
pub(crate) fn lines(text: &str) -> Vec<(usize, String)> {
    let without = strip(text);
    let numbered = without.lines().map(str::to_owned).enumerate();
    numbered.map(|(i, line)| (i + 1, line)).collect()
}

/// The comments alone.
pub(crate) fn comments(file: &Text) -> String {
    let all = file.text.lines().map(str::trim_start);
    let comments = all.filter_map(|l| {
        let marks = ["//!", "///", "//"];
        marks.iter().find_map(|m| l.strip_prefix(m))
    });
    comments.collect::<Vec<_>>().join("\n")
}

fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let (mut quoted, mut before) = (false, ' ');
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted => quoted = false,
            // A quotation mark as a character opens nothing.
            '"' if before != '\'' => quoted = true,
            '\\' if quoted => {
                out.push(c);
                out.extend(chars.next());
                before = ' ';
                continue;
            }
            '/' if !quoted && chars.peek() == Some(&'/') => {
                while chars.peek().is_some_and(|c| *c != '\n') {
                    chars.next();
                }
                before = ' ';
                continue;
            }
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out
}

#[test]
fn comments_are_left_out_and_texts_are_not() {
    let text =
        "let a = \"// no comment \\\" // still none\"; // a comment\nlet q = '\"'; // another\n";
    let code = lines(text);
    assert_eq!(code[0].1, "let a = \"// no comment \\\" // still none\"; ");
    assert_eq!(code[1].1, "let q = '\"'; ");
}
