// Where a trial is open, how far, how surely, and whom to call.

import { el } from "./dom.js";
import { day, distance, SITES } from "./words.js";

/** The nearest open site, in a few words; what is not fresh says so. */
export function nearest(proposition, asOf) {
  const site = proposition.sites.find((one) => one.status === "open");
  if (!site) return proposition.sites.length ? "aucun centre ouvert" : "centres non connus";
  const far = site.distance_km === null ? "" : ` · ${distance(site.distance_km)}`;
  return [el("span", {}, `${site.city ?? site.name}${far}`), freshness(site, asOf)];
}

function freshness(site, asOf) {
  if (site.freshness === "fresh") return null;
  const words = site.freshness === "ageing" && site.verified_on
    ? `vérifié le ${day(site.verified_on, asOf)}` : "statut à revérifier";
  return el("span", { class: "quiet small" }, ` · ${words}`);
}

export function sitesTable(proposition, asOf) {
  if (!proposition.sites.length) return null;
  return el("section", {}, el("div", { class: "table stacked" }, el("table", {},
    el("caption", {}, "Centres"),
    el("thead", {}, el("tr", {}, ["Centre", "Statut", "Contact"].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, proposition.sites.map((site) => row(site, asOf))))),
    proposition.sites.some((site) => site.distance_km !== null)
      ? el("p", { class: "quiet small" }, "Distances à vol d’oiseau.") : null);
}

function row(site, asOf) {
  const far = site.distance_km === null ? "" : ` · ${distance(site.distance_km)}`;
  return el("tr", {},
    el("th", { scope: "row" }, site.name, el("span", { class: "origin" }, `${site.city ?? ""}${far}`)),
    el("td", {}, SITES[site.status], checked(site, asOf)),
    el("td", { class: "contact" }, contact(site)));
}

function checked(site, asOf) {
  const words = site.verified_on
    ? `vérifié le ${day(site.verified_on, asOf)}${site.verified_by ? ` par ${site.verified_by}` : ""}`
    : "jamais vérifié";
  const old = site.freshness === "stale" ? " · statut à revérifier (> 60 jours)" : "";
  return el("span", { class: "origin" }, words, old);
}

function contact(site) {
  const whom = site.contact;
  const lines = [
    site.investigator ? `investigateur : ${site.investigator}` : null,
    whom?.name,
    whom?.phone ? el("a", { href: `tel:${whom.phone.replace(/[^\d+]/g, "")}` }, whom.phone) : null,
    whom?.email ? el("a", { href: `mailto:${encodeURIComponent(whom.email).replace("%40", "@")}` }, whom.email) : null,
  ].filter(Boolean);
  return lines.length ? lines.map((line) => el("div", {}, line)) : "non renseigné";
}

/** For the printed sheet: the open sites with their contacts, one a line. */
export function printedSites(proposition) {
  const open = proposition.sites.filter((site) => site.status === "open").slice(0, 3);
  return el("p", { class: "print-only" }, open.map((site) => {
    const whom = [site.contact?.name, site.contact?.phone, site.contact?.email].filter(Boolean).join(", ");
    return el("span", {}, `${site.name}${whom ? ` (${whom})` : ""}. `);
  }));
}
