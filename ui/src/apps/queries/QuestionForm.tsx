// What is asked, its arguments and the button that asks; for queries and for feeds alike.
import { useState, type FormEvent, type ReactNode } from "react";
import { ArgumentInput } from "./ArgumentInput";
import { argumentsOf, type ArgumentField } from "./argumentFields";

export interface QuestionFormProps {
  id: string;
  title: string;
  tools: readonly string[];
  fields: readonly ArgumentField[];
  /** What the fields hold at first. */
  start?: Readonly<Record<string, string>>;
  /** The button, of type submit. */
  children: ReactNode;
  onAsk: (args: Record<string, unknown>) => void;
}

export function QuestionForm({ id, title, tools, fields, start, children, onAsk }: QuestionFormProps) {
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() => start ?? {});
  const [mistake, setMistake] = useState<string | null>(null);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    try {
      const args = argumentsOf(fields, typed);
      const missing = fields.find((field) => field.isRequired && !(field.name in args));
      if (missing !== undefined) throw new Error(`${missing.name} is missing`);
      setMistake(null);
      onAsk(args);
    } catch (thrown) {
      setMistake(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  return (
    <form aria-label="Question" onSubmit={ask} noValidate className="shrink-0 border-b border-line px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <h2 className="truncate text-title font-semibold">{title}</h2>
          <p className="truncate text-small text-ink-faint">
            <span className="font-mono text-caption">{id}</span> · by {tools.join(", ")}
          </p>
        </div>
        {children}
      </div>
      {fields.length > 0 && (
        <div className="mt-3 grid max-h-50 grid-cols-1 gap-x-4 gap-y-3 overflow-y-auto @medium:grid-cols-2 @large:grid-cols-3">
          {fields.map((field) => (
            <ArgumentInput key={field.name} field={field} value={typed[field.name] ?? ""} onChange={(value) => setTyped({ ...typed, [field.name]: value })} />
          ))}
        </div>
      )}
      {mistake !== null && (
        <p role="alert" className="mt-2 text-small text-bad">
          {mistake}
        </p>
      )}
    </form>
  );
}
