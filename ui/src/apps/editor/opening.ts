// Opens files, reads them again, and offers what was not saved the last time.
import { asErrorBody } from "../../api/client";
import { findDraft } from "../../api/drafts";
import { readText } from "../../api/fileText";
import { detectEncoding, ENCODINGS, type Encoding } from "../../lib/textEncoding";
import { addFile, changeFile, fileOf, removeFile } from "./documents";
import { forgetDraft, noteChange, watchUnload } from "./drafting";
import { loadLanguage } from "../../kit/code/languageLoaders";
import type { LanguageId } from "../../kit/code/languageOf";
import { endSession, restoreText, sessionOf, startSession } from "./sessions";
import { compartments, readOnlyOf } from "./setup";

/** What is larger is not loaded whole, only looked at. */
export const LARGE_BYTES = 4 * 1024 * 1024;

/** Opens a file, or shows it where it is open; with a line it is shown there, as soon as its text is. */
export async function openFile(server: string, path: string, line: number | null = null): Promise<void> {
  watchUnload();
  const { id, isAdded } = addFile(server, path);
  if (line !== null) changeFile(id, { askedLine: line });
  if (isAdded) await loadFile(id);
}

/** Reads the file, or reads it again; what was changed is gone then. */
export async function loadFile(id: number): Promise<void> {
  const file = fileOf(id);
  if (file === undefined) return;
  changeFile(id, { phase: { kind: "loading" }, problem: null });
  try {
    const read = await readText(file.server, file.path, LARGE_BYTES);
    if (fileOf(id) === undefined) return;
    if (read === null) {
      changeFile(id, { phase: { kind: "large" } });
      return;
    }
    const { encoding, isText } = detectEncoding(read.bytes);
    changeFile(id, { isWritable: read.isWritable, isBinary: !isText, isNew: false });
    await begin(id, read.bytes, encoding, read.version);
  } catch (thrown) {
    changeFile(id, { phase: { kind: "failed", error: asErrorBody(thrown) } });
  }
}

/** A file that is not there yet, empty; it is made when it is saved. */
export async function createFile(id: number): Promise<void> {
  changeFile(id, { isNew: true, isWritable: true, isBinary: false });
  await begin(id, new Uint8Array(), "utf-8", null);
  noteChange(id);
}

/** Reads the same bytes in another encoding; false where they are not valid in it. */
export async function readAs(id: number, encoding: Encoding): Promise<boolean> {
  const session = sessionOf(id);
  if (session === undefined) return false;
  changeFile(id, { isBinary: false });
  return begin(id, session.base.bytes, encoding, session.base.version);
}

export async function setLanguage(id: number, language: LanguageId): Promise<void> {
  changeFile(id, { language });
  const extension = await loadLanguage(language);
  if (fileOf(id)?.language === language) sessionOf(id)?.view.dispatch({ effects: compartments.language(id).reconfigure(extension) });
}

/** What cannot be written, or is no text, cannot be changed. */
export function applyReadOnly(id: number): void {
  const file = fileOf(id);
  sessionOf(id)?.view.dispatch({ effects: compartments.readOnly(id).reconfigure(readOnlyOf(file?.isBinary === true)) });
}

export function editAnyway(id: number): void {
  changeFile(id, { isBinary: false });
  applyReadOnly(id);
}

/** Takes the offered draft back into the editor. Where the file has changed since, the changes are shown first. */
export function restoreDraft(id: number): void {
  const file = fileOf(id);
  if (file === undefined || file.draft === null) return;
  const { draft } = file;
  const isOther = draft.baseVersion !== (sessionOf(id)?.base.version ?? null);
  const encoding = ENCODINGS.find(({ value }) => value === draft.encoding)?.value ?? file.encoding;
  changeFile(id, { draft: null, encoding, panel: isOther ? "review" : null });
  restoreText(id, draft.text, noteChange);
  void setLanguage(id, file.language);
  noteChange(id);
}

export function rejectDraft(id: number): void {
  changeFile(id, { draft: null });
  if (fileOf(id)?.isDirty !== true) void forgetDraft(id);
}

/** Closes a tab without asking; what is not saved stays a draft unless it is given up. */
export async function closeFile(id: number, givesUp: boolean): Promise<void> {
  if (givesUp) await forgetDraft(id);
  endSession(id);
  removeFile(id);
}

async function begin(id: number, bytes: Uint8Array, encoding: Encoding, version: string | null): Promise<boolean> {
  if (!startSession(id, bytes, encoding, version, noteChange)) return false;
  applyReadOnly(id);
  const file = fileOf(id);
  if (file === undefined) return true;
  void setLanguage(id, file.language);
  const draft = await findDraft(file.server, file.path);
  if (draft !== null && fileOf(id)?.isDirty === false) changeFile(id, { draft });
  return true;
}
