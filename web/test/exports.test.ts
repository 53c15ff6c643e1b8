import { describe, expect, test } from "vitest";
import { apa, type Cited, csvField, gbt7714, persons, toApa, toCsv, toGbt7714 } from "../src/page/exports.js";
import type { Hit } from "../src/shared/api.js";

const ARTICLE: Cited = {
  title: "武清建新城",
  source: "天津日报",
  url: "https://news.example/1",
  published: "2023-08-22",
  author: "记者 张明、李红",
};
const NOTHING_STATED = { source: null, url: null, published: null, author: null } as const;

const HIT: Hit = {
  rank: 1,
  score: 0.9,
  passage: {
    id: "p",
    text: '他说："好"，\n=SUM(A1)',
    language: "zh",
    start: 0,
    end: 15,
    highlights: [{ start: 0, end: 7, score: 0.9 }],
  },
  document: {
    id: "d",
    title: "=1+1",
    counterparts: [],
    language: "zh",
    source: null,
    url: null,
    published: null,
  },
  also_in: [],
  also_in_count: 0,
  explanation: null,
};

describe("CSV", () => {
  test("begins with a byte order mark and ends its lines as RFC 4180 has it", () => {
    const lines = toCsv([HIT]).split("\r\n");
    expect(lines[0]?.startsWith('\ufeff"rank","score"')).toBe(true);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe("");
  });

  test("quotes are doubled, and lines within a field stay in it", () => {
    expect(toCsv([HIT])).toContain('"他说：""好""，\n=SUM(A1)"');
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "－1"])("%j is no formula", (text) => {
    expect(csvField(text).startsWith("\"'")).toBe(true);
  });

  test("other texts and numbers stay as they are", () => {
    expect(csvField("a=b")).toBe('"a=b"');
    expect(csvField(-1.5)).toBe('"-1.5"');
    expect(csvField(null)).toBe('""');
  });
});

describe("GB/T 7714-2015", () => {
  test("an article on the web names its day, the day it was read and its address", () => {
    expect(gbt7714(ARTICLE, "2026-11-22")).toBe(
      "张明, 李红. 武清建新城[EB/OL]. 天津日报, (2023-08-22)[2026-11-22]. https://news.example/1.",
    );
  });

  test("without an author the source answers for it", () => {
    expect(gbt7714({ ...ARTICLE, author: null }, "2026-11-22")).toBe(
      "天津日报. 武清建新城[EB/OL]. (2023-08-22)[2026-11-22]. https://news.example/1.",
    );
  });

  test("without an address it is in print; without anything it is only a title", () => {
    expect(gbt7714({ ...ARTICLE, url: "javascript:alert(1)" }, "2026-11-22")).toBe(
      "张明, 李红. 武清建新城[N]. 天津日报, 2023-08-22.",
    );
    expect(gbt7714({ ...NOTHING_STATED, title: "题名" }, "2026-11-22")).toBe("题名[Z].");
  });

  test("names stay as the article states them, more than three become et al", () => {
    const author = "Yang Cheng, Ann Mary Lee, Bo Chen and Eve Fox";
    expect(gbt7714({ ...NOTHING_STATED, title: "T", author }, "2026-11-22")).toBe(
      "Yang Cheng, Ann Mary Lee, Bo Chen, et al. T[Z].",
    );
  });

  test("references are numbered in the order of the hits", () => {
    expect(toGbt7714([ARTICLE, ARTICLE], "2026-11-22")).toMatch(/^\[1\] .*\n\[2\] .*\n$/);
  });
});

describe("APA 7", () => {
  test("author, day, title, source, address", () => {
    const article = {
      ...ARTICLE,
      title: "A new town",
      source: "China Daily",
      author: "By Yang Cheng and Bo Chen",
    };
    expect(apa(article)).toBe(
      "Yang Cheng, & Bo Chen. (2023, August 22). A new town. China Daily. https://news.example/1",
    );
  });

  test("without an author the title comes first; without a date it says so", () => {
    expect(apa({ ...NOTHING_STATED, title: "Will it rain?" })).toBe("Will it rain? (n.d.).");
  });

  test("references are in alphabetical order", () => {
    const titles = ["Zebra", "apple", "Mango"].map((title) => ({ ...NOTHING_STATED, title }));
    expect(toApa(titles)).toBe("apple. (n.d.).\nMango. (n.d.).\nZebra. (n.d.).\n");
  });
});

test("authors are told apart, and what isn't a name stays out", () => {
  expect(persons("本报记者 张明 李红；通讯员王五")).toEqual(["张明", "李红", "王五"]);
  expect(persons(null)).toEqual([]);
});
