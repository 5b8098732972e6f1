// The one way to call the program over HTTP; every failure is a RequestError that carries the program's own error body.
import { offlineError } from "./errors";
import { doubt, isProven } from "./identity";
import type { ErrorBody } from "./types";

/** A request that did not succeed: `error` is the body, `status` the HTTP status, 0 when the program did not answer. */
export class RequestError extends Error {
  constructor(
    readonly error: ErrorBody,
    readonly status: number,
  ) {
    super(error.message);
    this.name = "RequestError";
  }
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** Sends one request; `T` is the shape of the answer, undefined for 204. Path segments must already be encoded. */
export async function request<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const json = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await send(path, { method, ...json, ...(signal === undefined ? {} : { signal }) });
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Sends one request and gives the answer itself once it is known to be a good one, for what is not JSON or comes bit by bit. A stopped one throws the AbortError it is. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  if (!(await isProven())) throw new RequestError(offlineError(), 0);
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { credentials: "same-origin", cache: "no-store", ...init });
  } catch (thrown) {
    if (init.signal?.aborted === true) throw thrown;
    doubt();
    throw new RequestError(offlineError(), 0);
  }
  if (!response.ok) throw new RequestError(await errorBody(response), response.status);
  return response;
}

/** The error body of any thrown value, so that every view can show one. */
export function asErrorBody(thrown: unknown): ErrorBody {
  if (thrown instanceof RequestError) return thrown.error;
  return { ...offlineError(), code: "internal", message: thrown instanceof Error ? thrown.message : "Unknown error." };
}

async function errorBody(response: Response): Promise<ErrorBody> {
  const plain: ErrorBody = {
    ...offlineError(),
    code: response.status === 401 ? "unauthorized" : "internal",
    message: `The program answered ${response.status}.`,
    requestId: response.headers.get("x-request-id"),
  };
  try {
    const parsed: unknown = await response.json();
    if (typeof parsed !== "object" || parsed === null || !("error" in parsed)) return plain;
    return { ...plain, ...(parsed.error as Partial<ErrorBody>) };
  } catch {
    return plain;
  }
}
