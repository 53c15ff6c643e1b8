/** The element's attributes as values, and what they ask for. */

import type { ComplexAttributeConverter } from "lit";
import type { GroupBy, Language, SearchRequest, Sort } from "../shared/api.js";

/** What of the element decides which hits it shows. */
export interface Asked {
  readonly query: string;
  readonly languages: readonly string[];
  readonly sources: readonly string[];
  readonly publishedFrom: string;
  readonly publishedTo: string;
  readonly groupBy: string;
  readonly sort: string;
  readonly size: number;
}

/** A list as an attribute: separated by commas or, where an entry has one, as JSON. */
export const listConverter: ComplexAttributeConverter<readonly string[]> = {
  fromAttribute: (value) => readList(value ?? ""),
  toAttribute: (list) => (list.length ? writeList(list) : null),
};

export function readList(value: string): readonly string[] {
  return (parsed(value) ?? value.split(",")).map((entry) => String(entry).trim()).filter(Boolean);
}

export function writeList(list: readonly string[]): string {
  return list.some((entry) => entry.includes(",") || entry.startsWith("["))
    ? JSON.stringify(list)
    : list.join(",");
}

/** The request for a page of hits; what isn't set is left to the service, which names what it doesn't know. */
export function toRequest(asked: Asked, offset: number): SearchRequest {
  return {
    query: asked.query.trim(),
    k: asked.size,
    ...(offset && { offset }),
    ...(asked.languages.length && { languages: asked.languages as readonly Language[] }),
    ...(asked.sources.length && { sources: asked.sources }),
    ...(asked.publishedFrom && { published_from: asked.publishedFrom }),
    ...(asked.publishedTo && { published_to: asked.publishedTo }),
    ...(asked.groupBy && { group_by: asked.groupBy as GroupBy }),
    ...(asked.sort && { sort: asked.sort as Sort }),
  };
}

function parsed(value: string): readonly unknown[] | null {
  if (!value.trim().startsWith("[")) return null;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}
