/** The article that a hit is from, open at its passage; the same story in the other language may be beside it. */

import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { type Article, type Hit, ProblemError, type Span } from "../shared/api.js";
import { formatDate, type Locale } from "../shared/format.js";
import { HIT_TEXTS, textLanguage } from "../shared/i18n.js";
import { paragraphs } from "./article-text.js";
import { PAGE_TEXTS } from "./texts.js";

/** What the dialog asks for. */
export interface ArticleEvents {
  "article-close": null;
  "article-open": { readonly documentId: string };
  "article-beside": { readonly documentId: string | null };
  "article-similar": { readonly documentId: string };
  "article-cite": { readonly article: Article };
}

type Loaded = Article | ProblemError | null;

@customElement("article-dialog")
export class ArticleDialog extends LitElement {
  @property({ attribute: false }) documentId: string | null = null;
  @property({ attribute: false }) passageId: string | null = null;
  @property({ attribute: false }) besideId: string | null = null;
  @property({ attribute: false }) hits: readonly Hit[] = [];
  @property({ attribute: false }) read: (id: string) => Promise<Article> = () =>
    Promise.reject(new ProblemError(0, ""));
  @property() locale: Locale = "en";
  @state() private article: Loaded = null;
  @state() private beside: Loaded = null;
  @query("dialog") private readonly dialog!: HTMLDialogElement;
  #isToScroll = false;
  #start: HTMLElement | null = null;

