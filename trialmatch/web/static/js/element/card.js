// One trial worth a sentence: folded, what the room needs; unfolded, why.

import { contactPanel } from "./contact.js";
import { criteriaTable } from "./criteria.js";
import { decided, decisionButtons } from "./decisions.js";
import { disclosure } from "./disclosure.js";
import { el } from "./dom.js";
import { ownQuestions, quickQuestion } from "./questions.js";
import { nearest, printedSites, sitesTable } from "./sites.js";
import { day, nameOf, safeAddress, VERDICTS } from "./words.js";

const PHASE_WORDS = { I: " : tolérance", "I/II": " : tolérance" };

export function card(proposition, answer, acts) {
  const verdict = VERDICTS[proposition.verdict];
  const name = nameOf(proposition);
  return el("article", { class: `card ${proposition.verdict}`, data: { trial: proposition.trial_id },
    "aria-label": `${name} : ${verdict.words}` },
    el("div", { class: "head" },
      el("h3", { class: "verdict" }, el("span", { class: "sign", "aria-hidden": "true" }, `${verdict.sign} `), verdict.words),
      el("p", { class: "name" }, el("strong", {}, name), phase(proposition), cohort(proposition)),
      el("p", { class: "place" }, nearest(proposition, answer.as_of))),
    named(proposition) ? null : el("p", { class: "title" }, proposition.title),
    proposition.tested ? el("p", { class: "tested" }, proposition.tested) : null,
    why(proposition),
    gaps(proposition, answer, acts),
    contradictedOpening(proposition),
    printedSites(proposition),
    below(proposition, answer, acts));
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
  if (!proposition.why.length) return null;
  const read = new Set(proposition.why_read ?? []);
  const words = proposition.why.map((one) => (read.has(one) ? `${one} (lu dans le texte)` : one));
  return el("p", { class: "why" }, el("span", { class: "quiet" }, "Pourquoi : "), words.join(" · "));
}

function gaps(proposition, answer, acts) {
  if (!proposition.missing.length) return null;
  const quick = quickQuestion(proposition, answer, acts);
  if (quick) return quick;
  const asked = proposition.missing.slice(0, 3).map((item) => item.name ?? item.question.replace(/\s*\?$/, ""));
  const more = proposition.missing.length - asked.length;
  return el("p", { class: "gaps" }, el("span", { class: "quiet" }, "Il manque : "),
    `${asked.join(" · ")}${more > 0 ? ` et ${more} de plus` : ""}`);
}

/** What was decided, or the buttons that decide; then contact and details, which open below. */
function below(proposition, answer, acts) {
  const name = nameOf(proposition);
  const decision = acts.decisionOf(proposition.trial_id);
  const choice = decision ? null : decisionButtons(proposition, acts);
  const contact = disclosure(`${proposition.trial_id}/contact`,
    { words: "Contacter le centre", name, build: () => contactPanel(proposition) }, acts);
  const details = disclosure(proposition.trial_id,
    { words: "Détails", name, build: () => inside(proposition, answer, acts) }, acts);
  return [
    decision ? decided(proposition, decision, acts) : null,
    el("div", { class: "acts" }, choice?.buttons, contact.button, el("span", { class: "push" }), details.button),
    choice?.panels, contact.panel, details.panel,
  ];
}

function inside(proposition, answer, acts) {
  return [
    named(proposition) ? el("p", {}, proposition.title) : null,
    quickQuestion(proposition, answer, acts) ? null : ownQuestions(proposition, answer, acts),
    criteriaTable(proposition, acts),
    confirmations(proposition),
    sitesTable(proposition, answer.as_of, acts.from()),
    contradictions(proposition),
    record(proposition, answer),
  ];
}

const OPENNESS = new Set(["recruitment", "site"]);

/** What a source says against the opening is read before anybody calls; all of it stands in the details. */
function contradictedOpening(proposition) {
  const told = (proposition.disagreements ?? []).find((one) => OPENNESS.has(one.about));
  return told ? el("p", { class: "gaps" }, el("span", { class: "quiet" }, "À vérifier : "), told.text) : null;
}

function contradictions(proposition) {
  const told = proposition.disagreements ?? [];
  return told.length ? el("section", {}, el("h4", {}, "Les sources se contredisent"),
    el("ul", { class: "lines small" }, told.map((one) => el("li", {}, one.text)))) : null;
}

function confirmations(proposition) {
  if (!proposition.to_confirm.length) return null;
  return el("section", {}, el("h4", {}, "À confirmer à la sélection"),
    el("ul", { class: "lines small" }, proposition.to_confirm.map((line) => el("li", {}, line))));
}

function record(proposition, answer) {
  const numbers = [proposition.trial_id, proposition.nct, proposition.sponsor].filter(Boolean).join(" · ");
  const updated = proposition.updated_at ? ` · fiche du ${day(proposition.updated_at, answer.as_of)}` : "";
  return el("p", { class: "record small" }, el("span", { class: "quiet" }, `${numbers}${updated}`),
    link(proposition.url, "Fiche ARCHIMAID", proposition), link(proposition.registry_url, "Registre", proposition));
}

function link(typed, words, proposition) {
  const address = safeAddress(typed);
  return address ? el("a", {
    href: address, rel: "noreferrer noopener", target: "_blank", "aria-label": `${words} de ${nameOf(proposition)} (nouvel onglet)`,
  }, words) : null;
}
