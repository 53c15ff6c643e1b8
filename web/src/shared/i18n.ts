/** Which language the interface speaks, and what page and widget say alike in both. */

import type { Locale } from "./format.js";
import { formatShare } from "./format.js";

export const LOCALES: readonly Locale[] = ["zh", "en"];

/** A language tag as one of the two languages, e.g. `zh-Hant-TW` as `zh`; null for any other. */
export function toLocale(tag: string | null | undefined): Locale | null {
  const primary = tag?.toLowerCase().split("-")[0];
  return LOCALES.find((locale) => locale === primary) ?? null;
}

/** The first of the wishes that is one of the two languages, else English. */
export function pickLocale(...wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const locale = toLocale(wish);
    if (locale) return locale;
  }
  return "en";
}

/** The language a short text is written in, for its `lang`: titles may be in another than their article. */
export function textLanguage(text: string): Locale {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** What a hit says. */
export interface HitTexts {
  readonly languages: Readonly<Record<Locale, string>>;
  readonly badge: Readonly<Record<Locale, string>>;
  readonly sourceUnknown: string;
  readonly dateUnknown: string;
  readonly alsoIn: (count: number) => string;
  readonly sameStory: Readonly<Record<Locale, string>>;
  readonly moreLikeThis: string;
  readonly relevance: (score: number) => string;
  readonly why: string;
  readonly cite: string;
  readonly likelihood: (score: number) => string;
  readonly explanation: ExplanationTexts;
}

/** What the explanation of a score says. */
export interface ExplanationTexts {
  readonly loading: string;
  readonly failed: string;
  readonly signals: Readonly<Record<string, string>>;
  readonly strengths: readonly [
    none: string,
    little: string,
    some: string,
    strong: string,
    veryStrong: string,
  ];
  readonly against: string;
  readonly note: string;
  readonly matched: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly foremost: (signals: readonly string[]) => string;
}

const ZH: HitTexts = {
  languages: { zh: "中文", en: "英文" },
  badge: { zh: "中文", en: "EN" },
  sourceUnknown: "来源未注明",
  dateUnknown: "日期未注明",
  alsoIn: (count) => `另有 ${count} 篇刊载`,
  sameStory: { zh: "同一报道的中文版", en: "同一报道的英文版" },
  moreLikeThis: "更多类似",
  relevance: (score) => `相关度 ${formatShare(score, "zh")}`,
  why: "排序依据",
  cite: "引用",
  likelihood: (score) =>
    score >= 0.9 ? "很可能相关" : score >= 0.6 ? "可能相关" : score >= 0.3 ? "或许相关" : "不太可能相关",
  explanation: {
    loading: "正在取得得分说明……",
    failed: "未能取得得分说明。",
    signals: {
      dense: "整段语义",
      sentences: "最佳句语义",
      tokens: "逐词语义",
      second: "第二个模型的意见",
      numbers: "相同的数字",
      dates: "相同的日期",
      names: "相同的名称",
      words: "相同的词",
      glosses: "词语对译",
      missing: "缺少的数字、日期、名称",
    },
    strengths: ["无", "微弱", "一般", "强", "很强"],
    against: "减分",
    note: "语义（σ）：高出同语言段落平均水平多少个标准差。词语（nat）：共同的词语越罕见，分量越重。",
    matched: "与提问相同的词语",
    kinds: { number: "数字", code: "编号", date: "日期", name: "名称", word: "词", gloss: "对译" },
    foremost: (signals) => `主要依据：${signals.join("、")}。`,
  },
};

const EN: HitTexts = {
  languages: { zh: "Chinese", en: "English" },
  badge: { zh: "中文", en: "EN" },
  sourceUnknown: "source not stated",
  dateUnknown: "undated",
  alsoIn: (count) => `also in ${count} other ${count === 1 ? "article" : "articles"}`,
  sameStory: { zh: "The same story in Chinese", en: "The same story in English" },
  moreLikeThis: "More like this",
  relevance: (score) => `Relevance ${formatShare(score, "en")}`,
  why: "Why here?",
  cite: "Cite",
  likelihood: (score) =>
    score >= 0.9
      ? "Very likely relevant"
      : score >= 0.6
        ? "Likely relevant"
        : score >= 0.3
          ? "Possibly relevant"
          : "Unlikely to be relevant",
  explanation: {
    loading: "Asking for the explanation…",
    failed: "The explanation could not be had.",
    signals: {
      dense: "Meaning of the passage",
      sentences: "Meaning of the best sentence",
      tokens: "Meaning word by word",
      second: "A second model's opinion",
      numbers: "Same numbers",
      dates: "Same dates",
      names: "Same names",
      words: "Same words",
      glosses: "Translated words",
      missing: "Numbers, dates, names it lacks",
    },
    strengths: ["none", "slight", "some", "strong", "very strong"],
    against: "counts against",
    note: "Meaning (σ): standard deviations above the average passage of its language. Words (nat): the rarer a shared word, the more it counts.",
    matched: "Shared with the question",
    kinds: { number: "number", code: "code", date: "date", name: "name", word: "word", gloss: "translation" },
    foremost: (signals) => `Most of all: ${signals.join(", ").toLowerCase()}.`,
  },
};

export const HIT_TEXTS: Readonly<Record<Locale, HitTexts>> = { zh: ZH, en: EN };
