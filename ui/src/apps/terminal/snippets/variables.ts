// The variables in a snippet, `{{name}}` or `{{name:default}}`, and the text with their values; pure. A value is put in exactly as it was typed.

export interface Variable {
  name: string;
  /** What stands there unless something else is typed; empty where nothing was given. */
  standard: string;
}

/** A name begins with a letter, so `{{.Names}}` of a Go template is none; a backslash before the braces keeps any other as it is. */
const VARIABLE = /(\\?)\{\{(\p{L}[\p{L}\p{N}_-]{0,39})(?::([^\n]{0,500}?))?\}\}(?!\})/gu;

/** Each variable once, in the order of the text; the first default that is given counts. */
export function variablesIn(text: string): Variable[] {
  const found = new Map<string, string>();
  for (const [, escape, name = "", standard = ""] of text.matchAll(VARIABLE)) {
    if (escape === "" && (found.get(name) ?? "") === "") found.set(name, standard);
  }
  return Array.from(found, ([name, standard]) => ({ name, standard }));
}

/** The text with the values; a variable without one gets its default. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  const standards = new Map(variablesIn(text).map(({ name, standard }) => [name, standard]));
  return text.replace(VARIABLE, (whole: string, escape: string, name: string) =>
    escape === "" ? (values.get(name) ?? standards.get(name) ?? "") : whole.slice(1),
  );
}

/** What goes to the terminal: without line ends at its end, as a line end there would run what is only to be inserted. */
export function asInput(text: string): string {
  return text.replace(/\r\n?/g, "\n").trimEnd();
}
