import { describe, expect, test } from "vitest";
import { paragraphs } from "../src/page/article-text.js";
import { buckets } from "../src/page/months.js";
import { type PageState, readState, START, toRequest, writeState } from "../src/page/state.js";

const FULL: PageState = {
  query: "a & b=c #1 武清",
  language: "zh",
  sources: ["天津日报", "A, B"],
  from: "2023-01-01",
  to: "2023-12-31",
  sort: "published",
  groupBy: "passage",
  count: 60,
  unlikely: true,
  like: "p/1",
  likeDocument: "d/1?x",
  document: "d/2",
  passage: "p2",
  beside: "d/3",
  locale: "en",
};

describe("the address", () => {
  test("says everything that the page shows", () => {
    expect(readState(writeState(FULL))).toEqual(FULL);
  });

  test("is empty at the start, and says only what is not as usual", () => {
    expect(writeState(START)).toBe("");
    expect(writeState({ ...START, query: "x" })).toBe("?q=x");
  });

  test("that is wrong is read as far as it is right", () => {
    const state = readState("?q=x&in=fr&from=yesterday&to=2023-02-31&n=-3&sort=z&group=&ui=de&source=");
    expect(state).toEqual({ ...START, query: "x" });
  });

  test("becomes the request, without filters that are not set", () => {
    expect(toRequest({ ...START, query: "x" }, 20, 10)).toEqual({
      query: "x",
      k: 10,
      offset: 20,
      group_by: "document",
      sort: "relevance",
    });
    expect(toRequest(FULL, 0, 1)).toMatchObject({ languages: ["zh"], published_from: "2023-01-01" });
  });
});

describe("the timeline", () => {
  test("has a bar for every month between the first and the last", () => {
    const found = buckets([
      { value: "2023-11", count: 2 },
      { value: "2024-02", count: 1 },
      { value: null, count: 9 },
    ]);
    expect(found.map(({ key, count }) => [key, count])).toEqual([
      ["2023-11", 2],
      ["2023-12", 0],
      ["2024-01", 0],
      ["2024-02", 1],
    ]);
    expect(found.at(-1)).toMatchObject({ from: "2024-02-01", to: "2024-02-29" });
  });

  test("has years, then decades, where months would be too many; no hit is lost", () => {
    const years = buckets([
      { value: "2015-12", count: 2 },
      { value: "2023-01", count: 3 },
    ]);
    expect(years.map(({ key }) => key)).toContain("2019");
    expect(years.at(0)).toMatchObject({ from: "2015-01-01", to: "2015-12-31", count: 2 });
    const decades = buckets([
      { value: "1897-12", count: 2 },
      { value: "2023-01", count: 3 },
    ]);
    expect(decades.at(0)).toMatchObject({ from: "1890-01-01", to: "1899-12-31", count: 2 });
    expect(decades.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });
});

describe("an article's text", () => {
  test("is cut at paragraphs, the passage and its best sentence, in code points", () => {
    const found = paragraphs("𠮷一。二。\n\n三。四。", { start: 3, end: 9 }, { start: 7, end: 9 });
    expect(found).toEqual([
      [
        { text: "𠮷一。", role: "text" },
        { text: "二。", role: "passage" },
      ],
      [
        { text: "三。", role: "best" },
        { text: "四。", role: "text" },
      ],
    ]);
  });
});
