// The desktop of one server at a time: strip, wallpaper, icons, windows, taskbar; it also decides what opens at the first start.
import { useEffect, useRef } from "react";
import { useRereading } from "../api/administrator";
import { useProgram } from "../api/program";
import { retryWhenOnline } from "../api/reconnectOnline";
import { connect, knownServers, THIS_COMPUTER } from "../api/servers";
import type { Server } from "../api/types";
import { dashboard } from "../apps/dashboard/manifest";
import { findApp } from "../apps/index";
import { Announcer } from "./Announcer";
import { DesktopIcons } from "./DesktopIcons";
import { Dialogs } from "./Dialogs";
import { loadLayout, saveLayout } from "./layoutStorage";
import { OfflineBanner } from "./OfflineBanner";
import { ReceiptCard } from "./ReceiptCard";
import { Palette } from "./palette/Palette";
import { ProductionFrame } from "./servers/ProductionFrame";
import { Taskbar } from "./Taskbar";
import { useDesktopKeys } from "./useDesktopKeys";
import { Windows } from "./Windows";
import { forgetWorkspace, showWorkspace, useWorkspaces } from "./workspaces";

const SAVE_AFTER_MS = 300;

export function Desktop({ servers, home }: { servers: readonly Server[]; home: Server }) {
  const isOffline = useProgram((program) => program.phase === "offline");
  const activeId = useWorkspaces((state) => state.active);
  const active = servers.find((server) => server.id === activeId) ?? home;
  useDesktopKeys();
  useRereading(servers);
  useFirstStart(servers, home);
  useGoneServers(servers, home);

  useEffect(() => retryWhenOnline(window, knownServers, (id) => void connect(id).catch(() => undefined)), []);
  useEffect(() => {
    document.title = `${active.name} – HeadlessOS`;
  }, [active.name]);

  return (
    <div className="flex h-full flex-col">
      <div data-color={active.color} data-strip="" className="z-20 flex h-0.75 shrink-0 bg-identity">
        {active.administrator.status === "on" && <span data-administrator="" className="mx-auto h-full w-1/3 bg-warn" />}
      </div>
      <main aria-label="Desktop" className="wallpaper relative min-h-0 grow overflow-clip">
        <h1 className="sr-only">HeadlessOS</h1>
        <DesktopIcons />
        <Windows servers={servers} />
        {isOffline && <OfflineBanner />}
        <ReceiptCard />
      </main>
      <Taskbar servers={servers} active={active} />
      {active.production && <ProductionFrame />}
      <Palette servers={servers} active={active} />
      <Dialogs servers={servers} active={active} />
      <Announcer active={active} />
    </div>
  );
}

/** Forgets the workspaces of servers that are removed while the page is open, by whomever; who was in one comes home. */
function useGoneServers(servers: readonly Server[], home: Server): void {
  const before = useRef(servers);
  useEffect(() => {
    const gone = before.current.filter(({ id }) => !servers.some((server) => server.id === id));
    before.current = servers;
    for (const { id } of gone) {
      if (useWorkspaces.getState().active === id) showWorkspace(home.id, dashboard);
      forgetWorkspace(id);
    }
  }, [servers, home]);
}

/** Brings back the windows of the last time, or opens This computer's dashboard; This computer connects by itself. */
function useFirstStart(servers: readonly Server[], home: Server): void {
  const hasStarted = useRef(false);
  useEffect(() => {
    if (hasStarted.current) return;
    hasStarted.current = true;
    const layout = loadLayout((id) => findApp(id) !== null);
    if (layout !== null) useWorkspaces.setState({ opened: layout.opened, windows: layout.windows });
    const last = servers.find((server) => server.id === layout?.active) ?? home;
    showWorkspace(last.id, dashboard);
    if (last.id === THIS_COMPUTER && last.state.status === "disconnected") void connect(last.id).catch(() => undefined);
  }, [servers, home]);

  useEffect(() => {
    let timer = 0;
    const stop = useWorkspaces.subscribe(({ active, opened, windows }) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => saveLayout({ active, opened, windows }), SAVE_AFTER_MS);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
      // A page that is locked the moment after a change comes back with it.
      const { active, opened, windows } = useWorkspaces.getState();
      saveLayout({ active, opened, windows });
    };
  }, []);
}
