// Where the pane is: the folders on the way as buttons, or a field for a path with the names that fit.
import { ChevronRight, HardDrive } from "lucide-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { isFolder } from "../../api/folderItems";
import { useFolder } from "../../api/folders";
import { fileInfos } from "../../api/files";
import { classes } from "../../lib/classes";
import { joinPath, nameOf, parentOf, resolvePath, stepsTo } from "../../lib/remotePath";
import { sortKey } from "../../lib/sortKey";
import { visibleText } from "../../lib/visibleText";
import { useDropTarget } from "./drag";
import { goTo } from "./explorer";
import { sayError, sayTrouble } from "./notices";
import { homeOf, type PaneModel } from "./usePane";
import type { Shell } from "../manifest";

const MOST_COMPLETIONS = 8;

export interface PathBarProps {
  server: string;
  isConnected: boolean;
  shell: Shell;
  pane: PaneModel;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
  /** Back to the items. */
  onDone: () => void;
}

export function PathBar({ server, isConnected, shell, pane, isEditing, onEdit, onDone }: PathBarProps) {
  const strip = useRef<HTMLOListElement>(null);
  const { path } = pane;
  useEffect(() => {
    // The end of a long path is what matters.
    if (path !== null && !isEditing) strip.current?.scrollTo(strip.current.scrollWidth, 0);
  }, [path, isEditing]);
  if (path === null) return <div className="h-7 grow rounded-control border border-line bg-card max-wide:h-11" />;
  if (isEditing) return <PathField {...{ server, isConnected, shell, pane, onDone }} path={path} onEnd={() => onEdit(false)} />;
  const steps = stepsTo(path);
  return (
    <div className="flex h-7 min-w-0 grow items-center rounded-control border border-line-strong bg-card max-wide:h-11">
      <nav aria-label="Path" className="flex h-full min-w-0">
        <ol ref={strip} className="flex h-full min-w-0 items-center overflow-x-auto px-0.5 [scrollbar-width:none]">
          {steps.map((step, at) => (
            <Crumb key={step} server={server} path={step} isLast={at === steps.length - 1} onOpen={() => goTo(server, pane.tab.id, step, steps[at + 1] ?? null)} />
          ))}
        </ol>
      </nav>
      <button
        type="button"
        aria-label="Type a path"
        title="Type a path (Ctrl+L)"
        onClick={() => onEdit(true)}
        className="h-full min-w-6 grow cursor-text rounded-control focus-visible:-outline-offset-2"
      />
    </div>
  );
}

function Crumb({ server, path, isLast, onOpen }: { server: string; path: string; isLast: boolean; onOpen: () => void }) {
  const { isOver, handlers } = useDropTarget(server, path);
  return (
    <li className="flex h-full shrink-0 items-center">
      {path !== "/" && <ChevronRight size={13} strokeWidth={1.75} className="text-ink-faint" aria-hidden="true" />}
      <button
        type="button"
        aria-current={isLast ? "page" : undefined}
        aria-label={path === "/" ? "Root folder" : undefined}
        onClick={onOpen}
        {...handlers}
        className={classes(
          "flex h-6 max-w-48 items-center rounded-control px-1.5 hover:bg-hover focus-visible:-outline-offset-2 max-wide:h-11",
          isLast ? "font-medium text-ink" : "text-ink-soft",
          isOver && "bg-accent-ground outline-2 -outline-offset-2 outline-accent-ink",
        )}
      >
        {path === "/" ? <HardDrive size={15} strokeWidth={1.75} /> : <bdi className="truncate whitespace-pre">{visibleText(nameOf(path), 100)}</bdi>}
      </button>
    </li>
  );
}

interface PathFieldProps extends Omit<PathBarProps, "isEditing" | "onEdit"> {
  path: string;
  onEnd: () => void;
}

function PathField({ server, isConnected, shell, pane, path, onDone, onEnd }: PathFieldProps) {
  const [text, setText] = useState(path);
  const [chosen, setChosen] = useState(-1);
  const [isOpen, setIsOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const absolute = resolvePath(text, path, homeOf(server));
  const folder = text.endsWith("/") ? absolute : parentOf(absolute);
  const start = text.endsWith("/") ? "" : sortKey(nameOf(absolute));
  const { items } = useFolder(server, isOpen ? folder : null, isConnected);
  const fits = !isOpen ? [] : items.filter((item) => isFolder(item) && (start === "" || item.sortName.startsWith(start)) && (start.startsWith(".") || !item.name.startsWith("."))).slice(0, 200);
  const names = fits.toSorted((one, other) => (one.sortName < other.sortName ? -1 : 1)).slice(0, MOST_COMPLETIONS);

  useEffect(() => input.current?.select(), []);

  const take = (name: string) => {
    setText(`${joinPath(folder, name)}/`);
    setChosen(-1);
  };
  const go = async () => {
    onEnd();
    onDone();
    if (absolute === path) return;
    try {
      const [info] = await fileInfos(server, [absolute]);
      if (info === null || info === undefined) sayTrouble(server, "There is no such folder", visibleText(absolute, 300));
      else if (info.kind === "folder" || info.targetKind === "folder") goTo(server, pane.tab.id, absolute);
      else {
        goTo(server, pane.tab.id, parentOf(absolute), absolute);
        shell.openFile(server, absolute);
      }
    } catch (thrown) {
      sayError(server, "The path could not be looked up", thrown);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    const name = names[chosen]?.name ?? (event.key === "Tab" ? names[0]?.name : undefined);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setIsOpen(true);
      setChosen((before) => (names.length === 0 ? -1 : (before + (event.key === "ArrowDown" ? 1 : before === -1 ? 0 : -1) + names.length) % names.length));
    } else if ((event.key === "Tab" && !event.shiftKey && isOpen) || event.key === "Enter") {
      if (name !== undefined && (event.key === "Tab" || chosen !== -1)) take(name);
      else if (event.key === "Enter") void go();
      else return;
    } else if (event.key === "Escape") {
      onEnd();
      onDone();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="relative min-w-0 grow">
      <input
        ref={input}
        value={text}
        role="combobox"
        aria-label="Path"
        aria-expanded={names.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen === -1 ? undefined : `${listId}${chosen}`}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setChosen(-1);
          setIsOpen(true);
        }}
        onKeyDown={onKey}
        onBlur={onEnd}
        className="h-7 w-full rounded-control border border-control-line bg-card px-2 text-ink focus-visible:outline-offset-0 max-wide:h-11"
      />
      <ul
        id={listId}
        role="listbox"
        aria-label="Folders that fit"
        className={classes("absolute inset-x-0 top-full z-20 mt-1 rounded-card bg-popover p-1 shadow-popover", names.length === 0 && "hidden")}
      >
        {names.map((item, at) => (
          <li
            key={item.name}
            id={`${listId}${at}`}
            role="option"
            aria-selected={at === chosen}
            // The field keeps the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              take(item.name);
            }}
            className={classes("truncate rounded-control px-2 py-1 whitespace-pre hover:bg-hover", at === chosen && "bg-hover")}
          >
            <bdi>{visibleText(item.name, 200)}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}
