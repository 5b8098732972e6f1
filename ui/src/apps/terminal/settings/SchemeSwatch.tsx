// A colour scheme as a small picture with its name, to be chosen: a radio button, and the chosen one carries a check mark.
import { Check } from "lucide-react";
import { classes } from "../../../lib/classes";
import { visibleText } from "../../../lib/visibleText";
import type { Scheme } from "../schemes/schemes";

export interface SchemeSwatchProps {
  /** The name of the radio group. */
  group: string;
  value: string;
  label: string;
  scheme: Scheme;
  /** A second scheme for the right half. */
  other?: Scheme;
  isChosen: boolean;
  onChoose: () => void;
  /** Leaves room at the end of the name for a button. */
  hasRoom?: boolean;
}

export function SchemeSwatch({ group, value, label, scheme, other, isChosen, onChoose, hasRoom = false }: SchemeSwatchProps) {
  return (
    <label
      className={classes(
        "relative block min-w-0 overflow-hidden rounded-card border bg-card select-none has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink",
        isChosen ? "border-accent-ink ring-1 ring-accent-ink" : "border-line hover:border-line-strong",
      )}
    >
      <input type="radio" name={group} value={value} checked={isChosen} onChange={onChoose} className="absolute inset-0 opacity-0" />
      <span className="flex h-13" aria-hidden="true">
        <Picture scheme={scheme} isHalf={other !== undefined} />
        {other !== undefined && <Picture scheme={other} isHalf />}
      </span>
      <span className={classes("flex h-7 items-center gap-1 border-t border-line pl-2 text-small max-wide:h-10", hasRoom ? "pr-7 max-wide:pr-10" : "pr-2")}>
        <span className={classes("min-w-0 grow truncate", isChosen ? "font-medium text-ink" : "text-ink-soft")}>{visibleText(label, 100)}</span>
        {isChosen && <Check size={14} strokeWidth={2.5} className="shrink-0 text-accent-ink" aria-hidden="true" />}
      </span>
    </label>
  );
}

/** A drawing, not a text to be read: some schemes are paler than text on the page may be. */
function Picture({ scheme: { foreground, background, ansi }, isHalf }: { scheme: Scheme; isHalf: boolean }) {
  const dots = isHalf ? [1, 3, 2, 4] : [1, 3, 2, 6, 4, 5];
  return (
    <svg className="h-full min-w-0 grow basis-0" style={{ background }} aria-hidden="true">
      <g transform="translate(8 22)" className="font-mono text-caption" fill={foreground}>
        <text fill={ansi[2]}>~</text>
        <text x="13" fill={ansi[4]}>
          ls
        </text>
        <text x="33">-la</text>
      </g>
      {dots.map((index, at) => (
        <circle key={index} cx={12 + 12 * at} cy="37" r="4" fill={ansi[index]} />
      ))}
    </svg>
  );
}
