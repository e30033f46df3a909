// The whole form of the demonstration, as a DCC would have it: the element beside it, the report that is printed.
// Nothing of a case is in an address or kept in the browser.

import { byId, el, fill } from "../element/dom.js";
import { withAnswers } from "../element/patch.js";
import { count } from "../element/words.js";
import { goTo, markErrors, prepareForm, readCase, showCase } from "../form.js";
import { makeRoom, offerSamples } from "../samples.js";
import { choose, forgetStated, giveItems, organOf, prepareOrgans, stated, takeItems } from "./organ.js";
import { prepareProposition, resetProposition, retain, unretain } from "./proposition.js";
import { prepareReport } from "./report.js";

/** A form typed by hand is a case of its own: its decisions are no other patient's. */
const emptyCase = () => ({ case_id: `SAISIE-${String(crypto.getRandomValues(new Uint32Array(1))[0] % 1e6).padStart(6, "0")}` });

const propositions = byId("propositions");

const told = () => giveItems(readCase());

function judge() {
  propositions.case = told();
}

/** Shows a case in every field: first the organ's own items, then the others. */
function show(one, organ = organOf(one)) {
  choose(organ);
  showCase(takeItems(one));
}

function chooseOrgan(organ) {
  const before = told();
  choose(organ);
  const next = stated(before);
  showCase(takeItems(next));
  judge();
}

function chooseSample(one) {
  resetProposition();
  forgetStated();
  show(one ?? emptyCase());
  fill(byId("said"));
  if (one) makeRoom();
  else propositions.case = null;
  judge();
}

/** What was answered in the element is no part of the form until somebody says so. */
function showAnswers() {
  const answers = propositions.answers;
  fill(byId("said"), answers.length ? [
    `${count(answers.length, "réponse saisie", "réponses saisies")} en séance, hors de la fiche. `,
    el("button", { type: "button", class: "plain", onclick: confirmAnswers }, "Reporter dans la fiche"),
  ] : "");
}

function confirmAnswers() {
  const next = withAnswers(told(), propositions.answers.map((one) => ({ set: one.patch })));
  show(next, byId("organ-form").value);
  propositions.confirmAnswers();
  judge();
  fill(byId("said"), "Réponses reportées dans la fiche.");
  byId("said").focus();
}

function listen() {
  propositions.goTo = goTo;
  propositions.actor = { role: "doctor", user_id: "u-demo" };
  propositions.addEventListener("judged", () => markErrors([]));
  propositions.addEventListener("failed", (event) => markErrors(event.detail.errors ?? []));
  propositions.addEventListener("question-answered", showAnswers);
  propositions.addEventListener("decision-recorded", (event) => {
    const { decision, undone, trial_id: trial } = event.detail;
    if (decision === "retained" && !undone) retain(event.detail);
    else unretain(trial);
  });
  propositions.addEventListener("decisions-recalled", (event) => {
    event.detail.decisions.filter((one) => one.decision === "retained").forEach(retain);
  });
  byId("fields").addEventListener("input", (event) => {
    if (!event.target.closest("#proposition")) judge();
  });
  byId("form").addEventListener("submit", (event) => event.preventDefault());
  byId("form").addEventListener("reset", (event) => {
    event.preventDefault();
    byId("sample").value = "";
    byId("fold").open = true;
    chooseSample(null);
  });
}

async function begin() {
  prepareForm(judge);
  await prepareOrgans(chooseOrgan);
  prepareProposition();
  prepareReport(() => withAnswers(told(), propositions.answers.map((one) => ({ set: one.patch }))));
  show(emptyCase(), "");
  listen();
  await offerSamples(chooseSample);
}

begin();
