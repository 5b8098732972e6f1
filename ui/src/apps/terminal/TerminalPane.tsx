// One pane: the terminal, what is said about it in its corners, and the bar below it when its shell is no more.
import { RadioTower } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import { usePreferences } from "../../api/preferences";
import type { Server, Terminal } from "../../api/types";
import { classes } from "../../lib/classes";
import { hoverWords } from "./links";
import { useIsDark } from "./media";
import { titleOf } from "./names";
import { PaneBar } from "./PaneBar";
import { PaneMenu, type PaneMenuProps } from "./PaneMenu";
import { groundOf } from "./schemes/ground";
import { schemeOf } from "./schemes/schemes";
import { SearchBar } from "./SearchBar";
import { usePaneSession } from "./usePaneSession";

export interface TerminalPaneProps extends Pick<PaneMenuProps, "onCommand"> {
  terminal: Terminal;
  server: Server;
  /** Whether it is the one of its tab that keys go to. */
  isFocused: boolean;
  isShown: boolean;
  /** Whether it hears what is typed into others. */
  isListening: boolean;
  isSearching: boolean;
  /** A new number asks the focused pane to take the focus. */
  focusRequests: number;
  /** True for the first that answers a request; the others are too late. */
  claimsFocus: (request: number) => boolean;
  onFocus: () => void;
  onPaste: (text: string) => void;
  onSearchClose: () => void;
  onRestart: () => Promise<void>;
  onClose: () => void;
}

const NOTE = "pointer-events-none absolute z-5 max-w-[calc(100%-32px)] rounded-control bg-tooltip px-2 py-1 text-small text-on-tooltip shadow-popover";

export function TerminalPane(props: TerminalPaneProps) {
  const { terminal, isFocused, isListening, isSearching, isShown } = props;
  const { focusRequests } = props;
  const host = useRef<HTMLDivElement>(null);
  const preferences = usePreferences((all) => all.terminal);
  const isDark = useIsDark();
  const { session, phase, isReady, hovered, found, news, isRinging, say } = usePaneSession(terminal.id, props.server.name, host);
  const scheme = schemeOf(preferences, isDark);
  const isStarting = terminal.state.status === "starting";
  const isOver = terminal.state.status === "ended" || terminal.state.status === "lost";
  const status = news ?? (phase === "connecting" && isReady ? "Connecting to HeadlessOS again…" : isStarting ? "Starting a shell…" : "");
  const { onPaste, onRestart } = props;

  const claims = useEffectEvent(props.claimsFocus);
  useEffect(() => {
    if (isFocused && isShown && isReady && session !== null && claims(focusRequests)) session.focus();
  }, [isFocused, isShown, isReady, session, focusRequests]);

  useEffect(() => {
    if (isShown) session?.fitSoon();
  }, [isShown, session]);

  // Before xterm, which would send what is pasted as it is.
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const onPasteEvent = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      onPaste(event.clipboardData?.getData("text/plain") ?? "");
    };
    element.addEventListener("paste", onPasteEvent, true);
    return () => element.removeEventListener("paste", onPasteEvent, true);
  }, [onPaste]);

  // Without a shell, Enter means "go on".
  useEffect(() => {
    session?.term.attachCustomKeyEventHandler((event) => {
      if (!isOver || event.key !== "Enter") return true;
      if (event.type === "keydown" && !event.repeat) void onRestart().catch(() => undefined);
      return false;
    });
  }, [session, isOver, onRestart]);

  return (
    <div
      role="group"
      aria-label={`Terminal ${titleOf(terminal)}`}
      onFocus={() => {
        props.onFocus();
        session?.fitSoon();
      }}
      className="flex size-full flex-col"
      data-pane={terminal.id}
      style={groundOf(scheme)}
    >
      <PaneMenu session={session} terminal={terminal} say={say} onCommand={props.onCommand}>
        <div className="relative min-h-0 grow overflow-hidden py-1 pl-2">
          <div ref={host} data-terminal-id={terminal.id} data-ready={isReady || undefined} className="size-full touch-none" />
          {isRinging && <div className="pointer-events-none absolute inset-0 animate-fade border-2 border-warn" data-bell="" />}
        </div>
      </PaneMenu>
      {isListening && (
        <p className="pointer-events-none absolute inset-0 z-5 border-2 border-accent-ink">
          <span className="absolute right-0 bottom-0 flex items-center gap-1 rounded-tl-control bg-accent px-1.5 py-0.5 text-caption text-on-solid">
            <RadioTower size={12} aria-hidden="true" />
            Receives input
          </span>
        </p>
      )}
      {isSearching && session !== null && (
        <SearchBar
          result={found}
          onFind={(text, way, options, starts) => session.finder.find(text, way, options, preferences, isDark, starts)}
          onClear={() => session.finder.clear()}
          onClose={() => {
            session.finder.clear();
            props.onSearchClose();
          }}
        />
      )}
      {hovered !== null && <p className={classes(NOTE, "bottom-1.5 left-1.5 truncate")}><bdi>{hoverWords(hovered)}</bdi></p>}
      <p role="status" className={status === "" ? "sr-only" : classes(NOTE, "animate-late top-1.5 right-4.5")}>
        {status}
      </p>
      <PaneBar terminal={terminal} onRestart={onRestart} onClose={props.onClose} />
    </div>
  );
}
