"use strict";
// The translators' tool keeps the end of a line as <br/> and takes no Enter. People see and type lines; the tool goes on
// reading and sending <br/>, so what is kept and what a PO file holds stays as it was. Two sentences of it are English alone.
const told = document.querySelector("[data-side-by-side]").dataset;
const tool = document.querySelector(".js-translation-editor");
const LINE_END = /<br ?\/?>/g;
const keyOf = (...parts) => parts.map((part) => part || "").join("\n");
const lined = new Set(JSON.parse(told.lines));
const texts = JSON.parse(tool.dataset.props).segments.filter((each) => each.type === "string" && lined.has(each.id));
const takers = new Set(texts.map((each) => keyOf(each.location.field, each.location.subField, inLines(each.source))));

function inLines(text) {
  return (text || "").replace(LINE_END, "\n");
}

function takesLines(box) {
  const text = box.closest("li");
  const field = text?.parentElement.closest("li")?.querySelector("h3");
  const [label, source] = [text?.querySelector("h4"), text?.querySelector("p")]; // a box for an address has no source above it
  return Boolean(field && source) && takers.has(keyOf(field.textContent, label?.textContent, inLines(source.textContent)));
}

// To the tool the box holds <br/>, to whoever types it holds lines. The tool watches `value` in the same way, so ask it on.
function speakBoth(box) {
  const ofBox = (holder) => Object.getOwnPropertyDescriptor(holder, "value");
  const { get, set } = ofBox(box) || ofBox(HTMLTextAreaElement.prototype);
  Object.defineProperty(box, "value", {
    configurable: true,
    get: () => get.call(box).trim().replace(/\r?\n/g, "<br/>"),
    set: (text) => set.call(box, inLines(text)),
  });
  box.value = get.call(box);
  box.placeholder = box.title = told.keys;
  grow(box);
}

function grow(box) {
  box.style.height = "";
  box.style.height = `${box.scrollHeight}px`;
}

function putRight() {
  sayAnew("h3", told.said, told.heading);
  sayAnew(".w-sr-only", "More actions", gettext("More actions"));
  for (const shown of tool.querySelectorAll("li p")) {
    const words = shown.firstChild;
    if (words && words.nodeType === Node.TEXT_NODE && words.data !== inLines(words.data)) words.data = inLines(words.data);
  }
  for (const box of tool.querySelectorAll("textarea:not([data-lined])")) {
    box.dataset.lined = takesLines(box) ? "yes" : "no";
    if (box.dataset.lined === "yes") speakBoth(box);
  }
}

function sayAnew(place, english, words) {
  for (const each of tool.querySelectorAll(place)) if (each.textContent === english && english !== words) each.firstChild.data = words;
}

tool.addEventListener("keydown", (event) => {
  const ends = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
  if (ends && event.target.dataset.lined === "yes") event.stopPropagation(); // the tool would save
}, true);
tool.addEventListener("input", (event) => event.target.dataset.lined === "yes" && grow(event.target));
new MutationObserver(putRight).observe(tool, { childList: true, subtree: true, characterData: true });
