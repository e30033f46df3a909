// The page of synchronisations. Filters and the run that is shown stand in the address: nothing there is about a patient.

import { byId, el, fill } from "../element/dom.js";
import { instant } from "../element/words.js";
import { ask, prepareDecisions } from "./decide.js";
import { readiness, run, runs, state } from "./service.js";
import { runDetail, runsTable, waitingRun } from "./show.js";
import { OUTCOMES } from "./words.js";

const PAGE = 50;
const BUSY_MS = 1000;
const QUIET_MS = 15000;

const shown = { runs: [], older: null, id: null };
let timer = null;

function filters() {
  return { outcome: byId("outcome").value, source: byId("source").value.trim() };
}

async function refresh() {
  clearTimeout(timer);
  let busy = false;
  try {
    const [now, ready, page, held] = await Promise.all([
      state(), readiness(), runs({ ...filters(), limit: Math.max(PAGE, Math.min(200, shown.runs.length)) }),
      runs({ outcome: "held" }),
    ]);
    busy = now.runs.some((one) => one.outcome === "running");
    shown.runs = page.runs;
    shown.older = page.next_before;
    showState(now, ready);
    showWaiting(held.runs);
    showList();
  } catch {
    byId("state").textContent = "Service indisponible : ce qui est montré peut être ancien.";
  }
  timer = setTimeout(() => (document.hidden ? again(QUIET_MS) : refresh()), busy ? BUSY_MS : QUIET_MS);
}

function again(delay) {
  timer = setTimeout(refresh, delay);
}

function showState(now, ready) {
  const words = [
    ready.synchronised_at ? `Catalogue lu le ${instant(ready.synchronised_at)} : ${ready.trials} essais.`
      : "Aucun catalogue n’a encore été lu.",
    ready.stale && "Il est ancien.",
    now.next_run_at && `Prochaine lecture le ${instant(now.next_run_at)}.`,
  ].filter(Boolean).join(" ");
  if (byId("state").textContent !== words) byId("state").textContent = words;
}

function showWaiting(held) {
  const told = JSON.stringify(held);
  if (byId("waiting").dataset.told === told) return;
  byId("waiting").dataset.told = told;
  fill(byId("waiting"), held.map((one) => waitingRun(one, ask)));
}

function showList() {
  const focused = document.activeElement?.getAttribute("href");
  const found = shown.runs.length ? runsTable(shown.runs, shown.id) : el("p", {}, "Aucune lecture.");
  fill(byId("list"), found);
  byId("older").hidden = shown.older === null;
  if (focused?.startsWith("#lecture-")) byId("list").querySelector(`a[href="${focused}"]`)?.focus();
}

async function showOlder() {
  const page = await runs({ ...filters(), limit: PAGE, before: shown.older });
  shown.runs = [...shown.runs, ...page.runs];
  shown.older = page.next_before;
  showList();
}

async function showRun() {
  const id = /^#lecture-(\d+)$/.exec(location.hash)?.[1];
  shown.id = id ? Number(id) : null;
  byId("detail").hidden = !id;
  showList();
  if (!id) return;
  try {
    showDetail(await run(id));
  } catch {
    fill(byId("detail"), el("p", {}, "Cette lecture n’a pas pu être lue."));
  }
  byId("detail").focus();
}

function showDetail(told) {
  const more = async () => {
    const next = await run(told.run_id, told.next_after);
    showDetail({ ...next, changes: [...told.changes, ...next.changes] });
  };
  fill(byId("detail"), runDetail(told, more, ask));
}

function prepareFilters() {
  const asked = new URLSearchParams(location.search);
  for (const [word, label] of Object.entries(OUTCOMES)) byId("outcome").append(el("option", { value: word }, label));
  byId("outcome").value = asked.get("outcome") ?? "";
  byId("source").value = asked.get("source") ?? "";
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("change", () => {
    const given = new URLSearchParams(Object.entries(filters()).filter(([, value]) => value));
    history.replaceState(null, "", `${location.pathname}${given.size ? `?${given}` : ""}${location.hash}`);
    shown.runs = [];
    refresh();
  });
}

prepareFilters();
prepareDecisions(async () => {
  await refresh();
  await showRun();
});
byId("older").addEventListener("click", showOlder);
addEventListener("hashchange", showRun);
await refresh();
await showRun();
