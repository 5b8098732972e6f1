// What was done on the servers, newest first, day by day: searched, narrowed, written out and checked.
import { ClipboardList, SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { activityUrl, useActivity, type ActivityFilter } from "../../api/activity";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { useServers } from "../../api/servers";
import type { ActivityEntry } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { useNow } from "../../kit/useNow";
import type { AppProps } from "../manifest";
import { EntryRow } from "./EntryRow";
import { Filters, type Narrowed } from "./Filters";
import { VerifyDialog } from "./VerifyDialog";
import { dayOf, startOfDay } from "../../api/activityWords";

const START: Narrowed = { words: "", kind: "all", scope: "this", from: "", to: "" };

export function Activity({ server }: AppProps) {
  const [narrowed, setNarrowed] = useState<Narrowed>(START);
  const [isVerifying, setIsVerifying] = useState(false);
  const [openEntry, setOpenEntry] = useState<number | null>(null);
  const words = useDeferredValue(narrowed.words);
  const filter = filterOf({ ...narrowed, words }, server.id);
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useActivity(filter);
  const names = new Map((useServers() ?? []).map(({ id, name }) => [id, name]));
  const nowMs = useNow(60_000);
  const entries = data?.pages.flat() ?? [];
  const isNarrowed = narrowed.words !== "" || narrowed.kind !== "all" || narrowed.from !== "" || narrowed.to !== "";

  return (
    <div className="@container flex h-full flex-col">
      <Filters
        serverName={server.name}
        narrowed={narrowed}
        onChange={setNarrowed}
        linesUrl={activityUrl(filter, "lines")}
        scriptUrl={activityUrl(filter, "script")}
        onVerify={() => setIsVerifying(true)}
      />
      <div className="min-h-0 grow overflow-y-auto bg-card" tabIndex={0} role="region" aria-label="Journal">
        {error !== null && entries.length === 0 ? (
          <div className="p-4">
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={() => void refetch()}>Try again</Button>
            </ErrorNotice>
          </div>
        ) : data === undefined ? (
          <div className="flex flex-col gap-3 p-4">
            {["w-80", "w-96", "w-72", "w-88"].map((width) => (
              <Skeleton key={width} className={`h-6 ${width}`} />
            ))}
          </div>
        ) : entries.length === 0 ? (
          isNarrowed ? (
            <CentrePanel icon={SearchX} title="Nothing fits" line="Every word must stand in what was run, in its purpose or in its tool.">
              <Button onClick={() => setNarrowed({ ...START, scope: narrowed.scope })}>Show everything</Button>
            </CentrePanel>
          ) : (
            <CentrePanel icon={ClipboardList} title="Nothing was done yet" line="Every command, every change of a file, every terminal and every forwarded port stands here from the moment it begins." />
          )
        ) : (
          <>
            {byDay(entries, nowMs).map(({ day, entries: ofDay }) => (
              <section key={day} aria-label={day}>
                <h3 className="sticky top-0 z-1 border-b border-line bg-window px-4 py-1 text-small font-medium text-ink-soft">{day}</h3>
                <ul aria-label={day}>
                  {ofDay.map((entry) => (
                    <EntryRow
                      key={entry.id}
                      entry={entry}
                      serverName={narrowed.scope === "all" ? (names.get(entry.server) ?? entry.server) : null}
                      isOpen={openEntry === entry.id}
                      onToggle={() => setOpenEntry((now) => (now === entry.id ? null : entry.id))}
                    />
                  ))}
                </ul>
              </section>
            ))}
            <div className="flex justify-center p-3 text-small text-ink-faint">
              {hasNextPage ? (
                <Button isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  Show older
                </Button>
              ) : (
                <p>That is all that is kept.</p>
              )}
            </div>
          </>
        )}
      </div>
      {isVerifying && <VerifyDialog onClose={() => setIsVerifying(false)} />}
    </div>
  );
}

function filterOf({ words, kind, scope, from, to }: Narrowed, server: string): ActivityFilter {
  const isDeed = kind !== "all" && kind !== "changes";
  return {
    server: scope === "this" ? server : null,
    words,
    deed: isDeed ? kind : null,
    changes: kind === "changes",
    since: startOfDay(from),
    until: startOfDay(to, 1),
  };
}

function byDay(entries: readonly ActivityEntry[], nowMs: number): { day: string; entries: ActivityEntry[] }[] {
  const days: { day: string; entries: ActivityEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at, nowMs);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
