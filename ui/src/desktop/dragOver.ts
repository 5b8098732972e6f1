// Files that are dragged over the desktop: an app's icon takes what it can do something with, and whatever the pointer rests on opens, so that the drag can go on in there.
import { useEffect, useRef, useState, type DOMAttributes } from "react";
import { hasBin } from "../api/files";
import { editor } from "../apps/editor/manifest";
import { moveToBin } from "../apps/files/manifest";
import { recycleBin } from "../apps/recycle-bin/manifest";
import { viewer } from "../apps/viewer/manifest";
import { draggedFiles, endDrag, type DraggedFiles } from "../lib/draggedFiles";
import { shell } from "./shell";

/** The pointer rests this long before something opens. */
const REST_MS = 600;
/** So many files are opened at once. */
const MOST_OPENED = 20;

type Handlers = Pick<DOMAttributes<HTMLElement>, "onDragOver" | "onDragLeave" | "onDrop">;

/** Opens what files are held over. */
export function useSpring(open: () => void): Handlers {
  const timer = useRef<number | null>(null);
  const stop = () => {
    if (timer.current !== null) window.clearTimeout(timer.current);
    timer.current = null;
  };
  useEffect(
    () => () => {
      if (timer.current !== null) window.clearTimeout(timer.current);
    },
    [],
  );
  return {
    onDragOver: (event) => {
      if (timer.current !== null || (draggedFiles(event.dataTransfer) === null && !event.dataTransfer.types.includes("Files"))) return;
      timer.current = window.setTimeout(() => {
        timer.current = null;
        open();
      }, REST_MS);
    },
    onDragLeave: stop,
    onDrop: stop,
  };
}

/** Makes an app's icon a place to drop on, where the app takes files. */
export function useFilesOn(app: string): { isOver: boolean; handlers: Handlers } {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event) => {
        const files = draggedFiles(event.dataTransfer);
        if (files === null || !takes(app, files)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = app === recycleBin.id ? "move" : "copy";
        setIsOver(true);
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event) => {
        setIsOver(false);
        const files = draggedFiles(event.dataTransfer);
        if (files === null || !takes(app, files)) return;
        event.preventDefault();
        endDrag();
        take(app, files);
      },
    },
  };
}

function takes(app: string, { server }: DraggedFiles): boolean {
  return app === recycleBin.id ? hasBin(server) : app === editor.id || app === viewer.id;
}

function take(app: string, { server, paths }: DraggedFiles): void {
  if (app === recycleBin.id) void moveToBin(server, paths);
  else for (const path of paths.slice(0, MOST_OPENED)) shell.openFile(server, path, app === editor.id ? "edit" : "view");
}
