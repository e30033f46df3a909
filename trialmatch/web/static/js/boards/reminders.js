// Propositions of which nothing was heard: what comes next is recorded here by the trial team.

import { byId, el, fill } from "../element/dom.js";
import { actor, read, wordsOf } from "./call.js";

const STEPS = {
  proposed: "proposé en RCP", retained: "retenu pour la proposition", not_retained: "non retenu",
  addressed: "adressé à l’investigateur", offered: "proposé au patient", accepted: "accepté par le patient",
  screened: "en sélection", included: "inclus", not_included: "non inclus",
};
const REFUSALS = new Set(["not_retained", "not_included"]);

export function reminders(waiting, again) {
  if (!waiting.total) return el("p", { class: "quiet" }, `Aucune proposition sans nouvelle depuis ${waiting.days} jours.`);
  const more = waiting.total - waiting.reminders.length;
  return [
    el("ul", { class: "waiting" }, waiting.reminders.map((one) => reminder(one, again))),
    more > 0 ? el("p", { class: "quiet" }, `… et ${more} de plus : affinez les filtres.`) : null,
  ];
}

function reminder(one, again) {
  const { followed } = one;
  const told = el("p", { class: "error small", role: "status" });
  const name = `${one.trial}, cas ${followed.case_id}`;
  const place = [one.organ, one.site].filter(Boolean).join(" · ");
  return el("li", {},
    el("div", {},
      el("p", {}, el("strong", {}, one.trial), ` : ${followed.state_words} depuis ${daysWords(one.days)}`),
      el("p", { class: "quiet small" }, `cas ${followed.case_id}${place ? ` · ${place}` : ""}`)),
    next(followed, name, told, again), told);
}

function daysWords(days) {
  return days > 1 ? `${days} jours` : days === 1 ? "un jour" : "moins d’un jour";
}

function next(followed, name, told, again) {
  const step = el("select", { "aria-label": `Suite pour ${name}` },
    el("option", { value: "" }, "Suite…"),
    followed.next.map((value) => el("option", { value }, STEPS[value])));
  const reason = el("select", { "aria-label": `Motif pour ${name}`, hidden: true });
  const words = el("input", {
    "aria-label": `Autre motif pour ${name}, sans identité`, placeholder: "sans identité", maxlength: "140",
    autocomplete: "off", hidden: true,
  });
  step.addEventListener("change", () => {
    reason.hidden = !REFUSALS.has(step.value);
    fill(reason, el("option", { value: "" }, "Motif…"), reasonsOf(step.value));
    words.hidden = true;
  });
  reason.addEventListener("change", () => {
    words.hidden = reason.value !== "other";
  });
  return el("form", {
    class: "next", onsubmit: (event) => {
      event.preventDefault();
      record(followed, { step, reason, words }, told, again);
    },
  }, step, reason, words, el("button", { type: "submit", "aria-label": `Enregistrer la suite pour ${name}` }, "Enregistrer"));
}

function reasonsOf(step) {
  return [...byId("words").options].filter((one) => one.dataset.late === undefined || step === "not_included")
    .map((one) => el("option", { value: one.value }, one.textContent));
}

async function record(followed, { step, reason, words }, told, again) {
  const by = actor();
  if (!by) {
    byId("acting").open = true;
    fill(told, "Indiquez d’abord votre identifiant.");
    byId("user").focus();
    return;
  }
  if (!step.value || (!reason.hidden && !reason.value) || (!words.hidden && !words.value.trim())) {
    fill(told, step.value ? "Choisissez un motif." : "Choisissez la suite.");
    return;
  }
  const json = { case_id: followed.case_id, trial_id: followed.trial_id, event: step.value, after: followed.version, by };
  if (!reason.hidden) json.reason = reason.value;
  if (!words.hidden) json.reason_text = words.value.trim();
  try {
    await read("/v1/decisions", { method: "POST", json });
    await again();
    byId("reminders-title").closest("section").querySelector("#reminders select, #jours")?.focus();
  } catch (error) {
    fill(told, problemWords(error));
  }
}

function problemWords(error) {
  if (error.status === 409) return "Une suite a été enregistrée entre-temps : rechargez la liste.";
  if (error.status !== 422) return wordsOf(error);
  const field = error.problem.errors?.[0]?.field ?? "";
  if (field.endsWith("reason_text")) return "Ce motif ressemble à une identité : écrivez le motif seul.";
  if (field.startsWith("by")) return "Identifiant à corriger : lettres, chiffres et . _ : -, sans adresse e-mail.";
  return "La suite n’a pas pu être enregistrée.";
}
