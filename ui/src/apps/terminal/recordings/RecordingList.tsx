// The recordings the program keeps, newest first; each can be played, saved and deleted.
import { Clapperboard, FolderOpen, Play, Trash2 } from "lucide-react";
import { useRef, type Ref } from "react";
import type { Recording } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { IconButton } from "../../../kit/IconButton";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { useNow } from "../../../kit/useNow";
import { formatBytes } from "../../../lib/bytes";
import { formatAgo, formatExact } from "../../../lib/time";
import { visibleText } from "../../../lib/visibleText";
import { DownloadLink } from "./DownloadLink";
import type { Source } from "./PlayerStep";
import { formatTimecode } from "./timeline";

export interface RecordingListProps {
  recordings: readonly Recording[];
  onPlay: (source: Source) => void;
  onDelete: (recording: Recording) => void;
}

const ICON = { size: 16, strokeWidth: 1.75 } as const;
const HEAD = "px-2 py-1.5 text-left text-small font-medium text-ink-faint";
const FIGURE = "figures px-2 text-right whitespace-nowrap max-wide:hidden";

export function RecordingList({ recordings, onPlay, onDelete }: RecordingListProps) {
  const input = useRef<HTMLInputElement>(null);
  const first = useStepFocus<HTMLButtonElement>();
  const sorted = recordings.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  return (
    <>
      {sorted.length === 0 ? (
        <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
          <Clapperboard size={28} strokeWidth={1.5} className="text-ink-faint" aria-hidden="true" />
          <p className="font-semibold">Nothing has been recorded</p>
          <p className="max-w-95 text-ink-soft">
            Start a recording from a terminal&apos;s menu. It holds what the terminal shows, with its times, and stays on this computer until you delete it.
          </p>
        </div>
      ) : (
        <table className="w-full table-fixed border-collapse">
          <thead>
            <tr className="border-b border-line max-wide:hidden">
              <th className={HEAD}>Name</th>
              <th className={`${HEAD} w-28`}>Recorded</th>
              <th className={`${HEAD} w-20 text-right!`}>Length</th>
              <th className={`${HEAD} w-20 text-right!`}>Size</th>
              <th className="w-28 max-wide:w-34">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((recording, index) => (
              <Row key={recording.id} play={index === 0 ? first : null} recording={recording} onPlay={() => onPlay({ kind: "kept", recording })} onDelete={() => onDelete(recording)} />
            ))}
          </tbody>
        </table>
      )}
      <input
        ref={input}
        type="file"
        accept=".cast,application/x-asciicast"
        hidden
        aria-label="Recording file"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) onPlay({ kind: "file", file });
        }}
      />
      <StepFooter>
        <Button ref={sorted.length === 0 ? first : null} className="mr-auto" icon={<FolderOpen {...ICON} />} onClick={() => input.current?.click()}>
          Open a .cast file
        </Button>
      </StepFooter>
    </>
  );
}

interface RowProps {
  recording: Recording;
  play: Ref<HTMLButtonElement>;
  onPlay: () => void;
  onDelete: () => void;
}

function Row({ recording, play, onPlay, onDelete }: RowProps) {
  const { name, server, startedAt, durationSeconds, sizeBytes, isRunning } = recording;
  const ago = formatAgo(startedAt, useNow(30_000));
  const length = formatTimecode(durationSeconds * 1000);
  return (
    <tr className="border-b border-line last:border-b-0 hover:bg-hover">
      <td className="min-w-0 py-1.5 pr-2 pl-2 max-wide:pl-0">
        <p className="truncate font-medium">
          <ServerText maxChars={120}>{name}</ServerText>
        </p>
        <p className="truncate text-small text-ink-faint">
          <ServerText maxChars={64}>{server}</ServerText>
        </p>
        <p className="figures flex items-center gap-1.5 text-small text-ink-faint wide:hidden">
          {isRunning ? <Running /> : ago} · {length}
        </p>
      </td>
      <td className="px-2 text-ink-soft max-wide:hidden" title={formatExact(startedAt)}>
        {isRunning ? (
          <span className="flex items-center gap-1.5">
            <Running />
          </span>
        ) : (
          ago
        )}
      </td>
      <td className={FIGURE}>
        <Measured name="recording.length" value={durationSeconds} text={length} />
      </td>
      <td className={FIGURE}>
        <Measured name="recording.size" value={sizeBytes} text={formatBytes(sizeBytes)} />
      </td>
      <td className="py-1 pr-1 pl-2 text-right whitespace-nowrap">
        <IconButton ref={play} label={`Play ${visibleText(name, 80)}`} icon={<Play {...ICON} />} onClick={onPlay} />
        <DownloadLink recording={recording} />
        <IconButton label={`Delete ${visibleText(name, 80)}`} icon={<Trash2 {...ICON} />} disabled={isRunning} onClick={onDelete} />
      </td>
    </tr>
  );
}

function Running() {
  return (
    <>
      <span className="size-2 shrink-0 animate-pulse rounded-full bg-bad" aria-hidden="true" />
      <span className="text-bad">Recording</span>
    </>
  );
}
