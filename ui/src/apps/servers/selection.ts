// Which servers are chosen in the list, as in every table: one, a range by Shift, one more by Ctrl; pure.

export interface Picked {
  /** Ids of servers. */
  ids: ReadonlySet<string>;
  /** The row that the keys start from. */
  focus: string | null;
  /** Where a range begins. */
  anchor: string | null;
}

export const NOTHING: Picked = { ids: new Set(), focus: null, anchor: null };

export interface PickRow {
  /** The row's id. */
  id: string;
  /** The server in it, null for a folder. */
  server: string | null;
}

/** What is chosen after a press on a row. A folder takes the focus alone. */
export function pick(rows: readonly PickRow[], picked: Picked, id: string, how: "one" | "toggle" | "range"): Picked {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) return picked;
  const anchorAt = rows.findIndex((each) => each.id === picked.anchor);
  if (how === "range" && anchorAt !== -1) {
    const at = rows.indexOf(row);
    const between = rows.slice(Math.min(at, anchorAt), Math.max(at, anchorAt) + 1);
    return { ids: new Set(between.flatMap(({ server }) => (server === null ? [] : [server]))), focus: id, anchor: picked.anchor };
  }
  if (row.server === null) return { ids: how === "one" ? new Set() : picked.ids, focus: id, anchor: id };
  if (how !== "toggle") return { ids: new Set([row.server]), focus: id, anchor: id };
  const ids = new Set(picked.ids);
  if (!ids.delete(row.server)) ids.add(row.server);
  return { ids, focus: id, anchor: id };
}
