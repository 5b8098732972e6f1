// The field in which an item gets another name, in its place: Enter keeps it, Escape and leaving an unchanged one put it back.
import { useEffect, useId, useRef, useState } from "react";
import type { FileItem } from "../../api/folderItems";
import { classes } from "../../lib/classes";
import { mistakeInName, parentOf, joinPath, splitName } from "../../lib/remotePath";
import { rename } from "./actions";
import { only } from "./selection";
import { select, setRenaming } from "./explorer";
import { shown } from "./words";

export interface RenameInputProps {
  server: string;
  tab: string;
  item: FileItem;
  className?: string;
  /** Back to the items. */
  onDone: () => void;
}

export function RenameInput({ server, tab, item, className, onDone }: RenameInputProps) {
  const [name, setName] = useState(item.name);
  const input = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);
  const id = useId();
  const mistake = name === item.name ? null : mistakeInName(name);

  useEffect(() => {
    const stem = item.kind === "folder" ? item.name : splitName(item.name).stem;
    // After the menu that may have asked for it has given the focus back.
    const frame = window.requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(0, stem.length);
    });
    return () => window.cancelAnimationFrame(frame);
  }, [item]);

  const end = (keeps: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    setRenaming(tab, null);
    if (!keeps || name === item.name || mistake !== null) return;
    const to = joinPath(parentOf(item.path), name);
    void rename(server, item.path, name).then((isRenamed) => isRenamed && select(tab, only(to)));
  };

  return (
    <span className={classes("relative min-w-0", className)}>
      <input
        ref={input}
        value={name}
        aria-label={`New name of ${shown(item.name)}`}
        aria-invalid={mistake !== null || undefined}
        aria-describedby={mistake === null ? undefined : id}
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
        onBlur={() => end(document.hasFocus())}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          if (event.key === "Enter" && mistake !== null) return;
          end(event.key === "Enter");
          onDone();
        }}
        className={classes(
          "h-6 w-full min-w-0 rounded-control border bg-card px-1.5 text-ink select-text focus-visible:-outline-offset-1",
          mistake === null ? "border-control-line" : "border-bad outline-bad",
        )}
      />
      {mistake !== null && (
        <span id={id} role="alert" className="absolute top-full left-0 z-10 mt-1 w-max max-w-70 rounded-control bg-bad-solid px-2 py-1 text-left text-small whitespace-normal text-on-solid">
          {mistake}
        </span>
      )}
    </span>
  );
}
