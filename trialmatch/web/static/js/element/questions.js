// Questions with answer buttons. An answer holds for the session; it is not written into the form.

import { el } from "./dom.js";
import { count } from "./words.js";

export const IN_SESSION = "saisi en séance, non enregistré dans la fiche";
const QUICK_ANSWERS = 5;

/** The question that settles most, or null. */
export function mostUseful(answer, skipped) {
  const left = answer.questions.filter((one) => !skipped.has(one.question));
  return left.find((one) => one.options.length) ?? left.find(inForm) ?? null;
}

/** That question as a block; `acts` answers, sets aside, or leads to the field. */
export function firstQuestion(answer, acts) {
  const asked = mostUseful(answer, acts.skipped());
  if (!asked || !(asked.options.length || acts.leads())) return null;
  const use = `réponse utile pour ${count(asked.decides.length, "essai")}`;
  return block(asked, [asked.question, el("span", { class: "quiet use" }, ` — ${use}`)], acts, "first");
}

/** The one thing that a trial misses, when a few buttons answer it and it is not asked above. */
export function quickQuestion(proposition, answer, acts) {
  const [item, ...others] = proposition.missing;
  if (!item || others.length) return null;
  const asked = known(item, answer);
  if (!asked.options.length || asked.options.length > QUICK_ANSWERS) return null;
  if (mostUseful(answer, acts.skipped())?.question === asked.question) return null;
  return el("div", { class: "quick", role: "group", "aria-label": asked.question },
    el("span", {}, el("span", { class: "quiet" }, "Il manque : "), asked.question), answers(asked, acts, `${proposition.trial_id}/quick`));
}

/** The questions of one trial, each with the answers that the service gives for it. */
export function ownQuestions(proposition, answer, acts) {
  if (!proposition.missing.length) return null;
  const blocks = proposition.missing.map((item) => block(known(item, answer), item.question, acts, proposition.trial_id));
  return el("section", {}, el("h4", {}, "Il manque"), blocks);
}

function known(item, answer) {
  const asked = answer.questions.find((one) => one.question === item.question && one.kind === item.kind);
  return asked ?? { ...item, options: [], decides: [] };
}

/** Whether the form has a field that answers: a sentence that was not read, or what a trial does not write, has none. */
export function inForm(asked) {
  const ofTheTrial = asked.kind === "prior_treatment" && !asked.name && asked.field === "treatments";
  return asked.field !== "" && asked.field !== "conditions" && !ofTheTrial && !/^(critère non lu|L['’]essai )/.test(asked.question);
}

function block(asked, words, acts, scope) {
  return el("div", { class: "question", role: "group", "aria-label": asked.question },
    el("p", { class: "asked" }, words),
    el("div", { class: "choices" }, answers(asked, acts, scope), exits(asked, acts, scope)));
}

function answers(asked, acts, scope) {
  return asked.options.map((option) =>
    el("button", {
      type: "button", data: { key: `${scope}/${asked.question}/${option.label}` },
      onclick: () => acts.answer(asked, option),
    }, option.label));
}

function exits(asked, acts, scope) {
  const typed = asked.options.length === 0 && inForm(asked);
  const elsewhere = asked.options.length === 0 && !inForm(asked);
  return [
    typed && acts.leads() ? el("button", { type: "button", onclick: () => acts.goTo(asked.field) }, "Compléter la fiche") : null,
    typed && !acts.leads() ? el("span", { class: "quiet" }, "à compléter dans la fiche") : null,
    elsewhere ? el("span", { class: "quiet" }, "à voir avec l’équipe de l’essai") : null,
    scope === "first" ? el("button", {
      type: "button", class: "plain", data: { key: `first/${asked.question}/skip` }, onclick: () => acts.skip(asked),
    }, asked.field === "complete" ? "non" : "je ne sais pas") : null,
  ];
}

/** What was answered in the session, each with its undoing. */
export function answeredList(answers, acts) {
  if (!answers.length) return null;
  return el("div", { role: "group", "aria-label": "Réponses saisies en séance" },
    el("ul", { class: "answered" }, answers.map((given, index) =>
      el("li", {},
        el("span", {}, `${given.question} `, el("strong", {}, given.label)),
        el("span", { class: "quiet small" }, IN_SESSION),
        el("button", { type: "button", class: "plain", "aria-label": `Annuler la réponse ${given.question}`,
          data: { key: `undo/${index}` }, onclick: () => acts.undo(index) }, "Annuler")))));
}
