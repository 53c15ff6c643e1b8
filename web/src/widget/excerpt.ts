/** As much of a passage as a portal has room for: the marked sentence, and a little of what is around it. */

import type { Part } from "../shared/format.js";

const BEFORE = 60;
const AFTER = 120;
const WHOLE = 280;

/** Parts of a passage, shortened where no mark is. */
export function excerpt(parts: readonly Part[]): readonly Part[] {
  const length = parts.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= WHOLE) return parts;
  if (!parts.some(({ marked }) => marked)) return [cutEnd(parts[0], WHOLE)].filter(isPart);
  return parts
    .map((part, place) => {
      if (part.marked) return part;
      if (place === 0) return cutStart(part);
      return place === parts.length - 1 ? cutEnd(part, AFTER) : part;
    })
    .filter(isPart);
}

function cutStart(part: Part): Part {
  if (part.text.length <= BEFORE) return part;
  return { ...part, text: `…${part.text.slice(-BEFORE).replace(/^[\udc00-\udfff]|^\w+\s/u, "")}` };
}

function cutEnd(part: Part | undefined, length: number): Part | undefined {
  if (!part || part.text.length <= length) return part;
  return { ...part, text: `${part.text.slice(0, length).replace(/[\ud800-\udbff]$|\s\w+$/u, "")}…` };
}

function isPart(part: Part | undefined): part is Part {
  return Boolean(part?.text);
}
