// Files under way with the pointer: inside the page they move (Ctrl copies), from this computer they are uploaded.
import { useState, type DragEvent } from "react";
import { beginDragOf, draggedFiles, endDrag } from "../../lib/draggedFiles";
import { isWithin, parentOf } from "../../lib/remotePath";
import { transfer } from "./actions";
import { bringsFiles, sourcesOf } from "./localFiles";
import { itemsWord } from "./words";
import { upload } from "./upload";

export function beginDrag(event: DragEvent, server: string, paths: readonly string[]): void {
  beginDragOf(event.dataTransfer, { server, paths });
  const label = document.createElement("div");
  label.className = "fixed -top-20 left-0 rounded-control bg-accent px-2.5 py-1 text-small font-medium text-on-solid";
  label.textContent = itemsWord(paths.length);
  document.body.append(label);
  event.dataTransfer.setDragImage(label, -12, -8);
  window.setTimeout(() => label.remove());
}

/** What a drop here would do; null: nothing. */
export function dropMeans(event: DragEvent, server: string, folder: string): "copy" | "move" | null {
  const dragged = draggedFiles(event.dataTransfer);
  if (dragged === null) return bringsFiles(event.dataTransfer) ? "copy" : null;
  const isCopy = event.ctrlKey || event.metaKey || dragged.server !== server;
  if (dragged.server === server && dragged.paths.some((path) => isWithin(folder, path))) return null;
  if (!isCopy && dragged.paths.every((path) => parentOf(path) === folder)) return null;
  return isCopy ? "copy" : "move";
}

/** Takes over what is dropped. */
export function drop(event: DragEvent, server: string, folder: string): void {
  const means = dropMeans(event, server, folder);
  if (means === null) return;
  event.preventDefault();
  event.stopPropagation();
  const dragged = draggedFiles(event.dataTransfer);
  if (dragged === null) void sourcesOf(event.dataTransfer).then((sources) => upload(server, folder, sources));
  else void transfer(means, dragged, { server, folder });
  endDrag();
}

/** Makes an element a place to drop on; `folder` null makes it none. */
export function useDropTarget(server: string, folder: string | null): { isOver: boolean; handlers: Pick<React.DOMAttributes<HTMLElement>, "onDragOver" | "onDragLeave" | "onDrop"> } {
  const [isOver, setIsOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver: (event) => {
        const means = folder === null ? null : dropMeans(event, server, folder);
        setIsOver(means !== null);
        if (means === null) return;
        event.preventDefault();
        event.stopPropagation();
        event.dataTransfer.dropEffect = means;
      },
      onDragLeave: () => setIsOver(false),
      onDrop: (event) => {
        setIsOver(false);
        if (folder !== null) drop(event, server, folder);
      },
    },
  };
}
