// Whether a secret outlives the connection: where it would go, or why it cannot.
import type { Keeping } from "../../api/types";
import { Checkbox } from "../../kit/Checkbox";
import { sentence } from "../../lib/sentence";

export interface KeepSecretProps {
  keeping: Keeping;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

export function KeepSecret({ keeping, isOn, onChange }: KeepSecretProps) {
  const canKeep = keeping.problem === null;
  return (
    <div>
      <Checkbox isOn={canKeep && isOn} isDisabled={!canKeep} onChange={onChange}>
        Remember in this computer&apos;s keychain
      </Checkbox>
      <p className="mt-0.5 pl-6 text-small text-ink-faint">
        {keeping.problem === null
          ? isOn
            ? "Kept there once it is accepted, for this user, address and host key alone."
            : "Otherwise it is kept in memory, until you disconnect."
          : `It stays in memory, until you disconnect. ${sentence(keeping.problem)}`}
      </p>
    </div>
  );
}
