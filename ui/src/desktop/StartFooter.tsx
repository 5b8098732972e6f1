// The foot of the start menu: which server this is, as whom, and the way out.
import { ArrowLeftRight, Keyboard, Lock, Plug, Shield, Unplug } from "lucide-react";
import { describeConnection } from "../api/connectionWords";
import { lock } from "../api/program";
import { addressOf, connect } from "../api/servers";
import type { Server } from "../api/types";
import { IconButton } from "../kit/IconButton";
import { StatusMark } from "../kit/StatusMark";
import { disconnectWithReceipt } from "./receipts";
import { openDialog, setPanel } from "./shell";

const ICON = { size: 17, strokeWidth: 1.75 };

export function StartFooter({ active, onRun }: { active: Server; onRun: (entry: { run: () => void }) => void }) {
  const { mark, word } = describeConnection(active.state);
  const isIdle = active.state.status === "disconnected" || active.state.status === "failed";
  return (
    <footer className="flex items-center gap-3 border-t border-line bg-window px-4 py-2.5" data-color={active.color}>
      <span className="grid size-8 shrink-0 place-items-center rounded-full border-2 border-identity bg-card text-small font-semibold uppercase">
        {active.name.slice(0, 1)}
      </span>
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{active.name}</p>
        <p className="truncate text-small text-ink-faint">{addressOf(active)}</p>
      </div>
      <span className="flex items-center gap-1.5 text-small text-ink-soft max-wide:hidden">
        <StatusMark mark={mark} />
        {word}
      </span>
      {isIdle ? (
        <IconButton label="Connect" tooltipSide="top" icon={<Plug {...ICON} />} onClick={() => onRun({ run: () => void connect(active.id).catch(() => undefined) })} />
      ) : (
        <IconButton
          label="Disconnect"
          tooltipSide="top"
          icon={<Unplug {...ICON} />}
          onClick={() => onRun({ run: () => void disconnectWithReceipt(active) })}
        />
      )}
      {active.state.status === "connected" && active.administrator.status === "limited" && (
        <IconButton
          label="Administrator access"
          tooltipSide="top"
          className="wide:hidden"
          icon={<Shield {...ICON} />}
          onClick={() => onRun({ run: () => openDialog({ kind: "administrator", id: active.id, retry: null }) })}
        />
      )}
      <IconButton label="Switch server" tooltipSide="top" icon={<ArrowLeftRight {...ICON} />} onClick={() => setPanel("switcher")} />
      <IconButton label="Lock" tooltipSide="top" icon={<Lock {...ICON} />} onClick={() => onRun({ run: lock })} />
      <IconButton
        label="Keyboard shortcuts"
        tooltipSide="top"
        className="max-wide:hidden"
        icon={<Keyboard {...ICON} />}
        onClick={() => onRun({ run: () => openDialog({ kind: "shortcuts" }) })}
      />
    </footer>
  );
}
