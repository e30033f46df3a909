// The table: one line a trial, site, organ or month; sorted by a press on a heading.

import { el } from "../element/dom.js";

const BY = { trial: "Essai", site: "Centre", organ: "Organe", month: "Mois" };
const COLUMNS = [
  ["displayed", "affichés"], ["proposed", "proposés"], ["retained", "retenus"], ["addressed", "adressés"],
  ["included", "inclus"], ["not_retained", "non retenus"], ["not_included", "non inclus"],
];

export function table(summary, { sort, down }, sortBy) {
  if (!summary.rows.length) return el("p", { class: "quiet" }, "Rien à montrer pour ces critères.");
  const columns = COLUMNS.filter(([name]) => name !== "displayed" || summary.rows.some((row) => row.displayed !== null));
  const rows = sorted(summary.rows, sort, down);
  return el("table", { class: "counts" },
    el("caption", { class: "visually-hidden" }, `De proposé à inclus, par ${BY[summary.by].toLowerCase()}`),
    el("thead", {}, el("tr", {}, [["label", BY[summary.by]], ...columns].map(([name, words]) =>
      el("th", { scope: "col", "aria-sort": sort === name ? (down ? "descending" : "ascending") : null },
        el("button", { type: "button", class: "plain", data: { sort: name }, onclick: () => sortBy(name) },
          words, el("span", { "aria-hidden": "true" }, sort === name ? (down ? " ↓" : " ↑") : "")))))),
    el("tbody", {}, rows.map((row) => line(row, columns, summary.by))),
    el("tfoot", {}, line(summary.total, columns, null)));
}

function line(row, columns, by) {
  const code = by === "trial" && row.key !== row.label ? el("span", { class: "code quiet small" }, row.key) : null;
  return el("tr", {}, el("th", { scope: "row" }, el("span", { class: "label" }, row.label), code),
    columns.map(([name, words]) => el("td", { data: { words } }, row[name] === null ? "—" : String(row[name]))));
}

function sorted(rows, sort, down) {
  const by = sort === "label"
    ? (one, other) => one.label.localeCompare(other.label, "fr")
    : (one, other) => (one[sort] ?? -1) - (other[sort] ?? -1);
  const inOrder = [...rows].sort((one, other) => by(one, other) || other.label.localeCompare(one.label, "fr"));
  return down ? inOrder.reverse() : inOrder;
}
