/** One hit: title, source, date, language, the passage with its best sentence marked, the same story beside it. */

import { css, html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Counterpart, Document, Hit } from "./api.js";
import { bestSentence, formatDate, type Locale, markedParts, withOpening } from "./format.js";
import { HIT_TEXTS, type HitTexts, LOCALES, textLanguage } from "./i18n.js";
import "./score-explanation.js";

/** What a card asks for; events bubble out of shadow roots. */
export interface HitEvents {
  /** Read an article, at a passage where one is named. */
  "hit-open": { readonly documentId: string; readonly passageId: string | null };
  "hit-similar": { readonly hit: Hit };
  /** Show or hide why it is here. */
  "hit-explain": { readonly hit: Hit };
  "hit-cite": { readonly hit: Hit };
}

export type HitAction = "explain" | "similar" | "cite";

/** Where an article is to be read. */
export type Href = (documentId: string, passageId: string | null) => string;

@customElement("hit-card")
export class HitCard extends LitElement {
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  static override styles = css`
    :host { display: block; container-type: inline-size; color: var(--haihe-ink); }
    :lang(zh) { font-variant-east-asian: normal; text-autospace: normal; }
    :lang(en) { font-variant-east-asian: proportional-width; text-autospace: no-autospace; }
    article { display: grid; grid-template-columns: 2rem minmax(0, 1fr); column-gap: 0.75rem; }
    .rank { color: var(--haihe-soft); font: 0.8125rem/1.75rem var(--haihe-sans); font-variant-numeric: tabular-nums; text-align: right; }
    h3 { margin: 0; font: 600 1.125rem/1.45 var(--haihe-serif); text-wrap: pretty; overflow-wrap: anywhere; }
    h3:lang(zh) { font-weight: 700; font-size: 1.0625rem; line-height: 1.6; }
    a { color: inherit; text-decoration-line: underline; text-decoration-color: transparent; text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
    a:hover { color: var(--haihe-accent); text-decoration-color: currentColor; }
    a:focus-visible, button:focus-visible { outline: 2px solid var(--haihe-accent); outline-offset: 2px; border-radius: 2px; }
    .meta { margin: 0.125rem 0 0.375rem; color: var(--haihe-soft); font-size: 0.8125rem; line-height: 1.5; }
    .meta > * + *::before { content: "·"; margin: 0 0.4em; color: var(--haihe-edge); }
    .badge { color: var(--haihe-ink); font-weight: 600; font-size: 0.75rem; }
    .unknown { font-style: italic; }
    .unknown:lang(zh) { font-style: normal; }
    .passage { margin: 0; font-size: 0.9375rem; line-height: 1.6; overflow-wrap: anywhere; white-space: pre-line; }
    .passage:lang(zh) { line-height: 1.75; text-align: justify; }
    mark { background: var(--haihe-mark); color: inherit; padding: 0.1em 0; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
    .actions { display: flex; flex-wrap: wrap; gap: 0 1rem; margin-top: 0.25rem; }
    button { appearance: none; border: 0; background: none; padding: 0.25rem 0; min-height: 1.75rem; color: var(--haihe-soft); font: 0.8125rem/1.25 var(--haihe-sans); cursor: pointer; }
    button:hover, button[aria-expanded="true"] { color: var(--haihe-accent); text-decoration: underline; text-underline-offset: 0.2em; }
    .meter { width: 2.25rem; height: 0.3rem; margin-right: 0.375rem; vertical-align: 0.1em; }
    .meter rect { fill: var(--haihe-line); }
    .meter rect + rect { fill: var(--haihe-accent); }
    .explanation { margin-top: 0.25rem; padding: 0.75rem 0 0.25rem; border-top: 1px solid var(--haihe-line); font-size: 0.8125rem; }
    aside { grid-column: 2; margin-top: 0.625rem; padding-left: 0.75rem; border-left: 2px solid var(--haihe-line); font-size: 0.8125rem; line-height: 1.5; }
    h4 { margin: 0 0 0.125rem; font: 600 0.75rem/1.5 var(--haihe-sans); color: var(--haihe-soft); }
    aside a { font: 600 0.875rem/1.45 var(--haihe-serif); overflow-wrap: anywhere; }
    aside p { margin: 0.125rem 0 0; color: var(--haihe-soft); overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; line-clamp: 4; overflow: hidden; }
    ul { list-style: none; margin: 0; padding: 0; }
    li + li, h4:not(:first-child) { margin-top: 0.375rem; }
    @container (min-width: 46rem) {
      article.beside { grid-template-columns: 2rem minmax(0, 1fr) minmax(12rem, 30%); }
      aside { grid-column: 3; grid-row: 1; margin: 0.25rem 0 0 0.75rem; }
    }
    @container (max-width: 30rem) {
      article { grid-template-columns: minmax(0, 1fr); }
      .rank { display: none; }
      aside { grid-column: 1; }
      .passage:lang(zh) { text-align: start; }
    }
    @media print {
      .actions { display: none; }
      mark { background: none; text-decoration: underline; }
    }
  `;

  @property({ attribute: false }) hit: Hit | null = null;
  @property() locale: Locale = "en";
  @property({ attribute: false }) actions: readonly HitAction[] = [];
  @property({ attribute: false }) hrefOf: Href = () => "#";
  /** Hits of the same answer by document: a counterpart that is among them shows its best sentence. */
  @property({ attribute: false }) others: ReadonlyMap<string, Hit> = new Map();
  @property({ type: Boolean }) explained = false;
  @property({ type: Boolean }) explanationFailed = false;

