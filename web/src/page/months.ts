/** Months of a facet as the bars of a timeline. */

import type { FacetCount } from "../shared/api.js";
import { formatMonth, type Locale } from "../shared/format.js";

/** A stretch of time, how many hits fall into it, and the days it begins and ends with. */
export interface Bucket {
  readonly key: string;
  readonly count: number;
  readonly from: string;
  readonly to: string;
}

type Unit = "month" | "year" | "decade";

const MOST_BARS = 48;

/** One bar a month without gaps; a year or a decade where there would be too many. */
export function buckets(facet: readonly FacetCount[]): Bucket[] {
  const months = facet.filter((found): found is { value: string; count: number } => found.value !== null);
  const values = months.map(({ value }) => value).sort();
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return [];
  const unit = unitFor(first, last);
  const counts = new Map<string, number>();
  for (const { value, count } of months) {
    const key = keyOf(value, unit);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return keysBetween(first, last, unit).map((key) => ({ key, count: counts.get(key) ?? 0, ...daysOf(key) }));
}

/** How a bar is called: `September 2023`, `2023` or `2020s`. */
export function bucketName(key: string, locale: Locale): string {
  if (key.length === 7) return formatMonth(key, locale);
  if (key.length === 4) return locale === "zh" ? `${key}年` : key;
  return locale === "zh" ? `${key}0年代` : `${key}0s`;
}

function unitFor(first: string, last: string): Unit {
  const months = monthNumber(last) - monthNumber(first) + 1;
  if (months <= MOST_BARS) return "month";
  return months <= 12 * MOST_BARS ? "year" : "decade";
}

function keyOf(month: string, unit: Unit): string {
  return month.slice(0, { month: 7, year: 4, decade: 3 }[unit]);
}

function keysBetween(first: string, last: string, unit: Unit): string[] {
  const step = { month: 1, year: 12, decade: 120 }[unit];
  const begin = Math.floor(monthNumber(first) / step) * step;
  const keys: string[] = [];
  for (let month = begin; month <= monthNumber(last); month += step) keys.push(keyOf(monthName(month), unit));
  return keys;
}

function daysOf(key: string): { from: string; to: string } {
  const first = key.length === 7 ? key : `${key.padEnd(4, "0")}-01`;
  const last = key.length === 7 ? key : `${key.padEnd(4, "9")}-12`;
  const lastDay = new Date(Date.UTC(Number(last.slice(0, 4)), Number(last.slice(5)), 0)).getUTCDate();
  return { from: `${first}-01`, to: `${last}-${String(lastDay).padStart(2, "0")}` };
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

function monthName(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, "0")}-${String((number % 12) + 1).padStart(2, "0")}`;
}
