// « Proposition de la RCP »: what the board writes, and the trials that it retained in the element.

import { byId, el, fill } from "../element/dom.js";
import { nameOf } from "../element/words.js";

const FIELDS = ["plan-nature", "plan-type", "plan-comment"];

let retained = [];

export function prepareProposition() {
  resetProposition();
}

export function resetProposition() {
  retained = [];
  for (const id of FIELDS) byId(id).value = "";
  showRetained();
}

/** A trial that the board retains; the national form keeps a yes and a comment, so the comment names it. */
export function retain(trial) {
  retained = [...retained.filter((one) => one.trial_id !== trial.trial_id), trial];
  showRetained();
}

export function unretain(trialId) {
  retained = retained.filter((one) => one.trial_id !== trialId);
  showRetained();
}

function showRetained() {
  byId("plan-trial").checked = retained.length > 0;
  fill(byId("chosen"), retained.map((trial) => el("li", {}, el("strong", {}, nameOf(trial)),
    ` ${[numberOf(trial), trial.phase ? `phase ${trial.phase}` : null, trial.cohort?.label].filter(Boolean).join(" · ")}`)));
}

const numberOf = (trial) => (trial.nct && trial.nct !== nameOf(trial) ? trial.nct : null);

/** What the report prints. */
export function proposed() {
  const [nature, type, comment] = FIELDS.map((id) => byId(id).value.trim());
  return { nature, type, comment, trial: byId("plan-trial").checked, trials: retained };
}
