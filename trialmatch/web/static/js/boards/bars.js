// Bars beside their numbers: the number says it, the bar only helps the eye.

import { el } from "../element/dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** `[[label, number, class?]…]` → terms with their bars; those with a class of their own are not on the same scale. */
export function bars(rows) {
  const most = Math.max(1, ...rows.filter(([, , apart]) => !apart).map(([, number]) => number));
  return rows.map(([label, number, apart]) =>
    el("div", { class: apart ?? null }, el("dt", {}, label),
      el("dd", {}, el("span", { class: "number" }, String(number)), apart ? null : bar(number / most))));
}

function bar(share) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 100 10");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  const filled = document.createElementNS(SVG, "rect");
  filled.setAttribute("width", String(Math.round(share * 1000) / 10));
  filled.setAttribute("height", "10");
  drawing.append(filled);
  return drawing;
}
