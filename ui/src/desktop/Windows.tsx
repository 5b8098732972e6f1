// All windows of the shown workspace and those kept beside it, and the place where the next one would snap; the area is measured here.
import { Activity, useEffect, useRef } from "react";
import { findApp } from "../apps/index";
import type { Server } from "../api/types";
import { placed } from "./geometry";
import { useShell } from "./shell";
import { useIsPhone } from "./useMedia";
import { Window } from "./Window";
import { frontHere, useWorkspaces, windowsHere, type WindowKey } from "./workspaces";

export function Windows({ servers }: { servers: readonly Server[] }) {
  const layer = useRef<HTMLDivElement>(null);
  const state = useWorkspaces();
  const snapPreview = useShell((shell) => shell.snapPreview);
  const isPhone = useIsPhone();

  useEffect(() => {
    const element = layer.current;
    if (element === null) return undefined;
    const measure = () => useWorkspaces.setState({ area: { width: element.clientWidth, height: element.clientHeight } });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const here = windowsHere(state);
  const front = frontHere(state);
  const isMixed = here.some((window) => window.server !== state.active && !window.isMinimized);
  const preview = snapPreview === null ? null : placed(snapPreview, { x: 0, y: 0, ...state.area }, state.area);
  return (
    <div ref={layer} data-windows="" className="pointer-events-none absolute inset-0 isolate overflow-clip *:pointer-events-auto">
      {/* In an order that stays, so that raising a window changes its depth and never moves its element. */}
      {state.windows.toSorted(inOrder).map((window) => {
        const app = findApp(window.app);
        const server = servers.find((each) => each.id === window.server);
        if (app === null || server === undefined) return null;
        const isFront = window === front;
        const isShown = here.includes(window) && !window.isMinimized && (!isPhone || isFront);
        return (
          <Activity key={`${window.server} ${window.app}`} mode={isShown ? "visible" : "hidden"}>
            <Window
              window={window}
              app={app}
              server={server}
              area={state.area}
              depth={state.windows.indexOf(window) + 1}
              isFront={isFront}
              isMixed={isMixed || (window.isPinned && !isPhone)}
              isPhone={isPhone}
              focusRequests={isFront ? state.focusRequests : 0}
            />
          </Activity>
        );
      })}
      {preview !== null && (
        <div
          data-snap-preview={snapPreview}
          className="absolute top-0 left-0 animate-fade p-2"
          style={{ translate: `${preview.x}px ${preview.y}px`, width: preview.width, height: preview.height, zIndex: 2500 }}
        >
          <div className="size-full rounded-window border-2 border-accent-ink bg-accent/20" />
        </div>
      )}
    </div>
  );
}

function inOrder(one: WindowKey, other: WindowKey): number {
  return one.server.localeCompare(other.server, "en") || one.app.localeCompare(other.app, "en");
}
