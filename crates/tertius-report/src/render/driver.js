// One function: the text of a Vega-Lite specification in, {svg, warnings} out, or a rejected promise.
(function () {
"use strict";
// Widths of text in the bundled font, in thousandths of the font size: Vega's own guess without a
// canvas gives every character .8, which is too wide for Latin and too narrow for Chinese.
const widths = JSON.parse(globalThis.tertiusWidths);
const em = (text) => {
  let sum = 0;
  for (const c of String(text)) sum += c.codePointAt(0) < 0x2E80 ? (widths[c] ?? 560) : 1000;
  return sum / 1000;
};
vega.textMetrics.width = (item, text) => {
  const width = em((text ?? "") === "" ? "" : String(text).trim()) * (item.fontSize ?? 11);
  return item.limit > 0 ? Math.min(width, item.limit) : width;
};

function logger(warnings, errors) {
  const self = {
    level: (l) => (l === undefined ? 0 : self),
    error: (...a) => { errors.push(a.map((x) => x?.message ?? String(x)).join(" ")); return self; },
    warn: (...a) => { warnings.push(a.join(" ")); return self; },
    info: () => self,
    debug: () => self,
  };
  return self;
}

globalThis.tertiusRender = async function (text) {
  const warnings = [], errors = [];
  const log = logger(warnings, errors);
  // Vega only warns of a failed load, and goes on with no data.
  const refuse = (why) => { errors.push(why); return Promise.reject(new Error(why)); };
  const { spec } = vegaLite.compile(JSON.parse(text), { logger: log });
  const view = new vega.View(vega.parse(spec), {
    renderer: "none",
    logger: log,
    loader: { load: () => refuse("a figure loads nothing"), sanitize: (to) => (String(to).startsWith("#") ? Promise.resolve({ href: to }) : refuse("a figure links to rows of its page alone")) },
  });
  const svg = await view.toSVG();
  view.finalize();
  if (errors.length) throw new Error(errors.join("; "));
  return JSON.stringify({ svg, warnings });
};
})();
