/** A timeline of hits: a bar a month, that filters when it is clicked; arrow keys move between the bars. */

import { css, html, LitElement, nothing, type PropertyValues, svg } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { FacetCount } from "../shared/api.js";
import type { Locale } from "../shared/format.js";
import { type Bucket, bucketName, buckets } from "./months.js";
import { PAGE_TEXTS } from "./texts.js";

/** The days that are chosen; both null to choose none. */
export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

const GAP = 0.15;
/** The least count that fills the height: where all bars are low, they look it. */
const TALL = 4;

@customElement("month-chart")
export class MonthChart extends LitElement {
  static override styles = css`
    :host { display: block; font-size: 0.75rem; color: var(--haihe-soft); }
    .head { display: flex; justify-content: space-between; gap: 1rem; min-height: 1.25rem; line-height: 1.25rem; }
    .title { font-weight: 600; }
    .now { font-variant-numeric: tabular-nums; text-align: right; }
    svg { display: block; width: 100%; height: 3.25rem; overflow: visible; border-bottom: 1px solid var(--haihe-edge); }
    g { cursor: pointer; outline: none; }
    .hit-area { fill: transparent; }
    .bar { fill: var(--haihe-accent); }
    .off .bar { fill: var(--haihe-edge); opacity: 0.55; }
    g:hover .hit-area { fill: var(--haihe-wash); }
    g:focus-visible .hit-area { stroke: var(--haihe-accent); stroke-width: 2px; fill: var(--haihe-wash); }
    .ends { display: flex; justify-content: space-between; line-height: 1.5; min-height: 1.125rem; font-variant-numeric: tabular-nums; }
    .none { display: grid; place-items: center; height: 3.25rem; border-bottom: 1px solid var(--haihe-line); }
    @media (forced-colors: active) { .bar { fill: CanvasText; } .off .bar { fill: GrayText; } }
    @media print { :host { display: none; } }
  `;

  @property({ attribute: false }) facet: readonly FacetCount[] = [];
  @property({ attribute: false }) period: Period = { from: null, to: null };
  @property() locale: Locale = "en";
  @state() private pointed: string | null = null;
  @state() private focused = 0;
  @query("g[tabindex='0']") private readonly current!: SVGGElement | null;
  #buckets: Bucket[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("facet")) this.#buckets = buckets(this.facet);
    this.focused = Math.min(this.focused, Math.max(0, this.#buckets.length - 1));
  }

  protected override render() {
    const texts = PAGE_TEXTS[this.locale];
    return html`
      <div class="head"><span class="title" id="title">${texts.timeline}</span><span class="now">${this.#caption()}</span></div>
      ${this.#buckets.length ? this.#chart() : html`<div class="none">${this.facet.length ? texts.noDates : nothing}</div>`}
      <div class="ends">${this.#ends()}</div>
    `;
  }

  #chart() {
    const most = Math.max(...this.#buckets.map(({ count }) => count), TALL);
    return html`
      <svg role="group" aria-labelledby="title" @keydown=${this.#move} @pointerleave=${() => this.#point(null)}>
        ${this.#buckets.map((bucket, at) => this.#bar(bucket, at, most))}
      </svg>
    `;
  }

  #bar(bucket: Bucket, at: number, most: number) {
    const width = 100 / this.#buckets.length;
    const barWidth = Math.min(width * (1 - GAP), 6);
    const height = bucket.count ? Math.max(4, (100 * bucket.count) / most) : 0;
    const name = PAGE_TEXTS[this.locale].bar(bucketName(bucket.key, this.locale), bucket.count);
    const choose = () => this.#choose(bucket, at);
    return svg`
      <g
        role="button"
        data-key=${bucket.key}
        tabindex=${at === this.focused ? 0 : -1}
        aria-label=${name}
        aria-pressed=${this.#isChosen(bucket) ? "true" : "false"}
        class=${this.#isWithin(bucket) ? "" : "off"}
        @click=${choose}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose();
        }}
        @focus=${() => this.#focus(at)}
        @pointerenter=${() => this.#point(bucket.key)}
      >
        <rect class="hit-area" x="${at * width}%" width="${width}%" height="100%"></rect>
        <rect class="bar" x="${at * width + (width - barWidth) / 2}%" width="${barWidth}%" y="${100 - height}%" height="${height}%"></rect>
      </g>
    `;
  }

  /** What is pointed at or, else, how many state no date. */
  #caption() {
    const texts = PAGE_TEXTS[this.locale];
    const pointed = this.#buckets.find(({ key }) => key === this.pointed);
    if (pointed) return texts.bar(bucketName(pointed.key, this.locale), pointed.count);
    const undated = this.facet.find(({ value }) => value === null)?.count ?? 0;
    return undated && this.#buckets.length ? texts.undated(undated) : "";
  }

  #ends() {
    const [first, last] = [this.#buckets[0], this.#buckets.at(-1)];
    if (!first || !last) return nothing;
    return html`
      <span>${bucketName(first.key, this.locale)}</span>
      ${first === last ? nothing : html`<span>${bucketName(last.key, this.locale)}</span>`}
    `;
  }

  #isChosen({ from, to }: Bucket): boolean {
    return this.period.from === from && this.period.to === to;
  }

  #isWithin({ from, to }: Bucket): boolean {
    return (!this.period.from || to >= this.period.from) && (!this.period.to || from <= this.period.to);
  }

  #choose(bucket: Bucket, at: number): void {
    this.focused = at;
    const detail: Period = this.#isChosen(bucket)
      ? { from: null, to: null }
      : { from: bucket.from, to: bucket.to };
    this.dispatchEvent(new CustomEvent<Period>("period", { detail }));
  }

  #focus(at: number): void {
    this.focused = at;
    this.pointed = this.#buckets[at]?.key ?? null;
  }

  #point(key: string | null): void {
    this.pointed = key;
  }

  readonly #move = async (event: KeyboardEvent): Promise<void> => {
    const last = this.#buckets.length - 1;
    const to = { ArrowLeft: this.focused - 1, ArrowRight: this.focused + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.focused = Math.max(0, Math.min(last, to));
    await this.updateComplete;
    this.current?.focus();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "month-chart": MonthChart;
  }
  interface HTMLElementEventMap {
    period: CustomEvent<Period>;
  }
}
