// What is folded away, always reachable: hanging on a rare test, not compatible and why, to be confirmed.

import { card } from "./card.js";
import { group } from "./disclosure.js";
import { el, fill } from "./dom.js";
import { counted, ifTested, mainOnes, TOP_CARDS } from "./sentence.js";
import { count, day, nameOf } from "./words.js";

const CLOSEST = 5;

export function groups(answer, acts) {
  return el("div", { class: "groups" },
    rest(answer, acts), hanging(answer, acts), confirmations(answer, acts), ruledOut(answer, acts));
}

function rest(answer, acts) {
  const { compatible, to_check: toCheck } = counted(answer);
  const more = compatible + toCheck - Math.min(TOP_CARDS, mainOnes(answer).length);
  if (more <= 0) return null;
  return group("rest", `Autres essais compatibles ou à vérifier — ${more}`, async () => {
    const whole = await acts.whole();
    return cards(mainOnes(whole).slice(TOP_CARDS), whole, acts);
  }, acts);
}

function hanging(answer, acts) {
  const { if_tested: number } = counted(answer);
  if (!number) return null;
  const names = [...new Set(ifTested(answer).flatMap((one) => one.missing.map((item) => item.name).filter(Boolean)))];
  const what = names.length ? ` (${names.slice(0, 4).join(", ")}${names.length > 4 ? "…" : ""})` : "";
  return group("if-tested", `Sous réserve d’une altération non recherchée${what} — ${number}`, async () => {
    const whole = await acts.whole();
    return cards(ifTested(whole), whole, acts);
  }, acts);
}

function cards(shown, answer, acts) {
  return el("div", { class: "cards" }, shown.map((one) => card(one, answer, acts)));
}

function confirmations(answer, acts) {
  const shown = mainOnes(answer).slice(0, TOP_CARDS).filter((one) => one.to_confirm.length);
  if (!shown.length) return null;
  const total = new Set(shown.flatMap((one) => one.to_confirm)).size;
  return group("to-confirm", `À confirmer à la sélection — ${total}`, () => shown.map((one) =>
    el("section", {}, el("h3", {}, nameOf(one)),
      el("ul", { class: "lines small" }, one.to_confirm.map((line) => el("li", {}, line))))), acts);
}

function ruledOut(answer, acts) {
  if (!answer.ruled_out_total) return null;
  return group("ruled-out", `Essais non compatibles : motifs — ${answer.ruled_out_total}`,
    async () => motives(await acts.whole(), acts), acts);
}

/** When nothing matches: the closest misses, and the fact that separates each. */
export async function closest(acts) {
  const whole = await acts.whole();
  const near = [...whole.ruled_out].filter((one) => one.near_miss && !ofTheTrial(one))
    .sort((a, b) => Number(b.reversible) - Number(a.reversible)).slice(0, CLOSEST);
  if (!near.length) return null;
  return el("section", { class: "closest" }, el("h3", {}, "Les plus proches, à un motif près"),
    el("ul", { class: "motives" }, near.map((one) => motive(one, whole.as_of))));
}

/** A trial that is closed is no near miss of the patient. */
function ofTheTrial(one) {
  return one.reasons.some((reason) => reason.kind === "status");
}

function motives(answer, acts) {
  const places = { lifted: el("div"), read: el("div"), others: el("div") };
  const none = el("p", { class: "quiet", hidden: true }, "Aucun essai ne correspond à cette recherche.");
  const show = (typed) => {
    acts.search(typed);
    const found = answer.ruled_out.filter((one) => names(one, typed));
    for (const [part, place] of Object.entries(places)) fill(place, section(part, found, answer.as_of));
    none.hidden = found.length > 0;
  };
  const search = el("input", { class: "search", type: "search", autocomplete: "off", data: { key: "search" },
    oninput: (event) => show(event.target.value) });
  search.value = acts.searched();
  show(search.value);
  const cut = answer.ruled_out_total - answer.ruled_out.length;
  return [
    el("label", {}, el("span", { class: "small quiet" }, "Chercher un essai ou un motif"), search),
    none, places.lifted, places.read, places.others,
    cut > 0 ? el("p", { class: "quiet small" }, `${count(cut, "autre essai n’est pas listé", "autres essais ne sont pas listés")} ici.`) : null,
  ];
}

const TITLES = {
  lifted: "À un motif près, que le temps ou les soins peuvent lever",
  read: "Sur une lecture automatique, non relue",
  others: "Autres essais",
};

function partOf(one) {
  if (one.reversible) return "lifted";
  return one.reasons.length && one.reasons.every((reason) => reason.origin === "read") ? "read" : "others";
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
  return el("li", {},
    el("span", { class: "of" }, el("strong", {}, nameOf(one)),
      el("span", { class: "quiet small" }, ` ${[one.acronym ? one.nct : null, one.title].filter(Boolean).join(" · ")}`)),
    el("span", {}, el("span", { "aria-hidden": "true" }, "○ "), [...new Set(reasons)].join(" ")));
}

function names(one, typed) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase();
  const searched = plain([one.trial_id, one.nct, one.acronym, one.title, ...one.reasons.map((reason) => reason.explanation)].join(" "));
  return plain(typed).split(/\s+/).every((word) => searched.includes(word));
}
