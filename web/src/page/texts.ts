/** What the page says, in both languages. */

import { formatNumber, type Locale } from "../shared/format.js";

export interface PageTexts {
  readonly title: string;
  readonly pageTitle: (query: string) => string;
  readonly skip: string;
  readonly searchLabel: string;
  readonly placeholder: string;
  readonly search: string;
  /** How a question is written: what is typed, and what it asks for. */
  readonly syntax: Readonly<{ title: string; list: readonly (readonly [string, string])[] }>;
  readonly switchLanguage: string;
  readonly theme: Readonly<{ label: string; light: string; dark: string; auto: string }>;
  readonly lead: string;
  readonly leadMore: string;
  readonly examples: Readonly<Record<Locale, string>>;
  /** What the index holds. */
  readonly facts: Readonly<{
    label: string;
    articles: string;
    passages: string;
    inLanguage: (count: string, language: Locale) => string;
    published: string;
    range: (first: string, last: string) => string;
    undated: (count: number) => string;
    noDay: string;
    sources: string;
    moreSources: (count: number) => string;
    unsourced: (count: number) => string;
    noSource: string;
  }>;
  readonly results: string;
  readonly relevant: (total: number, atLeast: boolean, what: "passage" | "document") => string;
  readonly similarTo: string;
  readonly similarFound: (count: number) => string;
  readonly backToSearch: string;
  readonly searching: string;
  readonly filters: string;
  readonly filtersOn: (count: number) => string;
  readonly clearFilters: string;
  readonly removeFilter: (name: string) => string;
  readonly language: string;
  readonly source: string;
  readonly sourceUnknown: string;
  readonly moreSources: (count: number) => string;
  readonly fewerSources: string;
  readonly date: string;
  readonly from: string;
  readonly to: string;
  readonly timeline: string;
  readonly timelineHint: string;
  readonly bar: (name: string, count: number) => string;
  readonly undated: (count: number) => string;
  readonly noDates: string;
  readonly sort: string;
  readonly sorts: Readonly<{ relevance: string; published: string }>;
  readonly group: string;
  readonly groups: Readonly<{ document: string; passage: string }>;
  readonly exportHits: string;
  readonly more: (shown: number, total: number, atLeast: boolean) => string;
  readonly moreUnlikely: string;
  readonly showUnlikely: string;
  readonly unlikely: string;
  readonly allShown: string;
  readonly nothingRelevant: string;
  readonly nothingPasses: string;
  readonly nothingFound: string;
  readonly emptyIndex: string;
  readonly nothingRelevantHint: string;
  readonly problems: Readonly<{
    title: string;
    unreachable: string;
    busy: string;
    invalid: string;
    tooLarge: string;
    notFound: string;
    failed: string;
    retry: string;
    retryIn: (seconds: number) => string;
  }>;
  readonly article: Readonly<{
    label: string;
    close: string;
    loading: string;
    original: string;
    by: string;
    sameStory: string;
    beside: string;
    closeBeside: string;
    toPassage: string;
    similar: string;
    cite: string;
    copyLink: string;
  }>;
  readonly exporting: Readonly<{
    title: (count: number) => string;
    format: string;
    preview: string;
    copy: string;
    copied: string;
    copyFailed: string;
    download: string;
    close: string;
    authors: string;
    authorsFailed: string;
  }>;
  readonly keys: Readonly<{ title: string; on: string; list: readonly (readonly [string, string])[] }>;
  readonly indexed: (documents: number, passages: number) => string;
}

const number = (locale: Locale) => (value: number) => formatNumber(value, locale);
const zh = number("zh");
const en = number("en");

