// What is folded away, always reachable: hanging on a rare test, not compatible and why, to be confirmed.

import { card } from "./card.js";
import { el, fill } from "./dom.js";
import { ifTested, mainOnes, TOP_CARDS } from "./sentence.js";
import { day } from "./words.js";

export function groups(answer, acts) {
  return el("div", { class: "groups" },
    rest(answer, acts), hanging(answer, acts), confirmations(answer), ruledOut(answer));
}

function group(key, title, build) {
  const inside = el("div");
  const element = el("details", { class: "group", data: { key } }, el("summary", {}, title), inside);
  let built = false;
  element.addEventListener("toggle", () => {
    if (!element.open || built) return;
    built = true;
    fill(inside, build());
  });
  return element;
}

function rest(answer, acts) {
  const others = mainOnes(answer).slice(TOP_CARDS);
  if (!others.length) return null;
  return group("rest", `Autres essais compatibles ou à vérifier — ${others.length}`, () =>
    others.map((one) => card(one, answer, acts)));
}

function hanging(answer, acts) {
  const found = ifTested(answer);
  if (!found.length) return null;
  const names = [...new Set(found.flatMap((one) => one.missing.map((item) => item.name).filter(Boolean)))];
  const what = names.length ? ` (${names.slice(0, 4).join(", ")}${names.length > 4 ? "…" : ""})` : "";
  return group("if-tested", `Sous réserve d’une altération non recherchée${what} — ${found.length}`, () =>
    found.map((one) => card(one, answer, acts)));
}

function confirmations(answer) {
  const shown = mainOnes(answer).slice(0, TOP_CARDS).filter((one) => one.to_confirm.length);
  if (!shown.length) return null;
  const total = new Set(shown.flatMap((one) => one.to_confirm)).size;
  return group("to-confirm", `À confirmer à la sélection — ${total}`, () => shown.map((one) =>
    el("section", {}, el("h3", {}, one.acronym ?? one.nct ?? one.trial_id),
      el("ul", { class: "lines small" }, one.to_confirm.map((line) => el("li", {}, line))))));
}

function ruledOut(answer) {
  if (!answer.ruled_out_total) return null;
  return group("ruled-out", `Essais non compatibles : motifs — ${answer.ruled_out_total}`, () => motives(answer));
}

function motives(answer) {
  const places = { lifted: el("div"), read: el("div"), others: el("div") };
  const none = el("p", { class: "quiet", hidden: true }, "Aucun essai ne correspond à cette recherche.");
  const show = (typed) => {
    const found = answer.ruled_out.filter((one) => names(one, typed));
    for (const [part, place] of Object.entries(places)) fill(place, section(part, found, answer.as_of));
    none.hidden = found.length > 0;
  };
  show("");
  const cut = answer.ruled_out_total - answer.ruled_out.length;
  return [
    el("label", {}, el("span", { class: "small quiet" }, "Chercher un essai ou un motif"),
      el("input", { class: "search", type: "search", autocomplete: "off", oninput: (event) => show(event.target.value) })),
    none, places.lifted, places.read, places.others,
    cut > 0 ? el("p", { class: "quiet small" }, `${cut} autres essais ne sont pas listés ici.`) : null,
  ];
}

const TITLES = {
  lifted: "À un motif près, que le temps ou les soins peuvent lever",
  read: "Sur une lecture automatique, non relue",
  others: "Autres essais",
};

function partOf(one) {
  if (one.reversible) return "lifted";
  return one.reasons.every((reason) => reason.origin === "read") ? "read" : "others";
}

function section(part, found, asOf) {
  const own = found.filter((one) => partOf(one) === part);
  if (!own.length) return null;
  return [el("h3", {}, TITLES[part]), el("ul", { class: "motives" }, own.map((one) => motive(one, asOf)))];
}

function motive(one, asOf) {
  const reasons = one.reasons.map((reason) => {
    const until = reason.until ? ` Possible à partir du ${day(reason.until, asOf)}.` : "";
    return `${reason.explanation}${until}`;
  });
  const near = one.near_miss && !one.reversible ? " · un seul motif" : "";
  return el("li", {},
    el("span", {}, el("strong", {}, one.acronym ?? one.trial_id), el("span", { class: "quiet small" }, ` ${one.title}${near}`)),
    el("span", {}, el("span", { "aria-hidden": "true" }, "○ "), reasons.join(" ")));
}

function names(one, typed) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const searched = plain([one.trial_id, one.acronym, one.title, ...one.reasons.map((reason) => reason.explanation)].join(" "));
  return plain(typed).split(/\s+/).every((word) => searched.includes(word));
}
