/** An article's text in paragraphs, with a passage and its best sentence set off. Pure. */

import type { Span } from "../shared/api.js";
import { codePointIndex } from "../shared/format.js";

export type Role = "text" | "passage" | "best";

export interface Run {
  readonly text: string;
  readonly role: Role;
}

export type Paragraph = readonly Run[];

/**
 * Cut a text into paragraphs of runs.
 *
 * @param text - the document's.
 * @param passage - the passage that is read, in code points.
 * @param best - its best sentence, within it.
 */
export function paragraphs(text: string, passage: Span | null, best: Span | null): Paragraph[] {
  const unitOf = codePointIndex(text);
  const toUnits = (span: Span | null) => (span ? { start: unitOf(span.start), end: unitOf(span.end) } : null);
  const [inPassage, inBest] = [toUnits(passage), toUnits(best)];
  const cuts = [inPassage, inBest].flatMap((span) => (span ? [span.start, span.end] : []));
  const found: Paragraph[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    if (!match[0].trim()) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    const edges = [
      from,
      ...cuts.filter((cut) => from < cut && cut < to).sort((one, other) => one - other),
      to,
    ];
    found.push(
      edges.slice(1).flatMap((end, at): Run[] => {
        const start = edges[at] ?? from;
        if (start === end) return [];
        const role = isWithin(start, inBest) ? "best" : isWithin(start, inPassage) ? "passage" : "text";
        return [{ text: text.slice(start, end), role }];
      }),
    );
  }
  return found;
}

function isWithin(at: number, span: Span | null): boolean {
  return span !== null && span.start <= at && at < span.end;
}
