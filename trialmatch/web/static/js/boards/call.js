// The calls of the board's pages, all to their own service. The key is kept as long as the page is open, and nowhere.

import { byId } from "../element/dom.js";

let key = "";

/** A refusal or a failure: its status (0: nobody answered) and what was said. */
export class Failed extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? "");
    this.status = status;
    this.problem = problem ?? {};
  }
}

/** Sends, and gives the response that is good. Throws Failed; asks for the key where it is wanted. */
export async function send(path, { method = "GET", json, lines, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  if (lines !== undefined) headers["Content-Type"] = "application/x-ndjson";
  if (json !== undefined && path === "/v1/decisions") headers["Idempotency-Key"] = crypto.randomUUID?.() ?? randomKey();
  const body = json !== undefined ? JSON.stringify(json) : lines;
  const response = await answered(path, { method, headers, body, signal });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401 || response.status === 403) askForKey();
  throw new Failed(response.status, problem);
}

export async function read(path, options) {
  const response = await send(path, options);
  return response.status === 204 ? null : response.json();
}

/** `crypto.randomUUID` is there on https and on this machine only. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answered(path, options) {
  try {
    return await fetch(path, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failed(0);
  }
}

function askForKey() {
  byId("key-form").hidden = false;
}

/** Takes the key that was typed, then does again what it was wanted for. */
export function listenForKey(again) {
  byId("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    key = byId("key").value.trim();
    byId("key").value = "";
    byId("key-form").hidden = true;
    again();
  });
}

/** What a failure is called on screen. */
export function wordsOf(error) {
  if (error.status === 0) return "Le service ne répond pas. Réessayez.";
  if (error.status === 401) return "Ce service demande une clé d’accès.";
  if (error.status === 403) return "La clé d’accès n’est pas la bonne.";
  if (error.status >= 500 && error.status !== 503) return "Le service a échoué. Réessayez.";
  return error.message;
}

/** Who acts, as the page was told; null until an id is typed. */
export function actor() {
  const user = byId("user").value.trim();
  return user ? { role: byId("role").value, user_id: user } : null;
}
