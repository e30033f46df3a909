// The cases of a board, one after the other. The address holds the session and the place, behind its #: no server sees it.

import { byId, el, fill } from "../element/dom.js";
import { count, fieldWords, instant } from "../element/words.js";
import { actor, Failed, listenForKey, read, wordsOf } from "./call.js";
import { factsOf, titleOf } from "./facts.js";
import { showDecisions } from "./decided.js";

const POLL_MS = 700;

const propositions = byId("propositions");
const state = { id: "", position: 0, view: null, open: null, timer: 0 };

function say(text) {
  if (byId("told").textContent !== text) fill(byId("told"), text);
}

// ---------------------------------------------------------------- opening

async function open(lines) {
  say("Envoi des fiches…");
  try {
    const told = await read("/v1/sessions", { method: "POST", lines });
    showRefused(told.refused);
    state.id = told.session_id;
    await start(1);
  } catch (error) {
    say(openingWords(error));
  }
}

function openingWords(error) {
  if (!(error instanceof Failed)) throw error;
  if (error.status === 413) return "Le fichier est trop grand pour un envoi : partagez-le en plusieurs.";
  if (error.status === 422) return "Aucune ligne du fichier n’est une fiche : une fiche par ligne est attendue.";
  if (error.status === 503) return "Les séances ne sont pas activées sur ce service : il lui manque une clé de chiffrement.";
  return wordsOf(error);
}

function showRefused(refused) {
  byId("refused").hidden = refused.length === 0;
  fill(byId("refused-lines"), refused.map((one) =>
    el("li", {}, `Ligne ${one.line}${one.case_id ? ` (${one.case_id})` : ""} : ${faultWords(one)}`)));
}

function faultWords({ code, fields }) {
  const where = [...new Set(fields.map(fieldWords))].join(", ");
  switch (code) {
    case "unreadable": return "ce n’est pas une fiche lisible (une fiche JSON par ligne est attendue)";
    case "identity": return `une identité y est écrite${where ? ` (${where})` : ""} : retirez-la`;
    case "known": return "ce cas est déjà dans la séance";
    case "full": return "la séance est pleine : ouvrez-en une autre";
    default: return where ? `à corriger : ${where}` : "elle ne suit pas le format d’une fiche";
  }
}

async function start(position) {
  await refresh();
  byId("start").hidden = true;
  byId("running").hidden = false;
  await show(position, { focus: true });
}

// ---------------------------------------------------------------- the list

async function refresh() {
  clearTimeout(state.timer);
  state.view = await read(`/v1/sessions/${state.id}`);
  const { progress } = state.view;
  fill(byId("progress"), progressWords(state.view));
  fill(byId("until"), `Effacement automatique le ${instant(state.view.expires_at)}.`);
  fill(byId("cases"), state.view.cases.map(caseRow));
  if (progress.judged < progress.total) state.timer = setTimeout(refreshQuietly, POLL_MS);
}

async function refreshQuietly() {
  const focused = document.activeElement?.dataset?.position;
  try {
    await refresh();
  } catch (error) {
    if (error.status === 404) closed("La séance est close : ses fiches sont effacées.");
    else state.timer = setTimeout(refreshQuietly, POLL_MS * 4);
    return;
  }
  if (focused) byId("cases").querySelector(`[data-position="${focused}"]`)?.focus();
}

function progressWords({ progress, something_to_say: telling }) {
  if (progress.judged < progress.total) return `${count(progress.judged, "fiche jugée", "fiches jugées")} sur ${progress.total}…`;
  const cases = `${progress.total} cas`;
  return telling ? `${cases}, dont ${telling} avec un essai à évoquer` : `${cases}, aucun essai à évoquer`;
}

function caseRow(row) {
  const current = row.position === state.position;
  return el("li", {},
    el("button", {
      type: "button", class: row.compatible + row.to_check ? "plain-row telling" : "plain-row",
      "aria-current": current ? "true" : null, data: { position: row.position },
      onclick: () => show(row.position, { focus: true }),
    },
    el("span", { class: "who-is" }, `${row.position}. ${row.case_id || "fiche illisible"}`),
    row.title ? el("span", { class: "small quiet cut" }, row.title) : null,
    el("span", { class: "small" }, rowWords(row))));
}

function rowWords(row) {
  if (row.failed) return "n’a pas pu être jugé";
  if (!row.judged) return "en cours…";
  const parts = [];
  if (row.compatible) parts.push(`● ${row.compatible} compatible${row.compatible > 1 ? "s" : ""}`);
  if (row.to_check) parts.push(`◐ ${row.to_check} à vérifier`);
  return parts.join(" · ") || "aucun essai";
}

// ---------------------------------------------------------------- one case

