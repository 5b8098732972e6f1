// The keys that a phone's keyboard lacks; Ctrl and Alt stay down for the next key.
import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp } from "lucide-react";
import type { PointerEvent, ReactNode } from "react";
import { classes } from "../../lib/classes";
import { releaseHeld, useHeld } from "./held";
import { keyInput, type NamedKey } from "./keyRow";
import { panes } from "./paneSession";

const ICON = { size: 17, strokeWidth: 1.75 };

interface RowKey {
  name: string;
  face: ReactNode;
  /** A key, or the text that it types. */
  key: NamedKey | { text: string } | "ctrl" | "alt";
}

const KEYS: readonly RowKey[] = [
  { name: "Esc", face: "Esc", key: "escape" },
  { name: "Tab", face: "Tab", key: "tab" },
  { name: "Ctrl", face: "Ctrl", key: "ctrl" },
  { name: "Alt", face: "Alt", key: "alt" },
  { name: "Left", face: <ArrowLeft {...ICON} />, key: "left" },
  { name: "Up", face: <ArrowUp {...ICON} />, key: "up" },
  { name: "Down", face: <ArrowDown {...ICON} />, key: "down" },
  { name: "Right", face: <ArrowRight {...ICON} />, key: "right" },
  { name: "Pipe", face: "|", key: { text: "|" } },
  { name: "Slash", face: "/", key: { text: "/" } },
  { name: "Hyphen", face: "-", key: { text: "-" } },
  { name: "Tilde", face: "~", key: { text: "~" } },
  { name: "Home", face: "Home", key: "home" },
  { name: "End", face: "End", key: "end" },
  { name: "PgUp", face: "PgUp", key: "pageUp" },
  { name: "PgDn", face: "PgDn", key: "pageDown" },
];

export function KeyRow({ terminal }: { terminal: string }) {
  const held = useHeld();
  const press = (key: RowKey["key"]) => {
    const session = panes.get(terminal);
    if (key === "ctrl" || key === "alt") useHeld.setState({ [key]: !held[key] });
    else if (typeof key === "object") session?.type(key.text);
    else if (session !== undefined) {
      releaseHeld();
      session.type(keyInput(key, held, session.term.modes.applicationCursorKeysMode));
    }
  };
  return (
    <div role="toolbar" aria-label="Keys" className="flex shrink-0 gap-1 overflow-x-auto border-t border-line bg-window p-1 [scrollbar-width:none]">
      {KEYS.map(({ name, face, key }) => {
        const isHeld = (key === "ctrl" || key === "alt") && held[key];
        return (
          <button
            key={name}
            type="button"
            aria-label={name}
            aria-pressed={key === "ctrl" || key === "alt" ? isHeld : undefined}
            // The keyboard of the phone stays only as long as the terminal has the focus.
            onPointerDown={(event: PointerEvent) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => press(key)}
            // So wide that the last one in sight is cut on most phones, and says that there are more.
            className={classes(
              "grid h-11 min-w-11.5 shrink-0 place-items-center rounded-control px-2 font-medium select-none",
              isHeld ? "bg-accent text-on-solid" : "bg-card text-ink active:bg-pressed",
            )}
          >
            {face}
          </button>
        );
      })}
    </div>
  );
}
