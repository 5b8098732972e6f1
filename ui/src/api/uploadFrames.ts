// How files are put into the body of an upload: each is a frame of a length, a header and its bytes.

export interface FrameHeader {
  path: string;
  offset: number;
  length: number;
  sizeBytes: number;
  modifiedAt: number | null;
  replace: boolean;
  confirm?: string;
}

export interface FolderHeader {
  path: string;
  folder: true;
}

/** Four bytes with the header's length, big-endian, then the header. */
export function frameHead(header: FrameHeader | FolderHeader): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const head = new Uint8Array(4 + text.length);
  new DataView(head.buffer).setUint32(0, text.length);
  head.set(text, 4);
  return head;
}

/** Cuts a list into batches that stay below a number of bytes and of files; a larger one stands alone. */
export function batches<T extends { sizeBytes: number }>(files: readonly T[], mostBytes: number, mostFiles: number): T[][] {
  const all: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (bytes + file.sizeBytes > mostBytes || batch.length >= mostFiles)) {
      all.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.sizeBytes;
  }
  if (batch.length > 0) all.push(batch);
  return all;
}
