// What the page does beyond standing there: it opens the folded part that a link leads to, copies a text, and
// names the month in the command that explains it. All of it reads as well without.
(function () {
  "use strict";
  function open() {
    let id = location.hash.slice(1);
    // A mark that is no encoding is a name as it stands.
    try { id = decodeURIComponent(id); } catch (e) { /* as it stands */ }
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target.tagName !== "DETAILS") target.scrollIntoView();
  }
  window.addEventListener("hashchange", open);
  open();

  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const from = document.getElementById(button.dataset.copy);
      const text = from.textContent.trim();
      const done = () => { button.textContent = button.dataset.done; };
      // A page opened as a file may not write to the clipboard: then the text is marked, ready to be copied.
      const mark = () => { const range = document.createRange(); range.selectNodeContents(from); const s = getSelection(); s.removeAllRanges(); s.addRange(range); try { if (document.execCommand("copy")) done(); } catch (e) { /* marked all the same */ } };
      if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(done, mark); else mark();
    });
  });

  document.querySelectorAll("a[data-month]").forEach((link) => {
    link.addEventListener("click", () => { document.getElementById("explain-month").textContent = link.dataset.month; });
  });
})();
