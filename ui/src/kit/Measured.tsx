// A measured value: the words for people and, in `value`, the exact figure for whoever reads the page by program.

export interface MeasuredProps {
  /** The exact figure, null when it is not known. */
  value: number | null;
  text: string;
  /** What it is, as a stable name: `memory.total`. */
  name: string;
  className?: string;
}

export function Measured({ value, text, name, className }: MeasuredProps) {
  return (
    <data value={value === null ? "" : String(value)} data-measure={name} className={`figures ${className ?? ""}`}>
      {text}
    </data>
  );
}
