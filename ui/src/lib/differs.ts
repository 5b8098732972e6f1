// Where two contents begin to differ; pure.

/** The place of the first byte that differs within what both have; null: that is the same. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number | null {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return at;
  return null;
}

/** Goes through both side by side, holding a piece of each; the place of the first byte that differs or that only one has, null: there is none. */
export async function differsAt(one: AsyncIterator<Uint8Array>, other: AsyncIterator<Uint8Array>): Promise<number | null> {
  let position = 0;
  let [left, right] = await Promise.all([nextPiece(one), nextPiece(other)]);
  while (left !== null && right !== null) {
    const found = firstDifference(left, right);
    if (found !== null) return position + found;
    const length = Math.min(left.length, right.length);
    position += length;
    const rests: [Uint8Array, Uint8Array] = [left.subarray(length), right.subarray(length)];
    // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
    [left, right] = await Promise.all([rests[0].length > 0 ? rests[0] : nextPiece(one), rests[1].length > 0 ? rests[1] : nextPiece(other)]);
  }
  return left === null && right === null ? null : position;
}

/** The next piece with something in it; null at the end. */
async function nextPiece(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array | null> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    const { done, value } = await pieces.next();
    if (done === true) return null;
    if (value.length > 0) return value;
  }
}
