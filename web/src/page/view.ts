/** What the parts of the page are given: what to show, and how to change it. */

import type { Locale } from "../shared/format.js";
import type { Results } from "./results.js";
import type { PageState } from "./state.js";
import type { PageTexts } from "./texts.js";

export interface View {
  readonly state: PageState;
  readonly results: Results;
  readonly locale: Locale;
  readonly texts: PageTexts;
  /** Show something else, as a new entry of the browser's history. */
  readonly go: (change: Partial<PageState>) => void;
}
