// What a hostile server would want of a page, and the proof that it got none of it: no dialog, no request elsewhere, no element, no title, no clipboard, no reordered text, no broken layout.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Desktop } from "./desktop.ts";
import { ROOT } from "./places.ts";
import type { Program } from "./program.ts";

/** The strings of the hostile host. A byte that is no text is U+DC00 plus the byte. */
export const HOSTILE = JSON.parse(readFileSync(join(ROOT, "lab/roots/hostile/strings.json"), "utf8")) as { what: string; text: string }[];

/** What a person had copied before. */
const MINE = "copied by a person";
/** A click that is answered later than this finds nobody at the desk. */
const PATIENCE_MS = 5000;

export class Watch {
  /** What must not happen, as it happened. */
  readonly #seen: string[] = [];

  private constructor(readonly desktop: Desktop, readonly page: Page) {}

  /** From now on, for as long as the page lives. */
  static async begin(desktop: Desktop, program: Program): Promise<Watch> {
    const { page } = desktop;
    const watch = new Watch(desktop, page);
    const context = page.context();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate((text) => navigator.clipboard.writeText(text), MINE);
    context.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(program.url) && !/^(blob|data):/.test(url)) watch.#seen.push(`a request to ${url}`);
    });
    context.on("page", (other) => watch.#seen.push(`a page at ${other.url()}`));
    page.on("dialog", (dialog) => {
      watch.#seen.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("download", (download) => watch.#seen.push(`a download of ${download.url()}`));
    page.on("framenavigated", (frame) => frame === page.mainFrame() && watch.#seen.push(`another page: ${frame.url()}`));
    return watch;
  }

  /** Nothing has happened, and what is shown now is text in its place. */
  async isUnharmed(state: string): Promise<void> {
    expect.soft([...this.#seen, ...(await this.page.evaluate(faults))], state).toEqual([]);
    this.#seen.length = 0;
  }

  /** The desktop still answers whoever clicks. */
  async answers(state: string): Promise<void> {
    const { taskbar } = this.desktop;
    const menu = this.desktop.dialog("Start menu");
    await taskbar.getByRole("button", { name: "Start" }).click({ timeout: PATIENCE_MS });
    await expect(menu, state).toBeVisible({ timeout: PATIENCE_MS });
    await this.page.keyboard.press("Escape");
    await expect(menu, state).toBeHidden({ timeout: PATIENCE_MS });
  }

  /** At the end: what a person had copied is what they had copied. */
  async clipboardIsMine(): Promise<void> {
    expect(await this.page.evaluate(() => navigator.clipboard.readText())).toBe(MINE);
  }
}

/** Runs in the page. */
function faults(): string[] {
  const found: string[] = [];
  const brief = (text: string) => JSON.stringify(text.slice(0, 80));
  const place = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class")?.slice(0, 60) ?? ""}`;
  if (!/^[\w .-]+ – HeadlessOS$/.test(document.title)) found.push(`the title is ${brief(document.title)}`);

  // Nothing of ours has such a thing, but what was made of markup would.
  const planted = "[data-hostile], [onerror], [onload], [onmouseover], [href^='javascript:'], [src*='evil'], [href*='evil'], iframe, object, embed, base, meta[http-equiv=refresh], title:not(head > title):not(svg > title), bdi script";
  for (const element of document.querySelectorAll(planted)) found.push(`an element ${element.outerHTML.slice(0, 120)}`);

  // What cannot be seen or would reorder its neighbours; where a person edits, the text is the file's own.
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/u;
  const own = ".xterm, textarea, input, script, style";
  // What signs and letters need to look as they were meant to: stays in names.
  const joined = /(?<=\p{Extended_Pictographic})\ufe0f|(?<=\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)\u200d(?=\p{Extended_Pictographic})|(?<=(?=\p{L})\p{Script=Arabic})[\u200c\u200d](?=(?=\p{L})\p{Script=Arabic})|(?<=(?=\p{L})\p{Script=Han})[\u{e0100}-\u{e01ef}]/gu;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    // More of what joins letters stays in a text that is read or edited as a whole.
    const shown = text.replaceAll(node.parentElement?.closest(".cm-line, .prose") === null ? joined : /[\u200c\u200d\ufe0e\ufe0f]/g, "");
    if (hidden.test(shown) && node.parentElement?.closest(own) === null) found.push(`raw text ${brief(text)} in ${place(node.parentElement)}`);
  }
  for (const element of document.body.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) {
    for (const name of ["title", "aria-label", "placeholder", "alt"]) {
      const text = element.getAttribute(name) ?? "";
      if (hidden.test(text.replaceAll(joined, ""))) found.push(`raw text ${brief(text)} in the ${name} of ${place(element)}`);
    }
  }

  // Each thing in its place: no page that scrolls, no window beyond the screen, nothing that sticks out of its window.
  const { clientWidth, scrollWidth, clientHeight, scrollHeight } = document.documentElement;
  if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push(`the page scrolls: ${scrollWidth}x${scrollHeight} on ${clientWidth}x${clientHeight}`);
  const frames = document.querySelectorAll<HTMLElement>("[data-window], [role=dialog], [role=menu], nav[aria-label=Taskbar]");
  for (const frame of frames) {
    const box = frame.getBoundingClientRect();
    if (box.width === 0 || !frame.checkVisibility()) continue;
    if (box.left < -1 || box.right > clientWidth + 1 || box.top < -1 || box.bottom > clientHeight + 1) found.push(`${frame.getAttribute("aria-label") ?? place(frame)} is beyond the screen`);
    for (const element of frame.querySelectorAll<HTMLElement>("*")) {
      if (element.closest("svg, .xterm") !== null) continue;
      const { overflowX } = getComputedStyle(element);
      // Tables, texts and what is made to be drawn along may be; a surface may not.
      const isSurface = overflowX === "auto" && !element.className.includes("overflow-x-auto") && element.closest("[role=grid], [role=table], [role=region], pre, .cm-editor") === null;
      if (isSurface && element.scrollWidth > element.clientWidth + 1) found.push(`${place(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0 || (left >= box.left - 9 && right <= box.right + 9)) continue;
      let clip = element.parentElement;
      while (clip !== null && clip !== frame && getComputedStyle(clip).overflowX === "visible") clip = clip.parentElement;
      if (clip === null || clip === frame) found.push(`${place(element)} sticks out of ${frame.getAttribute("aria-label") ?? place(frame)}`);
    }
  }
  return [...new Set(found)].slice(0, 12);
}
