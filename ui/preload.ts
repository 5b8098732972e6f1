// Names in the page what it always needs but only later asks for, so that the browser fetches it at once: the desktop's code and its typeface.
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/** `source` is the end of the path of the module that is imported late, `font` the beginning of the typeface's file name. */
export function preload(source: string, font: string): Plugin {
  return {
    name: "preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const files = Object.values(bundle);
        const chunk = files.find((each) => each.type === "chunk" && each.moduleIds.some((id) => id.endsWith(source)));
        const typeface = files.find((each) => each.fileName.startsWith(`assets/${font}`) && each.fileName.endsWith(".woff2"));
        if (chunk === undefined || typeface === undefined) throw new Error(`${source} or ${font} is not part of the build`);
        const scripts = [...withImports(chunk.fileName, bundle)].filter((file) => !html.includes(file));
        return [
          ...scripts.map((file) => link({ rel: "modulepreload", href: `/${file}` })),
          link({ rel: "preload", as: "font", type: "font/woff2", href: `/${typeface.fileName}` }),
        ];
      },
    },
  };
}

function link(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: "link", attrs: { ...attrs, crossorigin: true }, injectTo: "head" };
}

/** A chunk and every chunk it needs. */
function withImports(file: string, bundle: Rolldown.OutputBundle, found = new Set<string>()): Set<string> {
  const chunk = bundle[file];
  if (chunk?.type !== "chunk" || found.has(file)) return found;
  found.add(file);
  for (const needed of chunk.imports) withImports(needed, bundle, found);
  return found;
}
