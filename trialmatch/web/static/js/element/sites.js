// Where a trial is open, how far, how surely, and whom to call.

import { telephone } from "./contact.js";
import { el } from "./dom.js";
import { day, distance, SITES } from "./words.js";

/** The nearest open site, in a few words; what is not fresh says so. */
export function nearest(proposition, asOf) {
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
export function sitesTable(proposition, asOf, from) {
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
export function printedSites(proposition) {
  const open = proposition.sites.filter((site) => site.status === "open").slice(0, 3);
  return el("p", { class: "print-only" }, open.map((site) => {
    const whom = [site.contact?.name, site.contact?.phone, site.contact?.email].filter(Boolean).join(", ");
    const old = site.freshness === "stale" ? ", statut à revérifier" : "";
    return el("span", {}, `${site.name}${old}${whom ? ` (${whom})` : ""}. `);
  }));
}
