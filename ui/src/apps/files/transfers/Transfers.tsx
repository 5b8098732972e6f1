// The list of what is under way, docked at the foot of the window; it opens by itself when one asks a question or waits since the program was closed.
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { RequestError } from "../../../api/client";
import { answerFileJob, controlFileJob, forgetFileJob, isChecked, isEnded, useFileJobs, useFollowFileJobs } from "../../../api/fileJobs";
import type { FileInfo, FileJob, TransferPriority } from "../../../api/fileTypes";
import { useServer } from "../../../api/servers";
import { answerUpload, cancelUpload, forgetUpload, isUploadEnded, pauseUpload, prioritizeUpload, resumeUpload, retryUpload, useUploads, type Upload } from "../../../api/uploads";
import { Button } from "../../../kit/Button";
import { IconButton } from "../../../kit/IconButton";
import { closeTransfers, openTransfers, useDialogs } from "../dialogs";
import { sayError } from "../notices";
import { ConfirmHere } from "./ConfirmHere";
import { ConflictQuestion } from "./ConflictQuestion";
import { isAbout, jobTitle, progressWords, shareOf, uploadTitle } from "./lines";
import type { Side } from "./sides";
import { TransferLine } from "./TransferLine";

export function Transfers({ server }: { server: string }) {
  useFollowFileJobs();
  const jobs = useFileJobs((state) => state.jobs).filter((job) => isAbout(job, server));
  const uploads = useUploads((state) => state.uploads).filter((upload) => upload.server === server);
  const isOpen = useDialogs((state) => state.transfers.has(server));
  const asks = jobs.some((job) => job.state === "asking" || job.interrupted) || uploads.some((upload) => upload.state === "asking");
  useEffect(() => {
    if (asks) openTransfers(server);
  }, [asks, server]);
  if (!isOpen) return null;

  const ended = [...jobs.filter(isEnded), ...uploads.filter(isUploadEnded)].length;
  const forget = () => {
    for (const upload of uploads) if (isUploadEnded(upload)) forgetUpload(upload.id);
    for (const job of jobs) if (isEnded(job)) void forgetFileJob(job.id).catch(() => undefined);
  };
  return (
    <section aria-label="Transfers" className="flex max-h-[45%] shrink-0 animate-fade flex-col border-t border-line-strong bg-window">
      <header className="flex h-8 shrink-0 items-center gap-2 border-b border-line pr-1 pl-3 max-wide:h-11">
        <h3 className="grow font-semibold">Transfers</h3>
        {ended > 0 && (
          <Button look="quiet" onClick={forget} className="wide:h-6">
            Clear finished
          </Button>
        )}
        <IconButton label="Hide transfers" icon={<X size={14} strokeWidth={1.75} />} onClick={() => closeTransfers(server)} className="wide:size-6" />
      </header>
      {jobs.length + uploads.length === 0 ? (
        <p className="px-3 py-4 text-center text-ink-faint">Nothing is under way. Copies, moves, deletions and uploads are listed here.</p>
      ) : (
        <ul tabIndex={0} aria-label="List of transfers" className="min-h-0 divide-y divide-line overflow-y-auto focus-visible:-outline-offset-2">
          {uploads.toReversed().map((upload) => (
            <UploadLine key={upload.id} upload={upload} />
          ))}
          {jobs.toReversed().map((job) => (
            <JobLine key={job.id} server={server} job={job} />
          ))}
        </ul>
      )}
    </section>
  );
}

