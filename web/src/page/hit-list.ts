/** The results: what was found, in which order, and what to say where nothing was. */

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { type Hit, noteOn } from "../shared/api.js";
import type { HitAction } from "../shared/hit-card.js";
import { textLanguage } from "../shared/i18n.js";
import { filterCount } from "./filters.js";
import type { Answer } from "./results.js";
import { FIRST_PAGE, MOST_HITS, PAGE_SIZE, withoutFilter, writeState } from "./state.js";
import type { View } from "./view.js";
import "../shared/hit-card.js";

const ACTIONS: readonly HitAction[] = ["explain", "similar", "cite"];
/** Likeness has no signals to explain. */
const SIMILAR_ACTIONS: readonly HitAction[] = ["similar", "cite"];

export interface ListView extends View {
  readonly likeTitle: string | null;
  readonly exportHits: () => void;
  readonly retry: () => void;
}

/** The hits that are shown: the relevant ones or, where asked for or where there are none, all. */
export function shownHits({ state, results }: View): readonly Hit[] {
  const { answer } = results;
  if (!answer) return [];
  return answer.hits.slice(
    0,
    Math.min(state.count, state.unlikely ? state.count : relevantCount(answer) || state.count),
  );
}

/** The line above the hits: how many there are, how they are ordered, what to do with them. */
export function resultsBar(view: ListView): TemplateResult {
  const { state, texts, go } = view;
  return html`
    <div class="results-bar">
      <p class="total">${totalText(view)}</p>
      ${
        state.like
          ? nothing
          : html`
            <label class="select"><span class="unseen">${texts.sort}</span>
              <select name="sort" .value=${state.sort} @change=${(event: Event) => go({ sort: chosen(event) === "published" ? "published" : "relevance", ...FIRST_PAGE })}>
                <option value="relevance" ?selected=${state.sort === "relevance"}>${texts.sorts.relevance}</option>
                <option value="published" ?selected=${state.sort === "published"}>${texts.sorts.published}</option>
              </select>
            </label>
            <label class="select"><span class="label">${texts.group}</span>
              <select name="group" .value=${state.groupBy} @change=${(event: Event) => go({ groupBy: chosen(event) === "passage" ? "passage" : "document", ...FIRST_PAGE })}>
                <option value="document" ?selected=${state.groupBy === "document"}>${texts.groups.document}</option>
                <option value="passage" ?selected=${state.groupBy === "passage"}>${texts.groups.passage}</option>
              </select>
            </label>
          `
      }
      <button type="button" class="plain" ?disabled=${!shownHits(view).length} @click=${view.exportHits}>${texts.exportHits}</button>
    </div>
  `;
}

/** The line above hits that are like another. */
export function likeBanner({ state, texts, likeTitle, go }: ListView) {
  if (!state.like) return nothing;
  return html`
    <p class="like">
      <span>${texts.similarTo} <b lang=${textLanguage(likeTitle ?? "")}>${likeTitle ?? "…"}</b></span>
      <button type="button" class="plain" @click=${() => go({ like: null, likeDocument: null, ...FIRST_PAGE })}>${texts.backToSearch}</button>
    </p>
  `;
}

/** Hits, or why there are none. */
export function resultsBody(view: ListView) {
  const { results, texts } = view;
  if (results.problem) return problem(view);
  if (!results.answer)
    return results.isBusy ? html`<p class="quiet waiting">${texts.searching}</p>` : nothing;
  const note = noteOnQuestion(view, results.answer);
  if (!results.answer.hits.length) return note ?? nothingFound(view, results.answer);
  return html`${note ?? nothing} ${results.answer.total === 0 ? nothingRelevant(view) : nothing} ${hitList(view, results.answer)} ${moreButton(view, results.answer)}`;
}

function hitList(view: ListView, answer: Answer) {
  const shown = shownHits(view);
  const relevant = relevantCount(answer) || shown.length;
  const unlikely = shown.slice(relevant);
  return html`
    ${hits(view, answer, shown.slice(0, relevant))}
    ${
      unlikely.length
        ? html`<h3 class="divider">${view.texts.unlikely}</h3>
            ${hits(view, answer, unlikely)}`
        : nothing
    }
  `;
}

function hits(view: ListView, answer: Answer, shown: readonly Hit[]) {
  const others = new Map(answer.hits.toReversed().map((hit) => [hit.document.id, hit]));
  return html`
    <ol class="hits" start=${shown[0]?.rank ?? 1} aria-busy=${view.results.isBusy}>
      ${repeat(
        shown,
        ({ passage }) => passage.id,
        (hit) => html`<li>${card(view, hit, others)}</li>`,
      )}
    </ol>
  `;
}

