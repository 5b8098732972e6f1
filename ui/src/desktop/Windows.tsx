// All windows of the shown workspace, and the place where the next one would snap; the area is measured here.
import { Activity, useEffect, useRef } from "react";
import { findApp } from "../apps/index";
import type { Server } from "../api/types";
import { placed } from "./geometry";
import { useShell } from "./shell";
import { useIsPhone } from "./useMedia";
import { Window } from "./Window";
import { frontOf, useWorkspaces, windowsOf } from "./workspaces";

export function Windows({ servers, active }: { servers: readonly Server[]; active: Server }) {
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

  const preview = snapPreview === null ? null : placed(snapPreview, { x: 0, y: 0, ...state.area }, state.area);
  return (
    <div ref={layer} data-windows="" className="pointer-events-none absolute inset-0 overflow-clip *:pointer-events-auto">
      {servers.map((server) => {
        const windows = windowsOf(state, server.id);
        const front = frontOf(windows);
        // In the order of the apps, so that raising a window changes its depth and never moves its element.
        return windows
          .toSorted((one, other) => one.app.localeCompare(other.app, "en"))
          .map((window) => {
            const app = findApp(window.app);
            const isShown = server.id === active.id && !window.isMinimized && (!isPhone || window === front);
            return app === null ? null : (
              <Activity key={`${server.id} ${window.app}`} mode={isShown ? "visible" : "hidden"}>
                <Window
                  window={window}
                  app={app}
                  server={server}
                  area={state.area}
                  depth={windows.indexOf(window) + 1}
                  isFront={window === front}
                  isPhone={isPhone}
                  focusRequests={window === front ? state.focusRequests : 0}
                />
              </Activity>
            );
          });
      })}
      {preview !== null && (
        <div
          data-snap-preview={snapPreview}
          className="absolute top-0 left-0 animate-fade p-2"
          style={{ translate: `${preview.x}px ${preview.y}px`, width: preview.width, height: preview.height, zIndex: 900 }}
        >
          <div className="size-full rounded-window border-2 border-accent-ink bg-accent/20" />
        </div>
      )}
    </div>
  );
}
