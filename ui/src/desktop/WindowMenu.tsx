// The menu behind a window's icon: everything the pointer can do to a window, for the keyboard.
import { Maximize2, Minimize2, Minus, Move, PanelLeft, PanelRight, Scaling, X } from "lucide-react";
import type { ReactElement } from "react";
import { Menu, MenuItem, MenuSeparator } from "../kit/Menu";
import type { Adjusting } from "./useKeyboardAdjust";
import { requestClose } from "./closing";
import { minimize, place, toggleMaximized, type WindowState } from "./workspaces";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface WindowMenuProps {
  window: WindowState;
  trigger: ReactElement<Record<string, unknown>>;
  onAdjust: (what: Adjusting) => void;
}

export function WindowMenu({ window: { app, placement }, trigger, onAdjust }: WindowMenuProps) {
  const isMaximized = placement === "maximized";
  return (
    <Menu trigger={trigger}>
      <MenuItem icon={isMaximized ? <Minimize2 {...ICON} /> : <Maximize2 {...ICON} />} keys="Ctrl+Alt+Enter" onSelect={() => toggleMaximized(app)}>
        {isMaximized ? "Restore" : "Maximise"}
      </MenuItem>
      <MenuItem icon={<Minus {...ICON} />} keys="Ctrl+Alt+M" onSelect={() => minimize(app)}>
        Minimise
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Move {...ICON} />} onSelect={() => onAdjust("move")}>
        Move by arrow keys
      </MenuItem>
      <MenuItem icon={<Scaling {...ICON} />} onSelect={() => onAdjust("resize")}>
        Resize by arrow keys
      </MenuItem>
      <MenuItem icon={<PanelLeft {...ICON} />} keys="Ctrl+Alt+←" onSelect={() => place(app, "left")}>
        Snap left
      </MenuItem>
      <MenuItem icon={<PanelRight {...ICON} />} keys="Ctrl+Alt+→" onSelect={() => place(app, "right")}>
        Snap right
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<X {...ICON} />} keys="Ctrl+Alt+W" onSelect={() => requestClose(app)}>
        Close
      </MenuItem>
    </Menu>
  );
}
