// What came of a question: the answer as tables, facts and JSON, and beside it the command or files, and what was printed.
import { Tabs } from "@base-ui/react/tabs";
import { Ban, PackageX, PowerOff, TriangleAlert } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { describeError } from "../../api/errors";
import type { Origin, Reading, Server, UnreadLine } from "../../api/types";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { CommandBlock, FactList, OutputBlock } from "../../kit/MachineText";
import { plural } from "../../lib/numbers";
import { formatExact, formatMilliseconds } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { heading, shapeOf } from "./answerShape";
import { Fields } from "./Fields";
import { NotUnderstood } from "./NotUnderstood";
import { Printed } from "./Printed";
import { ReadByModel } from "./ReadByModel";
import { RecordTable } from "./RecordTable";
import { SaveFixture } from "./SaveFixture";
import type { ModelReading } from "./useModelReading";

export interface ReadingViewProps {
  server: Server;
  reading: Reading<unknown>;
  byModel: ModelReading;
  onOpenSettings: () => void;
}

export function ReadingView({ server, reading, byModel, onOpenSettings }: ReadingViewProps) {
  const printed = useRef<HTMLDivElement>(null);
  const { outcome, model } = reading;
  const notUnderstood = outcome.status === "failed" && outcome.error.code === "notUnderstood" ? outcome.error : null;
  const showRaw = () => {
    printed.current?.scrollIntoView({ block: "nearest" });
    printed.current?.querySelector("pre")?.focus();
  };
  return (
    <div className="flex h-full flex-col overflow-y-auto @large:flex-row @large:overflow-hidden">
      <section aria-label="Answer" className="flex min-w-0 shrink-0 flex-col @large:min-h-0 @large:grow @large:basis-3/5">
        {outcome.status === "ok" && model?.state === "read" && <ReadByModel model={model.model} onShowRaw={showRaw} />}
        {notUnderstood === null ? <Answer server={server} reading={reading} /> : <NotUnderstood server={server} error={notUnderstood} reading={reading} byModel={byModel} onOpenSettings={onOpenSettings} />}
      </section>
      <section aria-label="Where it came from" className="flex min-w-0 shrink-0 flex-col gap-4 border-line p-4 max-[940px]:border-t @large:max-w-2/5 @large:basis-2/5 @large:overflow-y-auto @large:border-l">
        <Source origin={reading.origin} />
        <FactList
          facts={[
            ["Variant", reading.variant ?? "–"],
            ["Exit code", reading.origin?.kind === "command" && reading.origin.exitCode !== null ? String(reading.origin.exitCode) : "–"],
            ["Took", formatMilliseconds(reading.durationMs)],
            ["Taken", formatExact(reading.takenAt)],
          ]}
        />
        {notUnderstood === null && <Printed raw={reading.raw} ref={printed} />}
        {reading.raw !== null && <SaveFixture reading={reading} />}
      </section>
    </div>
  );
}

function Answer({ server, reading: { outcome } }: { server: Server; reading: Reading<unknown> }) {
  if (outcome.status === "failed") {
    return (
      <div className="p-4">
        <ErrorNotice {...describeError(outcome.error)} isAlert />
      </div>
    );
  }
  if (outcome.status === "unsupported") {
    return <CentrePanel icon={PackageX} title="This server has no tool that answers this" line={outcome.needs.length > 0 ? `It needs ${visibleText(outcome.needs.slice(0, 12).join(" or "), 300)}.` : "None of its tools does."} />;
  }
  if (outcome.status === "denied") return <CentrePanel icon={Ban} title={`${server.user} may not see this`} line={visibleText(outcome.detail, 400)} />;
  if (outcome.status === "unavailable") return <CentrePanel icon={PowerOff} title="What this asks is not running" line={visibleText(outcome.detail, 400)} />;
  return <Value value={outcome.value} unread={outcome.unread} />;
}

function Value({ value, unread }: { value: unknown; unread: readonly UnreadLine[] }) {
  const { facts, lists } = shapeOf(value);
  const first = lists.length > 0 ? "list 0" : "facts";
  return (
    <Tabs.Root defaultValue={first} className="flex min-h-0 grow flex-col">
      <Tabs.List className="flex shrink-0 gap-1 overflow-x-auto border-b border-line px-3">
        {lists.map((list, index) => (
          <TabName key={list.path} value={`list ${index}`}>
            {list.path === "" ? "Rows" : heading(list.path)} <span className="figures text-ink-faint">{list.rows.length}</span>
          </TabName>
        ))}
        {facts.length > 0 && <TabName value="facts">Facts</TabName>}
        <TabName value="json">JSON</TabName>
        {unread.length > 0 && (
          <TabName value="unread">
            <TriangleAlert size={13} strokeWidth={1.75} className="text-warn" aria-hidden="true" /> Not understood <span className="figures text-ink-faint">{unread.length}</span>
          </TabName>
        )}
      </Tabs.List>
      {lists.map((list, index) => (
        <Panel key={list.path} value={`list ${index}`}>
          <RecordTable list={list} label={list.path === "" ? "Rows" : heading(list.path)} />
        </Panel>
      ))}
      <Panel value="facts">
        <div tabIndex={0} role="group" aria-label="Facts" className="min-h-0 grow overflow-y-auto p-4 focus-visible:-outline-offset-2">
          <Fields record={Object.fromEntries(facts)} />
        </div>
      </Panel>
      <Panel value="json">
        <OutputBlock label="JSON" text={JSON.stringify(value, null, 2)} className="mx-3 mb-3 min-h-60 grow" />
      </Panel>
      <Panel value="unread">
        <p className="px-4 pt-3 text-ink-soft">{plural(unread.length, "line")} of the output could not be read, and nothing was guessed.</p>
        <OutputBlock label="Lines not understood" text={unread.map(({ line, text }) => `${line}: ${text}`).join("\n")} className="mx-3 mb-3 min-h-60 grow" />
      </Panel>
    </Tabs.Root>
  );
}

function TabName({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Tab
      value={value}
      className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent-ink data-active:font-medium data-active:text-ink max-wide:h-11"
    >
      {children}
    </Tabs.Tab>
  );
}

function Panel({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Tabs.Panel value={value} className="flex min-h-0 grow flex-col outline-none data-hidden:hidden">
      {children}
    </Tabs.Panel>
  );
}

function Source({ origin }: { origin: Origin | null }) {
  if (origin === null) return <p className="text-ink-soft">Nothing was run on the server for this.</p>;
  return (
    <>
      {origin.kind === "files" && <CommandBlock title={origin.via === "sftp" ? "Files read over SFTP" : "Files read"} text={origin.paths.join("\n")} copyLabel="Copy paths" />}
      {origin.command !== null && <CommandBlock title="Command run on the server" text={origin.command} copyLabel="Copy command" />}
    </>
  );
}
