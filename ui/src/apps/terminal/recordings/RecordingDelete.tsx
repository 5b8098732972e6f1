// Asks before a recording is deleted.
import { deleteRecording } from "../../../api/terminals";
import type { Recording } from "../../../api/types";
import { formatBytes } from "../../../lib/bytes";
import { formatExact } from "../../../lib/time";
import { visibleText } from "../../../lib/visibleText";
import { DeleteStep } from "../DeleteStep";
import { formatTimecode } from "./timeline";

export function RecordingDelete({ recording, onDone }: { recording: Recording; onDone: () => void }) {
  return (
    <DeleteStep label={`Delete recording ${visibleText(recording.name, 40)}`} onDelete={() => deleteRecording(recording.id)} onDone={onDone}>
      <p>
        Recorded on {visibleText(recording.server, 64)}, {formatExact(recording.startedAt)}: {formatTimecode(recording.durationSeconds * 1000)} long, {formatBytes(recording.sizeBytes)}.
      </p>
      <p className="mt-2 text-ink-soft">The file is deleted from this computer. This cannot be undone.</p>
    </DeleteStep>
  );
}
