// The files that are open in the editor, of every server; they stay open when the window is closed or hidden. Their text lies in the sessions.
import { create } from "zustand";
import type { Draft } from "../../api/drafts";
import type { ErrorBody } from "../../api/types";
import type { LineEnd } from "../../lib/lineEnds";
import type { Encoding } from "../../lib/textEncoding";
import type { Indentation } from "./indentation";
import type { LanguageId } from "../../kit/code/languageOf";

export type Phase =
  | { kind: "loading" }
  | { kind: "failed"; error: ErrorBody }
  /** Too large to be loaded whole. */
  | { kind: "large" }
  | { kind: "ready" };

/** What stands in the way of saving. */
export type Problem =
  | { kind: "error"; error: ErrorBody }
  /** A character that the encoding does not have. */
  | { kind: "character"; character: string; line: number };

export interface OpenFile {
  id: number;
  server: string;
  path: string;
  phase: Phase;
  isDirty: boolean;
  isSaving: boolean;
  /** There is no such file yet; it is made when it is saved. */
  isNew: boolean;
  isWritable: boolean | null;
  /** These bytes are no text: nothing can be changed unless a person says so. */
  isBinary: boolean;
  encoding: Encoding;
  lineEnd: LineEnd;
  /** Some lines end otherwise. */
  isMixed: boolean;
  language: LanguageId;
  indentation: Indentation;
  sizeBytes: number;
  /** Where it was asked to be shown and is not yet: a line, from 1. */
  askedLine: number | null;
  /** Unsaved changes of an earlier time, offered. */
  draft: Draft | null;
  problem: Problem | null;
  /** What is shown in place of the text. */
  panel: "review" | "conflict" | "versions" | null;
  /** What must be answered before the file is saved. */
  question: "hardLinked" | null;
}

interface Documents {
  files: readonly OpenFile[];
  /** The file shown of each server. */
  active: Readonly<Record<string, number>>;
}

export const useDocuments = create<Documents>(() => ({ files: [], active: {} }));

let lastId = 0;

/** Adds a file to the tabs and shows it; one that is open already is only shown. True when it is new. */
export function addFile(server: string, path: string): { id: number; isAdded: boolean } {
  const known = useDocuments.getState().files.find((file) => file.server === server && file.path === path);
  if (known !== undefined) {
    showFile(known);
    return { id: known.id, isAdded: false };
  }
  lastId += 1;
  const file: OpenFile = {
    id: lastId,
    server,
    path,
    phase: { kind: "loading" },
    isDirty: false,
    isSaving: false,
    isNew: false,
    isWritable: null,
    isBinary: false,
    encoding: "utf-8",
    lineEnd: "\n",
    isMixed: false,
    language: "plain",
    indentation: { spaces: 4 },
    sizeBytes: 0,
    askedLine: null,
    draft: null,
    problem: null,
    panel: null,
    question: null,
  };
  useDocuments.setState(({ files, active }) => ({ files: [...files, file], active: { ...active, [server]: file.id } }));
  return { id: file.id, isAdded: true };
}

export function showFile({ server, id }: Pick<OpenFile, "server" | "id">): void {
  useDocuments.setState(({ active }) => ({ active: { ...active, [server]: id } }));
}

/** Undefined when it was closed meanwhile. */
export function fileOf(id: number): OpenFile | undefined {
  return useDocuments.getState().files.find((file) => file.id === id);
}

export function changeFile(id: number, change: Partial<OpenFile>): void {
  useDocuments.setState(({ files }) => ({ files: files.map((file) => (file.id === id ? { ...file, ...change } : file)) }));
}

/** Takes a file out of the tabs; its neighbour is shown. */
export function removeFile(id: number): void {
  useDocuments.setState(({ files, active }) => {
    const gone = files.find((file) => file.id === id);
    if (gone === undefined) return {};
    const beside = files.filter((file) => file.server === gone.server);
    const at = beside.indexOf(gone);
    const next = active[gone.server] === id ? (beside[at + 1] ?? beside[at - 1])?.id : active[gone.server];
    const { [gone.server]: _gone, ...others } = active;
    return { files: files.filter((file) => file !== gone), active: next === undefined ? others : { ...others, [gone.server]: next } };
  });
}
