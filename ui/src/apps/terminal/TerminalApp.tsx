// The Terminal: the shells of one server in tabs and splits. They belong to the program and go on without this window; here they are only shown.
import { X } from "lucide-react";
import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { notGranted } from "../../api/permissions";
import { useKnowsTerminals, useTerminals } from "../../api/terminals";
import type { Terminal } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { NotGranted } from "../../kit/NotGranted";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";
import { restart } from "./actions";
import { listenersOf, setAudience, setListeners, useAudience, useBroadcast } from "./broadcast";
import { Dialogs } from "./Dialogs";
import { EmptyState } from "./EmptyState";
import { isAppWindow, useIsFullScreen } from "./fullScreen";
import { KeyRow } from "./KeyRow";
import { meaningOf } from "./keys";
import { activeTab, terminalsIn, withFocus, withRatio, withSplit, withTabAt, withTabBeside, type Tab } from "./layout";
import { useIsPhone } from "./media";
import { takeRequests, useRequests } from "./requests";
import { useNews } from "./seen";
import { DropPreview } from "./DropPreview";
import { TabPanel } from "./TabPanel";
import { changeTabs, reconcileTabs, tabsOf, useTabsOf } from "./tabs";
import { TabStrip } from "./TabStrip";
import { Toolbar } from "./Toolbar";
import { useCommands } from "./useCommands";
import { useTabDrag } from "./useTabDrag";

/** So many tabs shown last stay built, so that going back and forth is instant. */
const MOST_BUILT = 4;
/** Servers whose first terminal is being opened. */
const firsts = new Set<string>();

export function TerminalApp(props: AppProps) {
  const { server, shell } = props;
  const denied = notGranted(server, "terminal.open");
  if (denied !== null) return <NotGranted line={denied} {...(server.kind === "local" ? {} : { onEdit: () => shell.editServer(server.id) })} />;
  return <Terminals {...props} />;
}

