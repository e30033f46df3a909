// <trialmatch-propositions>: the host gives the case (or the answer) and listens. It never waits for us.

import { origin, refusals, saysSomething } from "./case.js";
import { decisionOf, recalled } from "./decisions.js";
import { withAnswers } from "./patch.js";
import { Refused, Service } from "./service.js";
import { shownIn, States, told as summary } from "./states.js";
import { SHEET } from "./sheet.js";

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

export class Propositions extends HTMLElement {
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
