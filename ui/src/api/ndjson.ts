// Reads an answer that comes as one JSON value a line, giving the values of each piece as soon as it is here.

/** Calls `onValues` with the values of every piece that completes at least one line; resolves when the answer ends. */
export async function readNdjson(body: ReadableStream<Uint8Array>, onValues: (values: readonly unknown[]) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the pieces come one after the other
    const { done, value } = await reader.read();
    rest += value === undefined ? decoder.decode() : decoder.decode(value, { stream: true });
    const end = done ? rest.length : rest.lastIndexOf("\n") + 1;
    const values = rest
      .slice(0, end)
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line) as unknown);
    rest = rest.slice(end);
    if (values.length > 0) onValues(values);
    if (done) return;
  }
}
