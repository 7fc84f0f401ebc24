// Keys of the review. Each does what a button of the page does; without script the buttons do it.
(() => {
  "use strict";
  const items = [...document.querySelectorAll(".item")];
  let at = 0;
  const show = (index) => {
    if (!items.length) return;
    at = Math.max(0, Math.min(items.length - 1, index));
    items.forEach((item, number) => item.classList.toggle("current", number === at));
    items[at].focus();
    items[at].scrollIntoView({ block: "nearest" });
  };
  const press = (root, key) => {
    const button = root && root.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    return button;
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(input|select|textarea)$/i.test(document.activeElement.tagName)) {
      if (event.key === "Escape") items[at].focus();
      return;
    }
    if (event.key === "j") show(at + 1);
    else if (event.key === "k") show(at - 1);
    else if (event.key === "a" || event.key === "x") press(items[at], event.key);
    else if (event.key === "u") press(document, "u");
    else if (event.key === "c") {
      const details = items[at] && items[at].querySelector("details");
      if (!details) return;
      details.open = true;
      details.querySelector("select").focus();
      event.preventDefault();
    }
  });
  show(0);
})();
