// One trial worth a sentence: folded, what the room needs; unfolded, why.

import { criteriaTable } from "./criteria.js";
import { el } from "./dom.js";
import { ownQuestions } from "./questions.js";
import { nearest, printedSites, sitesTable } from "./sites.js";
import { day, VERDICTS } from "./words.js";

const PHASE_WORDS = { I: " : tolérance", "I/II": " : tolérance" };

export function card(proposition, answer, acts) {
  const verdict = VERDICTS[proposition.verdict];
  const name = proposition.acronym ?? proposition.nct ?? proposition.trial_id;
  return el("article", { class: `card ${proposition.verdict}`, data: { trial: proposition.trial_id },
    "aria-label": `${name} : ${verdict.words}` },
    el("div", { class: "head" },
      el("h2", { class: "verdict" }, el("span", { class: "sign", "aria-hidden": "true" }, verdict.sign), ` ${verdict.words}`),
      el("p", { class: "place" }, nearest(proposition, answer.as_of))),
    el("p", {}, el("span", { class: "name" }, name), phase(proposition), cohort(proposition)),
    named(proposition) ? null : el("p", { class: "title" }, proposition.title),
    proposition.tested ? el("p", {}, proposition.tested) : null,
    why(proposition),
    gaps(proposition),
    printedSites(proposition),
    details(proposition, answer, acts, name));
}

/** Acronym and treatments say enough for the folded card; the title then stands in the details. */
function named(proposition) {
  return Boolean(proposition.acronym && proposition.tested);
}

function phase(proposition) {
  return proposition.phase ? ` · phase ${proposition.phase}${PHASE_WORDS[proposition.phase] ?? ""}` : "";
}

function cohort(proposition) {
  return proposition.cohort ? ` · ${proposition.cohort.label}` : "";
}

function why(proposition) {
  return proposition.why.length ? el("p", {}, `Pourquoi : ${proposition.why.join(" · ")}`) : null;
}

function gaps(proposition) {
  if (!proposition.missing.length) return null;
  const asked = proposition.missing.slice(0, 3).map((item) => item.name ?? item.question);
  const more = proposition.missing.length - asked.length;
  return el("p", {}, `Il manque : ${asked.join(" · ")}${more > 0 ? ` et ${more} de plus` : ""}`);
}

function details(proposition, answer, acts, name) {
  return el("details", { data: { key: proposition.trial_id } },
    el("summary", { "aria-label": `Détails de ${name}` }, "Détails"),
    el("div", { class: "inside" },
      named(proposition) ? el("p", {}, proposition.title) : null,
      ownQuestions(proposition, answer, acts),
      criteriaTable(proposition),
      confirmations(proposition),
      sitesTable(proposition, answer.as_of),
      record(proposition, answer)));
}

function confirmations(proposition) {
  if (!proposition.to_confirm.length) return null;
  return el("section", {}, el("h3", {}, "À confirmer à la sélection"),
    el("ul", { class: "lines small" }, proposition.to_confirm.map((line) => el("li", {}, line))));
}

function record(proposition, answer) {
  const numbers = [proposition.trial_id, proposition.nct, proposition.sponsor].filter(Boolean).join(" · ");
  const updated = proposition.updated_at ? ` · fiche du ${day(proposition.updated_at, answer.as_of)}` : "";
  const link = proposition.url ?? proposition.registry_url;
  const safe = /^https?:\/\//.test(link ?? "");
  return el("p", { class: "quiet small" }, `${numbers}${updated} `,
    safe ? el("a", { href: link, rel: "noreferrer noopener", target: "_blank" }, "Fiche de l’essai") : null);
}
