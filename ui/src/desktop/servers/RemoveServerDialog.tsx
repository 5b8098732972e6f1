// Asks before a server is removed from the list; nothing on the server itself changes, and it says so.
import { useRef, useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addressOf, removeServer, THIS_COMPUTER } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ConfirmByName, isNamed } from "../../kit/ConfirmByName";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { closeDialog, showServer } from "../shell";
import { forgetWorkspace, useWorkspaces } from "../workspaces";

export function RemoveServerDialog({ server }: { server: Server }) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // One that is not saved is forgotten anyway.
  const mayRemove = !server.saved || isNamed(typed, server.name);

  const remove = async () => {
    setIsBusy(true);
    try {
      await removeServer(server.id, typed);
      closeDialog();
      if (useWorkspaces.getState().active === server.id) showServer(THIS_COMPUTER);
      forgetWorkspace(server.id);
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      title={`Remove ${server.name}`}
      lead={addressOf(server)}
      tone="danger"
      isOpen
      onClose={closeDialog}
      initialFocus={field}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="danger" isBusy={isBusy} disabled={!mayRemove} onClick={() => void remove()}>
            Remove server {server.name}
          </Button>
        </>
      }
    >
      <p>HeadlessOS forgets its address, the windows of its workspace and what the keychain holds for it, and closes the connection.</p>
      <p className="mt-2 text-ink-soft">Nothing changes on the server itself.</p>
      {server.saved && <ConfirmByName name={server.name} what="the server's name" typed={typed} onType={setTyped} onConfirm={() => void remove()} field={field} />}
      {error !== null && (
        <div className="mt-3">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
    </Dialog>
  );
}
