// How the form was read, where it contradicts itself, and how old the catalogue is.

import { el } from "./dom.js";
import { counted } from "./sentence.js";
import { capital, count, fieldWords, instant, resultWords, small } from "./words.js";

const SURE = new Set(["exact", "code", "synonym"]);
const QUIET = new Set(["trial_refused", "supportive_only", "catalogue_stale"]);

const CODED = ["topography", "histology"];

export function notes(answer, told, acts) {
  const lines = [...answer.conflicts.map((one) => conflict(one, acts)), ...unread(answer, told, acts), ...doubtful(answer, acts)];
  return lines.length ? el("div", { class: "notes" }, lines) : null;
}

function conflict(one, acts) {
  const said = one.values.map((value, index) => `« ${value} » (${fieldWords(one.fields[index] ?? one.fields[0])})`);
  return el("p", { class: "warning" }, `Discordance dans la fiche : ${said.join(" et ")}.`, cure(one.fields[0], acts));
}

/** A site or histology in which no word was known: whoever wrote it believes that it was taken into account. */
function unread(answer, told, acts) {
  return CODED.map((name) => [`tumour.${name}`, told?.tumour?.[name]?.text?.trim() || told?.tumour?.[name]?.code])
    .filter(([field, said]) => said && !answer.read_as.some((one) => one.field.startsWith(field)))
    .map(([field, said]) => el("p", { class: "small" },
      el("span", { class: "quiet" }, `« ${said} » (${fieldWords(field)}) n’a pas été compris : non pris en compte`), cure(field, acts)));
}

function doubtful(answer, acts) {
  const unsure = answer.read_as.filter((one) => one.confidence < 1 || one.concept.includes("|") || !SURE.has(one.how));
  const told = new Map(unsure.map((one) => [`« ${one.text} » lu comme : ${small(one.label)}`, one.field]));
  return [...told].map(([line, field]) => el("p", { class: "small" }, el("span", { class: "quiet" }, line), cure(field, acts)));
}

/** Leads to the field, where the host says how. */
function cure(field, acts) {
  if (!acts.leads() || !field) return null;
  return [" ", el("button", {
    type: "button", class: "plain", "aria-label": `Corriger : ${fieldWords(field)}`, onclick: () => acts.goTo(field),
  }, "corriger")];
}

/** « catalogue du 23/11 à 06:00 ». */
export function stamp(answer) {
  const at = answer.catalogue.synchronised_at;
  return at ? `catalogue du ${instant(at)}` : "";
}

export function foot(answer) {
  const { source, trials, synchronised_at: at, stale } = answer.catalogue;
  const when = at ? ` du ${instant(at)}` : "";
  const shown = counted(answer);
  const anything = shown.compatible + shown.to_check + shown.if_tested > 0;
  const warnings = answer.warnings.filter((one) => !QUIET.has(one.code) && anything);
  return el("div", { class: "foot" },
    stale ? el("p", { class: "warning" }, `Catalogue ancien${when} : vérifier que les essais sont encore ouverts.`) : null,
    warnings.map((one) => el("p", {}, one.text)),
    el("p", {}, `Catalogue ${source.toUpperCase()}${when} · ${count(trials, "essai")}`),
    el("p", {}, "L’inclusion est décidée par l’investigateur, avec l’accord du patient."));
}

/** The case in a few lines, for the printed sheet. */
export function printedCase(told, answer) {
  const facts = [
    told?.case_id,
    told?.tumour?.topography?.text ?? told?.tumour?.topography?.code,
    told?.tumour?.histology?.text ?? told?.tumour?.histology?.code,
    told?.stage?.group ? `stade ${told.stage.group}` : null,
    told?.patient?.age !== undefined ? `${told.patient.age} ans` : null,
    told?.performance?.ecog !== undefined ? `OMS ${told.performance.ecog}` : null,
    ...(told?.biomarkers ?? []).map(resultWords),
    told?.planned_line ? `ligne ${told.planned_line}` : null,
  ].filter(Boolean);
  return el("p", { class: "print-only printed-case" },
    `${capital(facts.join(" · "))} — jugé le ${answer.as_of.split("-").reverse().join("/")}`);
}
