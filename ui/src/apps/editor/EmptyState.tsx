// Fills the editor while no file is open: how to open one, or why none can be.
import { FileText } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useHome } from "../../api/files";
import { addressOf } from "../../api/servers";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { Field } from "../../kit/Field";
import type { AppProps } from "../manifest";
import { asPath, mistakeInPath } from "./Dialogs";

export function EmptyState({ server, shell, onOpen }: AppProps & { onOpen: (path: string) => void }) {
  const [typed, setTyped] = useState("");
  const [mistake, setMistake] = useState<string | null>(null);
  const isConnected = server.state.status === "connected";
  const { home } = useHome(server.id, isConnected);
  const connecting = useConnecting(server);

  if (!isConnected) return <ConnectPanel name={server.name} line={addressOf(server)} {...connecting} />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = mistakeInPath(typed);
    setMistake(found);
    if (found === null) onOpen(asPath(typed, home?.path ?? "/"));
  };
  const form = (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Path of the file" isMono placeholder="/etc/hosts" hint="A file that is not there yet can be created." mistake={mistake} value={typed} autoComplete="off" spellCheck={false} onChange={({ target }) => setTyped(target.value)} />
      <div className="flex flex-wrap justify-center gap-2">
        <Button onClick={() => shell.openFolder(server.id, home?.path ?? "/")}>Browse files</Button>
        <Button look="primary" type="submit">
          Open
        </Button>
      </div>
    </form>
  );
  return <CentrePanel icon={FileText} title="No file is open" line="Open one from the File Explorer, or by its path." content={form} />;
}
