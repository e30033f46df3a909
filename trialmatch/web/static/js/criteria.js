// The criteria of one trial, as a table: what is asked (quoted), what the form says, what follows.

import { el } from "./dom.js";
import { JUDGED, KINDS, ORIGINS } from "./words.js";

const ORDER = { not_met: 0, unknown: 1, met: 2 };

export function criteriaTable(proposition) {
  if (!proposition.criteria.length) return null;
  const key = proposition.criteria.filter((one) => one.key);
  const others = proposition.criteria.filter((one) => !one.key);
  return el("section", {},
    key.length ? table("Critères vérifiables en RCP", key) : null,
    others.length ? el("details", { data: { key: `${proposition.trial_id}/screening` } },
      el("summary", {}, `Autres critères (${others.length})`), table("À confirmer à la sélection", others)) : null);
}

function table(caption, criteria) {
  const sorted = [...criteria].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  return el("div", { class: "table stacked" }, el("table", {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, ["Critère de l’essai", "Dans la fiche", "Lecture"].map((words) =>
      el("th", { scope: "col" }, words)))),
    el("tbody", {}, sorted.map(row))));
}

function row(criterion) {
  const judged = JUDGED[criterion.verdict];
  const exclusion = criterion.polarity === "exclusion" ? "non-inclusion · " : "";
  const origin = ORIGINS[criterion.origin];
  return el("tr", {},
    el("th", { scope: "row", class: "wide" },
      criterion.text ? el("q", { class: "quoted" }, criterion.text) : KINDS[criterion.kind],
      el("span", { class: "origin" }, `${exclusion}${KINDS[criterion.kind]}`, origin ? ` · ${origin}` : "")),
    el("td", { class: "wide" }, criterion.explanation),
    el("td", { class: "judged" }, el("span", { "aria-hidden": "true" }, `${judged.sign} `), judged.words));
}
