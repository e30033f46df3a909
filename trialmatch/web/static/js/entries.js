// The rows of the form: biomarkers, treatments, and in the whole form what else is a list. What a row does not show of
// an entry (dates, outcome) is kept.

import { byId, el } from "./element/dom.js";
import { STATUSES } from "./element/words.js";

const TYPES = [
  ["chemotherapy", "chimiothérapie"], ["immunotherapy", "immunothérapie"], ["targeted_therapy", "thérapie ciblée"],
  ["hormone_therapy", "hormonothérapie"], ["surgery", "chirurgie"], ["radiotherapy", "radiothérapie"],
  ["brachytherapy", "curiethérapie"], ["radionuclide", "radionucléide"], ["cell_therapy", "thérapie cellulaire"],
  ["stem_cell_transplant", "greffe de cellules souches"], ["interventional_radiology", "radiologie interventionnelle"],
  ["active_surveillance", "surveillance active"], ["other", "autre"],
];
const SETTINGS = [
  ["", "—"], ["neoadjuvant", "néoadjuvant"], ["adjuvant", "adjuvant"],
  ["locally_advanced", "localement avancé"], ["metastatic", "métastatique"], ["maintenance", "maintenance"],
  ["curative", "curatif"], ["palliative", "palliatif"],
];

const PRESENCE = [["true", "oui"], ["false", "non"]];
const OUTCOMES = [
  ["", "—"], ["response", "réponse"], ["stable", "stable"], ["progression", "progression"], ["toxicity", "toxicité"],
  ["relapse", "rechute"],
];

const COLUMNS = {
  biomarkers: [
    { name: "name", label: "Nom", list: "markers" },
    { name: "status", label: "Résultat", options: STATUSES },
    { name: "variant", label: "Variant" },
    { name: "value", label: "Valeur", kind: "value" },
    { name: "assay", label: "Test" },
  ],
  treatments: [
    { name: "agents", label: "Molécules", kind: "list", list: "agents" },
    { name: "type", label: "Type", options: TYPES },
    { name: "setting", label: "Situation", options: SETTINGS },
    { name: "line", label: "Ligne", kind: "whole" },
    { name: "started_on", label: "Début", whole: true, hint: "AAAA-MM" },
    { name: "ended_on", label: "Fin", whole: true, hint: "AAAA-MM" },
    { name: "outcome", label: "Issue", options: OUTCOMES, whole: true },
  ],
  conditions: [
    { name: "name", label: "Antécédent, comorbidité", list: "known-conditions" },
    { name: "present", label: "Présent", options: PRESENCE, kind: "boolean" },
    { name: "since", label: "Depuis", hint: "AAAA-MM" },
  ],
  medications: [
    { name: "name", label: "Médicament", list: "known-medications" },
    { name: "dose", label: "Dose" },
  ],
  labs: [
    { name: "name", label: "Dosage" },
    { name: "value", label: "Valeur", kind: "number" },
    { name: "unit", label: "Unité" },
    { name: "measured_on", label: "Date", hint: "AAAA-MM-JJ" },
  ],
};
const NEW = {
  biomarkers: { status: "positive" },
  treatments: { type: "chemotherapy" },
  conditions: { present: true },
  medications: {},
  labs: {},
};
const REMOVE = {
  biomarkers: "Retirer ce biomarqueur", treatments: "Retirer ce traitement", conditions: "Retirer cet antécédent",
  medications: "Retirer ce médicament", labs: "Retirer ce dosage",
};
const SINGULAR = {
  biomarkers: "biomarqueur", treatments: "traitement", conditions: "antécédent", medications: "médicament", labs: "dosage",
};
const ADD = {
  biomarkers: "add-biomarker", treatments: "add-treatment", conditions: "add-condition", medications: "add-medication",
  labs: "add-lab",
};

/** The lists that this page has. */
export const LISTS = Object.keys(COLUMNS).filter((list) => byId(list));