const ZH: PageTexts = {
  title: "海河 · 中英双语检索",
  pageTitle: (query) => `${query} · 海河`,
  skip: "跳到检索结果",
  searchLabel: "用中文或英文提问",
  placeholder: "用中文或英文提问",
  search: "检索",
  syntax: {
    title: "精确查找与排除",
    list: [
      ['"公交线路"', "原文必须逐字出现"],
      ["-地铁", "不出现这个词（减号前要有空格）"],
      ['-"公交线路"', "不出现这段原文"],
    ],
  },
  switchLanguage: "界面语言",
  theme: { label: "明暗", light: "浅色", dark: "深色", auto: "随系统" },
  lead: "用中文或英文提问，同时找到两种语言的段落。",
  leadMore: "每条结果都标出最能回答问题的句子，注明来源与日期，并列出同一报道的另一语言版本。",
  examples: { zh: "用中文问，例如", en: "用英文问，例如" },
  facts: {
    label: "这里可以检索的",
    articles: "文章",
    passages: "段落",
    inLanguage: (count, language) => `${language === "zh" ? "中文" : "英文"} ${count}`,
    published: "发布日期",
    range: (first, last) => `${first}至${last}`,
    undated: (count) => `${zh(count)} 篇未注明`,
    noDay: "均未注明",
    sources: "来源",
    moreSources: (count) => `另有 ${zh(count)} 个来源`,
    unsourced: (count) => `${zh(count)} 篇未注明`,
    noSource: "均未注明",
  },
  results: "检索结果",
  relevant: (total, atLeast, what) =>
    `${atLeast ? "至少 " : ""}${zh(total)} ${what === "document" ? "篇相关文章" : "个相关段落"}`,
  similarTo: "与此相似：",
  similarFound: (count) => `${zh(count)} 条相似结果`,
  backToSearch: "返回检索",
  searching: "正在检索……",
  filters: "筛选",
  filtersOn: (count) => `筛选（${count}）`,
  clearFilters: "清除全部筛选",
  removeFilter: (name) => `取消筛选：${name}`,
  language: "语言",
  source: "来源",
  sourceUnknown: "未注明",
  moreSources: (count) => `其余 ${count} 个来源`,
  fewerSources: "收起",
  date: "日期",
  from: "从",
  to: "到",
  timeline: "按发布时间",
  timelineHint: "点击某一段时间即可筛选，再点一次取消",
  bar: (name, count) => `${name}，${zh(count)} 条`,
  undated: (count) => `另有 ${zh(count)} 条未注明日期`,
  noDates: "结果均未注明日期",
  sort: "排序",
  sorts: { relevance: "按相关度", published: "按日期，新的在前" },
  group: "每条结果",
  groups: { document: "一篇文章", passage: "一个段落" },
  exportHits: "导出",
  more: (shown, total, atLeast) => `继续显示（已显示 ${zh(shown)}，${atLeast ? "至少" : "共"} ${zh(total)}）`,
  moreUnlikely: "继续显示",
  showUnlikely: "也显示不太可能相关的结果",
  unlikely: "以下结果不太可能相关",
  allShown: "相关结果已全部显示",
  nothingRelevant: "没有找到相关内容，以下是最接近的结果。",
  nothingPasses: "没有结果符合这些筛选条件。",
  nothingFound: "没有找到任何结果。",
  emptyIndex: "索引是空的。请先用 haihe index 建立索引。",
  nothingRelevantHint: "可以换一种说法，或者放宽筛选条件。",
  problems: {
    title: "检索失败",
    unreachable: "连接不上检索服务。请确认服务正在运行、网络通畅，然后重试。",
    busy: "服务正在启动或暂时繁忙，稍后会自动重试。",
    invalid: "服务不接受这次检索。请按下面的说明修改提问或筛选条件。",
    tooLarge: "提问太长。请缩短后重试。",
    notFound: "索引里没有这篇文章。它可能已被移除，请重新检索。",
    failed: "服务出错了。请重试；如果仍然出错，请把下面的说明告诉管理员。",
    retry: "重试",
    retryIn: (seconds) => `${seconds} 秒后自动重试`,
  },
  article: {
    label: "文章",
    close: "关闭",
    loading: "正在打开文章……",
    original: "查看原文网页",
    by: "作者：",
    sameStory: "同一报道的另一语言版本",
    beside: "对照阅读",
    closeBeside: "结束对照",
    toPassage: "回到该段落",
    similar: "更多类似文章",
    cite: "引用",
    copyLink: "复制链接",
  },
  exporting: {
    title: (count) => `导出 ${zh(count)} 条结果`,
    format: "格式",
    preview: "预览",
    copy: "复制",
    copied: "已复制。",
    copyFailed: "浏览器不允许复制。文本已选中，请按 Ctrl+C。",
    download: "下载",
    close: "关闭",
    authors: "正在读取作者……",
    authorsFailed: "有些文章的作者没能读取，引文里缺少作者。",
  },
  keys: {
    title: "键盘",
    on: "启用单键快捷键",
    list: [
      ["/", "提问"],
      ["j k", "下一条、上一条"],
      ["Enter", "打开文章"],
      ["Esc", "关闭"],
    ],
  },
  indexed: (documents, passages) => `索引中有 ${zh(documents)} 篇文章，${zh(passages)} 个段落`,
};

