// Fetches a recording and reads it as it arrives; more than its limits allow is not fetched.
import { RequestError, send } from "../../../api/client";
import { CastReader, type ParsedCast } from "./asciicast";

/** A recording that the program keeps. Throws where there is no answer. */
export async function castFrom(url: string, signal: AbortSignal): Promise<ParsedCast> {
  try {
    const { body } = await send(url.slice("/api".length), { signal });
    return body === null ? { cast: null, mistake: "The program answered nothing." } : await readStream(body);
  } catch (thrown) {
    if (!(thrown instanceof RequestError) || thrown.status === 0) throw thrown;
    return { cast: null, mistake: thrown.status === 404 ? "This recording is not there any more." : `The program answered ${thrown.status}.` };
  }
}

/** A file of this computer. */
export function castOf(file: Blob): Promise<ParsedCast> {
  return readStream(file.stream());
}

async function readStream(stream: ReadableStream<Uint8Array>): Promise<ParsedCast> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const cast = new CastReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- piece by piece
    const { done, value } = await reader.read();
    if (done) {
      cast.push(decoder.decode());
      return cast.finish();
    }
    if (!cast.push(decoder.decode(value, { stream: true }))) {
      void reader.cancel().catch(() => undefined);
      return cast.finish();
    }
  }
}
