import { describe, expect, it } from "vitest";
import type { Hit } from "../src/shared/api.js";
import { readList, toRequest, writeList } from "../src/widget/attributes.js";
import { excerpt } from "../src/widget/excerpt.js";
import { articleUrl, ownPage, webAddress } from "../src/widget/links.js";
import { noticeOf } from "../src/widget/notices.js";
import { WIDGET_TEXTS } from "../src/widget/texts.js";

const SERVICE = "https://search.example";
const ASKED = {
  query: " 公交 ",
  languages: [],
  sources: [],
  publishedFrom: "",
  publishedTo: "",
  groupBy: "",
  sort: "",
  size: 5,
};

describe("lists in attributes", () => {
  it("are separated by commas", () => {
    expect(readList("天津日报, China Daily ,")).toEqual(["天津日报", "China Daily"]);
    expect(readList("")).toEqual([]);
  });

  it("are JSON where an entry has a comma", () => {
    expect(readList('["Reuters, London", "Xinhua"]')).toEqual(["Reuters, London", "Xinhua"]);
    expect(readList("[broken")).toEqual(["[broken"]);
  });

  it("are written as they are read", () => {
    for (const list of [["zh", "en"], ["Reuters, London"], ["[sic]"], []]) {
      expect(readList(writeList(list))).toEqual(list);
    }
  });
});

describe("a request", () => {
  it("leaves to the service what isn't set", () => {
    expect(toRequest(ASKED, 0)).toEqual({ query: "公交", k: 5 });
  });

  it("names what is set", () => {
    const asked = {
      ...ASKED,
      languages: ["zh"],
      sources: ["Xinhua"],
      publishedTo: "2024-01-31",
      groupBy: "document",
    };
    expect(toRequest(asked, 10)).toEqual({
      query: "公交",
      k: 5,
      offset: 10,
      languages: ["zh"],
      sources: ["Xinhua"],
      published_to: "2024-01-31",
      group_by: "document",
    });
  });
});

describe("an excerpt", () => {
  const plain = (text: string) => ({ text, marked: false });
  const marked = (text: string) => ({ text, marked: true });
  const textOf = (parts: readonly { text: string }[]) => parts.map(({ text }) => text).join("");

  it("is the whole of a short passage", () => {
    const parts = [plain("Before. "), marked("Here."), plain(" After.")];
    expect(excerpt(parts)).toEqual(parts);
  });

  it("keeps the marked sentence whole, whatever its length", () => {
    const sentence = "句".repeat(500);
    expect(excerpt([marked(sentence)])).toEqual([marked(sentence)]);
    const [before, kept, after] = excerpt([
      plain("前".repeat(400)),
      marked(sentence),
      plain("后".repeat(400)),
    ]);
    expect(kept).toEqual(marked(sentence));
    expect(before?.text).toBe(`…${"前".repeat(60)}`);
    expect(after?.text).toBe(`${"后".repeat(120)}…`);
  });

  it("cuts between words and never through a character", () => {
    const long = excerpt([plain("word ".repeat(80)), marked("Here."), plain(` ${"after ".repeat(80)}`)]);
    expect(textOf(long)).toMatch(/^…word .*after…$/);
    for (const shift of ["", "a"]) {
      const rare = excerpt([
        plain(`${"𠮷".repeat(200)}${shift}`),
        marked("。"),
        plain(shift + "𠮷".repeat(200)),
      ]);
      expect(() => encodeURIComponent(textOf(rare))).not.toThrow();
    }
  });

  it("is the beginning where nothing is marked", () => {
    expect(excerpt([plain("段".repeat(400))])).toEqual([plain(`${"段".repeat(280)}…`)]);
  });
});

describe("a hit leads", () => {
  const hitOf = (url: string | null) =>
    ({ document: { id: "天津/公交 1.md", url }, passage: { id: "p1" } }) as Hit;

  it("to where the article was published", () => {
    expect(articleUrl(hitOf("https://news.example/1"), SERVICE)).toBe("https://news.example/1");
  });

  it("to the service's page where it doesn't say", () => {
    expect(articleUrl(hitOf(null), SERVICE)).toBe(ownPage("天津/公交 1.md", SERVICE, "p1"));
    expect(new URL(ownPage("天津/公交 1.md", SERVICE)).searchParams.get("doc")).toBe("天津/公交 1.md");
  });

  it("never to a script", () => {
    for (const url of [
      "javascript:alert(1)",
      " JavaScript:alert(1)",
      "data:text/html,x",
      "//news.example",
      "news",
    ]) {
      expect(webAddress(url)).toBeNull();
    }
  });
});

describe("a failure", () => {
  const failure = (status: number, silence: "refused" | "unreachable" | null = null) => ({
    status,
    detail: "k: is 5000, at most 100 are allowed",
    silence,
  });

  it("says the same things in both languages", () => {
    globalThis.location = { origin: "https://news.example" } as Location;
    for (const texts of Object.values(WIDGET_TEXTS)) {
      expect(noticeOf(failure(0, "refused"), SERVICE, texts).hint).toMatch(
        /search\.example.*https:\/\/news\.example.*HAIHE_PORTALS/,
      );
      expect(noticeOf(failure(0, "unreachable"), SERVICE, texts).hint).toMatch(
        /search\.example.*connect-src/,
      );
      expect(noticeOf(failure(401), SERVICE, texts)).toBe(texts.noToken);
      expect(noticeOf(failure(503), SERVICE, texts)).toBe(texts.busy);
      expect(noticeOf(failure(422), SERVICE, texts).hint).toBe("k: is 5000, at most 100 are allowed");
      expect(noticeOf(failure(500), SERVICE, texts)).toBe(texts.failed);
    }
  });
});
