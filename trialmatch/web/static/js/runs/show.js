// What is shown of runs: the list, one run, those that wait for a person.

import { el } from "../element/dom.js";
import { count, instant } from "../element/words.js";
import {
  changesWords, doubtWords, duration, errorWords, modeWords, OUTCOMES, pathWords, runWords, stageWords, statusWords,
} from "./words.js";

const KINDS = { added: "ajouté", changed: "modifié", withdrawn: "retiré" };
const OF = { trial: "essai", cohort: "cohorte", site: "centre" };
const BAD = new Set(["failed", "abandoned"]);
const OPEN = new Set(["held", "still_held"]);

export function runsTable(runs, shownId) {
  const heads = ["N°", "Source", "Début", "Durée", "Lu", "Résultat", "Essais", "Écartés"];
  return el("table", { "aria-labelledby": "runs-title" },
    el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
    el("tbody", {}, runs.map((run) => runRow(run, run.run_id === shownId))));
}

function runRow(run, isShown) {
  return el("tr", { "aria-current": isShown ? "true" : null },
    el("th", { scope: "row" }, el("a", { href: `#lecture-${run.run_id}`, "aria-label": `Lecture n° ${run.run_id}` },
      String(run.run_id))),
    el("td", {}, run.source),
    el("td", { class: "short" }, instant(run.started_at)),
    el("td", { class: "short" }, duration(run.duration_s)),
    el("td", {}, modeWords(run)),
    el("td", {}, outcome(run)),
    el("td", {}, run.outcome === "running" ? "" : changesWords(run)),
    el("td", { class: "number" }, run.set_aside ? String(run.set_aside) : ""));
}

function outcome(run) {
  const kind = BAD.has(run.outcome) ? "bad" : OPEN.has(run.outcome) ? "open-question" : null;
  return [el("span", { class: kind }, OUTCOMES[run.outcome] ?? run.outcome), progress(run)];
}

function progress(run) {
  if (run.outcome !== "running") return null;
  const { stage } = run;
  const known = stage?.total ? { max: String(stage.total), value: String(stage.done) } : {};
  return [` : ${stageWords(stage)}`, el("progress", { "aria-label": `Avancement de la lecture n° ${run.run_id}`, ...known })];
}

/** A run that waits for a person: why, what would change, what to do. */
export function waitingRun(run, decide) {
  const title = `waiting-${run.run_id}`;
  return el("article", { class: "waiting", "aria-labelledby": title },
    el("h2", { id: title }, `À décider : la lecture n° ${run.run_id} (${run.source}, ${instant(run.started_at)}) n’est pas appliquée`),
    el("ul", {}, run.held_because.map((one) => el("li", {}, doubtWords(one)))),
    el("p", {}, `Le catalogue précédent continue de servir. L’accepter : ${changesWords(run)}. `,
      el("a", { href: `#lecture-${run.run_id}` }, "Voir ce qui changerait")),
    el("p", { class: "acts" },
      el("button", { type: "button", onclick: () => decide(run, "accept") }, "Accepter…"),
      el("button", { type: "button", onclick: () => decide(run, "refuse") }, "Refuser…")));
}

/** One run whole. `more` is called for further changes, `decide` for a decision. */
export function runDetail(run, more, decide) {
  const isOpen = run.outcome === "held" || (run.outcome === "refused" && run.about_run_id === null);
  return [
    el("h2", { id: "detail-title" }, runWords(run)),
    el("p", {}, outcome(run), ` · ${modeWords(run)} · ${count(run.listed, "fiche lue", "fiches lues")}`,
      run.decided_at && ` · décidée le ${instant(run.decided_at)}`,
      run.about_run_id && [" · ", el("a", { href: `#lecture-${run.about_run_id}` }, `voir la lecture n° ${run.about_run_id}`)]),
    run.error_code && el("p", {}, `${errorWords(run.error_code)} `,
      run.error_message && el("span", { class: "quiet small", lang: "en" }, run.error_message)),
    run.held_because.length > 0 && el("ul", { class: "plain" }, run.held_because.map((one) => el("li", {}, doubtWords(one)))),
    isOpen && el("p", { class: "acts" },
      el("button", { type: "button", onclick: () => decide(run, "accept") }, "Accepter…"),
      run.outcome === "held" && el("button", { type: "button", onclick: () => decide(run, "refuse") }, "Refuser…")),
    run.changes.length > 0 && changesTable(run, isOpen ? "Ce qui changerait" : "Ce qui a changé"),
    run.next_after !== null && el("p", {}, el("button", { type: "button", onclick: more }, "Autres changements")),
    run.records_set_aside.length > 0 && asideTable(run.records_set_aside),
  ];
}

function changesTable(run, title) {
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    el("table", {}, el("caption", {}, title),
      el("thead", {}, el("tr", {}, ["Essai", "", "Ouvertures et fermetures", "Autres champs"].map(
        (head) => (head ? el("th", { scope: "col" }, head) : el("td", {}))))),
      el("tbody", {}, run.changes.map(changeRow))));
}

function changeRow(change) {
  return el("tr", {},
    el("th", { scope: "row" }, change.trial_id, change.title && el("div", { class: "quiet" }, change.title)),
    el("td", {}, KINDS[change.kind]),
    el("td", {}, change.statuses.map((one) => el("div", {}, `${one.name ?? OF[one.of]} : `,
      el("del", {}, statusWords(one.before)), " → ", el("ins", {}, statusWords(one.after))))),
    el("td", {}, change.fields.length > 0 && el("details", {},
      el("summary", {}, count(change.fields.length, "champ")),
      change.fields.map((one) => el("div", {}, `${pathWords(one.path)} : `,
        el("del", {}, valueWords(one.before)), " → ", el("ins", {}, valueWords(one.after)))))));
}

function valueWords(value) {
  if (value === null) return "absent";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function asideTable(aside) {
  const heads = ["Fiche", "Où", "Pourquoi", "Dernière version valable gardée"];
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Fiches écartées" },
    el("table", {}, el("caption", {}, "Ce qui n’a pas pu être lu"),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, aside.map((one) => el("tr", {},
        el("th", { scope: "row" }, one.record_id ?? "sans identifiant"), el("td", {}, one.path),
        el("td", { lang: "en" }, one.reason), el("td", {}, one.last_good_kept ? "oui" : ""))))));
}
