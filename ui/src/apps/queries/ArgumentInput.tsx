// One argument of a query as a control that fits its type.
import { Field } from "../../kit/Field";
import { Labelled } from "../../kit/Labelled";
import { classes } from "../../lib/classes";
import type { ArgumentField } from "./argumentFields";
import { heading } from "./answerShape";

export function ArgumentInput({ field, value, onChange }: { field: ArgumentField; value: string; onChange: (value: string) => void }) {
  const label = (
    <>
      {heading(field.name)} {!field.isRequired && <span className="font-normal text-ink-faint">(optional)</span>}
    </>
  );
  const hint = field.hint === null ? {} : { hint: field.hint };
  const choices = field.kind === "flag" ? ["yes", "no"] : field.choices;
  if (choices.length === 0) {
    return <Field label={label} {...hint} isMono value={value} inputMode={field.kind === "number" ? "decimal" : "text"} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <Labelled label={label} {...hint}>
      {({ border, ...control }) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)} className={classes("h-8 w-full rounded-control border bg-card px-2 text-ink focus-visible:outline-offset-0 max-wide:h-11", border)}>
          <option value="">{field.isRequired ? "Choose" : "Not said"}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
