//! The vendored JavaScript: `assets/vega/MANIFEST.csv` says where each file comes from.

/// Vega: `vega`.
pub const VEGA: &str = include_str!("../assets/vega/vega.min.js");
/// Vega-Lite: `vegaLite`.
pub const VEGA_LITE: &str = include_str!("../assets/vega/vega-lite.min.js");
/// Vega-Embed, with the expression interpreter in it: `vegaEmbed`.
pub const VEGA_EMBED: &str = include_str!("../assets/vega/vega-embed.min.js");
/// Our own: draws the figures of a page that were not drawn before.
pub const DRAW_SCRIPT: &str = include_str!("../assets/page/draw.js");
/// Our own: commands to copy, folded parts that a link leads to.
pub const REPORT_SCRIPT: &str = include_str!("../assets/page/report.js");
/// The stylesheet of every page.
pub const STYLESHEET: &str = include_str!("../assets/page/report.css");