function card({ state, results, locale }: ListView, hit: Hit, others: ReadonlyMap<string, Hit>) {
  const explained = results.explained.get(hit.passage.id);
  const explanation = typeof explained === "object" ? explained : hit.explanation;
  const hrefOf = (documentId: string, passageId: string | null) =>
    `/${writeState({ ...state, document: documentId, passage: passageId, beside: null })}`;
  return html`
    <hit-card
      .hit=${explanation === hit.explanation ? hit : { ...hit, explanation }}
      .locale=${locale}
      .actions=${state.like ? SIMILAR_ACTIONS : ACTIONS}
      .hrefOf=${hrefOf}
      .others=${others}
      .explained=${explained !== undefined}
      .explanationFailed=${explained === "failed"}
    ></hit-card>
  `;
}

function moreButton(view: ListView, answer: Answer) {
  const { state, texts, go } = view;
  const { total, isAtLeast } = answer;
  const hasMore = answer.hasMore && state.count < MOST_HITS;
  const shown = shownHits(view).length;
  const more = { count: Math.min(Math.max(state.count, shown) + PAGE_SIZE, MOST_HITS) };
  const button = (text: string, change: Parameters<typeof go>[0]) =>
    html`<p class="more"><button type="button" class="button" @click=${() => go(change)}>${text}</button></p>`;
  if (total === null || state.unlikely || total === 0)
    return hasMore || answer.hits.length > shown ? button(texts.moreUnlikely, more) : nothing;
  if (shown < total || (isAtLeast && hasMore)) return button(texts.more(shown, total, isAtLeast), more);
  if (state.sort === "relevance" && (hasMore || answer.hits.length > shown))
    return button(texts.showUnlikely, { unlikely: true, count: shown + PAGE_SIZE });
  return html`<p class="quiet">${texts.allShown}</p>`;
}

/** What is wrong with the question itself. */
function noteOnQuestion({ locale }: ListView, { query }: Answer): TemplateResult | null {
  const note = query && noteOn(query, locale);
  return note ? html`<div class="notice note"><p role="status">${note}</p></div>` : null;
}

function nothingRelevant({ texts }: ListView) {
  return html`<div class="notice"><p>${texts.nothingRelevant}</p><p class="quiet">${texts.nothingRelevantHint}</p></div>`;
}

function nothingFound(view: ListView, { index }: Answer) {
  const { state, texts, go } = view;
  const isFiltered = filterCount(view) > 0;
  return html`
    <div class="notice">
      <p>${index.documents ? (isFiltered ? texts.nothingPasses : texts.nothingFound) : texts.emptyIndex}</p>
      ${
        isFiltered
          ? html`<p><button type="button" class="button" @click=${() => go(withoutFilter(state))}>${texts.clearFilters}</button></p>`
          : index.documents
            ? html`<p class="quiet">${texts.nothingRelevantHint}</p>`
            : nothing
      }
    </div>
  `;
}

function problem({ results, texts, retry }: ListView) {
  const { status, detail } = results.problem ?? { status: 0, detail: "" };
  const { problems } = texts;
  const advice =
    status === 0
      ? problems.unreachable
      : status === 503 || status === 429
        ? problems.busy
        : status === 413
          ? problems.tooLarge
          : status === 404
            ? problems.notFound
            : status === 422
              ? problems.invalid
              : problems.failed;
  return html`
    <div class="problem">
      <div role="alert">
        <h3>${problems.title}</h3>
        <p>${advice}</p>
        ${detail ? html`<p class="detail" lang="en">${detail}</p>` : nothing}
      </div>
      <p>
        ${status === 422 || status === 413 ? nothing : html`<button type="button" class="button" @click=${retry}>${problems.retry}</button>`}
        ${results.retryIn === null ? nothing : html`<span class="quiet">${problems.retryIn(results.retryIn)}</span>`}
      </p>
    </div>
  `;
}

export function totalText({ state, results, texts }: ListView): string {
  const { answer } = results;
  if (!answer || results.problem) return results.isBusy ? texts.searching : "";
  if (answer.total === null) return texts.similarFound(answer.hits.length);
  const text = texts.relevant(answer.total, answer.isAtLeast, state.groupBy);
  return text;
}

/** How many of the first hits are relevant. Where the total is a lower bound, all that were asked for may be. */
function relevantCount({ total, isAtLeast, hits }: Answer): number {
  return total === null || isAtLeast ? hits.length : total;
}

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
