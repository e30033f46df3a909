// What became of the propositions: numbers, reasons, reminders. The filters stand in the address; they say nothing of a
// patient, and ids of cases never stand there.

import { byId, el, fill } from "../element/dom.js";
import { listenForKey, read, send, wordsOf } from "./call.js";
import { bars } from "./bars.js";
import { table } from "./table.js";
import { reminders } from "./reminders.js";

const FILTERS = { q: "q", par: "by", organe: "organ", centre: "site", de: "from_month", a: "to_month" };
/** Name in the address and in the form → name in the call. */
const SORTS = new Set([
  "label", "displayed", "proposed", "retained", "addressed", "included", "not_retained", "not_included",
]);

const form = byId("filters");
const state = { sort: "proposed", down: true, summary: null, asked: 0 };

function readAddress() {
  const address = new URLSearchParams(location.search);
  for (const name of Object.keys(FILTERS)) {
    const value = address.get(name);
    if (name === "centre" && value) keepSite(value, value);
    form.elements[name].value = value ?? (name === "par" ? "trial" : "");
  }
  if (!form.elements.par.value) form.elements.par.value = "trial";
  byId("jours").value = address.get("jours") ?? "";
  state.sort = SORTS.has(address.get("tri")) ? address.get("tri") : "proposed";
  state.down = address.get("sens") !== "croissant";
}

function writeAddress() {
  const address = new URLSearchParams();
  for (const name of Object.keys(FILTERS)) {
    const value = form.elements[name].value.trim();
    if (value && !(name === "par" && value === "trial")) address.set(name, value);
  }
  if (byId("jours").value.trim()) address.set("jours", byId("jours").value.trim());
  if (state.sort !== "proposed") address.set("tri", state.sort);
  if (!state.down) address.set("sens", "croissant");
  const search = address.toString();
  history.replaceState(null, "", search ? `?${search}` : location.pathname);
}

/** What is asked of the service; `without` leaves sides out. */
function asked(...without) {
  const call = new URLSearchParams();
  for (const [name, side] of Object.entries(FILTERS)) {
    const value = form.elements[name].value.trim();
    if (value && !without.includes(side)) call.set(side, value);
  }
  return call;
}

async function show() {
  if (!form.reportValidity()) return;
  writeAddress();
  const own = ++state.asked;
  byId("rows").setAttribute("aria-busy", "true");
  try {
    const days = byId("jours").value.trim();
    const late = asked("by");
    if (days) late.set("days", days);
    const [summary, waiting, sites] = await Promise.all([
      read(`/v1/decisions/summary?${asked()}`), read(`/v1/decisions/reminders?${late}`),
      read("/v1/decisions/summary?by=site"),
    ]);
    if (own === state.asked) showAll(summary, waiting, sites);
  } catch (error) {
    if (own === state.asked) fill(byId("told"), wordsOf(error));
  } finally {
    byId("rows").removeAttribute("aria-busy");
  }
}

function showAll(summary, waiting, sites) {
  state.summary = summary;
  for (const row of sites.rows) if (row.key) keepSite(row.key, row.label);
  const { proposed, included } = summary.total;
  const many = proposed > 1 ? "s" : "";
  fill(byId("told"), proposed
    ? `${proposed} proposition${many}, ${included} inclusion${included > 1 ? "s" : ""}`
    : "Aucune proposition enregistrée pour ces critères");
  fill(byId("funnel"), bars(funnel(summary.total)));
  fill(byId("reasons"), summary.reasons.length
    ? bars(summary.reasons.map((one) => [one.label, one.not_retained + one.not_included]))
    : el("div", {}, el("dt", { class: "quiet" }, "Aucun refus enregistré"), el("dd", {})));
  showTable();
  if (!byId("jours").value) byId("jours").placeholder = String(waiting.days);
  fill(byId("reminders"), reminders(waiting, show));
}

function funnel(total) {
  const shown = total.displayed === null ? [] : [["affichés", total.displayed, "apart"]];
  return [...shown, ["proposés", total.proposed], ["retenus", total.retained], ["adressés", total.addressed],
    ["proposés au patient", total.offered], ["acceptés", total.accepted], ["en sélection", total.screened],
    ["inclus", total.included]];
}

function showTable() {
  const column = document.activeElement?.dataset?.sort;
  fill(byId("rows"), table(state.summary, state, sortBy));
  if (column) byId("rows").querySelector(`[data-sort="${column}"]`)?.focus();
}

function sortBy(name) {
  state.down = state.sort === name ? !state.down : name !== "label";
  state.sort = name;
  writeAddress();
  showTable();
}

function keepSite(value, label) {
  const select = byId("centre");
  const known = [...select.options].find((option) => option.value === value);
  if (known) known.textContent = label;
  else select.append(el("option", { value }, label));
}

async function download(lines) {
  const call = asked("by");
  call.set("lines", lines);
  try {
    const response = await send(`/v1/decisions.csv?${call}`);
    const link = el("a", {
      href: URL.createObjectURL(await response.blob()), download: lines === "events" ? "evenements.csv" : "suivi.csv",
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    fill(byId("told"), "Fichier CSV prêt.");
  } catch (error) {
    fill(byId("told"), wordsOf(error));
  }
}

function listen() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const name of Object.keys(FILTERS)) form.elements[name].value = name === "par" ? "trial" : "";
    byId("jours").value = "";
    show();
  });
  for (const name of ["par", "organe", "centre", "jours"]) byId(name).addEventListener("change", show);
  byId("csv").addEventListener("click", () => download("summary"));
  byId("csv-events").addEventListener("click", () => download("events"));
  listenForKey(show);
}

listen();
readAddress();
show();
