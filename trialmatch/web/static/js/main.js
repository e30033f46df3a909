// The page: a form on the left, its trials on the right. Nothing of a case is in the address or kept in the browser.

import { match, Refused, sampleCases } from "./api.js";
import { byId, el } from "./dom.js";
import { goTo, markErrors, prepareForm, readCase, saysSomething, showCase } from "./form.js";
import { withAnswers } from "./patch.js";
import { forgetOrder, showAnswer, showDown, showEmpty, showJudging, showRefused, showSlow } from "./results.js";
import { fieldWords } from "./words.js";

const SKELETON_MS = 150;
const SLOW_MS = 2000;
const OPTIONS = { max_results: 50, max_ruled_out: 500, lang: "fr" };
const NARROW_SCREEN = "(max-width: 60rem)";

const session = { answers: [], skipped: new Set() };
let samples = [];
let running = null;

const acts = {
  answer: (asked, option) => {
    session.answers.push({ question: asked.question, label: option.label, set: option.set });
    judge();
  },
  undo: (index) => {
    session.answers.splice(index, 1);
    judge();
  },
  skip: (asked) => {
    session.skipped.add(asked.question);
    judge();
  },
  goTo,
};

function newSession() {
  session.answers = [];
  session.skipped = new Set();
}

async function judge() {
  running?.abort();
  const own = new AbortController();
  running = own;
  const told = withAnswers(readCase(), session.answers);
  if (!saysSomething(told)) {
    showEmpty(samples.length > 0);
    return;
  }
  const timers = [setTimeout(showJudging, SKELETON_MS), setTimeout(showSlow, SLOW_MS)];
  try {
    const answer = await match({ case: told, options: OPTIONS }, own.signal);
    if (running === own) succeed(answer, told);
  } catch (error) {
    if (running === own) fail(error);
  } finally {
    timers.forEach(clearTimeout);
  }
}

function succeed(answer, told) {
  markErrors([]);
  showAnswer(answer, told, session, acts);
}

function fail(error) {
  if (error.name === "AbortError") return;
  if (!(error instanceof Refused)) {
    showDown();
    return;
  }
  const errors = (error.problem.errors ?? []).map((one) => ({
    path: one.field.replace(/^case\./, ""),
    where: fieldWords(one.field),
    words: one.code === "identity" ? "une identité y est écrite : retirez-la" : "valeur à corriger",
  }));
  markErrors(errors);
  showRefused(errors.length ? errors : [{ where: "fiche", words: "elle n’a pas pu être lue" }]);
}

function chooseSample(index) {
  newSession();
  forgetOrder();
  showCase(samples[index]);
  if (samples[index] && matchMedia(NARROW_SCREEN).matches) byId("fold").open = false;
  judge();
}

async function offerSamples() {
  if (document.body.dataset.demo === undefined) return;
  try {
    samples = await sampleCases();
  } catch {
    showDown();
    return;
  }
  const select = byId("sample");
  samples.forEach((one, index) => select.append(el("option", { value: String(index) }, titleOf(one))));
  select.addEventListener("change", () => chooseSample(select.value === "" ? undefined : Number(select.value)));
  byId("samples").hidden = samples.length === 0;
  if (!saysSomething(readCase())) showEmpty(samples.length > 0);
}

function titleOf(one) {
  const where = one.tumour?.topography?.text ?? one.tumour?.topography?.code;
  const what = one.tumour?.histology?.text ?? one.tumour?.histology?.code;
  return [one.case_id, where, what].filter(Boolean).join(" · ");
}

function start() {
  prepareForm(judge);
  showCase();
  showEmpty(false);
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    judge();
  });
  byId("form").addEventListener("reset", (event) => {
    event.preventDefault();
    byId("sample").value = "";
    byId("fold").open = true;
    chooseSample(undefined);
  });
  offerSamples();
}

start();
