// What a panel shows until it has what it is about: on its way, or why it cannot be had.
import { describeError } from "../../api/errors";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";

export function PanelWaits({ error, onAgain, onBack }: { error: ErrorBody | null; onAgain: () => void; onBack: () => void }) {
  return (
    <div className="p-4">
      {error === null ? (
        <Skeleton className="h-60 w-full" />
      ) : (
        <ErrorNotice {...describeError(error)} isAlert>
          <Button onClick={onAgain}>Try again</Button>
          <Button onClick={onBack}>Back to the text</Button>
        </ErrorNotice>
      )}
    </div>
  );
}
