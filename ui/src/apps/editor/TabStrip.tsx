// The open files: a dot marks what is not saved.
import { X } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { FileIcon } from "../../kit/FileIcon";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { familyOf } from "../../lib/fileFamily";
import { nameOf, parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { OpenFile } from "./documents";

export interface TabStripProps {
  files: readonly OpenFile[];
  active: OpenFile | null;
  idOf: (file: OpenFile) => { tab: string; panel: string };
  onShow: (file: OpenFile, takesFocus: boolean) => void;
  onClose: (file: OpenFile) => void;
}

export function TabStrip({ files, active, idOf, onShow, onClose }: TabStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  const activeTab = active === null ? null : idOf(active).tab;
  useEffect(() => {
    if (activeTab !== null) document.getElementById(activeTab)?.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [activeTab]);

  const onKey = (event: KeyboardEvent, file: OpenFile) => {
    const at = files.indexOf(file);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: files.length - 1 }[event.key];
    const next = to === undefined ? undefined : files.at(to % files.length);
    if (event.key === "Delete") onClose(file);
    else if (event.key === "Enter" || event.key === " ") onShow(file, true);
    else if (next === undefined) return;
    event.preventDefault();
    if (next === undefined) return;
    onShow(next, false);
    document.getElementById(idOf(next).tab)?.focus();
  };

  return (
    <div ref={strip} className="flex min-w-0 items-stretch gap-0.5 overflow-x-auto p-0.5 [scrollbar-width:none]">
      {/* Owns the tabs from beside, as a list of tabs may hold nothing else, and each has a button to close it. */}
      <div role="tablist" aria-label="Open files" aria-owns={files.map((file) => idOf(file).tab).join(" ")} />
      {files.map((file) => {
        const isActive = file === active;
        const name = nameOf(file.path);
        const isTwin = files.some((other) => other !== file && nameOf(other.path) === name);
        return (
          <div
            key={file.id}
            className={classes(
              "group relative flex max-w-56 min-w-28 shrink-0 items-center rounded-control transition-colors duration-120 max-wide:h-11",
              isActive ? "bg-card text-ink shadow-window-back" : "text-ink-soft hover:bg-hover hover:text-ink",
            )}
          >
            <div
              id={idOf(file).tab}
              role="tab"
              aria-selected={isActive}
              aria-controls={isActive ? idOf(file).panel : undefined}
              tabIndex={isActive ? 0 : -1}
              title={visibleText(file.path, 400)}
              onKeyDown={(event) => onKey(event, file)}
              onClick={() => onShow(file, true)}
              onAuxClick={(event) => event.button === 1 && onClose(file)}
              className="flex h-7 min-w-0 grow items-center gap-1.5 rounded-control pr-8 pl-2 select-none focus-visible:-outline-offset-2 max-wide:h-11 max-wide:pr-11"
            >
              <FileIcon kind={familyOf(name)} size={16} />
              <bdi className="min-w-0 truncate">{visibleText(name, 120)}</bdi>
              {isTwin && <bdi className="min-w-0 shrink-[4] truncate text-small text-ink-faint">{visibleText(nameOf(parentOf(file.path)), 60)}</bdi>}
              {file.isDirty && <span className="sr-only">, not saved</span>}
            </div>
            {file.isDirty && (
              <span aria-hidden="true" className="pointer-events-none absolute right-2.5 size-2 rounded-full bg-accent-ink group-focus-within:opacity-0 group-hover:opacity-0 max-wide:right-4.5" />
            )}
            <IconButton
              label={`Close ${visibleText(name, 120)}`}
              icon={<X size={13} strokeWidth={1.75} />}
              tabIndex={-1}
              onClick={() => onClose(file)}
              className={classes(
                "absolute right-1 max-wide:right-0 wide:size-5",
                (!isActive || file.isDirty) && "opacity-0 group-hover:opacity-100 focus-visible:opacity-100",
              )}
            />
          </div>
        );
      })}
    </div>
  );
}
