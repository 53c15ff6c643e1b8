/** The shown hits as CSV, JSON or references: looked at, copied or downloaded. */

import { html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Article, Document, Hit } from "../shared/api.js";
import type { Locale } from "../shared/format.js";
import { type Cited, toApa, toCsv, toGbt7714, toJson } from "./exports.js";
import { PAGE_TEXTS } from "./texts.js";

const FORMATS = {
  gbt7714: { label: "GB/T 7714—2015", file: "haihe-references-gbt7714.txt", type: "text/plain" },
  apa: { label: "APA 7", file: "haihe-references-apa.txt", type: "text/plain" },
  csv: { label: "CSV", file: "haihe-hits.csv", type: "text/csv" },
  json: { label: "JSON", file: "haihe-hits.json", type: "application/json" },
} as const;

export type Format = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as Format[];
const AT_ONCE = 4;

@customElement("export-dialog")
export class ExportDialog extends LitElement {
  @property({ attribute: false }) read: (id: string) => Promise<Article> = () => Promise.reject(new Error());
  @property() locale: Locale = "en";
  @state() private hits: readonly Hit[] = [];
  @state() private documents: readonly Document[] = [];
  @state() private format: Format = "gbt7714";
  @state() private cited: readonly Cited[] | null = null;
  @state() private lacksAuthors = false;
  @state() private message = "";
  @query("dialog") private readonly dialog!: HTMLDialogElement;
  @query("textarea") private readonly preview!: HTMLTextAreaElement;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Offer hits in every format, or only the reference of one document. */
  open(hits: readonly Hit[], documents: readonly Document[], format?: Format): void {
    this.hits = hits;
    this.documents = [...new Map(documents.map((document) => [document.id, document])).values()];
    this.cited = null;
    this.message = "";
    if (format) this.format = format;
    void this.#readAuthors();
    this.dialog.showModal();
    void this.updateComplete.then(() => this.dialog.querySelector<HTMLElement>(":checked")?.focus());
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("format")) this.message = "";
  }

  protected override render() {
    const { exporting: texts } = PAGE_TEXTS[this.locale];
    const formats = this.hits.length ? NAMES : NAMES.filter(isReference);
    return html`
      <dialog class="export" aria-labelledby="export-title" @click=${this.#clickOutside}>
        <header>
          <h2 id="export-title">${texts.title(this.hits.length || this.documents.length)}</h2>
          <button type="button" class="plain" @click=${() => this.dialog.close()}>${texts.close} <kbd>Esc</kbd></button>
        </header>
        <fieldset class="segments">
          <legend class="unseen">${texts.format}</legend>
          ${formats.map(
            (name) => html`
              <label>
                <input type="radio" name="format" value=${name} .checked=${name === this.format} @change=${() => this.#choose(name)} />
                <span>${FORMATS[name].label}</span>
              </label>
            `,
          )}
        </fieldset>
        <textarea readonly rows="12" spellcheck="false" aria-label=${texts.preview} .value=${this.#text()}></textarea>
        <div class="export-actions">
          <button type="button" class="button main" ?disabled=${!this.#isReady()} @click=${this.#copy}>${texts.copy}</button>
          <button type="button" class="button" ?disabled=${!this.#isReady()} @click=${this.#download}>${texts.download}</button>
          <p role="status">${this.message || this.#authorsMessage()}</p>
        </div>
      </dialog>
    `;
  }

  #choose(format: Format): void {
    this.format = format;
  }

  #isReady(): boolean {
    return !isReference(this.format) || this.cited !== null;
  }

  #authorsMessage(): string {
    const { exporting: texts } = PAGE_TEXTS[this.locale];
    if (!isReference(this.format)) return "";
    return this.cited ? (this.lacksAuthors ? texts.authorsFailed : "") : texts.authors;
  }

  #text(): string {
    if (this.format === "csv") return toCsv(this.hits);
    if (this.format === "json") return toJson(this.hits);
    const cited = this.cited ?? [];
    return this.format === "apa" ? toApa(cited) : toGbt7714(cited, today());
  }

  /** Hits don't name authors, their articles do. */
  async #readAuthors(): Promise<void> {
    const { documents } = this;
    const cited: Cited[] = documents.map((document) => ({ ...document, author: null }));
    let failures = 0;
    let next = 0;
    const work = async () => {
      for (let at = next++; at < documents.length; at = next++) {
        const article = await this.read(documents[at]?.id ?? "").catch(() => null);
        if (article) cited[at] = article;
        else failures++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (documents !== this.documents) return;
    this.cited = cited;
    this.lacksAuthors = failures > 0;
  }

  readonly #copy = async (): Promise<void> => {
    const { exporting: texts } = PAGE_TEXTS[this.locale];
    try {
      // Only pages that came over HTTPS or from this machine have a clipboard.
      await navigator.clipboard.writeText(this.#text());
      this.message = texts.copied;
    } catch {
      this.preview.focus();
      this.preview.select();
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- all that other pages have
      this.message = document.execCommand("copy") ? texts.copied : texts.copyFailed;
    }
  };

  readonly #download = (): void => {
    const { file, type } = FORMATS[this.format];
    const url = URL.createObjectURL(new Blob([this.#text()], { type: `${type};charset=utf-8` }));
    const link = Object.assign(document.createElement("a"), { href: url, download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url));
  };

  readonly #clickOutside = (event: MouseEvent): void => {
    if (event.target === this.dialog) this.dialog.close();
  };
}

function isReference(format: Format): boolean {
  return format === "gbt7714" || format === "apa";
}

/** The day where the reader is, as 2026-11-22. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

declare global {
  interface HTMLElementTagNameMap {
    "export-dialog": ExportDialog;
  }
}
