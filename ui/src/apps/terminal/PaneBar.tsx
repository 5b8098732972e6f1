// The bar below a terminal whose shell is no more: what happened and the next step, beside the text and never over it.
import { CircleStop, Unplug } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import type { Terminal } from "../../api/types";
import { Button } from "../../kit/Button";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { endOf } from "./names";

export interface PaneBarProps {
  terminal: Terminal;
  /** A new shell in the same terminal; connects first where it must. */
  onRestart: () => Promise<void>;
  onClose: () => void;
}

export function PaneBar({ terminal, onRestart, onClose }: PaneBarProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const end = endOf(terminal);
  if (end === null) return null;
  const isLost = terminal.state.status === "lost";
  const Glyph = isLost ? Unplug : CircleStop;
  const restart = async () => {
    setIsBusy(true);
    setRefusal(null);
    await onRestart().catch((thrown: unknown) => setRefusal(describeError(asErrorBody(thrown)).message));
    setIsBusy(false);
  };
  return (
    <div
      role="status"
      className={classes("flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-t border-line px-2.5 py-1", isLost ? "bg-warn-ground" : "bg-sunken")}
    >
      <Glyph size={15} strokeWidth={1.75} className={classes("shrink-0", isLost ? "text-warn" : "text-ink-faint")} aria-hidden="true" />
      <p className="min-w-0 grow basis-40 text-small [overflow-wrap:anywhere] text-ink">
        <bdi>{end}</bdi>
        {refusal !== null && <bdi className="text-bad"> {visibleText(refusal, 600)}</bdi>}
      </p>
      <Button look="primary" isBusy={isBusy} onClick={() => void restart()}>
        {isLost ? "Reconnect" : "Start again"}
      </Button>
      <Button onClick={onClose}>
        Close
      </Button>
    </div>
  );
}
