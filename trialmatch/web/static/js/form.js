// The form ↔ the case. What the form does not show of a case (labs, dates …) stays in it and is named below.

import { byId, el, fill } from "./element/dom.js";
import { adding, LISTS as ROWS, prepareEntries, readEntries, showEntries, understood } from "./entries.js";
import { count, fieldWords } from "./element/words.js";

const TYPED_CASE = { case_id: "SAISIE" };
const CODED = new Set(["tumour.topography", "tumour.histology"]);
const LISTS = new Set(["disease.metastatic_sites"]);

const METASTASES = {
  bone: "os", liver: "foie", lung: "poumon", brain: "cerveau", peritoneum: "péritoine", lymph_node: "ganglion",
  adrenal: "surrénale", pleura: "plèvre", skin: "peau",
};

let base = TYPED_CASE;
let changed = () => {};
let codes = {};

/** Of a coded field (`tumour.histology`), the code that a text of the list stands for: path → text → coded. */
export function useCodes(path, coded) {
  codes[path] = new Map(coded.map((one) => [one.text.toLowerCase(), one]));
}

export function prepareForm(onChange) {
  changed = onChange;
  prepareEntries(onChange);
  byId("form").addEventListener("change", (event) => {
    if (event.target.id !== "sample" && !event.target.closest("#proposition")) onChange();
  });
}

/** Shows a case (none: an empty form). */
export function showCase(sent) {
  base = sent ?? TYPED_CASE;
  for (const control of controls()) showSent(control, control.dataset.path);
  for (const list of ROWS) showEntries(list, base[list], changed);
  byId("complete").checked = (base.complete ?? []).includes("treatments");
  showOthers();
  markErrors([]);
}

/** An establishment that the list does not hold is told for what its number is. */
function showSent(control, path) {
  const value = shown(get(base, path), path);
  showIn(control, value, path === "rcp.site_finess" ? `FINESS ${value}` : value);
}

/** A list that does not hold the value is given it: what was sent is not lost because the form has no word for it. */
export function showIn(control, value, words = value) {
  control.querySelector?.("option[data-sent]")?.remove();
  control.value = value;
  if (control.value === value || control.tagName !== "SELECT") return;
  control.append(el("option", { value, data: { sent: "" } }, words));
  control.value = value;
}

/** The case as the form now says it. */
export function readCase() {
  const told = structuredClone(base);
  for (const control of controls()) put(told, control.dataset.path, typed(control));
  for (const list of ROWS) put(told, list, entriesOrNone(list));
  const complete = (told.complete ?? []).filter((name) => name !== "treatments");
  put(told, "complete", byId("complete").checked ? [...complete, "treatments"] : complete);
  return told;
}

/** Marks the fields that the service refused, each with its message. */
export function markErrors(errors) {
  for (const control of controls()) {
    const path = control.dataset.path;
    const wrong = errors.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    control.toggleAttribute("aria-invalid", false);
    control.parentElement.querySelector(".error")?.remove();
    if (!wrong) continue;
    const note = document.createElement("p");
    note.className = "error";
    note.id = `${control.id}-error`;
    note.textContent = wrong.words;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", note.id);
    control.parentElement.append(note);
  }
}

/** Brings the keyboard to the field that would answer a question. */
export function goTo(path) {
  byId("fold").open = true;
  const control = adding(path) ?? controls().find((one) => one.dataset.path.startsWith(path)) ?? byId("summary");
  control.scrollIntoView({ block: "center" });
  control.focus();
}

function controls() {
  return [...document.querySelectorAll("#fields [data-path]:not([data-replaced])")];
}

/** Other controls ask for these fields of the case: those of the form step back, and the others of before come back. */
export function replaceFields(paths) {
  for (const control of document.querySelectorAll("#fields [data-path]")) {
    const replaced = paths.includes(control.dataset.path);
    control.toggleAttribute("data-replaced", replaced);
    control.closest(".field").hidden = replaced;
  }
}

function entriesOrNone(list) {
  const entries = readEntries(list);
  return entries.length || base[list] ? entries : undefined;
}

function shown(value, path) {
  if (CODED.has(path)) return value?.text ?? value?.code ?? "";
  if (LISTS.has(path)) return (value ?? []).map((one) => METASTASES[one] ?? one).join(", ");
  return String(value ?? "");
}

/** What was sent stays as it was sent (a code, too) as long as its text does: a text typed over it is another statement. */
function typed(control) {
  const { path, kind } = control.dataset;
  const sent = get(base, path);
  const text = control.value.trim();
  if (text === shown(sent, path).trim()) return sent;
  if (text === "") return undefined;
  if (CODED.has(path)) return codes[path]?.get(text.toLowerCase()) ?? { text };
  return understood(text, LISTS.has(path) ? "list" : kind);
}

function get(object, path) {
  return path.split(".").reduce((part, step) => part?.[step], object);
}

/** Sets or (undefined) removes a value; an object that is left empty goes too. */
function put(object, path, value) {
  const [step, ...rest] = path.split(".");
  if (rest.length) {
    if (object[step] === undefined && value === undefined) return;
    object[step] ??= {};
    put(object[step], rest.join("."), value);
    if (Object.keys(object[step]).length === 0) delete object[step];
  } else if (value === undefined || (step === "complete" && value.length === 0)) {
    delete object[step];
  } else {
    object[step] = value;
  }
}

function showOthers() {
  const hidden = ["labs", "conditions", "medications", "suitability"].filter((name) => !ROWS.includes(name));
  const lists = hidden.filter((name) => base[name]?.length);
  const words = lists.map((name) => `${fieldWords(name)} (${base[name].length})`);
  const diagnosis = controls().some((one) => one.dataset.path === "tumour.diagnosed_on");
  if (base.tumour?.diagnosed_on && !diagnosis) words.push(fieldWords("tumour.diagnosed_on"));
  byId("others").hidden = words.length === 0;
  const verb = words.length > 1 ? "sont aussi pris en compte" : "est aussi pris en compte";
  fill(byId("others"), `${words.join(", ")} : ${count(words.length, "élément")} de la fiche ${verb}.`);
}
