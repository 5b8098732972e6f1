// What was done on the servers, from the program's journal: found page by page, checked, written out, and summed up for one connection.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { queryClient } from "./cache";
import { request } from "./client";
import { keep } from "./preferences";
import type { ActivityEntry, JournalVerified, KeptPreferences, Receipt } from "./types";

const PAGE = 200;
const EVERY_MS = 5000;

export interface ActivityFilter {
  /** Null: of all servers. */
  server: string | null;
  words: string;
  deed: ActivityEntry["deed"] | null;
  /** Only what may have changed something. */
  changes: boolean;
  /** RFC 3339, or null. */
  since: string | null;
  until: string | null;
}

function parametersOf(filter: ActivityFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  if (filter.server !== null) parameters.set("server", filter.server);
  if (filter.words.trim() !== "") parameters.set("words", filter.words.trim());
  if (filter.deed !== null) parameters.set("deed", filter.deed);
  if (filter.changes) parameters.set("changes", "true");
  if (filter.since !== null) parameters.set("since", filter.since);
  if (filter.until !== null) parameters.set("until", filter.until);
  return parameters;
}

/** What was found, newest first, a page at a time; the newest page is looked at again while it is the only one. */
export function useActivity(filter: ActivityFilter) {
  return useInfiniteQuery({
    queryKey: ["activity", filter],
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const parameters = parametersOf(filter);
      parameters.set("limit", String(PAGE));
      if (pageParam !== null) parameters.set("before", String(pageParam));
      return (await request<{ entries: ActivityEntry[] }>("GET", `/activity?${parameters.toString()}`, undefined, signal)).entries;
    },
    getNextPageParam: (last) => (last.length < PAGE ? null : (last.at(-1)?.id ?? null)),
    refetchInterval: (query) => (query.state.data?.pages.length === 1 ? EVERY_MS : false),
    placeholderData: (before) => before,
    staleTime: 0,
  });
}

/** Where the browser saves the journal from: every line with its hash, or what was found as a shell script. */
export function activityUrl(filter: ActivityFilter, format: "lines" | "script"): string {
  const parameters = format === "lines" ? new URLSearchParams() : parametersOf(filter);
  parameters.set("format", format);
  return `/api/activity/export?${parameters.toString()}`;
}

/** Checks every line; with a hash that was noted, also that its line is there. */
export function verifyActivity(hash: string): Promise<JournalVerified> {
  const noted = hash.trim() === "" ? "" : `?hash=${encodeURIComponent(hash.trim())}`;
  return request<JournalVerified>("GET", `/activity/verify${noted}`);
}

/** What was done over the last connection of a server; null: it has had none. */
export function readReceipt(server: string): Promise<Receipt | null> {
  return request<Receipt | null>("GET", `/servers/${encodeURIComponent(server)}/receipt`);
}

const DAYS_KEY = ["journalDays"] as const;

/** For how many days the journal is kept; 0: as long as there is room. */
export function useJournalDays() {
  return useQuery({ queryKey: DAYS_KEY, queryFn: async () => (await request<KeptPreferences>("GET", "/preferences")).journalDays });
}

export async function changeJournalDays(days: number): Promise<void> {
  const kept = await keep((before) => ({ ...before, journalDays: days }));
  queryClient.setQueryData(DAYS_KEY, kept.journalDays);
}
