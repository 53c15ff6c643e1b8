/** What the page shows, as its address says it: reopening the address gives the same. */

import type { GroupBy, Language, SearchRequest, Sort } from "../shared/api.js";
import type { Locale } from "../shared/format.js";
import { toLocale } from "../shared/i18n.js";

export const PAGE_SIZE = 20;
/** How far the list goes on: as far as the service does, unless it is set otherwise. */
export const MOST_HITS = 1000;

export interface PageState {
  readonly query: string;
  /** The one language that passages are to be in, or both. */
  readonly language: Language | null;
  readonly sources: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly sort: Sort;
  readonly groupBy: GroupBy;
  /** How many hits were asked for. */
  readonly count: number;
  /** Whether hits below the threshold of relevance are shown. */
  readonly unlikely: boolean;
  /** The passage or document that the hits are to be like, instead of answering the query. */
  readonly like: string | null;
  /** The document that `like` is from. */
  readonly likeDocument: string | null;
  /** The article that is open, the passage it is open at, and the article beside it. */
  readonly document: string | null;
  readonly passage: string | null;
  readonly beside: string | null;
  /** The language of the interface, where it was chosen by hand. */
  readonly locale: Locale | null;
}

export const START: PageState = {
  query: "",
  language: null,
  sources: [],
  from: null,
  to: null,
  sort: "relevance",
  groupBy: "document",
  count: PAGE_SIZE,
  unlikely: false,
  like: null,
  likeDocument: null,
  document: null,
  passage: null,
  beside: null,
  locale: null,
};

/** What an address says; what it says wrongly is left out. */
export function readState(search: string): PageState {
  const parameters = new URLSearchParams(search);
  const text = (name: string) => parameters.get(name)?.trim() || null;
  return {
    query: text("q") ?? "",
    language: toLocale(text("in")),
    sources: [...new Set(parameters.getAll("source").filter(Boolean))],
    from: readDay(text("from")),
    to: readDay(text("to")),
    sort: text("sort") === "published" ? "published" : "relevance",
    groupBy: text("group") === "passage" ? "passage" : "document",
    count: readCount(text("n")),
    unlikely: text("unlikely") === "1",
    like: text("like"),
    likeDocument: text("of"),
    document: text("doc"),
    passage: text("at"),
    beside: text("beside"),
    locale: toLocale(text("ui")),
  };
}

/** The address of a state, without what is as it is at the start. */
export function writeState(state: PageState): string {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | null, isUsual = false) => {
    if (value && !isUsual) parameters.append(name, value);
  };
  set("q", state.query);
  set("in", state.language);
  for (const source of state.sources) set("source", source);
  set("from", state.from);
  set("to", state.to);
  set("sort", state.sort, state.sort === START.sort);
  set("group", state.groupBy, state.groupBy === START.groupBy);
  set("n", String(state.count), state.count === PAGE_SIZE);
  set("unlikely", state.unlikely ? "1" : null);
  set("like", state.like);
  set("of", state.likeDocument);
  set("doc", state.document);
  set("at", state.passage);
  set("beside", state.beside);
  set("ui", state.locale);
  const written = parameters.toString();
  return written ? `?${written}` : "";
}

/** The filters of a state, by the facet they act on. */
export const FILTERS = ["language", "source", "month"] as const;
export type FilterName = (typeof FILTERS)[number];

export function isFiltered(state: PageState, filter: FilterName): boolean {
  if (filter === "language") return state.language !== null;
  if (filter === "source") return state.sources.length > 0;
  return state.from !== null || state.to !== null;
}

/** A state without one of its filters, or without all. */
export function withoutFilter(state: PageState, filter?: FilterName): PageState {
  const dropped = filter ? [filter] : FILTERS;
  return {
    ...state,
    ...(dropped.includes("language") && { language: null }),
    ...(dropped.includes("source") && { sources: [] }),
    ...(dropped.includes("month") && { from: null, to: null }),
    ...FIRST_PAGE,
  };
}

/** What a new search begins with. */
export const FIRST_PAGE = { count: PAGE_SIZE, unlikely: false } as const;

/** What `POST /v1/search` is asked for a state. */
export function toRequest(state: PageState, offset: number, k: number): SearchRequest {
  return {
    query: state.query,
    k,
    offset,
    group_by: state.groupBy,
    sort: state.sort,
    ...(state.language && { languages: [state.language] }),
    ...(state.sources.length && { sources: state.sources }),
    ...(state.from && { published_from: state.from }),
    ...(state.to && { published_to: state.to }),
  };
}

/** Whether two states need the same hits. */
export function asksTheSame(one: PageState, other: PageState): boolean {
  return searchKey(one) === searchKey(other);
}

/** What hits depend on, but for how many are asked for. */
export function searchKey(state: PageState): string {
  const { like } = state;
  return like ? JSON.stringify([like]) : JSON.stringify([toRequest(state, 0, 1)]);
}

function readDay(text: string | null): string | null {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(`${text}T`) ? text : null;
}

function readCount(text: string | null): number {
  const count = Number(text);
  return Number.isInteger(count) && count > 0 ? Math.min(count, MOST_HITS) : PAGE_SIZE;
}
