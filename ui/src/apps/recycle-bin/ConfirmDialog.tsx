// Asks before deleted items go for good, with how many and how large they are.
import { useRef } from "react";
import type { TrashedFile } from "../../api/fileTypes";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Notice } from "../../kit/Notice";
import { formatBytes } from "../../lib/bytes";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { bytesIn, shownName } from "./trashList";

export interface ConfirmDialogProps {
  items: readonly TrashedFile[];
  /** Whether it is all there is. */
  isAll: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

export function ConfirmDialog({ items, isAll, onClose, onConfirm }: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const [first] = items;
  const what = items.length === 1 && first !== undefined ? visibleText(shownName(first), 60) : plural(items.length, "item");
  const bytes = bytesIn(items);
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
          <Button look="danger" onClick={onConfirm}>
            {isAll ? `Empty Recycle Bin (${plural(items.length, "item")})` : `Delete ${what}`}
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
    </Dialog>
  );
}
