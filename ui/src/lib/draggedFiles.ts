// Files of a server that are under way with the pointer. The browser shows what is dragged only on the drop, so it is noted here.

const TYPE = "application/x-headlessos-files";

export interface DraggedFiles {
  server: string;
  paths: readonly string[];
}

let dragged: DraggedFiles | null = null;

export function beginDragOf(data: DataTransfer, files: DraggedFiles): void {
  dragged = files;
  data.setData(TYPE, JSON.stringify(files));
  data.setData("text/plain", files.paths.join("\n"));
  data.effectAllowed = "copyMove";
}

export function endDrag(): void {
  dragged = null;
}

/** What a drag of this page brings; null: it is another drag, of this computer's files or of anything else. */
export function draggedFiles(data: DataTransfer): DraggedFiles | null {
  return data.types.includes(TYPE) ? dragged : null;
}