function Terminals({ server, shell }: AppProps) {
  const root = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const terminals = useTerminals(server.id);
  const isKnown = useKnowsTerminals();
  const set = useTabsOf(server.id);
  const commands = useCommands(server);
  const isPhone = useIsPhone();
  const isFullScreen = useIsFullScreen();
  const audience = useAudience(server.id);
  const listeners = useBroadcast((state) => state.listeners);
  const requests = useRequests((state) => state.waiting);
  const tab = activeTab(set);
  const focused = terminals.find((each) => each.id === tab?.focused) ?? null;
  const newsOf = useNews(terminals, tab === null ? [] : terminalsIn(tab.root));
  const built = useBuiltTabs(tab?.id ?? null);
  const isConnected = server.state.status === "connected";
  const ids = terminals.map((each) => each.id).join(" ");

  /** The last request for the focus that a pane has taken. */
  const given = useRef(0);
  const claimsFocus = (request: number) => {
    if (given.current === request) return false;
    given.current = request;
    return true;
  };
  const drag = useTabDrag((moved, drop) => {
    changeTabs(server.id, (now) => {
      if (drop.kind === "place") return withTabAt(now, moved, drop.place);
      const from = now.tabs.find((each) => each.id === moved);
      if (from?.root.kind === "pane") return withSplit(now, drop.terminal, drop.side, from.root.terminal);
      return withTabBeside(now, moved, drop.terminal, drop.side);
    });
    commands.takeFocus();
  });

  useEffect(() => {
    if (isKnown) reconcileTabs(server.id, ids === "" ? [] : ids.split(" "));
  }, [server.id, isKnown, ids]);

  // After the panes, so that a listener which has one gets no second connection.
  useEffect(() => setListeners(listenersOf(audience, tab, ids === "" ? [] : ids.split(" "))));
  useEffect(() => () => setListeners([]), []);

  const open = useEffectEvent(commands.open);
  // What was asked for from outside, else the first terminal of a server that has none.
  const isFirst = useEffectEvent(() => terminals.length === 0 && !firsts.has(server.id));
  const startedFor = useRef<string | null>(null);
  useEffect(() => {
    if (!isKnown || !isConnected) return;
    const wanted = requests.some((request) => request.server === server.id) ? takeRequests(server.id).map((request) => request.folder) : [];
    const isFresh = startedFor.current !== server.id;
    startedFor.current = server.id;
    const folders = wanted.length === 0 && isFresh && isFirst() ? [null] : wanted;
    if (folders.length === 0) return;
    firsts.add(server.id);
    void Promise.all(folders.map((folder) => open(folder))).finally(() => firsts.delete(server.id));
  }, [server.id, isKnown, isConnected, requests]);

  const takeFocus = useEffectEvent(commands.takeFocus);
  // The window takes the focus as a whole; the terminal in it is what a person means.
  useEffect(() => {
    const frame = root.current?.closest<HTMLElement>("[data-window]") ?? null;
    if (frame === null) return undefined;
    const onFocus = (event: FocusEvent) => event.target === frame && takeFocus();
    if (document.activeElement === frame) takeFocus();
    frame.addEventListener("focus", onFocus);
    return () => frame.removeEventListener("focus", onFocus);
  }, []);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // From the tabs and buttons back to the terminal.
    if (event.key === "Escape" && event.target instanceof Element && event.target.closest("[data-pane]") === null) commands.takeFocus();
    const meaning = meaningOf(event, event.ctrlKey && isAppWindow());
    if (meaning === null) return;
    event.stopPropagation();
    if (meaning === "native") return;
    event.preventDefault();
    if (meaning === "toolbar") root.current?.querySelector<HTMLElement>("[role=tab][tabindex='0']")?.focus();
    else commands.run(meaning);
  });
  // Before xterm, which takes every key that it hears of.
  useEffect(() => {
    const element = root.current;
    const listener = (event: KeyboardEvent) => onKey(event);
    element?.addEventListener("keydown", listener, true);
    return () => element?.removeEventListener("keydown", listener, true);
  }, []);

  const idOf = ({ id }: Tab) => ({ tab: `${idBase}tab${id}`, panel: `${idBase}panel${id}` });
  const closeTab = (closed: Tab) => void commands.close(terminalsIn(closed.root));
  const show = (shown: Tab, takes: boolean) => {
    changeTabs(server.id, (now) => ({ ...now, active: shown.id }));
    if (takes) commands.takeFocus();
  };
  const focusPane = (terminal: string, takes = true) => {
    changeTabs(server.id, (now) => withFocus(now, terminal));
    if (takes) commands.takeFocus();
  };
  const ratio = (changed: Tab) => (path: readonly ("first" | "second")[], value: number) =>
    changeTabs(server.id, (now) => ({ ...now, tabs: now.tabs.map((each) => (each.id === changed.id ? { ...each, root: withRatio(each.root, path, value) } : each)) }));
  const paneProps = (terminal: Terminal) => ({
    server,
    isListening: listeners.has(terminal.id),
    isSearching: commands.searching === terminal.id,
    focusRequests: commands.focusRequests,
    claimsFocus,
    onCommand: commands.run,
    onFocus: () => tabsOf(server.id).active === tab?.id && focusPane(terminal.id, false),
    onPaste: (text: string) => commands.paste(terminal.id, text),
    onSearchClose: commands.closeSearch,
    onRestart: async () => {
      await restart(server.id, terminal.id);
      // The button that was pressed goes; who has turned to something else meanwhile stays there.
      const active = document.activeElement;
      if (active === null || active === document.body || active.closest(`[data-pane="${terminal.id}"]`) !== null) commands.takeFocus();
    },
    onClose: () => void commands.close([terminal.id]),
  });

  return (
    <div ref={root} className="relative flex h-full flex-col" data-terminal-app="">
      <header className="flex h-9.5 shrink-0 items-center gap-1 border-b border-line bg-window px-1.5 max-wide:h-13 max-wide:gap-0 max-wide:px-1">
        <TabStrip set={set} terminals={terminals} listeners={listeners} newsOf={newsOf} drag={drag} idOf={idOf} onShow={show} onClose={closeTab} />
        <Toolbar
          isPhone={isPhone}
          isFullScreen={isFullScreen}
          isConnected={isConnected}
          focused={focused}
          terminals={terminals}
          audience={audience}
          onAudience={(next) => setAudience(server.id, next)}
          onDone={commands.takeFocus}
          onCommand={commands.run}
        />
      </header>
      {commands.failure !== null && set.tabs.length > 0 && (
        <div role="alert" className="flex shrink-0 items-center gap-2 bg-bad-ground py-0.5 pr-1 pl-3 text-small text-ink">
          <p className="min-w-0 grow [overflow-wrap:anywhere]">
            <bdi>{visibleText(commands.failure, 600)}</bdi>
          </p>
          <IconButton label="Dismiss" icon={<X size={14} strokeWidth={1.75} />} onClick={commands.forgetFailure} className="wide:size-6" />
        </div>
      )}
      <div className="relative min-h-0 grow bg-sunken">
        {isKnown && set.tabs.length === 0 && (
          <EmptyState server={server} shell={shell} isOpening={commands.isOpening} refusal={commands.refusal} onOpen={() => void commands.open(null)} />
        )}
        {set.tabs
          .filter((each) => built.includes(each.id))
          .map((each) => (
            <TabPanel
              key={each.id}
              tab={each}
              ids={idOf(each)}
              terminals={terminals}
              isShown={each.id === set.active}
              isPhone={isPhone}
              paneProps={paneProps}
              onFocusPane={focusPane}
              onRatio={ratio(each)}
            />
          ))}
      </div>
      <DropPreview aim={drag.aim} />
      {isPhone && focused !== null && <KeyRow terminal={focused.id} />}
      <Dialogs server={server} commands={commands} isFullScreen={isFullScreen} />
    </div>
  );
}

/** The tabs shown last, the shown one first. */
function useBuiltTabs(active: string | null): readonly string[] {
  const [built, setBuilt] = useState<readonly string[]>([]);
  const next = active === null || built[0] === active ? built : [active, ...built.filter((id) => id !== active)].slice(0, MOST_BUILT);
  if (next !== built) setBuilt(next);
  return next;
}
