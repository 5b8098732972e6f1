// Shows what stands behind a card: the exact command or files, how long it took, what came back, and what was made of it.
import { Tabs } from "@base-ui/react/tabs";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { readByModel } from "../../api/modelWords";
import { askOnce } from "../../api/readings";
import type { Args, Origin, QueryId, Reading, Server } from "../../api/types";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { CommandBlock, FactList, OutputBlock } from "../../kit/MachineText";
import { Notice } from "../../kit/Notice";
import { Skeleton } from "../../kit/Skeleton";
import { plural } from "../../lib/numbers";
import { formatExact, formatMilliseconds } from "../../lib/time";

/** A day: whatever the program still holds is what the card shows. */
const ANY_AGE_SECONDS = 86_400;

export interface ShowCommandProps<Q extends QueryId> {
  server: Server;
  title: string;
  query: Q;
  args: Args<Q>;
  /** What the card shows, for when the program cannot be asked again. */
  known: Reading<unknown> | null;
  onClose: () => void;
}

export function ShowCommand<Q extends QueryId>({ server, title, query, args, known, onClose }: ShowCommandProps<Q>) {
  const { data, error, isLoading } = useQuery<Reading<unknown>>({
    queryKey: ["raw", server.id, query, args],
    queryFn: () => askOnce(server.id, query, args, { raw: true, maxAgeSeconds: ANY_AGE_SECONDS }),
    enabled: server.state.status === "connected",
    gcTime: 0,
    staleTime: 0,
  });
  const reading = data ?? known;
  return (
    <Dialog title="Show the command" lead={`${title} on ${server.name} · ${query}`} width="wide" isOpen onClose={onClose}>
      {error !== null && (
        <div className="mb-3">
          <ErrorNotice {...describeError(asErrorBody(error))} isAlert />
        </div>
      )}
      {reading === null && isLoading && <Skeleton className="h-60 w-full" />}
      {reading !== null && (
        <div className="flex flex-col gap-4">
          {reading.model?.state === "read" && <Notice tone="warn" title={readByModel(reading.model.model)} />}
          <Source origin={reading.origin} />
          <Facts reading={reading} />
          <Outputs reading={reading} isPending={isLoading} />
        </div>
      )}
    </Dialog>
  );
}

function Source({ origin }: { origin: Origin | null }) {
  if (origin === null) return <p className="text-ink-soft">Nothing was run on the server for this.</p>;
  const command = origin.command;
  const paths = origin.kind === "files" ? origin.paths.join("\n") : null;
  return (
    <>
      {paths !== null && <CommandBlock title={origin.kind === "files" && origin.via === "sftp" ? "Files read over SFTP" : "Files read"} text={paths} copyLabel="Copy paths" />}
      {command !== null && <CommandBlock title="Command run on the server" text={command} copyLabel="Copy command" />}
    </>
  );
}

function Facts({ reading }: { reading: Reading<unknown> }) {
  const { origin } = reading;
  const facts: [string, string][] = [
    ["How", origin === null ? "–" : origin.kind === "command" ? "Command" : origin.via === "sftp" ? "SFTP" : "Files, by a command"],
    ["Variant", reading.variant ?? "–"],
    ["Exit code", origin?.kind === "command" && origin.exitCode !== null ? String(origin.exitCode) : "–"],
    ["Took", formatMilliseconds(reading.durationMs)],
    ["Taken", formatExact(reading.takenAt)],
  ];
  return <FactList facts={facts} />;
}

function Outputs({ reading, isPending }: { reading: Reading<unknown>; isPending: boolean }) {
  const { raw, outcome } = reading;
  const json = JSON.stringify(outcome.status === "ok" ? outcome.value : outcome, null, 2);
  return (
    <Tabs.Root defaultValue="raw">
      <Tabs.List className="flex gap-1 border-b border-line">
        <TabName value="raw">Raw output</TabName>
        <TabName value="json">JSON</TabName>
      </Tabs.List>
      <Tabs.Panel value="raw" className="outline-none">
        {raw === null ? (
          <p className="py-6 text-center text-ink-faint">{isPending ? "Asking for the output" : "The output is no longer held."}</p>
        ) : (
          <>
            <OutputBlock label="Raw output" text={raw.stdout === "" ? "(nothing)" : raw.stdout} copied={raw.stdout} />
            {raw.stderr !== "" && (
              <>
                <h4 className="mt-3 text-small font-medium text-ink-soft">Error output</h4>
                <OutputBlock label="Error output" text={raw.stderr} />
              </>
            )}
            {raw.truncated && <p className="mt-1 text-small text-warn">The output was longer and has been cut.</p>}
            {raw.removed > 0 && <p className="mt-1 text-small text-ink-soft">{plural(raw.removed, "secret")} removed.</p>}
          </>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="json" className="outline-none">
        <OutputBlock label="JSON" text={json} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function TabName({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Tab
      value={value}
      className="-mb-px h-8 border-b-2 border-transparent px-3 text-ink-soft hover:text-ink data-active:border-accent-ink data-active:font-medium data-active:text-ink max-wide:h-11"
    >
      {children}
    </Tabs.Tab>
  );
}
