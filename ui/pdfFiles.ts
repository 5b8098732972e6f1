// What pdf.js reads while it draws (character maps, stand-ins for fonts, decoders of pictures), put under /assets/ in a folder named by its version, with the licences it comes under.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, posix } from "node:path";
import type { Plugin } from "vite";

/** The folders of the package, and what is taken from each; its decoders as scripts, since the policy lets no WebAssembly run. */
const FOLDERS: readonly [string, RegExp][] = [
  [".", /^LICENSE$/],
  ["cmaps", /\.bcmap$|^LICENSE/],
  ["standard_fonts", /\.(pfb|ttf)$|^LICENSE/],
  ["wasm", /_nowasm_fallback\.js$|^LICENSE_(PDFJS_)?(JBIG2|OPENJPEG)$/],
];

export function pdfFiles(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(root, "package.json"), "utf8"))?.[1];
  if (version === undefined) throw new Error("pdfjs-dist does not say its version");
  return {
    name: "pdf-files",
    apply: "build",
    generateBundle() {
      for (const [folder, wanted] of FOLDERS) {
        for (const name of readdirSync(join(root, folder))) {
          if (wanted.test(name)) this.emitFile({ type: "asset", fileName: posix.join(`assets/pdf-${version}`, folder, name), source: readFileSync(join(root, folder, name)) });
        }
      }
    },
  };
}
