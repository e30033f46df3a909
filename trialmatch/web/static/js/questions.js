// Questions with answer buttons. An answer holds for the session; it is not written into the form.

import { el } from "./dom.js";
import { count } from "./words.js";

export const IN_SESSION = "saisi en séance, non enregistré dans la fiche";

/** The question that settles most; `acts` answers, sets aside, or leads to the field. */
export function firstQuestion(answer, skipped, acts) {
  const left = answer.questions.filter((one) => !skipped.has(one.question));
  const asked = left.find((one) => one.options.length) ?? left.find(inForm);
  if (!asked) return null;
  const use = `réponse utile pour ${count(asked.decides.length, "essai")}`;
  return block(asked, [asked.question, el("span", { class: "quiet use" }, ` — ${use}`)], acts, "first");
}

/** The questions of one trial, each with the answers that the service gives for it. */
export function ownQuestions(proposition, answer, acts) {
  if (!proposition.missing.length) return null;
  const blocks = proposition.missing.map((item) => {
    const asked = answer.questions.find((one) => one.question === item.question && one.kind === item.kind);
    return block(asked ?? { ...item, options: [] }, item.question, acts, proposition.trial_id);
  });
  return el("section", {}, el("h3", {}, "Il manque"), blocks);
}

/** Whether the form has a field that answers: a sentence that was not read, or what a trial does not write, has none. */
function inForm(asked) {
  const ofTheTrial = asked.kind === "prior_treatment" && !asked.name && asked.field === "treatments";
  return asked.field !== "conditions" && !ofTheTrial && !asked.question.startsWith("critère non lu");
}

function block(asked, words, acts, scope) {
  const buttons = asked.options.map((option) =>
    el("button", {
      type: "button",
      data: { key: `${scope}/${asked.question}/${option.label}` },
      onclick: () => acts.answer(asked, option),
    }, option.label));
  return el("div", { class: "question", role: "group", "aria-label": asked.question },
    el("p", { class: "asked" }, words),
    el("div", { class: "choices" }, buttons, ...exits(asked, acts, scope)));
}

function exits(asked, acts, scope) {
  const elsewhere = asked.options.length === 0 && !inForm(asked);
  return [
    asked.options.length || elsewhere ? null : el("button", {
      type: "button", onclick: () => acts.goTo(asked.field),
    }, "Compléter la fiche"),
    elsewhere ? el("span", { class: "quiet" }, "à voir avec l’équipe de l’essai") : null,
    scope === "first" ? el("button", {
      type: "button", class: "plain", data: { key: `first/${asked.question}/skip` },
      onclick: () => acts.skip(asked),
    }, "je ne sais pas") : null,
  ];
}

/** What was answered in the session, each with its undoing. */
export function answeredList(answers, undo) {
  if (!answers.length) return null;
  return el("section", { "aria-label": "Réponses saisies en séance" },
    el("ul", { class: "answered" }, answers.map((given, index) =>
      el("li", {},
        el("span", {}, `${given.question} ${given.label}`),
        el("span", { class: "quiet small" }, IN_SESSION),
        el("button", { type: "button", class: "plain", "aria-label": `Annuler la réponse ${given.question}`,
          data: { key: `undo/${index}` }, onclick: () => undo(index) }, "Annuler")))));
}
