// What is there and what is new, side by side: sizes, times, whether they hold the same, and of texts the lines that differ.
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { useServers } from "../../../api/servers";
import type { ErrorBody } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { later } from "../../../kit/later";
import { Notice } from "../../../kit/Notice";
import { ProgressBar } from "../../../kit/ProgressBar";
import { formatBytes } from "../../../lib/bytes";
import { visibleText } from "../../../lib/visibleText";
import { exactMoment, shown } from "../words";
import { compare, MOST_BYTES, MOST_TEXT_BYTES, type Comparison, type Side } from "./sides";

const TextDiff = later(async () => (await import("./TextDiff")).TextDiff);

export interface CompareDialogProps {
  name: string;
  from: Side;
  to: Side;
  onClose: () => void;
}

type State = { kind: "reading"; bytes: number } | { kind: "failed"; error: ErrorBody } | { kind: "done"; found: Comparison };

export function CompareDialog({ name, onClose, ...sides }: CompareDialogProps) {
  // As they were when it was opened: while it is, they are told anew again and again.
  const [{ from, to }] = useState(sides);
  const [state, setState] = useState<State>({ kind: "reading", bytes: 0 });
  const running = useRef<AbortController | null>(null);
  const read = () => {
    const stop = new AbortController();
    running.current = stop;
    const say = (next: State) => !stop.signal.aborted && setState(next);
    // Where one side fails, the other is read no further, and says no more.
    const end = (last: State) => {
      say(last);
      stop.abort();
    };
    let bytes = 0;
    compare(from, to, stop.signal, (more) => {
      bytes += more;
      say({ kind: "reading", bytes });
    }).then(
      (found) => end({ kind: "done", found }),
      (thrown: unknown) => end({ kind: "failed", error: asErrorBody(thrown) }),
    );
  };
  const readFirst = useEffectEvent(read);
  useEffect(() => {
    readFirst();
    return () => running.current?.abort();
  }, []);

  const lines = state.kind === "done" && state.found.kind === "different" && typeof state.found.lines === "object" ? state.found.lines : null;
  return (
    <Dialog title={`Compare ${shown(name)}`} width={lines === null ? "wide" : "double"} isOpen isText onClose={onClose} footer={<Button onClick={onClose}>Close</Button>}>
      <Facts from={from} to={to} />
      <div className="mt-3" role="status">
        {state.kind === "reading" && (
          <div className="animate-late py-2">
            <p className="mb-2 text-ink-soft">Reading both…</p>
            <ProgressBar label="Reading both" done={shareOf(state.bytes, from, to)} />
          </div>
        )}
        {state.kind === "done" && <Verdict found={state.found} from={from} to={to} />}
      </div>
      {state.kind === "failed" && (
        <ErrorNotice {...describeError(state.error)} isAlert>
          <Button
            onClick={() => {
              setState({ kind: "reading", bytes: 0 });
              read();
            }}
          >
            Try again
          </Button>
        </ErrorNotice>
      )}
      {lines !== null && (
        <div className="mt-3 h-[52dvh] min-h-50 overflow-hidden rounded-card border border-line bg-card max-wide:h-[44dvh]">
          <TextDiff name={name} there={lines.to} fresh={lines.from} />
        </div>
      )}
    </Dialog>
  );
}

function Facts({ from, to }: { from: Side; to: Side }) {
  const servers = useServers();
  const whereOf = ({ place }: Side) => {
    if (place === null || "file" in place) return "This computer";
    const server = servers?.find(({ id }) => id === place.server)?.name;
    return `${server === undefined ? "" : `${server}: `}${place.path}`;
  };
  const isNewer = (side: Side, other: Side) => (side.modifiedAt ?? 0) > (other.modifiedAt ?? 0);
  const moment = (side: Side, other: Side) => `${exactMoment(side.modifiedAt)}${isNewer(side, other) ? ", newer" : ""}`;
  const size = (side: Side) => `${formatBytes(side.sizeBytes)}${side.sizeBytes === null || side.sizeBytes < 1024 ? "" : ` (${side.sizeBytes.toLocaleString("en-GB")} bytes)`}`;
  const rows: [string, string, string][] = [
    ["Where", visibleText(whereOf(to), 600), visibleText(whereOf(from), 600)],
    ["Size", size(to), size(from)],
    ["Modified", moment(to, from), moment(from, to)],
  ];
  return (
    <table className="figures w-full table-fixed text-left">
      <thead>
        <tr className="border-b border-line text-small text-ink-soft">
          <th scope="col" className="w-17 wide:w-1/10">
            <span className="sr-only">What is compared</span>
          </th>
          {/* On a large screen the columns stand over the halves of the lines below. */}
          <th scope="col" className="py-1 pr-3 font-medium wide:w-2/5">
            There
          </th>
          <th scope="col" className="py-1 font-medium wide:pl-3">
            New
          </th>
        </tr>
      </thead>
      <tbody className="align-top">
        {rows.map(([label, there, fresh]) => (
          <tr key={label}>
            <th scope="row" className="pt-1 font-normal text-ink-faint">
              {label}
            </th>
            <td className="pt-1 pr-3 [overflow-wrap:anywhere]">
              <bdi>{there}</bdi>
            </td>
            <td className="pt-1 [overflow-wrap:anywhere] wide:pl-3">
              <bdi>{fresh}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verdict({ found, from, to }: { found: Comparison; from: Side; to: Side }) {
  if (found.kind === "same") return <Notice tone="good" title="The contents are the same">{from.modifiedAt === to.modifiedAt ? "They have the same time, too." : "Only the time differs."}</Notice>;
  if (found.kind === "large") {
    const why = `Contents are compared up to ${formatBytes(MOST_BYTES)} each.`;
    return from.sizeBytes === to.sizeBytes ? <Notice tone="info" title="Only size and time are compared">{why}</Notice> : <Notice tone="warn" title="The contents differ">Their sizes do. {why}</Notice>;
  }
  const { at, lines } = found;
  const place = `The first difference is in byte ${(at + 1).toLocaleString("en-GB")}.`;
  return (
    <Notice tone="warn" title="The contents differ">
      {lines === "binary" && `${place} At least one of them is binary, so no lines are shown.`}
      {lines === "large" && `${place} Lines are shown up to ${formatBytes(MOST_TEXT_BYTES)} each.`}
      {lines === "alike" && "The text is the same; the encoding or the line ends differ."}
      {typeof lines === "object" && place}
    </Notice>
  );
}

function shareOf(bytes: number, from: Side, to: Side): number | null {
  const total = (from.sizeBytes ?? 0) + (to.sizeBytes ?? 0);
  return total === 0 ? null : bytes / total;
}
