// Where a dragged tab would go: a line between the tabs, or the half of a pane.
import type { TabDrag } from "./useTabDrag";

export function DropPreview({ aim }: { aim: TabDrag["aim"] }) {
  if (aim === null) return null;
  const { x, y, width, height } = aim.box;
  return (
    <div className="pointer-events-none absolute z-20" style={{ left: x, top: y, width, height }} data-drop-preview={aim.drop.kind}>
      {aim.drop.kind === "place" ? (
        <div className="size-full rounded-full bg-accent" />
      ) : (
        <div className="size-full rounded-control border-2 border-accent-ink bg-accent/20" />
      )}
    </div>
  );
}
