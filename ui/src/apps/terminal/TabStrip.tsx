// The tabs: what each is called and what happened in those not looked at; dragged to another place, or onto a pane to lie beside it.
import { Bell, Circle, CircleStop, LoaderCircle, RadioTower, Unplug, X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { Terminal } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { terminalsIn, type Tab, type TabSet } from "./layout";
import { titleOf } from "./names";
import type { News } from "./seen";
import type { TabDrag } from "./useTabDrag";

const MARK = { size: 12, strokeWidth: 2, className: "shrink-0" };

export interface TabStripProps {
  set: TabSet;
  terminals: readonly Terminal[];
  listeners: ReadonlySet<string>;
  newsOf: (terminal: Terminal) => News;
  drag: TabDrag;
  idOf: (tab: Tab) => { tab: string; panel: string };
  onShow: (tab: Tab, takesFocus: boolean) => void;
  onClose: (tab: Tab) => void;
}

export function TabStrip({ set, terminals, listeners, newsOf, drag, idOf, onShow, onClose }: TabStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const shown = [...(strip.current?.querySelectorAll<HTMLElement>("[data-tab]") ?? [])].find((each) => each.dataset["tab"] === set.active);
    shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [set.active]);

  const onKey = (event: KeyboardEvent, tab: Tab) => {
    const at = set.tabs.indexOf(tab);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: set.tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : set.tabs.at(to % set.tabs.length);
    if (event.key === "Delete") onClose(tab);
    else if (event.key === "Enter" || event.key === " ") onShow(tab, true);
    else if (next === undefined) return;
    event.preventDefault();
    if (next === undefined) return;
    onShow(next, false);
    document.getElementById(idOf(next).tab)?.focus();
  };

  return (
    <div ref={strip} className="flex min-w-0 items-stretch gap-0.5 overflow-x-auto p-0.5 [scrollbar-width:none]" data-tabs="">
      {/* Owns the tabs from beside, as a list of tabs may hold nothing else, and each has a button to close it. */}
      <div role="tablist" aria-label="Terminals" aria-owns={set.tabs.map((tab) => idOf(tab).tab).join(" ")} />
      {set.tabs.map((tab) => {
        const isActive = tab.id === set.active;
        const inside = terminalsIn(tab.root).flatMap((id) => terminals.filter((each) => each.id === id));
        const focused = inside.find((each) => each.id === tab.focused) ?? inside[0];
        const title = focused === undefined ? "shell" : titleOf(focused);
        const marks = marksOf(inside, isActive ? [] : inside.map(newsOf));
        const isListening = inside.some((each) => listeners.has(each.id));
        return (
          <div
            key={tab.id}
            className={classes(
              "group relative flex w-40 min-w-26 shrink items-center rounded-control transition-colors duration-120 max-wide:h-11",
              isActive ? "bg-card text-ink shadow-window-back" : "text-ink-soft hover:bg-hover hover:text-ink",
              drag.dragged === tab.id && "opacity-60",
            )}
            data-tab={tab.id}
          >
            <div
              id={idOf(tab).tab}
              role="tab"
              aria-selected={isActive}
              aria-controls={isActive ? idOf(tab).panel : undefined}
              tabIndex={isActive ? 0 : -1}
              title={visibleText(focused?.title ?? title, 300)}
              onKeyDown={(event) => onKey(event, tab)}
              onClick={() => onShow(tab, true)}
              onAuxClick={(event) => event.button === 1 && onClose(tab)}
              {...drag.handlers(tab.id)}
              className={classes("flex h-7 min-w-0 grow touch-none items-center gap-1.5 rounded-control pr-7 pl-2.5 select-none focus-visible:-outline-offset-2 max-wide:h-11", isActive ? "max-wide:pr-10" : "max-wide:pr-2.5")}
            >
              {marks.map((mark) => (
                <mark.Icon key={mark.word} {...MARK} className={`shrink-0 ${mark.look}`} aria-hidden="true" />
              ))}
              {isListening && <RadioTower {...MARK} className="shrink-0 text-accent-ink" aria-hidden="true" />}
              <span className="min-w-0 truncate">
                <bdi>{title}</bdi>
              </span>
              {inside.length > 1 && (
                <span className="figures rounded-control bg-sunken px-1 text-caption text-ink-soft">
                  {inside.length}
                  <span className="sr-only"> panes</span>
                </span>
              )}
              <span className="sr-only">{[...marks.map((mark) => mark.word), ...(isListening ? ["receives input"] : [])].map((word) => `, ${word}`)}</span>
            </div>
            <IconButton
              label={`Close ${title}`}
              icon={<X size={13} strokeWidth={1.75} />}
              tabIndex={-1}
              onClick={() => onClose(tab)}
              className={classes("absolute right-1 max-wide:right-0 wide:size-5", !isActive && "opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-wide:hidden")}
            />
          </div>
        );
      })}
    </div>
  );
}

interface Mark {
  word: string;
  look: string;
  Icon: typeof Bell;
}

/** Its state first, then what was missed. */
function marksOf(inside: readonly Terminal[], news: readonly News[]): Mark[] {
  const has = (status: Terminal["state"]["status"]) => inside.some((each) => each.state.status === status);
  const marks: (Mark | false)[] = [
    has("lost") && { word: "connection lost", look: "text-warn", Icon: Unplug },
    has("ended") && { word: "ended", look: "text-ink-faint", Icon: CircleStop },
    has("starting") && { word: "starting", look: "animate-spin text-info", Icon: LoaderCircle },
    inside.some((each) => each.recording) && { word: "recording", look: "fill-bad text-bad", Icon: Circle },
    news.some((each) => each.hasRung) && { word: "bell", look: "text-warn", Icon: Bell },
    news.some((each) => each.hasOutput && !each.hasRung) && { word: "new output", look: "scale-75 fill-info text-info", Icon: Circle },
  ];
  return marks.filter((mark) => mark !== false);
}
