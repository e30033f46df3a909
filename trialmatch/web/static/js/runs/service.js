// The calls of the page of synchronisations, all to its own service. The secret is in memory only, for one visit.

let secret = "";

export class Refused extends Error {
  constructor(status, detail) {
    super(detail ?? "");
    this.status = status;
  }
}

export const keepSecret = (typed) => { secret = typed; };

export const state = () => read("/v1/sync");
export const readiness = () => read("/readyz", [503]);
export const run = (id, after = "") => read(`/v1/sync/runs/${id}?${new URLSearchParams({ limit: "100", after })}`);

export function runs(asked) {
  const given = Object.entries(asked).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return read(`/v1/sync/runs?${new URLSearchParams(given)}`);
}

/** Accepts or refuses a held run. Throws Refused. */
export async function decide(id, decision) {
  const headers = secret ? { Authorization: `Bearer ${secret}` } : {};
  return answered(await send(`/v1/sync/runs/${id}/${decision}`, { method: "POST", headers }));
}

async function read(address, alsoFine = []) {
  return answered(await send(address, {}), alsoFine);
}

async function answered(response, alsoFine = []) {
  if (response.ok || alsoFine.includes(response.status)) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Refused(response.status, problem.detail);
}

async function send(address, options) {
  const common = { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" };
  try {
    return await fetch(address, { ...common, ...options });
  } catch {
    throw new Refused(0, "");
  }
}
