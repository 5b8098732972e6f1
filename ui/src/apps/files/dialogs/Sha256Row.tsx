// The SHA-256 of a file among its properties: worked out when it is asked for, as all of the file must be read.
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { asErrorBody } from "../../../api/client";
import { errorTitle } from "../../../api/errors";
import { MOST_HASHED_BYTES, sha256Of } from "../../../api/fileHash";
import { Button } from "../../../kit/Button";
import { CopyButton } from "../../../kit/CopyButton";
import { IconButton } from "../../../kit/IconButton";
import { ProgressBar } from "../../../kit/ProgressBar";
import { formatBytes } from "../../../lib/bytes";
import { visibleText } from "../../../lib/visibleText";

export interface Sha256RowProps {
  server: string;
  path: string;
  /** Null: not known. */
  sizeBytes: number | null;
}

type State = { kind: "idle" } | { kind: "reading"; bytes: number } | { kind: "done"; hash: string } | { kind: "large" } | { kind: "failed"; words: string };

export function Sha256Row({ server, path, sizeBytes }: Sha256RowProps) {
  const isTooLarge = (sizeBytes ?? 0) > MOST_HASHED_BYTES;
  const [state, setState] = useState<State>({ kind: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const compute = async () => {
    const stop = new AbortController();
    running.current = stop;
    const say = (next: State) => !stop.signal.aborted && setState(next);
    let bytes = 0;
    say({ kind: "reading", bytes });
    try {
      const hash = await sha256Of(server, path, stop.signal, (more) => {
        bytes += more;
        say({ kind: "reading", bytes });
      });
      say(hash === null ? { kind: "large" } : { kind: "done", hash });
    } catch (thrown) {
      const error = asErrorBody(thrown);
      say({ kind: "failed", words: `${errorTitle(error)}: ${visibleText(error.message, 300)}` });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ kind: "idle" });
  };
  const button = (words: string) => (
    <Button className="wide:h-6" onClick={() => void compute()}>
      {words}
    </Button>
  );
  return (
    <div className="contents">
      <dt className="text-ink-faint">SHA-256</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]" aria-live="polite" aria-busy={state.kind === "reading"}>
        {isTooLarge || state.kind === "large" ? (
          <span className="text-ink-soft">
            Only of files up to {formatBytes(MOST_HASHED_BYTES)}. <code className="font-mono text-mono">headlessos cp --verify</code> compares larger ones as it copies them.
          </span>
        ) : state.kind === "reading" ? (
          <div className="flex items-center gap-2">
            <div className="min-w-0 grow">
              <ProgressBar label="Reading the file" done={sizeBytes === null || sizeBytes === 0 ? null : state.bytes / sizeBytes} />
            </div>
            <IconButton label="Cancel" icon={<X size={14} strokeWidth={1.75} />} onClick={cancel} className="wide:size-6" />
          </div>
        ) : state.kind === "done" ? (
          // The button stands under the one that copies the path, and the lines are of one length.
          <div className="-mr-11 flex items-start justify-between max-wide:-mr-15">
            <code className="max-w-[32ch] min-w-0 font-mono text-mono max-wide:max-w-[16ch]">{state.hash}</code>
            <div className="-my-1">
              <CopyButton label="Copy the SHA-256" text={state.hash} />
            </div>
          </div>
        ) : state.kind === "failed" ? (
          <div className="flex flex-col items-start gap-1">
            <span className="text-bad">{state.words}</span>
            {button("Try again")}
          </div>
        ) : (
          button("Compute")
        )}
      </dd>
    </div>
  );
}
