// What the board decides of a trial: an act of a person, with its undoing.

import { el } from "./dom.js";
import { disclosure } from "./disclosure.js";
import { capital, clock, instant, nameOf, REASONS, roleWords, small } from "./words.js";

/** The buttons of a card, or what was decided. `between` stands before the details. */
export function decisionButtons(proposition, acts) {
  const name = nameOf(proposition);
  const key = `${proposition.trial_id}/refuse`;
  const refuse = disclosure(key, { words: "Ne pas retenir", name, build: () => reasons(proposition, acts) }, acts);
  const retain = el("button", {
    type: "button", class: "main", "aria-label": `Retenir pour la proposition : ${name}`,
    data: { key: `${proposition.trial_id}/retain` }, onclick: () => acts.decide(proposition, { decision: "retained" }),
  }, "Retenir");
  return { buttons: [retain, refuse.button], panels: [refuse.panel] };
}

function reasons(proposition, acts) {
  const name = nameOf(proposition);
  const give = (reason, text) => acts.decide(proposition, { decision: "not_retained", reason, text });
  const typed = el("input", { type: "text", autocomplete: "off", maxlength: "140" });
  const other = el("form", {
    class: "other", onsubmit: (event) => {
      event.preventDefault();
      if (typed.value.trim()) give("other", typed.value.trim());
      else typed.focus();
    },
  }, el("label", {}, el("span", { class: "small quiet" }, "Autre motif (sans identité)"), typed),
  el("button", { type: "submit" }, "Enregistrer ce motif"));
  return el("div", { class: "reasons", role: "group", "aria-label": `Motif, ${name}` },
    el("div", { class: "choices" }, Object.entries(REASONS).filter(([code]) => code !== "other").map(([code, words]) =>
      el("button", { type: "button", data: { key: `${proposition.trial_id}/${code}` }, onclick: () => give(code) }, words))),
    other);
}

/** « Retenu pour la proposition · médecin · 14:32 · enregistré » and its undoing. */
export function decided(proposition, decision, acts) {
  const who = decision.by ? ` · ${roleWords(decision.by)}` : "";
  return el("p", { class: "decided" },
    el("strong", {}, wordsOf(decision)),
    el("span", { class: "quiet" }, `${who} · ${whenOf(decision.at)}${KEPT[decision.kept] ?? ""}`),
    UNDONE_HERE.has(decision.decision) && el("button", {
      type: "button", class: "plain", "aria-label": `Annuler la décision : ${nameOf(proposition)}`,
      data: { key: `${proposition.trial_id}/undecide` }, onclick: () => acts.undecide(proposition),
    }, "Annuler"));
}

/** What comes after the board is followed, and undone, on the page of the follow-up. */
const UNDONE_HERE = new Set(["retained", "not_retained"]);

function wordsOf({ decision, reason, text, words }) {
  if (decision === "retained") return "Retenu pour la proposition";
  if (decision === "not_retained") return `Non retenu : ${text || small(REASONS[reason] ?? REASONS.other)}`;
  return capital(words);
}

function whenOf(at) {
  const sameDay = at.toDateString() === new Date().toDateString();
  return sameDay ? clock(at) : `le ${instant(at)}`;
}

/** What the service keeps of a trial and a case, as the card shows it; null where nothing holds, or nothing was decided. */
export function recalled({ state, state_words: words, events }) {
  const last = events.filter((one) => one.event === state && !one.undone).at(-1);
  if (!last || state === "proposed") return null;
  const { reason, reason_text: text, number, by } = last;
  return { decision: state, words, reason, text, number, at: new Date(last.at), by: by.role, kept: "yes" };
}

const KEPT = {
  yes: " · enregistré", failed: " · non enregistré : le service ne répond pas",
  refused: " · non enregistré : refusé par le service",
};

/** The body of `POST /v1/decisions`. */
export function decisionOf(trial, what, { actor, answer, told }) {
  const organ = answer.read_as.find((one) => one.field.startsWith("tumour.topography"))?.concept;
  return without({
    case_id: trial.case_id, trial_id: trial.trial_id, event: what.undone ? "undone" : what.decision, by: actor,
    undoes: what.undoes, reason: what.reason, reason_text: what.text, cohort: trial.cohort?.id,
    catalogue_version: trial.catalogue_version,
    match_id: trial.match_id, verdict: trial.verdict, site_finess: told?.rcp?.site_finess,
    organ: organ?.includes("|") ? null : organ, month: answer.as_of.slice(0, 7),
  });
}

function without(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
