// One window: the frame, the title bar and the app inside; it lies where its placement says, always wholly on the desktop.
import { Copy, Minus, PinOff, Square, X } from "lucide-react";
import { memo, useEffect, useRef, type PointerEvent } from "react";
import type { Server } from "../api/types";
import type { AppManifest } from "../apps/manifest";
import { Boundary } from "../kit/Boundary";
import { IconButton } from "../kit/IconButton";
import { ProductionBadge } from "../kit/ProductionBadge";
import { classes } from "../lib/classes";
import type { Area, Edge } from "./geometry";
import { requestClose } from "./closing";
import { AdministratorMark } from "./servers/AdministratorSwitch";
import { ReconnectMark } from "./servers/ReconnectMark";
import { shell } from "./shell";
import { useKeyboardAdjust } from "./useKeyboardAdjust";
import { useWindowDrag } from "./useWindowDrag";
import { WindowFault } from "./WindowFault";
import { WindowMenu } from "./WindowMenu";
import { bringToFront, currentBounds, minimize, setPinned, toggleMaximized, type WindowState } from "./workspaces";

const CONTROL = { size: 15, strokeWidth: 1.75 };

/** The strips that resize, half outside the frame so that they cover next to nothing of the app. */
const EDGES: readonly [Edge, string][] = [
  ["n", "inset-x-3 -top-1 h-2 cursor-ns-resize"],
  ["s", "inset-x-3 -bottom-1 h-2 cursor-ns-resize"],
  ["w", "inset-y-3 -left-1 w-2 cursor-ew-resize"],
  ["e", "inset-y-3 -right-1 w-2 cursor-ew-resize"],
  ["nw", "-top-1 -left-1 size-4 cursor-nwse-resize"],
  ["ne", "-top-1 -right-1 size-4 cursor-nesw-resize"],
  ["sw", "-bottom-1 -left-1 size-4 cursor-nesw-resize"],
  ["se", "-bottom-1 -right-1 size-4 cursor-nwse-resize"],
];

export interface WindowProps {
  window: WindowState;
  app: AppManifest;
  server: Server;
  area: Area;
  depth: number;
  isFront: boolean;
  /** Stands among windows of more than one server: its frame tells which is its own. */
  isMixed: boolean;
  isPhone: boolean;
  /** A new number asks the front window to take the focus. */
  focusRequests: number;
}

