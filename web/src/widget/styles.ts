/** How the widget looks, whatever the page around it does. */

import { css, unsafeCSS } from "lit";
import theme from "../shared/theme.css?raw";

/** The page's colours and type as the widget's own, each of which a portal may set: `--haihe-ink` is `--own-ink` here. */
const own = [...theme.slice(0, theme.indexOf("}")).matchAll(/--haihe-([\w-]+):\s*([^;]+);/g)]
  .map(([, name, value]) => `--own-${name}: var(--haihe-${name}, ${value});`)
  .join("\n");

export const styles = css`
  /* What would make the element unreadable is important here, which outranks the page's own importance. Its place and size
     are the portal's. */
  :host {
    display: block !important;
    visibility: visible !important;
    opacity: 1 !important;
    isolation: isolate !important;
    overflow: visible !important;
    filter: none !important;
    backdrop-filter: none !important;
    mix-blend-mode: normal !important;
    transform: none !important;
    translate: none !important;
    rotate: none !important;
    scale: none !important;
    zoom: 1 !important;
    animation: none !important;
    transition: none !important;
    clip-path: none !important;
    mask: none !important;
    content-visibility: visible !important;
    columns: auto !important;
    writing-mode: horizontal-tb !important;
    pointer-events: auto !important;
    user-select: auto !important;
  }
  :host([hidden]) { display: none !important; }

  .root {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    display: block;
    box-sizing: border-box;
    container-type: inline-size;
    color-scheme: inherit;
    ${unsafeCSS(own)}
    --own-radius: var(--haihe-radius, 4px);
    --own-padding: var(--haihe-padding, 1.25em);
    padding: var(--own-padding);
    border: var(--haihe-border, 1px solid var(--own-line));
    border-radius: var(--own-radius);
    background: var(--own-paper);
    color: var(--own-ink);
    font-family: var(--own-sans);
    font-size: var(--haihe-font-size, medium);
    line-height: 1.5;
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  .root.light { color-scheme: light; }
  .root.dark { color-scheme: dark; }
  .root.auto { color-scheme: light dark; }

  *, *::before, *::after { box-sizing: border-box; }
  h2, h3, p, ol { margin: 0; padding: 0; font-weight: inherit; font-size: inherit; }
  ol { list-style: none; }
  button, input { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
  button { appearance: none; border: 0; background: none; cursor: pointer; }
  a { color: inherit; text-decoration: underline 1px transparent; text-underline-offset: 0.18em; }
  a:hover { color: var(--own-accent); text-decoration-color: currentColor; }
  :focus-visible { outline: 2px solid var(--own-accent); outline-offset: 2px; border-radius: 2px; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  form { display: flex; border: 1px solid var(--own-edge); border-radius: var(--own-radius); background: var(--own-raised); }
  form:has(input:focus-visible) { border-color: var(--own-accent); outline: 1px solid var(--own-accent); }
  input:focus-visible { outline: none; }
  input {
    flex: 1; min-width: 0; padding: 0.625em 0.75em; border: 0; background: none; appearance: none;
    font-size: 1.0625em; line-height: 1.4;
  }
  input::placeholder { color: var(--own-soft); opacity: 1; }
  input::-webkit-search-cancel-button { display: none; }
  .submit {
    flex: none; display: grid; place-items: center; min-width: 2.75em; padding: 0 0.75em; border-radius: 0 calc(var(--own-radius) - 1px) calc(var(--own-radius) - 1px) 0;
    background: var(--own-accent); color: var(--own-on-accent);
  }
  .submit:hover { filter: brightness(1.1); }
  .submit svg { width: 1.125em; height: 1.125em; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; }

  .bar { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.125em 2em; min-height: 2.75em; padding: 0.5em 0 0; font-size: 0.8125em; color: var(--own-soft); }
  .count { margin-right: auto; padding: 0.3em 0; font-variant-numeric: tabular-nums; }
  .choice { display: flex; gap: 0.875em; }
  .choice button { padding: 0.3em 0; min-height: 24px; color: var(--own-soft); border-bottom: 2px solid transparent; }
  .choice button:hover { color: var(--own-accent); }
  .choice button[aria-pressed="true"] { color: var(--own-ink); font-weight: 600; border-bottom-color: var(--own-accent); }

  .results { transition: opacity 0.15s; }
  .results[aria-busy="true"] { opacity: 0.55; }
  li { padding: 1em 0; border-top: 1px solid var(--own-line); }
  h3 { font: 600 1.125em/1.45 var(--own-serif); text-wrap: pretty; }
  h3:lang(zh) { font-weight: 700; font-size: 1.0625em; line-height: 1.6; }
  .meta { margin: 0.125em 0 0.375em; color: var(--own-soft); font-size: 0.8125em; }
  .meta > * + *::before { content: "·"; margin: 0 0.4em; color: var(--own-edge); }
  .badge { color: var(--own-ink); font-weight: 600; font-size: 0.925em; }
  .passage { font-size: 0.9375em; line-height: 1.6; white-space: pre-line; }
  .passage:lang(zh) { line-height: 1.75; }
  mark { padding: 0.1em 0; background: var(--own-mark); color: inherit; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
  .same { margin-top: 0.625em; padding-left: 0.75em; border-left: 2px solid var(--own-line); font-size: 0.8125em; color: var(--own-soft); }
  .same a { font: 600 1.0625em/1.45 var(--own-serif); color: var(--own-ink); }
  .same a:hover { color: var(--own-accent); }

  .notice { padding: 1em 0 0.25em; border-top: 1px solid var(--own-line); }
  .notice.unlikely { padding-bottom: 0.75em; }
  .notice strong { display: block; font: 600 1.0625em/1.5 var(--own-serif); }
  .notice.failed strong { color: var(--own-alert); }
  .notice p { margin-top: 0.25em; font-size: 0.875em; color: var(--own-soft); }
  .foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5em 1em; padding-top: 0.75em; border-top: 1px solid var(--own-line); font-size: 0.8125em; color: var(--own-soft); }
  .foot a { padding: 0.3em 0; }
  .button { padding: 0.5em 1em; border: 1px solid var(--own-edge); border-radius: var(--own-radius); background: var(--own-raised); color: var(--own-ink); }
  .button:hover { border-color: var(--own-accent); color: var(--own-accent); }
  .notice .button { margin-top: 0.75em; font-size: 0.875em; }

  @container (max-width: 26em) {
    .bar { gap: 0 1.5em; }
    .count { flex-basis: 100%; padding-bottom: 0; }
    .foot { flex-direction: column; align-items: stretch; text-align: center; }
  }
  @media (prefers-reduced-motion: reduce) { .results { transition: none; } }
  @media (forced-colors: active) {
    mark { background: Mark; color: MarkText; }
    .submit { border-left: 1px solid; }
  }
`;
