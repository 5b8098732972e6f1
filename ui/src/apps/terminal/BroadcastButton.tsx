// Who hears what is typed: one terminal, or several at once.
import { RadioTower } from "lucide-react";
import { useId } from "react";
import type { Terminal } from "../../api/types";
import { Button } from "../../kit/Button";
import { IconButton } from "../../kit/IconButton";
import { Popover } from "../../kit/Popover";
import { classes } from "../../lib/classes";
import type { Audience } from "./broadcast";
import { titleOf } from "./names";

export interface BroadcastButtonProps {
  terminals: readonly Terminal[];
  audience: Audience | null;
  onAudience: (audience: Audience | null) => void;
  /** Closed, and nothing else has the focus. */
  onDone: () => void;
}

const CHOICES = [
  { value: "none", label: "This terminal only" },
  { value: "tab", label: "All panes of the shown tab" },
  { value: "server", label: "All terminals of this server" },
  { value: "chosen", label: "Chosen terminals" },
] as const;
type Choice = (typeof CHOICES)[number]["value"];

export function BroadcastButton({ terminals, audience, onAudience, onDone }: BroadcastButtonProps) {
  const name = useId();
  const choice: Choice = audience?.kind ?? "none";
  const chosen = audience?.kind === "chosen" ? audience.terminals : [];
  const choose = (value: Choice) => {
    if (value === "none") onAudience(null);
    else onAudience(value === "chosen" ? { kind: "chosen", terminals: terminals.map((each) => each.id) } : { kind: value });
  };
  const toggle = (id: string) =>
    onAudience({ kind: "chosen", terminals: chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id] });

  /** What comes next is typed. */
  const leave = () => {
    window.setTimeout(() => document.activeElement === document.body && onDone());
    return false;
  };

  return (
    <Popover
      label="Send input to"
      align="end"
      returnsFocus={leave}
      className="flex w-72 flex-col gap-3 p-4"
      trigger={
        <IconButton
          label="Send input to several terminals"
          aria-pressed={audience !== null}
          icon={<RadioTower size={16} strokeWidth={1.75} />}
          className={classes(audience !== null && "bg-accent text-on-solid hover:bg-accent-hover hover:text-on-solid")}
        />
      }
    >
      <fieldset className="flex flex-col">
        <legend className="mb-1 font-semibold">Send what is typed to</legend>
        {CHOICES.map(({ value, label }) => (
          <label key={value} className="flex h-7 items-center gap-2 max-wide:h-11">
            <input type="radio" name={name} checked={choice === value} onChange={() => choose(value)} className="accent-accent" />
            {label}
          </label>
        ))}
        {choice === "chosen" && (
          <div className="mt-1 ml-5 flex max-h-48 flex-col overflow-y-auto border-l border-line pl-3">
            {terminals.map((terminal) => (
              <label key={terminal.id} className="flex h-7 shrink-0 items-center gap-2 max-wide:h-11">
                <input type="checkbox" checked={chosen.includes(terminal.id)} onChange={() => toggle(terminal.id)} className="accent-accent" />
                <bdi className="truncate">{titleOf(terminal)}</bdi>
                <span className="figures ml-auto text-small text-ink-faint">{terminal.number}</span>
              </label>
            ))}
          </div>
        )}
      </fieldset>
      {audience !== null && (
        <>
          <p className="text-small text-ink-soft">Every terminal that receives input has a coloured frame and says so. Mouse reports stay where the mouse is.</p>
          <Button onClick={() => onAudience(null)}>Stop sending to several</Button>
        </>
      )}
    </Popover>
  );
}
