/* Keys for those who like them. Every page works without this file. */
"use strict";

const go = { d: "/", c: "[data-go=c]", l: "[data-go=l]", a: "[data-go=a]", n: "[data-go=n]", o: "[data-go=o]" };
let waitingForPlace = false;

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

function walk(step) {
  const links = [...document.querySelectorAll("[data-list] > li > a, [data-list] > li .source > a, [data-list] > li .question > a")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
  if (next) next.focus();
}

function hop(step) {
  const hits = [...document.querySelectorAll("mark[id]")];
  const now = hits.findIndex((hit) => `#${hit.id}` === location.hash);
  const next = hits[now < 0 ? 0 : Math.min(hits.length - 1, Math.max(0, now + step))];
  if (next) location.hash = next.id;
}

function place(key) {
  const target = go[key];
  if (target === "/") location.assign("/");
  else if (target) document.querySelector(target)?.click();
}

const actions = {
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => location.assign("/keys"),
  j: () => walk(1),
  k: () => walk(-1),
  q: () => document.activeElement.closest("li")?.querySelector("[data-use]")?.click(),
  n: () => hop(1),
  p: () => hop(-1),
  g: () => { waitingForPlace = true; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (waitingForPlace) {
    waitingForPlace = false;
    place(event.key);
  } else if (actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  }
});

if (document.querySelector("[data-reload]")) setTimeout(() => location.reload(), 1500);
