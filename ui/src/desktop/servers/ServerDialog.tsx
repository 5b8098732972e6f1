// The dialog that adds a server or changes one; adding ends in its workspace, connecting.
import { useRef, useState, type SyntheticEvent } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addUnsaved } from "../../api/serverManager";
import { addressOf, addServer, changeServer, isFromConfig } from "../../api/servers";
import { COLORS, type ErrorBody, type Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { closeDialog, openDialog, openServer } from "../shell";
import { KeptSecrets } from "./KeptSecrets";
import { asNewServer, asServerChange, mistakesIn, splitAddress, startForm, type ServerForm } from "./serverForm";
import { ServerFields } from "./ServerFields";

const FORM_ID = "server-form";

export interface ServerDialogProps {
  servers: readonly Server[];
  /** The server that is changed; null: a new one. One of the SSH configuration is not changed: a copy of it is saved. */
  edited: Server | null;
  /** What a new one starts with. */
  draft?: ServerForm | null;
}

export function ServerDialog({ servers, edited: given, draft = null }: ServerDialogProps) {
  const isCopy = given !== null && isFromConfig(given);
  const edited = isCopy ? null : given;
  const freeColor = COLORS.find((color) => !servers.some((server) => server.color === color)) ?? "blue";
  const [form, setForm] = useState<ServerForm>(() => draft ?? startForm(given, freeColor));
  const [isChecked, setIsChecked] = useState(false);
  const [busy, setBusy] = useState<"save" | "test" | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const host = useRef<HTMLInputElement>(null);
  const set = (change: Partial<ServerForm>) => setForm((before) => ({ ...before, ...change }));

  /** The form as it can be sent; null where something has to be put right first. */
  const checked = (): ServerForm | null => {
    const sent = { ...form, ...splitAddress(form.host) };
    setForm(sent);
    setIsChecked(true);
    if (Object.keys(mistakesIn(sent)).length === 0) return sent;
    const formElement = document.getElementById(FORM_ID);
    window.requestAnimationFrame(() => formElement?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    return null;
  };
  const send = async (what: "save" | "test", action: (sent: ServerForm) => Promise<void>) => {
    const sent = checked();
    if (sent === null) return;
    setBusy(what);
    setError(null);
    try {
      await action(sent);
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setBusy(null);
    }
  };
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    void send("save", async (sent) => {
      const server = edited === null ? await addServer(asNewServer(sent)) : await changeServer(edited.id, asServerChange(sent));
      closeDialog();
      if (edited === null) openServer(server.id);
    });
  };
  const test = () =>
    void send("test", async (sent) => {
      const server = await addUnsaved(asNewServer(sent));
      openDialog({ kind: "testServer", id: server.id, draft: sent });
    });

  return (
    <Dialog
      title={isCopy ? `Save a copy of ${given.name}` : edited === null ? "Add server" : "Edit server"}
      lead={isCopy ? "It comes from your SSH configuration, which stays as it is." : edited === null ? "Any Linux machine you can reach over SSH. Nothing is installed on it." : addressOf(edited)}
      isOpen
      onClose={closeDialog}
      closesOutside={false}
      initialFocus={host}
      footer={
        <>
          {edited === null && (
            <Button look="quiet" isBusy={busy === "test"} disabled={busy !== null} onClick={test} className="wide:mr-auto">
              Test connection
            </Button>
          )}
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={FORM_ID} isBusy={busy === "save"} disabled={busy !== null}>
            {edited === null ? "Add and connect" : "Save changes"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} noValidate onSubmit={save} className="flex flex-col gap-4 pt-1">
        <ServerFields form={form} mistakes={isChecked ? mistakesIn(form) : {}} servers={servers} host={host} set={set} />
        {edited !== null && <KeptSecrets server={edited} />}
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </form>
    </Dialog>
  );
}
