// Asks before several servers are removed from the list, and names each; nothing on the servers changes.
import { useRef, useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addressOf, removeServer } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ConfirmByName, isNamed } from "../../kit/ConfirmByName";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { settle } from "./actions";

export interface RemoveDialogProps {
  servers: readonly Server[];
  onClose: () => void;
  onRemoved: (servers: readonly Server[]) => void;
}

export function RemoveDialog({ servers, onClose, onRemoved }: RemoveDialogProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // There is no one name for several: how many they are is what may be wrong.
  const name = plural(servers.length, "server");
  const remove = async () => {
    setIsBusy(true);
    setError(null);
    try {
      await settle(servers.map((server) => removeServer(server.id, server.name)));
      onRemoved(servers);
      onClose();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      title={`Remove ${plural(servers.length, "server")}`}
      lead="HeadlessOS forgets their addresses and the windows of their workspaces, and closes their connections. Nothing changes on the servers themselves."
      tone="danger"
      isOpen
      onClose={onClose}
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" isBusy={isBusy} disabled={!isNamed(typed, name)} onClick={() => void remove()}>
            Remove {plural(servers.length, "server")}
          </Button>
        </>
      }
    >
      <ul aria-label="Servers to remove" tabIndex={0} className="max-h-60 overflow-y-auto rounded-card border border-line bg-card px-3 py-1.5">
        {servers.map((server) => (
          <li key={server.id} data-color={server.color} className="flex min-w-0 items-center gap-2.5 py-1">
            <span className="h-4 w-1 shrink-0 rounded-full bg-identity" />
            <span className="min-w-0 shrink truncate font-medium">{visibleText(server.name, 100)}</span>
            <span className="min-w-0 grow truncate text-small text-ink-faint">{visibleText(addressOf(server), 200)}</span>
          </li>
        ))}
      </ul>
      <ConfirmByName name={name} what="how many" typed={typed} onType={setTyped} onConfirm={() => void remove()} field={field} />
      {error !== null && (
        <div className="mt-3">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
    </Dialog>
  );
}
