/** A typed client of the service's HTTP interface. Shapes are those of `service/http/schemas.py`. */

export type Language = "zh" | "en";
export type GroupBy = "passage" | "document";
export type Sort = "relevance" | "published";

export interface SearchRequest {
  readonly query: string;
  readonly k?: number;
  readonly offset?: number;
  readonly languages?: readonly Language[];
  readonly sources?: readonly string[];
  readonly published_from?: string;
  readonly published_to?: string;
  readonly group_by?: GroupBy;
  readonly sort?: Sort;
  readonly min_score?: number;
  readonly explain?: boolean;
}

/** `start` and `end` count Unicode code points in the text of the document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Highlight extends Span {
  readonly score: number;
}

export interface Passage extends Span {
  readonly id: string;
  readonly text: string;
  readonly language: Language;
}

export interface FoundPassage extends Passage {
  readonly highlights: readonly Highlight[];
  /** The first words of the sentence that the passage goes on with, or nothing. */
  readonly opening?: string;
}

export interface Counterpart {
  readonly id: string;
  readonly title: string;
  readonly language: Language | null;
  readonly score: number;
}

export interface Document {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  readonly url: string | null;
  readonly published: string | null;
  readonly language: Language | null;
  readonly counterparts: readonly Counterpart[];
}

export interface Article extends Document {
  readonly author: string | null;
  readonly text: string;
  readonly passages: readonly Passage[];
}

export interface AlsoIn {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  readonly published: string | null;
}

export interface MatchedTerm {
  readonly text: string;
  readonly kind: string;
  readonly weight: number;
}

export interface Explanation {
  readonly deviations: number;
  readonly signals: Readonly<Record<string, number | null>>;
  readonly matched: readonly MatchedTerm[];
}

export interface Hit {
  readonly rank: number;
  readonly score: number;
  readonly passage: FoundPassage;
  readonly document: Document;
  /** Of the other articles with nearly the same passage, the first. */
  readonly also_in: readonly AlsoIn[];
  readonly also_in_count: number;
  readonly explanation: Explanation | null;
}

export interface FacetCount {
  readonly value: string | null;
  readonly count: number;
}

export interface Facets {
  readonly language: readonly FacetCount[];
  readonly source: readonly FacetCount[];
  readonly month: readonly FacetCount[];
}

export interface IndexInfo {
  readonly generation: string;
  readonly documents: number;
  readonly passages: number;
}

/** The question as it was understood; a note says what is wrong with it, in English and in Chinese. */
export interface AskedQuery {
  readonly text: string;
  readonly language: Language;
  readonly note: string | null;
  readonly note_zh: string | null;
}

export interface SearchAnswer {
  readonly query: AskedQuery;
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly total_relation: "eq" | "gte";
  readonly facets: Facets;
  readonly index: IndexInfo;
  readonly took_ms: number;
}

export interface SimilarAnswer {
  readonly hits: readonly Hit[];
  readonly index: IndexInfo;
}

/** What is to be said of a question in an interface's language; null where there is nothing. */
export function noteOn(query: AskedQuery, locale: Language): string | null {
  return locale === "zh" ? query.note_zh : query.note;
}

/** What the index holds, and what one may ask it to begin with. */
export interface Overview {
  readonly generation: string;
  readonly documents: number;
  readonly passages: Readonly<Record<Language, number>>;
  readonly published: Readonly<{ first: string | null; last: string | null; undated: number }>;
  /** Those with the most articles. */
  readonly sources: readonly Readonly<{ value: string; count: number }>[];
  readonly source_count: number;
  readonly unsourced: number;
  readonly examples: Readonly<Record<Language, readonly string[]>>;
}

interface ProblemBody {
  readonly title?: string;
  readonly detail?: string;
}

/** An answer of the service that is an error (RFC 9457), or no answer at all (`status` 0). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(
    readonly status: number,
    readonly detail: string,
    /** When the service says it may be asked again. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail);
  }
}

/** Whether an error only says that a newer request took the place of this one. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

export interface ApiOptions {
  /** Where the service is; empty for the page's own host. */
  readonly endpoint?: string;
  /** Sent as a bearer token where the service asks for one. */
  readonly token?: string;
}

/** Asks the service. Every call takes a signal that aborts it. */
export class HaiheApi {
  readonly #endpoint: string;
  readonly #token: string | undefined;

  constructor({ endpoint = "", token }: ApiOptions = {}) {
    this.#endpoint = endpoint.replace(/\/+$/, "");
    this.#token = token;
  }

  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchAnswer> {
    return this.#ask("/v1/search", signal, request);
  }

  overview(signal?: AbortSignal): Promise<Overview> {
    return this.#ask("/v1/index", signal);
  }

  document(id: string, signal?: AbortSignal): Promise<Article> {
    return this.#ask(`/v1/documents/${encodePath(id)}`, signal);
  }

  /** The passages most like a passage, or the documents most like a document. */
  similar(id: string, k: number, signal?: AbortSignal): Promise<SimilarAnswer> {
    return this.#ask(`/v1/similar/${encodePath(id)}?k=${k}`, signal);
  }

  async #ask<Answer>(path: string, signal?: AbortSignal, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const init: RequestInit = {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "omit",
      signal: signal ?? null,
    };
    const response = await reach(this.#endpoint + path, init);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as Answer;
  }
}

/** One request at a time: `next()` aborts the one before. */
export class Latest {
  #controller: AbortController | null = null;

  next(): AbortSignal {
    this.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller?.abort();
    this.#controller = null;
  }
}

/** Identifiers are paths: their slashes stay. */
function encodePath(id: string): string {
  return id.split("/").map(encodeURIComponent).join("/");
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (isAborted(error)) throw error;
    throw new ProblemError(0, "");
  }
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => ({}))) as ProblemBody;
  const detail = body.detail ?? body.title ?? response.statusText;
  return new ProblemError(response.status, detail, retryAfter(response.headers.get("Retry-After")));
}

/** Seconds, given as a number or as a date. */
function retryAfter(value: string | null): number | null {
  if (value === null) return null;
  const seconds = /^\d+$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
