// Asks before deleted items go for good, with how many and how large they are.
import { useRef, useState } from "react";
import type { TrashedFile } from "../../api/fileTypes";
import type { Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ConfirmByName, isNamed } from "../../kit/ConfirmByName";
import { Dialog } from "../../kit/Dialog";
import { Notice } from "../../kit/Notice";
import { formatBytes } from "../../lib/bytes";
import { plural } from "../../lib/numbers";
import { visibleName } from "../../lib/visibleText";
import { bytesIn, shownName } from "./trashList";

export interface ConfirmDialogProps {
  server: Server;
  items: readonly TrashedFile[];
  /** Whether it is all there is. */
  isAll: boolean;
  onClose: () => void;
  /** With the server's name. */
  onConfirm: (name: string) => void;
}

export function ConfirmDialog({ server, items, isAll, onClose, onConfirm }: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [first] = items;
  const what = items.length === 1 && first !== undefined ? visibleName(shownName(first), 60) : plural(items.length, "item");
  const bytes = bytesIn(items);
  const [typed, setTyped] = useState("");
  // A single file is named by the button; what is more takes the server's name.
  const isBig = isAll || items.length > 1 || first?.kind === "folder" || server.production;
  const confirm = () => onConfirm(isBig ? typed : server.name);
  return (
    <Dialog
      title={isAll ? "Empty the Recycle Bin?" : `Delete ${what} for good?`}
      tone="danger"
      isOpen
      onClose={onClose}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          <Button look="danger" disabled={isBig && !isNamed(typed, server.name)} onClick={confirm} className="max-w-full">
            <span className="min-w-0 truncate whitespace-pre">{isAll ? `Empty Recycle Bin (${plural(items.length, "item")})` : `Delete ${what}`}</span>
          </Button>
        </>
      }
    >
      <p className="figures mb-3 text-ink-soft">
        {plural(items.length, "item")}, {formatBytes(bytes)} in files{items.some((item) => item.kind === "folder") ? ", and all that lies in the folders" : ""}.
      </p>
      <Notice tone="warn" title="This cannot be undone">
        What is deleted here cannot be restored.
      </Notice>
      {isBig && <ConfirmByName name={server.name} what="the server's name" typed={typed} onType={setTyped} onConfirm={confirm} />}
    </Dialog>
  );
}
