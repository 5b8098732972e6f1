// Text that came from a server: always text, its direction kept to itself, hidden characters shown, one line, cut with an ellipsis.
import { classes } from "../lib/classes";
import { visibleText } from "../lib/visibleText";

export interface ServerTextProps {
  children: string;
  /** How many characters are shown at most; the title shows up to four times as many. */
  maxChars?: number;
  isMono?: boolean;
  /** Wraps instead of cutting at the end of the line. */
  wraps?: boolean;
  className?: string;
}

export function ServerText({ children, maxChars = 256, isMono = false, wraps = false, className }: ServerTextProps) {
  return (
    <bdi
      title={wraps ? undefined : visibleText(children, maxChars * 4)}
      className={classes(
        wraps ? "break-words [overflow-wrap:anywhere]" : "inline-block max-w-full truncate align-bottom",
        isMono && "font-mono text-mono",
        className,
      )}
    >
      {visibleText(children, maxChars)}
    </bdi>
  );
}
