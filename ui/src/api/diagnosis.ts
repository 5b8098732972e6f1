// A connection tested step by step: the program's lines as they come.
import { send } from "./client";
import { cutOff } from "./files";
import { piecesOf } from "./fileContent";
import type { DiagnosisLine } from "./types";

/** The steps as they happen; leaving early ends the test. */
export async function* diagnose(server: string, signal: AbortSignal): AsyncGenerator<DiagnosisLine, void, undefined> {
  const response = await send(`/servers/${encodeURIComponent(server)}/diagnosis`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}", signal });
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of piecesOf(response.body, signal, cutOff)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as DiagnosisLine;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as DiagnosisLine;
}