export const Window = memo(function Window({ window, app, server, area, depth, isFront, isMixed, isPhone, focusRequests }: WindowProps) {
  const frame = useRef<HTMLElement>(null);
  const granted = useRef(0);
  const { begin, handlers } = useWindowDrag(window);
  const [adjusting, adjust] = useKeyboardAdjust(window, frame);
  const isMaximized = isPhone || window.placement === "maximized";
  // What is typed into a terminal is done at once.
  const isMarked = server.production && app.id === "terminal";
  const bounds = isPhone ? { x: 0, y: 0, ...area } : currentBounds(window, area);

  useEffect(() => {
    const element = frame.current;
    if (!isFront || element === null || granted.current === focusRequests) return;
    granted.current = focusRequests;
    if (!element.contains(document.activeElement)) element.focus({ preventScroll: true });
  }, [isFront, focusRequests]);

  const beginByTitle = (event: PointerEvent<HTMLElement>) => {
    if (!isPhone && isOnBar(event)) begin(event, null);
  };
  const beginByAlt = (event: PointerEvent<HTMLElement>) => {
    bringToFront(window);
    if (!event.altKey || isPhone) return;
    event.preventDefault();
    event.stopPropagation();
    begin(event, null);
  };

  return (
    <section
      ref={frame}
      aria-label={`${app.title} – ${server.name}`}
      tabIndex={-1}
      data-color={server.color}
      data-window={window.app}
      data-server={window.server}
      data-pinned={window.isPinned ? "" : undefined}
      onPointerDownCapture={beginByAlt}
      {...handlers}
      className={classes(
        "absolute top-0 left-0 flex animate-appear flex-col bg-window outline-none select-none",
        isMaximized ? "rounded-none" : "rounded-window",
        isFront ? "shadow-window" : "shadow-window-back",
        adjusting !== null && "outline-2 outline-accent-ink",
      )}
      style={{ translate: `${bounds.x}px ${bounds.y}px`, width: bounds.width, height: bounds.height, zIndex: depth }}
    >
      <header
        onPointerDown={beginByTitle}
        onDoubleClick={(event) => !isPhone && isOnBar(event) && toggleMaximized(window)}
        className={classes(
          "@container flex h-9.5 shrink-0 touch-none items-center gap-2 pr-1.5 pl-3 max-wide:h-13",
          isMarked ? "bg-production-ground" : isMixed && "bg-identity-ground",
          (isMixed || isMarked) && !isMaximized && "rounded-t-window",
        )}
      >
        <span className="h-4 w-1 shrink-0 rounded-full bg-identity" />
        <WindowMenu
          window={window}
          onAdjust={adjust}
          trigger={
            <button type="button" aria-label="Window menu" data-window-menu="" className="-m-1 rounded-control p-1 focus-visible:-outline-offset-1 max-wide:pointer-events-none">
              <app.Icon size={18} />
            </button>
          }
        />
        <h2 className={classes("max-w-3/5 shrink-0 truncate font-semibold", isFront ? "text-ink" : "text-ink-faint")}>{app.title}</h2>
        <span className={classes("min-w-0 grow truncate", isMixed ? "font-medium text-ink-soft" : "text-ink-faint")}>{server.name}</span>
        {(isMarked || (isMixed && server.production)) && <ProductionBadge />}
        <ReconnectMark server={server} />
        {/* A terminal's shell is the user's own. */}
        {server.administrator.status === "on" && app.id !== "terminal" && <AdministratorMark />}
        {window.isPinned && !isPhone && (
          <IconButton label="Keep in its own workspace" icon={<PinOff {...CONTROL} />} onMouseDown={(event) => event.preventDefault()} onClick={() => setPinned(window, false)} />
        )}
        <IconButton label="Minimise" icon={<Minus {...CONTROL} />} onClick={() => minimize(window)} />
        {!isPhone && (
          <IconButton
            label={isMaximized ? "Restore" : "Maximise"}
            icon={isMaximized ? <Copy {...CONTROL} className="-scale-x-100" /> : <Square {...CONTROL} size={13} />}
            // The pointer leaves the focus in the app: who was typing goes on typing.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => toggleMaximized(window)}
          />
        )}
        <IconButton label="Close" icon={<X {...CONTROL} size={16} />} onClick={() => requestClose(window)} className="hover:bg-bad-solid hover:text-on-solid" />
      </header>
      <div className={classes("min-h-0 grow overflow-hidden border-t border-line select-text", !isMaximized && "rounded-b-window")}>
        <Boundary fallback={(fault, again) => <WindowFault app={app.title} fault={fault} onAgain={again} />}>
          <app.Component server={server} shell={shell} />
        </Boundary>
      </div>
      {isMixed && <div aria-hidden="true" className={classes("pointer-events-none absolute inset-0 z-20 border-2 border-identity", !isMaximized && "rounded-window")} />}
      {!isMaximized &&
        EDGES.map(([edge, look]) => (
          <div key={edge} data-edge={edge} className={`absolute touch-none ${look}`} onPointerDown={(event) => begin(event, edge)} />
        ))}
      {adjusting !== null && (
        <p role="status" className="pointer-events-none absolute inset-x-0 bottom-4 mx-auto w-fit rounded-control bg-tooltip px-3 py-1.5 text-on-tooltip">
          {adjusting === "move" ? "Move" : "Resize"} by arrow keys. Enter keeps it, Escape puts it back.
        </p>
      )}
    </section>
  );
});

/** Not on a button in it, nor on a menu that hangs on one: that lies elsewhere on the page, and only React brings its events here. */
function isOnBar({ target, currentTarget }: { target: EventTarget; currentTarget: Element }): boolean {
  return target instanceof Element && currentTarget.contains(target) && target.closest("button") === null;
}
