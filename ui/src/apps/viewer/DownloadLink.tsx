// Saves the file to the reader's own computer.
import { Download } from "lucide-react";
import { contentUrl } from "../../api/files";
import { buttonClasses } from "../../kit/Button";
import { nameOf } from "../../lib/remotePath";

export function DownloadLink({ server, path, look = "plain", isIcon = false }: { server: string; path: string; look?: "primary" | "plain"; isIcon?: boolean }) {
  return (
    <a href={contentUrl(server, path, true)} download={nameOf(path)} className={isIcon ? "inline-flex size-11 items-center justify-center rounded-control text-ink-soft hover:bg-hover hover:text-ink" : buttonClasses(look)}>
      <Download size={isIcon ? 16 : 14} strokeWidth={1.75} aria-hidden="true" />
      <span className={isIcon ? "sr-only" : undefined}>Download</span>
    </a>
  );
}
