// The sample cases of the demonstration, to choose from; a service without any shows no list.

import { byId, el } from "./element/dom.js";

const NARROW_SCREEN = "(max-width: 60rem)";

/** `onChoose` is given the case that is chosen, or null for an empty form. */
export async function offerSamples(onChoose) {
  if (document.body.dataset.demo === undefined) return;
  const response = await fetch("/demo/cases", { cache: "no-store", credentials: "omit" });
  const samples = response.ok ? (await response.json()).cases : [];
  const select = byId("sample");
  samples.forEach((one, index) => select.append(el("option", { value: String(index) }, titleOf(one))));
  select.addEventListener("change", () => onChoose(select.value === "" ? null : samples[Number(select.value)]));
  byId("samples").hidden = samples.length === 0;
}

/** A case that is chosen is looked at, not filled in: on a small screen its form makes room. */
export function makeRoom() {
  if (matchMedia(NARROW_SCREEN).matches) byId("fold").open = false;
}

function titleOf(one) {
  const where = one.tumour?.topography?.text ?? one.tumour?.topography?.code;
  const what = one.tumour?.histology?.text ?? one.tumour?.histology?.code;
  return [one.case_id, where, what].filter(Boolean).join(" · ");
}
