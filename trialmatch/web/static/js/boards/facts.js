// A case in a few words, as the board reads it.

import { capital, resultWords } from "../element/words.js";

const SEXES = { female: "femme", male: "homme" };
const EXTENTS = {
  localised: "localisé", locally_advanced: "localement avancé", metastatic: "métastatique", remission: "en rémission",
};

const words = (coded) => coded?.text ?? coded?.code;

/** « RCP-0001 · lobe supérieur droit ». */
export function titleOf(told) {
  return [told.case_id, words(told.tumour?.topography)].filter(Boolean).join(" · ");
}

/** « 63 ans, femme · adénocarcinome · cT2a cN2 cM1b · métastatique · OMS 1 · KRAS G12C · ligne 1 ». */
export function factsOf(told) {
  const patient = [told.patient?.age !== undefined ? `${told.patient.age} ans` : null, SEXES[told.patient?.sex]];
  const facts = [
    patient.filter(Boolean).join(", "),
    words(told.tumour?.histology),
    stageOf(told.stage),
    EXTENTS[told.disease?.extent],
    told.performance?.ecog !== undefined ? `OMS ${told.performance.ecog}` : null,
    ...(told.biomarkers ?? []).slice(0, 6).map(resultWords),
    told.planned_line ? `ligne ${told.planned_line}` : null,
  ];
  return capital(facts.filter(Boolean).join(" · "));
}

function stageOf(stage) {
  const tnm = stage?.clinical ?? stage?.pathological;
  return [tnm ? [tnm.t, tnm.n, tnm.m].filter(Boolean).join(" ") : null, stage?.group ? `stade ${stage.group}` : null]
    .filter(Boolean).join(", ");
}
