/** `<haihe-search>`: a search box with its hits, for pages of other sites. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { noteOn, type SearchAnswer } from "../shared/api.js";
import type { Locale } from "../shared/format.js";
import { pickLocale } from "../shared/i18n.js";
import { type Asked, listConverter } from "./attributes.js";
import { Conversation, type FirstAnswer, type Service } from "./conversation.js";
import { hitTemplate, type Opened } from "./hit.js";
import { arrowTarget, keepTyping } from "./keyboard.js";
import { searchPage } from "./links.js";
import { noticeOf } from "./notices.js";
import { styles } from "./styles.js";
import { type Notice, WIDGET_TEXTS, type WidgetTexts } from "./texts.js";

const PAUSE = 250;
const NAME = "haihe-search";

/** Where the script came from, which is where the service is unless the element says otherwise. */
const HOME = homeOf(document.currentScript);

/** What is told of a search, once its hits are shown. */
export interface Searched {
  readonly query: string;
  readonly language: Locale;
  readonly total: number;
  readonly totalRelation: "eq" | "gte";
  readonly hits: number;
  readonly tookMs: number;
}

export class HaiheSearch extends LitElement {
  static override styles = styles;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  /** Where the service is, e.g. `https://search.example`; where the script came from if it isn't set. */
  @property({ reflect: true, useDefault: true }) endpoint = "";
  /** What is asked. */
  @property({ reflect: true, useDefault: true }) query = "";
  @property({ reflect: true, useDefault: true, converter: listConverter }) languages: readonly string[] = [];
  @property({ reflect: true, useDefault: true, converter: listConverter }) sources: readonly string[] = [];
  @property({ attribute: "published-from", reflect: true, useDefault: true }) publishedFrom = "";
  @property({ attribute: "published-to", reflect: true, useDefault: true }) publishedTo = "";
  @property({ attribute: "group-by", reflect: true, useDefault: true }) groupBy = "document";
  @property({ reflect: true, useDefault: true }) sort = "";
  /** How many hits a page has. */
  @property({ type: Number, reflect: true, useDefault: true }) size = 10;
  @property({ reflect: true, useDefault: true }) placeholder = "";
  /** `light`, `dark`, `auto` (the visitor's wish); the page's own colour scheme if it isn't set. */
  @property({ reflect: true, useDefault: true }) theme = "";
  /** Sent as a bearer token. The property isn't written back to the page. */
  @property() token = "";

  /** Goes to another page for a search and its first `count` hits, where this one's scripts aren't answered. */
  @property({ attribute: false }) navigate: ((asked: Asked, count: number) => void) | null = null;
  /** The answer to the first search, where it came with the page. */
  @property({ attribute: false }) firstAnswer: FirstAnswer | null = null;

  @query("input") private readonly field!: HTMLInputElement;
  @query(".root") private readonly root!: HTMLElement;

