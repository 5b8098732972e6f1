// What there is to know of one or several items, and what of it can be changed: permissions, owner and group.
import { useEffect, useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { fileInfos } from "../../../api/files";
import type { FileInfo } from "../../../api/fileTypes";
import { itemOfInfo, kindOf } from "../../../api/folderItems";
import type { ErrorBody } from "../../../api/types";
import { CopyButton } from "../../../kit/CopyButton";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { FileIcon } from "../../../kit/FileIcon";
import { Skeleton } from "../../../kit/Skeleton";
import { formatBytes } from "../../../lib/bytes";
import { parentOf } from "../../../lib/remotePath";
import { visibleText } from "../../../lib/visibleText";
import type { FilesDialog } from "../dialogs";
import { exactMoment, iconOf, itemsWord, shown, typeWord } from "../words";
import { AttributesForm } from "./AttributesForm";
import { measureWords } from "./measureWords";
import { Sha256Row } from "./Sha256Row";
import { useMeasure } from "./useMeasure";

export interface PropertiesDialogProps {
  server: string;
  dialog: Extract<FilesDialog, { kind: "properties" }>;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function PropertiesDialog({ server, dialog, onClose, finalFocus }: PropertiesDialogProps) {
  const { items } = dialog;
  const [first] = items;
  const paths = items.map((item) => item.path);
  const [infos, setInfos] = useState<readonly FileInfo[] | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const measured = useMeasure(server, paths);
  const key = paths.join("\0");
  useEffect(() => {
    const controller = new AbortController();
    fileInfos(server, key.split("\0"), controller.signal).then(
      (found) => setInfos(found.filter((info) => info !== null)),
      (thrown: unknown) => !controller.signal.aborted && setError(asErrorBody(thrown)),
    );
    return () => controller.abort();
  }, [server, key]);

  const info = infos?.[0];
  const item = first === undefined ? undefined : info === undefined ? first : itemOfInfo(first.name, info);
  const isOne = items.length === 1;
  if (item === undefined) return null;
  const facts: [string, string][] = isOne
    ? [
        ["Kind", typeWord(item)],
        ["In", visibleText(parentOf(item.path), 600)],
        ["Size", item.kind === "folder" ? measureWords(measured) : `${formatBytes(info?.sizeBytes ?? item.sizeBytes)}${item.sizeBytes === null ? "" : ` (${item.sizeBytes.toLocaleString("en-GB")} bytes)`}`],
        ["Modified", exactMoment(info?.modifiedAt ?? item.modifiedAt)],
        ["Last read", exactMoment(info?.accessedAt ?? null)],
        ...(item.kind === "link" ? ([["Leads to", `${visibleText(item.link?.target ?? "not readable", 600)}${item.link?.kind === null ? " (not there)" : ""}`]] as [string, string][]) : []),
      ]
    : [
        ["Items", itemsWord(items.length)],
        ["In", visibleText(parentOf(item.path), 600)],
        ["Together", measureWords(measured)],
      ];
  return (
    <Dialog
      title={isOne ? shown(item.name) : itemsWord(items.length)}
      lead="Properties"
      isOpen
      onClose={onClose}
      finalFocus={finalFocus}
      footer={<div ref={setSlot} className="flex grow flex-wrap justify-end gap-2 max-wide:*:grow" />}
    >
      <div className="flex items-start gap-4">
        <FileIcon {...iconOf(item)} size={48} />
        <dl className="figures grid min-w-0 grow grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
          {facts.map(([name, text]) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="[overflow-wrap:anywhere]">
                <bdi>{text}</bdi>
              </dd>
            </div>
          ))}
          {isOne && kindOf(item) === "file" && <Sha256Row server={server} path={item.path} sizeBytes={item.link?.sizeBytes ?? (item.kind === "file" ? (info?.sizeBytes ?? item.sizeBytes) : null)} />}
        </dl>
        {isOne && <CopyButton label="Copy the path" text={item.path} />}
      </div>
      <div className="mt-4 border-t border-line pt-3">
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
        {error === null && infos === null && <Skeleton className="h-32 w-full" />}
        {infos !== null && infos.length > 0 && slot !== null && <AttributesForm server={server} infos={infos} footer={slot} onClose={onClose} />}
        {infos !== null && infos.length === 0 && <p className="text-ink-soft">It is not there any more.</p>}
      </div>
    </Dialog>
  );
}