function JobLine({ server, job }: { server: string; job: FileJob }) {
  const target = useServer(job.toServer ?? job.server);
  const [again, setAgain] = useState<string | null>(null);
  const refused = (thrown: unknown) => sayError(server, "The transfer did not take this", thrown);
  const control = (action: "pause" | "resume" | "cancel" | TransferPriority) => () => void controlFileJob(job.id, action).catch(refused);
  const retry = async (confirm: string | null) => {
    try {
      await controlFileJob(job.id, "retry", confirm);
      setAgain(null);
    } catch (thrown) {
      const isUnconfirmed = thrown instanceof RequestError && thrown.error.code === "unconfirmed";
      if (isUnconfirmed && target !== null) setAgain(target.name);
      else refused(thrown);
    }
  };
  const { question } = job;
  return (
    <TransferLine
      title={jobTitle(job)}
      state={job.interrupted ? "interrupted" : job.state}
      share={shareOf(job)}
      words={job.state === "asking" || job.interrupted ? "" : `${progressWords(job, isEnded(job))}${job.skipped > 0 ? `, ${job.skipped} skipped` : ""}${isChecked(job) ? ", checked" : ""}`}
      current={job.current}
      failures={job.failures}
      failureCount={job.failureCount}
      priority={job.priority}
      {...((job.kind === "copy" || job.kind === "move") && !isEnded(job) ? { onPriority: (priority: TransferPriority) => control(priority)() } : {})}
      {...(job.state === "running" || job.state === "waiting" || job.state === "queued" ? { onPause: control("pause") } : {})}
      {...(job.state === "paused" ? { onResume: control("resume") } : {})}
      {...(job.state === "failed" || (job.state === "done" && job.failureCount > 0) ? { onRetry: () => void retry(null) } : {})}
      {...(isEnded(job) ? { onForget: () => void forgetFileJob(job.id).catch((thrown: unknown) => sayError(server, "It stays on the list", thrown)) } : { onCancel: control("cancel") })}
    >
      {question !== null && job.state === "asking" && (
        <ConflictQuestion
          key={question.path}
          path={question.path}
          from={sideOf(job.server, question.from)}
          to={sideOf(job.toServer ?? job.server, question.to)}
          more={null}
          production={target?.production === true ? target.name : null}
          onAnswer={(choice, forAll, confirm) => void answerFileJob(job.id, { path: question.path, choice, forAll, confirm }).catch((thrown: unknown) => sayError(server, "The answer did not arrive", thrown))}
        />
      )}
      {again !== null && (
        <div role="group" aria-label={`Confirm: ${jobTitle(job)}`} className="mt-1.5 max-w-160 rounded-card border border-warn bg-warn-ground px-3 pt-2">
          <p className="font-semibold">What is there now is lost for good</p>
          <ConfirmHere server={again} action="Do it again" onConfirm={(typed) => void retry(typed)} />
        </div>
      )}
    </TransferLine>
  );
}

function UploadLine({ upload }: { upload: Upload }) {
  const { id, state, conflict } = upload;
  const target = useServer(upload.server);
  return (
    <TransferLine
      title={uploadTitle(upload)}
      state={state === "waiting" ? "offline" : state}
      share={shareOf(upload)}
      words={state === "asking" || state === "checking" ? "" : `${progressWords(upload, isUploadEnded(upload))}${upload.skipped > 0 ? `, ${upload.skipped} skipped` : ""}`}
      current={null}
      failures={upload.failures}
      failureCount={upload.failureCount}
      priority={upload.priority}
      {...(isUploadEnded(upload) ? {} : { onPriority: (priority: TransferPriority) => prioritizeUpload(id, priority) })}
      {...(state === "running" || state === "waiting" || state === "queued" ? { onPause: () => pauseUpload(id) } : {})}
      {...(state === "paused" ? { onResume: () => resumeUpload(id) } : {})}
      {...(state === "failed" ? { onRetry: () => retryUpload(id) } : {})}
      {...(isUploadEnded(upload) ? { onForget: () => forgetUpload(id) } : { onCancel: () => cancelUpload(id) })}
    >
      {conflict !== null && state === "asking" && (
        <ConflictQuestion
          key={conflict.relativePath}
          path={conflict.relativePath}
          from={{ sizeBytes: conflict.sizeBytes, modifiedAt: Math.floor(conflict.modifiedAtMs / 1000), place: { file: conflict.file } }}
          to={sideOf(upload.server, conflict.there)}
          more={upload.conflictCount - 1}
          production={target?.production === true ? target.name : null}
          onAnswer={(choice, forAll, confirm) => answerUpload(id, choice, forAll, confirm)}
        />
      )}
    </TransferLine>
  );
}

/** A link is not looked through: it is copied as it is. */
function sideOf(server: string, { path, kind, sizeBytes, modifiedAt }: FileInfo): Side {
  return { sizeBytes, modifiedAt, place: kind === "file" ? { server, path } : null };
}