async function show(position, { focus = false } = {}) {
  const total = state.view.cases.length;
  const wanted = Math.min(Math.max(position, 1), total);
  let found;
  try {
    found = await read(`/v1/sessions/${state.id}/cases/${wanted}`);
  } catch (error) {
    if (error.status === 404) closed("La séance est close : ses fiches sont effacées.");
    else say(wordsOf(error));
    return;
  }
  say("");
  state.position = wanted;
  state.open = found;
  history.replaceState(null, "", `#${state.id}/${wanted}`);
  fill(byId("case-title"), `Cas ${wanted} sur ${total} : ${titleOf(found.case)}`);
  fill(byId("facts"), factsOf(found.case));
  byId("previous").disabled = wanted === 1;
  byId("next").disabled = wanted === total;
  markCurrent(wanted);
  propositions.actor = actor();
  propositions.case = found.case;
  if (focus) byId("case-title").focus({ preventScroll: false });
  await showDecisions(found);
}

function markCurrent(position) {
  for (const button of byId("cases").querySelectorAll("button")) {
    if (Number(button.dataset.position) !== position) {
      button.removeAttribute("aria-current");
      continue;
    }
    button.setAttribute("aria-current", "true");
    const list = button.closest(".cases");
    const [top, bottom] = [button.offsetTop, button.offsetTop + button.offsetHeight];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2;
  }
}

/** The answer that was made beforehand, for the case as it was sent; whatever else is asked goes to the service. */
async function answerFor(path, body, { signal }) {
  const beforehand = state.open?.answer;
  if (path === "/v1/match" && beforehand && JSON.stringify(body.case) === JSON.stringify(state.open.case)) return beforehand;
  return read(path, { method: "POST", json: body, signal });
}

/** A decision was taken: it stands in the list of the case, or the page says why it was not recorded. */
async function heard({ recorded, undone, actor: by }) {
  if (recorded || undone || by) {
    await showDecisions(state.open);
    return;
  }
  say("Décision non enregistrée : indiquez votre identifiant, annulez, puis recommencez.");
  byId("acting").open = true;
  byId("user").focus();
}

// ---------------------------------------------------------------- keys, end

const TYPED = new Set(["INPUT", "SELECT", "TEXTAREA"]);

function turn(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.composedPath()[0];
  if (!state.open || TYPED.has(target.tagName) || scrollsSideways(target)) return;
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const next = state.position + step;
  if (!step || next < 1 || next > state.view.cases.length) return;
  event.preventDefault();
  show(next, { focus: true });
}

function scrollsSideways(target) {
  return target instanceof Element && target !== document.body && target.scrollWidth > target.clientWidth + 1
    && getComputedStyle(target).overflowX !== "visible" && getComputedStyle(target).overflowX !== "hidden";
}

async function end() {
  try {
    await read(`/v1/sessions/${state.id}`, { method: "DELETE" });
  } catch (error) {
    if (error.status !== 404) {
      say(wordsOf(error));
      return;
    }
  }
  closed("Séance close : toutes ses fiches sont effacées.");
}

function closed(words) {
  clearTimeout(state.timer);
  Object.assign(state, { id: "", position: 0, view: null, open: null });
  history.replaceState(null, "", location.pathname);
  propositions.case = null;
  showDecisions(null);
  for (const name of ["cases", "case-title", "facts"]) fill(byId(name));
  byId("running").hidden = true;
  byId("refused").hidden = true;
  byId("sure").hidden = true;
  byId("end").hidden = false;
  byId("start").hidden = false;
  byId("open").reset();
  say(words);
  byId("file").focus();
}

function listenToEnd() {
  const ask = (sure) => {
    byId("sure").hidden = !sure;
    byId("end").hidden = sure;
    byId(sure ? "end-now" : "end").focus();
  };
  byId("end").addEventListener("click", () => ask(true));
  byId("keep").addEventListener("click", () => ask(false));
  byId("end-now").addEventListener("click", end);
}

// ---------------------------------------------------------------- start

async function resume() {
  const [id, position] = location.hash.slice(1).split("/");
  if (!/^[\w-]{16,64}$/.test(id)) return;
  state.id = id;
  try {
    await start(Number(position) || 1);
    say("");
  } catch (error) {
    if (error.status === 404) closed("Cette séance est close : ses fiches sont effacées.");
    else say(wordsOf(error));
  }
}

function listen() {
  byId("open").addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = byId("file").files;
    if (!file) {
      say("Choisissez d’abord un fichier.");
      byId("file").focus();
      return;
    }
    await open(await file.text());
  });
  byId("samples").hidden = document.body.dataset.demo === undefined;
  byId("samples").addEventListener("click", async () => {
    const { cases } = await read("/demo/cases");
    await open(cases.map((one) => JSON.stringify(one)).join("\n"));
  });
  byId("previous").addEventListener("click", () => show(state.position - 1, { focus: true }));
  byId("next").addEventListener("click", () => show(state.position + 1, { focus: true }));
  document.addEventListener("keydown", turn);
  for (const name of ["role", "user"]) {
    byId(name).addEventListener("change", () => {
      propositions.actor = actor();
    });
  }
  propositions.fetcher = answerFor;
  propositions.addEventListener("decision-recorded", (event) => heard(event.detail));
  listenForKey(() => (state.id || location.hash ? resume() : say("Clé reçue : vous pouvez ouvrir la séance.")));
  listenToEnd();
}

listen();
resume();
