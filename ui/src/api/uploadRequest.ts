// One upload request, with its progress; the browser tells the progress of a body only to XMLHttpRequest.
import { request, RequestError } from "./client";
import { offlineError } from "./errors";
import { doubt, isTrusted } from "./identity";
import type { ErrorBody } from "./types";
import type { FrameHeader } from "./uploadFrames";

export interface UploadResult {
  path: string;
  error: ErrorBody | null;
}

/** Sends a body of frames, or with a header the one file it belongs to, which the browser then reads by itself and much faster; rejects with a RequestError, of status 0 when nobody answered, and with an AbortError when it was stopped. */
export function sendFrames(server: string, body: Blob, signal: AbortSignal, onSent: (bytes: number) => void, header?: FrameHeader): Promise<UploadResult[]> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const stop = () => xhr.abort();
    const end = () => signal.removeEventListener("abort", stop);
    const fail = (error: ErrorBody, status: number) => {
      end();
      reject(new RequestError(error, status));
    };
    xhr.open("POST", `/api/servers/${encodeURIComponent(server)}/files/upload${header === undefined ? "" : `?header=${encodeURIComponent(JSON.stringify(header))}`}`);
    xhr.setRequestHeader("content-type", "application/octet-stream");
    xhr.upload.addEventListener("progress", (event) => onSent(event.loaded));
    xhr.addEventListener("error", () => {
      doubt();
      fail(offlineError(), 0);
    });
    xhr.addEventListener("abort", () => {
      end();
      reject(new DOMException("The upload was stopped.", "AbortError"));
    });
    xhr.addEventListener("load", () => {
      const answer = parse(xhr.responseText);
      if (xhr.status >= 200 && xhr.status < 300 && answer.results !== undefined) {
        end();
        resolve(answer.results);
      } else fail({ ...offlineError(), code: "internal", message: `The program answered ${xhr.status}.`, ...answer.error }, xhr.status);
    });
    if (!isTrusted()) {
      fail(offlineError(), 0);
      return;
    }
    if (signal.aborted) {
      reject(new DOMException("The upload was stopped.", "AbortError"));
      return;
    }
    signal.addEventListener("abort", stop);
    xhr.send(body);
  });
}

/** How much of an interrupted upload has arrived. */
export async function receivedBytes(server: string, file: { path: string; sizeBytes: number; modifiedAt: number | null }, signal: AbortSignal): Promise<number> {
  const { path, sizeBytes, modifiedAt } = file;
  const answer = await request<{ receivedBytes: number }>("POST", `/servers/${encodeURIComponent(server)}/files/upload-state`, { path, sizeBytes, modifiedAt }, signal);
  return answer.receivedBytes;
}

function parse(text: string): { results?: UploadResult[]; error?: Partial<ErrorBody> } {
  try {
    return JSON.parse(text) as { results?: UploadResult[]; error?: Partial<ErrorBody> };
  } catch {
    return {};
  }
}
