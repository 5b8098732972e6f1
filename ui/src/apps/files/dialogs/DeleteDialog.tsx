// Asks before anything is deleted for good, and says how much that is.
import { useRef, useState } from "react";
import { useServer } from "../../../api/servers";
import { Button } from "../../../kit/Button";
import { ConfirmByName, isNamed } from "../../../kit/ConfirmByName";
import { Dialog } from "../../../kit/Dialog";
import { Notice } from "../../../kit/Notice";
import { nameOf } from "../../../lib/remotePath";
import { visibleName, visibleText } from "../../../lib/visibleText";
import { deleteForGood, moveToBin } from "../actions";
import type { FilesDialog } from "../dialogs";
import { nameOrCount } from "../words";
import { measureWords } from "./measureWords";
import { useMeasure } from "./useMeasure";

const MOST_NAMES = 8;

export interface DeleteDialogProps {
  server: string;
  dialog: Extract<FilesDialog, { kind: "delete" }>;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function DeleteDialog({ server, dialog, onClose, finalFocus }: DeleteDialogProps) {
  const { paths, hasBin, hasFolder } = dialog;
  const target = useServer(server);
  const name = target?.name ?? "";
  const [typed, setTyped] = useState("");
  // A single file is named by the button; what is more takes the server's name.
  const isBig = paths.length > 1 || hasFolder || target?.production === true;
  const mayDelete = !isBig || isNamed(typed, name);
  const measured = useMeasure(server, paths);
  const cancel = useRef<HTMLButtonElement>(null);
  const bin = () => {
    onClose();
    void moveToBin(server, paths);
  };
  const remove = () => {
    onClose();
    void deleteForGood(server, paths, isBig ? typed : name);
  };
  return (
    <Dialog
      title={`Delete ${nameOrCount(paths)} for good?`}
      tone="danger"
      isOpen
      onClose={onClose}
      initialFocus={cancel}
      finalFocus={finalFocus}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            Cancel
          </Button>
          {hasBin && <Button onClick={bin}>Move to the Recycle Bin</Button>}
          <Button look="danger" disabled={!mayDelete} onClick={remove} className="max-w-full">
            <span className="min-w-0 truncate whitespace-pre">Delete {nameOrCount(paths)}</span>
          </Button>
        </>
      }
    >
      <ul className="mb-3 max-h-44 overflow-y-auto rounded-card border border-line bg-card px-3 py-1.5" tabIndex={0} aria-label="What is deleted">
        {paths.slice(0, MOST_NAMES).map((path) => (
          <li key={path} className="truncate" title={visibleText(path, 600)}>
            <bdi className="whitespace-pre">{visibleName(nameOf(path), 200)}</bdi>
          </li>
        ))}
        {paths.length > MOST_NAMES && <li className="text-ink-faint">and {(paths.length - MOST_NAMES).toLocaleString("en-GB")} more</li>}
      </ul>
      <p role="status" className="figures text-ink-soft">
        {measureWords(measured)}
      </p>
      <div className="mt-3">
        <Notice tone="warn" title="This cannot be undone">
          {hasBin ? "In the Recycle Bin it could be restored." : "This server has no Recycle Bin that can be used."}
        </Notice>
      </div>
      {isBig && <ConfirmByName name={name} what="the server's name" typed={typed} onType={setTyped} onConfirm={remove} />}
    </Dialog>
  );
}
