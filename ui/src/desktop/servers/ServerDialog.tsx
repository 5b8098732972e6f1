// The dialog that adds a server or changes one; adding ends in its workspace, connecting.
import { useRef, useState, type SyntheticEvent } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addServer, changeServer } from "../../api/servers";
import { COLORS, type Auth, type ErrorBody, type Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ChoiceGroup, type Choice } from "../../kit/ChoiceGroup";
import { ColorChoice } from "../../kit/ColorChoice";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Field } from "../../kit/Field";
import { closeDialog, openServer } from "../shell";
import { KeptSecrets } from "./KeptSecrets";
import { asNewServer, asServerChange, mistakesIn, splitAddress, startForm, type ServerForm } from "./serverForm";

const METHODS: readonly Choice<Auth["method"]>[] = [
  { value: "auto", label: "Automatic" },
  { value: "password", label: "Password" },
  { value: "keyFile", label: "Key file" },
  { value: "agent", label: "SSH agent" },
];
const METHOD_WORDS: Record<Auth["method"], string> = {
  auto: "Tries the SSH agent, then the keys in ~/.ssh, then asks for a password.",
  password: "Asked for when it connects; it is kept in memory only.",
  keyFile: "An encrypted key's passphrase is asked for when it connects.",
  agent: "Uses the keys of the SSH agent on this computer.",
};
const FORM_ID = "server-form";

export function ServerDialog({ servers, edited }: { servers: readonly Server[]; edited: Server | null }) {
  const freeColor = COLORS.find((color) => !servers.some((server) => server.color === color)) ?? "blue";
  const [form, setForm] = useState<ServerForm>(() => startForm(edited, freeColor));
  const [isChecked, setIsChecked] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const host = useRef<HTMLInputElement>(null);
  const mistakes = isChecked ? mistakesIn(form) : {};
  const set = (change: Partial<ServerForm>) => setForm((before) => ({ ...before, ...change }));

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const sent = { ...form, ...splitAddress(form.host) };
    setForm(sent);
    setIsChecked(true);
    if (Object.keys(mistakesIn(sent)).length > 0) {
      const formElement = document.getElementById(FORM_ID);
      window.requestAnimationFrame(() => formElement?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    setIsBusy(true);
    setError(null);
    try {
      const server = edited === null ? await addServer(asNewServer(sent)) : await changeServer(edited.id, asServerChange(sent));
      closeDialog();
      if (edited === null) openServer(server.id);
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };

  return (
    <Dialog
      title={edited === null ? "Add server" : "Edit server"}
      lead="Any Linux machine you can reach over SSH. Nothing is installed on it."
      isOpen
      onClose={closeDialog}
      closesOutside={false}
      initialFocus={host}
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy}>
            {edited === null ? "Add and connect" : "Save changes"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pt-1">
        <div className="grid grid-cols-[1fr_88px] gap-3">
          <Field
            ref={host}
            label="Host"
            placeholder="web1.example.com or 203.0.113.7"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={form.host}
            mistake={mistakes.host ?? null}
            onChange={(event) => set({ host: event.target.value })}
            onBlur={() => set(splitAddress(form.host))}
          />
          <Field label="Port" inputMode="numeric" value={form.port} mistake={mistakes.port ?? null} onChange={(event) => set({ port: event.target.value })} />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Field
            label="User"
            placeholder="root"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={form.user}
            mistake={mistakes.user ?? null}
            onChange={(event) => set({ user: event.target.value })}
          />
          <Field
            label="Name"
            placeholder={form.host === "" ? "Same as the host" : form.host}
            autoComplete="off"
            value={form.name}
            mistake={mistakes.name ?? null}
            onChange={(event) => set({ name: event.target.value })}
          />
        </div>
        <div>
          <ChoiceGroup legend="Sign in with" choices={METHODS} value={form.method} onChange={(method) => set({ method })} />
          <p className="mt-1.5 text-small text-ink-faint">{METHOD_WORDS[form.method]}</p>
        </div>
        {form.method === "keyFile" && (
          <Field
            label="Key file"
            isMono
            placeholder="~/.ssh/id_ed25519"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={form.keyPath}
            mistake={mistakes.keyPath ?? null}
            hint="The path of the private key on this computer."
            onChange={(event) => set({ keyPath: event.target.value })}
          />
        )}
        <ColorChoice legend="Colour of its workspace" palette="identity" colors={COLORS} value={form.color} onChange={(color) => set({ color })} />
        {edited !== null && <KeptSecrets server={edited} />}
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </form>
    </Dialog>
  );
}
