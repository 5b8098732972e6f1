// What the dialog says as long as there are no snippets: what they are for, and how to make the first.
import { Plus, SquareTerminal } from "lucide-react";
import { Button } from "../../../kit/Button";
import { useStepFocus } from "../../../kit/StepDialog";

export function NoSnippets({ onAdd }: { onAdd: () => void }) {
  const add = useStepFocus<HTMLButtonElement>();
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <SquareTerminal size={28} strokeWidth={1.5} className="text-ink-faint" aria-hidden="true" />
      <p className="font-semibold">Commands you type again and again</p>
      <p className="max-w-95 text-ink-soft">
        Keep them here, and insert or run them in any terminal. What changes from time to time can be a variable, such as{" "}
        <code className="text-mono">{"{{service}}"}</code>; it is asked for each time.
      </p>
      <Button ref={add} look="primary" className="mt-2" icon={<Plus size={16} strokeWidth={1.75} />} onClick={onAdd}>
        New snippet
      </Button>
    </div>
  );
}
