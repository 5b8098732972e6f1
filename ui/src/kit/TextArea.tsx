// Several lines of text in a form.
import type { ComponentProps } from "react";
import { classes } from "../lib/classes";
import { Labelled, type LabelledProps } from "./Labelled";

export interface TextAreaProps extends LabelledProps, Omit<ComponentProps<"textarea">, "id" | "className"> {
  isMono?: boolean;
}

export function TextArea({ label, hint, mistake, className, isMono = false, ...area }: TextAreaProps) {
  return (
    <Labelled {...{ label, hint, mistake, className }}>
      {({ border, ...control }) => (
        <textarea
          {...control}
          className={classes(
            "block w-full resize-y rounded-control border bg-card px-2.5 py-1.5 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0",
            isMono && "font-mono text-mono [font-variant-ligatures:none]",
            border,
          )}
          {...area}
        />
      )}
    </Labelled>
  );
}
