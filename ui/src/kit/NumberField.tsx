// A number that is typed or stepped (buttons, arrow keys): taken over on Enter, on leaving or on a step, and only when it lies in its range.
import { Minus, Plus } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { classes } from "../lib/classes";
import { clamp } from "../lib/numbers";
import { Labelled } from "./Labelled";

export interface NumberFieldProps {
  label: string;
  /** What stands behind the number, such as `px`; read out with the name. */
  unit?: string;
  value: number;
  least: number;
  most: number;
  step: number;
  onCommit: (value: number) => void;
  className?: string;
}

const ICON = { size: 14, strokeWidth: 2 } as const;

export function NumberField({ label, unit, value, least, most, step, onCommit, className }: NumberFieldProps) {
  /** What is being typed; null while the value itself is shown. */
  const [draft, setDraft] = useState<string | null>(null);
  const mistake = draft === null || isFine(draft, least, most) ? null : `A number from ${least} to ${most}.`;

  const commit = () => {
    if (draft === null || !isFine(draft, least, most)) return;
    setDraft(null);
    if (asNumber(draft) !== value) onCommit(asNumber(draft));
  };
  const move = (steps: number) => {
    const from = draft !== null && isFine(draft, least, most) ? asNumber(draft) : value;
    setDraft(null);
    // Without the dust of adding tenths.
    const next = clamp(Number((from + steps * step).toFixed(4)), least, most);
    if (next !== value) onCommit(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") move(event.key === "ArrowUp" ? 1 : -1);
    else return;
    event.preventDefault();
  };

  return (
    <Labelled
      label={
        <>
          {label}
          {unit !== undefined && <span className="font-normal text-ink-faint"> ({unit})</span>}
        </>
      }
      mistake={mistake}
      className={className}
    >
      {({ border, ...control }) => (
        <div
          className={classes(
            "flex h-8 items-stretch rounded-control border bg-card has-focus-visible:outline-2 has-focus-visible:outline-accent-ink max-wide:h-11",
            border,
          )}
        >
          <Step label={`Less: ${label}`} isDisabled={value <= least} onPress={() => move(-1)} icon={<Minus {...ICON} />} />
          <input
            {...control}
            role="spinbutton"
            inputMode="decimal"
            autoComplete="off"
            aria-valuenow={value}
            aria-valuemin={least}
            aria-valuemax={most}
            value={draft ?? String(value)}
            onChange={(event) => setDraft(event.target.value)}
            onBlur={commit}
            onKeyDown={onKeyDown}
            className="figures w-0 min-w-0 grow bg-transparent text-center text-ink outline-none"
          />
          <Step label={`More: ${label}`} isDisabled={value >= most} onPress={() => move(1)} icon={<Plus {...ICON} />} />
        </div>
      )}
    </Labelled>
  );
}

/** The arrow keys do the same, so that the Tab key need not stop here. */
function Step({ label, icon, isDisabled, onPress }: { label: string; icon: React.ReactNode; isDisabled: boolean; onPress: () => void }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={label}
      disabled={isDisabled}
      onClick={onPress}
      className="grid w-7 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed disabled:opacity-40 max-wide:w-11"
    >
      {icon}
    </button>
  );
}

/** With a comma too, as half the world types it. */
function asNumber(text: string): number {
  return Number(text.trim().replace(",", "."));
}

function isFine(text: string, least: number, most: number): boolean {
  const number = asNumber(text);
  return text.trim() !== "" && number >= least && number <= most;
}
