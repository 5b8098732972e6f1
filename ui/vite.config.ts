// How the desktop is built: everything under /assets/ is named by its content, and nothing is inlined, so that the strict policy holds.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { compress } from "./compress.ts";

export default defineConfig({
  plugins: [react(), tailwindcss(), compress()],
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: { environment: "node", css: { include: /tokens\.css/ }, include: ["src/**/*.spec.{ts,tsx}"] },
});
