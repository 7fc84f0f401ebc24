// Comfort only: every page reads without it. Light or dark by choice; "/" goes to the search field.
(() => {
  "use strict";
  const root = document.documentElement;
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage is off: the system's choice holds */ }
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  const button = document.querySelector(".theme");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* not kept */ }
    });
  }
  document.addEventListener("keydown", (event) => {
    const field = document.getElementById("find");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !field) return;
    if (/^(input|select|textarea)$/i.test(document.activeElement.tagName)) return;
    event.preventDefault();
    field.focus();
  });
})();