  readonly #conversation = new Conversation(
    this,
    (answer) => this.#tellSearched(answer),
    (failure) => this.#tell("haihe:error", { status: failure.status, detail: failure.detail }),
  );
  readonly #pageLanguage = new MutationObserver(() => this.requestUpdate());
  #pause: ReturnType<typeof setTimeout> | undefined;
  #lastAsked = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.#pageLanguage.observe(document.documentElement, { attributeFilter: ["lang"] });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    if (this.#conversation.isAsking) this.#lastAsked = "";
    super.disconnectedCallback();
    this.#pageLanguage.disconnect();
    clearTimeout(this.#pause);
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === "lang") this.requestUpdate();
    else super.attributeChangedCallback(name, before, now);
  }

  override focus(options?: FocusOptions): void {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- not yet drawn
    this.field?.focus(options);
  }

  protected override firstUpdated(): void {
    keepTyping(this.root, this.field);
  }

  /** Search again whenever what is asked, or who is asked, has changed. */
  protected override updated(): void {
    const asked = JSON.stringify([this.#asked, this.#service]);
    if (!this.isConnected || asked === this.#lastAsked) return;
    const isFirst = this.#lastAsked === "";
    this.#lastAsked = asked;
    if (!this.query.trim()) this.#conversation.clear();
    else if (this.firstAnswer) this.#takeFirst(this.firstAnswer);
    else if (!this.navigate) this.#ask();
    else if (!isFirst) this.navigate(this.#asked, this.size);
  }

  protected override render(): TemplateResult {
    const { locale, texts } = this;
    return html`
      <div class="root ${this.theme}" lang=${locale === "zh" ? "zh-Hans" : "en"} @keydown=${this.#onKey}>
        ${this.#form(texts)} ${this.#bar(texts)} ${this.#results(texts)}
        <span id="new-tab" hidden>${texts.newTab}</span>
      </div>
    `;
  }

  /** The language of the interface. */
  get locale(): Locale {
    const around = this.closest("[lang]") ?? document.documentElement;
    return pickLocale(this.lang, around.getAttribute("lang"), ...navigator.languages);
  }

  get texts(): WidgetTexts {
    return WIDGET_TEXTS[this.locale];
  }

  get #asked(): Asked {
    const { query, languages, sources, publishedFrom, publishedTo, groupBy, sort, size } = this;
    return { query, languages, sources, publishedFrom, publishedTo, groupBy, sort, size };
  }

  get #service(): Service {
    return { endpoint: (this.endpoint || HOME).replace(/\/+$/, ""), token: this.token };
  }

  #form(texts: WidgetTexts): TemplateResult {
    return html`
      <form role="search" @submit=${this.#onSubmit}>
        <input
         
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck="false"
          aria-label=${this.placeholder || texts.placeholder}
          placeholder=${this.placeholder || texts.placeholder}
          title=${texts.syntax}
          .value=${this.query}
          @input=${this.#onInput}
          @compositionend=${this.#onInput}
        />
        <button class="submit" aria-label=${texts.search}>
          <svg viewBox="0 0 18 18" aria-hidden="true"><circle cx="7.5" cy="7.5" r="5.25"></circle><path d="m11.5 11.5 4.5 4.5"></path></svg>
        </button>
      </form>
    `;
  }

  #bar(texts: WidgetTexts): TemplateResult | typeof nothing {
    if (!this.query.trim() && !this.#conversation.answer) return nothing;
    const language = this.languages.length === 1 ? this.languages[0] : "";
    return html`
      <div class="bar">
        <span class="count" role="status">${this.#count(texts)}</span>
        ${choice(
          texts.languages,
          language,
          [
            ["", texts.both],
            ["zh", "中文"],
            ["en", "English"],
          ],
          (value) => {
            this.languages = value ? [value] : [];
          },
        )}
        ${choice(
          texts.order,
          this.sort || "relevance",
          [
            ["relevance", texts.relevance],
            ["published", texts.newest],
          ],
          (value) => {
            this.sort = value;
          },
        )}
      </div>
    `;
  }

  #count(texts: WidgetTexts): string {
    const { answer, isAsking, failure } = this.#conversation;
    if (isAsking && !answer) return texts.searching;
    if (failure || !answer?.total) return "";
    return texts.found(answer.total, answer.total_relation === "gte", this.groupBy === "document");
  }

  #results(texts: WidgetTexts): TemplateResult | typeof nothing {
    const { answer, hits, failure, isAsking } = this.#conversation;
    if (!this.#service.endpoint) return notice(texts.noEndpoint, "failed");
    if (failure)
      return notice(noticeOf(failure, this.#service.endpoint, texts), "failed", this.#againButton(texts));
    if (!answer) return nothing;
    const note = noteOn(answer.query, this.locale);
    if (!hits.length) return notice(note ? { what: note } : texts.empty, "empty");
    const setting = { locale: this.locale, endpoint: this.#service.endpoint, onOpen: this.#onOpen };
    return html`
      <section class="results" aria-busy=${isAsking} aria-label=${texts.results}>
        <h2 class="hidden">${texts.results}</h2>
        ${note ? notice({ what: note }, "note") : nothing}
        ${answer.total ? nothing : notice(texts.unlikely, "unlikely")}
        <ol>${repeat(
          hits,
          (hit) => hit.passage.id,
          (hit) => hitTemplate(hit, setting),
        )}</ol>
        ${this.#foot(texts)}
      </section>
    `;
  }

  #foot(texts: WidgetTexts): TemplateResult {
    const url = searchPage(this.query, this.#service.endpoint);
    return html`
      <div class="foot">
        ${this.#furtherButton(texts)}
        <a href=${url} target="_blank" rel="noopener noreferrer" aria-describedby="new-tab">${texts.wholePage}</a>
      </div>
    `;
  }

  #againButton(texts: WidgetTexts): TemplateResult {
    return html`<button class="button again" type="button" @click=${this.#onAgain}>${texts.again}</button>`;
  }

  /** The way to more hits, then to those that are unlikely to be relevant. */
  #furtherButton(texts: WidgetTexts): TemplateResult {
    if (this.#hasMore)
      return html`<button class="button more" type="button" @click=${this.#onMore}>${texts.more}</button>`;
    if (!this.#conversation.rest.length) return html`<span></span>`;
    const show = () => this.#conversation.showRest();
    return html`<button class="button rest" type="button" @click=${show}>${texts.rest}</button>`;
  }

  get #hasMore(): boolean {
    const { answer, hits, isAtEnd } = this.#conversation;
    if (!answer || isAtEnd) return false;
    return answer.total_relation === "gte" || hits.length < answer.total;
  }

  readonly #onInput = (event: Event): void => {
    clearTimeout(this.#pause);
    if (this.navigate || (event instanceof InputEvent && event.isComposing)) return;
    this.#pause = setTimeout(() => this.#search(), PAUSE);
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(this.#pause);
    if (this.#conversation.failure && this.field.value === this.query) this.#onAgain();
    else this.#search();
  };

  #search(): void {
    this.query = this.field.value;
    this.requestUpdate();
  }

  readonly #onMore = (): void => {
    const { hits } = this.#conversation;
    if (this.navigate) this.navigate(this.#asked, hits.length + this.size);
    else this.#ask(hits.length);
  };

  readonly #onAgain = (): void => {
    if (this.navigate) this.navigate(this.#asked, this.size);
    else this.#ask();
  };

  #ask(offset = 0): void {
    if (this.#service.endpoint) void this.#conversation.ask(this.#asked, this.#service, offset);
  }

  readonly #onOpen = (opened: Opened): boolean => this.#tell("haihe:open", opened);

  readonly #onKey = (event: KeyboardEvent): void => {
    const links = [...this.root.querySelectorAll<HTMLElement>("h3 a")];
    const target = arrowTarget(event.key, this.field, links, this.shadowRoot?.activeElement ?? null);
    if (!target || event.isComposing) return;
    event.preventDefault();
    target.focus();
  };

  #takeFirst(first: FirstAnswer): void {
    this.firstAnswer = null;
    this.#conversation.take(first);
  }

  #tellSearched(answer: SearchAnswer): void {
    this.#tell("haihe:search", {
      query: answer.query.text,
      language: answer.query.language,
      total: answer.total,
      totalRelation: answer.total_relation,
      hits: this.#conversation.hits.length,
      tookMs: answer.took_ms,
    } satisfies Searched);
  }

  /** Tell the page; false where it took care of it. */
  #tell(name: string, detail: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: name === "haihe:open" }),
    );
  }
}

/** Define the element, unless the page has it already: two scripts of it do no harm. */
export function define(): void {
  if (!customElements.get(NAME)) customElements.define(NAME, HaiheSearch);
}

function homeOf(script: HTMLOrSVGScriptElement | null): string {
  const source = script instanceof HTMLScriptElement ? script.src : "";
  return source && new URL(".", source).href;
}

function choice(
  label: string,
  chosen: string | undefined,
  options: readonly (readonly [value: string, text: string])[],
  choose: (value: string) => void,
): TemplateResult {
  return html`
    <div class="choice" role="group" aria-label=${label}>
      ${options.map(
        ([value, text]) =>
          html`<button type="button" aria-pressed=${value === chosen} @click=${() => choose(value)}>${text}</button>`,
      )}
    </div>
  `;
}

function notice(
  { what, hint }: Notice,
  kind: string,
  button: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`
    <div class="notice ${kind}" role=${kind === "failed" ? "alert" : "status"}>
      <strong>${what}</strong>
      ${hint ? html`<p>${hint}</p>` : nothing} ${button}
    </div>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    "haihe-search": HaiheSearch;
  }
}
