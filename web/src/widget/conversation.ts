/** Questions and answers: what was asked last, what of it is known, and what went wrong. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { HaiheApi, type Hit, isAborted, Latest, ProblemError, type SearchAnswer } from "../shared/api.js";
import { type Asked, toRequest } from "./attributes.js";
import { explainSilence, type Silence } from "./reach.js";

/** Where and as whom is asked. */
export interface Service {
  readonly endpoint: string;
  readonly token: string;
}

/** Why there is no answer. */
export interface Failure {
  readonly status: number;
  readonly detail: string;
  /** Where the service said nothing at all: why. */
  readonly silence: Silence | null;
}

/** An answer that came with the page, as the service gave it. */
export interface FirstAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What is told of an answer. */
export type OnAnswer = (answer: SearchAnswer) => void;

export class Conversation implements ReactiveController {
  answer: SearchAnswer | null = null;
  hits: readonly Hit[] = [];
  /** Hits of the last answer that are unlikely to be relevant, and not shown. */
  rest: readonly Hit[] = [];
  failure: Failure | null = null;
  isAsking = false;
  /** Whether the last page held fewer hits than a page has. */
  isAtEnd = false;

  readonly #latest = new Latest();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly onAnswer: OnAnswer,
    private readonly onFailure: (failure: Failure) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#latest.abort();
    this.isAsking = false;
  }

  /** Show the hits of the last answer that are unlikely to be relevant, too. */
  showRest(): void {
    this.hits = [...this.hits, ...this.rest];
    this.rest = [];
    this.host.requestUpdate();
  }

  /** Forget what was asked. */
  clear(): void {
    this.#latest.abort();
    Object.assign(this, { answer: null, hits: [], rest: [], failure: null, isAsking: false });
    this.host.requestUpdate();
  }

  /** Take an answer that is there already, without asking. */
  take({ status, body }: FirstAnswer): void {
    if (status === 200) this.#show(body as SearchAnswer, []);
    else this.#fail({ status, detail: (body as { detail?: string }).detail ?? "", silence: null });
  }

  /** Ask for the hits after the first `offset`; what is shown stays until they are there. */
  async ask(asked: Asked, service: Service, offset = 0): Promise<void> {
    const signal = this.#latest.next();
    this.isAsking = true;
    this.host.requestUpdate();
    try {
      const answer = await new HaiheApi(service).search(toRequest(asked, offset), signal);
      this.#show(answer, offset ? this.hits : []);
      this.isAtEnd = answer.hits.length < asked.size;
    } catch (error) {
      if (isAborted(error) || signal.aborted) return;
      const failure = await failureOf(error, service);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may be aborted meanwhile
      if (!signal.aborted) this.#fail(failure);
    }
  }

  #show(answer: SearchAnswer, before: readonly Hit[]): void {
    const shown = answer.hits.slice(0, shownCount(answer));
    const rest = answer.hits.slice(shown.length);
    Object.assign(this, { answer, hits: [...before, ...shown], rest, failure: null, isAsking: false });
    this.host.requestUpdate();
    this.onAnswer(answer);
  }

  #fail(failure: Failure): void {
    Object.assign(this, { failure, isAsking: false });
    this.host.requestUpdate();
    this.onFailure(failure);
  }
}

/** How many of an answer's hits are shown unasked: the relevant ones, or all where none is. */
function shownCount({ hits, total, total_relation }: SearchAnswer): number {
  if (total === 0 || total_relation === "gte") return hits.length;
  return hits.filter(({ rank }) => rank <= total).length;
}

async function failureOf(error: unknown, { endpoint }: Service): Promise<Failure> {
  if (!(error instanceof ProblemError)) return { status: 500, detail: String(error), silence: null };
  const silence = error.status === 0 ? await explainSilence(endpoint) : null;
  return { status: error.status, detail: error.detail, silence };
}
