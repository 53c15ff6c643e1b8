/** Where a hit leads to. */

import type { Hit } from "../shared/api.js";

/** The article where it was published; where it doesn't say, or says no web address, on the service's own page. */
export function articleUrl({ document, passage }: Hit, endpoint: string): string {
  return webAddress(document.url) ?? ownPage(document.id, endpoint, passage.id);
}

/** An article on the service's own page, at a passage where one is named. */
export function ownPage(documentId: string, endpoint: string, passageId?: string): string {
  return `${endpoint}/?${new URLSearchParams({ doc: documentId, ...(passageId && { at: passageId }) })}`;
}

/** The service's own page with a question. */
export function searchPage(query: string, endpoint: string): string {
  return `${endpoint}/?${new URLSearchParams({ q: query })}`;
}

/** An address if it is one of the web: what an article states of itself may be a script. */
export function webAddress(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === "https:" || parsed.protocol === "http:" ? parsed.href : null;
}
