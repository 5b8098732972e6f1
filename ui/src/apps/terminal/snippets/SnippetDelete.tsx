// Asks before a snippet is deleted.
import { saveSnippets } from "../../../api/terminals";
import type { Snippet } from "../../../api/types";
import { visibleLines, visibleText } from "../../../lib/visibleText";
import { DeleteStep } from "../DeleteStep";

export function SnippetDelete({ snippets, snippet, onDone }: { snippets: readonly Snippet[]; snippet: Snippet; onDone: () => void }) {
  return (
    <DeleteStep
      label={`Delete snippet ${visibleText(snippet.name, 40)}`}
      onDelete={() => saveSnippets(snippets.filter(({ id }) => id !== snippet.id))}
      onDone={onDone}
    >
      <pre tabIndex={0} role="group" aria-label="Text" className="max-h-40 overflow-y-auto rounded-card border border-line bg-sunken px-3 py-2 text-mono break-words whitespace-pre-wrap">
        <bdi>{visibleLines(snippet.text, 2000)}</bdi>
      </pre>
      <p className="mt-3 text-ink-soft">This cannot be undone.</p>
    </DeleteStep>
  );
}
