// Where to go: favourites, recent folders, the filesystems with how full they are, and the tree of folders.
import { Clock, HardDrive, Home, Star, Trash2, X } from "lucide-react";
import type { ReactNode } from "react";
import { useHome } from "../../api/files";
import { useReading } from "../../api/readings";
import type { Filesystem, Server } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { Meter } from "../../kit/Meter";
import { formatBytes } from "../../lib/bytes";
import { classes } from "../../lib/classes";
import { nameOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { Shell } from "../manifest";
import { useDropTarget } from "./drag";
import { FolderTree } from "./FolderTree";
import { forgetRecent, placesOf, toggleBookmark, usePlaces } from "./places";

const ICON = { size: 16, strokeWidth: 1.75, className: "shrink-0" };
const MOST_RECENT = 5;
/** In memory or read-only images: nobody keeps files there. */
const LESSER = new Set(["tmpfs", "devtmpfs", "ramfs", "squashfs", "efivarfs", "overlay", "iso9660"]);

export interface SidebarProps {
  server: Server;
  shell: Shell;
  path: string | null;
  onOpen: (path: string) => void;
}

export function Sidebar({ server, shell, path, onOpen }: SidebarProps) {
  const isConnected = server.state.status === "connected";
  const { home } = useHome(server.id, isConnected);
  const { bookmarks, recent } = usePlaces((state) => placesOf(state, server.id));
  const { reading } = useReading(server.id, "storage.filesystems", { path: null });
  // What a language model read is shown only where there is room to say so.
  const known = reading?.outcome.status === "ok" && reading.model === null ? reading.outcome.value.filesystems : [];
  const filesystems = known.filter((each) => each.mountPoint !== "/" && !LESSER.has(each.type ?? ""));
  const root = known.find((each) => each.mountPoint === "/");
  const shownRecent = recent.filter((each) => each !== path && each !== home?.path && each !== "/" && !bookmarks.includes(each)).slice(0, MOST_RECENT);
  const place = (target: string, label: string, icon: ReactNode, more: Partial<PlaceProps> = {}) => (
    <Place key={target} server={server.id} path={target} label={label} icon={icon} isHere={target === path} onOpen={onOpen} {...more} />
  );
  return (
    <nav aria-label="Places" className="flex h-full flex-col gap-3 overflow-y-auto px-2 py-2.5">
      <Section title="Favourites">
        {home !== null && place(home.path, "Home", <Home {...ICON} />)}
        {bookmarks.map((each) =>
          place(each, visibleText(nameOf(each), 80), <Star {...ICON} />, { onRemove: () => toggleBookmark(server.id, each), removeLabel: `Remove ${visibleText(nameOf(each), 60)} from favourites` }),
        )}
        <li>
          <button type="button" onClick={() => shell.openRecycleBin(server.id)} className={ROW}>
            <Trash2 {...ICON} />
            Recycle Bin
          </button>
        </li>
      </Section>
      {shownRecent.length > 0 && (
        <Section title="Recent" action={<IconButton label="Forget recent folders" icon={<X size={12} strokeWidth={1.75} />} onClick={() => forgetRecent(server.id)} className="wide:size-5" />}>
          {shownRecent.map((each) => place(each, visibleText(nameOf(each), 80), <Clock {...ICON} />))}
        </Section>
      )}
      <Section title="Locations">
        {place("/", "Root folder", <HardDrive {...ICON} />, root === undefined ? {} : { filesystem: root })}
        {filesystems.map((each) => place(each.mountPoint, visibleText(each.mountPoint, 80), <HardDrive {...ICON} />, { filesystem: each }))}
      </Section>
      <div>
        <h3 className={HEADING}>Folders</h3>
        <FolderTree server={server.id} isConnected={isConnected} path={path} onOpen={onOpen} />
      </div>
    </nav>
  );
}

const HEADING = "px-2 pb-1 text-caption font-medium text-ink-faint";
const ROW = "flex h-7 w-full min-w-0 items-center gap-2 rounded-control px-2 text-left hover:bg-hover focus-visible:-outline-offset-2 max-wide:h-11";

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <div className="flex items-center justify-between">
        <h3 className={HEADING}>{title}</h3>
        {action}
      </div>
      <ul aria-label={title}>{children}</ul>
    </div>
  );
}

interface PlaceProps {
  server: string;
  path: string;
  label: string;
  icon: ReactNode;
  isHere: boolean;
  onOpen: (path: string) => void;
  filesystem?: Filesystem;
  onRemove?: () => void;
  removeLabel?: string;
}

function Place({ server, path, label, icon, isHere, onOpen, filesystem, onRemove, removeLabel = "Remove" }: PlaceProps) {
  const { isOver, handlers } = useDropTarget(server, path);
  return (
    <li className="group relative">
      <button
        type="button"
        aria-current={isHere ? "location" : undefined}
        title={visibleText(path, 600)}
        onClick={() => onOpen(path)}
        {...handlers}
        className={classes(ROW, filesystem !== undefined && "h-10 max-wide:h-12", isHere && "bg-accent-ground text-accent-ink", onRemove !== undefined && "pr-7", isOver && "outline-2 -outline-offset-2 outline-accent-ink")}
      >
        {icon}
        <span className="min-w-0 grow">
          <bdi className="block truncate whitespace-pre">{label}</bdi>
          {filesystem !== undefined && <FreeSpace filesystem={filesystem} />}
        </span>
      </button>
      {onRemove !== undefined && (
        <IconButton
          label={removeLabel}
          icon={<X size={12} strokeWidth={1.75} />}
          onClick={onRemove}
          className="absolute top-1 right-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 wide:size-5 max-wide:top-0 max-wide:opacity-100"
        />
      )}
    </li>
  );
}

function FreeSpace({ filesystem }: { filesystem: Filesystem }) {
  return (
    <span className="mt-0.5 flex items-center gap-2" title={`${formatBytes(filesystem.usedBytes)} of ${formatBytes(filesystem.sizeBytes)} used`}>
      <span className="block grow">
        <Meter label={`${visibleText(filesystem.mountPoint, 80)} used`} percent={filesystem.usedPercent} />
      </span>
      <span className="figures text-caption leading-3 text-ink-faint">{formatBytes(filesystem.availableBytes)}</span>
    </span>
  );
}
