// Sound and video with the browser's own controls; the browser fetches what it plays, piece by piece.
import { FileX, Music } from "lucide-react";
import { useCallback, useState } from "react";
import { contentUrl } from "../../api/files";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { nameOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { DownloadLink } from "./DownloadLink";
import type { ViewProps } from "./view";

export function MediaView({ isVideo, ...view }: ViewProps & { isVideo: boolean }) {
  const { server, path } = view;
  const [hasFailed, setHasFailed] = useState(false);
  const name = visibleText(nameOf(path), 200);
  const url = contentUrl(server, path);
  // One that is not shown any more asks for nothing more: it would go on by itself, whoever answers.
  const load = useCallback(
    (media: HTMLMediaElement | null) => {
      if (media === null) return undefined;
      media.src = url;
      return () => {
        media.removeAttribute("src");
        media.load();
      };
    },
    [url],
  );
  if (hasFailed) {
    return (
      <CentrePanel icon={FileX} title="This cannot be played here" line="The file is damaged, or this browser does not know its format.">
        <Button onClick={() => view.onKind("hex")}>Show the bytes</Button>
        <DownloadLink server={server} path={path} look="primary" />
      </CentrePanel>
    );
  }
  const media = { ref: load, controls: true, preload: "metadata", "aria-label": name, onError: () => setHasFailed(true) } as const;
  if (isVideo) {
    return (
      <div className="grid h-full place-items-center bg-sunken p-2">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- it is the server's file, and has what it has */}
        <video {...media} className="max-h-full max-w-full" />
      </div>
    );
  }
  return (
    <div className="grid h-full place-items-center p-6">
      <div className="flex w-full max-w-120 flex-col items-center gap-4">
        <Music size={48} strokeWidth={1} className="text-ink-faint" aria-hidden="true" />
        <bdi className="max-w-full truncate font-semibold">{name}</bdi>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- it is the server's file, and has what it has */}
        <audio {...media} className="w-full" />
      </div>
    </div>
  );
}
