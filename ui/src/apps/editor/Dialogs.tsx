// The questions of the editor: what becomes of unsaved changes, where to go, which file to open, what the keys do.
import { useRef, useState, type FormEvent } from "react";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { Field } from "../../kit/Field";
import { ServerText } from "../../kit/ServerText";
import { plural } from "../../lib/numbers";
import { nameOf, resolvePath } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { OpenFile } from "./documents";
import { KEY_HELP } from "./keys";

interface Common {
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export interface CloseDialogProps extends Common {
  files: readonly OpenFile[];
  onSave: () => Promise<void>;
  onDiscard: () => void;
}

export function CloseDialog({ files, onSave, onDiscard, onClose, finalFocus }: CloseDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const save = useRef<HTMLButtonElement>(null);
  const isOne = files.length === 1;
  const name = visibleText(nameOf(files[0]?.path ?? ""), 80);
  return (
    <Dialog
      title={isOne ? `Save the changes to ${name}?` : `Save the changes to ${plural(files.length, "file")}?`}
      isOpen
      onClose={onClose}
      initialFocus={save}
      finalFocus={finalFocus}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" onClick={onDiscard}>
            Discard changes
          </Button>
          <Button
            ref={save}
            look="primary"
            isBusy={isBusy}
            onClick={() => {
              setIsBusy(true);
              void onSave().finally(() => setIsBusy(false));
            }}
          >
            {isOne ? "Save" : "Save all"}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-1">
        {files.map((file) => (
          <li key={file.id}>
            <ServerText isMono wraps maxChars={400}>
              {file.path}
            </ServerText>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export function HardLinkDialog({ path, onKeep, onClose, finalFocus }: Common & { path: string; onKeep: () => void }) {
  const cancel = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      title="Save into the file itself?"
      isOpen
      onClose={onClose}
      initialFocus={cancel}
      finalFocus={finalFocus}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={onKeep}>
            Save in place
          </Button>
        </>
      }
    >
      <ServerText isMono wraps maxChars={400}>
        {path}
      </ServerText>
      <p className="mt-2">The file has other names (hard links), or an owner that a new file could not have. Saving in place keeps both. Should the connection break in that moment, the file may be left half written; your text stays here as a draft.</p>
    </Dialog>
  );
}

export interface AskDialogProps extends Common {
  title: string;
  label: string;
  hint: string;
  verb: string;
  start?: string;
  isMono?: boolean;
  /** Null when it is fine. */
  mistakeIn: (typed: string) => string | null;
  onDone: (typed: string) => void;
}

/** One line to be typed: a line number, a path. */
export function AskDialog({ title, label, hint, verb, start = "", isMono = false, mistakeIn, onDone, onClose, finalFocus }: AskDialogProps) {
  const [typed, setTyped] = useState(start);
  const [mistake, setMistake] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = mistakeIn(typed);
    setMistake(found);
    if (found === null) onDone(typed);
  };
  return (
    <Dialog title={title} isOpen onClose={onClose} initialFocus={field} finalFocus={finalFocus}>
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field ref={field} label={label} hint={hint} mistake={mistake} isMono={isMono} value={typed} autoComplete="off" spellCheck={false} onChange={({ target }) => setTyped(target.value)} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function KeysDialog({ onClose, finalFocus }: Common) {
  return (
    <Dialog title="Keys of the editor" isText isOpen onClose={onClose} finalFocus={finalFocus}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-2">
        {KEY_HELP.map(({ keys, what }) => (
          <div key={keys} className="contents">
            <dt className="text-ink-soft">{keys}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** Why a text cannot be the path of a file; null when it can. */
export function mistakeInPath(typed: string): string | null {
  const path = typed.trim();
  if (path === "") return "Enter the path of a file.";
  if (!path.startsWith("/") && !path.startsWith("~/")) return "Begin with / or ~/.";
  return path.endsWith("/") ? "This is a folder." : null;
}

export function asPath(typed: string, home: string): string {
  return resolvePath(typed.trim(), home, home);
}
