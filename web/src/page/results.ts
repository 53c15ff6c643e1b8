/** The hits of what the page asks for: fetched, kept until the next answer comes, explained on demand. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import {
  type Article,
  type AskedQuery,
  type Explanation,
  type FacetCount,
  type HaiheApi,
  type Hit,
  type IndexInfo,
  isAborted,
  Latest,
  ProblemError,
} from "../shared/api.js";
import {
  asksTheSame,
  FILTERS,
  type FilterName,
  isFiltered,
  type PageState,
  toRequest,
  withoutFilter,
} from "./state.js";

const MOST_AT_ONCE = 100;
const RETRY_SECONDS = 2;
const BUSY = new Set([429, 503]);

export interface Answer {
  /** What was asked for. */
  readonly state: PageState;
  readonly hits: readonly Hit[];
  /** How many are relevant; null where the hits are like another. */
  readonly total: number | null;
  readonly isAtLeast: boolean;
  readonly index: IndexInfo;
  /** The question as it was understood; null where the hits are like another. */
  readonly query: AskedQuery | null;
  /** Whether there may be hits behind these. */
  readonly hasMore: boolean;
}

export type Facets = Readonly<Record<FilterName, readonly FacetCount[]>>;
export type Explained = Explanation | "loading" | "failed";

const NO_FACETS: Facets = { language: [], source: [], month: [] };

export class Results implements ReactiveController {
  answer: Answer | null = null;
  /** Each facet under the filters of the others, so that one can see what else there is to choose. */
  facets: Facets = NO_FACETS;
  isBusy = false;
  problem: ProblemError | null = null;
  /** Seconds until the service is asked again by itself; null where it isn't. */
  retryIn: number | null = null;
  /** Explanations that were asked for, by passage. */
  readonly explained = new Map<string, Explained>();

  readonly #host: ReactiveControllerHost;
  readonly #api: HaiheApi;
  readonly #latest = new Latest();
  readonly #articles = new Map<string, Promise<Article>>();
  #asked: PageState | null = null;
  #retryTimer = 0;

