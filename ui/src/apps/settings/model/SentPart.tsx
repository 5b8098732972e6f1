// What a model is sent, and what never: as short as it can be said honestly.
import { Check, X } from "lucide-react";
import { Part } from "../Part";

const SENT = [
  "The output that no parser understood, at most 48 KiB of it.",
  "The schema of the answer, and instructions that are always the same.",
];
const NEVER = [
  "The key or password of a server, and what is recognised as a secret in an output: it is removed.",
  "The server’s name and addresses, and others in the output: they are replaced, and put back into the reply here.",
  "An output that a parser understands, the command, other outputs, files, what you type.",
  "Anything that you did not agree to, for this once or for the server.",
];

export function SentPart() {
  return (
    <Part title="What is sent" lead="You see it word for word before you agree. A secret that looks like any other word is not recognised: look at it first.">
      <div className="grid gap-x-8 gap-y-4 wide:grid-cols-2">
        <List title="Sent" icon={Check} lines={SENT} />
        <List title="Never sent" icon={X} lines={NEVER} />
      </div>
    </Part>
  );
}

function List({ title, icon: Glyph, lines }: { title: string; icon: typeof Check; lines: readonly string[] }) {
  return (
    <div>
      <h5 className="mb-1 font-medium">{title}</h5>
      <ul className="flex flex-col gap-1.5 text-ink-soft">
        {lines.map((line) => (
          <li key={line} className="flex gap-2">
            <Glyph size={15} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
