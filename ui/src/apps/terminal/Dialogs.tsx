// The dialogs of the app; the large ones are fetched when they are first opened.
import { later } from "../../kit/later";
import type { Server } from "../../api/types";
import { CloseDialog } from "./CloseDialog";
import { pasteInto, useBroadcast } from "./broadcast";
import { KeysDialog } from "./KeysDialog";
import { PasteDialog } from "./PasteDialog";
import type { Commands } from "./useCommands";

const TerminalSettings = later(async () => (await import("./settings/TerminalSettings")).TerminalSettings);
const SnippetsDialog = later(async () => (await import("./snippets/SnippetsDialog")).SnippetsDialog);
const RecordingsDialog = later(async () => (await import("./recordings/RecordingsDialog")).RecordingsDialog);

export interface DialogsProps {
  server: Server;
  commands: Commands;
  isFullScreen: boolean;
}

export function Dialogs({ commands, isFullScreen }: DialogsProps) {
  const { dialog, closeDialog } = commands;
  const listeners = useBroadcast((state) => state.listeners);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "settings":
      return <TerminalSettings open onClose={closeDialog} />;
    case "snippets":
      return (
        <SnippetsDialog
          open
          onClose={closeDialog}
          onInsert={(text, run) => {
            commands.insert(text, run);
            closeDialog();
          }}
        />
      );
    case "recordings":
      return <RecordingsDialog open onClose={closeDialog} />;
    case "keys":
      return <KeysDialog isFullScreen={isFullScreen} onFullScreen={() => commands.run("fullScreen")} onClose={closeDialog} />;
    case "close":
      return <CloseDialog question={dialog.question} onConfirm={() => commands.confirmClose(dialog.question.terminals)} onClose={closeDialog} />;
    case "paste":
      return (
        <PasteDialog
          text={dialog.text}
          receivers={listeners.has(dialog.terminal) ? listeners.size : 1}
          onPaste={(text) => pasteInto(dialog.terminal, text)}
          onClose={closeDialog}
        />
      );
  }
}
