// Which of the open servers the taskbar has room for, with names or without; the shown one is always among them. Pure.

const GAP_PX = 4;
/** Enough for some letters; longer names are cut. */
const NAMED_PX = 84;
const SHORT_PX = 62;
const MORE_PX = 44;

export interface Row<Each> {
  shown: readonly Each[];
  hiddenCount: number;
  hasNames: boolean;
}

export function rowFor<Each>(open: readonly Each[], active: Each, widthPx: number): Row<Each> {
  const room = (eachPx: number, restPx: number) => Math.max(0, Math.floor((widthPx - restPx + GAP_PX) / (eachPx + GAP_PX)));
  if (open.length <= room(NAMED_PX, 0)) return { shown: open, hiddenCount: 0, hasNames: true };
  if (open.length <= room(SHORT_PX, 0)) return { shown: open, hiddenCount: 0, hasNames: false };
  const count = Math.max(1, room(SHORT_PX, MORE_PX));
  const first = open.slice(0, count);
  const shown = first.includes(active) || !open.includes(active) ? first : [...first.slice(0, -1), active];
  return { shown, hiddenCount: open.length - shown.length, hasNames: false };
}
