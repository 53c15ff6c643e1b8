/** Why a hit is where it is: each signal in words and as a bar, and the terms it shares with the question. */

import { css, html, LitElement, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Explanation, MatchedTerm } from "./api.js";
import type { Locale } from "./format.js";
import { type ExplanationTexts, HIT_TEXTS, textLanguage } from "./i18n.js";

const DEVIATIONS = new Set(["dense", "sentences", "tokens", "second"]);
const LONGEST = { deviations: 7, nats: 14 } as const;
const STEPS = { deviations: [1, 2.5, 4], nats: [1, 4, 8] } as const;
const WIDTH = 100;
const HEIGHT = 6;

/** A signal as it is shown. */
export interface Signal {
  readonly name: string;
  readonly unit: "deviations" | "nats";
  /** What speaks against the passage is negative. */
  readonly value: number;
}

/** The signals that were looked at and say something, strongest first. */
export function shownSignals(explanation: Explanation): Signal[] {
  return Object.entries(explanation.signals)
    .filter((entry): entry is [string, number] => entry[1] !== null && entry[1] !== 0)
    .map(([name, value]): Signal => ({
      name,
      unit: DEVIATIONS.has(name) ? "deviations" : "nats",
      value: name === "missing" ? -value : value,
    }))
    .sort((one, other) => shareOf(other) - shareOf(one));
}

/** How strong a signal is, in words. */
export function strengthOf({ unit, value }: Signal, texts: ExplanationTexts): string {
  if (value < 0) return texts.against;
  const step = STEPS[unit].filter((least) => value >= least).length;
  return texts.strengths[step + 1] ?? "";
}

/** A signal's part of the longest bar, -1 to 1. */
function shareOf({ unit, value }: Signal): number {
  return Math.max(-1, Math.min(1, value / LONGEST[unit]));
}

@customElement("score-explanation")
export class ScoreExplanation extends LitElement {
  static override styles = css`
    :host { display: block; font-size: 0.8125rem; line-height: 1.5; }
    p { margin: 0 0 0.5rem; }
    table { border-collapse: collapse; width: 100%; max-width: 36rem; }
    th { font-weight: 400; text-align: left; padding: 0.125rem 0.75rem 0.125rem 0; }
    td { padding: 0.125rem 0.75rem 0.125rem 0; white-space: nowrap; }
    td:last-child { color: var(--haihe-soft); font-variant-numeric: tabular-nums; text-align: right; padding-right: 0; }
    svg { display: block; width: 100%; min-width: 4rem; height: 0.375rem; }
    .bar { width: 40%; }
    .track { fill: var(--haihe-line); }
    .for { fill: var(--haihe-accent); }
    .against { fill: var(--haihe-alert); }
    ul { list-style: none; display: inline; margin: 0; padding: 0; }
    li { display: inline-block; margin: 0 0.625rem 0.125rem 0; }
    .kind, .note { color: var(--haihe-soft); }
    .term { color: var(--haihe-ink); }
    .note { margin: 0.5rem 0 0; font-size: 0.75rem; }
  `;

  @property({ attribute: false }) explanation: Explanation | null = null;
  @property({ type: Number }) score = 0;
  @property() locale: Locale = "en";

  protected override render() {
    if (!this.explanation) return nothing;
    const texts = HIT_TEXTS[this.locale];
    const signals = shownSignals(this.explanation);
    return html`
      <p>${this.#summary(signals)}</p>
      <table>
        <tbody>${signals.map((signal) => this.#row(signal))}</tbody>
      </table>
      ${this.#matched(this.explanation.matched)}
      <p class="note">${texts.explanation.note}</p>
    `;
  }

  #summary(signals: readonly Signal[]): string {
    const texts = HIT_TEXTS[this.locale];
    const foremost = signals.filter((signal) => signal.value > 0).slice(0, 2);
    const names = foremost.map((signal) => texts.explanation.signals[signal.name] ?? signal.name);
    const stop = this.locale === "zh" ? "。" : ". ";
    return texts.likelihood(this.score) + stop + (names.length ? texts.explanation.foremost(names) : "");
  }

  #row(signal: Signal): TemplateResult {
    const texts = HIT_TEXTS[this.locale].explanation;
    const unit = signal.unit === "deviations" ? "σ" : "nat";
    return html`
      <tr>
        <th scope="row">${texts.signals[signal.name] ?? signal.name}</th>
        <td class="bar">${bar(shareOf(signal))}</td>
        <td>${strengthOf(signal, texts)}</td>
        <td>${signal.value > 0 ? "+" : "−"}${Math.abs(signal.value).toFixed(1)} ${unit}</td>
      </tr>
    `;
  }

  #matched(terms: readonly MatchedTerm[]) {
    const texts = HIT_TEXTS[this.locale].explanation;
    const telling = terms.filter((term) => term.weight > 0);
    if (!telling.length) return nothing;
    const stop = this.locale === "zh" ? "：" : ": ";
    return html`
      <div class="note">
        ${texts.matched}${stop}
        <ul>${telling.map(
          (term) => html`
            <li>
              <span class="term" lang=${textLanguage(term.text)}>${term.text}</span>
              <span class="kind">(${texts.kinds[term.kind] ?? term.kind})</span>
            </li>
          `,
        )}</ul>
      </div>
    `;
  }
}

function bar(share: number): TemplateResult {
  const width = Math.abs(share) * WIDTH;
  return html`
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${svg`<rect class="track" y="2.5" width=${WIDTH} height="1"></rect>`}
      ${svg`<rect class=${share < 0 ? "against" : "for"} width=${width} height=${HEIGHT}></rect>`}
    </svg>
  `;
}

declare global {
  interface HTMLElementTagNameMap {
    "score-explanation": ScoreExplanation;
  }
}
