// The link that saves a recording as a file, with a name that every system takes.
import { Download } from "lucide-react";
import { recordingUrl } from "../../../api/terminals";
import type { Recording } from "../../../api/types";
import { buttonClasses } from "../../../kit/Button";
import { Tooltip } from "../../../kit/Tooltip";
import { visibleText } from "../../../lib/visibleText";

export function DownloadLink({ recording, hasWords = false }: { recording: Recording; hasWords?: boolean }) {
  const link = { href: recordingUrl(recording.id), download: fileName(recording) };
  const icon = <Download size={16} strokeWidth={1.75} />;
  if (hasWords) {
    return (
      <a {...link} className={buttonClasses()}>
        {icon}
        Download
      </a>
    );
  }
  const label = `Download ${visibleText(recording.name, 80)}`;
  return (
    <Tooltip text={label}>
      <a
        {...link}
        aria-label={label}
        className="inline-flex size-7 shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors duration-120 hover:bg-hover hover:text-ink active:bg-pressed max-wide:size-11"
      >
        {icon}
      </a>
    </Tooltip>
  );
}

function fileName({ name, startedAt }: Recording): string {
  const words = name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 80);
  return `${words || `recording-${startedAt.slice(0, 10)}`}.cast`;
}
