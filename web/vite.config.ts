import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { licenses } from "./licenses.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const pages = ["index.html", "embed.html", "docs.html"].map(at).filter(existsSync);

/** The search page and the iframe page; their files are named by their content, so that browsers may keep them. */
export default defineConfig({
  base: "/",
  plugins: [licenses()],
  build: {
    outDir: at("../service/static"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: { input: pages },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(["/v1", "/readyz", "/healthz"].map((path) => [path, "http://127.0.0.1:8000"])),
  },
});
