/** Filters with counts: language as a share, sources, dates; and those that are on, to be removed. */

import { html, nothing, svg } from "lit";
import type { FacetCount, Language } from "../shared/api.js";
import { formatDate, formatNumber, formatShare } from "../shared/format.js";
import { HIT_TEXTS, LOCALES, textLanguage } from "../shared/i18n.js";
import { FILTERS, FIRST_PAGE, type FilterName, isFiltered, withoutFilter } from "./state.js";
import type { View } from "./view.js";

const FEW_SOURCES = 8;

export interface FiltersView extends View {
  readonly showsAllSources: boolean;
  readonly toggleSources: () => void;
}

/** Language, date and, as long as it may be, source. */
export function filters(view: FiltersView) {
  return html`${languageFilter(view)} ${dateFilter(view)} ${sourceFilter(view)}`;
}

/** The filters that are on; each is a button that removes it. */
export function filterChips({ state, locale, texts, go }: View) {
  const on = FILTERS.filter((name) => isFiltered(state, name));
  if (!on.length || state.like) return nothing;
  const names: Record<FilterName, string> = {
    language: state.language ? HIT_TEXTS[locale].languages[state.language] : "",
    source: state.sources.join(locale === "zh" ? "、" : ", "),
    month: `${state.from ? formatDate(state.from, locale) : "…"} – ${state.to ? formatDate(state.to, locale) : "…"}`,
  };
  return html`
    <ul class="chips">
      ${on.map(
        (name) => html`
          <li>
            <button type="button" class="chip" aria-label=${texts.removeFilter(names[name])} @click=${() => go(withoutFilter(state, name))}>
              <span>${names[name]}</span><svg viewBox="0 0 10 10" aria-hidden="true">${svg`<path d="M2 2l6 6M8 2l-6 6"></path>`}</svg>
            </button>
          </li>
        `,
      )}
      ${
        on.length > 1
          ? html`<li><button type="button" class="plain" @click=${() => go(withoutFilter(state))}>${texts.clearFilters}</button></li>`
          : nothing
      }
    </ul>
  `;
}

/** How many filters are on. */
export function filterCount({ state }: View): number {
  return FILTERS.filter((name) => isFiltered(state, name)).length;
}

function languageFilter({ state, results, locale, texts, go }: FiltersView) {
  const counts = LOCALES.map((language) => ({ language, count: countOf(results.facets.language, language) }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const shares = wholeShares(counts.map(({ count }) => count));
  const choose = (language: Language) =>
    go({ language: state.language === language ? null : language, ...FIRST_PAGE });
  return html`
    <section class="filter" aria-labelledby="filter-language">
      <h2 id="filter-language">${texts.language}</h2>
      ${shareBar(counts, total, state.language, choose)}
      <ul class="languages">
        ${counts.map(
          ({ language, count }, at) => html`
            <li>
              <button type="button" class="choice" data-language=${language} aria-pressed=${state.language === language} @click=${() => choose(language)}>
                <svg class="key ${language}" viewBox="0 0 10 10" aria-hidden="true">${svg`<rect width="10" height="10"></rect>`}</svg>
                <span class="name">${HIT_TEXTS[locale].languages[language]}</span>
                <span class="count">${formatNumber(count, locale)}${total ? html` <span class="share">${formatShare((shares[at] ?? 0) / 100, locale)}</span>` : nothing}</span>
              </button>
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

/** The languages' shares of the hits. What it does by pointer, the buttons under it do for all. */
function shareBar(
  counts: readonly { language: Language; count: number }[],
  total: number,
  chosen: Language | null,
  choose: (language: Language) => void,
) {
  let at = 0;
  const segments = counts.map(({ language, count }) => {
    const width = total ? (100 * count) / total : 0;
    const segment = { language, x: at, width };
    at += width;
    return segment;
  });
  return html`
    <svg class="shares" aria-hidden="true">
      ${svg`<rect class="track" width="100%" height="100%"></rect>`}
      ${segments.map(
        ({ language, x, width }) => svg`
          <rect
            class="${language} ${chosen && chosen !== language ? "off" : ""}"
            x="${x}%" width="${width}%" height="100%"
            @click=${() => choose(language)}
          ></rect>
        `,
      )}
    </svg>
  `;
}

function sourceFilter({ state, results, locale, texts, go, showsAllSources, toggleSources }: FiltersView) {
  const facet = results.facets.source;
  const stated = facet.filter((found): found is { value: string; count: number } => found.value !== null);
  const gone = state.sources.filter((source) => !stated.some(({ value }) => isSame(value, source)));
  const all = [...gone.map((value) => ({ value, count: 0 })), ...stated];
  const shown = showsAllSources ? all : all.slice(0, Math.max(FEW_SOURCES, gone.length));
  const unknown = facet.find(({ value }) => value === null)?.count ?? 0;
  const toggle = (source: string) => go({ sources: toggled(state.sources, source), ...FIRST_PAGE });
  return html`
    <section class="filter" aria-labelledby="filter-source">
      <h2 id="filter-source">${texts.source}</h2>
      <ul class="sources">
        ${shown.map(
          ({ value, count }) => html`
            <li>
              <label>
                <input type="checkbox" name="source" .value=${value} .checked=${state.sources.some((source) => isSame(source, value))} @change=${() => toggle(value)} />
                <span class="name" lang=${textLanguage(value)}>${value}</span>
                <span class="count">${formatNumber(count, locale)}</span>
              </label>
            </li>
          `,
        )}
        ${unknown ? html`<li class="unknown"><span class="name">${texts.sourceUnknown}</span><span class="count">${formatNumber(unknown, locale)}</span></li>` : nothing}
      </ul>
      ${
        all.length > FEW_SOURCES
          ? html`<button type="button" class="plain" aria-expanded=${showsAllSources} @click=${toggleSources}>${showsAllSources ? texts.fewerSources : texts.moreSources(all.length - shown.length)}</button>`
          : nothing
      }
    </section>
  `;
}

function dateFilter({ state, texts, go }: FiltersView) {
  const set = (end: "from" | "to") => (event: Event) => {
    const day = (event.target as HTMLInputElement).value || null;
    const period = { from: state.from, to: state.to, [end]: day };
    const isBackwards = period.from && period.to && period.from > period.to;
    go({ ...(isBackwards ? { from: period.to, to: period.from } : period), ...FIRST_PAGE });
  };
  return html`
    <section class="filter" aria-labelledby="filter-date">
      <h2 id="filter-date">${texts.date}</h2>
      <div class="dates">
        <label><span>${texts.from}</span><input type="date" name="from" .value=${state.from ?? ""} @change=${set("from")} /></label>
        <label><span>${texts.to}</span><input type="date" name="to" .value=${state.to ?? ""} @change=${set("to")} /></label>
      </div>
    </section>
  `;
}

/** Shares in whole per cent that sum to 100. */
function wholeShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return counts.map((count) => {
    const upTo = Math.round((100 * (before + count)) / (total || 1));
    const share = upTo - Math.round((100 * before) / (total || 1));
    before += count;
    return share;
  });
}

function countOf(facet: readonly FacetCount[], value: string): number {
  return facet.find((found) => found.value === value)?.count ?? 0;
}

/** The service takes ASCII letters of either case as one. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function toggled(sources: readonly string[], source: string): string[] {
  const others = sources.filter((other) => !isSame(other, source));
  return others.length < sources.length ? others : [...sources, source];
}
