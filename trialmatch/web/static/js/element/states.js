// What stands in the element: one state at a time. The keyboard stays where it was when an answer comes in.

import { card } from "./card.js";
import { el, fill } from "./dom.js";
import { closest, groups } from "./groups.js";
import { foot, notes, printedCase, stamp } from "./notes.js";
import { answeredList, firstQuestion } from "./questions.js";
import { counted, mainOnes, quietLine, sentence, TOP_CARDS } from "./sentence.js";
import { safeAddress } from "./words.js";

const ARCHIMAID = "https://archimaid.fr/";
const USEFUL = ["histologie et stade", "extension actuelle", "ligne prévue et traitements reçus", "biomarqueurs", "âge et OMS (PS)"];

export class States {
  #root;
  #title = el("h2", {});
  #stamp = el("p", { class: "quiet small" });
  #bar = el("div", { class: "bar" }, this.#title, this.#stamp);
  #sentence = el("p", { class: "sentence", role: "status", "aria-live": "polite" });
  #place = el("div", { class: "content" });
  #box = el("div", { class: "box", lang: "fr", role: "group", tabindex: "-1" }, this.#bar, this.#sentence, this.#place);
  #order = [];

  constructor(root) {
    this.#root = root;
    root.append(this.#box);
    this.entitle(null);
  }

  /** The words above: none (an empty title) takes the bar away. */
  entitle(words) {
    const title = words ?? "Essais cliniques";
    fill(this.#title, title);
    this.#bar.hidden = title === "";
    this.#box.setAttribute("aria-label", title || "Essais cliniques");
  }

  /** Another case: nothing of the one before is left to be read, or pressed, as if it were of this one. */
  begin() {
    this.#order = [];
    const held = this.#place.contains(this.#root.activeElement);
    this.#place.style.minHeight = `${this.#place.offsetHeight}px`;
    this.#place.removeAttribute("aria-busy");
    this.#say("");
    fill(this.#stamp);
    fill(this.#place);
    if (held) this.#box.focus();
  }

  empty() {
    this.#only("", el("div", { class: "empty" },
      el("p", {}, "Le siège de la tumeur suffit pour commencer. Chaque précision réduit les essais à vérifier :"),
      el("ul", { class: "lines" }, USEFUL.map((line) => el("li", {}, line)))));
  }

  judging() {
    if (this.#place.querySelector("[data-trial]")) {
      this.#place.setAttribute("aria-busy", "true");
      return;
    }
    this.#say("");
    fill(this.#place, el("div", { class: "skeleton", "aria-hidden": "true" }, el("span"), el("span"), el("span")));
  }

  slow() {
    this.#say("Calcul en cours…");
  }

  /** One line, the same search elsewhere, and another try. */
  down(words, address, retry) {
    this.#only(words, el("div", { class: "empty" },
      el("p", {}, "La fiche reste utilisable. ", this.#elsewhere(address), ".",
        retry ? [" ", el("button", { type: "button", class: "plain", data: { key: "retry" }, onclick: retry }, "Réessayer")] : null)));
  }

  refused(errors) {
    this.#only("La fiche est à corriger",
      el("ul", { class: "lines" }, errors.map((one) => el("li", {}, `${one.where} : ${one.words}`))));
  }

  answer(answer, told, answers, acts) {
    const quiet = quietLine(answer);
    const kept = this.#remembered();
    this.#place.style.minHeight = "";
    this.#place.removeAttribute("aria-busy");
    this.#say(quiet ?? sentence(answer));
    fill(this.#stamp, stamp(answer));
    const shown = mainOnes(answer).slice(0, TOP_CARDS);
    fill(this.#place,
      printedCase(told, answer),
      answeredList(answers, acts),
      notes(answer, told, acts),
      quiet ? null : [
        firstQuestion(answer, acts),
        shown.length ? el("div", { class: "cards" }, shown.map((one) => card(one, answer, acts))) : this.#nothing(answer, acts),
        groups(answer, acts),
      ],
      foot(answer));
    this.#restore(kept);
    this.#showMoves(shown);
  }

  #nothing(answer, acts) {
    const place = el("div", { class: "none" });
    const link = el("p", { class: "small" }, this.#elsewhere(answer.archimaid_search_url), ".");
    fill(place, link);
    closest(acts).then((near) => near && place.isConnected && fill(place, near, link)).catch(() => {});
    return place;
  }

  #elsewhere(address) {
    const link = safeAddress(address);
    return el("a", { href: link ?? ARCHIMAID, rel: "noreferrer noopener", target: "_blank" },
      link ? "Chercher ce cas sur ARCHIMAID (nouvel onglet)" : "Consulter les essais sur ARCHIMAID (nouvel onglet)");
  }

  #only(words, content) {
    this.#order = [];
    this.#place.style.minHeight = "";
    this.#place.removeAttribute("aria-busy");
    this.#say(words);
    fill(this.#stamp);
    const kept = this.#remembered();
    fill(this.#place, content);
    this.#restore(kept);
  }

  #say(text) {
    if (this.#sentence.textContent !== text) fill(this.#sentence, text);
  }

  #remembered() {
    const active = this.#root.activeElement;
    return {
      focus: this.#place.contains(active), key: active?.dataset?.key, trial: active?.closest("[data-trial]")?.dataset.trial,
      from: active?.selectionStart ?? null, to: active?.selectionEnd ?? null,
    };
  }

  /** Focus goes back to the same button; else to what the same card now decides or undoes; else to the element's box. */
  #restore({ focus, key, trial, from, to }) {
    if (!focus) return;
    const same = key && [...this.#place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && one.tagName !== "DETAILS");
    const own = trial && [...this.#place.querySelectorAll("[data-trial]")].find((one) => one.dataset.trial === trial);
    (same ?? own?.querySelector('[data-key$="/undecide"], [data-key$="/retain"]') ?? this.#box).focus({ preventScroll: true });
    if (same?.tagName === "INPUT" && from !== null) same.setSelectionRange(from, to);
  }

  /** Marks, for a moment, the cards that an answer brought up or moved. */
  #showMoves(shown) {
    const order = shown.map((one) => `${one.trial_id} ${one.verdict}`);
    if (this.#order.length) {
      order.forEach((one, index) => {
        if (this.#order[index] === one) return;
        [...this.#place.querySelectorAll(".card")].find((found) => found.dataset.trial === shown[index].trial_id)?.classList.add("moved");
      });
    }
    this.#order = order;
  }
}

/** The number of each verdict, for the host. */
export function told(answer) {
  return { match_id: answer.match_id, catalogue_version: answer.catalogue_version, ...counted(answer) };
}

/** The trials whose cards are opened at a glance. */
export function shownIn(answer) {
  return quietLine(answer) ? [] : mainOnes(answer).slice(0, TOP_CARDS).map((one) => one.trial_id);
}
