// The answers of a question are JSON Patches (RFC 6902) of `add` operations on the case.

/** The case with every answer applied in turn; the case itself is left as it is. */
export function withAnswers(base, answers) {
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
