// The organ of the form: its items, the lists that it suggests from, and what choosing it states by itself.

import { byId, el, fill } from "../element/dom.js";
import { replaceFields, useCodes } from "../form.js";
import { itemOf } from "./items.js";

let forms = [];
let words = {};
let chosen = null;
let items = [];

/** Reads the forms and the vocabulary of the service. `onChange` is called when another organ is chosen by hand. */
export async function prepareOrgans(onChange) {
  const answers = await Promise.all(["/demo/forms", "/demo/suggestions"].map((path) => fetch(path, { credentials: "omit" })));
  [{ forms }, words] = await Promise.all(answers.map((answer) => answer.json()));
  byId("organ-form").append(...forms.map((form) => el("option", { value: form.id }, form.label)));
  byId("organ-form").addEventListener("change", (event) => onChange(event.target.value));
  suggest("markers", words.markers);
  suggest("agents", words.treatments);
  suggest("known-conditions", words.conditions);
  suggest("known-medications", words.medications);
  choose("");
}

/** Shows the part of an organ ("": none); what was typed in another is the caller's to keep. */
export function choose(id) {
  chosen = forms.find((form) => form.id === id) ?? null;
  byId("organ-form").value = chosen?.id ?? "";
  items = (chosen?.items ?? []).map(itemOf).filter(Boolean);
  replaceFields(items.map((item) => item.path).filter(Boolean));
  byId("organ-part").hidden = !items.length;
  fill(byId("organ-legend"), chosen?.label ?? "Organe");
  fill(byId("organ-items"), items.map((item) => item.node));
  fill(byId("organ-source"), chosen ? `D’après : ${chosen.source}.` : "");
  const own = (kind, system) => (chosen?.items ?? []).filter((one) => one.kind === kind)
    .flatMap((one) => one.options).map(([code, text]) => ({ system, code, text }));
  const sites = own("site", "cim-10");
  if (chosen?.organ) sites.push(chosen.organ);
  offer("tumour.topography", "sites", sites, words.organs);
  offer("tumour.histology", "histologies", own("histology", "cim-o-3"), words.histologies);
  for (const axis of ["t", "n", "m"]) suggest(`list-${axis}`, chosen?.categories[axis] ?? []);
}

function offer(path, list, coded, others) {
  useCodes(path, coded);
  const own = coded.map((one) => one.text);
  suggest(list, [...own, ...(others ?? []).filter((label) => !own.includes(label))]);
}

function suggest(list, labels) {
  byId(list).replaceChildren(...labels.map((value) => el("option", { value })));
}

/** What the choice of an organ stated, and nobody else: it goes with that organ. */
let lent = {};

/** Another case: nothing of it was stated by a choice. */
export function forgetStated() {
  lent = {};
}

/** What choosing this organ states of a case that does not say otherwise. */
export function stated(told) {
  const next = structuredClone(told);
  for (const [path, value] of Object.entries(lent)) takeBack(next, path, value);
  lent = {};
  if (!chosen) return next;
  state(next, "tumour.topography", chosen.organ);
  state(next, "rcp.speciality", chosen.speciality);
  state(next, "patient.sex", chosen.sex);
  return next;
}

function state(told, path, value) {
  const [part, name] = path.split(".");
  if (!value || told[part]?.[name]) return;
  told[part] = { ...told[part], [name]: value };
  lent[path] = value;
}

function takeBack(told, path, value) {
  const [part, name] = path.split(".");
  if (JSON.stringify(told[part]?.[name]) !== JSON.stringify(value)) return;
  delete told[part][name];
  if (Object.keys(told[part]).length === 0) delete told[part];
}

/** The organ that a case is of, by its code: "" where none of the forms is. */
export function organOf(told) {
  const code = told?.tumour?.topography?.code ?? "";
  const hepatocellular = ["8170/3", "8180/3", "8171/3"].includes(told?.tumour?.histology?.code);
  const near = forms.filter((form) => form.organ && code && form.organ.code.slice(0, 3) === code.slice(0, 3));
  const blood = forms.find((form) => form.id === "lymphoma" && /^C8[1-5]/.test(code));
  const found = blood ?? near.find((form) => form.id !== "hepatocellular" || hepatocellular) ?? bySites(code);
  return found?.id ?? "";
}

function bySites(code) {
  const own = (form) => form.items.filter((one) => one.kind === "site").flatMap((one) => one.options.map(([site]) => site));
  return forms.find((form) => code && own(form).some((site) => code.startsWith(site.slice(0, 3)) && site.length >= 3));
}

/** What the items show of a case is taken out of it; the rest is for the other fields. */
export function takeItems(told) {
  const rest = structuredClone(told);
  for (const item of items) item.take(rest);
  return rest;
}

/** The case with what the items say. */
export function giveItems(told) {
  const whole = structuredClone(told);
  for (const item of items) item.give(whole);
  return withoutEmpty(whole);
}

function withoutEmpty(told) {
  for (const list of ["biomarkers", "conditions", "labs", "suitability"]) if (told[list]?.length === 0) delete told[list];
  if (told.stage?.other?.length === 0) delete told.stage.other;
  for (const part of ["stage", "disease", "performance"]) {
    if (told[part] && Object.keys(told[part]).length === 0) delete told[part];
  }
  return told;
}
