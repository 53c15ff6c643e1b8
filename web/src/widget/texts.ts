/** What the widget says, in both languages. */

import { formatNumber, type Locale } from "../shared/format.js";

/** What is told when there are no hits to show: what happened, and what may be done. */
export interface Notice {
  readonly what: string;
  readonly hint?: string;
}

export interface WidgetTexts {
  readonly search: string;
  readonly placeholder: string;
  readonly syntax: string;
  readonly results: string;
  readonly languages: string;
  readonly both: string;
  readonly order: string;
  readonly relevance: string;
  readonly newest: string;
  readonly searching: string;
  readonly more: string;
  readonly again: string;
  readonly wholePage: string;
  readonly newTab: string;
  readonly found: (total: number, isLeast: boolean, isArticles: boolean) => string;
  readonly empty: Notice;
  readonly unlikely: Notice;
  readonly rest: string;
  readonly noEndpoint: Notice;
  readonly refused: (service: string, origin: string) => Notice;
  readonly unreachable: (service: string) => Notice;
  readonly noToken: Notice;
  readonly wrong: (detail: string) => Notice;
  readonly busy: Notice;
  readonly failed: Notice;
}

const ZH: WidgetTexts = {
  search: "搜索",
  placeholder: "用中文或英文提问",
  syntax: '"原文" 必须逐字出现，-词语 不得出现',
  results: "搜索结果",
  languages: "文章语言",
  both: "中英文",
  order: "排序",
  relevance: "最相关",
  newest: "最新",
  searching: "正在搜索……",
  more: "更多结果",
  again: "重试",
  wholePage: "在搜索页打开",
  newTab: "在新标签页打开",
  found: (total, isLeast, isArticles) =>
    `${isLeast ? "至少 " : ""}${formatNumber(total, "zh")} ${isArticles ? "篇文章" : "个段落"}`,
  empty: { what: "没有找到相关内容。", hint: "可以换一种说法，或者放宽筛选条件。" },
  unlikely: { what: "没有找到相关内容，以下是最接近的结果。" },
  rest: "也显示不太可能相关的结果",
  noEndpoint: { what: "尚未设置搜索服务。", hint: "请在 haihe-search 的 endpoint 属性中填写服务地址。" },
  refused: (service, origin) => ({
    what: "本页面尚不能使用此搜索。",
    hint: `搜索服务 ${service} 未准许 ${origin}。请其管理员把该来源加入 HAIHE_PORTALS。`,
  }),
  unreachable: (service) => ({
    what: "暂时无法连接搜索服务。",
    hint: `${service} 没有回应，或者本页面的 Content-Security-Policy 未在 connect-src 中允许它。`,
  }),
  noToken: { what: "搜索服务需要有效的令牌。", hint: "请检查 haihe-search 的 token。" },
  wrong: (detail) => ({ what: "无法这样提问。", hint: detail }),
  busy: { what: "搜索的人很多。", hint: "请稍候再试。" },
  failed: { what: "搜索出错了。", hint: "请稍后重试。" },
};

const EN: WidgetTexts = {
  search: "Search",
  placeholder: "Ask in Chinese or English",
  syntax: '"Exact words" must appear, -words must not',
  results: "Search results",
  languages: "Language of articles",
  both: "Both",
  order: "Order",
  relevance: "Most relevant",
  newest: "Newest",
  searching: "Searching…",
  more: "More results",
  again: "Try again",
  wholePage: "Open on the search page",
  newTab: "opens in a new tab",
  found: (total, isLeast, isArticles) => {
    const unit = isArticles ? "article" : "passage";
    return `${isLeast ? "At least " : ""}${formatNumber(total, "en")} ${total === 1 ? unit : `${unit}s`}`;
  },
  empty: {
    what: "Nothing was found.",
    hint: "Put the question in other words, or loosen the filters.",
  },
  unlikely: { what: "Nothing relevant was found. These come closest." },
  rest: "Show what is unlikely to be relevant, too",
  noEndpoint: {
    what: "No search service is set.",
    hint: "The endpoint attribute of haihe-search says where it is.",
  },
  refused: (service, origin) => ({
    what: "This page may not use the search yet.",
    hint: `The service at ${service} doesn’t admit ${origin}. Its operator can add that origin to HAIHE_PORTALS.`,
  }),
  unreachable: (service) => ({
    what: "The search can’t be reached.",
    hint: `${service} doesn’t answer, or this page’s Content-Security-Policy lacks it in connect-src.`,
  }),
  noToken: { what: "The search asks for a valid token.", hint: "Check the token of haihe-search." },
  wrong: (detail) => ({ what: "This can’t be asked.", hint: detail }),
  busy: { what: "Many people are searching.", hint: "Try again in a moment." },
  failed: { what: "The search failed.", hint: "Try again later." },
};

export const WIDGET_TEXTS: Readonly<Record<Locale, WidgetTexts>> = { zh: ZH, en: EN };
