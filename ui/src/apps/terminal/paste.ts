// Text on its way into a shell: pasted text is not typed by a person, so nothing in it may act like keys.

const ESC = "\u001b";
// Every control but tab and line end; among them ESC, so that pasted text can neither end the brackets nor press keys.
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** The text with `\n` for every line end and without other controls. */
export function cleanPaste(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(CONTROLS, "");
}

/** Whether a line end is in it, so that a shell may run something before anyone pressed Enter. */
export function hasSeveralLines(text: string): boolean {
  return text.includes("\n");
}

/** What is sent for a cleaned text; `isBracketed` where the program asked for pastes to be marked. */
export function pasteInput(text: string, isBracketed: boolean): string {
  const keys = text.replaceAll("\n", "\r");
  return isBracketed ? `${ESC}[200~${keys}${ESC}[201~` : keys;
}

/** Whether data from the terminal is the pointer or the focus talking, which only the terminal under it should hear. */
export function isReport(data: string): boolean {
  return data.startsWith(`${ESC}[<`) || data.startsWith(`${ESC}[M`) || data === `${ESC}[I` || data === `${ESC}[O`;
}
