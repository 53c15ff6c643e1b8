import { describe, expect, test } from "vitest";
import { bestSentence, formatDate, formatShare, markedParts, withOpening } from "../src/shared/format.js";
import { pickLocale, textLanguage } from "../src/shared/i18n.js";

describe("marked parts", () => {
  test("offsets count code points, not UTF-16 units", () => {
    const parts = markedParts("𠮷𠮷ab𠮷c", 10, [{ start: 12, end: 15 }]);
    expect(parts).toEqual([
      { text: "𠮷𠮷", marked: false },
      { text: "ab𠮷", marked: true },
      { text: "c", marked: false },
    ]);
  });

  test("together they are the text, whatever is marked", () => {
    const text = "一二三四五六七八";
    const spans = [
      { start: 6, end: 99 },
      { start: -3, end: 1 },
      { start: 0, end: 3 },
      { start: 4, end: 4 },
    ];
    expect(
      markedParts(text, 0, spans)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  test("spans that overlap mark each character once", () => {
    const marked = markedParts("abcdef", 0, [
      { start: 1, end: 4 },
      { start: 2, end: 5 },
    ]).filter((part) => part.marked);
    expect(marked.map((part) => part.text)).toEqual(["bcd", "e"]);
  });

  test("what goes on with a sentence comes after that one's first words", () => {
    const parts = markedParts("增长。", 0, []);
    expect(withOpening("全区", parts).map((part) => part.text)).toEqual(["全区 … ", "增长。"]);
    expect(withOpening("", parts)).toEqual(parts);
  });

  test("the best sentence is cut out of its passage", () => {
    const passage = { text: "𠮷。好的。", start: 100, highlights: [{ start: 102, end: 105 }] };
    expect(bestSentence(passage)).toBe("好的。");
    expect(bestSentence({ ...passage, highlights: [] })).toBe("");
  });
});

describe("dates and shares", () => {
  test("a day is the same in every time zone", () => {
    expect(formatDate("2023-09-07", "zh")).toBe("2023年9月7日");
    expect(formatDate("2023-09-07", "en")).toBe("7 September 2023");
  });

  test("what isn't certain is not shown as certain", () => {
    expect(formatShare(0.9999, "zh")).toBe("99%");
    expect(formatShare(0.0001, "zh")).toBe("1%");
    expect(formatShare(1, "zh")).toBe("100%");
  });
});

describe("languages", () => {
  test("the first wish that is spoken here counts", () => {
    expect(pickLocale("fr-FR", "zh-TW", "en")).toBe("zh");
    expect(pickLocale("fr", undefined)).toBe("en");
  });

  test("a title's language is its own", () => {
    expect(textLanguage("天津 opens")).toBe("zh");
    expect(textLanguage("Tianjin opens")).toBe("en");
  });
});
