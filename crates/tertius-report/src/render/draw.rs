//! Drawn figures as files of their own.

use std::fmt::Write as _;

use super::png::{MAX_SIDE, png_within};
use super::tidy::{tidy, well_formed};
use super::{RenderError, outlined};
use crate::figures::Figure;

/// Dots of an inch of print, for a CSS pixel of 1/96 inch.
const PRINT: f32 = 300.0 / 96.0;
const MM_PER_PIXEL: f64 = 25.4 / 96.0;

/// A figure as a file of its own, in millimetres, with its title and caption as its description and without
/// links. Latin text stays text, so that it can be searched and set in a journal's face; with any
/// Chinese character the whole text is outlines, which show on a machine without Chinese fonts.
///
/// # Errors
///
/// [`RenderError::Svg`] if the figure can't be read back.
pub fn svg_file(figure: &Figure, drawn: &str) -> Result<String, RenderError> {
    let plain = tidy(drawn, "", false);
    let wide = |c: char| crate::terminal::columns(c.encode_utf8(&mut [0; 4])) > 1;
    let plain = if plain.chars().any(wide) {
        outlined(&plain)?
    } else {
        plain
    };
    Ok(in_millimetres(&well_formed(described(figure, &plain))))
}

/// A figure as pixels at 300 dots an inch, on white; at fewer where a side would have more pixels than
/// viewers open, as that of a table of some hundred issues.
///
/// # Errors
///
/// As [`super::png()`].
pub fn png_file(drawn: &str) -> Result<super::Png, RenderError> {
    let (mut picture, scale) = png_within(&tidy(drawn, "", false), PRINT, MAX_SIDE)?;
    let per_metre = f64::from(scale) / (MM_PER_PIXEL / 1000.0);
    picture.bytes = with_resolution(picture.bytes, per_metre.round() as u32);
    Ok(picture)
}

/// What stands in the folder beside the pictures: each file with its title and caption.
pub fn captions(figures: &[Figure]) -> String {
    let mut out = String::new();
    for f in figures {
        let _ = write!(out, "{}\n    {}\n    {}\n\n", f.id, f.title, f.caption);
    }
    out
}

fn described(figure: &Figure, svg: &str) -> String {
    let escaped = |t: &str| {
        t.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let Some(end) = svg.find('>') else {
        return svg.to_owned();
    };
    let (root, rest) = svg.split_at(end + 1);
    format!(
        "{root}<title>{}</title><desc>{}</desc>{rest}",
        escaped(&figure.title),
        escaped(&figure.caption)
    )
}

/// The root's width and height in millimetres, so that every program shows it at the size of a column.
fn in_millimetres(svg: &str) -> String {
    let Some(end) = svg.find('>') else {
        return svg.to_owned();
    };
    let (root, rest) = svg.split_at(end);
    let mut root = root.to_owned();
    let mut sides = Vec::new();
    for side in ["width", "height"] {
        let start = format!(" {side}=\"");
        let Some((before, after)) = root.split_once(&start) else {
            continue;
        };
        let Some((value, after)) = after.split_once('"') else {
            continue;
        };
        if let Ok(pixels) = value.parse::<f64>() {
            let mm = pixels * MM_PER_PIXEL;
            sides.push(pixels);
            root = format!("{before}{start}{mm:.1}mm\"{after}");
        }
    }
    // Outlines come without a view box; with one the picture can be scaled.
    if let ([wide, high], false) = (sides.as_slice(), root.contains("viewBox")) {
        let _ = write!(root, " viewBox=\"0 0 {wide} {high}\"");
    }
    root + rest
}

/// The file with a `pHYs` chunk of its dots a metre after its header, which the writer leaves out.
fn with_resolution(png: Vec<u8>, per_metre: u32) -> Vec<u8> {
    // Signature, then the header chunk: length, name, 13 bytes, checksum.
    const HEADER_END: usize = 8 + 4 + 4 + 13 + 4;
    let Some((head, rest)) = png.split_at_checked(HEADER_END) else {
        return png;
    };
    let per_metre = per_metre.to_be_bytes();
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(per_metre);
    chunk.extend(per_metre);
    chunk.push(1);
    let sum = crc32(&chunk).to_be_bytes();
    [head, &9_u32.to_be_bytes(), &chunk, &sum, rest].concat()
}

/// The checksum of PNG chunks (PNG specification, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| {
            if c & 1 == 1 {
                0xEDB8_8320 ^ (c >> 1)
            } else {
                c >> 1
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32 for the nine digits, and the checksum of every empty end chunk.
    #[test]
    fn the_checksum_is_that_of_the_specification() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn sizes_are_those_of_the_column() {
        let svg = in_millimetres(
            "<svg width=\"690\" height=\"96\" viewBox=\"0 0 690 96\"><rect width=\"1\"/></svg>",
        );
        let bare = in_millimetres("<svg width=\"690\" height=\"96\"></svg>");
        assert_eq!(
            bare,
            "<svg width=\"182.6mm\" height=\"25.4mm\" viewBox=\"0 0 690 96\"></svg>"
        );
        assert_eq!(
            svg,
            "<svg width=\"182.6mm\" height=\"25.4mm\" viewBox=\"0 0 690 96\"><rect width=\"1\"/></svg>"
        );
    }
}
