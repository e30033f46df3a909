// The page in somebody's frame. It talks with its parent alone, of an origin that the settings name, and never to "*".
// The envelope is that of SMART Web Messaging; docs/integrate.md is the contract.

const propositions = document.getElementById("propositions");
const note = document.getElementById("note");
const allowed = new Set([location.origin, ...document.body.dataset.origins.split(" ").filter(Boolean)]);

const EVENTS = ["judged", "failed", "proposition-selected", "question-answered", "decision-recorded", "decisions-recalled"];
let host = null;
let opened = null;

function say(words) {
  if (note.textContent !== words) note.textContent = words;
}

function post(message) {
  if (host) window.parent.postMessage({ messageId: crypto.randomUUID(), ...message }, host.origin);
}

function tell(messageType, payload) {
  post({ messagingHandle: host?.handle, messageType, payload });
}

function reply(asked, payload) {
  post({ responseToMessageId: asked.messageId, additionalResponsesExpected: false, payload });
}

/** Takes the token for this case: the frame shows nothing that the host's server did not vouch for. */
async function open({ resource, token }) {
  const taken = await fetch("/v1/embed/open", {
    method: "POST", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify({ case: resource.case }),
  });
  if (!taken.ok) return taken.status;
  opened = resource.case.case_id;
  show(resource);
  return 201;
}

function show(resource) {
  say("");
  propositions.hidden = false;
  propositions.options = resource.options ?? {};
  propositions.actor = resource.actor ?? null;
  propositions.setCase(resource.case);
}

function close() {
  opened = null;
  propositions.setCase(null);
  propositions.hidden = true;
}

const WORDS = { 401: "Jeton absent", 403: "Jeton expiré ou déjà pris : rouvrez la fiche", 422: "La fiche est à corriger" };

async function create(message) {
  close();
  let status = 503;
  try {
    status = await open(message.payload);
  } catch {
    status = 503;
  }
  if (status !== 201) say(WORDS[status] ?? "Service indisponible");
  reply(message, { status: String(status) });
}

/** The same case, changed: its token was taken already. Another case needs another token. */
function update(message) {
  const { resource } = message.payload;
  const same = opened !== null && resource?.case?.case_id === opened;
  if (same) show(resource);
  reply(message, { status: same ? "200" : "409" });
}

const HANDLERS = {
  "scratchpad.create": create,
  "scratchpad.update": update,
  "scratchpad.delete": (message) => {
    close();
    reply(message, { status: "200" });
  },
};

function shakeHands(event) {
  host = { origin: event.origin, handle: event.data.messagingHandle };
  reply(event.data, { ready: true });
  say("En attente de la fiche…");
}

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || event.source === window || !allowed.has(event.origin)) return;
  const message = event.data;
  if (typeof message?.messagingHandle !== "string" || typeof message.messageId !== "string") return;
  if (message.messageType === "status.handshake") shakeHands(event);
  else if (host?.handle === message.messagingHandle && host.origin === event.origin) HANDLERS[message.messageType]?.(message);
});

for (const name of EVENTS) {
  propositions.addEventListener(name, (event) => tell(`trialmatch.${name}`, structuredClone(event.detail)));
}
new ResizeObserver(() => tell("ui.resize", { height: Math.ceil(document.documentElement.getBoundingClientRect().height) }))
  .observe(document.documentElement);
if (window.parent === window) say("Cette page s’ouvre dans un cadre de votre application : voir /integration.");
