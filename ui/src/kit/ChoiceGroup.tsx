// A choice among a few: native radio buttons drawn as one segmented control, so that the arrow keys work by themselves.
import { useId, type ReactNode } from "react";
import { classes } from "../lib/classes";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  icon?: ReactNode;
}

export interface ChoiceGroupProps<Value extends string> {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

export function ChoiceGroup<Value extends string>({ legend, choices, value, onChange }: ChoiceGroupProps<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium text-ink-soft">{legend}</legend>
      <div className="flex flex-wrap gap-0.5 rounded-control bg-sunken p-0.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={classes(
              "relative flex h-7 grow items-center justify-center gap-1.5 rounded-[5px] px-2.5 whitespace-nowrap select-none max-wide:h-11",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent-ink",
              choice.value === value ? "bg-card font-medium text-ink shadow-window-back" : "text-ink-soft hover:text-ink",
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="absolute inset-0 opacity-0"
            />
            {choice.icon}
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
