// The mark over a value that a language model read: a shape, a word and a tone of its own, in sight whatever is shown below it, and the way to what the server printed.
import { Bot } from "lucide-react";
import { readByModel } from "../../api/modelWords";
import type { ModelName } from "../../api/types";
import { Button } from "../../kit/Button";

export function ReadByModel({ model, onShowRaw }: { model: ModelName; onShowRaw: () => void }) {
  return (
    <div role="note" aria-label="Read by a language model" className="sticky top-0 z-10 bg-window">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-warn-ground px-4 py-1.5">
        <Bot size={18} strokeWidth={1.75} className="shrink-0 text-warn" aria-hidden="true" />
        <p className="min-w-0 grow basis-60 font-medium text-warn [overflow-wrap:anywhere]">{readByModel(model)}</p>
        <Button onClick={onShowRaw}>Show the raw output</Button>
      </div>
    </div>
  );
}
