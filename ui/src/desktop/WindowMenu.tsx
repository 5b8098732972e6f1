// The menu behind a window's icon: everything the pointer can do to a window, for the keyboard.
import { Maximize2, Minimize2, Minus, Move, PanelLeft, PanelRight, Pin, PinOff, Scaling, X } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem, MenuSeparator } from "../kit/Menu";
import type { Adjusting } from "./useKeyboardAdjust";
import { requestClose } from "./closing";
import { minimize, place, setPinned, toggleMaximized, type WindowState } from "./workspaces";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface WindowMenuProps {
  window: WindowState;
  trigger: ReactElement<Record<string, unknown>>;
  onAdjust: (what: Adjusting) => void;
}

export function WindowMenu({ window, trigger, onAdjust }: WindowMenuProps) {
  const isMaximized = window.placement === "maximized";
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={isMaximized ? <Minimize2 {...ICON} /> : <Maximize2 {...ICON} />} keys="Ctrl+Alt+Enter" onSelect={() => toggleMaximized(window)}>
        {isMaximized ? "Restore" : "Maximise"}
      </MenuItem>
      <MenuItem icon={<Minus {...ICON} />} keys="Ctrl+Alt+M" onSelect={() => minimize(window)}>
        Minimise
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Move {...ICON} />} onSelect={() => onAdjust("move")}>
        Move by arrow keys
      </MenuItem>
      <MenuItem icon={<Scaling {...ICON} />} onSelect={() => onAdjust("resize")}>
        Resize by arrow keys
      </MenuItem>
      <MenuItem icon={<PanelLeft {...ICON} />} keys="Ctrl+Alt+←" onSelect={() => place(window, "left")}>
        Snap left
      </MenuItem>
      <MenuItem icon={<PanelRight {...ICON} />} keys="Ctrl+Alt+→" onSelect={() => place(window, "right")}>
        Snap right
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={window.isPinned ? <PinOff {...ICON} /> : <Pin {...ICON} />} keys="Ctrl+Alt+B" onSelect={() => setPinned(window, !window.isPinned)}>
        {window.isPinned ? "Keep in its own workspace" : "Keep beside other servers"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<X {...ICON} />} keys="Ctrl+Alt+W" onSelect={() => requestClose(window)}>
        Close
      </MenuItem>
    </Menu>
  );
}
