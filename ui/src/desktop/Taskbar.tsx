// The taskbar: the start button and the apps in the middle, the tray at the right; on a phone the same as a bottom bar.
import type { Server } from "../api/types";
import { APPS } from "../apps/index";
import type { AppManifest } from "../apps/manifest";
import { AppearanceButton } from "./AppearanceButton";
import { Clock } from "./Clock";
import { useFilesOn, useSpring } from "./dragOver";
import { AdministratorSwitch } from "./servers/AdministratorSwitch";
import { ServerSwitcher } from "./servers/ServerSwitcher";
import { StartMenu } from "./StartMenu";
import { TaskbarButton, type TaskbarButtonProps } from "./TaskbarButton";
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
            <AppButton
              key={app.id}
              app={app}
              running={running}
              className={isOpen ? "" : "max-wide:hidden"}
              onClick={() => (running === "front" ? minimize(app.id) : openApp(app))}
            />
          );
        })}
      </div>
      <div className="flex min-w-0 items-center justify-end gap-1">
        <AppearanceButton />
        <AdministratorSwitch server={active} />
        <ServerSwitcher servers={servers} active={active} />
        <Clock />
      </div>
    </nav>
  );
}

/** Files that are held over it open its window, or are dropped on it where it takes them. */
function AppButton({ app, className = "", ...rest }: { app: AppManifest } & Omit<TaskbarButtonProps, "label" | "icon">) {
  const { isOver, handlers } = useFilesOn(app.id);
  const spring = useSpring(() => openApp(app));
  return (
    <TaskbarButton
      label={app.title}
      icon={<app.Icon size={28} />}
      className={isOver ? `${className} bg-pressed outline-2 outline-accent-ink` : className}
      {...rest}
      onDragOver={(event) => {
        spring.onDragOver?.(event);
        handlers.onDragOver?.(event);
      }}
      onDragLeave={(event) => {
        spring.onDragLeave?.(event);
        handlers.onDragLeave?.(event);
      }}
      onDrop={(event) => {
        spring.onDrop?.(event);
        handlers.onDrop?.(event);
      }}
    />
  );
}
