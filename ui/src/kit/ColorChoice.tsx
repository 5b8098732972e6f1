// A choice of one of the eight colours, each with its name; the chosen one carries a check mark, not only a ring.
import { Check } from "lucide-react";
import { useId } from "react";
import { classes } from "../lib/classes";

export interface ColorChoiceProps<Color extends string> {
  legend: string;
  colors: readonly Color[];
  value: Color;
  onChange: (color: Color) => void;
  /** Which of the two palettes: the accent of the program or the mark of a server. */
  palette: "accent" | "identity";
}

export function ColorChoice<Color extends string>({ legend, colors, value, onChange, palette }: ColorChoiceProps<Color>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-small font-medium text-ink-soft">{legend}</legend>
      <div className="-m-1 flex flex-wrap">
        {colors.map((color) => (
          <label
            key={color}
            title={color}
            {...(palette === "accent" ? { "data-accent": color } : { "data-color": color })}
            className="relative grid size-8 place-items-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-accent-ink max-wide:size-11"
          >
            <input
              type="radio"
              name={name}
              aria-label={color}
              checked={color === value}
              onChange={() => onChange(color)}
              className="absolute inset-0 opacity-0"
            />
            <span
              className={classes(
                "grid size-5 place-items-center rounded-full text-on-solid",
                palette === "accent" ? "bg-accent" : "bg-identity",
                color === value && "outline-2 outline-offset-2 outline-ink-soft",
              )}
            >
              {color === value && <Check size={13} strokeWidth={3} />}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
