/** Keys: `/` asks, `j` and `k` or arrows go from hit to hit, Escape goes back. */

import type { HitCard } from "../shared/hit-card.js";

const LETTERS = new Set(["/", "j", "k"]);
const TYPED_INTO = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

/** Whether a key is the page's: letters only where they aren't typed and aren't switched off, none in a dialog. */
export function wantsKey(event: KeyboardEvent, hasLetters: boolean): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  if (document.querySelector("dialog[open]")) return false;
  const target = event.composedPath()[0];
  const isTyping = target instanceof Element && target.matches(TYPED_INTO);
  if (isTyping) return event.key === "ArrowDown" && target.id === "query";
  return !LETTERS.has(event.key) || hasLetters;
}

/** Move between hits; false where the key doesn't say so. Arrows move only from a hit or the search box. */
export function moveFocus(page: ParentNode, event: KeyboardEvent): boolean {
  const cards = [...page.querySelectorAll("hit-card")];
  const at = cards.indexOf(document.activeElement as HitCard);
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && at < 0 && document.activeElement?.id !== "query") return false;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step || !cards.length) return false;
  if (at + step < 0) page.querySelector<HTMLElement>("#query")?.focus();
  else show(cards[Math.min(at + step, cards.length - 1)]);
  return true;
}

function show(card: HTMLElement | undefined): void {
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}
