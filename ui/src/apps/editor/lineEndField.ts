// The lines of a document that do not end as most do: they keep their end through every change, and get it back when a removal is undone.
import { invertedEffects } from "@codemirror/commands";
import { RangeSet, RangeSetBuilder, RangeValue, StateEffect, StateField, type EditorState, type Extension, type Text } from "@codemirror/state";
import type { LineEnd } from "../../lib/lineEnds";

class OddEnd extends RangeValue {
  constructor(readonly end: LineEnd) {
    super();
  }
  override eq(other: RangeValue): boolean {
    return other instanceof OddEnd && other.end === this.end;
  }
}

const ODD: Record<LineEnd, OddEnd> = { "\n": new OddEnd("\n"), "\r\n": new OddEnd("\r\n"), "\r": new OddEnd("\r") };

interface PlacedEnd {
  at: number;
  end: LineEnd;
}

const restore = StateEffect.define<readonly PlacedEnd[]>({
  map: (ends, changes) => ends.map(({ at, end }) => ({ at: changes.mapPos(at, 1), end })),
});
/** Makes every line end alike. */
export const dropOddEnds = StateEffect.define();

const oddEnds = StateField.define<RangeSet<OddEnd>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    let next = value;
    if (transaction.docChanged && next.size > 0) {
      next = next.map(transaction.changes);
      const doc = transaction.newDoc;
      // A range that no longer covers exactly one line end has lost it.
      next = next.update({ filter: (from, to) => to === from + 1 && doc.lineAt(from).to === from });
    }
    for (const effect of transaction.effects) {
      if (effect.is(dropOddEnds)) next = RangeSet.empty;
      if (effect.is(restore)) next = next.update({ add: effect.value.filter(({ at }) => isLineEnd(transaction.newDoc, at)).map(({ at, end }) => ODD[end].range(at, at + 1)), sort: true });
    }
    return next;
  },
});

/** A document's odd ends to begin with; `lines` counts from 0. */
export function withLineEnds(doc: Text, lines: ReadonlyMap<number, LineEnd>): Extension {
  const builder = new RangeSetBuilder<OddEnd>();
  for (const [line, end] of lines) {
    const { to } = doc.line(line + 1);
    builder.add(to, to + 1, ODD[end]);
  }
  const start = builder.finish();
  return [oddEnds.init(() => start), invertedEffects.of(lost)];
}

/** The lines (from 0) that end otherwise. */
export function oddLines(state: EditorState): Map<number, LineEnd> {
  const lines = new Map<number, LineEnd>();
  const cursor = state.field(oddEnds).iter();
  for (; cursor.value !== null; cursor.next()) lines.set(state.doc.lineAt(cursor.from).number - 1, cursor.value.end);
  return lines;
}

/** What undoing the change must give back. */
function lost(transaction: { changes: { iterChangedRanges: (each: (from: number, to: number) => void) => void }; startState: EditorState; effects: readonly StateEffect<unknown>[] }): StateEffect<unknown>[] {
  const before = transaction.startState.field(oddEnds);
  if (before.size === 0) return [];
  const ends: PlacedEnd[] = [];
  const take = (from: number, to: number) => before.between(from, to, (at, _to, value) => void (at >= from && at < to && ends.push({ at, end: value.end })));
  transaction.changes.iterChangedRanges(take);
  if (transaction.effects.some((effect) => effect.is(dropOddEnds))) take(0, transaction.startState.doc.length);
  return ends.length === 0 ? [] : [restore.of(ends)];
}

function isLineEnd(doc: Text, at: number): boolean {
  return at < doc.length && doc.lineAt(at).to === at;
}
