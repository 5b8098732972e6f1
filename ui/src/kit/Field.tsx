// One line of text in a form.
import type { ComponentProps } from "react";
import { classes } from "../lib/classes";
import { Labelled, type LabelledProps } from "./Labelled";

export interface FieldProps extends LabelledProps, Omit<ComponentProps<"input">, "id" | "className"> {
  isMono?: boolean;
  /** Shows dots for what is typed without being a password. */
  isConcealed?: boolean;
}

export function Field({ label, hint, mistake, className, isMono = false, isConcealed = false, ...input }: FieldProps) {
  return (
    <Labelled {...{ label, hint, mistake, className }}>
      {({ border, ...control }) => (
        <input
          {...control}
          className={classes(
            "h-8 w-full rounded-control border bg-card px-2.5 text-ink placeholder:text-ink-faint max-wide:h-11",
            "focus-visible:outline-offset-0",
            isMono && "font-mono text-mono",
            isConcealed && "concealed",
            border,
          )}
          {...input}
        />
      )}
    </Labelled>
  );
}
