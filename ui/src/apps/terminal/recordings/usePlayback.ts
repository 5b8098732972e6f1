// A recording on a terminal in the page: made when the element is there, played frame by frame, gone with it.
import type { Terminal } from "@xterm/xterm";
import { useEffect, useRef, useState, type RefObject } from "react";
import { usePreferences } from "../../../api/preferences";
import { useIsDark } from "../media";
import { schemeOf, themeOf } from "../schemes/schemes";
import { fontIsReady } from "../xtermSetup";
import type { Cast } from "./asciicast";
import { createCastXterm, fitFont } from "./castScreen";
import { Playback, type PlaybackState } from "./playback";

/** Of the window's height. */
const MOST_HEIGHT_SHARE = 0.58;
export const IDLE_LIMIT_MS = 2000;

export interface PlayerHandle {
  /** Where the terminal goes; its parent says how wide it may be. */
  room: RefObject<HTMLDivElement | null>;
  /** Null until the recording is being played. */
  playback: RefObject<Playback | null>;
  state: PlaybackState;
  /** The address of the link under the pointer. */
  link: string | null;
}

export function usePlayback(cast: Cast): PlayerHandle {
  const room = useRef<HTMLDivElement>(null);
  const playback = useRef<Playback | null>(null);
  const terminal = useRef<Terminal | null>(null);
  const [state, setState] = useState<PlaybackState>({ positionMs: 0, durationMs: cast.durationMs, isPlaying: true });
  const [link, setLink] = useState<string | null>(null);
  const isDark = useIsDark();
  const preferences = usePreferences((all) => all.terminal);
  const isDarkNow = useRef(isDark);

  useEffect(() => {
    const { terminal: chosen } = usePreferences.getState();
    let term: Terminal | null = null;
    let player: Playback | null = null;
    let frame = 0;
    let observer: ResizeObserver | null = null;
    let isGone = false;

    const open = (element: HTMLElement) => {
      const made = createCastXterm(cast, chosen, isDarkNow.current, setLink);
      term = made;
      terminal.current = made;
      made.open(element);
      made.textarea?.setAttribute("tabindex", "-1");
      const fit = () => fitFont(made, element, chosen.fontSize, window.innerHeight * MOST_HEIGHT_SHARE);
      fit();
      observer = new ResizeObserver(fit);
      if (element.parentElement !== null) observer.observe(element.parentElement);
      const screen = {
        write: (text: string, done: () => void) => made.write(text, done),
        resize: (columns: number, rows: number) => {
          if (columns === made.cols && rows === made.rows) return;
          made.resize(columns, rows);
          fit();
        },
      };
      player = new Playback(cast, screen, setState, IDLE_LIMIT_MS);
      playback.current = player;
      player.play();
      let before = performance.now();
      const next = (now: number) => {
        player?.tick(now - before);
        before = now;
        frame = window.requestAnimationFrame(next);
      };
      frame = window.requestAnimationFrame(next);
    };
    void fontIsReady(chosen).then(() => {
      if (!isGone && room.current !== null) open(room.current);
    });
    return () => {
      isGone = true;
      window.cancelAnimationFrame(frame);
      observer?.disconnect();
      player?.stop();
      term?.dispose();
      playback.current = null;
      terminal.current = null;
    };
  }, [cast]);

  useEffect(() => {
    isDarkNow.current = isDark;
    if (terminal.current !== null) terminal.current.options.theme = themeOf(schemeOf(preferences, isDark));
  }, [preferences, isDark]);
  return { room, playback, state, link };
}
