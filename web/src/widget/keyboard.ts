/** Keys inside the widget; outside it they are the page's. */

const TYPED = [
  "keydown",
  "keypress",
  "keyup",
  "beforeinput",
  "input",
  "compositionstart",
  "compositionupdate",
  "compositionend",
  "paste",
];
const THE_PAGES = new Set(["Escape", "Tab"]);

/**
 * Keep what is typed into a field from the page around: it would see the element, not a text field, and take letters for
 * its shortcuts.
 *
 * Escape and Tab still reach it, which may close a dialog or hold the focus in one.
 *
 * @param root - the last element inside that may hear it.
 */
export function keepTyping(root: HTMLElement, field: HTMLElement): void {
  for (const type of TYPED) {
    root.addEventListener(type, (event) => {
      const isThePages = event instanceof KeyboardEvent && THE_PAGES.has(event.key);
      if (event.target === field && !isThePages) event.stopPropagation();
    });
  }
}

/** Where an arrow key leads among links that begin under a field; undefined where it is another key's business. */
export function arrowTarget(
  key: string,
  field: HTMLElement,
  links: readonly HTMLElement[],
  from: Element | null,
): HTMLElement | undefined {
  const place = links.indexOf(from as HTMLElement);
  if (place < 0 && from !== field) return undefined;
  if (key === "ArrowDown") return links[place + 1];
  if (key === "ArrowUp" && place >= 0) return place === 0 ? field : links[place - 1];
  return undefined;
}
