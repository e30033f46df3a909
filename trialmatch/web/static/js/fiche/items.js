// The items of an organ: each shows what it can of a case, and gives it back as the form then says it.
// `take(told)` removes from a case what the item shows; `give(told)` puts it in again, changed or not.

import { el } from "../element/dom.js";
import { showIn } from "../form.js";

let numbered = 0;

/** The item of a definition of organ_forms.yaml; null for one that only suggests. */
export function itemOf(definition) {
  const build = BUILDERS[definition.kind];
  return build ? build(definition) : null;
}

const BUILDERS = { marker, scale, stage, condition, condition_choice: conditionChoice, lab, suitability, field };

const same = (one, other) => String(one ?? "").trim().toLowerCase() === String(other ?? "").trim().toLowerCase();

function marker(asked) {
  const label = asked.label ?? asked.name;
  const statuses = [
    ["positive", asked.words[0]], ["negative", asked.words[1]], ["equivocal", "équivoque"], ["pending", "en attente"],
    ["not_tested", "non fait"], ["not_interpretable", "ininterprétable"],
  ];
  const status = select(`${label}, résultat`, statuses);
  const value = asked.value ? input(`${label}, valeur${asked.unit ? ` en ${asked.unit}` : ""}`, asked.unit ?? "valeur") : null;
  const variant = asked.variants.length ? listed(`${label}, variant`, asked.variants) : null;
  let original = null;
  return {
    node: line(unitOf(label, asked), "marker", status, value, variant?.input ?? null, variant?.list ?? null),
    take(told) {
      original = taken(told, "biomarkers", (one) => same(one.name, asked.name) && fits(one, asked));
      status.value = original?.status ?? "";
      if (value) value.value = original?.value ?? "";
      if (variant) variant.input.value = original?.variant ?? "";
    },
    give(told) {
      const figure = value ? figureOf(value.value, original) : undefined;
      if (!status.value && figure === undefined) return;
      const own = { ...original, name: original?.name ?? asked.name, status: status.value || byFigure(figure) };
      set(own, "variant", variant ? variant.input.value.trim() : own.variant);
      if (value) set(own, "value", figure);
      for (const name of ["unit", "assay"]) if (figure !== undefined) set(own, name, own[name] ?? asked[name] ?? undefined);
      set(own, "specimen", own.specimen ?? asked.specimen ?? undefined);
      push(told, "biomarkers", own);
    },
  };
}

/** A scale of another test (a CPS, where a TPS is asked) is shown among the other results. */
function fits(one, asked) {
  const own = [["assay", asked.assay], ["specimen", asked.specimen]];
  return own.every(([name, wanted]) => !wanted || !one[name] || same(one[name], wanted));
}

const byFigure = (figure) => (typeof figure === "number" && figure > 0 ? "positive" : typeof figure === "number" ? "negative" : "equivocal");

function scale(asked) {
  const choice = select(asked.label, asked.options.map(([words], index) => [String(index), words]));
  let original = null;
  const means = (one, fields) => Object.entries(fields).every(([name, wanted]) => same(one[name], wanted));
  return {
    node: line(asked.label, "", choice),
    take(told) {
      const found = (one) => asked.options.findIndex(([, fields]) => means(one, fields));
      original = taken(told, "biomarkers", (one) => same(one.name, asked.name) && found(one) >= 0);
      choice.value = original ? String(found(original)) : "";
    },
    give(told) {
      if (choice.value === "") return;
      const [, fields] = asked.options[Number(choice.value)];
      push(told, "biomarkers", { ...original, name: original?.name ?? asked.name, ...fields });
    },
  };
}

function stage(asked) {
  const choice = asked.values.length ? select(asked.label, asked.values.map((one) => [one, one])) : input(asked.label);
  return {
    node: line(asked.label, "", choice),
    take(told) {
      const rows = told.stage?.other ?? [];
      const found = rows.find((one) => same(one.system, asked.system) && (!asked.values.length || asked.values.includes(one.value)));
      choice.value = found?.value ?? "";
      if (found) told.stage.other = rows.filter((one) => one !== found);
    },
    give(told) {
      if (!choice.value.trim()) return;
      told.stage ??= {};
      told.stage.other = [...(told.stage.other ?? []), { system: asked.system, value: choice.value.trim() }];
    },
  };
}

const YES_NO = [["true", "oui"], ["false", "non"]];

