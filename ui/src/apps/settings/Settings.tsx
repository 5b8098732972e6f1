// The settings of the program: the sections at the left, or over it on a phone, and the chosen one beside them.
import { useState } from "react";
import { classes } from "../../lib/classes";
import { FIRST, SECTIONS } from "./sections";

export function Settings() {
  const [chosenId, setChosenId] = useState(FIRST.id);
  const chosen = SECTIONS.find(({ id }) => id === chosenId) ?? FIRST;
  return (
    <div className="flex h-full max-wide:flex-col">
      <nav aria-label="Sections" className="w-50 shrink-0 overflow-auto border-line p-2 wide:border-r max-wide:w-full max-wide:border-b">
        <ul className="flex flex-wrap gap-0.5 wide:flex-col">
          {SECTIONS.map(({ id, title, icon: Glyph }) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === chosen.id ? "true" : undefined}
                onClick={() => setChosenId(id)}
                className={classes(
                  "flex h-8 w-full items-center gap-2 rounded-control px-2.5 text-left whitespace-nowrap focus-visible:-outline-offset-2 max-wide:h-11",
                  id === chosen.id ? "bg-accent-ground font-medium" : "hover:bg-hover",
                )}
              >
                <Glyph size={16} strokeWidth={1.75} className="shrink-0 text-ink-soft" aria-hidden="true" />
                {title}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div tabIndex={0} role="region" aria-label={chosen.title} className="min-h-0 min-w-0 grow overflow-y-auto px-6 pt-5 pb-8 -outline-offset-2 max-wide:px-4">
        <div className="mx-auto max-w-190">
          <h3 className="mb-1 text-heading font-semibold">{chosen.title}</h3>
          <chosen.Component />
        </div>
      </div>
    </div>
  );
}
