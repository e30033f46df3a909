// The one sentence that is read first.

import { inForm } from "./questions.js";
import { count, KINDS } from "./words.js";

export const TOP_CARDS = 3;

/** The trials that are proposed at once, apart from those that hang on a test nobody does in routine. */
export function mainOnes(answer) {
  return answer.propositions.filter((one) => one.group === "main");
}

export const ifTested = (answer) => answer.propositions.filter((one) => one.group === "if_tested");

/** How many trials stand where; an answer may list only the first of them. */
export function counted(answer) {
  if (answer.counts) return answer.counts;
  const of = (verdict) => mainOnes(answer).filter((one) => one.verdict === verdict).length;
  return { compatible: of("compatible"), to_check: of("to_check"), if_tested: ifTested(answer).length };
}

const QUIET = {
  trial_refused: "Le patient ne souhaite pas participer à un essai.",
  supportive_only: "Soins de support exclusifs : aucun essai n’est proposé.",
};

/** The one quiet line of a patient who refuses trials or has supportive care only; else null. */
export function quietLine(answer) {
  const warning = answer.warnings.find((one) => one.code in QUIET);
  return warning ? QUIET[warning.code] : null;
}

/** « 1 essai compatible avec la fiche, 2 à vérifier ». */
export function sentence(answer) {
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
