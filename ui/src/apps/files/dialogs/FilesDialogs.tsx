// The dialog that is open in this explorer, if any.
import { Dialog } from "../../../kit/Dialog";
import { closeDialog, useDialogs } from "../dialogs";
import { KEY_HELP } from "../keys";
import { CreateDialog } from "./CreateDialog";
import { DeleteDialog } from "./DeleteDialog";
import { PropertiesDialog } from "./PropertiesDialog";
import { RenameManyDialog } from "./RenameManyDialog";

export function FilesDialogs({ server, finalFocus }: { server: string; finalFocus: () => HTMLElement | null }) {
  const dialog = useDialogs((state) => state.dialogs[server]);
  const common = { server, onClose: () => closeDialog(server), finalFocus };
  switch (dialog?.kind) {
    case "create":
      return <CreateDialog {...common} dialog={dialog} />;
    case "delete":
      return <DeleteDialog {...common} dialog={dialog} />;
    case "properties":
      return <PropertiesDialog {...common} dialog={dialog} />;
    case "renameMany":
      return <RenameManyDialog {...common} dialog={dialog} />;
    case "keys":
      return (
        <Dialog title="Keys of the File Explorer" isOpen onClose={common.onClose} isText finalFocus={finalFocus}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5">
            {KEY_HELP.map(({ keys, what }) => (
              <div key={keys} className="contents">
                <dt className="font-medium">{keys}</dt>
                <dd className="text-ink-soft">{what}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      );
    case undefined:
      return null;
  }
}
