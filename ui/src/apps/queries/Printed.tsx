// What the server printed for an answer, as it came.
import type { Ref } from "react";
import type { Reading } from "../../api/types";
import { OutputBlock } from "../../kit/MachineText";
import { plural } from "../../lib/numbers";

export function Printed({ raw, ref }: { raw: Reading<unknown>["raw"]; ref?: Ref<HTMLDivElement> }) {
  if (raw === null) return null;
  return (
    <div ref={ref} className="flex min-h-60 grow flex-col">
      <h3 className="text-small font-medium text-ink-soft">Raw output</h3>
      <OutputBlock label="Raw output" text={raw.stdout === "" ? "(nothing)" : raw.stdout} copied={raw.stdout} className="h-60 grow" />
      {raw.stderr !== "" && (
        <>
          <h3 className="mt-3 text-small font-medium text-ink-soft">Error output</h3>
          <OutputBlock label="Error output" text={raw.stderr} className="h-32" />
        </>
      )}
      {raw.truncated && <p className="mt-1 text-small text-warn">The output was longer and has been cut.</p>}
      {raw.removed > 0 && <p className="mt-1 text-small text-ink-soft">{plural(raw.removed, "secret")} removed.</p>}
    </div>
  );
}
