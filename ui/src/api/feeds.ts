// Follows a feed of a server: lines as they come, until the signal stops it.
import { send } from "./client";
import type { components } from "./generated/api";
import { readNdjson } from "./ndjson";

export type FeedLine = components["schemas"]["FeedLine"];

/** Calls `onLines` with the lines of each piece; resolves when the feed ends by itself, and rejects when it is stopped. */
export async function followFeed(server: string, feed: string, args: unknown, signal: AbortSignal, onLines: (lines: readonly FeedLine[]) => void): Promise<void> {
  const response = await send(`/servers/${encodeURIComponent(server)}/feeds/${encodeURIComponent(feed)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ args }),
    signal,
  });
  if (response.body === null) return;
  await readNdjson(response.body, (values) => onLines(values as readonly FeedLine[]));
}
