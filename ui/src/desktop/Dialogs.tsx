// The dialog that is open over the desktop, if any: what the user asked for first, then what a server asks.
import { lazy, Suspense } from "react";
import type { Server } from "../api/types";
import { useShell, type OpenDialog } from "./shell";

const ServerDialog = lazy(async () => ({ default: (await import("./servers/ServerDialog")).ServerDialog }));
const RemoveServerDialog = lazy(async () => ({ default: (await import("./servers/RemoveServerDialog")).RemoveServerDialog }));
const QuestionDialog = lazy(async () => ({ default: (await import("./servers/QuestionDialog")).QuestionDialog }));
const ShortcutsDialog = lazy(async () => ({ default: (await import("./ShortcutsDialog")).ShortcutsDialog }));

export function Dialogs({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const dialog = useShell((shell) => shell.dialog);
  if (dialog !== null) return <Suspense>{render(dialog, servers)}</Suspense>;
  if (active.state.status !== "question") return null;
  const { question } = active.state;
  return (
    <Suspense>
      <QuestionDialog key={`${active.id} ${question.id}`} server={active} question={question} />
    </Suspense>
  );
}

function render(dialog: OpenDialog, servers: readonly Server[]) {
  if (dialog.kind === "shortcuts") return <ShortcutsDialog />;
  if (dialog.kind === "addServer") return <ServerDialog servers={servers} edited={null} />;
  const server = servers.find((each) => each.id === dialog.id);
  if (server === undefined) return null;
  return dialog.kind === "editServer" ? <ServerDialog servers={servers} edited={server} /> : <RemoveServerDialog server={server} />;
}
