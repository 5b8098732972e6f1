// One input for several terminals: which ones listen, and the way to all of them, shown or not.
import { create } from "zustand";
import { openBinarySocket } from "../../api/binarySocket";
import { terminalsIn, type Tab } from "./layout";
import { panes } from "./paneSession";
import { TerminalSocket } from "./terminalSocket";

/** `tab`: all panes of the shown tab; `server`: all terminals of the server; else those that were chosen. */
export type Audience = { kind: "tab" } | { kind: "server" } | { kind: "chosen"; terminals: readonly string[] };

interface Broadcasts {
  /** By server; one without an entry sends to the focused pane alone. */
  audiences: Readonly<Record<string, Audience>>;
  /** Everyone who hears what is typed into any of them. */
  listeners: ReadonlySet<string>;
}

export const useBroadcast = create<Broadcasts>(() => ({ audiences: {}, listeners: new Set() }));

/** Connections to listeners that have no pane. */
const quiet = new Map<string, TerminalSocket>();

export function useAudience(server: string): Audience | null {
  return useBroadcast(({ audiences }) => (Object.hasOwn(audiences, server) ? (audiences[server] ?? null) : null));
}

/** Null ends it. */
export function setAudience(server: string, audience: Audience | null): void {
  useBroadcast.setState(({ audiences }) => ({
    audiences: Object.fromEntries([...Object.entries(audiences).filter(([id]) => id !== server), ...(audience === null ? [] : [[server, audience] as const])]),
  }));
}

/** The terminals an audience means at the moment; fewer than two are no audience. */
export function listenersOf(audience: Audience | null, tab: Tab | null, terminals: readonly string[]): readonly string[] {
  if (audience === null) return [];
  const meant = audience.kind === "server" ? terminals : audience.kind === "tab" ? (tab === null ? [] : terminalsIn(tab.root)) : audience.terminals;
  const there = meant.filter((id) => terminals.includes(id));
  return there.length < 2 ? [] : there;
}

/** Takes over who listens; connections that nobody needs any more are closed. */
export function setListeners(listeners: readonly string[]): void {
  const before = useBroadcast.getState().listeners;
  if (before.size !== listeners.length || listeners.some((id) => !before.has(id))) useBroadcast.setState({ listeners: new Set(listeners) });
  for (const [id, socket] of quiet) {
    if (listeners.includes(id) && !panes.has(id)) continue;
    socket.close();
    quiet.delete(id);
  }
  for (const id of listeners) {
    if (panes.has(id) || quiet.has(id)) continue;
    const socket = new TerminalSocket(() => openBinarySocket(id), { onFrame: (_frame, done) => done(), onPhase: () => undefined });
    quiet.set(id, socket);
    socket.connect();
  }
}

/** Passes on what was typed into one terminal to all others that listen. */
export function passOn(from: string, data: string): void {
  for (const id of others(from)) (panes.get(id) ?? quietOf(id))?.send(data);
}

/** Pastes a cleaned text into a terminal, and into all that listen where it does. */
export function pasteInto(terminal: string, text: string): void {
  panes.get(terminal)?.paste(text);
  for (const id of others(terminal)) {
    const pane = panes.get(id);
    if (pane === undefined) quietOf(id)?.send(text.replaceAll("\n", "\r"));
    else pane.paste(text);
  }
}

function others(from: string): string[] {
  const { listeners } = useBroadcast.getState();
  return listeners.has(from) ? [...listeners].filter((id) => id !== from) : [];
}

function quietOf(id: string): { send: (data: string) => void } | null {
  const socket = quiet.get(id);
  return socket === undefined ? null : { send: (data) => socket.input(data) };
}
