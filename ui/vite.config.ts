// How the desktop is built: everything under /assets/ is named by its content, and nothing is inlined, so that the strict policy holds.
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compress } from "./compress.ts";
import { pdfFiles } from "./pdfFiles.ts";
import { preload } from "./preload.ts";

export default defineConfig({
  plugins: [react(), tailwindcss(), preload("/src/start.tsx", "inter-latin-wght"), pdfFiles(), compress()],
  // Its form for browsers decodes `&lt;` by innerHTML, which the policy refuses.
  resolve: { alias: { "decode-named-character-reference": fileURLToPath(import.meta.resolve("decode-named-character-reference")) } },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The larger half of pdf.js, which is fetched for a PDF alone, has 1.2 MB.
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Two files at the start: the small one that talks to the program, and the desktop with all it needs.
          groups: [
            { name: "first", test: /\/src\/main\.ts$/, priority: 2 },
            { name: "desktop", test: /\/src\/start\.tsx$/, priority: 1 },
          ],
        },
      },
    },
  },
  test: { environment: "node", css: { include: /tokens\.css/ }, include: ["src/**/*.spec.{ts,tsx}"] },
});
