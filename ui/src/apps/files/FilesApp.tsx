// The File Explorer of one server: places at the left, one or two panes, a preview, and what is under way at the foot.
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Lock } from "lucide-react";
import { notGranted } from "../../api/permissions";
import { NotGranted } from "../../kit/NotGranted";
import { useIsPhone } from "../../kit/useIsPhone";
import type { AppProps } from "../manifest";
import { commandsOf } from "./commands";
import { FilesDialogs } from "./dialogs/FilesDialogs";
import { activeTab, goTo, layoutOf, openTab, useExplorer } from "./explorer";
import { FilterField } from "./FilterField";
import { NewsBar } from "./NewsBar";
import { PaneView } from "./PaneView";
import { PathBar } from "./PathBar";
import { Preview } from "./Preview";
import { takeRequests, useRequests } from "./requests";
import { setScope, type Scope } from "./searchForm";
import { changeSettings, useSettings } from "./settings";
import { Sidebar } from "./Sidebar";
import { Toolbar } from "./Toolbar";
import { Transfers } from "./transfers/Transfers";
import { runElsewhere } from "./useAreaKeys";
import { usePane } from "./usePane";

export function FilesApp(props: AppProps) {
  const { server, shell } = props;
  const denied = notGranted(server, "files.read");
  if (denied !== null) return <NotGranted line={denied} {...(server.kind === "local" ? {} : { onEdit: () => shell.editServer(server.id) })} />;
  return <Explorer {...props} />;
}

function Explorer({ server, shell }: AppProps) {
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const isPhone = useIsPhone();
  const { hasSidebar, hasPreview } = useSettings();
  const [hasDrawer, setHasDrawer] = useState(false);
  const [isEditingPath, setIsEditingPath] = useState(false);
  const activeAt = useExplorer((state) => layoutOf(state, server.id).active);
  const requests = useRequests((state) => state.waiting);
  const first = usePane(server, 0);
  const second = usePane(server, 1);
  const isSplit = second !== null && !isPhone;
  const panes = [first, ...(isSplit || (isPhone && activeAt === 1) ? [second] : [])].filter((pane) => pane !== null);
  const active = panes.find((pane) => pane.at === activeAt) ?? panes[0];
  const isConnected = server.state.status === "connected";

  const focusArea = () => root.current?.querySelector<HTMLElement>("[data-active-pane] [data-files-area]")?.focus({ preventScroll: true });
  const takeFocus = useEffectEvent(focusArea);
  // The window takes the focus as a whole; the items in it are what a person means.
  useEffect(() => {
    const frame = root.current?.closest<HTMLElement>("[data-window]") ?? null;
    if (frame === null) return undefined;
    const onFocus = (event: FocusEvent) => event.target === frame && takeFocus();
    if (document.activeElement === frame) takeFocus();
    frame.addEventListener("focus", onFocus);
    return () => frame.removeEventListener("focus", onFocus);
  }, []);

  // What others asked to see comes in the tab that is shown, where it shows nothing else than home, else in a new one.
  useEffect(() => {
    if (!requests.some((request) => request.server === server.id)) return;
    for (const { path } of takeRequests(server.id)) {
      const layout = layoutOf(useExplorer.getState(), server.id);
      const pane = layout.panes[layout.active];
      if (pane === undefined) continue;
      const tab = activeTab(pane);
      if (tab.path === "~" || tab.path === path) goTo(server.id, tab.id, path);
      else openTab(server.id, layout.active, path);
    }
  }, [server.id, requests]);

  if (active === undefined) return null;
  const commands = commandsOf(server.id, shell, active);
  const open = (path: string) => {
    commands.goTo(path);
    setHasDrawer(false);
  };
  const onFilter = (scope: Scope) => {
    setScope(active.tab.id, active.path, scope);
    field.current?.focus();
    if (scope === "content") field.current?.select();
  };
  const sidebar = <Sidebar server={server} shell={shell} path={active.path} onOpen={open} />;
  return (
    <div
      ref={root}
      className="@container relative flex h-full flex-col"
      role="group"
      aria-label="File Explorer"
      onKeyDown={(event) => runElsewhere(event, { pane: active, commands, onPathBar: () => setIsEditingPath(true), onFilter })}
      // What is dropped beside a place to drop on must not make the browser leave the page.
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes("Files") && !event.defaultPrevented) {
          event.preventDefault();
          event.dataTransfer.dropEffect = "none";
        }
      }}
      onDrop={(event) => event.preventDefault()}
    >
      <Toolbar
        server={server.id}
        isConnected={isConnected}
        isPhone={isPhone}
        isSplit={isSplit}
        pane={active}
        commands={commands}
        onSidebar={() => (isPhone ? setHasDrawer(true) : changeSettings({ hasSidebar: !hasSidebar }))}
        pathBar={<PathBar server={server.id} isConnected={isConnected} shell={shell} pane={active} isEditing={isEditingPath} onEdit={setIsEditingPath} onDone={focusArea} />}
        filter={<FilterField server={server.id} pane={active} field={field} isPhone={isPhone} onDone={focusArea} />}
      />
      {commands.noWrite !== null && (
        <p className="flex shrink-0 items-center gap-2 border-b border-line bg-info-ground px-3 py-1 text-small">
          <Lock size={14} strokeWidth={1.75} className="shrink-0 text-info" aria-hidden="true" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-semibold text-info">Read only.</span> {commands.noWrite}
          </span>
        </p>
      )}
      <div className="relative flex min-h-0 grow">
        <NewsBar server={server.id} />
        {!isPhone && hasSidebar && <div className="w-50 shrink-0 border-r border-line bg-window">{sidebar}</div>}
        <div className="flex min-w-0 grow">
          {panes
            .filter((pane) => !isPhone || pane.at === active.at)
            .map((pane) => (
              <PaneView
                key={pane.at}
                server={server}
                shell={shell}
                pane={pane}
                commands={pane.at === active.at ? commands : commandsOf(server.id, shell, pane)}
                isActive={pane.at === active.at}
                isSplit={isSplit}
                isPhone={isPhone}
                onPathBar={() => setIsEditingPath(true)}
                onFilter={onFilter}
              />
            ))}
        </div>
        {!isPhone && hasPreview && <Preview server={server.id} pane={active} />}
      </div>
      <Transfers server={server.id} />
      {isPhone && <Drawer isOpen={hasDrawer} onClose={() => setHasDrawer(false)}>{sidebar}</Drawer>}
      <FilesDialogs server={server.id} finalFocus={() => root.current?.querySelector<HTMLElement>("[data-active-pane] [data-files-area]") ?? null} />
    </div>
  );
}

function Drawer({ isOpen, onClose, children }: { isOpen: boolean; onClose: () => void; children: React.ReactNode }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOpen) panel.current?.querySelector<HTMLElement>("button")?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <div className="absolute inset-0 z-30 flex animate-fade">
      <div
        ref={panel}
        role="dialog"
        aria-modal="true"
        aria-label="Places"
        tabIndex={-1}
        onKeyDown={(event) => event.key === "Escape" && onClose()}
        className="w-72 max-w-[85%] bg-window shadow-window outline-none"
      >
        {children}
      </div>
      <button type="button" aria-label="Close places" onClick={onClose} className="grow bg-backdrop" />
    </div>
  );
}
