// The menu of a pane, by the secondary button or the menu key; Shift or a program that uses the mouse does not change that.
import { ContextMenu } from "@base-ui/react/context-menu";
import { Circle, ClipboardPaste, Columns2, Copy, Eraser, FolderPlus, Rows2, Save, Search, SquareDashedMousePointer, X } from "lucide-react";
import type { ReactElement } from "react";
import type { Terminal } from "../../api/types";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import type { Command } from "./keys";
import type { PaneSession } from "./paneSession";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface PaneMenuProps {
  session: PaneSession | null;
  terminal: Terminal;
  say: (news: string) => void;
  onCommand: (command: Command, terminal: string) => void;
  children: ReactElement<Record<string, unknown>>;
}

export function PaneMenu({ session, terminal, onCommand, children }: PaneMenuProps) {
  const run = (command: Command) => () => onCommand(command, terminal.id);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={children} />
      <ContextMenu.Portal role="region" aria-label="Menu">
        <ContextMenu.Positioner collisionPadding={8} className="z-40">
          <ContextMenu.Popup
            finalFocus={() => {
              session?.focus();
              return false;
            }}
            className="min-w-45 animate-appear rounded-card bg-popover p-1 text-ink shadow-popover outline-none"
          >
            <MenuItem icon={<Copy {...ICON} />} keys="Ctrl+Shift+C" isDisabled={session?.term.hasSelection() !== true} onSelect={run("copy")}>
              Copy
            </MenuItem>
            <MenuItem icon={<ClipboardPaste {...ICON} />} keys="Ctrl+Shift+V" onSelect={run("paste")}>
              Paste
            </MenuItem>
            <MenuItem icon={<SquareDashedMousePointer {...ICON} />} onSelect={run("selectAll")}>
              Select all
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Search {...ICON} />} keys="Ctrl+Shift+F" onSelect={run("search")}>
              Search
            </MenuItem>
            <MenuItem icon={<Eraser {...ICON} />} keys="Ctrl+Shift+K" onSelect={run("clear")}>
              Clear
            </MenuItem>
            <MenuItem icon={<Save {...ICON} />} onSelect={run("save")}>
              Save scrollback
            </MenuItem>
            <MenuItem icon={<Circle {...ICON} className={terminal.recording ? "fill-bad text-bad" : "text-bad"} />} onSelect={run("record")}>
              {terminal.recording ? "Stop recording" : "Record"}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<FolderPlus {...ICON} />} keys="Ctrl+Shift+T" onSelect={run("newTab")}>
              New tab in this folder
            </MenuItem>
            <MenuItem icon={<Columns2 {...ICON} />} keys="Ctrl+Shift+D" onSelect={run("splitRight")}>
              Split right
            </MenuItem>
            <MenuItem icon={<Rows2 {...ICON} />} keys="Ctrl+Shift+E" onSelect={run("splitDown")}>
              Split down
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<X {...ICON} />} keys="Ctrl+Shift+W" onSelect={run("closePane")}>
              Close terminal
            </MenuItem>
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
