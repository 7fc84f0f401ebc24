// The search of a published site: all words of the question must stand in a row of the index. Text goes in as text, never as HTML.
(() => {
  "use strict";
  const LIMIT = 100;
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const question = new URLSearchParams(location.search).get("q") || "";
  const parts = plain(question).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const said = document.getElementById("said");
  const list = document.getElementById("results");
  const field = document.getElementById("find");
  if (field) field.value = question;
  if (!parts.length) { said.textContent = "Write a state, two states or some words into the field above."; return; }
  const order = ["pair", "state", "actor", "article", "event"];
  const found = (window.dragomanIndex || []).filter((row) => {
    const text = plain(row[1] + " " + row[3]);
    return parts.every((part) => text.includes(part));
  }).sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  said.textContent = found.length + (found.length === 1 ? " page" : " pages") + " for “" + question + "”" + (found.length > LIMIT ? ", the first " + LIMIT + " shown" : "");
  for (const [kind, text, there, beside] of found.slice(0, LIMIT)) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = there;
    link.textContent = text;
    const note = document.createElement("span");
    note.className = "source";
    note.textContent = kind + (beside ? " · " + beside : "");
    item.append(link, " ", note);
    list.append(item);
  }
})();
