// How views ask servers: `useReading` follows a question over the live socket, `askOnce` asks now over HTTP.
import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { readingKey, updateReading } from "./cache";
import { request } from "./client";
import { NOTHING_YET, withReading, type LiveReading } from "./liveReading";
import { live } from "./program";
import type { Args, AnswerOf, Fixture, QueryId, Reading } from "./types";

/** How often the program looks, for each question that is followed; it belongs to the question, so that every window shares one poll. */
export const EVERY_SECONDS = {
  "accounts.sessions": 30,
  "docker.containers": 30,
  "network.rates": 2,
  "network.sockets": 10,
  "packages.upgradable": 300,
  "services.failed": 30,
  "services.unit": 30,
  "storage.filesystems": 30,
  "system.cpu": 2,
  "system.identity": 30,
  "system.load": 2,
  "system.memory": 2,
} as const satisfies Partial<Record<QueryId, number>>;

/** An output is held as long as the connection; no page is open longer than this. */
const HELD_SECONDS = 7 * 24 * 3600;

/** A question that can be followed. */
export type FollowedQuery = keyof typeof EVERY_SECONDS;

/** Follows one question while the component is shown; its answer outlives the window for five minutes. */
export function useReading<Q extends FollowedQuery>(server: string, query: Q, args: Args<Q>): LiveReading<AnswerOf<Q>> {
  const argsJson = JSON.stringify(args);
  useEffect(
    () => live.subscribe({ server, query, args: JSON.parse(argsJson) as unknown, everySeconds: EVERY_SECONDS[query] }),
    [server, query, argsJson],
  );
  const { data } = useQuery<LiveReading<AnswerOf<Q>>>({ queryKey: readingKey(server, query, args), queryFn: skipToken });
  return data ?? NOTHING_YET;
}

export interface AskOptions {
  /** Adds what the server printed. */
  raw?: boolean;
  /** A cached answer of at most this age is taken as it is. */
  maxAgeSeconds?: number;
  /** A person says that the chosen language model may read what no parser understands, this once. */
  byModel?: boolean;
}

/** Asks now. */
export function askOnce<Q extends QueryId>(
  server: string,
  query: Q,
  args: Args<Q>,
  options: AskOptions = {},
): Promise<Reading<AnswerOf<Q>>> {
  return request("POST", `/servers/${encodeURIComponent(server)}/queries/${encodeURIComponent(query)}`, { args, ...options });
}

/** The same for a query that is known by its id alone: what the catalog lists may be newer than this page. */
export function askAny(server: string, query: string, args: unknown, options: AskOptions = {}, signal?: AbortSignal): Promise<Reading<unknown>> {
  return request("POST", `/servers/${encodeURIComponent(server)}/queries/${encodeURIComponent(query)}`, { args, ...options }, signal);
}

/** What was printed for a reading as a fixture without secrets, names and addresses; the server is asked again only where its output is no longer held. */
export function fixtureOf({ server, query, args }: Reading<unknown>): Promise<Fixture> {
  return request("POST", `/servers/${encodeURIComponent(server)}/queries/${encodeURIComponent(query)}/fixture`, { args, maxAgeSeconds: HELD_SECONDS });
}

/** Asks the server again at once and shows the answer wherever the question is followed. */
export async function retryReading<Q extends FollowedQuery>(server: string, query: Q, args: Args<Q>): Promise<void> {
  const reading = await askOnce(server, query, args, { maxAgeSeconds: 0 });
  updateReading(readingKey(server, query, args), (before) => withReading(before, reading, Date.now(), EVERY_SECONDS[query] <= 5));
}
