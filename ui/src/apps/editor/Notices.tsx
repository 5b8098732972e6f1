// What must be known about the shown file, in lines above its text: why it was not saved, a draft of an earlier time, that it is no text.
import type { ReactNode } from "react";
import { isLimited } from "../../api/administrator";
import { describeError } from "../../api/errors";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Notice } from "../../kit/Notice";
import { useNow } from "../../kit/useNow";
import { formatAgo } from "../../lib/time";
import { ENCODINGS } from "../../lib/textEncoding";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";
import { changeFile, type OpenFile } from "./documents";
import { editAnyway, rejectDraft, restoreDraft } from "./opening";
import { saveFile } from "./saving";
import { sessionOf } from "./sessions";

export function Notices({ file, server, shell, onView, onDone }: { file: OpenFile; onView: () => void; onDone: () => void } & AppProps) {
  const nowMs = useNow(60_000);
  const connecting = useConnecting(server);
  const { problem, draft } = file;
  const then = (act: () => void) => () => {
    act();
    onDone();
  };
  const lines: ReactNode[] = [];
  if (problem?.kind === "error") {
    lines.push(
      <ErrorNotice key="error" {...describeError(problem.error)} isAlert>
        {problem.error.code === "permissionDenied" && isLimited(server) && (
          <Button look="primary" onClick={() => shell.becomeAdministrator(server.id, () => void saveFile(file.id))}>
            Turn on administrator access
          </Button>
        )}
        {problem.error.code === "notConnected" && server.state.status !== "connected" && (
          <Button look="primary" isBusy={connecting.isBusy} onClick={connecting.onConnect}>
            Connect
          </Button>
        )}
        <Button isBusy={file.isSaving} onClick={() => void saveFile(file.id)}>
          Try again
        </Button>
        <Button onClick={then(() => changeFile(file.id, { problem: null }))}>Hide</Button>
        <span className="self-center text-small text-ink-soft">Your text is kept here as a draft.</span>
      </ErrorNotice>,
    );
  }
  if (problem?.kind === "character") {
    const label = ENCODINGS.find(({ value }) => value === file.encoding)?.label ?? file.encoding;
    lines.push(
      <Notice key="character" tone="bad" title={`${label} has no “${visibleText(problem.character, 4)}”`} isAlert>
        <p>The character is in line {problem.line}. Remove it, or save the file in UTF-8.</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button
            onClick={() => {
              changeFile(file.id, { encoding: "utf-8", problem: null });
              void saveFile(file.id);
            }}
          >
            Save as UTF-8
          </Button>
          <Button onClick={then(() => changeFile(file.id, { problem: null }))}>Hide</Button>
        </div>
      </Notice>,
    );
  }
  if (draft !== null) {
    const isOther = draft.baseVersion !== (sessionOf(file.id)?.base.version ?? null);
    lines.push(
      <Notice key="draft" tone="info" title="There are changes that were not saved">
        <p>
          Made {formatAgo(new Date(draft.savedAtMs).toISOString(), nowMs)} in this browser.
          {isOther && " The file has changed on the server since then: you see the differences before anything is saved."}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button look="primary" onClick={then(() => restoreDraft(file.id))}>
            Restore the changes
          </Button>
          <Button onClick={then(() => rejectDraft(file.id))}>Discard them</Button>
        </div>
      </Notice>,
    );
  }
  if (file.isBinary) {
    lines.push(
      <Notice key="binary" tone="warn" title="This does not look like text">
        <p>It is shown byte by byte as Latin-1 and cannot be changed, so that nothing is damaged.</p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button look="primary" onClick={onView}>
            Open in the viewer
          </Button>
          <Button onClick={then(() => editAnyway(file.id))}>Edit it anyway</Button>
        </div>
      </Notice>,
    );
  }
  return lines.length === 0 ? null : <div className="flex max-h-1/2 shrink-0 flex-col gap-2 overflow-y-auto border-b border-line bg-window p-2">{lines}</div>;
}
