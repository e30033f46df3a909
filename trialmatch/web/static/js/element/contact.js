// Whom to call, what to copy, and a mail that holds nothing of the patient.

import { el, fill } from "./dom.js";
import { distance, nameOf } from "./words.js";

const MOST_SITES = 3;

/** The open sites with a contact, the nearest first; the mail is ready. */
export function contactPanel(proposition) {
  const sites = proposition.sites.filter((site) => site.status === "open" && site.contact).slice(0, MOST_SITES);
  if (!sites.length) {
    return el("p", {}, "Aucun contact n’est renseigné pour les centres ouverts : voir la fiche de l’essai.");
  }
  const text = message(proposition);
  return [
    el("ul", { class: "contacts" }, sites.map((site) => contactLine(site, proposition, text))),
    el("p", { class: "quiet small" }, "Message prêt, sans aucune donnée du patient :"),
    el("p", { class: "ready small" }, text),
  ];
}

function contactLine(site, proposition, text) {
  const { name, phone, email } = site.contact;
  const far = site.distance_km === null || site.distance_km === undefined ? "" : ` · ${distance(site.distance_km)}`;
  const said = el("span", { class: "quiet small", role: "status" });
  return el("li", {},
    el("span", {}, el("strong", {}, site.name), el("span", { class: "quiet" }, ` ${[site.city, name].filter(Boolean).join(" · ")}${far}`)),
    el("span", { class: "choices" },
      phone ? el("a", { class: "button", href: telephone(phone) }, `Appeler ${phone}`) : null,
      email ? el("a", { class: "button", href: mail(email, proposition, text) }, "Écrire un courriel") : null,
      el("button", {
        type: "button", "aria-label": `Copier le contact de ${site.name}`,
        onclick: () => copy([site.name, name, phone, email].filter(Boolean).join("\n"), said),
      }, "Copier"), said));
}

export function telephone(phone) {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}

function mail(email, proposition, text) {
  const subject = `Essai ${nameOf(proposition)} : inclusions en cours ?`;
  return `mailto:${encodeURIComponent(email).replace("%40", "@")}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`;
}

/** Nothing of the case goes into it: which trial, and what is asked of the site. */
export function message(proposition) {
  const number = proposition.nct && proposition.nct !== nameOf(proposition) ? ` (${proposition.nct})` : "";
  return `Bonjour, l’essai ${nameOf(proposition)}${number} est discuté en RCP pour un patient. `
    + "Pouvez-vous nous dire si les inclusions sont en cours dans votre centre, s’il reste des places, et nous rappeler ? Merci.";
}

async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    fill(said, "copié");
  } catch {
    fill(said, `à copier : ${text.replaceAll("\n", " · ")}`);
  }
}
