// The calls of the element. The case only ever stands in a body; no cookie of ours, nothing kept.

export class Refused extends Error {
  constructor(problem) {
    super(problem?.detail ?? "");
    this.problem = problem ?? {};
  }
}

/** Nobody answered, or not in time. `bare`: somebody did, but has no catalogue to judge against. */
export class Down extends Error {
  constructor(message, bare = false) {
    super(message);
    this.bare = bare;
  }
}

const ABSENT = new Set([404, 405]);

/** Where answers come from: an address, or the host's own function `(path, body, { signal }) => Promise<object>`. */
export class Service {
  constructor({ address, token, fetcher }) {
    this.address = address;
    this.token = token;
    this.fetcher = fetcher;
  }

  /** The answer for one case. Throws Refused (the case is to be corrected), Down, or AbortError. */
  async match(body, signal) {
    return this.#asked("/v1/match", body, signal);
  }

  /** The address of the same search on archimaid.fr, or null: it is a way out, and never fails. */
  async search(told, signal) {
    try {
      return (await this.#asked("/v1/archimaid/search", { case: told }, signal)).url ?? null;
    } catch {
      return null;
    }
  }

  /** What the service kept of a decision; null where it keeps none. Throws like `match`. */
  async record(decision, signal) {
    try {
      return await this.#asked("/v1/decisions", decision, signal);
    } catch (error) {
      if (error.absent) return null;
      throw error;
    }
  }

  /** What was decided of a case so far; nothing where that cannot be read: it never fails. */
  async decided(caseId) {
    try {
      return (await this.#asked("/v1/decisions/search", { case_ids: [caseId] }))?.followed ?? [];
    } catch {
      return [];
    }
  }

  /** Counts the trials that were shown. */
  async shown(trialIds) {
    return this.#asked("/v1/decisions/displayed", { trial_ids: trialIds });
  }

  async #asked(path, body, signal) {
    return this.fetcher ? this.#byHost(path, body, signal) : this.#byAddress(path, body, signal);
  }

  async #byHost(path, body, signal) {
    try {
      return await this.fetcher(path, body, { signal });
    } catch (error) {
      if (error?.name === "AbortError") throw error;
      if (error?.problem) throw new Refused(error.problem);
      throw Object.assign(new Down(String(error?.message ?? "")), { absent: error?.status === 404 });
    }
  }

  async #byAddress(path, body, signal) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    const response = await send(`${this.address}${path}`, {
      method: "POST", headers, body: JSON.stringify(body), signal,
    });
    if (response.status === 204) return null;
    if (response.ok) return read(response);
    if (ABSENT.has(response.status)) throw Object.assign(new Down(String(response.status)), { absent: true });
    if (response.status >= 500) throw new Down(String(response.status), response.status === 503);
    throw new Refused(await read(response));
  }
}

async function send(address, options) {
  try {
    return await fetch(address, {
      cache: "no-store", credentials: "same-origin", referrerPolicy: "no-referrer", redirect: "error", ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Down(error.message);
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Down("the answer is not JSON");
  }
}
