// Renames many at once: text replaced or a numbered template, with every new name to see before.
import { useRef, useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { knownFolder } from "../../../api/folders";
import type { ErrorBody } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Checkbox } from "../../../kit/Checkbox";
import { ChoiceGroup } from "../../../kit/ChoiceGroup";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { joinPath, parentOf } from "../../../lib/remotePath";
import { visibleText } from "../../../lib/visibleText";
import { renameMany } from "../actions";
import type { FilesDialog } from "../dialogs";
import { itemsWord } from "../words";
import { mistakeInPattern, renamedBy, type Pattern } from "./pattern";

const MOST_SHOWN = 200;

export interface RenameManyDialogProps {
  server: string;
  dialog: Extract<FilesDialog, { kind: "renameMany" }>;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function RenameManyDialog({ server, dialog, onClose, finalFocus }: RenameManyDialogProps) {
  const { items } = dialog;
  const [kind, setKind] = useState<Pattern["kind"]>("replace");
  const [find, setFind] = useState("");
  const [by, setBy] = useState("");
  const [isExpression, setIsExpression] = useState(false);
  const [matchesCase, setMatchesCase] = useState(false);
  const [template, setTemplate] = useState("{name} {n}");
  const [start, setStart] = useState("1");
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const pattern: Pattern = kind === "replace" ? { kind, find, by, isExpression, matchesCase } : { kind, template, start: Number.parseInt(start, 10) || 0, step: 1 };
  const own = new Set(items.map((item) => item.path));
  const folder = parentOf(items[0]?.path ?? "/");
  const others = new Set((knownFolder(server, folder)?.items ?? []).filter((item) => !own.has(item.path)).map((item) => item.name));
  const renamed = renamedBy(pattern, items.map((item) => item.name), others);
  const changed = renamed.filter((each) => each.to !== each.from);
  const canRename = changed.length > 0 && changed.every((each) => each.mistake === null) && mistakeInPattern(pattern) === null;

  const run = async () => {
    setIsBusy(true);
    setError(null);
    const changes = items.flatMap((item, at) => {
      const to = renamed[at]?.to;
      return to === undefined || to === item.name ? [] : [{ from: item.path, to: joinPath(parentOf(item.path), to) }];
    });
    try {
      await renameMany(server, changes);
      onClose();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      title={`Rename ${itemsWord(items.length)}`}
      width="wide"
      isOpen
      onClose={onClose}
      initialFocus={input}
      finalFocus={finalFocus}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!canRename} isBusy={isBusy} onClick={() => void run()}>
            Rename{changed.length > 0 && ` ${itemsWord(changed.length)}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <ChoiceGroup legend="How" value={kind} onChange={setKind} choices={[{ value: "replace", label: "Replace text" }, { value: "template", label: "Name and number" }]} />
        {kind === "replace" ? (
          <>
            <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
              <Field label="Find" ref={input} value={find} mistake={mistakeInPattern(pattern)} spellCheck={false} onChange={(event) => setFind(event.target.value)} />
              <Field label="Replace by" value={by} spellCheck={false} {...(isExpression ? { hint: "$1 stands for the first group." } : {})} onChange={(event) => setBy(event.target.value)} />
            </div>
            <div className="flex flex-wrap gap-x-5">
              <Checkbox isOn={isExpression} onChange={setIsExpression}>
                Regular expression
              </Checkbox>
              <Checkbox isOn={matchesCase} onChange={setMatchesCase}>
                Match case
              </Checkbox>
            </div>
          </>
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)_100px] gap-3">
            <Field label="Template" hint="{name} is the old name, {n} the number; the ending stays unless {ending} is used." value={template} spellCheck={false} onChange={(event) => setTemplate(event.target.value)} />
            <Field label="Start at" inputMode="numeric" value={start} onChange={(event) => setStart(event.target.value.replace(/[^\d-]/g, ""))} />
          </div>
        )}
        <div className="max-h-64 overflow-y-auto rounded-card border border-line bg-card" tabIndex={0} role="group" aria-label="New names">
          <table className="w-full table-fixed text-small">
            <thead className="sticky top-0 bg-card text-left text-ink-faint">
              <tr>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  Now
                </th>
                <th scope="col" className="px-3 py-1.5 font-medium">
                  Then
                </th>
              </tr>
            </thead>
            <tbody>
              {renamed.slice(0, MOST_SHOWN).map((each) => (
                <tr key={each.from} className="border-t border-line">
                  <td className="truncate px-3 py-1 text-ink-soft">
                    <bdi>{visibleText(each.from, 200)}</bdi>
                  </td>
                  <td className={each.to === each.from ? "truncate px-3 py-1 text-ink-faint" : "truncate px-3 py-1 font-medium"}>
                    <bdi>{visibleText(each.to, 200)}</bdi>
                    {each.mistake !== null && each.to !== each.from && <span className="text-bad"> {each.mistake}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {renamed.length > MOST_SHOWN && <p className="border-t border-line px-3 py-1 text-small text-ink-faint">and {renamed.length - MOST_SHOWN} more</p>}
        </div>
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </div>
    </Dialog>
  );
}
