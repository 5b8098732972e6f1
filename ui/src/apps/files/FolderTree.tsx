// The folders as a tree, each read when it is opened; arrow keys move and open as in any tree. The rows are one list, whose levels make the tree: so a folder's name is not taken for that of all in it.
import { ChevronRight } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useFolder } from "../../api/folders";
import { FileIcon } from "../../kit/FileIcon";
import { classes } from "../../lib/classes";
import { isWithin, nameOf, parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import { useDropTarget } from "./drag";
import { childrenOf } from "./treeChildren";
import { useSettings } from "./settings";

/** What is brought into view does not touch the edge. */
const EDGE_PX = 8;

export interface FolderTreeProps {
  server: string;
  isConnected: boolean;
  path: string | null;
  onOpen: (path: string) => void;
}

export function FolderTree({ server, isConnected, path, onOpen }: FolderTreeProps) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map([["/", true]]));
  const [focused, setFocused] = useState("/");
  const isOpen = (folder: string) => opened.get(folder) ?? (path !== null && path !== folder && isWithin(path, folder));
  const setOpen = (folder: string, open: boolean) => setOpened((before) => new Map([...before, [folder, open]]));

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const nodes = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=treeitem]")];
    const at = nodes.findIndex((node) => node.dataset["path"] === focused);
    const node = nodes[at];
    const folder = node?.dataset["path"];
    if (folder === undefined) return;
    const focus = (to: HTMLElement | null | undefined) => {
      const next = to?.dataset["path"];
      if (to === null || to === undefined || next === undefined) return;
      setFocused(next);
      to.focus();
    };
    if (event.key === "ArrowDown") focus(nodes[at + 1]);
    else if (event.key === "ArrowUp") focus(nodes[at - 1]);
    else if (event.key === "Home") focus(nodes[0]);
    else if (event.key === "End") focus(nodes.at(-1));
    else if (event.key === "ArrowRight") {
      if (isOpen(folder)) focus(nodes[at + 1]);
      else setOpen(folder, true);
    } else if (event.key === "ArrowLeft") {
      if (isOpen(folder)) setOpen(folder, false);
      else if (folder !== "/") focus(nodes.find((each) => each.dataset["path"] === parentOf(folder)));
    } else if (event.key === "Enter" || event.key === " ") onOpen(folder);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul role="tree" aria-label="Folders" onKeyDown={onKey}>
      <TreeNode folder="/" level={1} {...{ server, isConnected, path, onOpen, isOpen, setOpen, focused, setFocused }} />
    </ul>
  );
}

/** Scrolls the places alone, and only as far as needed. Who goes somewhere from among the places keeps them where they are. */
function bringIntoView(row: HTMLElement): void {
  const places = row.closest("nav");
  if (places === null || places.contains(document.activeElement)) return;
  const { top, bottom } = row.getBoundingClientRect();
  const view = places.getBoundingClientRect();
  if (top < view.top) places.scrollTop += top - view.top - EDGE_PX;
  else if (bottom > view.bottom) places.scrollTop += bottom - view.bottom + EDGE_PX;
}

interface TreeNodeProps extends FolderTreeProps {
  folder: string;
  level: number;
  isOpen: (folder: string) => boolean;
  setOpen: (folder: string, open: boolean) => void;
  focused: string;
  setFocused: (folder: string) => void;
}

function TreeNode(props: TreeNodeProps) {
  const { server, folder, level, path, onOpen, isOpen, setOpen, focused, setFocused } = props;
  const open = isOpen(folder);
  const labelId = useId();
  const row = useRef<HTMLDivElement>(null);
  const { isOver, handlers } = useDropTarget(server, folder);
  const isHere = folder === path;
  // Also when the row comes later, with the folders above it.
  useEffect(() => {
    if (isHere && row.current !== null) bringIntoView(row.current);
  }, [isHere]);
  return (
    <>
      <li
        role="treeitem"
        aria-level={level}
        aria-expanded={open}
        aria-selected={isHere}
        aria-labelledby={labelId}
        data-path={folder}
        tabIndex={folder === focused ? 0 : -1}
        onFocus={(event) => event.target === event.currentTarget && setFocused(folder)}
        className="group/node outline-none"
      >
        {/* The keys are the tree's own. */}
        <div
          ref={row}
          role="presentation"
          {...handlers}
          onClick={() => onOpen(folder)}
          style={{ paddingInlineStart: `${indentPx(level)}px` }}
          className={classes(
            "flex h-6.5 items-center rounded-control pr-2 hover:bg-hover max-wide:h-11",
            isHere && "bg-accent-ground text-accent-ink",
            folder === focused && "group-focus-visible/node:outline-2 group-focus-visible/node:-outline-offset-2 group-focus-visible/node:outline-accent-ink",
            isOver && "outline-2 -outline-offset-2 outline-accent-ink",
          )}
        >
          <span
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              setOpen(folder, !open);
            }}
            className="grid size-6 shrink-0 place-items-center text-ink-faint max-wide:size-11"
          >
            <ChevronRight size={13} strokeWidth={2} className={classes("transition-transform duration-120", open && "rotate-90")} />
          </span>
          <FileIcon kind="folder" size={16} />
          <bdi id={labelId} className="ml-1.5 truncate whitespace-pre">{folder === "/" ? "/" : visibleText(nameOf(folder), 120)}</bdi>
        </div>
      </li>
      {open && <Children {...props} />}
    </>
  );
}

function Children(props: TreeNodeProps) {
  const { server, isConnected, folder, level } = props;
  const { items, status, readAtMs } = useFolder(server, folder, isConnected);
  const showsHidden = useSettings((settings) => settings.showsHidden);
  const { folders, more } = useMemo(() => childrenOf(items, showsHidden), [items, showsHidden]);
  const note = more > 0 ? `${more.toLocaleString("en-GB")} more` : folders.length > 0 ? null : readAtMs === null && status === "failed" ? "Not readable" : readAtMs === null ? null : "No folders";
  return (
    <>
      {folders.map((item) => (
        <TreeNode key={item.path} {...props} folder={item.path} level={level + 1} />
      ))}
      {note !== null && (
        <li role="none" className="truncate py-0.5 text-small text-ink-faint" style={{ paddingInlineStart: `${indentPx(level + 1) + 26}px` }}>
          {note}
        </li>
      )}
    </>
  );
}

/** No further in than leaves room for a name, however deep a folder lies. */
function indentPx(level: number): number {
  return Math.min(level - 1, 8) * 12;
}
