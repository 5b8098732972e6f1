// Lets xterm and CodeMirror style themselves under a policy without inline styles: a style element made by script becomes a constructed stylesheet, and a span's style attribute its style. Markup can still add no style; only script can, which could set styles anyway.

const NAME = "sheet-style";

/** Stands in for a style element; its text is applied as long as it is in the page. */
class SheetStyle extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();
  readonly #observer = new MutationObserver(() => this.#apply());

  connectedCallback(): void {
    this.hidden = true;
    this.#observer.observe(this, { childList: true, characterData: true, subtree: true });
    this.#apply();
    document.adoptedStyleSheets.push(this.#sheet);
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  get sheet(): CSSStyleSheet {
    return this.#sheet;
  }

  override get textContent(): string {
    return super.textContent ?? "";
  }

  override set textContent(text: string) {
    super.textContent = text;
    // At once, and not only when the observer gets its turn: what follows measures.
    if (this.isConnected) this.#apply();
  }

  #apply(): void {
    this.#sheet.replaceSync(super.textContent ?? "");
  }
}

/** To be called before the first terminal or editor is made; once is enough, more do nothing. */
export function installStyleShim(): void {
  if (customElements.get(NAME) !== undefined) return;
  customElements.define(NAME, SheetStyle);
  const createElement = document.createElement.bind(document);
  Object.defineProperty(document, "createElement", {
    configurable: true,
    writable: true,
    value: (name: string, options?: ElementCreationOptions) => createElement(name.toLowerCase() === "style" ? NAME : name, options),
  });
  // Cells in colours of their own are spans that xterm styles by attribute.
  Object.defineProperty(HTMLSpanElement.prototype, "setAttribute", {
    configurable: true,
    writable: true,
    value: function setAttribute(this: HTMLSpanElement, name: string, value: string): void {
      if (name === "style") this.style.cssText = value;
      else Element.prototype.setAttribute.call(this, name, value);
    },
  });
}
