// The buttons beside the tabs; where there is no room for them they are in the menu.
import { Circle, CirclePlay, Columns2, Ellipsis, Eraser, Keyboard, Maximize, Minimize, Plus, Rows2, Save, Search, Settings2, SquareTerminal } from "lucide-react";
import type { Terminal } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { BroadcastButton } from "./BroadcastButton";
import type { Audience } from "./broadcast";
import type { Command } from "./keys";

const ICON = { size: 16, strokeWidth: 1.75 };
const SMALL = { size: 15, strokeWidth: 1.75 };

export interface ToolbarProps {
  isPhone: boolean;
  isFullScreen: boolean;
  /** Whether a new terminal can be opened. */
  isConnected: boolean;
  /** The one that commands are about, null for none. */
  focused: Terminal | null;
  terminals: readonly Terminal[];
  audience: Audience | null;
  onAudience: (audience: Audience | null) => void;
  onCommand: (command: Command) => void;
  /** Back to the terminal. */
  onDone: () => void;
}

export function Toolbar({ isPhone, isFullScreen, isConnected, focused, terminals, audience, onAudience, onCommand, onDone }: ToolbarProps) {
  const run = (command: Command) => () => onCommand(command);
  const cannotSplit = focused === null || !isConnected;
  return (
    <div className="flex shrink-0 grow items-center gap-0.5" role="toolbar" aria-label="Terminal">
      <IconButton label="New tab (Ctrl+Shift+T)" icon={<Plus {...ICON} />} disabled={!isConnected} onClick={run("newTab")} />
      <span className="grow" />
      {focused?.recording === true && (
        <button
          type="button"
          onClick={run("record")}
          aria-label="Recording: stop"
          title="Stop recording"
          className="mr-1 flex h-6 items-center gap-1.5 rounded-control bg-bad-ground px-2 text-small font-medium text-bad max-wide:h-11"
        >
          <Circle size={9} className="animate-pulse fill-bad" aria-hidden="true" />
          Recording
        </button>
      )}
      {!isPhone && (
        <>
          <IconButton label="Split right (Ctrl+Shift+D)" icon={<Columns2 {...ICON} />} disabled={cannotSplit} onClick={run("splitRight")} />
          <IconButton label="Split down (Ctrl+Shift+E)" icon={<Rows2 {...ICON} />} disabled={cannotSplit} onClick={run("splitDown")} />
          <IconButton label="Search (Ctrl+Shift+F)" icon={<Search {...ICON} />} disabled={focused === null} onClick={run("search")} />
          <IconButton label="Snippets" icon={<SquareTerminal {...ICON} />} onClick={run("snippets")} />
          <BroadcastButton terminals={terminals} audience={audience} onAudience={onAudience} onDone={onDone} />
        </>
      )}
      <Menu align="end" trigger={<IconButton label="More" icon={<Ellipsis {...ICON} />} />}>
        {isPhone && (
          <>
            <MenuItem icon={<Search {...SMALL} />} isDisabled={focused === null} onSelect={run("search")}>
              Search
            </MenuItem>
            <MenuItem icon={<SquareTerminal {...SMALL} />} onSelect={run("snippets")}>
              Snippets
            </MenuItem>
            <MenuItem icon={<Rows2 {...SMALL} />} isDisabled={cannotSplit} onSelect={run("splitDown")}>
              Another pane in this tab
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuItem icon={<Eraser {...SMALL} />} keys="Ctrl+Shift+K" isDisabled={focused === null} onSelect={run("clear")}>
          Clear
        </MenuItem>
        <MenuItem icon={<Save {...SMALL} />} isDisabled={focused === null} onSelect={run("save")}>
          Save scrollback
        </MenuItem>
        <MenuItem icon={<Circle {...SMALL} className={focused?.recording === true ? "fill-bad text-bad" : "text-bad"} />} isDisabled={focused === null} onSelect={run("record")}>
          {focused?.recording === true ? "Stop recording" : "Record"}
        </MenuItem>
        <MenuItem icon={<CirclePlay {...SMALL} />} onSelect={run("recordings")}>
          Recordings
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Keyboard {...SMALL} />} onSelect={run("keys")}>
          Keys
        </MenuItem>
        <MenuItem icon={isFullScreen ? <Minimize {...SMALL} /> : <Maximize {...SMALL} />} onSelect={run("fullScreen")}>
          {isFullScreen ? "Leave full screen" : "Full screen with all keys"}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Settings2 {...SMALL} />} onSelect={run("settings")}>
          Settings
        </MenuItem>
      </Menu>
    </div>
  );
}
