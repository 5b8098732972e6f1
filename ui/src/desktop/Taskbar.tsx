// The taskbar: the start button and the apps in the middle, the tray at the right; on a phone the same as a bottom bar.
import type { Server } from "../api/types";
import { APPS, findApp } from "../apps/index";
import type { AppManifest } from "../apps/manifest";
import { ProductionBadge } from "../kit/ProductionBadge";
import { AppearanceButton } from "./AppearanceButton";
import { Clock } from "./Clock";
import { useFilesOn, useSpring } from "./dragOver";
import { AdministratorSwitch } from "./servers/AdministratorSwitch";
import { ServerSwitcher } from "./servers/ServerSwitcher";
import { StartMenu } from "./StartMenu";
import { WorkspaceRow } from "./servers/WorkspaceRow";
import { TaskbarButton, type TaskbarButtonProps } from "./TaskbarButton";
import { frontHere, minimize, openApp, raise, useWorkspaces, windowsHere, type WindowState } from "./workspaces";

export function Taskbar({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const state = useWorkspaces();
  const here = windowsHere(state);
  const front = frontHere(state);
  return (
    <nav
      aria-label="Taskbar"
      data-color={active.color}
      tabIndex={-1}
      className="taskbar relative z-20 grid grid-cols-[1fr_auto_1fr] items-center border-t border-line bg-bar px-2 outline-none backdrop-blur-xl max-wide:grid-cols-[minmax(0,1fr)_auto] max-wide:pb-[env(safe-area-inset-bottom)]"
    >
      <WorkspaceRow servers={servers} active={active} />
      {/* A phone has room for what is open, and shows the rest of that when it is drawn along; all else is in the start menu and on the desktop. */}
      <div className="flex min-w-0 items-center gap-1">
        <StartMenu servers={servers} active={active} />
        <div className="flex min-w-0 items-center gap-1 max-wide:overflow-x-auto max-wide:pr-4 max-wide:[mask-image:linear-gradient(to_right,black_calc(100%-16px),transparent)] max-wide:[scrollbar-width:none]">
          {APPS.map((app) => {
            const window = here.find((each) => each.app === app.id && each.server === active.id);
            const isOpen = window !== undefined;
            const running = isOpen && window === front ? "front" : isOpen ? "yes" : "no";
            return (
              <AppButton
                key={app.id}
                app={app}
                running={running}
                className={isOpen ? "" : "max-wide:hidden"}
                onClick={() => (isOpen && window === front ? minimize(window) : openApp(app))}
              />
            );
          })}
          <WindowsBeside windows={here.filter((window) => window.server !== active.id)} front={front} servers={servers} />
        </div>
      </div>
      <div className="flex min-w-0 items-center justify-end gap-1">
        {active.production && <ProductionBadge />}
        <AppearanceButton />
        <AdministratorSwitch server={active} />
        <ServerSwitcher servers={servers} active={active} />
        <Clock />
      </div>
    </nav>
  );
}

/** The windows of other servers that stand beside those of this one, so that one that is minimised can come back. */
function WindowsBeside({ windows, front, servers }: { windows: readonly WindowState[]; front: WindowState | null; servers: readonly Server[] }) {
  if (windows.length === 0) return null;
  return (
    <div role="group" aria-label="Windows of other servers" className="ml-1 flex items-center gap-1 border-l border-line pl-2">
      {windows
        .toSorted((one, other) => one.server.localeCompare(other.server, "en") || one.app.localeCompare(other.app, "en"))
        .map((window) => {
          const app = findApp(window.app);
          const server = servers.find((each) => each.id === window.server);
          if (app === null || server === undefined) return null;
          return (
            <TaskbarButton
              key={`${window.server} ${window.app}`}
              label={`${app.title} – ${server.name}`}
              icon={<app.Icon size={28} />}
              color={server.color}
              running={window === front ? "front" : "yes"}
              onClick={() => (window === front ? minimize(window) : raise(window))}
            />
          );
        })}
    </div>
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
