//! SVG to pixels, or to an SVG whose text is outlines.

use resvg::{tiny_skia, usvg};

use super::RenderError;
use super::font::{FAMILY, database, uncovered};

/// The most pixels of a side; more is a mistake in a specification or a scale.
pub(super) const MAX_SIDE: f32 = 16_000.0;

/// A figure as pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Png {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Characters that the bundled font does not have ([`uncovered`]); boxes on a machine without them.
    pub uncovered: Vec<char>,
}

/// Draws `svg` at `scale` pixels a CSS pixel, on white. Scale 3.125 gives 300 dots an inch.
///
/// # Errors
///
/// [`RenderError::Svg`] if `svg` can't be read, [`RenderError::Png`] for sides of no or too many pixels.
pub fn png(svg: &str, scale: f32) -> Result<Png, RenderError> {
    pixels_of(svg, &read(svg)?, scale)
}

/// The same at a smaller scale where a side would have more than `most` pixels, and the scale.
pub(super) fn png_within(svg: &str, scale: f32, most: f32) -> Result<(Png, f32), RenderError> {
    let tree = read(svg)?;
    let longest = tree.size().width().max(tree.size().height());
    // A whole number of pixels is rounded up to: one less leaves room for that.
    let scale = scale.min((most - 1.0) / longest);
    Ok((pixels_of(svg, &tree, scale)?, scale))
}

fn pixels_of(svg: &str, tree: &usvg::Tree, scale: f32) -> Result<Png, RenderError> {
    let size = tree.size();
    let (width, height) = (
        (size.width() * scale).ceil(),
        (size.height() * scale).ceil(),
    );
    let refuse = |message: String| RenderError::Png { message };
    if !(1.0..=MAX_SIDE).contains(&width) || !(1.0..=MAX_SIDE).contains(&height) {
        return Err(refuse(format!(
            "{width} × {height} pixels: a side is to have 1 to {MAX_SIDE}"
        )));
    }
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| refuse(format!("no room for {width} × {height} pixels")))?;
    pixels.fill(tiny_skia::Color::WHITE);
    resvg::render(
        tree,
        tiny_skia::Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    Ok(Png {
        size: (pixels.width(), pixels.height()),
        bytes: pixels.encode_png().map_err(|e| refuse(e.to_string()))?,
        uncovered: uncovered(svg),
    })
}

/// `svg` with every text as outlines: it looks the same on a machine without any font, but can't be searched.
///
/// # Errors
///
/// [`RenderError::Svg`] if `svg` can't be read.
pub fn outlined(svg: &str) -> Result<String, RenderError> {
    Ok(read(svg)?.to_string(&usvg::WriteOptions {
        preserve_text: false,
        ..usvg::WriteOptions::default()
    }))
}

fn read(svg: &str) -> Result<usvg::Tree, RenderError> {
    let options = usvg::Options {
        font_family: FAMILY.into(),
        fontdb: database(svg),
        font_resolver: usvg::FontResolver {
            select_font: Box::new(|_, fonts| fonts.faces().next().map(|face| face.id)),
            select_fallback: usvg::FontResolver::default_fallback_selector(),
        },
        // Figures have no images: none is ever read.
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_str(svg, &options).map_err(|e| RenderError::Svg {
        message: e.to_string(),
    })
}
