/** `/embed`: the widget by itself, set by the address, for portals that let no scripts of others in. */

import type { Asked } from "../widget/attributes.js";
import { writeList } from "../widget/attributes.js";
import type { FirstAnswer } from "../widget/conversation.js";
import { define, type HaiheSearch } from "../widget/element.js";

/** The widget's attributes that the address may set. */
const OPTIONS = [
  "query",
  "lang",
  "languages",
  "sources",
  "published-from",
  "published-to",
  "group-by",
  "sort",
  "size",
  "placeholder",
  "theme",
] as const;

const parameters = new URLSearchParams(location.search);

/** Whether the frame is sandboxed so that this page is of no origin: then its scripts aren't answered. */
const isNobodys = self.origin === "null";

define();
start(document.createElement("haihe-search"));

function start(search: HaiheSearch): void {
  search.endpoint = location.origin;
  for (const name of OPTIONS) {
    const value = parameters.get(name);
    if (value) search.setAttribute(name, value);
  }
  search.firstAnswer = firstAnswer();
  if (isNobodys) search.navigate = (asked, count) => location.assign(addressOf(asked, count));
  else search.addEventListener("haihe:search", () => history.replaceState(null, "", addressOf(search)));
  dress(search);
  document.querySelector("main")?.append(search);
}

/** What the service wrote into the page. */
function firstAnswer(): FirstAnswer | null {
  const data = document.querySelector<HTMLScriptElement>("#first-answer");
  if (!data?.textContent) return null;
  return { status: Number(data.dataset.status), body: JSON.parse(data.textContent) as unknown };
}

/** The address of this page that asks something else, and brings so many hits. */
function addressOf({ query, languages, sort, size }: Asked, count = size): string {
  const next = new URLSearchParams(parameters);
  const values: Readonly<Record<string, string>> = {
    query,
    languages: writeList(languages),
    sort,
    count: count > size ? String(count) : "",
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return `?${next}`;
}

function dress(search: HaiheSearch): void {
  const { documentElement } = document;
  documentElement.lang = search.locale === "zh" ? "zh-Hans" : "en";
  documentElement.dataset.theme = search.theme;
  document.title = search.texts.results;
}