/** The page asks for all that a list can tell, not only for the first of it. */
const isWhole = () => Boolean(byId("labs"));

/** « chimiothérapie » */
export const typeWords = (type) => TYPES.find(([code]) => code === type)?.[1] ?? "traitement";

/** The button that adds a row to a list, as `biomarkers` or `biomarkers[0].status` names it; none elsewhere. */
export function adding(path) {
  const list = LISTS.find((one) => path.startsWith(one));
  return list ? byId(ADD[list]) : null;
}

/** `changed` is called when a row goes. */
export function prepareEntries(changed) {
  for (const list of LISTS) {
    byId(ADD[list]).addEventListener("click", () => addEntry(list, undefined, changed).focus());
  }
}

/** Shows these entries, and no others. */
export function showEntries(list, entries, changed) {
  byId(list).replaceChildren();
  for (const entry of entries ?? []) addEntry(list, entry, changed);
}

/** The entries as they stand; a row without a name (or a drug and nothing else) is left out. */
export function readEntries(list) {
  return [...byId(list).children].map((row) => readRow(list, row)).filter((entry) => entry !== null);
}

function addEntry(list, entry, changed) {
  const parent = byId(list);
  const row = el("div", { class: "entry", role: "group" });
  const cells = columns(list).map((column) => cell(column, entry ?? NEW[list]));
  const remove = el("button", {
    type: "button",
    "aria-label": REMOVE[list],
    title: "Retirer",
    onclick: () => {
      row.remove();
      byId(ADD[list]).focus();
      changed();
    },
  }, "×");
  row.append(el("div", { class: `cells ${list}` }, cells), remove);
  row.setAttribute("aria-label", `${SINGULAR[list]} ${parent.children.length + 1}`);
  row.original = entry ?? {};
  parent.append(row);
  return row.querySelector("input");
}

function columns(list) {
  return COLUMNS[list].filter((column) => isWhole() || !column.whole);
}

function cell(column, entry) {
  const control = column.options
    ? el("select", {}, column.options.map(([key, words]) => el("option", { value: key }, words)))
    : el("input", { autocomplete: "off", spellcheck: "false", list: column.list, placeholder: column.hint });
  control.value = shown(column, entry);
  control.dataset.column = column.name;
  return el("label", { class: "field" }, el("span", { class: "label" }, column.label), control);
}

/** A value is shown with its unit. */
function shown(column, entry) {
  const value = entry[column.name];
  if (Array.isArray(value)) return value.join(", ");
  return [value, column.kind === "value" ? entry.unit : undefined].filter((part) => part !== undefined).join(" ");
}

function readRow(list, row) {
  const entry = structuredClone(row.original);
  for (const column of columns(list)) {
    const typed = row.querySelector(`[data-column="${column.name}"]`).value.trim();
    if (typed === shown(column, row.original)) continue;
    if (column.kind === "value") Object.assign(entry, measured(typed));
    else entry[column.name] = typed === "" ? undefined : understood(typed, column.kind);
  }
  const told = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  return list !== "treatments" && !told.name ? null : told;
}

/** « 60 % » → 60 and its unit; « 2+ » and the like stay as typed. */
function measured(typed) {
  const [, number, unit] = /^(-?\d+(?:[.,]\d+)?)\s*(.*)$/.exec(typed) ?? [];
  if (number === undefined || unit.startsWith("+")) return { value: typed || undefined, unit: undefined };
  return { value: Number(number.replace(",", ".")), unit: unit || undefined };
}

/** Typed text → list, number, yes or no, or text; what is no number is sent as typed, and the service says so. */
export function understood(typed, kind) {
  if (kind === "list") return typed.split(",").map((part) => part.trim()).filter(Boolean);
  if (kind === "whole") return /^\d+$/.test(typed) ? Number(typed) : typed;
  if (kind === "number") return /^-?\d+([.,]\d+)?$/.test(typed) ? Number(typed.replace(",", ".")) : typed;
  if (kind === "boolean") return typed === "true";
  return typed;
}
