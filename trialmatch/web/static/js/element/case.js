// What a case says, and how a refusal of it is told.

import { fieldWords } from "./words.js";

const SAYS_NOTHING = new Set(["case_id", "rcp", "complete"]);

/** Whether there is anything to judge: one value somewhere, beside the board itself. */
export function saysSomething(told) {
  return Object.entries(told ?? {}).some(([key, value]) => !SAYS_NOTHING.has(key) && holdsValue(value));
}

function holdsValue(value) {
  if (value === null || value === undefined || value === "") return false;
  return typeof value === "object" ? Object.values(value).some(holdsValue) : true;
}

/** Each field that the service refused, in words; never with its value. */
export function refusals(problem) {
  const errors = (problem.errors ?? []).map((one) => ({
    path: one.field.replace(/^case\./, ""),
    where: fieldWords(one.field),
    words: one.code === "identity" ? "une identité y est écrite : retirez-la" : "valeur à corriger",
  }));
  return errors.length ? errors : [{ path: "", where: "fiche", words: "elle n’a pas pu être lue" }];
}

/** Where distances are counted from, as the service does. */
export function origin(told) {
  if (told?.patient?.postal_code) return "la commune du patient";
  return told?.rcp?.site_finess ? "l’établissement de la RCP" : "";
}
