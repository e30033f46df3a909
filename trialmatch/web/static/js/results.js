// What stands on the right: one state at a time. The keyboard stays where it was when an answer comes in.

import { card } from "./card.js";
import { byId, el, fill } from "./dom.js";
import { groups } from "./groups.js";
import { foot, notes, printedCase } from "./notes.js";
import { answeredList, firstQuestion } from "./questions.js";
import { mainOnes, quietLine, sentence, TOP_CARDS } from "./sentence.js";

const place = () => byId("answer");
let lastOrder = [];

/** Another case: nothing of it has moved. */
export function forgetOrder() {
  lastOrder = [];
}

function say(text) {
  if (byId("sentence").textContent !== text) fill(byId("sentence"), text);
}

export function showEmpty(hasSamples) {
  lastOrder = [];
  say("");
  fill(place(), el("div", { class: "empty" },
    el("p", {}, hasSamples ? "Choisissez un cas d’exemple, ou remplissez la fiche." : "Remplissez la fiche."),
    el("p", {}, "Le siège de la tumeur suffit pour commencer. Chaque précision réduit les essais à vérifier :"),
    el("ul", {}, ["histologie et stade", "extension actuelle", "ligne prévue et traitements reçus", "biomarqueurs", "âge et OMS (PS)"]
      .map((line) => el("li", {}, line)))));
}

export function showJudging() {
  if (place().querySelector("[data-trial]")) {
    place().setAttribute("aria-busy", "true");
    return;
  }
  fill(place(), el("div", { class: "skeleton", "aria-hidden": "true" }, el("span"), el("span"), el("span")));
}

export function showSlow() {
  say("Calcul en cours…");
}

export function showDown() {
  lastOrder = [];
  place().removeAttribute("aria-busy");
  say("Service indisponible");
  fill(place(), el("div", { class: "empty" },
    el("p", {}, "La fiche reste utilisable. Les essais ouverts se consultent sur ",
      el("a", { href: "https://archimaid.fr/", rel: "noreferrer noopener", target: "_blank" }, "ARCHIMAID"), ".")));
}

export function showRefused(errors) {
  lastOrder = [];
  place().removeAttribute("aria-busy");
  say("La fiche est à corriger");
  fill(place(), el("ul", { class: "lines" }, errors.map((one) => el("li", {}, `${one.where} : ${one.words}`))));
}

export function showAnswer(answer, told, session, acts) {
  place().removeAttribute("aria-busy");
  const quiet = quietLine(answer);
  const kept = remembered();
  say(quiet ?? sentence(answer));
  fill(byId("printed-case"), printedCase(told, answer));
  fill(place(),
    answeredList(session.answers, acts.undo),
    notes(answer),
    quiet ? null : [
      firstQuestion(answer, session.skipped, acts),
      el("div", { class: "cards" }, mainOnes(answer).slice(0, TOP_CARDS).map((one) => card(one, answer, acts))),
      groups(answer, acts),
    ],
    foot(answer));
  restore(kept);
  showMoves(answer);
}

function remembered() {
  const open = [...place().querySelectorAll("details[open]")].map((element) => element.dataset.key);
  return { open, focus: place().contains(document.activeElement), key: document.activeElement?.dataset?.key };
}

/** Opens again what was open; focus goes back to its button, or to the results where the button is gone. */
function restore({ open, focus, key }) {
  for (const element of place().querySelectorAll("details[data-key]")) {
    if (open.includes(element.dataset.key)) element.open = true;
  }
  if (!focus) return;
  const same = key && [...place().querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && one.tagName === "BUTTON");
  (same ?? byId("results")).focus({ preventScroll: true });
}

/** Marks, for a moment, the cards that an answer brought up or moved. */
function showMoves(answer) {
  const order = mainOnes(answer).slice(0, TOP_CARDS).map((one) => `${one.trial_id} ${one.verdict}`);
  if (lastOrder.length) {
    for (const moved of order.filter((one, index) => lastOrder[index] !== one)) {
      place().querySelector(`[data-trial="${CSS.escape(moved.split(" ")[0])}"]`)?.classList.add("moved");
    }
  }
  lastOrder = order;
}
