// Puts a .br and a .gz beside each built file that gets smaller by it; the program serves them as they are.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(css|html|js|json|svg|webmanifest)$/;

export function compress(): Plugin {
  let folder = "";
  return {
    name: "compress",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
        const file = join(folder, name);
        if (!compressible.test(name) || !statSync(file).isFile()) continue;
        const bytes = readFileSync(file);
        const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
        keepIfSmaller(`${file}.br`, brotliCompressSync(bytes, options), bytes);
        keepIfSmaller(`${file}.gz`, gzipSync(bytes, { level: 9 }), bytes);
      }
    },
  };
}

function keepIfSmaller(file: string, packed: Buffer, bytes: Buffer) {
  if (packed.length < bytes.length * 0.9) writeFileSync(file, packed);
}
