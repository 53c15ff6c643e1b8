/** The first screen: what the page is for, what one may ask these articles, and which they are. */

import { html, nothing } from "lit";
import type { Overview } from "../shared/api.js";
import { formatDate, formatNumber, type Locale } from "../shared/format.js";
import { LOCALES } from "../shared/i18n.js";
import { PAGE_TEXTS, type PageTexts } from "./texts.js";

export interface StartView {
  readonly locale: Locale;
  /** Null where it isn't known (yet). */
  readonly overview: Overview | null;
  /** The address of a question. */
  readonly href: (question: string) => string;
  readonly ask: (question: string) => (event: MouseEvent) => void;
}

export function startScreen(view: StartView) {
  const texts = PAGE_TEXTS[view.locale];
  const { overview } = view;
  return html`
    <main class="start" id="results" tabindex="-1">
      <h2>${texts.lead}</h2>
      <p class="quiet">${texts.leadMore}</p>
      ${overview ? [examples(overview, view, texts), facts(overview, view.locale, texts)] : nothing}
    </main>
  `;
}

function examples(overview: Overview, view: StartView, texts: PageTexts) {
  const languages = LOCALES.filter((language) => overview.examples[language].length);
  if (!languages.length) return nothing;
  return html`<div class="examples">
    ${languages.map(
      (language) => html`
        <section aria-labelledby="examples-${language}">
          <h3 id="examples-${language}">${texts.examples[language]}</h3>
          <ul lang=${language}>
            ${overview.examples[language].map(
              (question) =>
                html`<li><a href=${view.href(question)} @click=${view.ask(question)}>${question}</a></li>`,
            )}
          </ul>
        </section>
      `,
    )}
  </div>`;
}

function facts(overview: Overview, locale: Locale, texts: PageTexts) {
  const { label, articles, passages, published, sources } = texts.facts;
  return html`<section class="facts" aria-labelledby="facts">
    <h3 id="facts">${label}</h3>
    <dl>
      ${fact(articles, [formatNumber(overview.documents, locale)])}
      ${fact(passages, passageCounts(overview, locale, texts))}
      ${fact(published, days(overview, locale, texts))} ${fact(sources, sourceCounts(overview, locale, texts))}
    </dl>
  </section>`;
}

function fact(name: string, values: readonly string[]) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${values.map((value) => html`<span>${value}</span> `)}</dd>
  </div>`;
}

function passageCounts({ passages }: Overview, locale: Locale, texts: PageTexts): string[] {
  return LOCALES.filter((language) => passages[language]).map((language) =>
    texts.facts.inLanguage(formatNumber(passages[language], locale), language),
  );
}

function days({ published }: Overview, locale: Locale, { facts: texts }: PageTexts): string[] {
  const { first, last, undated } = published;
  if (!first || !last) return [texts.noDay];
  const range =
    first === last
      ? formatDate(first, locale)
      : texts.range(formatDate(first, locale), formatDate(last, locale));
  return undated ? [range, texts.undated(undated)] : [range];
}

function sourceCounts(overview: Overview, locale: Locale, { facts: texts }: PageTexts): string[] {
  const named = overview.sources.map(({ value, count }) => `${value}\u00a0(${formatNumber(count, locale)})`);
  const more = overview.source_count - overview.sources.length;
  if (!named.length) return [texts.noSource];
  return [
    ...named,
    ...(more ? [texts.moreSources(more)] : []),
    ...(overview.unsourced ? [texts.unsourced(overview.unsourced)] : []),
  ];
}
