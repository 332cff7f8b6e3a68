// Draws each figure from the data beside it, in a page made without drawn figures. The table that stands
// there without JavaScript says the same, and stays if drawing fails.
(function () {
  "use strict";
  const options = { ast: true, renderer: "svg", actions: false, tooltip: false, defaultStyle: false };
  // A figure loads nothing, and links to rows of this page alone.
  options.loader = {
    load: () => Promise.reject(new Error("a figure loads nothing")),
    sanitize: (to) => (String(to).startsWith("#") ? Promise.resolve({ href: to }) : Promise.reject(new Error("a figure links to rows of this page alone"))),
  };
  const paper = window.matchMedia("print");
  function draw(figure, wide) {
    const plot = figure.querySelector(".plot");
    const data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const kind = wide || plot.clientWidth >= 600 ? "double" : "single";
    if (plot.dataset.drawn === kind) return Promise.resolve();
    const spec = Object.assign({}, data[kind], { datasets: data[kind].datasets || data.double.datasets });
    // The page has the title above and below.
    delete spec.title;
    spec.config = Object.assign({}, spec.config, { background: "transparent" });
    const room = document.createElement("div");
    return vegaEmbed(room, spec, options).then(() => {
      const svg = room.querySelector("svg");
      if (!svg) return;
      svg.setAttribute("role", svg.querySelector("a") ? "group" : "img");
      svg.setAttribute("aria-labelledby", figure.id + "-title");
      plot.replaceChildren(room);
      plot.dataset.drawn = kind;
    }).catch((error) => { console.warn(figure.id, error); });
  }
  const all = (wide) => document.querySelectorAll("figure[data-figure]").forEach((f) => draw(f, wide));
  all(paper.matches);
  let wait;
  window.addEventListener("resize", () => { clearTimeout(wait); wait = setTimeout(() => { if (!paper.matches) all(false); }, 150); });
})();
