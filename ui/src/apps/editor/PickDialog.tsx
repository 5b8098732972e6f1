// One of many, found by typing: the language of a file, its encoding.
import { Check } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { Dialog } from "../../kit/Dialog";
import { clamp } from "../../lib/numbers";

export interface PickDialogProps<Value extends string> {
  title: string;
  choices: readonly { value: Value; label: string; detail?: string }[];
  value: Value;
  onPick: (value: Value) => void;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function PickDialog<Value extends string>({ title, choices, value, onPick, onClose, finalFocus }: PickDialogProps<Value>) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const found = choices.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  const [marked, setMarked] = useState(() => Math.max(0, choices.findIndex((choice) => choice.value === value)));
  const at = clamp(marked, 0, found.length - 1);

  useEffect(() => {
    document.getElementById(`${id}list`)?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "center" });
  }, [id]);

  const mark = (to: number) => {
    setMarked(to);
    document.getElementById(`${id}${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") mark(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") mark(Math.max(0, at - 1));
    else if (event.key === "Enter" && found[at] !== undefined) onPick(found[at].value);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={title} isOpen onClose={onClose} initialFocus={field} finalFocus={finalFocus}>
      <input
        ref={field}
        role="combobox"
        aria-label={title}
        aria-expanded="true"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}${at}`}
        placeholder="Type to find"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setMarked(0);
        }}
        onKeyDown={onKey}
        className="mt-1 mb-2 h-8 w-full rounded-control border border-control-line bg-card px-2.5 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
      />
      <ul id={`${id}list`} role="listbox" aria-label={title} className="h-72 overflow-y-auto rounded-control bg-sunken p-1">
        {found.map((choice, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field has the keys
          <li
            key={choice.value}
            id={`${id}${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => onPick(choice.value)}
            onPointerMove={() => index !== at && setMarked(index)}
            className={`flex h-7 items-center gap-2 rounded-control px-2 select-none max-wide:h-11 ${index === at ? "bg-accent text-on-solid" : ""}`}
          >
            <span className="grid size-4 place-items-center">{choice.value === value && <Check size={14} strokeWidth={2} aria-label="now" />}</span>
            {choice.label}
            {choice.detail !== undefined && <span className={`ml-auto text-small ${index === at ? "" : "text-ink-faint"}`}>{choice.detail}</span>}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="mt-2 text-ink-faint">Nothing is called that.</p>}
    </Dialog>
  );
}
