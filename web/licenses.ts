import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** The licences of what is built in, which go along with it. */
const TEXTS = [
  "lit/LICENSE",
  "swagger-ui-dist/NOTICE",
  "swagger-ui-dist/LICENSE",
  "swagger-ui-dist/swagger-ui-es-bundle.js.LICENSE.txt",
];

/** Writes `licenses.txt` beside the built files. */
export function licenses(): Plugin {
  const read = (path: string) =>
    readFileSync(fileURLToPath(new URL(`node_modules/${path}`, import.meta.url)), "utf-8");
  const source = () =>
    TEXTS.map((path) => `${path}\n\n${read(path).trim()}\n`).join(`\n${"-".repeat(80)}\n\n`);
  return {
    name: "licenses",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "licenses.txt", source: source() });
    },
  };
}
