// Shows and hides the transfers; how many are under way stands on it.
import { ArrowUpDown } from "lucide-react";
import { useFileJobs } from "../../../api/fileJobs";
import { useUploads } from "../../../api/uploads";
import { IconButton } from "../../../kit/IconButton";
import { plural } from "../../../lib/numbers";
import { closeTransfers, openTransfers, useDialogs } from "../dialogs";
import { isAbout, isJobActive, isUploadActive } from "./lines";

export function TransfersButton({ server }: { server: string }) {
  const jobCount = useFileJobs((state) => state.jobs.filter((job) => isAbout(job, server) && isJobActive(job)).length);
  const uploadCount = useUploads((state) => state.uploads.filter((upload) => upload.server === server && isUploadActive(upload)).length);
  const isOpen = useDialogs((state) => state.transfers.has(server));
  const count = jobCount + uploadCount;
  return (
    <span className="relative">
      <IconButton
        label={count === 0 ? "Transfers" : `Transfers, ${plural(count, "active one", "active ones")}`}
        icon={<ArrowUpDown size={16} strokeWidth={1.75} />}
        aria-pressed={isOpen}
        onClick={() => (isOpen ? closeTransfers(server) : openTransfers(server))}
        className={isOpen ? "bg-accent-ground text-accent-ink" : ""}
      />
      {count > 0 && (
        <span aria-hidden="true" className="figures pointer-events-none absolute -top-0.5 -right-0.5 grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-caption leading-none text-on-solid">
          {count}
        </span>
      )}
    </span>
  );
}
