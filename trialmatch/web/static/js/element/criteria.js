// The criteria of one trial, as a table: what is asked (quoted), what the form says, what follows, who read it.

import { group } from "./disclosure.js";
import { el } from "./dom.js";
import { JUDGED, KINDS, ORIGINS } from "./words.js";

const ORDER = { not_met: 0, unknown: 1, met: 2 };
const COLUMNS = ["Critère de l’essai", "Dans la fiche", "Lecture", "Origine"];

export function criteriaTable(proposition, acts) {
  if (!proposition.criteria.length) return null;
  const key = proposition.criteria.filter((one) => one.key);
  const others = proposition.criteria.filter((one) => !one.key);
  return el("section", {},
    key.length ? table("Critères vérifiables en RCP", key) : null,
    others.length ? group(`${proposition.trial_id}/screening`, `Critères vérifiés à la sélection — ${others.length}`,
      () => table("Critères vérifiés à la sélection", others), acts) : null);
}

function table(caption, criteria) {
  const sorted = [...criteria].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  return el("div", { class: "stacked" }, el("table", {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, COLUMNS.map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, sorted.map(row))));
}

function row(criterion) {
  const judged = JUDGED[criterion.verdict];
  const exclusion = criterion.polarity === "exclusion" ? "non-inclusion · " : "";
  return el("tr", { class: criterion.verdict },
    el("th", { scope: "row", class: "wide" },
      criterion.text ? el("q", { class: "quoted" }, criterion.text) : KINDS[criterion.kind],
      el("span", { class: "origin" }, `${exclusion}${KINDS[criterion.kind] ?? ""}`)),
    el("td", { data: { label: COLUMNS[1] } }, criterion.observed ?? el("span", { class: "quiet" }, "non renseigné")),
    el("td", { class: "judged" },
      el("span", { class: "nowrap" }, el("span", { "aria-hidden": "true" }, `${judged.sign} `), judged.words),
      el("span", { class: "origin" }, criterion.explanation)),
    el("td", { class: "from", data: { label: COLUMNS[3] } }, ORIGINS[criterion.origin] ?? criterion.origin));
}
