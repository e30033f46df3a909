// Elements built from data by textContent only: nothing that was sent is ever read as markup.

const NARROW = "\u202f";
const WIDE = "\u00a0";

/** French typography: no sign is parted from its word at the end of a line; apostrophes are round. */
export function typo(text) {
  return String(text)
    .replace(/ ([?!;»%])/g, `${NARROW}$1`)
    .replace(/ :/g, `${WIDE}:`)
    .replace(/« /g, `«${NARROW}`)
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’");
}

/** An element: attributes as they are written, `on…` functions as listeners, `data` as data-*, the rest children. */
export function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(isSomething).map(asNode));
  return element;
}

function isSomething(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(typo(child));
}

/** Replaces the children of an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter(isSomething).map(asNode));
}

export const byId = (id) => document.getElementById(id);
