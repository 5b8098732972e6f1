// Which language model may be asked about what no parser understands, and all that hangs on it; what would do nothing without a model is not shown without one.
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { useModelPreferences } from "../../../api/models";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Skeleton } from "../../../kit/Skeleton";
import { ChoicePart } from "./ChoicePart";
import { ConsentPart } from "./ConsentPart";
import { DebugLogPart } from "./DebugLogPart";
import { KeyPart } from "./KeyPart";
import { PricesPart } from "./PricesPart";
import { SentPart } from "./SentPart";
import { TestPart } from "./TestPart";
import { UsagePart } from "./UsagePart";

export function ModelSection() {
  const { data: kept, error, refetch } = useModelPreferences();
  if (kept === undefined) {
    return error === null ? (
      <div aria-busy="true" className="flex flex-col gap-3 py-3">
        {["w-80", "w-full", "w-72", "w-52"].map((width) => (
          <Skeleton key={width} className={`h-8 ${width}`} />
        ))}
      </div>
    ) : (
      <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
        <Button onClick={() => void refetch()}>Try again</Button>
      </ErrorNotice>
    );
  }
  return (
    <>
      <p className="text-ink-soft">Where no parser understands what a server printed, a language model can try to read it. What it reads is marked, wherever it is shown.</p>
      <div>
        <ChoicePart kept={kept} />
        {kept.provider !== null && (
          <>
            <KeyPart />
            <TestPart />
          </>
        )}
        <SentPart />
        {kept.provider !== null && (
          <>
            <ConsentPart />
            <PricesPart kept={kept.prices} />
          </>
        )}
        <UsagePart />
        {(kept.provider !== null || kept.debugLog) && <DebugLogPart isOn={kept.debugLog} />}
      </div>
    </>
  );
}
