// Builds the terminal of a pane while it is shown, and takes it down when it is not; a window that is minimised counts as not shown.
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from "react";
import { usePreferences } from "../../api/preferences";
import { ringBell } from "./bell";
import { passOn } from "./broadcast";
import type { SearchResult } from "./finder";
import { targetOf } from "./links";
import { useIsDark } from "./media";
import { PaneSession } from "./paneSession";
import type { SocketPhase } from "./terminalSocket";
import { scrollByTouch } from "./touchScroll";

/** The element a terminal is in; tests read its buffer here. */
interface PaneElement extends HTMLDivElement {
  xterm?: PaneSession["term"];
}

export interface PaneState {
  session: PaneSession | null;
  phase: SocketPhase;
  isReady: boolean;
  /** The address under the pointer. */
  hovered: string | null;
  found: SearchResult;
  /** What just happened, in words; gone by itself. */
  news: string | null;
  /** True for a moment after the bell rang. */
  isRinging: boolean;
  say: (news: string) => void;
}

const NOT_FOUND: SearchResult = { index: 0, count: 0, isMore: false };
const NEWS_MS = 4000;
const RINGING_MS = 160;

export function usePaneSession(terminal: string, serverName: string, host: RefObject<PaneElement | null>): PaneState {
  const preferences = usePreferences((all) => all.terminal);
  const isDark = useIsDark();
  const [session, setSession] = useState<PaneSession | null>(null);
  const [phase, setPhase] = useState<SocketPhase>("connecting");
  const [isReady, setIsReady] = useState(false);
  const [hovered, setHovered] = useState<string | null>(null);
  const [found, setFound] = useState(NOT_FOUND);
  const [news, say] = useMomentary<string>(NEWS_MS);
  const [ringing, ring] = useMomentary<true>(RINGING_MS);

  const copy = async (text: string, done: string) => {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say("The browser did not let the page write to the clipboard.");
    }
  };

  const onClipboard = useEffectEvent((text: string) => copy(text, `A program on ${serverName} copied ${characters(text)}.`));
  const onBell = useEffectEvent(() => {
    if (preferences.bell === "sound") ringBell();
    if (preferences.bell === "visual") ring(true);
  });
  const onFollow = useEffectEvent((address: string) => {
    const target = targetOf(address);
    if (target?.kind === "open") window.open(target.url, "_blank", "noopener,noreferrer");
    if (target?.kind === "copy") void copy(target.path, `The file is on ${serverName}; its path was copied.`);
  });
  /** Once the pointer is up, so that a selection on its way is not copied at every step. */
  const onPointerUp = useEffectEvent((built: PaneSession) => {
    const text = built.term.getSelection();
    if (preferences.copyOnSelect && text !== "") void copy(text, `Copied ${characters(text)}.`);
  });

  const build = useEffectEvent((element: PaneElement, id: string) => {
    const built = new PaneSession(id, element, preferences, isDark, {
      onOpen: setSession,
      onPhase: setPhase,
      onReady: () => setIsReady(true),
      onHover: setHovered,
      onFound: setFound,
      onTyped: (data) => passOn(id, data),
      onClipboard: (text) => void onClipboard(text),
      onBell: () => onBell(),
      onFollow: (address) => onFollow(address),
    });
    element.xterm = built.term;
    return built;
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const built = build(element, terminal);
    const onUp = () => onPointerUp(built);
    const onDown = () => window.addEventListener("pointerup", onUp, { once: true });
    element.addEventListener("pointerdown", onDown);
    const stopTouch = scrollByTouch(element, built.term);
    return () => {
      stopTouch();
      element.removeEventListener("pointerdown", onDown);
      window.removeEventListener("pointerup", onUp);
      built.dispose();
      delete element.xterm;
      setSession(null);
      setIsReady(false);
    };
  }, [terminal, host]);

  useEffect(() => {
    void session?.prefer(preferences, isDark);
  }, [session, preferences, isDark]);

  return { session, phase, isReady, hovered, found, news, isRinging: ringing !== null, say };
}

/** As a person counts them. */
function characters(text: string): string {
  const count = Array.from(text).length;
  return count === 1 ? "1 character" : `${count} characters`;
}

/** A value that goes by itself. */
function useMomentary<T>(forMs: number): [T | null, (value: T) => void] {
  const [value, setValue] = useState<{ is: T } | null>(null);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const show = (next: T) => {
    window.clearTimeout(timer.current);
    setValue({ is: next });
    timer.current = window.setTimeout(() => setValue(null), forMs);
  };
  return [value?.is ?? null, show];
}
