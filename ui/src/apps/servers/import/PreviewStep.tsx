// The second step of an import: every server that was found, with its mistakes, to be chosen.
import { useState } from "react";
import type { Import, ImportEntry } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Checkbox } from "../../../kit/Checkbox";
import { Notice } from "../../../kit/Notice";
import { RowWindow } from "../../../kit/RowWindow";
import { StepFooter } from "../../../kit/StepDialog";
import { classes } from "../../../lib/classes";
import { plural } from "../../../lib/numbers";
import { visibleText } from "../../../lib/visibleText";
import { addressIn, firstChoice, remarks } from "./choice";

const ROW_PX = 44;
const MOST_MISTAKES = 5;

export interface PreviewStepProps {
  found: Import;
  isBusy: boolean;
  onBack: () => void;
  onAdd: (numbers: readonly number[]) => void;
}

export function PreviewStep({ found, isBusy, onBack, onAdd }: PreviewStepProps) {
  const [chosen, setChosen] = useState(() => firstChoice(found));
  const { entries, mistakes } = found;
  const possible = entries.filter((entry) => entry.mistakes.length === 0);
  const set = (number: number, isOn: boolean) => setChosen((before) => new Set(isOn ? [...before, number] : [...before].filter((each) => each !== number)));
  return (
    <div className="flex flex-col gap-3">
      {mistakes.length > 0 && (
        <Notice tone="warn" title={`${plural(mistakes.length, "line was", "lines were")} not understood`}>
          <ul className="text-ink-soft">
            {mistakes.slice(0, MOST_MISTAKES).map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                {line > 0 && <span className="figures">Line {line}: </span>}
                {visibleText(message, 300)}
              </li>
            ))}
            {mistakes.length > MOST_MISTAKES && <li>and {mistakes.length - MOST_MISTAKES} more</li>}
          </ul>
        </Notice>
      )}
      {entries.length === 0 ? (
        <p className="rounded-card border border-line bg-card px-4 py-8 text-center text-ink-soft">There is no server in it.</p>
      ) : (
        <>
          <Checkbox
            isOn={chosen.size === 0 ? false : chosen.size === possible.length ? true : null}
            onChange={(isOn) => setChosen(new Set(isOn ? possible.map(({ number }) => number) : []))}
          >
            <span>
              All without a mistake <span className="figures text-ink-faint">({possible.length})</span>
            </span>
          </Checkbox>
          <div className="h-80 overflow-hidden rounded-card border border-line bg-card max-wide:h-[45vh]">
            <RowWindow
              label="Servers found"
              rowCount={entries.length}
              rowHeight={ROW_PX}
              renderRow={(index) => {
                const entry = entries[index];
                return entry === undefined ? null : <EntryRow key={entry.number} entry={entry} isOn={chosen.has(entry.number)} onChange={(isOn) => set(entry.number, isOn)} />;
              }}
            />
          </div>
        </>
      )}
      <StepFooter>
        <Button onClick={onBack}>Back</Button>
        <Button look="primary" isBusy={isBusy} disabled={chosen.size === 0} onClick={() => onAdd([...chosen])}>
          Add {plural(chosen.size, "server")}
        </Button>
      </StepFooter>
    </div>
  );
}

function EntryRow({ entry, isOn, onChange }: { entry: ImportEntry; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const notes = remarks(entry);
  const name = entry.name === "" ? entry.host : entry.name;
  return (
    <div className="flex h-11 w-full items-center gap-3 border-b border-line px-3">
      <Checkbox isOn={isOn} isDisabled={entry.mistakes.length > 0} label={`Add ${name}, line ${entry.line}`} onChange={onChange} />
      <span className="min-w-40 grow basis-0">
        <bdi className="block truncate font-medium">{visibleText(name, 100)}</bdi>
        <bdi className="block truncate text-small leading-4 text-ink-faint">
          {visibleText(addressIn(entry), 200)}
          {entry.folder !== "" && ` · ${visibleText(entry.folder, 100)}`}
        </bdi>
      </span>
      <span className="figures shrink-0 text-caption text-ink-faint max-wide:hidden">line {entry.line}</span>
      <span className="flex max-w-70 min-w-0 shrink-0 flex-col text-right text-small max-wide:max-w-36">
        {notes.slice(0, 2).map(({ tone, text }) => (
          <span key={text} title={visibleText(text, 600)} className={classes("truncate leading-4", tone === "bad" ? "text-bad" : tone === "warn" ? "text-warn" : "text-ink-faint")}>
            {visibleText(text, 200)}
          </span>
        ))}
      </span>
    </div>
  );
}
