// What is folded away and built only when it is asked for; what is open stays open when an answer comes in.

import { el, fill } from "./dom.js";

/** A folded group with its title; `build` gives its content, or the promise of it. */
export function group(key, title, build, acts) {
  const inside = el("div", { class: "inside" });
  const element = el("details", { class: "group", data: { key } }, el("summary", { data: { key: `${key}/title` } }, title), inside);
  let built = false;
  const show = () => {
    if (built) return;
    built = true;
    pour(inside, build);
  };
  element.addEventListener("toggle", () => {
    acts.unfold(key, element.open);
    if (element.open) show();
  });
  if (acts.isUnfolded(key)) {
    element.open = true;
    show();
  }
  return element;
}

/** A button and the panel that it opens. `name` completes the words for who does not see the card around. */
export function disclosure(key, { words, name, build }, acts) {
  const panel = el("div", { class: "panel", hidden: true });
  let built = false;
  const button = el("button", {
    type: "button", class: "unfold", "aria-expanded": "false", "aria-label": `${words} : ${name}`, data: { key },
    onclick: () => set(panel.hidden),
  }, words);
  const set = (open) => {
    if (open && !built) pour(panel, build);
    built ||= open;
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    acts.unfold(key, open);
  };
  if (acts.isUnfolded(key)) set(true);
  return { button, panel, close: () => set(false) };
}

async function pour(place, build) {
  const content = build();
  if (!(content instanceof Promise)) {
    fill(place, content);
    return;
  }
  fill(place, el("p", { class: "quiet" }, "Chargement…"));
  try {
    fill(place, await content);
  } catch {
    fill(place, el("p", { class: "quiet" }, "Cette liste n’a pas pu être lue : rouvrez-la dans un instant."));
  }
}
