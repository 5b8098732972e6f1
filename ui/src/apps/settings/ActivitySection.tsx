// How long the journal of what was done is kept; kept at once.
import { changeJournalDays, useJournalDays } from "../../api/activity";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { Button } from "../../kit/Button";
import { ChoiceGroup } from "../../kit/ChoiceGroup";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { Part } from "./Part";
import { useSaving } from "./useSaving";

const CHOICES = [
  { value: "7", label: "A week" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
  { value: "0", label: "As long as there is room" },
] as const;

export function ActivitySection() {
  const { data: days, error, refetch } = useJournalDays();
  const saving = useSaving();
  return (
    <>
      <p className="text-ink-soft">Everything that HeadlessOS does on a server is written down on this computer before it begins, without secrets. Nothing is run that cannot be written down.</p>
      <div>
        <Part title="Keep the journal" lead="Older lines are forgotten for good; what stays can still be checked line by line. At most half a million lines are kept.">
          {days === undefined && error === null && <Skeleton className="h-8 w-80" />}
          {days === undefined && error !== null && (
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={() => void refetch()}>Try again</Button>
            </ErrorNotice>
          )}
          {days !== undefined && (
            <ChoiceGroup
              legend="For"
              choices={CHOICES.some(({ value }) => value === String(days)) ? CHOICES : [{ value: String(days), label: `${days} days` }, ...CHOICES]}
              value={String(days)}
              onChange={(to) => void saving.run(() => changeJournalDays(Number(to)))}
            />
          )}
          {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
        </Part>
      </div>
    </>
  );
}
