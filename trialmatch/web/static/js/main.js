// The page: a form, and the element beside it. Nothing of a case is in the address or kept in the browser.

import { byId, el } from "./element/dom.js";
import { goTo, markErrors, prepareForm, readCase, showCase } from "./form.js";

const NARROW_SCREEN = "(max-width: 60rem)";

const propositions = byId("propositions");
let samples = [];

function judge() {
  propositions.case = readCase();
}

function chooseSample(index) {
  showCase(samples[index]);
  if (!samples[index]) propositions.case = null;
  if (samples[index] && matchMedia(NARROW_SCREEN).matches) byId("fold").open = false;
  judge();
}

async function offerSamples() {
  if (document.body.dataset.demo === undefined) return;
  const response = await fetch("/demo/cases", { cache: "no-store", credentials: "omit" });
  samples = response.ok ? (await response.json()).cases : [];
  const select = byId("sample");
  samples.forEach((one, index) => select.append(el("option", { value: String(index) }, titleOf(one))));
  select.addEventListener("change", () => chooseSample(select.value === "" ? undefined : Number(select.value)));
  byId("samples").hidden = samples.length === 0;
}

function titleOf(one) {
  const where = one.tumour?.topography?.text ?? one.tumour?.topography?.code;
  const what = one.tumour?.histology?.text ?? one.tumour?.histology?.code;
  return [one.case_id, where, what].filter(Boolean).join(" · ");
}

function listen() {
  propositions.goTo = goTo;
  propositions.addEventListener("judged", () => markErrors([]));
  propositions.addEventListener("failed", (event) => markErrors(event.detail.errors ?? []));
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    propositions.case = readCase();
    propositions.judge();
  });
  byId("form").addEventListener("reset", (event) => {
    event.preventDefault();
    byId("sample").value = "";
    byId("fold").open = true;
    chooseSample(undefined);
  });
}

prepareForm(judge);
showCase();
listen();
offerSamples();
