// The one dialog of the editor that is open, if any.
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { ENCODINGS, type Encoding } from "../../lib/textEncoding";
import { asPath, AskDialog, CloseDialog, HardLinkDialog, KeysDialog, mistakeInPath } from "./Dialogs";
import { changeFile, type OpenFile } from "./documents";
import { EncodingDialog } from "./EncodingDialog";
import { asLanguage, LANGUAGES } from "../../kit/code/languageOf";
import { loadFile, openFile, setLanguage } from "./opening";
import { PickDialog } from "./PickDialog";
import { saveFile } from "./saving";
import { sessionOf } from "./sessions";
import type { Commands } from "./useCommands";
import { noteChange } from "./drafting";

const LANGUAGE_CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

export interface AppDialogsProps {
  server: string;
  commands: Commands;
  file: OpenFile | null;
  /** Where `~` is. */
  home: string;
  /** Where the focus goes when a dialog closes. */
  placeOfFocus: () => HTMLElement | null;
}

export function AppDialogs({ server, commands, file, home, placeOfFocus }: AppDialogsProps) {
  const { dialog } = commands;
  const common = {
    onClose: commands.closeDialog,
    finalFocus: placeOfFocus,
  };
  const done = (act: () => void) => {
    commands.closeDialog();
    act();
    commands.takeFocus();
  };

  if (dialog?.kind === "close") {
    return <CloseDialog {...common} files={dialog.files} onSave={() => commands.saveAndClose(dialog.files, dialog.after)} onDiscard={() => commands.discard(dialog.files, dialog.after)} />;
  }
  if (dialog?.kind === "open") {
    return (
      <AskDialog
        {...common}
        title="Open a file"
        label="Path of the file"
        hint="From / or from your home, ~/. A file that is not there yet can be created."
        verb="Open"
        isMono
        mistakeIn={mistakeInPath}
        onDone={(typed) => done(() => void openFile(server, asPath(typed, home)).then(commands.takeFocus))}
      />
    );
  }
  if (dialog?.kind === "keys") return <KeysDialog {...common} />;
  if (file === null) return null;
  if (file.question === "hardLinked") {
    return (
      <HardLinkDialog
        {...common}
        path={file.path}
        onClose={() => changeFile(file.id, { question: null })}
        onKeep={() => void saveFile(file.id, { isInPlace: true })}
      />
    );
  }
  switch (dialog?.kind) {
    case "reload":
      return (
        <Dialog
          title="Read the file again?"
          lead="The changes that are not saved are lost then."
          isOpen
          {...common}
          footer={
            <>
              <Button onClick={commands.closeDialog}>Cancel</Button>
              <Button look="danger" onClick={() => done(() => void loadFile(file.id).then(commands.takeFocus))}>
                Discard changes
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      );
    case "goTo":
      return file.phase.kind === "large" ? <GoToPlace commands={commands} common={common} /> : <GoToLine file={file} commands={commands} common={common} />;
    case "language":
      return <PickDialog {...common} title="Language" choices={LANGUAGE_CHOICES} value={file.language} onPick={(value) => done(() => void setLanguage(file.id, asLanguage(value)))} />;
    case "encoding":
      return (
        <EncodingDialog
          {...common}
          file={file}
          choices={ENCODINGS}
          onSaveAs={(encoding: Encoding) =>
            done(() => {
              changeFile(file.id, { encoding, problem: null });
              noteChange(file.id);
            })
          }
          onDone={() => done(() => undefined)}
        />
      );
    case undefined:
      return null;
  }
}

interface GoToProps {
  commands: Commands;
  common: { onClose: () => void; finalFocus: () => HTMLElement | null };
}

function GoToLine({ file, commands, common }: GoToProps & { file: OpenFile }) {
  const lines = sessionOf(file.id)?.view.state.doc.lines ?? 1;
  return (
    <AskDialog
      {...common}
      title="Go to a line"
      label="Line"
      hint={`1 to ${lines}`}
      verb="Go"
      mistakeIn={(typed) => (/^\s*\d+\s*$/.test(typed) ? null : "Enter a number.")}
      onDone={(typed) => commands.goTo(Number(typed))}
    />
  );
}

function GoToPlace({ commands, common }: GoToProps) {
  return (
    <AskDialog
      {...common}
      title="Go to a place in the file"
      label="Byte, or share of the whole"
      hint="Such as 1048576, 0x100000 or 75 %"
      verb="Go"
      mistakeIn={(typed) => (placeOf(typed) === null ? "Enter a number, or a number and %." : null)}
      onDone={(typed) => commands.goTo(placeOf(typed) ?? 0)}
    />
  );
}

function placeOf(typed: string): number | { percent: number } | null {
  const text = typed.trim().replace(",", ".");
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  if (share !== undefined) return { percent: Math.min(100, Number(share)) };
  return /^(\d+|0x[\da-f]+)$/i.test(text) ? Number(text) : null;
}
