// The page: a form, and the element beside it. Nothing of a case is in the address or kept in the browser.

import { byId } from "./element/dom.js";
import { goTo, markErrors, prepareForm, readCase, showCase } from "./form.js";
import { makeRoom, offerSamples } from "./samples.js";

const propositions = byId("propositions");

function judge() {
  propositions.case = readCase();
}

function chooseSample(one) {
  showCase(one ?? undefined);
  if (one) makeRoom();
  else propositions.case = null;
  judge();
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
    chooseSample(null);
  });
}

prepareForm(judge);
showCase();
listen();
offerSamples(chooseSample);
