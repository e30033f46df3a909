// How the form was read, where it contradicts itself, and how old the catalogue is.

import { el } from "./dom.js";
import { STATUSES } from "./entries.js";
import { capital, count, fieldWords, instant } from "./words.js";

const SURE = new Set(["exact", "code", "synonym"]);
const QUIET = new Set(["trial_refused", "supportive_only", "catalogue_stale"]);

export function notes(answer) {
  const lines = [...answer.conflicts.map(conflict), ...doubtful(answer)];
  return lines.length ? el("div", { class: "notes" }, lines) : null;
}

function conflict(one) {
  const said = one.values.map((value, index) => `« ${value} » (${fieldWords(one.fields[index] ?? one.fields[0])})`);
  return el("p", { class: "warning" }, `Discordance dans la fiche : ${said.join(" et ")}.`);
}

function doubtful(answer) {
  const unsure = answer.read_as.filter((one) => one.confidence < 1 || one.concept.includes("|") || !SURE.has(one.how));
  const words = unsure.map((one) => `« ${one.text} » lu comme : ${one.label.toLowerCase()}`);
  return [...new Set(words)].map((line) => el("p", { class: "quiet small" }, line));
}

export function foot(answer) {
  const { source, trials, synchronised_at: at, stale } = answer.catalogue;
  const when = at ? ` du ${instant(at)}` : "";
  const warnings = answer.warnings.filter((one) => !QUIET.has(one.code));
  return el("footer", { class: "foot" },
    stale ? el("p", { class: "warning" }, "Catalogue ancien : vérifier que les essais sont encore ouverts.") : null,
    warnings.map((one) => el("p", {}, one.text)),
    el("p", {}, `Catalogue ${source.toUpperCase()}${when} · ${count(trials, "essai")}`),
    el("p", {}, "L’inclusion est décidée par l’investigateur, avec l’accord du patient."));
}

function result(one) {
  const value = one.value === undefined ? undefined : [one.value, one.unit].filter(Boolean).join(" ");
  return `${one.name} ${one.variant ?? value ?? new Map(STATUSES).get(one.status)}`;
}

/** The case in a few lines, for the printed sheet. */
export function printedCase(told, answer) {
  const facts = [
    told.case_id,
    told.tumour?.topography?.text ?? told.tumour?.topography?.code,
    told.tumour?.histology?.text ?? told.tumour?.histology?.code,
    told.stage?.group ? `stade ${told.stage.group}` : null,
    told.patient?.age !== undefined ? `${told.patient.age} ans` : null,
    told.performance?.ecog !== undefined ? `OMS ${told.performance.ecog}` : null,
    ...(told.biomarkers ?? []).map(result),
    told.planned_line ? `ligne ${told.planned_line}` : null,
  ].filter(Boolean);
  return el("p", {}, `${capital(facts.join(" · "))} — jugé le ${answer.as_of.split("-").reverse().join("/")}`);
}
