// The recordings of terminals: listed, played, saved, deleted; one dialog, whose content changes with what is done.
import { useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { useRecordings } from "../../../api/terminals";
import type { Recording } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Skeleton } from "../../../kit/Skeleton";
import { StepDialog } from "../../../kit/StepDialog";
import { formatExact } from "../../../lib/time";
import { visibleText } from "../../../lib/visibleText";
import { PlayerStep, type Source } from "./PlayerStep";
import { RecordingDelete } from "./RecordingDelete";
import { RecordingList } from "./RecordingList";

export interface RecordingsDialogProps {
  open: boolean;
  onClose: () => void;
}

export function RecordingsDialog({ open, onClose }: RecordingsDialogProps) {
  // Mounted anew each time it opens, so that the list is read anew.
  return open ? <Recordings onClose={onClose} /> : null;
}

type Step = { kind: "list" } | { kind: "play"; source: Source } | { kind: "delete"; recording: Recording };

function Recordings({ onClose }: { onClose: () => void }) {
  const { data: recordings, error, refetch } = useRecordings();
  const [step, setStep] = useState<Step>({ kind: "list" });
  const back = () => setStep({ kind: "list" });

  const content = () => {
    if (step.kind === "play") return <PlayerStep source={step.source} onBack={back} />;
    if (step.kind === "delete") return <RecordingDelete recording={step.recording} onDone={back} />;
    if (recordings !== undefined) {
      return (
        <RecordingList
          recordings={recordings}
          onPlay={(source) => setStep({ kind: "play", source })}
          onDelete={(recording) => setStep({ kind: "delete", recording })}
        />
      );
    }
    if (error === null) return <Skeleton className="h-60 w-full" />;
    return (
      <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
        <Button onClick={() => void refetch()}>Try again</Button>
      </ErrorNotice>
    );
  };
  return (
    <StepDialog
      {...wordsFor(step)}
      width="wide"
      isOpen
      onClose={step.kind === "list" ? onClose : back}
      closesOutside={step.kind === "list"}
      hasFooter={recordings !== undefined || step.kind !== "list"}
    >
      {content()}
    </StepDialog>
  );
}

function wordsFor(step: Step): { title: string; lead?: string; tone?: "danger" } {
  switch (step.kind) {
    case "list":
      return { title: "Recordings" };
    case "delete":
      return { title: `Delete recording ${visibleText(step.recording.name, 60)}`, tone: "danger" };
    case "play": {
      const { source } = step;
      if (source.kind === "file") return { title: visibleText(source.file.name, 80), lead: "A file of this computer" };
      const { name, server, startedAt, columns, rows } = source.recording;
      return { title: visibleText(name, 80), lead: `${visibleText(server, 64)} · ${formatExact(startedAt)} · ${columns}\u00a0×\u00a0${rows}` };
    }
  }
}
