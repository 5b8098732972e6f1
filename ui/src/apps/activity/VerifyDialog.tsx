// Checks that no line of the journal was changed or is missing, and gives the hash to note for a later check.
import { useState, type SyntheticEvent } from "react";
import { verifyActivity } from "../../api/activity";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import type { ErrorBody, JournalVerified } from "../../api/types";
import { Button } from "../../kit/Button";
import { CopyButton } from "../../kit/CopyButton";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Field } from "../../kit/Field";
import { Notice } from "../../kit/Notice";
import { plural } from "../../lib/numbers";

export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const [noted, setNoted] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [found, setFound] = useState<JournalVerified | null>(null);
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const isHash = noted.trim() === "" || /^[0-9a-fA-F]{64}$/.test(noted.trim());

  const check = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isHash) return;
    setIsBusy(true);
    setFailure(null);
    try {
      setFound(await verifyActivity(noted));
    } catch (thrown) {
      setFound(null);
      setFailure(asErrorBody(thrown));
    }
    setIsBusy(false);
  };
  return (
    <Dialog
      title="Check the journal"
      lead="Each line is covered by the hash of the next, so a line that was changed or taken out shows."
      width="medium"
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" type="submit" form="check-journal" isBusy={isBusy} disabled={!isHash}>
            Check every line
          </Button>
        </>
      }
    >
      <form id="check-journal" onSubmit={(event) => void check(event)} className="flex flex-col gap-4">
        <Field
          label="A hash you noted before (optional)"
          hint="Shows, too, that nobody has made the whole journal anew since."
          isMono
          spellCheck={false}
          autoComplete="off"
          value={noted}
          mistake={isHash ? null : "A hash has 64 hexadecimal digits."}
          onChange={(event) => setNoted(event.target.value)}
        />
        <div role="status" aria-label="What the check found" className="flex flex-col gap-3">
          {found !== null && <Found found={found} />}
        </div>
        {failure !== null && <ErrorNotice {...describeError(failure)} isAlert />}
      </form>
    </Dialog>
  );
}

function Found({ found }: { found: JournalVerified }) {
  const { breach, end } = found;
  if (breach !== null) {
    const why =
      breach.kind === "notThere" ? "No line has the hash that you noted: the journal is another one, or was made anew." : breach.kind === "changed" ? `Line ${breach.line} is not what was written.` : `Lines are missing from ${breach.line} on.`;
    return (
      <Notice tone="bad" title="The journal does not hold">
        <p>
          {why} {plural(found.lines, "line")} before that {found.lines === 1 ? "holds" : "hold"}.
        </p>
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="good" title={`${plural(found.lines, "line")} hold`}>
        <p>
          Nothing was changed, and nothing is missing
          {found.forgottenUntil > 0 ? `; lines up to ${found.forgottenUntil} were forgotten, as the setting says` : ""}
          {found.unchained > 0 ? `; ${plural(found.unchained, "line")} from before hashes were kept cannot be checked` : ""}.
        </p>
      </Notice>
      <div>
        <p className="mb-1 text-small font-medium text-ink-soft">Note this hash elsewhere: with it a later check covers all up to line {end.line}.</p>
        <div className="flex items-start gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
          <code className="min-w-0 grow py-1 text-mono break-all">{end.hash}</code>
          <CopyButton label="Copy the hash" text={end.hash} />
        </div>
      </div>
    </>
  );
}
