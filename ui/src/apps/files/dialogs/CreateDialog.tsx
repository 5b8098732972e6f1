// Makes a new folder, file or link: its name, checked as one types, and for a link where it leads.
import { useRef, useState, type FormEvent } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { knownFolder } from "../../../api/folders";
import type { ErrorBody } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { freeName, joinPath, mistakeInName, nameOf } from "../../../lib/remotePath";
import { create } from "../actions";
import type { FilesDialog } from "../dialogs";
import { goTo, select } from "../explorer";
import { only } from "../selection";
import { folderName } from "../words";

const WORDS = {
  folder: { title: "New folder", name: "New folder", action: "Create folder" },
  file: { title: "New file", name: "New file.txt", action: "Create file" },
  link: { title: "New link", name: "New link", action: "Create link" },
} as const;

export interface CreateDialogProps {
  server: string;
  dialog: Extract<FilesDialog, { kind: "create" }>;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function CreateDialog({ server, dialog, onClose, finalFocus }: CreateDialogProps) {
  const { what, folder, tab } = dialog;
  const words = WORDS[what];
  const taken = new Set(knownFolder(server, folder)?.items.map((item) => item.name) ?? []);
  const [name, setName] = useState(() => startName(dialog.target === "" ? words.name : nameOf(dialog.target), taken));
  const [target, setTarget] = useState(dialog.target);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const mistake = mistakeInName(name) ?? (taken.has(name) ? "The name is taken." : null);
  const canCreate = mistake === null && (what !== "link" || target !== "");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!canCreate) return;
    setIsBusy(true);
    setError(null);
    const path = joinPath(folder, name);
    try {
      await create(server, path, what, target);
      goTo(server, tab, folder);
      select(tab, only(path));
      onClose();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      title={words.title}
      lead={`In ${folderName(folder)}`}
      isOpen
      onClose={onClose}
      initialFocus={input}
      finalFocus={finalFocus}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form="files-create" isBusy={isBusy} disabled={!canCreate}>
            {words.action}
          </Button>
        </>
      }
    >
      <form id="files-create" onSubmit={(event) => void submit(event)} className="flex flex-col gap-3">
        <Field label="Name" ref={input} value={name} mistake={name === "" ? null : mistake} spellCheck={false} autoComplete="off" onFocus={(event) => event.target.select()} onChange={(event) => setName(event.target.value)} />
        {what === "link" && <Field label="Leads to" hint="A path from / or from the folder of the link." isMono value={target} spellCheck={false} autoComplete="off" onChange={(event) => setTarget(event.target.value)} />}
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </form>
    </Dialog>
  );
}

function startName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? freeName(name, "", (each) => taken.has(each)) : name;
}
