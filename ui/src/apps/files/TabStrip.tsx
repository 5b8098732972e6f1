// The tabs of a pane: shown when there is more than one, or two panes whose folders must be told apart.
import { Plus, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { useDropTarget } from "./drag";
import { closeTab, HOME, openTab, showTab, type Tab } from "./explorer";
import type { PaneModel } from "./usePane";
import { folderName } from "./words";

export interface TabStripProps {
  server: string;
  pane: PaneModel;
  isActivePane: boolean;
  isSplit: boolean;
  panelId: string;
}

export function TabStrip({ server, pane, isActivePane, isSplit, panelId }: TabStripProps) {
  const { tabs } = pane.pane;
  const onKey = (event: KeyboardEvent, at: number) => {
    const tab = tabs[at];
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (event.key === "Delete" && tab !== undefined) closeTab(server, pane.at, tab.id);
    else if (next === undefined) return;
    else {
      showTab(server, pane.at, next.id);
      document.getElementById(tabId(panelId, next))?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes("flex h-8 shrink-0 items-center gap-0.5 border-b border-line px-1 max-wide:h-11", isActivePane ? "bg-window" : "bg-sunken")}>
      {/* Owns the tabs from beside, as a list of tabs may hold nothing else, and each has a button to close it. */}
      <div role="tablist" aria-label={isSplit ? `Tabs of pane ${pane.at + 1}` : "Tabs"} aria-owns={tabs.map((tab) => tabId(panelId, tab)).join(" ")} />
      <div className="flex min-w-0 items-center gap-0.5 overflow-x-auto p-0.5 [scrollbar-width:none]">
        {tabs.map((tab, at) => (
          <OneTab key={tab.id} {...{ server, pane, tab, panelId }} isActive={tab.id === pane.tab.id} isActivePane={isActivePane} canClose={tabs.length > 1 || isSplit} onKey={(event) => onKey(event, at)} />
        ))}
      </div>
      <IconButton label="New tab" icon={<Plus size={14} strokeWidth={1.75} />} onClick={() => openTab(server, pane.at, pane.path ?? HOME)} className="wide:size-6" />
    </div>
  );
}

interface OneTabProps {
  server: string;
  pane: PaneModel;
  tab: Tab;
  panelId: string;
  isActive: boolean;
  isActivePane: boolean;
  canClose: boolean;
  onKey: (event: KeyboardEvent) => void;
}

function OneTab({ server, pane, tab, panelId, isActive, isActivePane, canClose, onKey }: OneTabProps) {
  const path = isActive ? pane.path : tab.path === HOME ? null : tab.path;
  const name = path === null ? "Home" : folderName(path);
  const { isOver, handlers } = useDropTarget(server, path);
  return (
    <div
      className={classes(
        "group relative flex h-6.5 w-36 min-w-20 shrink items-center rounded-control max-wide:h-11",
        isActive ? "bg-card shadow-window-back" : "hover:bg-hover",
        isOver && "outline-2 -outline-offset-2 outline-accent-ink",
      )}
      {...handlers}
    >
      <div
        id={tabId(panelId, tab)}
        role="tab"
        aria-selected={isActive}
        aria-controls={isActive ? panelId : undefined}
        tabIndex={isActive ? 0 : -1}
        title={path === null ? undefined : visibleText(path, 600)}
        onClick={() => showTab(server, pane.at, tab.id)}
        onAuxClick={(event) => event.button === 1 && closeTab(server, pane.at, tab.id)}
        onKeyDown={onKey}
        className={classes(
          "flex h-full min-w-0 grow items-center rounded-control pr-6 pl-2 text-small select-none focus-visible:-outline-offset-2",
          isActive && isActivePane ? "font-medium text-ink" : "text-ink-soft",
        )}
      >
        <bdi className="truncate whitespace-pre">{name}</bdi>
      </div>
      {canClose && (
        <IconButton
          label={`Close ${name}`}
          icon={<X size={12} strokeWidth={1.75} />}
          tabIndex={-1}
          onClick={() => closeTab(server, pane.at, tab.id)}
          className={classes("absolute right-0.5 wide:size-5", !isActive && "opacity-0 group-hover:opacity-100 focus-visible:opacity-100")}
        />
      )}
    </div>
  );
}

export function tabId(panelId: string, tab: Tab): string {
  return `${panelId}${tab.id}`;
}
