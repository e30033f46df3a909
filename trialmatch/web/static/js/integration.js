// The live examples of the page /integration: the same few lines as the code above each of them.

const invented = JSON.parse(document.body.dataset.case);
const byId = (id) => document.getElementById(id);

function heard(where, name) {
  const line = document.createElement("li");
  line.textContent = `${where} : ${name}`;
  byId("heard").append(line);
}

const ask = (path, body) => fetch(path, {
  method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
});

function listen(element, where) {
  for (const name of ["judged", "failed", "proposition-selected", "question-answered", "decision-recorded"]) {
    element.addEventListener(name, () => heard(where, name));
  }
}

async function passAnswer(element) {
  const response = await ask("/v1/match", { case: invented });
  if (response.ok) element.answer = await response.json();
}

async function openFrame(frame) {
  const response = await ask("/v1/embed/tokens", { case: invented });
  if (!response.ok) {
    byId("frame-note").textContent = "Exemple vivant en démonstration seulement : ailleurs, le jeton est demandé par votre serveur, avec le secret.";
    frame.hidden = true;
    return;
  }
  const { token } = await response.json();
  const messagingHandle = crypto.randomUUID();
  const say = (messageType, payload) => frame.contentWindow.postMessage(
    { messagingHandle, messageId: crypto.randomUUID(), messageType, payload }, location.origin);
  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== location.origin) return;
    if (data.payload?.ready) say("scratchpad.create", { resource: { case: invented }, token });
    if (data.messageType === "ui.resize") frame.height = data.payload.height;
    else if (data.messageType) heard("cadre", data.messageType);
  });
  frame.addEventListener("load", () => say("status.handshake", {}));
  frame.src = "/embed";
}

listen(byId("by-service"), "exemple 1");
listen(byId("by-answer"), "exemple 2");
byId("by-service").case = invented;
passAnswer(byId("by-answer"));
openFrame(byId("frame"));
