// The taskbar: the start button and the apps in the middle, the tray at the right; on a phone the same as a bottom bar.
import type { Server } from "../api/types";
import { APPS } from "../apps/index";
import { AppearanceButton } from "./AppearanceButton";
import { Clock } from "./Clock";
import { ServerSwitcher } from "./servers/ServerSwitcher";
import { StartMenu } from "./StartMenu";
import { TaskbarButton } from "./TaskbarButton";
import { frontOf, minimize, openApp, useWorkspaces, windowsOf } from "./workspaces";

export function Taskbar({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const windows = useWorkspaces((state) => windowsOf(state, active.id));
  const front = frontOf(windows)?.app ?? null;
  return (
    <nav
      aria-label="Taskbar"
      data-color={active.color}
      tabIndex={-1}
      className="taskbar relative z-20 grid grid-cols-[1fr_auto_1fr] items-center border-t border-line bg-bar px-2 outline-none backdrop-blur-xl max-wide:grid-cols-[minmax(0,1fr)_auto] max-wide:pb-[env(safe-area-inset-bottom)]"
    >
      <div className="max-wide:hidden" />
      {/* A phone has room for what is open; all else is in the start menu and on the desktop. */}
      <div className="flex items-center gap-1 max-wide:overflow-x-auto max-wide:[scrollbar-width:none]">
        <StartMenu servers={servers} active={active} />
        {APPS.map((app) => {
          const isOpen = windows.some((window) => window.app === app.id);
          const running = front === app.id ? "front" : isOpen ? "yes" : "no";
          return (
            <TaskbarButton
              key={app.id}
              label={app.title}
              icon={<app.Icon size={28} />}
              running={running}
              className={isOpen ? "" : "max-wide:hidden"}
              onClick={() => (running === "front" ? minimize(app.id) : openApp(app))}
            />
          );
        })}
      </div>
      <div className="flex min-w-0 items-center justify-end gap-1">
        <AppearanceButton />
        <ServerSwitcher servers={servers} active={active} />
        <Clock />
      </div>
    </nav>
  );
}
