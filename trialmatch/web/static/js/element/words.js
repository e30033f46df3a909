// The words of the screen. Short; no jargon of ours, no percentage, no rank.

export const VERDICTS = {
  compatible: { sign: "●", words: "Compatible avec la fiche" },
  to_check: { sign: "◐", words: "À vérifier" },
};

export const JUDGED = {
  met: { sign: "●", words: "rempli" },
  unknown: { sign: "◐", words: "à vérifier" },
  not_met: { sign: "○", words: "non rempli" },
};

export const ORIGINS = {
  declared: "donnée par le catalogue",
  curated: "structuré et relu",
  read: "lu automatiquement, non relu",
};

export const KINDS = {
  status: "statut de l’essai", organ: "organe", histology: "histologie", stage: "stade", extent: "extension",
  line: "ligne de traitement", prior_treatment: "traitements antérieurs", biomarker: "biomarqueur", age: "âge",
  sex: "sexe", ecog: "OMS (PS)", brain_metastases: "métastases cérébrales", other_cancer: "autre cancer",
  comorbidity: "comorbidités", labs: "biologie", measurable: "maladie mesurable", washout: "délai",
  consent: "consentement", contraception: "contraception", other: "autre critère",
};

export const STATUSES = [
  ["positive", "positif"], ["negative", "négatif"], ["equivocal", "équivoque"], ["pending", "en attente"],
  ["not_tested", "non fait"], ["not_interpretable", "ininterprétable"],
];

const RESULTS = new Map(STATUSES);

/** « KRAS G12C » of what was found; a variant or a figure that was not found says so: « EGFR T790M négatif ». */
export function resultWords(one) {
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
export const roleWords = (role) => ROLES[role] ?? role.replaceAll("_", " ");

export const SITES = { open: "ouvert", planned: "à ouvrir", suspended: "suspendu", closed: "fermé" };

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
export function fieldWords(path) {
  const steps = path.replace(/^case\./, "").replace(/\[\d+\]/g, "").split(".");
  while (steps.length) {
    const words = FIELDS[steps.join(".")];
    if (words) return words;
    steps.pop();
  }
  return path;
}

/** « 1 essai », « 3 essais ». */
export function count(number, one, several = `${one}s`) {
  return `${number} ${number > 1 ? several : one}`;
}

/** « 10/11 », with the year when it is another one. */
export function day(iso, reference = "") {
  const [year, month, date] = iso.slice(0, 10).split("-");
  return year === reference.slice(0, 4) ? `${date}/${month}` : `${date}/${month}/${year}`;
}

/** « 23/11 à 06:00 », in the time of the reader. */
export function instant(iso) {
  const at = new Date(iso);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(at.getDate())}/${two(at.getMonth() + 1)} à ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** « 4 km ». */
export function distance(km) {
  if (km < 1) return "moins de 1 km";
  return `${km < 10 ? km.toFixed(1).replace(".", ",").replace(",0", "") : Math.round(km)} km`;
}

/** Into a sentence: « Refus du patient » → « refus du patient », while « PD-L1 » and « ISUP » stay. */
export function small(text) {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** How a trial is called on screen: its acronym, else a number. */
export function nameOf(trial) {
  return trial.acronym ?? trial.nct ?? trial.trial_id;
}

/** The address of a link, or null for what no link may lead to (`javascript:`, `data:` …). */
export function safeAddress(typed) {
  try {
    const address = new URL(typed);
    return ["http:", "https:"].includes(address.protocol) ? address.href : null;
  } catch {
    return null;
  }
}

/** The codes are those of `POST /v1/decisions`. */
export const REASONS = {
  criterion_unknown_to_form: "Critère absent de la fiche", patient_refuses: "Refus du patient", too_far: "Trop loin",
  delay_incompatible: "Délai incompatible", no_slot: "Pas de place", standard_treatment_first: "Traitement standard d’abord",
  general_state: "État général", alteration_not_confirmed: "Altération non confirmée", other_trial: "Autre essai",
  doctor_choice: "Choix du médecin", other: "Autre",
};

/** « 14:32 », of an instant. */
export function clock(at) {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}
