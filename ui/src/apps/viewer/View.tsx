// The view of a kind; those that bring code of their own along fetch it when they are first shown.
import { FileText } from "lucide-react";
import { CentrePanel } from "../../kit/CentrePanel";
import { later } from "../../kit/later";
import { ArchiveView } from "./ArchiveView";
import { HexView } from "./HexView";
import { ImageView } from "./ImageView";
import { JsonView } from "./JsonView";
import type { Kind } from "./kinds";
import { MediaView } from "./MediaView";
import { TableView } from "./TableView";
import { TextView } from "./TextView";
import type { ViewProps } from "./view";

const MarkdownView = later(async () => (await import("./MarkdownView")).MarkdownView);
const PdfView = later(async () => (await import("./pdf/PdfView")).PdfView);

export function View({ kind, head, isPhone, view }: { kind: Kind; head: Uint8Array; isPhone: boolean; view: ViewProps }) {
  if (view.sizeBytes === 0) return <CentrePanel icon={FileText} title="The file is empty" />;
  if (view.isUnsized && !["text", "markdown", "table", "json"].includes(kind)) return <TextView {...view} />;
  switch (kind) {
    case "image":
      return <ImageView {...view} />;
    case "pdf":
      return <PdfView {...view} />;
    case "audio":
    case "video":
      return <MediaView {...view} isVideo={kind === "video"} />;
    case "markdown":
      return <MarkdownView {...view} />;
    case "table":
      return <TableView {...view} />;
    case "json":
      return <JsonView {...view} />;
    case "archive":
      return <ArchiveView {...view} head={head} />;
    case "text":
      return <TextView {...view} />;
    case "hex":
      return <HexView {...view} isPhone={isPhone} />;
  }
}
