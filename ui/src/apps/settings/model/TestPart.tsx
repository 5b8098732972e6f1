// Tries the chosen model on a text that no server printed.
import { useState } from "react";
import { describeError } from "../../../api/errors";
import { testModel, useModelStatus } from "../../../api/models";
import { modelAt } from "../../../api/modelWords";
import type { ModelTest } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Notice } from "../../../kit/Notice";
import { formatMilliseconds } from "../../../lib/time";
import { sentence } from "../../../lib/sentence";
import { visibleText } from "../../../lib/visibleText";
import { Part } from "../Part";
import { useSaving } from "../useSaving";

export function TestPart() {
  const { data: status } = useModelStatus();
  const [result, setResult] = useState<ModelTest | null>(null);
  const trying = useSaving();
  const model = status?.model ?? null;
  const test = () => {
    setResult(null);
    void trying.run(async () => setResult(await testModel()));
  };
  return (
    <Part title="Test" lead={model === null ? "Has the model read a text that no server printed." : `Has ${modelAt(model)} read a text that no server printed.`}>
      <div className="flex items-center gap-3">
        <Button isBusy={trying.isBusy} onClick={test}>
          Test
        </Button>
        <p role="status" className="text-small text-ink-soft">
          {trying.isBusy ? "It is being asked. This can take a minute." : ""}
        </p>
      </div>
      {result !== null && (
        <Notice tone={result.passed ? "good" : "bad"} title={result.passed ? "It read the text right" : "It did not pass"} isAlert>
          {result.detail !== null && <p>{sentence(visibleText(result.detail, 600))}</p>}
          <p className="figures text-ink-soft">{told(result)}</p>
        </Notice>
      )}
      {trying.error !== null && <ErrorNotice {...describeError(trying.error)} isAlert />}
    </Part>
  );
}

function told({ tookMs, promptTokens, completionTokens }: ModelTest): string {
  const tokens = promptTokens + completionTokens === 0 ? "" : `, ${promptTokens.toLocaleString("en-GB")} tokens sent, ${completionTokens.toLocaleString("en-GB")} received`;
  return `${formatMilliseconds(tookMs)}${tokens}.`;
}
