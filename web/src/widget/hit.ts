/** One hit: title, source, date and language, the marked sentence, the same story in the other language. */

import { html, nothing, type TemplateResult } from "lit";
import type { Counterpart, Document, Hit } from "../shared/api.js";
import { formatDate, type Locale, markedParts, withOpening } from "../shared/format.js";
import { HIT_TEXTS, textLanguage } from "../shared/i18n.js";
import { excerpt } from "./excerpt.js";
import { articleUrl, ownPage } from "./links.js";

/** What a reader wants to open. */
export interface Opened {
  readonly document: Pick<Document, "id" | "title" | "language">;
  readonly url: string;
  readonly hit: Hit;
}

/** What a hit needs to know of where it is shown. */
export interface Setting {
  readonly locale: Locale;
  readonly endpoint: string;
  /** Tells who listens; false where they open it themselves. */
  readonly onOpen: (opened: Opened) => boolean;
}

export function hitTemplate(hit: Hit, setting: Setting): TemplateResult {
  const url = articleUrl(hit, setting.endpoint);
  return html`
    <li>
      <h3 lang=${textLanguage(hit.document.title)}>${link({ document: hit.document, url, hit }, setting)}</h3>
      ${meta(hit, setting.locale)} ${passage(hit)}
      ${hit.document.counterparts.slice(0, 1).map((counterpart) => sameStory(counterpart, hit, setting))}
    </li>
  `;
}

function link(opened: Opened, { onOpen }: Setting): TemplateResult {
  const open = (event: MouseEvent) => {
    if (event.button > 1 || onOpen(opened)) return;
    event.preventDefault();
  };
  return html`<a href=${opened.url} target="_blank" rel="noopener noreferrer" aria-describedby="new-tab" @click=${open} @auxclick=${open}>${opened.document.title}</a>`;
}

function meta({ document, passage }: Hit, locale: Locale): TemplateResult {
  const { badge, languages, sourceUnknown, dateUnknown } = HIT_TEXTS[locale];
  return html`
    <p class="meta">
      <span class="badge" title=${languages[passage.language]}>${badge[passage.language]}</span
      >${
        document.source
          ? html`<span lang=${textLanguage(document.source)}>${document.source}</span>`
          : html`<span>${sourceUnknown}</span>`
      }${
        document.published
          ? html`<time datetime=${document.published}>${formatDate(document.published, locale)}</time>`
          : html`<span>${dateUnknown}</span>`
      }
    </p>
  `;
}

function passage({ passage }: Hit): TemplateResult {
  const parts = withOpening(
    passage.opening,
    excerpt(markedParts(passage.text, passage.start, passage.highlights)),
  );
  return html`<p class="passage" lang=${passage.language}>${parts.map(({ text, marked }) =>
    marked ? html`<mark>${text}</mark>` : text,
  )}</p>`;
}

function sameStory(counterpart: Counterpart, hit: Hit, setting: Setting): TemplateResult | typeof nothing {
  const { language, id, title } = counterpart;
  if (!language) return nothing;
  const opened = { document: counterpart, url: ownPage(id, setting.endpoint), hit };
  return html`
    <p class="same">
      <span>${HIT_TEXTS[setting.locale].sameStory[language]}</span>
      <span lang=${textLanguage(title)}>${link(opened, setting)}</span>
    </p>
  `;
}
