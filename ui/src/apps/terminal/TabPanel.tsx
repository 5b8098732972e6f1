// The panes of one tab, each where the tree says; they lie side by side in one list, so that splitting never builds a terminal anew.
import { X } from "lucide-react";
import type { Terminal } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { arranged } from "./arrangement";
import { Divider } from "./Divider";
import type { Tab } from "./layout";
import { titleOf } from "./names";
import { TerminalPane, type TerminalPaneProps } from "./TerminalPane";

export interface TabPanelProps {
  tab: Tab;
  ids: { tab: string; panel: string };
  terminals: readonly Terminal[];
  isShown: boolean;
  /** One pane at a time, with a way to the others. */
  isPhone: boolean;
  paneProps: (terminal: Terminal) => Omit<TerminalPaneProps, "terminal" | "isFocused" | "isShown">;
  onFocusPane: (terminal: string) => void;
  onRatio: (path: readonly ("first" | "second")[], ratio: number) => void;
}

export function TabPanel({ tab, ids, terminals, isShown, isPhone, paneProps, onFocusPane, onRatio }: TabPanelProps) {
  const { panes, dividers } = arranged(tab.root);
  const known = panes.flatMap((each) => terminals.filter(({ id }) => id === each.terminal).map((terminal) => ({ terminal, rect: each.rect })));
  const isAlone = known.length < 2;
  return (
    <div
      role="tabpanel"
      id={ids.panel}
      aria-labelledby={ids.tab}
      hidden={!isShown}
      className={classes("absolute inset-0 flex-col", isShown && "flex")}
    >
      {isPhone && !isAlone && (
        <nav aria-label="Panes" className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-sunken p-1">
          {known.map(({ terminal }) => (
            <button
              key={terminal.id}
              type="button"
              aria-current={terminal.id === tab.focused}
              onClick={() => onFocusPane(terminal.id)}
              className={classes("h-11 min-w-20 shrink grow truncate rounded-control px-3", terminal.id === tab.focused ? "bg-card font-medium" : "text-ink-soft")}
            >
              <bdi>{titleOf(terminal)}</bdi>
            </button>
          ))}
        </nav>
      )}
      <div className="relative min-h-0 grow">
        {known.map(({ terminal, rect }) => {
          const isFocused = terminal.id === tab.focused;
          const isHidden = isPhone && !isFocused;
          return (
            <div
              key={terminal.id}
              hidden={isHidden}
              className={classes("absolute flex-col", !isHidden && "flex")}
              style={isPhone ? { inset: 0 } : { left: `${rect.x}%`, top: `${rect.y}%`, width: `${rect.width}%`, height: `${rect.height}%` }}
            >
              {!isAlone && !isPhone && (
                <header
                  className={classes(
                    "flex h-6 shrink-0 items-center gap-1.5 border-b border-line pr-0.5 pl-2.5 text-small select-none",
                    isFocused ? "bg-card text-ink" : "bg-window text-ink-faint",
                  )}
                  onPointerDown={() => onFocusPane(terminal.id)}
                >
                  <span className={classes("size-1.5 shrink-0 rounded-full", isFocused ? "bg-accent-ink" : "bg-transparent")} aria-hidden="true" />
                  <bdi className="min-w-0 grow truncate">{titleOf(terminal)}</bdi>
                  <IconButton label={`Close ${titleOf(terminal)}`} icon={<X size={12} strokeWidth={1.75} />} onClick={paneProps(terminal).onClose} className="wide:size-5" />
                </header>
              )}
              <div className="relative min-h-0 grow">
                <TerminalPane terminal={terminal} isFocused={isFocused} isShown={isShown && !isHidden} {...paneProps(terminal)} />
              </div>
            </div>
          );
        })}
        {!isPhone && dividers.map((divider) => <Divider key={divider.path.join("-") || "root"} divider={divider} onRatio={onRatio} />)}
      </div>
    </div>
  );
}
