// The report that is printed: one page, under the establishment's own header. It holds no identity either.

import { byId, el, fill } from "../element/dom.js";
import { count, day, nameOf, resultWords } from "../element/words.js";
import { typeWords } from "../entries.js";
import { proposed } from "./proposition.js";

const MOST_MISSING = 4;

/** `told` gives the case as it stands, answers of the session included. */
export function prepareReport(told) {
  const write = () => fill(byId("report"), sheet(told()));
  window.addEventListener("beforeprint", write);
  byId("print").addEventListener("click", () => {
    write();
    window.print();
  });
}

function sheet(one) {
  const plan = proposed();
  return [
    heading(one),
    section("Cas présenté", list(caseLines(one))),
    one.summary_text ? section("Synthèse et question", el("p", {}, one.summary_text)) : null,
    section("Proposition de la RCP", list(planLines(plan)), plan.trials.map(trialPart)),
    el("p", { class: "foot" }, "Rédigé sans identité : à rattacher au dossier du patient. L’inclusion dans un essai est "
      + "la décision de l’investigateur, après consentement."),
  ];
}

function heading(one) {
  const option = byId("site").selectedOptions[0];
  const { name, town } = option?.dataset ?? {};
  return el("header", {},
    el("p", { class: "establishment" }, el("strong", {}, name ?? (option?.value ? `Établissement, FINESS ${option.value}` : "Établissement")), town ? ` · ${town}` : ""),
    el("h1", {}, "Compte-rendu de réunion de concertation pluridisciplinaire"),
    el("p", {}, [one.rcp?.date ? `Réunion du ${day(one.rcp.date)}` : null, one.rcp?.speciality, ...toldOnly(),
      `fiche ${one.case_id}`].filter(Boolean).join(" · ")));
}

/** What only the form knows: no trial asks for it. */
function toldOnly() {
  return [...document.querySelectorAll("#fields [data-told]")].filter((control) => control.value)
    .map((control) => `${control.dataset.told.toLowerCase()} : ${control.value}`);
}

const section = (title, ...parts) => el("section", {}, el("h2", {}, title), parts);

const list = (lines) => el("dl", {}, lines.filter(([, value]) => value).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));

const chosenWords = (id) => {
  const control = byId(id);
  return control.value ? control.selectedOptions[0].textContent : "";
};

function caseLines(one) {
  const tnm = (part, prefix) => ["t", "n", "m"].map((axis) => part?.[axis]).filter(Boolean)
    .map((value, index) => (index || value.startsWith(prefix) ? value : `${prefix}${value}`)).join(" ");
  const stages = [one.stage?.group ? `stade ${one.stage.group}` : "", tnm(one.stage?.clinical, "c"),
    tnm(one.stage?.pathological, "p"), ...(one.stage?.other ?? []).map((other) => `${other.system} ${other.value}`)];
  return [
    ["Patient", [one.patient?.age !== undefined ? count(one.patient.age, "an") : "", chosenWords("sex"),
      one.patient?.age_months !== undefined ? `${one.patient.age_months} mois` : "",
      one.performance?.ecog !== undefined ? `OMS ${one.performance.ecog}` : "",
      one.performance?.lansky !== undefined ? `Lansky ${one.performance.lansky}` : "",
      one.performance?.g8 !== undefined ? `G8 ${one.performance.g8}` : ""].filter(Boolean).join(", ")],
    ["Antécédents", (one.conditions ?? []).map((held) => (held.present === false ? `${held.name} : non` : held.name)).join(", ")],
    ["Tumeur", [one.tumour?.topography?.text ?? one.tumour?.topography?.code, one.tumour?.histology?.text ?? one.tumour?.histology?.code,
      one.tumour?.grade ? `grade ${one.tumour.grade}` : ""].filter(Boolean).join(", ")],
    ["Stade", [...stages, chosenWords("extent"), byId("metastases").value,
      chosenWords("brain") ? `métastases cérébrales ${chosenWords("brain")}` : ""].filter(Boolean).join(", ")],
    ["Biologie moléculaire", (one.biomarkers ?? []).map(resultWords).join(" ; ")],
    ["Biologie", (one.labs ?? []).map(labLine).join(" ; ")],
    ["Traitements reçus", (one.treatments ?? []).map(treatmentLine).join(" ; ")],
    ["Question posée", [one.planned_line ? `ligne ${one.planned_line}` : "", chosenWords("setting")].filter(Boolean).join(", ")],
  ];
}

/** « 2025-03-12 » → « 12/03/2025 », « 2025-03 » → « 03/2025 ». */
const dateWords = (iso) => iso.split("-").reverse().join("/");

function labLine(one) {
  return [one.name, one.value, one.unit, one.measured_on ? `(${dateWords(one.measured_on)})` : ""]
    .filter((part) => part !== undefined && part !== "").join(" ");
}

function treatmentLine(one) {
  const dates = [one.started_on, one.ended_on].filter(Boolean).map(dateWords).join(" à ");
  return [(one.agents ?? []).join(" + ") || typeWords(one.type), one.line ? `ligne ${one.line}` : "", dates].filter(Boolean).join(", ");
}

function planLines(plan) {
  return [
    ["Nature", plan.nature], ["Type", plan.type],
    ["Essai clinique", plan.trial ? "proposition d’inclusion : oui" : "proposition d’inclusion : non"],
    ["Commentaire", plan.comment],
  ];
}

function trialPart(trial) {
  const number = trial.nct ?? trial.trial_id;
  const sites = (trial.sites ?? []).filter((site) => site.status === "open").slice(0, 3);
  return el("div", { class: "trial" },
    el("h3", {}, [nameOf(trial), number === nameOf(trial) ? null : number, trial.phase ? `phase ${trial.phase}` : null,
      trial.cohort?.label].filter(Boolean).join(" · ")),
    el("p", { class: "title" }, trial.title),
    trial.why?.length ? el("p", {}, `Pourquoi : ${trial.why.join(" · ")}`) : null,
    trial.missing?.length ? el("p", {}, `Il manque : ${missingWords(trial.missing)}`) : null,
    sites.map((site) => el("p", {}, [`${site.name}, ${site.city ?? ""}`.replace(/, $/, ""), contactLine(site.contact)]
      .filter(Boolean).join(" · "))));
}

/** The first of them: the sheet is one page, and the rest stands in the trial's own record. */
function missingWords(missing) {
  const more = missing.length - MOST_MISSING;
  return `${missing.slice(0, MOST_MISSING).map((one) => one.question).join(" · ")}${more > 0 ? ` et ${more} de plus` : ""}`;
}

const contactLine = (contact) => (contact ? [contact.name, contact.phone, contact.email].filter(Boolean).join(", ") : "");