  constructor(host: ReactiveControllerHost, api: HaiheApi) {
    this.#host = host;
    this.#api = api;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#latest.abort();
    window.clearTimeout(this.#retryTimer);
  }

  /** Get what a state asks for; what is being got for another is given up. */
  async load(state: PageState): Promise<void> {
    if (!state.query && !state.like) {
      this.#reset();
      return;
    }
    if (this.#asked && asksTheSame(state, this.#asked) && state.count <= this.#asked.count && !this.problem)
      return;
    this.#asked = state;
    await this.#ask(state);
  }

  /** Ask again what failed. */
  async retry(): Promise<void> {
    if (this.#asked) await this.#ask(this.#asked);
  }

  /** Explain a hit, or stop to. */
  async explain(hit: Hit): Promise<void> {
    const id = hit.passage.id;
    if (this.explained.delete(id)) {
      this.#host.requestUpdate();
      return;
    }
    this.#setExplained(id, hit.explanation ?? "loading");
    const { answer } = this;
    if (hit.explanation || !answer) return;
    const found = await this.#explanation(hit, answer.state).catch(() => null);
    if (this.explained.has(id)) this.#setExplained(id, found ?? "failed");
  }

  /** An article, read once. */
  article(id: string): Promise<Article> {
    const known = this.#articles.get(id);
    if (known) return known;
    const read = this.#api.document(id);
    this.#articles.set(id, read);
    read.catch(() => this.#articles.delete(id));
    return read;
  }

  #reset(): void {
    this.#latest.abort();
    window.clearTimeout(this.#retryTimer);
    this.#asked = null;
    this.answer = null;
    this.facets = NO_FACETS;
    this.problem = null;
    this.retryIn = null;
    this.isBusy = false;
    this.#host.requestUpdate();
  }

  async #ask(state: PageState): Promise<void> {
    const signal = this.#latest.next();
    window.clearTimeout(this.#retryTimer);
    this.retryIn = null;
    this.isBusy = true;
    this.#host.requestUpdate();
    try {
      await (state.like ? this.#askSimilar(state, state.like, signal) : this.#askSearch(state, signal));
      this.problem = null;
    } catch (error) {
      if (isAborted(error)) return;
      this.#fail(error);
    }
    this.isBusy = false;
    this.#host.requestUpdate();
  }

  async #askSimilar(state: PageState, like: string, signal: AbortSignal): Promise<void> {
    const k = Math.min(state.count, MOST_AT_ONCE);
    const { hits, index } = await this.#api.similar(like, k, signal);
    const hasMore = hits.length === k && k < MOST_AT_ONCE;
    this.#accept({ state, hits, total: null, isAtLeast: false, index, query: null, hasMore });
    this.facets = NO_FACETS;
  }

  async #askSearch(state: PageState, signal: AbortSignal): Promise<void> {
    const known = this.answer && asksTheSame(this.answer.state, state) ? this.answer.hits : [];
    let hits = [...known];
    // Another answer was given up before it came: all that this one asks for is still here.
    if (hits.length >= state.count) {
      void this.#askOtherFacets(state, signal);
      return;
    }
    for (;;) {
      const k = Math.min(state.count - hits.length, MOST_AT_ONCE);
      const found = await this.#api.search(toRequest(state, hits.length, k), signal);
      hits = [...hits, ...found.hits];
      const hasMore = found.hits.length === k;
      if (hasMore && hits.length < state.count) continue;
      const { total, index, query } = found;
      this.#accept({ state, hits, total, isAtLeast: found.total_relation === "gte", index, query, hasMore });
      this.#keepFacets(state, found.facets);
      void this.#askOtherFacets(state, signal);
      return;
    }
  }

  #accept(answer: Answer): void {
    if (this.answer && !asksTheSame(this.answer.state, answer.state)) this.explained.clear();
    this.answer = answer;
  }

  /** The facets of an answer; a facet that is filtered by keeps what it had until it is asked for without its filter. */
  #keepFacets(state: PageState, found: Facets): void {
    const kept = FILTERS.map((name) => [
      name,
      isFiltered(state, name) && this.facets[name].length ? this.facets[name] : found[name],
    ]);
    this.facets = Object.fromEntries(kept) as Facets;
  }

  /** What each filter could be set to instead: its facet without it. */
  async #askOtherFacets(state: PageState, signal: AbortSignal): Promise<void> {
    const filtered = FILTERS.filter((name) => isFiltered(state, name));
    try {
      for (const name of filtered) {
        const found = await this.#api.search(toRequest(withoutFilter(state, name), 0, 1), signal);
        this.facets = { ...this.facets, [name]: found.facets[name] };
        this.#host.requestUpdate();
      }
    } catch {
      // The hits are there; the filters keep the counts that they have.
    }
  }

  #fail(error: unknown): void {
    this.problem = error instanceof ProblemError ? error : new ProblemError(0, String(error));
    this.answer = null;
    if (BUSY.has(this.problem.status))
      this.#countDown(Math.ceil(this.problem.retryAfterSeconds ?? RETRY_SECONDS));
  }

  #countDown(seconds: number): void {
    this.retryIn = seconds;
    this.#host.requestUpdate();
    this.#retryTimer = window.setTimeout(
      () => (seconds > 1 ? this.#countDown(seconds - 1) : void this.retry()),
      seconds > 0 ? 1000 : 0,
    );
  }

  async #explanation(hit: Hit, state: PageState): Promise<Explanation | null> {
    const request = { ...toRequest(state, hit.rank - 1, 1), explain: true };
    const { hits } = await this.#api.search(request);
    const found = hits[0];
    return found?.passage.id === hit.passage.id ? found.explanation : null;
  }

  #setExplained(id: string, explained: Explained): void {
    this.explained.set(id, explained);
    this.#host.requestUpdate();
  }
}
