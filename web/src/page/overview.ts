/** What the index holds: asked for when the first screen is shown, kept as long as the page is open. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type HaiheApi, type Overview, ProblemError } from "../shared/api.js";

const RETRY_SECONDS = 2;
const BUSY = new Set([429, 503]);

export class OverviewLoader implements ReactiveController {
  /** Null until it is there: the screen works without. */
  overview: Overview | null = null;

  readonly #host: ReactiveControllerHost;
  readonly #api: HaiheApi;
  #isAsked = false;
  #timer = 0;

  constructor(host: ReactiveControllerHost, api: HaiheApi) {
    this.#host = host;
    this.#api = api;
    host.addController(this);
  }

  hostDisconnected(): void {
    window.clearTimeout(this.#timer);
  }

  /** Get it, unless it is there or on its way. A service that is starting is asked again; another failure shows nothing. */
  async load(): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    try {
      this.overview = await this.#api.overview();
      this.#host.requestUpdate();
    } catch (error) {
      this.#isAsked = false;
      this.#askLater(error);
    }
  }

  #askLater(error: unknown): void {
    if (!(error instanceof ProblemError) || !BUSY.has(error.status)) return;
    const seconds = Math.max(error.retryAfterSeconds ?? RETRY_SECONDS, 1);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.load(), 1000 * seconds);
  }
}
