import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const scope = at("src/widget/scope.ts");

/** The web component for portals: one file under a name that stays, which leaves nothing behind in the page's scope. */
export default defineConfig({
  build: {
    outDir: at("../service/static"),
    emptyOutDir: false,
    target: "es2022",
    reportCompressedSize: true,
    rolldownOptions: {
      // Two plugins of one page may bring the script.
      output: { banner: 'if(!customElements.get("haihe-search"))' },
      transform: {
        inject: { globalThis: [scope, "scope"], litPropertyMetadata: [scope, "litPropertyMetadata"] },
      },
    },
    lib: { entry: at("src/widget/main.ts"), formats: ["iife"], name: "haihe", fileName: () => "widget.js" },
  },
});
