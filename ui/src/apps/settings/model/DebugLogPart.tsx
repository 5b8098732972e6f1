// Whether what a model is asked and answers is written down; kept at once.
import { describeError } from "../../../api/errors";
import { changeModelPreferences } from "../../../api/models";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Notice } from "../../../kit/Notice";
import { Switch } from "../../../kit/Switch";
import { Part } from "../Part";
import { useSaving } from "../useSaving";

export function DebugLogPart({ isOn }: { isOn: boolean }) {
  const saving = useSaving();
  return (
    <Part title="Debug log">
      <Switch
        label="Write down what the model is asked and answers"
        hint="Into model-debug.jsonl in the data folder of HeadlessOS, until you turn it off."
        isOn={isOn}
        onChange={(debugLog) => void saving.run(() => changeModelPreferences({ debugLog }))}
      />
      {isOn && (
        <Notice tone="warn" title="What servers print is written to the disk of this computer">
          <p>Requests and replies, word for word: without the secrets that were recognised, with all else. Delete the file when you have seen enough.</p>
        </Notice>
      )}
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
    </Part>
  );
}
