// One feed: followed until it is stopped or the page is left; the newest records first.
import { Play, Radio, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CatalogFeed } from "../../api/catalog";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { followFeed, type FeedLine } from "../../api/feeds";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { CommandBlock } from "../../kit/MachineText";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { listOf } from "./answerShape";
import { fieldsOf } from "./argumentFields";
import { NotConnected } from "./NotConnected";
import { QuestionForm } from "./QuestionForm";
import { RecordTable } from "./RecordTable";

/** How many records are kept in the page. */
const MOST_KEPT = 2000;

interface Heard {
  command: string | null;
  records: readonly unknown[];
  count: number;
  dropped: number;
  unread: readonly string[];
  /** How it ended, in words; null while it goes on. */
  end: string | null;
}
const NOTHING: Heard = { command: null, records: [], count: 0, dropped: 0, unread: [], end: null };

export function FeedPage({ server, feed }: { server: Server; feed: CatalogFeed }) {
  const fields = fieldsOf(feed.argsSchema);
  const running = useRef<AbortController | null>(null);
  const [isRunning, setIsRunning] = useState(false);
  const [heard, setHeard] = useState<Heard>(NOTHING);
  const [error, setError] = useState<ErrorBody | null>(null);
  const isConnected = server.state.status === "connected";
  useEffect(() => () => running.current?.abort(), []);

  const stop = () => {
    running.current?.abort();
    setIsRunning(false);
    setHeard((before) => ({ ...before, end: "Stopped." }));
  };
  const start = async (args: Record<string, unknown>) => {
    const control = new AbortController();
    running.current = control;
    setIsRunning(true);
    setError(null);
    setHeard(NOTHING);
    try {
      await followFeed(server.id, feed.id, args, control.signal, (lines) => setHeard((before) => lines.reduce(withLine, before)));
    } catch (thrown) {
      if (!control.signal.aborted) setError(asErrorBody(thrown));
    }
    if (running.current === control) setIsRunning(false);
  };
  return (
    <div className="@container flex h-full flex-col overflow-y-auto">
      <QuestionForm id={feed.id} title={feed.title} tools={feed.variants.map((variant) => variant.name)} fields={fields} onAsk={(args) => (isRunning ? stop() : void start(args))}>
        {isRunning ? (
          <Button type="submit" icon={<Square size={14} strokeWidth={1.75} />}>
            Stop
          </Button>
        ) : (
          <Button type="submit" look="primary" icon={<Play size={14} strokeWidth={1.75} />} disabled={!isConnected}>
            Follow
          </Button>
        )}
      </QuestionForm>
      {error !== null && (
        <div className="p-4">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
      {heard.command !== null && (
        <div className="shrink-0 border-b border-line px-4 py-3">
          <CommandBlock title="Command run on the server" text={heard.command} copyLabel="Copy command" />
        </div>
      )}
      <div className="flex min-h-75 grow basis-0 flex-col">
        {heard.records.length > 0 ? (
          <RecordTable list={listOf("", heard.records)} label="Records" />
        ) : !isConnected ? (
          <NotConnected server={server} />
        ) : (
          <CentrePanel icon={Radio} title={isRunning ? "Listening" : "Not followed now"} line={isRunning ? "Nothing has come yet." : "Press Follow, and what happens from then on is listed here."} />
        )}
      </div>
      <p role="status" className="figures flex min-h-6 shrink-0 items-center border-t border-line px-3 text-small text-ink-faint">
        {heard.count > 0 && `${plural(heard.count, "record")}${heard.count > MOST_KEPT ? `, the newest ${MOST_KEPT} shown` : ""}. `}
        {heard.dropped > 0 && `${plural(heard.dropped, "record")} came too fast and were left out. `}
        {heard.unread.length > 0 && `${plural(heard.unread.length, "line")} not understood, the last: ${visibleText(heard.unread.at(-1) ?? "", 120)} `}
        {heard.end}
      </p>
    </div>
  );
}

function withLine(heard: Heard, line: FeedLine): Heard {
  switch (line.type) {
    case "started":
      return { ...heard, command: line.command, end: null };
    case "record":
      return { ...heard, count: heard.count + 1, records: [line.record, ...heard.records.slice(0, MOST_KEPT - 1)] };
    case "unread":
      return { ...heard, unread: [...heard.unread.slice(-99), line.text] };
    case "dropped":
      return { ...heard, dropped: heard.dropped + line.count };
    case "interrupted":
      return { ...heard, end: `${visibleText(line.error.message, 300)} It goes on when the connection is back; some records may then come twice.` };
    case "ended":
      return { ...heard, end: line.said === null ? "It ended by itself." : `It ended: ${visibleText(line.said, 200)}` };
    case "error":
      return { ...heard, end: visibleText(line.error.message, 300) };
  }
}
