// Lists a tar archive that is compressed with gzip, by unpacking it as it comes; nothing of what is unpacked is kept.
import { RequestError } from "../../api/client";
import type { Bytes } from "../../api/fileContent";
import { MOST_ENTRIES, type Listing } from "./archives";
import { TarStream } from "./tarStream";

/** More is not unpacked, as a small file can unpack to any size. */
export const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
/** Of what is packed no more is read: it may unpack to nothing at all. */
const MOST_PACKED_BYTES = MOST_UNPACKED_BYTES + 1024 * 1024;
const TELL_MS = 150;

/** Tells `onListing` what is known, now and then and at the end. Throws what the transfer does. */
export async function readGzip(packed: AsyncGenerator<Bytes, void, undefined>, sizeBytes: number, signal: AbortSignal, onListing: (listing: Listing) => void): Promise<void> {
  const source = { bytes: 0 };
  const reader = streamOf(packed, source).pipeThrough(new DecompressionStream("gzip"), { signal }).getReader();
  const tar = new TarStream(MOST_ENTRIES);
  let unpackedBytes = 0;
  let isBroken = false;
  let told = 0;
  const tell = (end: Listing["end"]) => onListing({ entries: [...tar.entries], end, share: end === null ? Math.min(1, source.bytes / sizeBytes) : null });
  try {
    while (!tar.isDone && unpackedBytes < MOST_UNPACKED_BYTES) {
      // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
      const { done, value } = await reader.read();
      if (done) break;
      unpackedBytes += value.length;
      tar.push(value);
      if (performance.now() - told < TELL_MS) continue;
      told = performance.now();
      tell(null);
    }
  } catch (thrown) {
    // What the transfer throws is not about the archive.
    if (signal.aborted || thrown instanceof RequestError) throw thrown;
    isBroken = true;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  const isLimit = tar.isFull || (!tar.isDone && (unpackedBytes >= MOST_UNPACKED_BYTES || source.bytes >= MOST_PACKED_BYTES));
  tell(tar.isTar !== true && !isBroken ? "single" : isLimit ? "limit" : isBroken || tar.isDamaged ? "damaged" : "whole");
}

/** The pieces as a stream that takes no more than is asked for. */
function streamOf(pieces: AsyncGenerator<Bytes, void, undefined>, source: { bytes: number }): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true || source.bytes >= MOST_PACKED_BYTES) {
        controller.close();
        return;
      }
      source.bytes += value.length;
      controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
