// Menu entries that choose: one of a few, or on and off; the menu stays open, so that several can be set.
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

const LOOK =
  "flex h-7 items-center gap-2 rounded-control px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover max-wide:h-11";

export interface MenuRadiosProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

export function MenuRadios<Value extends string>({ label, value, choices, onChange }: MenuRadiosProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)} aria-label={label}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} closeOnClick={false} className={LOOK}>
          <Mark>
            <Base.RadioItemIndicator>
              <Check size={14} strokeWidth={2} />
            </Base.RadioItemIndicator>
          </Mark>
          {choice.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export interface MenuCheckProps {
  isOn: boolean;
  keys?: string;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}

export function MenuCheck({ isOn, keys, isDisabled = false, onChange, children }: MenuCheckProps) {
  return (
    <Base.CheckboxItem checked={isOn} disabled={isDisabled} onCheckedChange={onChange} closeOnClick={false} className={LOOK}>
      <Mark>
        <Base.CheckboxItemIndicator>
          <Check size={14} strokeWidth={2} />
        </Base.CheckboxItemIndicator>
      </Mark>
      <span className="grow">{children}</span>
      {keys !== undefined && <kbd className="pl-6 font-sans text-caption text-ink-faint max-wide:hidden">{keys}</kbd>}
    </Base.CheckboxItem>
  );
}

/** A heading over a few entries. */
export function MenuHeading({ children }: { children: string }) {
  return (
    <div role="presentation" className="px-2 pt-1.5 pb-1 text-caption font-medium text-ink-faint">
      {children}
    </div>
  );
}

function Mark({ children }: { children: ReactNode }) {
  return <span className="grid size-4 place-items-center text-accent-ink">{children}</span>;
}