  /** Its styles are the page's, so that printing can leave the rest out. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("documentId")) {
      this.article = null;
      if (this.documentId) void this.#load(this.documentId);
    }
    if (changed.has("besideId")) {
      this.beside = null;
      if (this.besideId) void this.#loadBeside(this.besideId);
    }
    if (changed.has("passageId") || changed.has("documentId")) this.#isToScroll = true;
  }

  protected override updated(): void {
    if (this.documentId && !this.dialog.open) this.dialog.showModal();
    if (!this.documentId && this.dialog.open) this.dialog.close();
    // A late answer marks the best sentence, and draws the passage anew.
    if (this.#start && !this.#start.isConnected) this.#isToScroll = true;
    if (this.#isToScroll && isArticle(this.article)) {
      this.#isToScroll = false;
      this.#showPassage();
    }
  }

  protected override render() {
    const texts = PAGE_TEXTS[this.locale].article;
    return html`
      <dialog class="reader ${this.besideId ? "two" : ""}" aria-label=${texts.label} @cancel=${this.#cancel} @click=${this.#clickOutside}>
        <div class="reader-bar">
          <button type="button" class="plain" @click=${() => this.#showPassage()} ?hidden=${!this.#passage()}>${texts.toPassage}</button>
          <button type="button" class="plain close" @click=${() => this.#tell("article-close", null)}>${texts.close} <kbd>Esc</kbd></button>
        </div>
        <div class="reader-columns">
          ${this.#column(this.article, "main")} ${this.besideId ? this.#column(this.beside, "beside") : nothing}
        </div>
      </dialog>
    `;
  }

  #column(loaded: Loaded, which: "main" | "beside") {
    if (!this.documentId) return nothing;
    const texts = PAGE_TEXTS[this.locale];
    if (!loaded)
      return html`<div class="column"><p class="quiet" role="status">${texts.article.loading}</p></div>`;
    if (!isArticle(loaded)) return html`<div class="column">${this.#problem(loaded)}</div>`;
    const isMain = which === "main";
    return html`
      <article class="column" lang=${loaded.language ?? textLanguage(loaded.text)}>
        ${this.#head(loaded, isMain)} ${this.#body(loaded, isMain)}
      </article>
    `;
  }

  #head(article: Article, isMain: boolean) {
    const { article: texts } = PAGE_TEXTS[this.locale];
    const { sourceUnknown, dateUnknown, languages } = HIT_TEXTS[this.locale];
    return html`
      <header>
        <h2 lang=${textLanguage(article.title)}>${article.title}</h2>
        <p class="meta" lang=${this.locale}>
          ${article.language ? html`<span>${languages[article.language]}</span>` : nothing}
          <span lang=${textLanguage(article.source ?? sourceUnknown)}>${article.source ?? sourceUnknown}</span>
          ${
            article.published
              ? html`<time datetime=${article.published}>${formatDate(article.published, this.locale)}</time>`
              : html`<span>${dateUnknown}</span>`
          }
          ${article.author ? html`<span>${texts.by} <span lang=${textLanguage(article.author)}>${article.author}</span></span>` : nothing}
        </p>
        <p class="reader-actions" lang=${this.locale}>
          ${isWebAddress(article.url) ? html`<a href=${article.url} target="_blank" rel="noopener noreferrer">${texts.original}</a>` : nothing}
          <button type="button" class="plain" @click=${() => this.#tell("article-similar", { documentId: article.id })}>${texts.similar}</button>
          <button type="button" class="plain" @click=${() => this.#tell("article-cite", { article })}>${texts.cite}</button>
          ${isMain ? nothing : html`<button type="button" class="plain" @click=${() => this.#tell("article-beside", { documentId: null })}>${texts.closeBeside}</button>`}
        </p>
        ${isMain ? this.#counterparts(article) : nothing}
      </header>
    `;
  }

  #counterparts({ counterparts }: Article) {
    const { article: texts } = PAGE_TEXTS[this.locale];
    if (!counterparts.length) return nothing;
    return html`
      <div class="counterparts" lang=${this.locale}>
        <h3>${texts.sameStory}</h3>
        <ul>
          ${counterparts.map(
            ({ id, title }) => html`
              <li>
                <button type="button" class="plain title" lang=${textLanguage(title)} @click=${() => this.#tell("article-open", { documentId: id })}>${title}</button>
                <button type="button" class="plain" aria-pressed=${this.besideId === id} @click=${() => this.#tell("article-beside", { documentId: this.besideId === id ? null : id })}>${texts.beside}</button>
              </li>
            `,
          )}
        </ul>
      </div>
    `;
  }

  #body(article: Article, isMain: boolean) {
    const passage = isMain ? this.#passage() : this.#hitOf(article.id)?.passage;
    const best = this.#hitOf(article.id, passage?.id)?.passage.highlights[0];
    let isFirst = true;
    return html`
      <div class="text">
        ${paragraphs(article.text, passage ?? null, best ?? null).map(
          (runs) =>
            html`<p>${runs.map(({ text, role }) => {
              if (role === "text") return text;
              const isStart = isMain && isFirst;
              isFirst = false;
              const content = role === "best" ? html`<mark>${text}</mark>` : text;
              return html`<span class="passage" ?data-start=${isStart} tabindex=${isStart ? -1 : nothing}>${content}</span>`;
            })}</p>`,
        )}
      </div>
    `;
  }

  #problem({ status, detail }: ProblemError) {
    const { problems } = PAGE_TEXTS[this.locale];
    const isMissing = status === 404;
    return html`
      <div class="problem" role="alert">
        <p>${isMissing ? problems.notFound : status === 0 ? problems.unreachable : status === 503 ? problems.busy : problems.failed}</p>
        ${detail ? html`<p class="detail" lang="en">${detail}</p>` : nothing}
        ${isMissing ? nothing : html`<button type="button" class="button" @click=${this.#retry}>${problems.retry}</button>`}
      </div>
    `;
  }

  readonly #retry = (): void => {
    if (this.documentId && !isArticle(this.article)) void this.#load(this.documentId);
    if (this.besideId && !isArticle(this.beside)) void this.#loadBeside(this.besideId);
  };

  /** The passage that is read: the one named or, else, the one that was found in the article. */
  #passage(): (Span & { readonly id: string }) | undefined {
    if (!isArticle(this.article)) return undefined;
    const id = this.passageId ?? this.#hitOf(this.article.id)?.passage.id;
    return this.article.passages.find((passage) => passage.id === id);
  }

  #hitOf(documentId: string, passageId?: string): Hit | undefined {
    return this.hits.find(
      ({ document, passage }) => document.id === documentId && (!passageId || passage.id === passageId),
    );
  }

  #showPassage(): void {
    this.#start = this.querySelector<HTMLElement>("[data-start]");
    this.#start?.focus({ preventScroll: true });
    this.#start?.scrollIntoView({ block: "center" });
  }

  async #load(id: string): Promise<void> {
    const loaded = await this.read(id).catch(asProblem);
    if (id === this.documentId) this.article = loaded;
    this.#isToScroll = true;
  }

  async #loadBeside(id: string): Promise<void> {
    const loaded = await this.read(id).catch(asProblem);
    if (id === this.besideId) this.beside = loaded;
  }

  /** The page closes it, since its address says that it is open. */
  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    this.#tell("article-close", null);
  };

  readonly #clickOutside = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.#tell("article-close", null);
  };

  #tell<Name extends keyof ArticleEvents>(name: Name, detail: ArticleEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

function isArticle(loaded: Loaded): loaded is Article {
  return loaded !== null && !(loaded instanceof ProblemError);
}

function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError(0, String(error));
}

/** An address that an article states may be anything; only these are links. */
function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url);
}

declare global {
  interface HTMLElementTagNameMap {
    "article-dialog": ArticleDialog;
  }
}