function condition(asked) {
  const choice = select(asked.label, YES_NO);
  let original = null;
  return {
    node: line(asked.label, "", choice),
    take(told) {
      original = taken(told, "conditions", (one) => same(one.name, asked.name) || same(one.name, asked.label));
      choice.value = original ? String(original.present ?? true) : "";
    },
    give(told) {
      if (!choice.value) return;
      push(told, "conditions", { ...original, name: original?.name ?? asked.name, present: choice.value === "true" });
    },
  };
}

function conditionChoice(asked) {
  const choice = select(asked.label, asked.options);
  let original = null;
  const isOne = (one) => asked.options.some(([name]) => same(one.name, name)) && (one.present ?? true);
  return {
    node: line(asked.label, "", choice),
    take(told) {
      original = taken(told, "conditions", isOne);
      choice.value = original ? asked.options.find(([name]) => same(original.name, name))[0] : "";
    },
    give(told) {
      if (choice.value) push(told, "conditions", { ...original, name: choice.value, present: true });
    },
  };
}

function lab(asked) {
  const value = input(`${asked.label}, en ${asked.unit}`, asked.unit);
  const date = input(`${asked.label}, date`, "AAAA-MM-JJ");
  let original = null;
  return {
    node: line(unitOf(asked.label, asked), "", value, date),
    take(told) {
      original = taken(told, "labs", (one) => same(one.name, asked.name) && same(one.unit, asked.unit));
      value.value = original?.value ?? "";
      date.value = original?.measured_on ?? "";
    },
    give(told) {
      const figure = figureOf(value.value, original);
      if (figure === undefined) return;
      const own = { ...original, name: original?.name ?? asked.name, value: figure, unit: asked.unit };
      set(own, "measured_on", date.value.trim());
      push(told, "labs", own);
    },
  };
}

function suitability(asked) {
  const choice = select(asked.label, YES_NO);
  return {
    node: line(asked.label, "", choice),
    take(told) {
      const found = taken(told, "suitability", (one) => one.for === asked.for);
      choice.value = found ? String(found.suitable) : "";
    },
    give(told) {
      if (choice.value) push(told, "suitability", { for: asked.for, suitable: choice.value === "true" });
    },
  };
}

function field(asked) {
  const [part, name] = asked.path.split(".");
  const choice = asked.number ? input(asked.label) : select(asked.label, asked.options.map(([value, words]) => [JSON.stringify(value), words]));
  choice.inputMode = asked.number ? "numeric" : "";
  return {
    path: asked.path,
    node: line(asked.label, "", choice),
    take(told) {
      const value = told[part]?.[name];
      showIn(choice, value === undefined ? "" : asked.number ? String(value) : JSON.stringify(value), String(value));
    },
    give(told) {
      if (!choice.value.trim()) {
        delete told[part]?.[name];
        return;
      }
      told[part] ??= {};
      told[part][name] = asked.number ? number(choice.value) : JSON.parse(choice.value);
    },
  };
}

const unitOf = (label, asked) => (asked.unit ? `${label}, ${asked.unit}` : label);

function line(label, kind, ...controls) {
  const shown = controls.filter(Boolean);
  return el("div", { class: `item ${kind}`, role: "group", "aria-label": label }, el("span", { class: "label", "aria-hidden": "true" }, label), shown);
}

function select(name, options) {
  return el("select", { "aria-label": name }, el("option", { value: "", "aria-label": "non renseigné" }, "—"),
    options.map(([value, words]) => el("option", { value }, words)));
}

function input(name, hint) {
  return el("input", { "aria-label": name, autocomplete: "off", spellcheck: "false", placeholder: hint });
}

function listed(name, values) {
  numbered += 1;
  const id = `values-${numbered}`;
  const own = input(name, "variant");
  own.setAttribute("list", id);
  return { input: own, list: el("datalist", { id }, values.map((value) => el("option", { value }))) };
}

/** The first entry of a list that is the item's own, taken out of the list. */
function taken(told, list, isOwn) {
  const found = (told[list] ?? []).find(isOwn) ?? null;
  if (found) told[list] = told[list].filter((one) => one !== found);
  return found;
}

function push(told, list, entry) {
  told[list] = [...(told[list] ?? []), entry];
}

function set(object, name, value) {
  if (value === undefined || value === "") delete object[name];
  else object[name] = value;
}

/** What was sent stays as it was sent while nobody types over it. */
const figureOf = (typed, original) => (typed === String(original?.value ?? "") ? original?.value : number(typed));

/** « 12,5 » → 12.5; what is no number is sent as typed, and the service says so. */
function number(typed) {
  const text = String(typed).trim();
  if (!text) return undefined;
  return /^-?\d+([.,]\d+)?$/.test(text) ? Number(text.replace(",", ".")) : text;
}
