/** Why a service that gave no answer gave none: a browser doesn't say. */

export type Silence = "refused" | "unreachable";

/** Whether the service lives, and only refuses this page's origin, or can't be reached at all. */
export async function explainSilence(endpoint: string): Promise<Silence> {
  try {
    await fetch(`${endpoint}/healthz`, { mode: "no-cors", credentials: "omit", cache: "no-store" });
    return "refused";
  } catch {
    return "unreachable";
  }
}
