/* Selecting words in a reading fills the form that quotes them, and the one that asks who said them first. Offsets are bytes of the stored text. */
"use strict";

const reading = document.getElementById("reading");
const form = document.querySelector("[data-quote]");
const first = document.querySelector("[data-first]");
const LONGEST = 500;
const bytes = (text) => new TextEncoder().encode(text).length;

/* The byte of the reading at which a place in a paragraph stands. The paragraph's text is the reading's, character for character. */
function byteAt(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element.closest("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + bytes(before.toString());
}

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !reading) return null;
  const range = selection.getRangeAt(0);
  if (!reading.contains(range.commonAncestorContainer)) return null;
  const start = byteAt(range.startContainer, range.startOffset);
  const end = byteAt(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, words: selection.toString() };
}

function fill(found) {
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  form.elements.words.value = found.words;
  if (!first) return;
  first.elements.start.value = found.start;
  first.elements.end.value = found.end;
  first.elements.words.value = found.words.slice(0, LONGEST);
}

/* Words that are typed or changed by hand are looked for as they stand, wherever they stand. */
for (const each of [form, first]) {
  each?.elements.words.addEventListener("input", () => {
    each.elements.start.value = "";
    each.elements.end.value = "";
  });
}

document.addEventListener("selectionchange", () => {
  const found = form && selected();
  if (found) fill(found);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "q" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const found = form && selected();
  if (!found) return;
  event.preventDefault();
  fill(found);
  form.requestSubmit();
});
