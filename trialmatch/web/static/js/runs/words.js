// The words of the page of synchronisations: what happened, in French, for who keeps the catalogue.

import { count, instant } from "../element/words.js";

export const OUTCOMES = {
  running: "en cours",
  held: "à décider",
  still_held: "déjà à décider",
  succeeded: "appliquée",
  unchanged: "sans changement",
  failed: "échouée",
  abandoned: "interrompue",
  refused: "refusée",
  superseded: "remplacée",
};

const DOUBTS = {
  trials_lost: (one) => `${one.count} essais sur ${one.total} ne sont plus dans la liste`,
  trials_closed: (one) => `${one.count} essais ouverts sur ${one.total} ne le seraient plus`,
  sites_lost: (one) => `${one.count} centres sur ${one.total} ne sont plus dans la liste`,
  sites_closed: (one) => `${one.count} centres ouverts sur ${one.total} ne le seraient plus`,
  unreadable: (one) => `${one.count} fiches sur ${one.total} ne peuvent pas être lues`,
};

const ERRORS = {
  source_unavailable: "La source n’a pas pu être lue ; il sera réessayé.",
  source_rejected: "La source a refusé, ou n’est pas ce qui est attendu : à corriger.",
  internal: "La base de données ou le service a échoué.",
  abandoned: "Le service s’est arrêté avant la fin.",
  killed: "Le processus a pris fin avant elle.",
  held: "Rien n’est appliqué tant que personne n’a décidé.",
  refused: "Rien n’a été appliqué.",
  superseded: "Une lecture ultérieure compte à sa place.",
};

const STATUSES = {
  a_venir: "à venir", ouverte: "ouverte", ouvert: "ouvert", suspendue: "suspendue", suspendu: "suspendu",
  close: "close", ferme: "fermé", terminee: "terminée", retiree: "retirée",
};

const FIELDS = {
  titre: "titre", acronyme: "acronyme", resume: "résumé", promoteur: "promoteur", maj_le: "date de mise à jour",
  criteres_inclusion: "critères d’inclusion", criteres_non_inclusion: "critères de non-inclusion",
  localisations: "localisations", histologies: "histologies", situations: "situations", stades: "stades",
  lignes: "lignes", biomarqueurs: "biomarqueurs", centres: "centres", cohortes: "cohortes", age_min: "âge minimal",
  age_max: "âge maximal", oms_min: "OMS minimal", oms_max: "OMS maximal", verifie_le: "date de vérification",
  verifie_par: "vérifié par", places: "places", investigateur: "investigateur", contact: "contact",
  traitements: "traitements", comparaison: "comparaison", identifiants: "identifiants", specialites: "spécialités",
};

export const doubtWords = (one) => DOUBTS[one.kind]?.(one) ?? one.words;
export const errorWords = (code) => ERRORS[code] ?? "Elle n’a pas abouti.";
export const statusWords = (word) => (word === null ? "absent" : STATUSES[word] ?? word);

/** `centres[CHU Lille].places` → « centres · CHU Lille · places ». */
export function pathWords(path) {
  const steps = path.split(/[[\].]+/).filter(Boolean);
  return steps.map((step) => FIELDS[step] ?? step).join(" · ");
}

/** « 3 ajoutés, 1 modifié (dont 1 ouverture ou fermeture) ». */
export function changesWords(run) {
  const parts = [
    run.added && count(run.added, "ajouté"),
    run.changed && count(run.changed, "modifié") + openings(run.status_changes),
    run.withdrawn && count(run.withdrawn, "retiré"),
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : "aucun";
}

function openings(number) {
  return number ? ` (dont ${count(number, "changement")} de statut)` : "";
}

/** « lecture de la source » or « 200 essais compris sur 1000 ». */
export function stageWords(stage) {
  if (stage?.name === "translating") return `${stage.done} essais compris sur ${stage.total}`;
  return "lecture de la source";
}

export function duration(seconds) {
  if (seconds === null) return "";
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

export const modeWords = (run) => (run.mode === "full" ? "liste entière" : "changements");

/** « Lecture n° 5 d’archimaid, 23/11 à 06:00 ». */
export const runWords = (run) => `Lecture n° ${run.run_id}, ${run.source}, ${instant(run.started_at)}`;
