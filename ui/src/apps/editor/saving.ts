// Saves a file safely, and settles it when someone else has saved it meanwhile.
import { Text } from "@codemirror/state";
import { asErrorBody } from "../../api/client";
import { readText, saveText, type SaveOptions } from "../../api/fileText";
import { splitLines } from "../../lib/lineEnds";
import { decodeText, detectEncoding, type Encoding } from "../../lib/textEncoding";
import { changeFile, fileOf } from "./documents";
import { forgetDraft, noteChange } from "./drafting";
import { LARGE_BYTES, setLanguage } from "./opening";
import { useSettings } from "./settings";
import { bytesOf, isChanged, markSaved, replaceText, sessionOf, startSession } from "./sessions";

/** Saves the file; true when it is saved. What went wrong shows in its tab. */
export async function saveFile(id: number, how: Partial<SaveOptions> = {}): Promise<boolean> {
  const file = fileOf(id);
  const session = sessionOf(id);
  const result = bytesOf(id);
  if (file === undefined || session === undefined || result === null || file.isSaving || file.isBinary) return false;
  if ("character" in result) {
    changeFile(id, { problem: { kind: "character", ...result } });
    return false;
  }
  const { doc } = session.view.state;
  changeFile(id, { isSaving: true, problem: null, question: null });
  try {
    const saved = await saveText(file.server, file.path, result.bytes, { version: session.base.version, isForced: session.base.version === null && !file.isNew, keeps: useSettings.getState().keepsVersions, ...how });
    markSaved(id, doc, result.bytes, saved.version);
    changeFile(id, { isSaving: false, panel: null, draft: null });
    if (fileOf(id)?.isDirty === false) await forgetDraft(id);
    return true;
  } catch (thrown) {
    const error = asErrorBody(thrown);
    const isOther = error.code === "fileChanged" || (error.code === "alreadyExists" && file.isNew) || (error.code === "noSuchFile" && !file.isNew);
    if (isOther) changeFile(id, { isSaving: false, panel: "conflict" });
    else if (error.code === "hardLinked") changeFile(id, { isSaving: false, question: "hardLinked" });
    else changeFile(id, { isSaving: false, problem: { kind: "error", error } });
    return false;
  }
}

/** What is on the server now. */
export interface Theirs {
  text: string;
  bytes: Uint8Array;
  encoding: Encoding;
  version: string | null;
}

/** Null: it has grown too large to be compared. */
export async function readTheirs(id: number, signal: AbortSignal): Promise<Theirs | null> {
  const file = fileOf(id);
  if (file === undefined) return null;
  const read = await readText(file.server, file.path, LARGE_BYTES, signal);
  if (read === null) return null;
  const own = decodeText(read.bytes, file.encoding);
  const encoding = own === null ? detectEncoding(read.bytes).encoding : file.encoding;
  return { text: own ?? decodeText(read.bytes, encoding) ?? "", bytes: read.bytes, encoding, version: read.version };
}

/** Gives up the changes for what is on the server. */
export async function takeTheirs(id: number, theirs: Theirs): Promise<void> {
  startSession(id, theirs.bytes, theirs.encoding, theirs.version, noteChange);
  const file = fileOf(id);
  if (file !== undefined) void setLanguage(id, file.language);
  await forgetDraft(id);
}

/** Goes on with a merged text, whose base is now what is on the server. */
export function takeMerged(id: number, text: string, theirs: Theirs): void {
  const session = sessionOf(id);
  const file = fileOf(id);
  if (session === undefined || file === undefined) return;
  const { lines, end, odd } = splitLines(theirs.text);
  session.base = { doc: Text.of(lines), bytes: theirs.bytes, encoding: theirs.encoding, lineEnd: end, oddCount: odd.size, version: theirs.version };
  if (text !== session.view.state.doc.toString()) replaceText(id, text);
  changeFile(id, { panel: null, isNew: false, isDirty: isChanged(id) });
  noteChange(id);
}
