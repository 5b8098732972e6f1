// Locks the page now, or after a time without a person; the program keeps that time, whatever a page does.
import { Lock } from "lucide-react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { lock } from "../../../api/program";
import { changeLockAfter, useLockAfter } from "../../../api/sessions";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { NumberField } from "../../../kit/NumberField";
import { Skeleton } from "../../../kit/Skeleton";
import { Switch } from "../../../kit/Switch";
import { Part } from "../Part";
import { useSaving } from "../useSaving";

const FIRST_MINUTES = 10;
const LONGEST_MINUTES = 24 * 60;

export function LockPart() {
  const { data: minutes, error, refetch } = useLockAfter();
  const saving = useSaving();
  const change = (to: number) => void saving.run(() => changeLockAfter(to));
  return (
    <Part title="Lock" lead="A locked page shows nothing and can do nothing. Connections, terminals and transfers between servers go on.">
      {minutes === undefined && error === null && <Skeleton className="h-8 w-80" />}
      {minutes === undefined && error !== null && (
        <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
          <Button onClick={() => void refetch()}>Try again</Button>
        </ErrorNotice>
      )}
      {minutes !== undefined && (
        <Switch
          label="Lock when nobody is here"
          hint="After a time without pointer and keyboard, in each browser by itself."
          isOn={minutes > 0}
          onChange={(isOn) => change(isOn ? FIRST_MINUTES : 0)}
        />
      )}
      {minutes !== undefined && minutes > 0 && (
        <NumberField label="Lock after" unit="minutes" value={minutes} least={1} most={LONGEST_MINUTES} step={1} onCommit={change} className="w-50 max-wide:w-full" />
      )}
      <div>
        <Button icon={<Lock size={15} strokeWidth={1.75} />} onClick={lock}>
          Lock now
        </Button>
      </div>
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
    </Part>
  );
}
