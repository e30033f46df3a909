// A decision is asked for twice: what it does is said, and the secret is asked for where the service wants one.

import { byId } from "../element/dom.js";
import { decide, keepSecret, Refused } from "./service.js";
import { changesWords } from "./words.js";

const WORDS = {
  accept: {
    title: "Appliquer cette lecture ?",
    act: "Appliquer",
    says: (run) => `Essais : ${changesWords(run)}. Ce que la source a dit alors devient le catalogue.`,
  },
  refuse: {
    title: "Refuser cette lecture ?",
    act: "Refuser",
    says: () => "Le catalogue reste comme il est. La même liste, lue de nouveau, ne sera plus proposée.",
  },
};

let asked = null;

/** `done` is called once the service has decided. */
export function prepareDecisions(done) {
  byId("decision-leave").addEventListener("click", () => byId("decision").close());
  byId("decision").addEventListener("close", () => { byId("secret").value = ""; });
  byId("decision-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = byId("secret").value;
    if (typed) keepSecret(typed);
    try {
      byId("decision-do").disabled = true;
      await decide(asked.run.run_id, asked.decision);
      byId("decision").close();
      done(asked.run.run_id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tell(error);
    } finally {
      byId("decision-do").disabled = false;
    }
  });
}

export function ask(run, decision) {
  asked = { run, decision };
  const words = WORDS[decision];
  byId("decision-title").textContent = words.title;
  byId("decision-words").textContent = words.says(run);
  byId("decision-do").textContent = words.act;
  byId("decision-error").textContent = "";
  byId("decision").showModal();
}

function tell(error) {
  const needsSecret = error.status === 401 || (error.status === 403 && !byId("secret-label").hidden);
  if (needsSecret) {
    byId("secret-label").hidden = false;
    byId("secret").focus();
  }
  byId("decision-error").textContent = sentence(error);
}

function sentence(error) {
  switch (error.status) {
    case 401: return "Le code d’accès du service est demandé.";
    case 403: return byId("secret-label").hidden ? "Ce service n’accepte de décision que sur sa machine."
      : "Ce n’est pas le code d’accès de ce service.";
    case 404: return "Cette lecture n’existe pas.";
    case 409: return "Cette lecture ne peut plus être décidée, ou une autre est en cours : actualisez.";
    default: return "Service indisponible : rien n’a été décidé.";
  }
}
