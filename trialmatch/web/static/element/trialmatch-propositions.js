// <trialmatch-propositions>, in one file. Written by `make element` from trialmatch/web/static/js/element and
// css/element.css: change those. Apache-2.0.
(() => {
"use strict";

const $words = (() => {
// The words of the screen. Short; no jargon of ours, no percentage, no rank.

const VERDICTS = {
  compatible: { sign: "●", words: "Compatible avec la fiche" },
  to_check: { sign: "◐", words: "À vérifier" },
};

const JUDGED = {
  met: { sign: "●", words: "rempli" },
  unknown: { sign: "◐", words: "à vérifier" },
  not_met: { sign: "○", words: "non rempli" },
};

const ORIGINS = {
  declared: "donnée par le catalogue",
  curated: "structuré et relu",
  read: "lu automatiquement, non relu",
};

const KINDS = {
  status: "statut de l’essai", organ: "organe", histology: "histologie", stage: "stade", extent: "extension",
  line: "ligne de traitement", prior_treatment: "traitements antérieurs", biomarker: "biomarqueur", age: "âge",
  sex: "sexe", ecog: "OMS (PS)", brain_metastases: "métastases cérébrales", other_cancer: "autre cancer",
  comorbidity: "comorbidités", labs: "biologie", measurable: "maladie mesurable", washout: "délai",
  consent: "consentement", contraception: "contraception", other: "autre critère",
};

const STATUSES = [
  ["positive", "positif"], ["negative", "négatif"], ["equivocal", "équivoque"], ["pending", "en attente"],
  ["not_tested", "non fait"], ["not_interpretable", "ininterprétable"],
];

const RESULTS = new Map(STATUSES);

/** « KRAS G12C » of what was found; a variant or a figure that was not found says so: « EGFR T790M négatif ». */
function resultWords(one) {
  const figure = one.value === undefined || one.value === null ? null : `${one.value}${one.unit ? ` ${one.unit}` : ""}`;
  const status = RESULTS.get(one.status);
  const told = one.variant || figure;
  const said = told && (one.status === "positive" || (figure && !one.variant && MEASURED.has(one.status)));
  return [one.name, one.variant, figure, said ? null : status].filter(Boolean).join(" ");
}

/** A figure speaks for itself, whatever side of a threshold it is put on. */
const MEASURED = new Set(["negative", "equivocal"]);

const ROLES = {
  doctor: "médecin", coordinator: "coordination", nurse: "infirmier", cra: "ARC ou TEC", investigator: "investigateur",
  secretary: "secrétariat",
};

/** The role of who decides, in French where it is one of ours. */
const roleWords = (role) => ROLES[role] ?? role.replaceAll("_", " ");

const SITES = { open: "ouvert", planned: "à ouvrir", suspended: "suspendu", closed: "fermé" };

const FIELDS = {
  case_id: "identifiant de la fiche", "tumour.topography": "siège", "tumour.histology": "histologie",
  "tumour.grade": "grade", "tumour.diagnosed_on": "date du diagnostic", stage: "stade", "stage.group": "stade",
  "stage.clinical": "cTNM", "stage.pathological": "pTNM", "stage.other": "autre classification",
  "disease.phase": "phase", "disease.extent": "extension", "disease.metastatic_sites": "sites métastatiques",
  "disease.brain_metastases": "métastases cérébrales", disease: "maladie", "patient.age": "âge",
  "patient.sex": "sexe", "patient.postal_code": "code postal", "performance.ecog": "OMS (PS)",
  biomarkers: "biomarqueurs", treatments: "traitements", planned_line: "ligne prévue",
  planned_setting: "situation", summary_text: "synthèse", labs: "biologie", conditions: "comorbidités",
  medications: "médicaments", suitability: "aptitude", "rcp.date": "date de la RCP",
};

/** The name on screen of a field of the case: `biomarkers[0].name` → « biomarqueurs ». */
function fieldWords(path) {
  const steps = path.replace(/^case\./, "").replace(/\[\d+\]/g, "").split(".");
  while (steps.length) {
    const words = FIELDS[steps.join(".")];
    if (words) return words;
    steps.pop();
  }
  return path;
}

/** « 1 essai », « 3 essais ». */
function count(number, one, several = `${one}s`) {
  return `${number} ${number > 1 ? several : one}`;
}

/** « 10/11 », with the year when it is another one. */
function day(iso, reference = "") {
  const [year, month, date] = iso.slice(0, 10).split("-");
  return year === reference.slice(0, 4) ? `${date}/${month}` : `${date}/${month}/${year}`;
}

/** « 23/11 à 06:00 », in the time of the reader. */
function instant(iso) {
  const at = new Date(iso);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(at.getDate())}/${two(at.getMonth() + 1)} à ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** « 4 km ». */
function distance(km) {
  if (km < 1) return "moins de 1 km";
  return `${km < 10 ? km.toFixed(1).replace(".", ",").replace(",0", "") : Math.round(km)} km`;
}

/** Into a sentence: « Refus du patient » → « refus du patient », while « PD-L1 » and « ISUP » stay. */
function small(text) {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How a trial is called on screen: its acronym, else a number. */
function nameOf(trial) {
  return trial.acronym ?? trial.nct ?? trial.trial_id;
}

/** The address of a link, or null for what no link may lead to (`javascript:`, `data:` …). */
function safeAddress(typed) {
  try {
    const address = new URL(typed);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** The codes are those of `POST /v1/decisions`. */
const REASONS = {
  criterion_unknown_to_form: "Critère absent de la fiche", patient_refuses: "Refus du patient", too_far: "Trop loin",
  delay_incompatible: "Délai incompatible", no_slot: "Pas de place", standard_treatment_first: "Traitement standard d’abord",
  general_state: "État général", alteration_not_confirmed: "Altération non confirmée", other_trial: "Autre essai",
  doctor_choice: "Choix du médecin", other: "Autre",
};

/** « 14:32 », of an instant. */
function clock(at) {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
return { VERDICTS, JUDGED, ORIGINS, KINDS, STATUSES, resultWords, roleWords, SITES, fieldWords, count, day, instant, distance, small, capital, nameOf, safeAddress, REASONS, clock };
})();

const $case = (() => {
const { fieldWords } = $words;
// What a case says, and how a refusal of it is told.


const SAYS_NOTHING = new Set(["case_id", "rcp", "complete"]);

/** Whether there is anything to judge: one value somewhere, beside the board itself. */
function saysSomething(told) {
  return Object.entries(told ?? {}).some(([key, value]) => !SAYS_NOTHING.has(key) && holdsValue(value));
}

function holdsValue(value) {
  if (value === null || value === undefined || value === "") return false;
  return typeof value === "object" ? Object.values(value).some(holdsValue) : true;
}

/** Each field that the service refused, in words; never with its value. */
function refusals(problem) {
  const errors = (problem.errors ?? []).map((one) => ({
    path: one.field.replace(/^case\./, ""),
    where: fieldWords(one.field),
    words: one.code === "identity" ? "une identité y est écrite : retirez-la" : "valeur à corriger",
  }));
  return errors.length ? errors : [{ path: "", where: "fiche", words: "elle n’a pas pu être lue" }];
}

/** Where distances are counted from, as the service does. */
function origin(told) {
  if (told?.patient?.postal_code) return "la commune du patient";
  return told?.rcp?.site_finess ? "l’établissement de la RCP" : "";
}
return { saysSomething, refusals, origin };
})();

const $dom = (() => {
// Elements built from data by textContent only: nothing that was sent is ever read as markup.

const NARROW = "\u202f";
const WIDE = "\u00a0";

/** French typography: no sign is parted from its word at the end of a line; apostrophes are round. */
function typo(text) {
  return String(text)
    .replace(/ ([?!;»%])/g, `${NARROW}$1`)
    .replace(/ :/g, `${WIDE}:`)
    .replace(/« /g, `«${NARROW}`)
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’");
}

/** An element: attributes as they are written, `on…` functions as listeners, `data` as data-*, the rest children. */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter(isSomething).map(asNode));
  return element;
}

function isSomething(child) {
  return child !== null && child !== undefined && child !== false && child !== "";
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(typo(child));
}

/** Replaces the children of an element. */
function fill(element, ...children) {
  element.replaceChildren(...children.flat(3).filter(isSomething).map(asNode));
}

const byId = (id) => document.getElementById(id);
return { typo, el, fill, byId };
})();

const $disclosure = (() => {
const { el, fill } = $dom;
// What is folded away and built only when it is asked for; what is open stays open when an answer comes in.


/** A folded group with its title; `build` gives its content, or the promise of it. */
function group(key, title, build, acts) {
  const inside = el("div", { class: "inside" });
  const element = el("details", { class: "group", data: { key } }, el("summary", { data: { key: `${key}/title` } }, title), inside);
  let built = false;
  const show = () => {
    if (built) return;
    built = true;
    pour(inside, build);
  };
  element.addEventListener("toggle", () => {
    acts.unfold(key, element.open);
    if (element.open) show();
  });
  if (acts.isUnfolded(key)) {
    element.open = true;
    show();
  }
  return element;
}

/** A button and the panel that it opens. `name` completes the words for who does not see the card around. */
function disclosure(key, { words, name, build }, acts) {
  const panel = el("div", { class: "panel", hidden: true });
  let built = false;
  const button = el("button", {
    type: "button", class: "unfold", "aria-expanded": "false", "aria-label": `${words} : ${name}`, data: { key },
    onclick: () => set(panel.hidden),
  }, words);
  const set = (open) => {
    if (open && !built) pour(panel, build);
    built ||= open;
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    acts.unfold(key, open);
  };
  if (acts.isUnfolded(key)) set(true);
  return { button, panel, close: () => set(false) };
}

async function pour(place, build) {
  const content = build();
  if (!(content instanceof Promise)) {
    fill(place, content);
    return;
  }
  fill(place, el("p", { class: "quiet" }, "Chargement…"));
  try {
    fill(place, await content);
  } catch {
    fill(place, el("p", { class: "quiet" }, "Cette liste n’a pas pu être lue : rouvrez-la dans un instant."));
  }
}
return { group, disclosure };
})();

const $decisions = (() => {
const { el } = $dom;
const { disclosure } = $disclosure;
const { capital, clock, instant, nameOf, REASONS, roleWords, small } = $words;
// What the board decides of a trial: an act of a person, with its undoing.


/** The buttons of a card, or what was decided. `between` stands before the details. */
function decisionButtons(proposition, acts) {
  const name = nameOf(proposition);
  const key = `${proposition.trial_id}/refuse`;
  const refuse = disclosure(key, { words: "Ne pas retenir", name, build: () => reasons(proposition, acts) }, acts);
  const retain = el("button", {
    type: "button", class: "main", "aria-label": `Retenir pour la proposition : ${name}`,
    data: { key: `${proposition.trial_id}/retain` }, onclick: () => acts.decide(proposition, { decision: "retained" }),
  }, "Retenir");
  return { buttons: [retain, refuse.button], panels: [refuse.panel] };
}

function reasons(proposition, acts) {
  const name = nameOf(proposition);
  const give = (reason, text) => acts.decide(proposition, { decision: "not_retained", reason, text });
  const typed = el("input", { type: "text", autocomplete: "off", maxlength: "140" });
  const other = el("form", {
    class: "other", onsubmit: (event) => {
      event.preventDefault();
      if (typed.value.trim()) give("other", typed.value.trim());
      else typed.focus();
    },
  }, el("label", {}, el("span", { class: "small quiet" }, "Autre motif (sans identité)"), typed),
  el("button", { type: "submit" }, "Enregistrer ce motif"));
  return el("div", { class: "reasons", role: "group", "aria-label": `Motif, ${name}` },
    el("div", { class: "choices" }, Object.entries(REASONS).filter(([code]) => code !== "other").map(([code, words]) =>
      el("button", { type: "button", data: { key: `${proposition.trial_id}/${code}` }, onclick: () => give(code) }, words))),
    other);
}

/** « Retenu pour la proposition · médecin · 14:32 · enregistré » and its undoing. */
function decided(proposition, decision, acts) {
  const who = decision.by ? ` · ${roleWords(decision.by)}` : "";
  return el("p", { class: "decided" },
    el("strong", {}, wordsOf(decision)),
    el("span", { class: "quiet" }, `${who} · ${whenOf(decision.at)}${KEPT[decision.kept] ?? ""}`),
    UNDONE_HERE.has(decision.decision) && el("button", {
      type: "button", class: "plain", "aria-label": `Annuler la décision : ${nameOf(proposition)}`,
      data: { key: `${proposition.trial_id}/undecide` }, onclick: () => acts.undecide(proposition),
    }, "Annuler"));
}

/** What comes after the board is followed, and undone, on the page of the follow-up. */
const UNDONE_HERE = new Set(["retained", "not_retained"]);

function wordsOf({ decision, reason, text, words }) {
  if (decision === "retained") return "Retenu pour la proposition";
  if (decision === "not_retained") return `Non retenu : ${text || small(REASONS[reason] ?? REASONS.other)}`;
  return capital(words);
}

function whenOf(at) {
  const sameDay = at.toDateString() === new Date().toDateString();
  return sameDay ? clock(at) : `le ${instant(at)}`;
}

/** What the service keeps of a trial and a case, as the card shows it; null where nothing holds, or nothing was decided. */
function recalled({ state, state_words: words, events }) {
  const last = events.filter((one) => one.event === state && !one.undone).at(-1);
  if (!last || state === "proposed") return null;
  const { reason, reason_text: text, number, by } = last;
  return { decision: state, words, reason, text, number, at: new Date(last.at), by: by.role, kept: "yes" };
}

const KEPT = {
  yes: " · enregistré", failed: " · non enregistré : le service ne répond pas",
  refused: " · non enregistré : refusé par le service",
};

/** The body of `POST /v1/decisions`. */
function decisionOf(trial, what, { actor, answer, told }) {
  const organ = answer.read_as.find((one) => one.field.startsWith("tumour.topography"))?.concept;
  return without({
    case_id: trial.case_id, trial_id: trial.trial_id, event: what.undone ? "undone" : what.decision, by: actor,
    undoes: what.undoes, reason: what.reason, reason_text: what.text, cohort: trial.cohort?.id,
    catalogue_version: trial.catalogue_version,
    match_id: trial.match_id, verdict: trial.verdict, site_finess: told?.rcp?.site_finess,
    organ: organ?.includes("|") ? null : organ, month: answer.as_of.slice(0, 7),
  });
}

function without(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
return { decisionButtons, decided, recalled, decisionOf };
})();

const $patch = (() => {
// The answers of a question are JSON Patches (RFC 6902) of `add` operations on the case.

/** The case with every answer applied in turn; the case itself is left as it is. */
function withAnswers(base, answers) {
  const changed = structuredClone(base);
  for (const answer of answers) for (const operation of answer.set) add(changed, operation);
  return changed;
}

/**
 * One `add`. An answer was written for the case as it then was; since, another may have been undone or the form
 * filled in. So parents that are missing are made, and an object or list that is there by now is completed, never
 * replaced: a fact of the form is not lost to an answer about another one.
 */
function add(target, { op, path, value }) {
  if (op !== "add") throw new Error(`only add is an answer, not ${op}`);
  const steps = path.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = steps.pop();
  let place = target;
  steps.forEach((step, index) => {
    place[step] ??= (steps[index + 1] ?? last) === "-" ? [] : {};
    place = place[step];
  });
  const own = structuredClone(value);
  if (Array.isArray(place)) place.push(own);
  else if (Array.isArray(place[last]) && Array.isArray(own)) place[last].push(...own);
  else if (isObject(place[last]) && isObject(own)) Object.assign(place[last], own);
  else place[last] = own;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
return { withAnswers };
})();

const $service = (() => {
// The calls of the element. The case only ever stands in a body; no cookie of ours, nothing kept.

class Refused extends Error {
  constructor(problem) {
    super(problem?.detail ?? "");
    this.problem = problem ?? {};
  }
}

/** Nobody answered, or not in time. `bare`: somebody did, but has no catalogue to judge against. */
class Down extends Error {
  constructor(message, bare = false) {
    super(message);
    this.bare = bare;
  }
}

const ABSENT = new Set([404, 405]);

/** Where answers come from: an address, or the host's own function `(path, body, { signal }) => Promise<object>`. */
class Service {
  constructor({ address, token, fetcher }) {
    this.address = address;
    this.token = token;
    this.fetcher = fetcher;
  }

  /** The answer for one case. Throws Refused (the case is to be corrected), Down, or AbortError. */
  async match(body, signal) {
    return this.#asked("/v1/match", body, signal);
  }

  /** The address of the same search on archimaid.fr, or null: it is a way out, and never fails. */
  async search(told, signal) {
    try {
      return (await this.#asked("/v1/archimaid/search", { case: told }, signal)).url ?? null;
    } catch {
      return null;
    }
  }

  /** What the service kept of a decision; null where it keeps none. Throws like `match`. */
  async record(decision, signal) {
    try {
      return await this.#asked("/v1/decisions", decision, signal);
    } catch (error) {
      if (error.absent) return null;
      throw error;
    }
  }

  /** What was decided of a case so far; nothing where that cannot be read: it never fails. */
  async decided(caseId) {
    try {
      return (await this.#asked("/v1/decisions/search", { case_ids: [caseId] }))?.followed ?? [];
    } catch {
      return [];
    }
  }

  /** Counts the trials that were shown. */
  async shown(trialIds) {
    return this.#asked("/v1/decisions/displayed", { trial_ids: trialIds });
  }

  async #asked(path, body, signal) {
    return this.fetcher ? this.#byHost(path, body, signal) : this.#byAddress(path, body, signal);
  }

  async #byHost(path, body, signal) {
    try {
      return await this.fetcher(path, body, { signal });
    } catch (error) {
      if (error?.name === "AbortError") throw error;
      if (error?.problem) throw new Refused(error.problem);
      throw Object.assign(new Down(String(error?.message ?? "")), { absent: error?.status === 404 });
    }
  }

  async #byAddress(path, body, signal) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const response = await send(`${this.address}${path}`, {
      method: "POST", headers, body: JSON.stringify(body), signal,
    });
    if (response.status === 204) return null;
    if (response.ok) return read(response);
    if (ABSENT.has(response.status)) throw Object.assign(new Down(String(response.status)), { absent: true });
    if (response.status >= 500) throw new Down(String(response.status), response.status === 503);
    throw new Refused(await read(response));
  }
}

async function send(address, options) {
  try {
    return await fetch(address, {
      cache: "no-store", credentials: "same-origin", referrerPolicy: "no-referrer", redirect: "error", ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Down(error.message);
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Down("the answer is not JSON");
  }
}
return { Refused, Down, Service };
})();

const $contact = (() => {
const { el, fill } = $dom;
const { distance, nameOf } = $words;
// Whom to call, what to copy, and a mail that holds nothing of the patient.


const MOST_SITES = 3;

/** The open sites with a contact, the nearest first; the mail is ready. */
function contactPanel(proposition) {
  const sites = proposition.sites.filter((site) => site.status === "open" && site.contact).slice(0, MOST_SITES);
  if (!sites.length) {
    return el("p", {}, "Aucun contact n’est renseigné pour les centres ouverts : voir la fiche de l’essai.");
  }
  const text = message(proposition);
  return [
    el("ul", { class: "contacts" }, sites.map((site) => contactLine(site, proposition, text))),
    el("p", { class: "quiet small" }, "Message prêt, sans aucune donnée du patient :"),
    el("p", { class: "ready small" }, text),
  ];
}

function contactLine(site, proposition, text) {
  const { name, phone, email } = site.contact;
  const far = site.distance_km === null || site.distance_km === undefined ? "" : ` · ${distance(site.distance_km)}`;
  const said = el("span", { class: "quiet small", role: "status" });
  return el("li", {},
    el("span", {}, el("strong", {}, site.name), el("span", { class: "quiet" }, ` ${[site.city, name].filter(Boolean).join(" · ")}${far}`)),
    el("span", { class: "choices" },
      phone ? el("a", { class: "button", href: telephone(phone) }, `Appeler ${phone}`) : null,
      email ? el("a", { class: "button", href: mail(email, proposition, text) }, "Écrire un courriel") : null,
      el("button", {
        type: "button", "aria-label": `Copier le contact de ${site.name}`,
        onclick: () => copy([site.name, name, phone, email].filter(Boolean).join("\n"), said),
      }, "Copier"), said));
}

function telephone(phone) {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}

function mail(email, proposition, text) {
  const subject = `Essai ${nameOf(proposition)} : inclusions en cours ?`;
  return `mailto:${encodeURIComponent(email).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
}

/** Nothing of the case goes into it: which trial, and what is asked of the site. */
function message(proposition) {
  const number = proposition.nct && proposition.nct !== nameOf(proposition) ? ` (${proposition.nct})` : "";
  return `Bonjour, l’essai ${nameOf(proposition)}${number} est discuté en RCP pour un patient. `
    + "Pouvez-vous nous dire si les inclusions sont en cours dans votre centre, s’il reste des places, et nous rappeler ? Merci.";
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    fill(said, "copié");
  } catch {
    fill(said, `à copier : ${text.replaceAll("\n", " · ")}`);
  }
}
return { contactPanel, telephone, message };
})();

const $criteria = (() => {
const { group } = $disclosure;
const { el } = $dom;
const { JUDGED, KINDS, ORIGINS } = $words;
// The criteria of one trial, as a table: what is asked (quoted), what the form says, what follows, who read it.


const ORDER = { not_met: 0, unknown: 1, met: 2 };
const COLUMNS = ["Critère de l’essai", "Dans la fiche", "Lecture", "Origine"];

function criteriaTable(proposition, acts) {
  if (!proposition.criteria.length) return null;
  const key = proposition.criteria.filter((one) => one.key);
  const others = proposition.criteria.filter((one) => !one.key);
  return el("section", {},
    key.length ? table("Critères vérifiables en RCP", key) : null,
    others.length ? group(`${proposition.trial_id}/screening`, `Critères vérifiés à la sélection — ${others.length}`,
      () => table("Critères vérifiés à la sélection", others), acts) : null);
}

function table(caption, criteria) {
  const sorted = [...criteria].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);
  return el("div", { class: "stacked" }, el("table", {},
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, COLUMNS.map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, sorted.map(row))));
}

function row(criterion) {
  const judged = JUDGED[criterion.verdict];
  const exclusion = criterion.polarity === "exclusion" ? "non-inclusion · " : "";
  return el("tr", { class: criterion.verdict },
    el("th", { scope: "row", class: "wide" },
      criterion.text ? el("q", { class: "quoted" }, criterion.text) : KINDS[criterion.kind],
      el("span", { class: "origin" }, `${exclusion}${KINDS[criterion.kind] ?? ""}`)),
    el("td", { data: { label: COLUMNS[1] } }, criterion.observed ?? el("span", { class: "quiet" }, "non renseigné")),
    el("td", { class: "judged" },
      el("span", { class: "nowrap" }, el("span", { "aria-hidden": "true" }, `${judged.sign} `), judged.words),
      el("span", { class: "origin" }, criterion.explanation)),
    el("td", { class: "from", data: { label: COLUMNS[3] } }, ORIGINS[criterion.origin] ?? criterion.origin));
}
return { criteriaTable };
})();

const $questions = (() => {
const { el } = $dom;
const { count } = $words;
// Questions with answer buttons. An answer holds for the session; it is not written into the form.


const IN_SESSION = "saisi en séance, non enregistré dans la fiche";
const QUICK_ANSWERS = 5;

/** The question that settles most, or null. */
function mostUseful(answer, skipped) {
  const left = answer.questions.filter((one) => !skipped.has(one.question));
  return left.find((one) => one.options.length) ?? left.find(inForm) ?? null;
}

/** That question as a block; `acts` answers, sets aside, or leads to the field. */
function firstQuestion(answer, acts) {
  const asked = mostUseful(answer, acts.skipped());
  if (!asked || !(asked.options.length || acts.leads())) return null;
  const use = `réponse utile pour ${count(asked.decides.length, "essai")}`;
  return block(asked, [asked.question, el("span", { class: "quiet use" }, ` — ${use}`)], acts, "first");
}

/** The one thing that a trial misses, when a few buttons answer it and it is not asked above. */
function quickQuestion(proposition, answer, acts) {
  const [item, ...others] = proposition.missing;
  if (!item || others.length) return null;
  const asked = known(item, answer);
  if (!asked.options.length || asked.options.length > QUICK_ANSWERS) return null;
  if (mostUseful(answer, acts.skipped())?.question === asked.question) return null;
  return el("div", { class: "quick", role: "group", "aria-label": asked.question },
    el("span", {}, el("span", { class: "quiet" }, "Il manque : "), asked.question), answers(asked, acts, `${proposition.trial_id}/quick`));
}

/** The questions of one trial, each with the answers that the service gives for it. */
function ownQuestions(proposition, answer, acts) {
  if (!proposition.missing.length) return null;
  const blocks = proposition.missing.map((item) => block(known(item, answer), item.question, acts, proposition.trial_id));
  return el("section", {}, el("h4", {}, "Il manque"), blocks);
}

function known(item, answer) {
  const asked = answer.questions.find((one) => one.question === item.question && one.kind === item.kind);
  return asked ?? { ...item, options: [], decides: [] };
}

/** Whether the form has a field that answers: a sentence that was not read, or what a trial does not write, has none. */
function inForm(asked) {
  const ofTheTrial = asked.kind === "prior_treatment" && !asked.name && asked.field === "treatments";
  return asked.field !== "" && asked.field !== "conditions" && !ofTheTrial && !/^(critère non lu|L['’]essai )/.test(asked.question);
}

function block(asked, words, acts, scope) {
  return el("div", { class: "question", role: "group", "aria-label": asked.question },
    el("p", { class: "asked" }, words),
    el("div", { class: "choices" }, answers(asked, acts, scope), exits(asked, acts, scope)));
}

function answers(asked, acts, scope) {
  return asked.options.map((option) =>
    el("button", {
      type: "button", data: { key: `${scope}/${asked.question}/${option.label}` },
      onclick: () => acts.answer(asked, option),
    }, option.label));
}

function exits(asked, acts, scope) {
  const typed = asked.options.length === 0 && inForm(asked);
  const elsewhere = asked.options.length === 0 && !inForm(asked);
  return [
    typed && acts.leads() ? el("button", { type: "button", onclick: () => acts.goTo(asked.field) }, "Compléter la fiche") : null,
    typed && !acts.leads() ? el("span", { class: "quiet" }, "à compléter dans la fiche") : null,
    elsewhere ? el("span", { class: "quiet" }, "à voir avec l’équipe de l’essai") : null,
    scope === "first" ? el("button", {
      type: "button", class: "plain", data: { key: `first/${asked.question}/skip` }, onclick: () => acts.skip(asked),
    }, asked.field === "complete" ? "non" : "je ne sais pas") : null,
  ];
}

/** What was answered in the session, each with its undoing. */
function answeredList(answers, acts) {
  if (!answers.length) return null;
  return el("div", { role: "group", "aria-label": "Réponses saisies en séance" },
    el("ul", { class: "answered" }, answers.map((given, index) =>
      el("li", {},
        el("span", {}, `${given.question} `, el("strong", {}, given.label)),
        el("span", { class: "quiet small" }, IN_SESSION),
        el("button", { type: "button", class: "plain", "aria-label": `Annuler la réponse ${given.question}`,
          data: { key: `undo/${index}` }, onclick: () => acts.undo(index) }, "Annuler")))));
}
return { IN_SESSION, mostUseful, firstQuestion, quickQuestion, ownQuestions, inForm, answeredList };
})();

const $sites = (() => {
const { telephone } = $contact;
const { el } = $dom;
const { day, distance, SITES } = $words;
// Where a trial is open, how far, how surely, and whom to call.


/** The nearest open site, in a few words; what is not fresh says so. */
function nearest(proposition, asOf) {
  const site = proposition.sites.find((one) => one.status === "open");
  if (!site) return proposition.sites.length ? "aucun centre ouvert" : "centres non connus";
  return [el("span", {}, `${site.city ?? site.name}${far(site)}`), freshness(site, asOf)];
}

const far = (site) => (typeof site.distance_km === "number" ? ` · ${distance(site.distance_km)}` : "");

function freshness(site, asOf) {
  const words = site.freshness === "stale" || !site.verified_on
    ? "statut à revérifier" : `vérifié le ${day(site.verified_on, asOf)}`;
  return el("span", { class: "quiet small checked" }, words);
}

/** All sites; `from`: where distances are counted from, in words. */
function sitesTable(proposition, asOf, from) {
  if (!proposition.sites.length) return null;
  const known = proposition.sites.some((site) => typeof site.distance_km === "number");
  return el("section", {}, el("div", { class: "stacked" }, el("table", {},
    el("caption", {}, "Centres"),
    el("thead", {}, el("tr", {}, ["Centre", "Statut", "Contact"].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, proposition.sites.map((site) => row(site, asOf))))),
    known ? el("p", { class: "quiet small" }, `Distances à vol d’oiseau${from ? ` depuis ${from}` : ""}.`) : null);
}

function row(site, asOf) {
  return el("tr", {},
    el("th", { scope: "row" }, site.name, el("span", { class: "origin" }, `${site.city ?? ""}${far(site)}`)),
    el("td", {}, SITES[site.status], checked(site, asOf)),
    el("td", { class: "contact" }, contact(site)));
}

function checked(site, asOf) {
  const words = site.verified_on
    ? `vérifié le ${day(site.verified_on, asOf)}${site.verified_by ? ` par ${site.verified_by}` : ""}`
    : "jamais vérifié";
  const old = site.freshness === "stale" ? " · statut à revérifier" : "";
  return el("span", { class: "origin" }, words, old);
}

function contact(site) {
  const whom = site.contact;
  const lines = [
    site.investigator ? `investigateur : ${site.investigator}` : null,
    whom?.name,
    whom?.phone ? el("a", { href: telephone(whom.phone) }, whom.phone) : null,
    whom?.email ? el("a", { href: `mailto:${encodeURIComponent(whom.email).replace("%40", "@")}` }, whom.email) : null,
  ].filter(Boolean);
  return lines.length ? lines.map((line) => el("div", {}, line)) : "non renseigné";
}

/** For the printed sheet: the open sites with their contacts, one a line. */
function printedSites(proposition) {
  const open = proposition.sites.filter((site) => site.status === "open").slice(0, 3);
  return el("p", { class: "print-only" }, open.map((site) => {
    const whom = [site.contact?.name, site.contact?.phone, site.contact?.email].filter(Boolean).join(", ");
    const old = site.freshness === "stale" ? ", statut à revérifier" : "";
    return el("span", {}, `${site.name}${old}${whom ? ` (${whom})` : ""}. `);
  }));
}
return { nearest, sitesTable, printedSites };
})();

const $card = (() => {
const { contactPanel } = $contact;
const { criteriaTable } = $criteria;
const { decided, decisionButtons } = $decisions;
const { disclosure } = $disclosure;
const { el } = $dom;
const { ownQuestions, quickQuestion } = $questions;
const { nearest, printedSites, sitesTable } = $sites;
const { day, nameOf, safeAddress, VERDICTS } = $words;
// One trial worth a sentence: folded, what the room needs; unfolded, why.


const PHASE_WORDS = { I: " : tolérance", "I/II": " : tolérance" };

function card(proposition, answer, acts) {
  const verdict = VERDICTS[proposition.verdict];
  const name = nameOf(proposition);
  return el("article", { class: `card ${proposition.verdict}`, data: { trial: proposition.trial_id },
    "aria-label": `${name} : ${verdict.words}` },
    el("div", { class: "head" },
      el("h3", { class: "verdict" }, el("span", { class: "sign", "aria-hidden": "true" }, `${verdict.sign} `), verdict.words),
      el("p", { class: "name" }, el("strong", {}, name), phase(proposition), cohort(proposition)),
      el("p", { class: "place" }, nearest(proposition, answer.as_of))),
    named(proposition) ? null : el("p", { class: "title" }, proposition.title),
    proposition.tested ? el("p", { class: "tested" }, proposition.tested) : null,
    why(proposition),
    gaps(proposition, answer, acts),
    contradictedOpening(proposition),
    printedSites(proposition),
    below(proposition, answer, acts));
}

/** Acronym and treatments say enough for the folded card; the title then stands in the details. */
function named(proposition) {
  return Boolean(proposition.acronym && proposition.tested);
}

function phase(proposition) {
  return proposition.phase ? ` · phase ${proposition.phase}${PHASE_WORDS[proposition.phase] ?? ""}` : "";
}

function cohort(proposition) {
  return proposition.cohort ? ` · ${proposition.cohort.label}` : "";
}

function why(proposition) {
  if (!proposition.why.length) return null;
  const read = new Set(proposition.why_read ?? []);
  const words = proposition.why.map((one) => (read.has(one) ? `${one} (lu dans le texte)` : one));
  return el("p", { class: "why" }, el("span", { class: "quiet" }, "Pourquoi : "), words.join(" · "));
}

function gaps(proposition, answer, acts) {
  if (!proposition.missing.length) return null;
  const quick = quickQuestion(proposition, answer, acts);
  if (quick) return quick;
  const asked = proposition.missing.slice(0, 3).map((item) => item.name ?? item.question.replace(/\s*\?$/, ""));
  const more = proposition.missing.length - asked.length;
  return el("p", { class: "gaps" }, el("span", { class: "quiet" }, "Il manque : "),
    `${asked.join(" · ")}${more > 0 ? ` et ${more} de plus` : ""}`);
}

/** What was decided, or the buttons that decide; then contact and details, which open below. */
function below(proposition, answer, acts) {
  const name = nameOf(proposition);
  const decision = acts.decisionOf(proposition.trial_id);
  const choice = decision ? null : decisionButtons(proposition, acts);
  const contact = disclosure(`${proposition.trial_id}/contact`,
    { words: "Contacter le centre", name, build: () => contactPanel(proposition) }, acts);
  const details = disclosure(proposition.trial_id,
    { words: "Détails", name, build: () => inside(proposition, answer, acts) }, acts);
  return [
    decision ? decided(proposition, decision, acts) : null,
    el("div", { class: "acts" }, choice?.buttons, contact.button, el("span", { class: "push" }), details.button),
    choice?.panels, contact.panel, details.panel,
  ];
}

function inside(proposition, answer, acts) {
  return [
    named(proposition) ? el("p", {}, proposition.title) : null,
    quickQuestion(proposition, answer, acts) ? null : ownQuestions(proposition, answer, acts),
    criteriaTable(proposition, acts),
    confirmations(proposition),
    sitesTable(proposition, answer.as_of, acts.from()),
    contradictions(proposition),
    record(proposition, answer),
  ];
}

const OPENNESS = new Set(["recruitment", "site"]);

/** What a source says against the opening is read before anybody calls; all of it stands in the details. */
function contradictedOpening(proposition) {
  const told = (proposition.disagreements ?? []).find((one) => OPENNESS.has(one.about));
  return told ? el("p", { class: "gaps" }, el("span", { class: "quiet" }, "À vérifier : "), told.text) : null;
}

function contradictions(proposition) {
  const told = proposition.disagreements ?? [];
  return told.length ? el("section", {}, el("h4", {}, "Les sources se contredisent"),
    el("ul", { class: "lines small" }, told.map((one) => el("li", {}, one.text)))) : null;
}

function confirmations(proposition) {
  if (!proposition.to_confirm.length) return null;
  return el("section", {}, el("h4", {}, "À confirmer à la sélection"),
    el("ul", { class: "lines small" }, proposition.to_confirm.map((line) => el("li", {}, line))));
}

function record(proposition, answer) {
  const numbers = [proposition.trial_id, proposition.nct, proposition.sponsor].filter(Boolean).join(" · ");
  const updated = proposition.updated_at ? ` · fiche du ${day(proposition.updated_at, answer.as_of)}` : "";
  return el("p", { class: "record small" }, el("span", { class: "quiet" }, `${numbers}${updated}`),
    link(proposition.url, "Fiche ARCHIMAID", proposition), link(proposition.registry_url, "Registre", proposition));
}

function link(typed, words, proposition) {
  const address = safeAddress(typed);
  return address ? el("a", {
    href: address, rel: "noreferrer noopener", target: "_blank", "aria-label": `${words} de ${nameOf(proposition)} (nouvel onglet)`,
  }, words) : null;
}
return { card };
})();

const $sentence = (() => {
const { inForm } = $questions;
const { count, KINDS } = $words;
// The one sentence that is read first.


const TOP_CARDS = 3;

/** The trials that are proposed at once, apart from those that hang on a test nobody does in routine. */
function mainOnes(answer) {
  return answer.propositions.filter((one) => one.group === "main");
}

const ifTested = (answer) => answer.propositions.filter((one) => one.group === "if_tested");

/** How many trials stand where; an answer may list only the first of them. */
function counted(answer) {
  if (answer.counts) return answer.counts;
  const of = (verdict) => mainOnes(answer).filter((one) => one.verdict === verdict).length;
  return { compatible: of("compatible"), to_check: of("to_check"), if_tested: ifTested(answer).length };
}

const QUIET = {
  trial_refused: "Le patient ne souhaite pas participer à un essai.",
  supportive_only: "Soins de support exclusifs : aucun essai n’est proposé.",
};

/** The one quiet line of a patient who refuses trials or has supportive care only; else null. */
function quietLine(answer) {
  const warning = answer.warnings.find((one) => one.code in QUIET);
  return warning ? QUIET[warning.code] : null;
}

/** « 1 essai compatible avec la fiche, 2 à vérifier ». */
function sentence(answer) {
  const { compatible, to_check: toCheck } = counted(answer);
  if (compatible) {
    const words = `${count(compatible, "essai compatible", "essais compatibles")} avec la fiche`;
    return toCheck ? `${words}, ${toCheck} à vérifier` : words;
  }
  if (toCheck) return `${count(toCheck, "essai")} à vérifier${commonGap(answer)}`;
  if (!answer.examined) return "Le catalogue ne contient aucun essai";
  if (answer.examined === 1) return "Le seul essai du catalogue n’est pas compatible avec cette fiche";
  return `Aucun des ${answer.examined} essais du catalogue n’est compatible avec cette fiche`;
}

/** What all of them miss, when one question hangs over them all. */
function commonGap(answer) {
  const first = answer.questions[0];
  const shown = mainOnes(answer);
  if (!first || shown.length < 2 || !shown.every((one) => first.decides.includes(one.trial_id))) return "";
  const gap = first.name ?? (inForm(first) ? KINDS[first.kind] : null);
  return gap ? `, il manque : ${gap}` : "";
}
return { TOP_CARDS, mainOnes, ifTested, counted, quietLine, sentence };
})();

const $groups = (() => {
const { card } = $card;
const { group } = $disclosure;
const { el, fill } = $dom;
const { counted, ifTested, mainOnes, TOP_CARDS } = $sentence;
const { count, day, nameOf } = $words;
// What is folded away, always reachable: hanging on a rare test, not compatible and why, to be confirmed.


const CLOSEST = 5;

function groups(answer, acts) {
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
async function closest(acts) {
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
return { groups, closest };
})();

const $notes = (() => {
const { el } = $dom;
const { counted } = $sentence;
const { capital, count, fieldWords, instant, resultWords, small } = $words;
// How the form was read, where it contradicts itself, and how old the catalogue is.


const SURE = new Set(["exact", "code", "synonym"]);
const QUIET = new Set(["trial_refused", "supportive_only", "catalogue_stale"]);

const CODED = ["topography", "histology"];

function notes(answer, told, acts) {
  const lines = [...answer.conflicts.map((one) => conflict(one, acts)), ...unread(answer, told, acts), ...doubtful(answer, acts)];
  return lines.length ? el("div", { class: "notes" }, lines) : null;
}

function conflict(one, acts) {
  const said = one.values.map((value, index) => `« ${value} » (${fieldWords(one.fields[index] ?? one.fields[0])})`);
  return el("p", { class: "warning" }, `Discordance dans la fiche : ${said.join(" et ")}.`, cure(one.fields[0], acts));
}

/** A site or histology in which no word was known: whoever wrote it believes that it was taken into account. */
function unread(answer, told, acts) {
  return CODED.map((name) => [`tumour.${name}`, told?.tumour?.[name]?.text?.trim() || told?.tumour?.[name]?.code])
    .filter(([field, said]) => said && !answer.read_as.some((one) => one.field.startsWith(field)))
    .map(([field, said]) => el("p", { class: "small" },
      el("span", { class: "quiet" }, `« ${said} » (${fieldWords(field)}) n’a pas été compris : non pris en compte`), cure(field, acts)));
}

function doubtful(answer, acts) {
  const unsure = answer.read_as.filter((one) => one.confidence < 1 || one.concept.includes("|") || !SURE.has(one.how));
  const told = new Map(unsure.map((one) => [`« ${one.text} » lu comme : ${small(one.label)}`, one.field]));
  return [...told].map(([line, field]) => el("p", { class: "small" }, el("span", { class: "quiet" }, line), cure(field, acts)));
}

/** Leads to the field, where the host says how. */
function cure(field, acts) {
  if (!acts.leads() || !field) return null;
  return [" ", el("button", {
    type: "button", class: "plain", "aria-label": `Corriger : ${fieldWords(field)}`, onclick: () => acts.goTo(field),
  }, "corriger")];
}

/** « catalogue du 23/11 à 06:00 ». */
function stamp(answer) {
  const at = answer.catalogue.synchronised_at;
  return at ? `catalogue du ${instant(at)}` : "";
}

function foot(answer) {
  const { source, trials, synchronised_at: at, stale } = answer.catalogue;
  const when = at ? ` du ${instant(at)}` : "";
  const shown = counted(answer);
  const anything = shown.compatible + shown.to_check + shown.if_tested > 0;
  const warnings = answer.warnings.filter((one) => !QUIET.has(one.code) && anything);
  return el("div", { class: "foot" },
    stale ? el("p", { class: "warning" }, `Catalogue ancien${when} : vérifier que les essais sont encore ouverts.`) : null,
    warnings.map((one) => el("p", {}, one.text)),
    el("p", {}, `Catalogue ${source.toUpperCase()}${when} · ${count(trials, "essai")}`),
    el("p", {}, "L’inclusion est décidée par l’investigateur, avec l’accord du patient."));
}

/** The case in a few lines, for the printed sheet. */
function printedCase(told, answer) {
  const facts = [
    told?.case_id,
    told?.tumour?.topography?.text ?? told?.tumour?.topography?.code,
    told?.tumour?.histology?.text ?? told?.tumour?.histology?.code,
    told?.stage?.group ? `stade ${told.stage.group}` : null,
    told?.patient?.age !== undefined ? `${told.patient.age} ans` : null,
    told?.performance?.ecog !== undefined ? `OMS ${told.performance.ecog}` : null,
    ...(told?.biomarkers ?? []).map(resultWords),
    told?.planned_line ? `ligne ${told.planned_line}` : null,
  ].filter(Boolean);
  return el("p", { class: "print-only printed-case" },
    `${capital(facts.join(" · "))} — jugé le ${answer.as_of.split("-").reverse().join("/")}`);
}
return { notes, stamp, foot, printedCase };
})();

const $states = (() => {
const { card } = $card;
const { el, fill } = $dom;
const { closest, groups } = $groups;
const { foot, notes, printedCase, stamp } = $notes;
const { answeredList, firstQuestion } = $questions;
const { counted, mainOnes, quietLine, sentence, TOP_CARDS } = $sentence;
const { safeAddress } = $words;
// What stands in the element: one state at a time. The keyboard stays where it was when an answer comes in.


const ARCHIMAID = "https://archimaid.fr/";
const USEFUL = ["histologie et stade", "extension actuelle", "ligne prévue et traitements reçus", "biomarqueurs", "âge et OMS (PS)"];

class States {
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
function told(answer) {
  return { match_id: answer.match_id, catalogue_version: answer.catalogue_version, ...counted(answer) };
}

/** The trials whose cards are opened at a glance. */
function shownIn(answer) {
  return quietLine(answer) ? [] : mainOnes(answer).slice(0, TOP_CARDS).map((one) => one.trial_id);
}
return { States, told, shownIn };
})();

const $sheet = (() => {
const SHEET = ":host {\n--_font: var(--tm-font, system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, sans-serif);\n--_size: var(--tm-size, 1rem);\n--_small: calc(var(--_size) * 0.875);\n--_verdict: calc(var(--_size) * 1.25);\n--_sentence: calc(var(--_size) * 1.5);\n--_leading: var(--tm-leading, 1.5);\n--_ink: var(--tm-ink, #1c2429);\n--_ink-soft: var(--tm-ink-soft, #4d5a62);\n--_paper: var(--tm-paper, #ffffff);\n--_ground: var(--tm-ground, #f4f6f7);\n--_line: var(--tm-line, #d4dbdf);\n--_line-strong: var(--tm-line-strong, #838f97);\n--_accent: var(--tm-accent, #14617a);\n--_accent-wash: var(--tm-accent-wash, #e6f0f4);\n--_compatible: var(--tm-compatible, #17693f);\n--_to-check: var(--tm-to-check, #8a5300);\n--_warning: var(--tm-warning, #8a5300);\n--_warning-wash: var(--tm-warning-wash, #fdf4e3);\n--_radius: var(--tm-radius, 4px);\n--_gap: var(--tm-gap, calc(var(--_size) * 1));\n--_touch: var(--tm-touch, calc(var(--_size) * 2.25));\ndisplay: block;\ncontainer-type: inline-size;\ncolor: var(--_ink);\nbackground: var(--_paper);\nborder: 1px solid var(--_line);\nborder-radius: var(--_radius);\nfont: var(--_size) / var(--_leading) var(--_font);\nfont-variant-numeric: tabular-nums;\ntext-align: left;\n}\n:host([hidden]) { display: none; }\n*, *::before, *::after { box-sizing: border-box; }\nh2, h3, h4, p, ul { margin: 0; padding: 0; font-size: inherit; }\nh2, h3, h4 { font-weight: 600; }\nul { list-style: none; }\na { color: var(--_accent); }\nstrong { font-weight: 600; }\n[hidden] { display: none !important; }\n:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }\n.box:focus-visible { outline-offset: -3px; }\n.print-only { display: none; }\n.quiet { color: var(--_ink-soft); }\n.small { font-size: var(--_small); }\n.box { overflow-wrap: anywhere; display: grid; gap: var(--_gap); padding: calc(var(--_size) * 1.25) calc(var(--_size) * 1.5); align-content: start;\ngrid-template-columns: minmax(0, 1fr); }\n.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 var(--_gap);\npadding-bottom: calc(var(--_size) * 0.5); border-bottom: 1px solid var(--_line); }\n.content { display: grid; gap: var(--_gap); grid-template-columns: minmax(0, 1fr); }\n.content:empty, .sentence:empty { display: none; }\n.sentence { font-size: var(--_sentence); line-height: 1.3; font-weight: 600; text-wrap: balance; }\n.notes { display: grid; gap: calc(var(--_size) * 0.5); }\n.empty { display: grid; gap: calc(var(--_size) * 0.75); max-width: calc(var(--_size) * 40); }\n.lines { list-style: disc; padding-left: calc(var(--_size) * 1.25); }\n.lines > li + li { margin-top: calc(var(--_size) * 0.125); }\n.warning { padding: calc(var(--_size) * 0.5) calc(var(--_size) * 0.75); background: var(--_warning-wash);\nborder-left: 4px solid var(--_warning); color: var(--_ink); }\n.skeleton { display: grid; gap: calc(var(--_size) * 0.75); }\n.skeleton span { display: block; height: calc(var(--_size) * 7); border: 1px solid var(--_line); border-radius: var(--_radius);\nbackground: var(--_ground); }\nbutton, input { font: inherit; color: inherit; }\nbutton, a.button { display: inline-flex; align-items: center; min-height: var(--_touch); cursor: pointer;\npadding: calc(var(--_size) * 0.125) calc(var(--_size) * 0.75); background: var(--_paper); color: var(--_accent);\nborder: 1px solid var(--_line-strong); border-radius: var(--_radius); text-decoration: none; text-align: left;\nmax-width: 100%; overflow-wrap: anywhere; }\nbutton:hover, a.button:hover { background: var(--_accent-wash); border-color: var(--_accent); }\nbutton.main { border-color: var(--_accent); font-weight: 600; }\nbutton.plain { min-height: calc(var(--_size) * 1.5); border-color: transparent; padding-inline: calc(var(--_size) * 0.375); text-decoration: underline;\ntext-underline-offset: 0.2em; background: none; }\nbutton.unfold::after { content: \"▾\"; margin-left: 0.4em; }\nbutton.unfold[aria-expanded=\"true\"]::after { content: \"▴\"; }\ninput { min-height: var(--_touch); padding: calc(var(--_size) * 0.25) calc(var(--_size) * 0.5); width: 100%;\nbackground: var(--_paper); border: 1px solid var(--_line-strong); border-radius: var(--_radius); }\nlabel { display: grid; max-width: calc(var(--_size) * 24); }\nsummary { cursor: pointer; min-height: var(--_touch); display: flex; align-items: center; gap: 0.5em; color: var(--_accent); }\nsummary::before { content: \"▸\"; width: 1em; flex: none; }\ndetails[open] > summary::before { content: \"▾\"; }\nsummary::-webkit-details-marker { display: none; }\n.choices { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_size) * 0.5); }\n.question { display: grid; gap: calc(var(--_size) * 0.5); padding: calc(var(--_size) * 0.75) var(--_size);\nborder: 1px solid var(--_accent); background: var(--_accent-wash); border-radius: var(--_radius); }\n.question .asked { font-weight: 600; }\n.question .use { font-weight: 400; }\n.panel .question { border: 0; border-left: 2px solid var(--_line); border-radius: 0; background: none; padding-block: 0; }\n.panel .question + .question { margin-top: calc(var(--_size) * 0.75); }\n.panel .asked { font-weight: 400; }\n.answered { display: grid; gap: calc(var(--_size) * 0.25); }\n.answered li { display: flex; flex-wrap: wrap; align-items: center; gap: 0 calc(var(--_size) * 0.75); }\n.cards { display: grid; gap: var(--_gap); grid-template-columns: minmax(0, 1fr); }\n.card { border: 1px solid var(--_line); border-left: 4px solid var(--_ink-soft); border-radius: var(--_radius);\npadding: calc(var(--_size) * 0.75) var(--_size); display: grid; gap: calc(var(--_size) * 0.25);\ngrid-template-columns: minmax(0, 1fr); }\n.card.compatible { border-left-color: var(--_compatible); }\n.card.to_check { border-left: 4px dashed var(--_to-check); }\n.card p { overflow-wrap: anywhere; }\n.head { display: grid; grid-template-columns: fit-content(70%) minmax(0, 1fr); gap: calc(var(--_size) * 0.125) calc(var(--_size) * 1.5); align-items: baseline; }\n.head .verdict { font-size: var(--_verdict); line-height: 1.3; }\n.head .place { grid-column: 2; grid-row: 1; text-align: right; }\n.head .place .checked { display: inline; }\n.head .place .checked::before { content: \" · \"; }\n.head .name { grid-column: 1 / -1; }\n.compatible .sign { color: var(--_compatible); }\n.to_check .sign { color: var(--_to-check); }\n.title { color: var(--_ink-soft); }\n.title, .tested { overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }\n.quick { display: flex; flex-wrap: wrap; align-items: center; gap: calc(var(--_size) * 0.375) calc(var(--_size) * 0.5); }\n.acts { display: flex; flex-wrap: wrap; gap: calc(var(--_size) * 0.5); margin-top: calc(var(--_size) * 0.375); }\n.acts .push { flex: 1; }\n.decided { display: flex; flex-wrap: wrap; align-items: center; gap: 0 0.4em; }\n.panel { display: grid; gap: calc(var(--_size) * 1.25); padding-top: var(--_size); grid-template-columns: minmax(0, 1fr); }\n.panel > section { display: grid; gap: calc(var(--_size) * 0.375); grid-template-columns: minmax(0, 1fr); }\n.reasons { display: grid; gap: calc(var(--_size) * 0.75); }\n.reasons .other { display: flex; flex-wrap: wrap; align-items: end; gap: calc(var(--_size) * 0.5); }\n.reasons .other label { flex: 1 1 calc(var(--_size) * 14); }\n.contacts { display: grid; gap: calc(var(--_size) * 0.75); }\n.contacts li { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center;\ngap: calc(var(--_size) * 0.25) var(--_gap); }\n.ready { padding: calc(var(--_size) * 0.5) calc(var(--_size) * 0.75); background: var(--_ground); border-radius: var(--_radius);\nmargin-top: calc(var(--_size) * -0.75); }\n.record { display: flex; flex-wrap: wrap; gap: 0 var(--_gap); }\n.moved { animation: moved 1.2s ease-out; }\n@keyframes moved { from { background: var(--_accent-wash); } to { background: none; } }\ntable { border-collapse: collapse; width: 100%; font-size: var(--_small); }\ncaption { text-align: left; font-weight: 600; font-size: var(--_size); padding-bottom: calc(var(--_size) * 0.25); }\nth, td { text-align: left; vertical-align: top; padding: calc(var(--_size) * 0.375) calc(var(--_size) * 0.75) calc(var(--_size) * 0.375) 0;\nborder-bottom: 1px solid var(--_line); overflow-wrap: anywhere; }\nthead th { color: var(--_ink-soft); font-weight: 400; overflow-wrap: normal; }\ntbody th { font-weight: 400; }\nth.wide { width: 40%; }\ntd.from { min-width: calc(var(--_size) * 7.5); }\n.nowrap { white-space: nowrap; }\n.origin { display: block; color: var(--_ink-soft); }\n.from { color: var(--_ink-soft); }\nq.quoted { quotes: \"« \" \" »\"; }\n.groups { display: grid; grid-template-columns: minmax(0, 1fr); border-top: 1px solid var(--_line); }\n.groups > .group { border-bottom: 1px solid var(--_line); padding: calc(var(--_size) * 0.25) 0; }\n.group > .inside { display: grid; gap: calc(var(--_size) * 0.75); padding: calc(var(--_size) * 0.25) 0 calc(var(--_size) * 0.75);\ngrid-template-columns: minmax(0, 1fr); }\n.group > .inside > section { display: grid; gap: calc(var(--_size) * 0.25); }\n.group > .inside > div { display: grid; gap: calc(var(--_size) * 0.5); }\n.group > .inside > div:empty { display: none; }\n.motives { display: grid; gap: calc(var(--_size) * 0.75); grid-template-columns: minmax(0, 1fr); }\n.motives > li { display: grid; gap: calc(var(--_size) * 0.125); overflow-wrap: anywhere; }\n.motives .of { overflow: hidden; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; }\n.none { display: grid; gap: var(--_gap); }\n.closest { display: grid; gap: calc(var(--_size) * 0.5); }\n.foot { display: grid; gap: calc(var(--_size) * 0.25); color: var(--_ink-soft); font-size: var(--_small); }\n@container (max-width: 40em) {\n.box { padding: var(--_size); }\n.sentence { font-size: var(--_verdict); }\n.head { grid-template-columns: minmax(0, 1fr); }\n.head .place { grid-column: 1; grid-row: auto; text-align: left; }\n.acts .push { display: none; }\n.stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }\n.stacked table, .stacked tbody, .stacked caption { display: block; }\n.stacked tr { display: grid; padding: calc(var(--_size) * 0.5) 0; border-bottom: 1px solid var(--_line); }\n.stacked th, .stacked td { display: block; border: 0; padding: 0; width: auto; }\n.stacked td[data-label]::before { content: attr(data-label) \" : \"; color: var(--_ink-soft); }\n.stacked .judged .nowrap { font-weight: 600; }\n}\n@media (prefers-reduced-motion: reduce) { .moved { animation: none; } }\n@media print {\n:host { border: 0; font-size: 10pt; --_size: 10pt; }\n.box { padding: 0; gap: 6pt; }\n.bar, .groups, .choices, .answered button, .question, .quick, .acts, .panel, .notes button, .decided button { display: none; }\n.print-only { display: block; }\n.sentence { font-size: 14pt; }\n.card { break-inside: avoid; padding: 6pt 8pt; }\n.printed-case { padding-bottom: 6pt; border-bottom: 1px solid var(--_line); }\n}";
return { SHEET };
})();

const $element = (() => {
const { origin, refusals, saysSomething } = $case;
const { decisionOf, recalled } = $decisions;
const { withAnswers } = $patch;
const { Refused, Service } = $service;
const { shownIn, States, told: summary } = $states;
const { SHEET } = $sheet;
// <trialmatch-propositions>: the host gives the case (or the answer) and listens. It never waits for us.


const NAME = "trialmatch-propositions";
const TYPING_MS = 120;
const SKELETON_MS = 150;
const SLOW_MS = 2000;
const GIVE_UP_MS = 30000;
const KEEPING_MS = 10000;
const FIRST = { max_results: 10, include_ruled_out: false };
const WHOLE = { max_results: 200, max_ruled_out: 500, include_ruled_out: true };
const LOADED_FROM = document.currentScript?.src ? new URL("..", document.currentScript.src).href.replace(/\/$/, "") : "";
const PROPERTIES = ["case", "answer", "fetcher", "options", "actor", "goTo"];

let sheet = null;

function sharedSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
  }
  return sheet;
}

class Propositions extends HTMLElement {
  static observedAttributes = ["service", "token", "header", "lang"];

  #states;
  #case = null;
  #given = null;
  #answer = null;
  #session = newSession();
  #running = null;
  #timer = 0;
  #lastAt = -TYPING_MS;
  #whole = null;
  #link = null;
  #height = 0;
  #host = { fetcher: null, options: {}, actor: null, goTo: null };
  #resized = new ResizeObserver(() => this.#tellHeight());

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sharedSheet()];
    this.#states = new States(root);
  }

  connectedCallback() {
    for (const name of PROPERTIES) this.#upgrade(name);
    this.#states.entitle(this.getAttribute("header"));
    this.#resized.observe(this);
    this.judge();
  }

  disconnectedCallback() {
    this.#running?.abort();
    this.#running = null;
    clearTimeout(this.#timer);
    this.#resized.disconnect();
  }

  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === "header") this.#states.entitle(now);
    else this.judge();
  }

  /** What a host set before this file was there is taken over. */
  #upgrade(name) {
    if (!Object.hasOwn(this, name) || !(name in Propositions.prototype)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  get case() {
    return structuredClone(this.#case);
  }

  /** The case, or null for an empty form. Another `case_id` begins another session; the same is judged anew. */
  set case(value) {
    const next = value === null || value === undefined ? null : structuredClone(value);
    if (next?.case_id !== this.#case?.case_id) this.#begin();
    this.#case = next;
    if (this.isConnected) this.#judgeSoon();
  }

  setCase(value) {
    this.case = value;
  }

  get answer() {
    return structuredClone(this.#given);
  }

  /** An answer of `POST /v1/match` that the host obtained itself: it is shown, and nobody is called. */
  set answer(value) {
    if (value?.case_id !== this.#given?.case_id) this.#begin();
    this.#given = value ? structuredClone(value) : null;
    if (this.isConnected) this.judge();
  }

  /** The host's way to the service: `(path, body, { signal }) => Promise<object>`; none: `service` is called. */
  get fetcher() {
    return this.#host.fetcher;
  }

  set fetcher(way) {
    this.#host.fetcher = way;
    if (this.isConnected) this.#judgeSoon();
  }

  /** Further options of `POST /v1/match`, as `{ radius_km: 100 }`. */
  get options() {
    return this.#host.options;
  }

  set options(some) {
    this.#host.options = { ...some };
    if (this.isConnected) this.#judgeSoon();
  }

  /** Who decides: `{ role, user_id }`, opaque to us. */
  get actor() {
    return this.#host.actor;
  }

  set actor(who) {
    this.#host.actor = who ? { ...who } : null;
    this.#recall();
  }

  /** Brings the reader to a field of the host's form (`tumour.histology`); without it no button promises it. */
  get goTo() {
    return this.#host.goTo;
  }

  set goTo(way) {
    this.#host.goTo = way;
  }

  /** What was answered in the session: `[{ question, label, patch }]`. */
  get answers() {
    return this.#session.answers.map(({ question, label, set }) => structuredClone({ question, label, patch: set }));
  }

  /** Others may have decided meanwhile: what the service keeps of this case is read again. */
  recallDecisions() {
    for (const [trial, one] of this.#session.decisions) if (one.kept === "yes") this.#session.decisions.delete(trial);
    this.#session.recalled = false;
    this.#again();
    return this.#recall();
  }

  /** The host has written the answers of the session into its form. Call it before the case that holds them is set. */
  confirmAnswers() {
    this.#session.answers = [];
    this.judge();
  }

  #begin() {
    this.#running?.abort();
    this.#running = null;
    this.#session = newSession();
    this.#answer = null;
    this.#states.begin();
    this.#link = null;
  }

  get #service() {
    const address = (this.getAttribute("service") ?? LOADED_FROM).replace(/\/$/, "");
    return new Service({ address, token: this.getAttribute("token"), fetcher: this.#host.fetcher });
  }

  /** At once when nothing was judged lately, else when the typing pauses. */
  #judgeSoon() {
    clearTimeout(this.#timer);
    const rest = this.#lastAt + TYPING_MS - performance.now();
    this.#lastAt = performance.now();
    if (rest <= 0) this.judge();
    else this.#timer = setTimeout(() => this.judge(), TYPING_MS);
  }

  /** Judges what is known now; whatever was under way is dropped. */
  async judge() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
    if (this.#given) {
      this.#succeed(this.#given, this.#case);
      return;
    }
    const told = withAnswers(this.#case ?? {}, this.#session.answers);
    if (!saysSomething(told)) {
      this.#answer = null;
      this.#states.empty();
      return;
    }
    await this.#ask(told);
  }

  async #ask(told) {
    const own = this.#running = new AbortController();
    const began = performance.now();
    const timers = [
      setTimeout(() => this.#states.judging(), SKELETON_MS), setTimeout(() => this.#states.slow(), SLOW_MS),
      setTimeout(() => own.abort(), GIVE_UP_MS),
    ];
    try {
      const answer = await this.#service.match({ case: told, options: this.#optionsFor(FIRST) }, own.signal);
      if (this.#running === own) this.#succeed(answer, told, began);
    } catch (error) {
      if (this.#running === own) await this.#fail(error, told, own);
    } finally {
      timers.forEach(clearTimeout);
    }
  }

  #optionsFor(size) {
    return { ...this.#host.options, ...size, lang: "fr" };
  }

  #succeed(answer, told, began = performance.now()) {
    this.#answer = answer;
    this.#whole = null;
    this.#link = answer.archimaid_search_url ?? null;
    this.#states.answer(answer, told, this.#session.answers, this.#acts);
    this.#countShown(answer);
    this.#recall();
    this.#emit("judged", { ...summary(answer), milliseconds: Math.round(performance.now() - began) });
  }

  async #fail(error, told, own) {
    this.#answer = null;
    if (error instanceof Refused) {
      const errors = refusals(error.problem);
      this.#states.refused(errors);
      this.#emit("failed", { reason: "refused", errors });
      return;
    }
    const words = error.bare ? "Aucun catalogue pour l’instant" : "Service indisponible";
    this.#states.down(words, this.#link, () => this.judge());
    this.#emit("failed", { reason: error.bare ? "no_catalogue" : "unavailable" });
    if (!error.bare) return;
    const link = await this.#service.search(told, own.signal);
    if (link && this.#running === own) this.#states.down(words, link, () => this.judge());
  }

  /** The answer with all that it lists; asked for once an answer, and only when somebody unfolds it. */
  #wholeAnswer() {
    const answer = this.#answer;
    if (this.#given) return Promise.resolve(answer);
    const told = withAnswers(this.#case ?? {}, this.#session.answers);
    const options = this.#optionsFor(WHOLE);
    this.#whole ??= this.#service.match({ case: told, options }, this.#running?.signal).catch((error) => {
      this.#whole = null;
      throw error;
    });
    return this.#whole;
  }

  #acts = {
    answer: (asked, option) => this.#answerQuestion(asked, option),
    undo: (index) => this.#undoAnswer(index),
    skip: (asked) => {
      this.#session.skipped.add(asked.question);
      this.#again();
    },
    skipped: () => this.#session.skipped,
    goTo: (path) => this.#host.goTo?.(path),
    leads: () => typeof this.#host.goTo === "function",
    whole: () => this.#wholeAnswer(),
    from: () => origin(this.#case),
    isUnfolded: (key) => this.#session.unfolded.has(key),
    unfold: (key, open) => (open ? this.#session.unfolded.add(key) : this.#session.unfolded.delete(key)),
    search: (typed) => { this.#session.search = typed; },
    searched: () => this.#session.search,
    decisionOf: (trial) => this.#session.decisions.get(trial) ?? null,
    decide: (proposition, what) => this.#decide(proposition, what),
    undecide: (proposition) => this.#undecide(proposition),
  };

  /** Shows the same answer once more: nothing of the case has changed. */
  #again() {
    if (!this.#answer) return;
    const told = withAnswers(this.#case ?? {}, this.#session.answers);
    this.#states.answer(this.#answer, told, this.#session.answers, this.#acts);
  }

  #answerQuestion(asked, option) {
    this.#session.answers.push({ question: asked.question, label: option.label, set: option.set });
    this.#tellAnswer({ question: asked.question, label: option.label, patch: option.set, undone: false });
  }

  #undoAnswer(index) {
    const [gone] = this.#session.answers.splice(index, 1);
    this.#tellAnswer({ question: gone.question, label: gone.label, patch: gone.set, undone: true });
  }

  #tellAnswer(detail) {
    this.#emit("question-answered", { ...structuredClone(detail), status: "saisi en séance, non enregistré" });
    if (this.#given) this.#again();
    else this.judge();
  }

  async #decide(proposition, { decision, reason = null, text = null }) {
    const kept = { decision, reason, text, at: new Date(), by: this.#host.actor?.role ?? null, kept: "no" };
    this.#session.decisions.set(proposition.trial_id, kept);
    const trial = this.#trialOf(proposition);
    this.#again();
    if (decision === "retained") this.#emit("proposition-selected", trial);
    await this.#record(trial, kept, { decision, reason, text, undone: false });
  }

  async #undecide(proposition) {
    const before = this.#session.decisions.get(proposition.trial_id);
    this.#session.decisions.delete(proposition.trial_id);
    this.#again();
    await this.#record(this.#trialOf(proposition), before, { decision: before.decision, reason: null, text: null, undone: true });
  }

  /** What was decided of this case before, in another session or by somebody else: once a case, and nobody waits for it. */
  async #recall() {
    const session = this.#session;
    if (session.recalled || !this.#host.actor || !this.#answer || this.#given) return;
    session.recalled = true;
    const found = (await this.#service.decided(this.#answer.case_id)).map((one) => [one.trial_id, recalled(one)]);
    const fresh = found.filter(([trial, one]) => one && !session.decisions.has(trial));
    if (session !== this.#session || !this.#answer || !fresh.length) return;
    fresh.forEach(([trial, one]) => session.decisions.set(trial, one));
    this.#again();
    this.#emit("decisions-recalled", { decisions: fresh.map(([trial, one]) => this.#told(trial, one)) });
  }

  /** A decision of before, with what is shown of its trial where it is shown. */
  #told(trial, { decision, reason, text }) {
    const shown = this.#answer.propositions.find((one) => one.trial_id === trial) ?? { trial_id: trial };
    return { ...this.#trialOf(shown), decision, reason, text, undone: false, recorded: true };
  }

  /** Kept by the service where the host says who decides and the service keeps decisions; the host hears of it in any case. */
  async #record(trial, kept, what) {
    const asked = { actor: this.#host.actor, answer: this.#answer, told: this.#case };
    await kept.keeping; // what is undone was recorded first
    const unkept = what.undone && kept.kept !== "yes";
    if (asked.actor && !unkept) {
      const undoes = what.undone ? kept.number : null;
      kept.keeping = this.#keep(decisionOf(trial, { ...what, undoes }, asked));
      Object.assign(kept, await kept.keeping);
      this.#again();
    }
    this.#emit("decision-recorded", { ...trial, ...what, actor: asked.actor, recorded: kept.kept === "yes" });
  }

  async #keep(decision) {
    try {
      const now = await this.#service.record(decision, AbortSignal.timeout(KEEPING_MS));
      return { kept: now ? "yes" : "no", number: now?.version };
    } catch (error) {
      return { kept: error instanceof Refused ? "refused" : "failed" };
    }
  }

  /** A count of what was shown, by trial and day; nothing of the case. Once a trial and case, and nobody waits for it. */
  #countShown(answer) {
    const fresh = shownIn(answer).filter((id) => !this.#session.shown.has(id));
    if (!fresh.length || !this.#host.actor) return;
    fresh.forEach((id) => this.#session.shown.add(id));
    this.#service.shown(fresh).catch(() => {});
  }

  #trialOf(proposition) {
    const { trial_id, nct, acronym, title, phase, tested, verdict, cohort, why, missing, sites } = proposition;
    const { match_id, catalogue_version, case_id } = this.#answer;
    const own = { trial_id, nct, acronym, title, phase, tested, verdict, cohort, why, missing, sites };
    return structuredClone({ case_id, ...own, match_id, catalogue_version });
  }

  #tellHeight() {
    const height = Math.ceil(this.getBoundingClientRect().height);
    if (height === this.#height) return;
    this.#height = height;
    this.#emit("resized", { height });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function newSession() {
  return { answers: [], skipped: new Set(), unfolded: new Set(), decisions: new Map(), shown: new Set(), search: "", recalled: false };
}

if (!customElements.get(NAME)) customElements.define(NAME, Propositions);
return { Propositions };
})();

})();
