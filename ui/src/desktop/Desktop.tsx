// The desktop of one server at a time: strip, wallpaper, icons, windows, taskbar.
import { useEffect } from "react";
import { useRereading } from "../api/administrator";
import { retryWhenOnline } from "../api/reconnectOnline";
import { connect, knownServers } from "../api/servers";
import type { Server } from "../api/types";
import { Announcer } from "./Announcer";
import { DesktopIcons } from "./DesktopIcons";
import { Dialogs } from "./Dialogs";
import { forgetGone, startOnce } from "./firstStart";
import { saveLayout } from "./layoutStorage";
import { ReceiptCard } from "./ReceiptCard";
import { Palette } from "./palette/Palette";
import { ProductionFrame } from "./servers/ProductionFrame";
import { Taskbar } from "./Taskbar";
import { useDesktopKeys } from "./useDesktopKeys";
import { Windows } from "./Windows";
import { useWorkspaces } from "./workspaces";

const SAVE_AFTER_MS = 300;

export function Desktop({ servers, home }: { servers: readonly Server[]; home: Server }) {
  const activeId = useWorkspaces((state) => state.active);
  const active = servers.find((server) => server.id === activeId) ?? home;
  useDesktopKeys();
  useRereading(servers);

  useEffect(() => {
    startOnce(servers, home);
    forgetGone(servers, home);
  }, [servers, home]);
  useSavedLayout();
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

/** Stores the windows as they change. */
function useSavedLayout(): void {
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
