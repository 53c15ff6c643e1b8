/** The page: its address is its state, its parts are drawn from that. */

import { html, LitElement, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { type Article, HaiheApi } from "../shared/api.js";
import type { Locale } from "../shared/format.js";
import type { HitEvents } from "../shared/hit-card.js";
import { LOCALES, pickLocale } from "../shared/i18n.js";
import "./article-dialog.js";
import type { ArticleEvents } from "./article-dialog.js";
import "./export-dialog.js";
import type { ExportDialog } from "./export-dialog.js";
import { filterChips, filterCount, filters } from "./filters.js";
import { type ListView, likeBanner, resultsBar, resultsBody, shownHits, totalText } from "./hit-list.js";
import "./month-chart.js";
import type { Period } from "./month-chart.js";
import { OverviewLoader } from "./overview.js";
import { preferences } from "./preferences.js";
import { Results } from "./results.js";
import "./search-box.js";
import type { QueryEvent, SearchBox } from "./search-box.js";
import { moveFocus, wantsKey } from "./shortcuts.js";
import { startScreen } from "./start-screen.js";
import { asksTheSame, FIRST_PAGE, type PageState, readState, START, writeState } from "./state.js";
import { PAGE_TEXTS } from "./texts.js";
import { currentTheme, onSystemTheme, toggleTheme } from "./theme.js";

/** What an entry of the browser's history remembers besides its address. */
interface Entry {
  /** A query that is being typed: the next pause replaces it. */
  readonly isDraft?: boolean;
  /** How many entries back the page was without an open article. */
  readonly depth?: number;
}

const wide = window.matchMedia("(min-width: 64rem)");

@customElement("haihe-page")
export class HaihePage extends LitElement {
  readonly #api = new HaiheApi();
  readonly #results = new Results(this, this.#api);
  readonly #overview = new OverviewLoader(this, this.#api);
  @state() private now: PageState = readState(location.search);
  @state() private showsAllSources = false;
  @state() private showsFilters = false;
  @state() private likeTitle: string | null = null;
  @state() private hasShortcuts = preferences.shortcuts;
  @query("search-box") private readonly box!: SearchBox;
  @query("export-dialog") private readonly exports!: ExportDialog;

  /** One document: landmarks, headings and the skip link are the page's own. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const redraw = () => this.requestUpdate();
    window.addEventListener("popstate", () => this.#show(readState(location.search)));
    document.addEventListener("keydown", this.#key);
    wide.addEventListener("change", redraw);
    onSystemTheme(redraw);
    this.#show(this.now);
  }

  protected override firstUpdated(): void {
    if (!this.#isAsking && !this.now.document) void this.box.updateComplete.then(() => this.box.focus());
  }

  get #locale(): Locale {
    return this.now.locale ?? preferences.locale ?? pickLocale(...navigator.languages);
  }

  get #isAsking(): boolean {
    return this.now.query !== "" || this.now.like !== null;
  }

  get #view(): ListView {
    return {
      state: this.now,
      results: this.#results,
      locale: this.#locale,
      texts: PAGE_TEXTS[this.#locale],
      likeTitle: this.likeTitle,
      go: (change) => this.#go(change),
      exportHits: () => {
        const hits = shownHits(this.#view);
        this.exports.open(
          hits,
          hits.map((hit) => hit.document),
        );
      },
      retry: () => void this.#results.retry(),
    };
  }

  protected override render() {
    const texts = PAGE_TEXTS[this.#locale];
    return html`
      <a class="skip" href="#results" @click=${this.#skip}>${texts.skip}</a>
      ${this.#header()}
      <div class="progress ${this.#results.isBusy ? "busy" : ""}"></div>
      ${this.#isAsking ? this.#answer() : this.#start()}
      ${this.#footer()}
      <p class="unseen" role="status">${this.#isAsking && !this.#results.isBusy ? totalText(this.#view) : nothing}</p>
      <article-dialog
        .documentId=${this.now.document}
        .passageId=${this.now.passage}
        .besideId=${this.now.beside}
        .hits=${this.#results.answer?.hits ?? []}
        .read=${(id: string) => this.#results.article(id)}
        .locale=${this.#locale}
        @article-close=${this.#closeArticle}
        @article-open=${({ detail }: CustomEvent<ArticleEvents["article-open"]>) => this.#openArticle(detail.documentId, null)}
        @article-beside=${({ detail }: CustomEvent<ArticleEvents["article-beside"]>) => this.#go({ beside: detail.documentId }, { depth: this.#depth + 1 })}
        @article-similar=${({ detail }: CustomEvent<ArticleEvents["article-similar"]>) => this.#showSimilar(detail.documentId, detail.documentId)}
        @article-cite=${({ detail }: CustomEvent<ArticleEvents["article-cite"]>) => this.exports.open([], [detail.article], "gbt7714")}
      ></article-dialog>
      <export-dialog .read=${(id: string) => this.#results.article(id)} .locale=${this.#locale}></export-dialog>
    `;
  }

  #header() {
    const locale = this.#locale;
    const texts = PAGE_TEXTS[locale];
    const other = LOCALES.find((one) => one !== locale) ?? locale;
    return html`
      <header class="top">
        <h1><a href=${`/${writeState({ ...START, locale: this.now.locale })}`} @click=${this.#home}><span lang="en">haihe</span> <span lang="zh">海河</span></a></h1>
        <search-box .value=${this.now.query} .locale=${locale} @query=${this.#ask}></search-box>
        <div class="top-actions">
          <button type="button" class="plain" lang=${other} data-action="locale" @click=${() => this.#speak(other)}>${{ zh: "中文", en: "English" }[other]}</button>
          <button type="button" class="plain" data-action="theme" @click=${this.#toggleTheme}>${currentTheme() === "dark" ? texts.theme.light : texts.theme.dark}</button>
        </div>
      </header>
    `;
  }

  #start() {
    void this.#overview.load();
    return startScreen({
      locale: this.#locale,
      overview: this.#overview.overview,
      href: (question) => `/${writeState({ ...START, query: question, locale: this.now.locale })}`,
      ask: (question) => plain(() => this.#go({ query: question })),
    });
  }

  #answer() {
    const view = this.#view;
    const { texts, locale, results } = view;
    const isLike = this.now.like !== null;
    return html`
      <div class="columns ${isLike ? "alone" : ""}">
        ${isLike ? nothing : this.#filters()}
        <main id="results" tabindex="-1" aria-label=${texts.results} @hit-open=${this.#hitOpen} @hit-similar=${this.#hitSimilar} @hit-explain=${this.#hitExplain} @hit-cite=${this.#hitCite}>
          <h2 class="unseen">${texts.results}</h2>
          ${likeBanner(view)}
          ${
            isLike
              ? nothing
              : html`<month-chart
                  .facet=${results.facets.month}
                  .period=${{ from: this.now.from, to: this.now.to }}
                  .locale=${locale}
                  @period=${({ detail }: CustomEvent<Period>) => this.#go({ ...detail, ...FIRST_PAGE })}
                ></month-chart>`
          }
          ${resultsBar(view)} ${filterChips(view)} ${resultsBody(view)}
        </main>
      </div>
    `;
  }

  #filters() {
    const view = this.#view;
    const count = filterCount(view);
    const toggle = (event: Event) => {
      if (!wide.matches) this.showsFilters = (event.currentTarget as HTMLDetailsElement).open;
    };
    return html`
      <aside class="side" aria-label=${view.texts.filters}>
        <details ?open=${wide.matches || this.showsFilters} @toggle=${toggle}>
          <summary>${count ? view.texts.filtersOn(count) : view.texts.filters}</summary>
          ${filters({
            ...view,
            showsAllSources: this.showsAllSources,
            toggleSources: () => {
              this.showsAllSources = !this.showsAllSources;
            },
          })}
        </details>
      </aside>
    `;
  }

  #footer() {
    const { keys, indexed } = PAGE_TEXTS[this.#locale];
    const index = this.#results.answer?.index;
    return html`
      <footer class="bottom">
        <p class="keys">
          ${keys.list.map(([key, what]) => html`<span><kbd>${key}</kbd> ${what}</span>`)}
          <label><input type="checkbox" name="shortcuts" .checked=${this.hasShortcuts} @change=${this.#toggleShortcuts} /> ${keys.on}</label>
        </p>
        ${index ? html`<p>${indexed(index.documents, index.passages)}</p>` : nothing}
      </footer>
    `;
  }

  // Where to go

  get #depth(): number {
    return (history.state as Entry | null)?.depth ?? 0;
  }

  /** Show another state as a new entry of the history; a query that is being typed replaces the one before. */
  #go(change: Partial<PageState>, entry: Entry = {}): void {
    const next = { ...this.now, ...change };
    const isDraft = (history.state as Entry | null)?.isDraft === true && entry.isDraft === true;
    const address = location.pathname + writeState(next);
    if (address !== location.pathname + location.search)
      history[isDraft ? "replaceState" : "pushState"](entry, "", address);
    else history.replaceState(entry, "", address);
    if (!asksTheSame(next, this.now)) window.scrollTo(0, 0);
    this.#show(next);
  }

  #show(next: PageState): void {
    const before = this.now;
    this.now = next;
    const locale = this.#locale;
    const texts = PAGE_TEXTS[locale];
    document.documentElement.lang = locale === "zh" ? "zh-CN" : "en";
    document.title = next.query ? texts.pageTitle(next.query) : texts.title;
    if (next.likeDocument !== before.likeDocument || !this.likeTitle) void this.#nameLike(next.likeDocument);
    void this.#results.load(next);
    if (before.document && !next.document) void this.#focusAfterArticle(before.document);
  }

  readonly #ask = ({ detail }: CustomEvent<QueryEvent>): void => {
    const { query: asked, isDone } = detail;
    const isNew = asked !== this.now.query || this.now.like !== null;
    if (!isNew && !isDone) return;
    if (!isNew) {
      history.replaceState({}, "");
      return;
    }
    this.#go({ query: asked, like: null, likeDocument: null, ...FIRST_PAGE }, { isDraft: !isDone });
  };

  readonly #home = plain(() => {
    this.#go({ ...START, locale: this.now.locale });
    this.box.show("");
    this.box.focus();
  });

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>("#results")?.focus();
  };

  #speak(locale: Locale): void {
    preferences.locale = locale;
    history.replaceState(history.state, "", location.pathname + writeState({ ...this.now, locale }));
    this.#show({ ...this.now, locale });
  }

  readonly #toggleTheme = (): void => {
    toggleTheme();
    this.requestUpdate();
  };

  readonly #toggleShortcuts = (event: Event): void => {
    this.hasShortcuts = (event.target as HTMLInputElement).checked;
    preferences.shortcuts = this.hasShortcuts;
  };

  // Articles

  readonly #hitOpen = (event: CustomEvent<HitEvents["hit-open"]>): void => {
    event.preventDefault();
    this.#openArticle(event.detail.documentId, event.detail.passageId);
  };

  #openArticle(documentId: string, passageId: string | null): void {
    this.#go({ document: documentId, passage: passageId, beside: null }, { depth: this.#depth + 1 });
  }

  readonly #closeArticle = (): void => {
    const depth = this.#depth;
    if (depth > 0) history.go(-depth);
    else this.#go({ document: null, passage: null, beside: null });
  };

  /** A dialog gives the focus back to what opened it; where that was a link from elsewhere, its hit gets it. */
  async #focusAfterArticle(documentId: string): Promise<void> {
    await this.updateComplete;
    if (document.activeElement !== document.body) return;
    const card = [...this.querySelectorAll("hit-card")].find(({ hit }) => hit?.document.id === documentId);
    (card ?? this.box).focus();
  }

  // Hits

  readonly #hitSimilar = ({ detail }: CustomEvent<HitEvents["hit-similar"]>): void => {
    const { passage, document: from } = detail.hit;
    this.#showSimilar(this.now.groupBy === "document" ? from.id : passage.id, from.id);
  };

  #showSimilar(like: string, likeDocument: string): void {
    this.#go({ like, likeDocument, document: null, passage: null, beside: null, ...FIRST_PAGE });
    this.querySelector<HTMLElement>("#results")?.focus({ preventScroll: true });
  }

  async #nameLike(documentId: string | null): Promise<void> {
    this.likeTitle = null;
    if (!documentId) return;
    const article: Article | null = await this.#results.article(documentId).catch(() => null);
    if (documentId === this.now.likeDocument) this.likeTitle = article?.title ?? documentId;
  }

  readonly #hitExplain = ({ detail }: CustomEvent<HitEvents["hit-explain"]>): void => {
    void this.#results.explain(detail.hit);
  };

  readonly #hitCite = ({ detail }: CustomEvent<HitEvents["hit-cite"]>): void => {
    this.exports.open([], [detail.hit.document], "gbt7714");
  };

  // Keys

  readonly #key = (event: KeyboardEvent): void => {
    if (!wantsKey(event, this.hasShortcuts)) return;
    if (event.key === "/") this.box.focus();
    else if (event.key === "Escape" && this.now.like)
      this.#go({ like: null, likeDocument: null, ...FIRST_PAGE });
    else if (!moveFocus(this, event)) return;
    event.preventDefault();
  };
}

/** A plain click is taken; with a key held, the browser does what it does with links. */
function plain(take: () => void) {
  return (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    take();
  };
}
