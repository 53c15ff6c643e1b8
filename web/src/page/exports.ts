/** Hits as files and citations. Pure. */

import type { Article, Hit } from "../shared/api.js";
import { bestSentence } from "../shared/format.js";
import { textLanguage } from "../shared/i18n.js";

/** What a citation needs of an article; what the article doesn't state is null. */
export type Cited = Pick<Article, "title" | "source" | "url" | "published" | "author">;

const COLUMNS = [
  "rank",
  "score",
  "language",
  "text",
  "best_sentence",
  "passage_id",
  "start",
  "end",
  "document_id",
  "title",
  "source",
  "url",
  "published",
] as const;

/** Hits for a spreadsheet: the columns of `haihe search --format csv`, with the byte order mark that Excel asks for. */
export function toCsv(hits: readonly Hit[]): string {
  const rows = hits.map(({ rank, score, passage, document }) => [
    rank,
    score,
    passage.language,
    passage.text,
    bestSentence(passage),
    passage.id,
    passage.start,
    passage.end,
    document.id,
    document.title,
    document.source,
    document.url,
    document.published,
  ]);
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(csvField).join(",")}\r\n`).join("")}`;
}

export function toJson(hits: readonly Hit[]): string {
  return `${JSON.stringify(hits, null, 2)}\n`;
}

/** Always quoted; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(value: string | number | null): string {
  if (value === null) return '""';
  if (typeof value === "number") return `"${value}"`;
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** Numbered references of GB/T 7714-2015, as the standard numbers them by order. */
export function toGbt7714(articles: readonly Cited[], accessed: string): string {
  return articles.map((article, at) => `[${at + 1}] ${gbt7714(article, accessed)}\n`).join("");
}

/** References of APA 7, by author or, where there is none, by title. */
export function toApa(articles: readonly Cited[]): string {
  return articles
    .map((article) => `${apa(article)}\n`)
    .sort(new Intl.Collator(["en", "zh-CN"]).compare)
    .join("");
}

/**
 * One reference of GB/T 7714-2015, as `service/citations.py` writes it: `[EB/OL]` on the web, `[N]` of a source, else `[Z]`.
 *
 * @param accessed - the day it was read, which the standard asks for of what is on the web.
 */
export function gbt7714(article: Cited, accessed: string): string {
  const { source, published } = article;
  const title = oneLine(article.title);
  const url = webAddress(article.url);
  const people = gbtNames(persons(article.author));
  if (url) {
    const when = `${published ? `(${published})` : ""}[${accessed}]`;
    const publisher = people && people !== source ? source : null;
    return sentences(people || source, `${title}[EB/OL]`, listed(publisher, when), url);
  }
  return sentences(people, `${title}[${source ? "N" : "Z"}]`, listed(source, published));
}

/** One reference of APA 7; titles can't be set in italics in plain text. */
export function apa(article: Cited): string {
  const { source, published } = article;
  const title = stopped(oneLine(article.title));
  const date = `(${published ? apaDate(published) : "n.d."}).`;
  const authors = apaNames(persons(article.author));
  const begin = authors ? [stopped(authors), date, title] : [title, date];
  const publisher = source && source !== authors ? stopped(source) : null;
  return [...begin, publisher, webAddress(article.url)].filter(Boolean).join(" ");
}

/** What stands before names, and is none. */
const ROLE = /^\s*(?:by\b|(?:本报|特约)?(?:记者|作者|通讯员)[:：]?)\s*/iu;

/**
 * Authors as an article names them, `记者 张三、李四` or `By Li Na and Bo Chen`, one by one.
 *
 * Names stay as they are written: of `Yang Cheng` nobody can tell which is the family's.
 */
export function persons(author: string | null): string[] {
  if (!author) return [];
  return author
    .split(/[;；、，,]|\s+(?:and|&)\s+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/u)
    .map((name) => name.replace(ROLE, "").trim())
    .filter(Boolean);
}

function apaNames(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")}, & ${last}`;
}

function apaDate(published: string): string {
  const format = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" });
  return `${published.slice(0, 4)}, ${format.format(new Date(`${published}T00:00:00Z`))}`;
}

/** The first three, then that there are more. */
function gbtNames(people: readonly string[]): string {
  const others = textLanguage(people[0] ?? "") === "zh" ? "等" : "et al";
  return (people.length > 3 ? [...people.slice(0, 3), others] : people).join(", ");
}

function sentences(...parts: readonly (string | null)[]): string {
  return parts
    .filter(Boolean)
    .map((part) => `${part}.`)
    .join(" ");
}

function listed(...parts: readonly (string | null)[]): string {
  return parts.filter(Boolean).join(", ");
}

/** An address that an article states, where it is one of the web. */
function webAddress(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url.trim()) ? url.trim() : null;
}

/** A text that ends with a full stop, or with another mark that ends a sentence. */
function stopped(text: string): string {
  return /[.!?。！？…]$/u.test(text) ? text : `${text}.`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
