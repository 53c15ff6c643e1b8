/** Texts, dates and numbers as people read them. */

import type { Language, Span } from "./api.js";

export type Locale = Language;

/** A stretch of text, and whether it is marked. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

const SURROGATE = /[\ud800-\udfff]/;

/**
 * Where a text's code points are in its UTF-16 units.
 *
 * The service counts Unicode code points, JavaScript's strings count UTF-16 units: they differ after the first
 * character outside the basic plane, as rare Han characters and emojis are.
 */
export function codePointIndex(text: string): (codePoints: number) => number {
  if (!SURROGATE.test(text)) return (codePoints) => Math.min(Math.max(codePoints, 0), text.length);
  const places = [0];
  let at = 0;
  for (const character of text) {
    at += character.length;
    places.push(at);
  }
  return (codePoints) => places[Math.min(Math.max(codePoints, 0), places.length - 1)] ?? text.length;
}

/**
 * A text cut into marked and other parts.
 *
 * @param text - what is shown.
 * @param start - where it begins in its document, in code points.
 * @param spans - what is marked, in code points of the document; they may overlap and reach beyond the text.
 */
export function markedParts(text: string, start: number, spans: readonly Span[]): Part[] {
  const unitOf = codePointIndex(text);
  const parts: Part[] = [];
  let at = 0;
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const from = Math.max(unitOf(span.start - start), at);
    const to = unitOf(span.end - start);
    if (to <= from) continue;
    if (from > at) parts.push({ text: text.slice(at, from), marked: false });
    parts.push({ text: text.slice(from, to), marked: true });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** A passage that goes on with a sentence, after that one's first words. */
export function withOpening(opening: string | undefined, parts: readonly Part[]): readonly Part[] {
  return opening ? [{ text: `${opening} … `, marked: false }, ...parts] : parts;
}

/** The part of a document's text between two code points. */
export function sliceCodePoints(text: string, { start, end }: Span): string {
  const unitOf = codePointIndex(text);
  return text.slice(unitOf(start), unitOf(end));
}

/** The best sentence of a passage, or nothing. */
export function bestSentence(passage: { text: string; start: number; highlights: readonly Span[] }): string {
  const best = passage.highlights[0];
  if (!best) return "";
  return sliceCodePoints(passage.text, { start: best.start - passage.start, end: best.end - passage.start });
}

/** `2023-09-07` as `2023年9月7日` or `7 September 2023`. */
export function formatDate(date: string, locale: Locale): string {
  return format(date, locale, { year: "numeric", month: "long", day: "numeric" });
}

/** `2023-09` as `2023年9月` or `September 2023`. */
export function formatMonth(month: string, locale: Locale): string {
  return format(`${month}-01`, locale, { year: "numeric", month: "long" });
}

export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(LOCALES[locale]).format(value);
}

/** A share from 0 to 1 in whole per cent; what isn't certain is never shown as 100 %, nor what isn't nothing as 0 %. */
export function formatShare(share: number, locale: Locale): string {
  const percent = share <= 0 || share >= 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
  return locale === "zh" ? `${percent}%` : `${percent}\u202f%`;
}

const LOCALES: Readonly<Record<Locale, string>> = { zh: "zh-CN", en: "en-GB" };

function format(date: string, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date;
  return new Intl.DateTimeFormat(LOCALES[locale], { ...options, timeZone: "UTC" }).format(parsed);
}
