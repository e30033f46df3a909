// The calls of the page, all to its own service, the case only ever in a body.

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail ?? "");
    this.problem = problem;
  }
}

export class Down extends Error {}

/** The answer for one case. Throws Refused (the case is to be corrected), Down, or AbortError. */
export async function match(body, signal) {
  const response = await send("/v1/match", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response.json();
  if (response.status >= 500) throw new Down(String(response.status));
  throw new Refused(await response.json());
}

/** The sample cases of the demonstration; none elsewhere. */
export async function sampleCases() {
  const response = await send("/demo/cases", { headers: { Accept: "application/json" } });
  return response.ok ? (await response.json()).cases : [];
}

async function send(address, options) {
  try {
    return await fetch(address, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Down(error.message);
  }
}
