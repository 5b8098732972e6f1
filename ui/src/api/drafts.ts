// Changes that are not saved yet, kept in the browser so that a closed page loses nothing. Where the browser keeps nothing, there are no drafts.

const DATABASE = "headlessos.drafts";
const STORE = "drafts";

export interface Draft {
  server: string;
  path: string;
  text: string;
  /** How it was to be written. */
  encoding: string;
  lineEnd: string;
  /** The state of the file it was begun on; null: a new file. */
  baseVersion: string | null;
  savedAtMs: number;
}

export async function keepDraft(draft: Draft): Promise<void> {
  await inStore("readwrite", (store) => store.put(draft, keyOf(draft.server, draft.path)));
}

export async function dropDraft(server: string, path: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(keyOf(server, path)));
}

/** Null where there is none. */
export async function findDraft(server: string, path: string): Promise<Draft | null> {
  const found: unknown = await inStore("readonly", (store) => store.get(keyOf(server, path)));
  return isDraft(found) ? found : null;
}

function keyOf(server: string, path: string): string {
  return `${server}\n${path}`;
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const draft = value as Partial<Record<keyof Draft, unknown>>;
  return (
    ["server", "path", "text", "encoding", "lineEnd"].every((key) => typeof draft[key as keyof Draft] === "string") &&
    (draft.baseVersion === null || typeof draft.baseVersion === "string") &&
    typeof draft.savedAtMs === "number"
  );
}

/** One request in a transaction of its own; null where the browser has no storage or refuses. */
async function inStore(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  try {
    const database = await open();
    try {
      return await promised(ask(database.transaction(STORE, mode).objectStore(STORE)));
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

function open(): Promise<IDBDatabase> {
  const request = window.indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
  return promised(request);
}

function promised<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("no storage")));
  });
}
