// The dialog that is open over the desktop, if any: what the user asked for first, then what a server asks.
import type { Server } from "../api/types";
import { later } from "../kit/later";
import { useShell, type OpenDialog } from "./shell";

const ServerDialog = later(async () => (await import("./servers/ServerDialog")).ServerDialog);
const RemoveServerDialog = later(async () => (await import("./servers/RemoveServerDialog")).RemoveServerDialog);
const TestServerDialog = later(async () => (await import("./servers/TestServerDialog")).TestServerDialog);
const QuestionDialog = later(async () => (await import("./servers/QuestionDialog")).QuestionDialog);
const ConnectionDialog = later(async () => (await import("./servers/ConnectionDialog")).ConnectionDialog);
const AdministratorDialog = later(async () => (await import("./servers/AdministratorDialog")).AdministratorDialog);
const ShortcutsDialog = later(async () => (await import("./ShortcutsDialog")).ShortcutsDialog);

export function Dialogs({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const dialog = useShell((shell) => shell.dialog);
  if (dialog !== null) return render(dialog, servers);
  if (active.state.status !== "question") return null;
  const { question } = active.state;
  return <QuestionDialog key={`${active.id} ${question.id}`} server={active} question={question} />;
}

function render(dialog: OpenDialog, servers: readonly Server[]) {
  if (dialog.kind === "shortcuts") return <ShortcutsDialog />;
  if (dialog.kind === "addServer") return <ServerDialog servers={servers} edited={null} draft={dialog.draft ?? null} />;
  const server = servers.find((each) => each.id === dialog.id);
  if (server === undefined) return null;
  if (dialog.kind === "testServer") return <TestServerDialog server={server} draft={dialog.draft} />;
  if (dialog.kind === "connection") return <ConnectionDialog server={server} />;
  if (dialog.kind === "administrator") return <AdministratorDialog key={dialog.id} server={server} retry={dialog.retry} />;
  return dialog.kind === "editServer" ? <ServerDialog servers={servers} edited={server} /> : <RemoveServerDialog server={server} />;
}