const EN: PageTexts = {
  title: "haihe · Search in Chinese and English",
  pageTitle: (query) => `${query} · haihe`,
  skip: "Skip to the results",
  searchLabel: "Ask in English or Chinese",
  placeholder: "Ask in English or Chinese",
  search: "Search",
  syntax: {
    title: "Exact words, and words to leave out",
    list: [
      ['"bus line"', "must appear word for word"],
      ["-metro", "must not appear (a blank before the minus)"],
      ['-"bus line"', "must not appear word for word"],
    ],
  },
  switchLanguage: "Language of the interface",
  theme: { label: "Appearance", light: "Light", dark: "Dark", auto: "System" },
  lead: "Ask in English or Chinese. Find the passages of both.",
  leadMore:
    "Each hit marks the sentence that answers best, names its source and date, and lists the same story in the other language.",
  examples: { zh: "Ask in Chinese, for example", en: "Ask in English, for example" },
  facts: {
    label: "What there is to search",
    articles: "Articles",
    passages: "Passages",
    inLanguage: (count, language) => `${count} in ${language === "zh" ? "Chinese" : "English"}`,
    published: "Published",
    range: (first, last) => `${first} to ${last}`,
    undated: (count) => `${en(count)} undated`,
    noDay: "not stated",
    sources: "Sources",
    moreSources: (count) => `${en(count)} more`,
    unsourced: (count) => `${en(count)} without a source`,
    noSource: "not stated",
  },
  results: "Results",
  relevant: (total, atLeast, what) =>
    `${atLeast ? "At least " : ""}${en(total)} relevant ${what === "document" ? (total === 1 ? "article" : "articles") : total === 1 ? "passage" : "passages"}`,
  similarTo: "More like",
  similarFound: (count) => `${en(count)} similar ${count === 1 ? "hit" : "hits"}`,
  backToSearch: "Back to the search",
  searching: "Searching…",
  filters: "Filters",
  filtersOn: (count) => `Filters (${count})`,
  clearFilters: "Clear all filters",
  removeFilter: (name) => `Remove the filter ${name}`,
  language: "Language",
  source: "Source",
  sourceUnknown: "not stated",
  moreSources: (count) => `${count} more ${count === 1 ? "source" : "sources"}`,
  fewerSources: "Fewer sources",
  date: "Date",
  from: "From",
  to: "To",
  timeline: "When published",
  timelineHint: "Click a bar to keep only that time; click it again to let go",
  bar: (name, count) => `${name}: ${en(count)} ${count === 1 ? "hit" : "hits"}`,
  undated: (count) => `${en(count)} more without a date`,
  noDates: "None of the hits states a date",
  sort: "Order",
  sorts: { relevance: "Most relevant first", published: "Newest first" },
  group: "A hit is",
  groups: { document: "an article", passage: "a passage" },
  exportHits: "Export",
  more: (shown, total, atLeast) => `Show more (${en(shown)} of ${atLeast ? "at least " : ""}${en(total)})`,
  moreUnlikely: "Show more",
  showUnlikely: "Show what is unlikely to be relevant, too",
  unlikely: "Unlikely to be relevant",
  allShown: "All relevant hits are shown",
  nothingRelevant: "Nothing relevant was found. These come closest.",
  nothingPasses: "Nothing passes these filters.",
  nothingFound: "Nothing was found.",
  emptyIndex: "The index is empty. Fill it with haihe index.",
  nothingRelevantHint: "Put the question in other words, or loosen the filters.",
  problems: {
    title: "The search failed",
    unreachable:
      "The search service can’t be reached. Check that it is running and that the network is up, then try again.",
    busy: "The service is starting or busy. It is asked again in a moment.",
    invalid: "The service doesn’t take this search. Change the question or the filters as it says:",
    tooLarge: "The question is too long. Shorten it and try again.",
    notFound: "The index has no such article. It may have been removed; search anew.",
    failed: "The service failed. Try again; if it fails again, tell its operator what it says:",
    retry: "Try again",
    retryIn: (seconds) => `Trying again in ${seconds} s`,
  },
  article: {
    label: "Article",
    close: "Close",
    loading: "Opening the article…",
    original: "Original page",
    by: "By",
    sameStory: "The same story in the other language",
    beside: "Read side by side",
    closeBeside: "Close",
    toPassage: "Back to the passage",
    similar: "More like this",
    cite: "Cite",
    copyLink: "Copy link",
  },
  exporting: {
    title: (count) => `Export ${en(count)} ${count === 1 ? "hit" : "hits"}`,
    format: "Format",
    preview: "Preview",
    copy: "Copy",
    copied: "Copied.",
    copyFailed: "The browser doesn’t allow copying. The text is selected: press Ctrl+C.",
    download: "Download",
    close: "Close",
    authors: "Reading the authors…",
    authorsFailed: "The authors of some articles could not be read; their references lack them.",
  },
  keys: {
    title: "Keys",
    on: "Single-key shortcuts",
    list: [
      ["/", "ask"],
      ["j k", "next, previous hit"],
      ["Enter", "open the article"],
      ["Esc", "close"],
    ],
  },
  indexed: (documents, passages) =>
    `${en(documents)} ${documents === 1 ? "article" : "articles"} and ${en(passages)} ${passages === 1 ? "passage" : "passages"} in the index`,
};

export const PAGE_TEXTS: Readonly<Record<Locale, PageTexts>> = { zh: ZH, en: EN };
