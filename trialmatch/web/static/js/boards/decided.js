// What was decided of a case before, also at another time or by somebody else, with its undoing.

import { byId, el, fill } from "../element/dom.js";
import { instant } from "../element/words.js";
import { actor, read, wordsOf } from "./call.js";

let shown = null;

/**
 * Shows the decisions of a case; quietly nothing where they cannot be read (an id that is not opaque enough). Those of the
 * case before are gone at once: nobody reads, or undoes, them under another title.
 */
export async function showDecisions(open) {
  if (shown !== open) fill(byId("decided"));
  shown = open;
  if (!open) return;
  let found = [];
  try {
    const json = { case_ids: [open.case.case_id] };
    found = (await read("/v1/decisions/search", { method: "POST", json })).followed;
  } catch {
    found = [];
  }
  if (shown !== open) return;
  fill(byId("decided"), list(found.filter((one) => one.state), open));
}

function list(followed, open) {
  if (!followed.length) return null;
  return el("section", { class: "decisions", "aria-labelledby": "decided-title" },
    el("h3", { id: "decided-title" }, "Décisions de ce cas"),
    el("ul", {}, followed.map((one) => row(one, open))));
}

function row(one, open) {
  const last = one.events.filter((event) => event.event === one.state && !event.undone).at(-1);
  const reason = last.reason_text ?? last.reason_words;
  const name = nameOf(one.trial_id, open);
  const told = el("span", { class: "small quiet", role: "status" });
  return el("li", {},
    el("strong", {}, name), ` : ${one.state_words}${reason ? ` (${reason})` : ""}`,
    el("span", { class: "quiet small" }, ` le ${instant(last.at)}`),
    el("button", {
      type: "button", class: "plain", "aria-label": `Annuler la décision enregistrée : ${name}`,
      onclick: () => undo(one, open, told),
    }, "Annuler"), told);
}

function nameOf(trialId, open) {
  const all = [...(open.answer?.propositions ?? []), ...(open.answer?.ruled_out ?? [])];
  return all.find((one) => one.trial_id === trialId)?.acronym ?? trialId;
}

async function undo(one, open, told) {
  const by = actor();
  if (!by) {
    byId("acting").open = true;
    fill(told, "Indiquez d’abord votre identifiant.");
    byId("user").focus();
    return;
  }
  try {
    const json = { case_id: one.case_id, trial_id: one.trial_id, event: "undone", after: one.version, by };
    await read("/v1/decisions", { method: "POST", json });
  } catch (error) {
    fill(told, error.status === 409 ? "Une autre décision a été prise entre-temps : relisez-la." : wordsOf(error));
    if (error.status !== 409) return;
  }
  if (shown !== open) return;
  await Promise.all([showDecisions(open), byId("propositions").recallDecisions()]);
  byId("case-title").focus({ preventScroll: true });
}
