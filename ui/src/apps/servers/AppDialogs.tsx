// The dialogs of the server manager; their code comes when one opens.
import type { Server } from "../../api/types";
import { later } from "../../kit/later";

const ImportDialog = later(async () => (await import("./import/ImportDialog")).ImportDialog);
const KeysDialog = later(async () => (await import("./keys/KeysDialog")).KeysDialog);
const RemoveDialog = later(async () => (await import("./RemoveDialog")).RemoveDialog);

export type AppDialog =
  | { kind: "import" }
  /** With a server, to install a key there. */
  | { kind: "keys"; server: Server | null }
  | { kind: "remove"; servers: readonly Server[] };

export interface AppDialogsProps {
  dialog: AppDialog | null;
  servers: readonly Server[];
  onClose: () => void;
  onRemoved: (servers: readonly Server[]) => void;
}

export function AppDialogs({ dialog, servers, onClose, onRemoved }: AppDialogsProps) {
  switch (dialog?.kind) {
    case "import":
      return <ImportDialog onClose={onClose} />;
    case "keys":
      // As it is now: it may have connected since.
      return <KeysDialog server={servers.find((each) => each.id === dialog.server?.id) ?? null} onClose={onClose} />;
    case "remove":
      return <RemoveDialog servers={dialog.servers} onClose={onClose} onRemoved={onRemoved} />;
    case undefined:
      return null;
  }
}
