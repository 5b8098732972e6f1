// Fetches one recording and plays it, or says why it cannot.
import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../../../kit/Button";
import { Notice } from "../../../kit/Notice";
import { Skeleton } from "../../../kit/Skeleton";
import { StepFooter } from "../../../kit/StepDialog";
import type { Recording } from "../../../api/types";
import { recordingUrl } from "../../../api/terminals";
import type { ParsedCast } from "./asciicast";
import { CastPlayer } from "./CastPlayer";
import { DownloadLink } from "./DownloadLink";
import { castFrom, castOf } from "./loadCast";

/** One the program keeps, or a file of this computer. */
export type Source = { kind: "kept"; recording: Recording } | { kind: "file"; file: File };

export function PlayerStep({ source, onBack }: { source: Source; onBack: () => void }) {
  const [read, setRead] = useState<ParsedCast | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const loading = source.kind === "file" ? castOf(source.file) : castFrom(recordingUrl(source.recording.id), abort.signal);
    loading
      .catch((): ParsedCast => ({ cast: null, mistake: source.kind === "file" ? "The file could not be read." : "The program did not answer." }))
      .then((result) => {
        if (!abort.signal.aborted) setRead(result);
      }, () => undefined);
    return () => abort.abort();
  }, [source]);

  return (
    <>
      {read === null && <Skeleton className="h-80 w-full" />}
      {read !== null && read.mistake !== null && (
        <Notice tone="bad" title="This cannot be played" isAlert>
          <p>{read.mistake}</p>
        </Notice>
      )}
      {read !== null && read.cast !== null && <CastPlayer cast={read.cast} isRunning={source.kind === "kept" && source.recording.isRunning} />}
      <StepFooter>
        <Button look="quiet" className="mr-auto" icon={<ArrowLeft size={16} strokeWidth={1.75} />} onClick={onBack}>
          All recordings
        </Button>
        {source.kind === "kept" && <DownloadLink recording={source.recording} hasWords />}
      </StepFooter>
    </>
  );
}
