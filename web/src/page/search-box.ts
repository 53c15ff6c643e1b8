/** The one search box: asks when typing pauses, never in the middle of a composition, at once on Enter. */

import { html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Locale } from "../shared/format.js";
import { PAGE_TEXTS } from "./texts.js";

/** With the time of the search itself, an answer is there within 150 ms of a pause. */
const PAUSE_MS = 60;

export interface QueryEvent {
  readonly query: string;
  /** Whether it was typed to its end, or only to a pause. */
  readonly isDone: boolean;
}

@customElement("search-box")
export class SearchBox extends LitElement {
  @property() value = "";
  @property() locale: Locale = "en";
  @query("input") private readonly input!: HTMLInputElement;
  #timer = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("value")) this.show(this.value);
  }

  /** Have a question in the box. One that was typed stays as it was typed, with the blank that a next word follows. */
  show(question: string): void {
    if (this.input.value.trim() === question) return;
    window.clearTimeout(this.#timer);
    this.input.value = question;
  }

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  protected override render() {
    const texts = PAGE_TEXTS[this.locale];
    return html`
      <form role="search" @submit=${this.#submit}>
        <label class="unseen" for="query">${texts.searchLabel}</label>
        <input
          id="query"
          name="q"
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          placeholder=${texts.placeholder}
          @input=${this.#typed}
          @compositionend=${this.#pause}
        />
        <button type="submit" class="button main">${texts.search}</button>
        <details class="syntax">
          <summary class="button" aria-label=${texts.syntax.title} title=${texts.syntax.title}>?</summary>
          <dl>${texts.syntax.list.map(([sign, what]) => html`<dt><kbd>${sign}</kbd></dt><dd>${what}</dd>`)}</dl>
        </details>
      </form>
    `;
  }

  readonly #typed = (event: Event): void => {
    window.clearTimeout(this.#timer);
    if (event instanceof InputEvent && event.isComposing) return;
    this.#pause();
  };

  readonly #pause = (): void => {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tell(false), PAUSE_MS);
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#tell(true);
  };

  #tell(isDone: boolean): void {
    window.clearTimeout(this.#timer);
    const detail: QueryEvent = { query: this.input.value.trim(), isDone };
    this.dispatchEvent(new CustomEvent("query", { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "search-box": SearchBox;
  }
}
