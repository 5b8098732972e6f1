// The switch in the tray between limited and administrator access of the shown server, and the mark that says it is on.
import { Shield, ShieldCheck } from "lucide-react";
import type { Server } from "../../api/types";
import { Tooltip } from "../../kit/Tooltip";
import { classes } from "../../lib/classes";
import { openDialog } from "../shell";

export function AdministratorSwitch({ server }: { server: Server }) {
  const { status } = server.administrator;
  if (server.state.status !== "connected") return null;
  if (status === "always") return <Mark words="Signed in as root" />;
  const isOn = status === "on";
  return (
    <Tooltip text={isOn ? "Administrator access is on" : "Turn on administrator access"} side="top">
      <button
        type="button"
        role="switch"
        aria-checked={isOn}
        aria-label="Administrator access"
        onClick={() => openDialog({ kind: "administrator", id: server.id, retry: null })}
        className={classes(
          "flex h-10 min-w-10 shrink-0 items-center justify-center gap-1.5 rounded-control px-2.5 hover:bg-hover active:bg-pressed max-wide:h-11 max-wide:min-w-11",
          // On a phone the way to it is in the start menu; what is on is seen.
          isOn ? "bg-warn-ground text-warn" : "text-ink-soft max-wide:hidden",
        )}
      >
        {isOn ? <ShieldCheck size={17} strokeWidth={1.75} aria-hidden="true" /> : <Shield size={17} strokeWidth={1.75} aria-hidden="true" />}
        {isOn && <span className="text-small font-medium max-wide:hidden">Administrator</span>}
      </button>
    </Tooltip>
  );
}

function Mark({ words }: { words: string }) {
  return (
    <Tooltip text={words} side="top">
      <span role="img" aria-label={words} tabIndex={0} className="grid h-10 min-w-10 shrink-0 place-items-center rounded-control text-warn max-wide:h-11">
        <ShieldCheck size={17} strokeWidth={1.75} aria-hidden="true" />
      </span>
    </Tooltip>
  );
}

/** Beside a window's name: what is done in it is done as root. */
export function AdministratorMark() {
  return (
    <span className="flex shrink-0 items-center gap-1 rounded-control bg-warn-ground px-1.5 text-caption font-medium text-warn">
      <ShieldCheck size={12} strokeWidth={2} aria-hidden="true" />
      Administrator
    </span>
  );
}
