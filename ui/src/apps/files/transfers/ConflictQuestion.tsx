// A name that is taken: both files side by side, and what can become of them, for this one or for all that follow.
import { GitCompareArrows } from "lucide-react";
import { useState } from "react";
import type { ConflictChoice } from "../../../api/fileTypes";
import { Button } from "../../../kit/Button";
import { Checkbox } from "../../../kit/Checkbox";
import { formatBytes } from "../../../lib/bytes";
import { exactMoment, shown } from "../words";
import { nameOf } from "../../../lib/remotePath";
import { CompareDialog } from "./CompareDialog";
import type { Side } from "./sides";

export interface ConflictQuestionProps {
  path: string;
  from: Side;
  to: Side;
  /** How many more there may be; null where it is not known. */
  more: number | null;
  onAnswer: (choice: ConflictChoice, forAll: boolean) => void;
}

export function ConflictQuestion({ path, from, to, more, onAnswer }: ConflictQuestionProps) {
  const [forAll, setForAll] = useState(false);
  const [isComparing, setComparing] = useState(false);
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
        <Button onClick={() => onAnswer("skip", forAll)}>Skip</Button>
        <Button onClick={() => onAnswer("rename", forAll)}>Keep both</Button>
        <Button onClick={() => onAnswer("newer", forAll)}>Replace if newer</Button>
        <Button look="danger" onClick={() => onAnswer("replace", forAll)}>
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
      {isComparing && <CompareDialog name={nameOf(path)} from={from} to={to} onClose={() => setComparing(false)} />}
    </div>
  );
}
