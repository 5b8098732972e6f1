// What draws a terminal: the page itself, or the graphics processor where there is a real one; a lost context goes back to the page.
import type { WebglAddon } from "@xterm/addon-webgl";
import type { Terminal } from "@xterm/xterm";
import type { TerminalPreferences } from "../../api/types";

/** Browsers give a page about sixteen contexts, and take the oldest away. */
const MOST_CONTEXTS = 8;
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

let contexts = 0;
let hasGpu: boolean | null = null;

export class TerminalRenderer {
  #addon: WebglAddon | null = null;
  #isDisposed = false;
  #wanted: TerminalPreferences["renderer"] = "dom";

  constructor(private readonly term: Terminal) {}

  /** To be called when the terminal is open. */
  async choose(wanted: TerminalPreferences["renderer"]): Promise<void> {
    this.#wanted = wanted;
    if (!this.#wantsWebgl()) {
      this.#drop();
      return;
    }
    if (this.#addon !== null || contexts >= MOST_CONTEXTS) return;
    const { WebglAddon: Addon } = await import("@xterm/addon-webgl");
    if (this.#isDisposed || this.#addon !== null || !this.#wantsWebgl()) return;
    const addon = new Addon();
    addon.onContextLoss(() => this.#drop());
    try {
      this.term.loadAddon(addon);
    } catch {
      addon.dispose();
      return;
    }
    contexts += 1;
    this.#addon = addon;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#drop();
  }

  #wantsWebgl(): boolean {
    return this.#wanted === "webgl" || (this.#wanted === "auto" && isGpuReal());
  }

  #drop(): void {
    const addon = this.#addon;
    if (addon === null) return;
    this.#addon = null;
    contexts -= 1;
    const canvases = [...(this.term.element?.querySelectorAll("canvas") ?? [])];
    addon.dispose();
    // The addon leaves its context to the garbage collector, which may be too late for the next one.
    for (const canvas of canvases) canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** False where drawing by WebGL would be done by the processor, which is slower than the page. */
function isGpuReal(): boolean {
  hasGpu ??= probe();
  return hasGpu;
}

function probe(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (gl === null) return false;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" && !SOFTWARE.test(name);
}