  protected override shouldUpdate(): boolean {
    return this.hit !== null;
  }

  protected override render() {
    const hit = this.hit;
    if (!hit) return nothing;
    const beside = hit.document.counterparts.length > 0;
    return html`
      <article class=${beside ? "beside" : ""} aria-labelledby="title">
        <span class="rank" aria-hidden="true">${hit.rank}</span>
        <div>
          ${this.#title(hit)} ${this.#meta(hit)} ${this.#passage(hit)} ${this.#actions(hit)} ${this.#explanation(hit)}
        </div>
        ${beside ? this.#counterparts(hit.document.counterparts) : nothing}
      </article>
    `;
  }

  get #texts(): HitTexts {
    return HIT_TEXTS[this.locale];
  }

  #title({ document, passage }: Hit) {
    return html`
      <h3 id="title" lang=${textLanguage(document.title)}>
        <a href=${this.hrefOf(document.id, passage.id)} @click=${this.#opens(document.id, passage.id)}
          >${document.title}</a
        >
      </h3>
    `;
  }

  #meta({ document, passage, also_in, also_in_count }: Hit) {
    const { badge, languages, alsoIn } = this.#texts;
    const others = also_in.map((other) => other.source ?? other.title).join("; ");
    return html`
      <p class="meta">
        <span class="badge" title=${languages[passage.language]}>${badge[passage.language]}</span
        >${sourceOf(document, this.#texts)}${dateOf(document, this.#texts, this.locale)}${
          also_in.length ? html`<span title=${others}>${alsoIn(also_in_count)}</span>` : nothing
        }
      </p>
    `;
  }

  #passage({ passage }: Hit) {
    const parts = withOpening(passage.opening, markedParts(passage.text, passage.start, passage.highlights));
    return html`<p class="passage" lang=${passage.language}>${parts.map((part) =>
      part.marked ? html`<mark>${part.text}</mark>` : part.text,
    )}</p>`;
  }

  #actions(hit: Hit) {
    if (!this.actions.length) return nothing;
    const { moreLikeThis, cite } = this.#texts;
    return html`
      <div class="actions">
        ${this.actions.includes("explain") ? this.#explainButton(hit) : nothing}
        ${this.actions.includes("similar") ? this.#button("hit-similar", hit, moreLikeThis) : nothing}
        ${this.actions.includes("cite") ? this.#button("hit-cite", hit, cite) : nothing}
      </div>
    `;
  }

  #button(event: "hit-similar" | "hit-cite", hit: Hit, text: string) {
    const tell = () => this.#tell(event, { hit });
    return html`<button type="button" class=${event} aria-describedby="title" @click=${tell}>${text}</button>`;
  }

  #explainButton(hit: Hit) {
    const { relevance, why } = this.#texts;
    return html`
      <button
        type="button"
        class="hit-explain"
        aria-expanded=${this.explained}
        aria-describedby="title"
        @click=${() => this.#tell("hit-explain", { hit })}
      >
        <svg class="meter" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="12"></rect>
          <rect width=${hit.score * 100} height="12"></rect></svg
        >${relevance(hit.score)} · ${why}
      </button>
    `;
  }

  #explanation(hit: Hit) {
    if (!this.explained) return nothing;
    const { loading, failed } = this.#texts.explanation;
    const content = hit.explanation
      ? html`<score-explanation .explanation=${hit.explanation} .score=${hit.score} .locale=${this.locale}></score-explanation>`
      : this.explanationFailed
        ? failed
        : loading;
    return html`<div class="explanation" role="status">${content}</div>`;
  }

  #counterparts(counterparts: readonly Counterpart[]) {
    const groups = LOCALES.map((language) => ({
      language,
      found: counterparts.filter((counterpart) => counterpart.language === language),
    })).filter(({ found }) => found.length);
    return html`
      <aside>
        ${groups.map(
          ({ language, found }) => html`
            <h4>${this.#texts.sameStory[language]}</h4>
            <ul>${found.map((counterpart) => this.#counterpart(counterpart))}</ul>
          `,
        )}
      </aside>
    `;
  }

  #counterpart({ id, title }: Counterpart) {
    const other = this.others.get(id);
    const passageId = other?.passage.id ?? null;
    const quote = other ? bestSentence(other.passage) : "";
    return html`
      <li>
        <a lang=${textLanguage(title)} href=${this.hrefOf(id, passageId)} @click=${this.#opens(id, passageId)}>${title}</a>
        ${quote && other ? html`<p lang=${other.passage.language}>${quote}</p>` : nothing}
      </li>
    `;
  }

  /** A plain click opens the article here; with a key held, the browser does what it does with links. */
  #opens(documentId: string, passageId: string | null) {
    return (event: MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
      if (this.#tell("hit-open", { documentId, passageId })) return;
      event.preventDefault();
    };
  }

  /** Tell who listens; true unless somebody took care of it. */
  #tell<Name extends keyof HitEvents>(name: Name, detail: HitEvents[Name]): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }
}

function sourceOf(document: Document, texts: HitTexts) {
  return document.source
    ? html`<span lang=${textLanguage(document.source)}>${document.source}</span>`
    : html`<span class="unknown">${texts.sourceUnknown}</span>`;
}

function dateOf(document: Document, texts: HitTexts, locale: Locale) {
  return document.published
    ? html`<time datetime=${document.published}>${formatDate(document.published, locale)}</time>`
    : html`<span class="unknown">${texts.dateUnknown}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "hit-card": HitCard;
  }
}
