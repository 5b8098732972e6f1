// A name that is taken: both files side by side, and what can become of them, for this one or for all that follow. What a production server would lose takes its name.
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import type { ConflictChoice } from "../../../api/fileTypes";
import { Button } from "../../../kit/Button";
import { Checkbox } from "../../../kit/Checkbox";
import { formatBytes } from "../../../lib/bytes";
import { exactMoment, shown } from "../words";
import { nameOf } from "../../../lib/remotePath";
import { CompareDialog } from "./CompareDialog";
import { ConfirmHere } from "./ConfirmHere";
import type { Side } from "./sides";

export interface ConflictQuestionProps {
  path: string;
  from: Side;
  to: Side;
  /** How many more there may be; null where it is not known. */
  more: number | null;
  /** The name of the server that would lose a file, where that is a production server. */
  production: string | null;
  onAnswer: (choice: ConflictChoice, forAll: boolean, confirm: string | null) => void;
}

export function ConflictQuestion({ path, from, to, more, production, onAnswer }: ConflictQuestionProps) {
  const [forAll, setForAll] = useState(false);
  const [isComparing, setComparing] = useState(false);
  const [unconfirmed, setUnconfirmed] = useState<ConflictChoice | null>(null);
  const replace = (choice: ConflictChoice) => (production === null ? onAnswer(choice, forAll, null) : setUnconfirmed(choice));
  const isNewer = (from.modifiedAt ?? 0) > (to.modifiedAt ?? 0);
  return (
    <div role="group" aria-label={`${shown(nameOf(path))} is there already`} className="mt-1.5 max-w-160 rounded-card border border-warn bg-warn-ground px-3 py-2">
      <p className="font-semibold [overflow-wrap:anywhere]">{shown(nameOf(path))} is there already</p>
      <dl className="figures mt-1 grid grid-cols-[auto_auto_minmax(0,1fr)] gap-x-3 text-small text-ink-soft">
        <dt>New{isNewer ? ", newer" : ""}</dt>
        <dd className="text-right">{formatBytes(from.sizeBytes)}</dd>
        <dd>{exactMoment(from.modifiedAt)}</dd>
        <dt>There</dt>
        <dd className="text-right">{formatBytes(to.sizeBytes)}</dd>
        <dd>{exactMoment(to.modifiedAt)}</dd>
      </dl>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button onClick={() => onAnswer("skip", forAll, null)}>Skip</Button>
        <Button onClick={() => onAnswer("rename", forAll, null)}>Keep both</Button>
        <Button onClick={() => replace("newer")}>Replace if newer</Button>
        <Button look="danger" onClick={() => replace("replace")}>
          Replace
        </Button>
        <Checkbox isOn={forAll} onChange={setForAll}>
          {more !== null && more > 0 ? `For all ${more + 1}` : "For all"}
        </Checkbox>
        {from.place !== null && to.place !== null && (
          <Button look="quiet" className="ml-auto" icon={<GitCompareArrows size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={() => setComparing(true)}>
            Compare
          </Button>
        )}
      </div>
      {production !== null && unconfirmed !== null && <ConfirmHere key={unconfirmed} server={production} action={unconfirmed === "newer" ? "Replace what is older" : "Replace it"} onConfirm={(typed) => onAnswer(unconfirmed, forAll, typed)} />}
      {isComparing && <CompareDialog name={nameOf(path)} from={from} to={to} onClose={() => setComparing(false)} />}
    </div>
  );
}
