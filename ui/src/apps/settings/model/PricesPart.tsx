// What models cost, as a table that is typed into; kept when it is saved.
import { Plus, Trash2 } from "lucide-react";
import { useState, type SyntheticEvent } from "react";
import { describeError } from "../../../api/errors";
import { changeModelPreferences } from "../../../api/models";
import type { ModelPrice } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { IconButton } from "../../../kit/IconButton";
import { classes } from "../../../lib/classes";
import { Part } from "../Part";
import { useSaving } from "../useSaving";
import { MOST_PRICES, mistakeIn, pricesOf, rowsOf, type PriceRow } from "./priceRows";

const INPUT = "h-8 w-full min-w-0 rounded-control border bg-card px-2 text-ink focus-visible:outline-offset-0 max-wide:h-11";
const COLUMNS = "grid grid-cols-[minmax(0,1fr)_88px_88px_28px] items-center gap-2 max-wide:grid-cols-[minmax(0,1fr)_64px_64px_44px]";

export function PricesPart({ kept }: { kept: readonly ModelPrice[] }) {
  const [draft, setDraft] = useState<readonly PriceRow[] | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const saving = useSaving();
  const rows = draft ?? rowsOf(kept);
  const isDirty = JSON.stringify(pricesOf(rows)) !== JSON.stringify(kept);
  const mistake = isChecked ? (rows.map(mistakeIn).find((each) => each !== null) ?? null) : null;
  const change = (next: readonly PriceRow[]) => {
    setDraft(next);
    saving.reset();
  };
  const set = (id: number, typed: Partial<PriceRow>) => change(rows.map((row) => (row.id === id ? { ...row, ...typed } : row)));
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (rows.some((row) => mistakeIn(row) !== null)) return;
    void saving.run(async () => {
      await changeModelPreferences({ prices: pricesOf(rows) });
      setDraft(null);
      setIsChecked(false);
    });
  };
  return (
    <Part title="Prices" lead="In US dollars for a million tokens; for the costs below. They are list prices of 2025 to begin with: providers change theirs. A model of your own, by Ollama, costs nothing.">
      <form aria-label="Prices" noValidate onSubmit={save} className="flex flex-col gap-3">
        <div role="table" aria-label="Prices">
          <div role="row" className={`${COLUMNS} mb-1 text-small font-medium text-ink-soft`}>
            <span role="columnheader">Model, or its beginning</span>
            <span role="columnheader" className="text-right">
              Prompt
            </span>
            <span role="columnheader" className="text-right">
              Reply
            </span>
            <span role="columnheader">
              <span className="sr-only">Remove</span>
            </span>
          </div>
          <div role="rowgroup" className="flex flex-col gap-1">
            {rows.map((row, index) => (
              <PriceLine key={row.id} row={row} at={index + 1} isWrong={isChecked && mistakeIn(row) !== null} onChange={(typed) => set(row.id, typed)} onRemove={() => change(rows.filter(({ id }) => id !== row.id))} />
            ))}
          </div>
        </div>
        {rows.length === 0 && <p className="text-ink-faint">No prices: what models cost is not told.</p>}
        {mistake !== null && (
          <p role="alert" className="text-small text-bad">
            {mistake}
          </p>
        )}
        {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" isBusy={saving.isBusy} disabled={!isDirty}>
            Save prices
          </Button>
          <Button
            look="quiet"
            icon={<Plus size={15} strokeWidth={1.75} />}
            disabled={rows.length >= MOST_PRICES}
            onClick={() => change([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, model: "", prompt: "", reply: "" }])}
          >
            Add a price
          </Button>
          <p role="status" className="text-small text-ink-soft">
            {isDirty ? "Not saved yet." : saving.isDone ? "Saved." : ""}
          </p>
        </div>
      </form>
    </Part>
  );
}

interface PriceLineProps {
  row: PriceRow;
  /** Counted from 1, for the names of the fields. */
  at: number;
  isWrong: boolean;
  onChange: (typed: Partial<PriceRow>) => void;
  onRemove: () => void;
}

function PriceLine({ row, at, isWrong, onChange, onRemove }: PriceLineProps) {
  const border = isWrong ? "border-bad" : "border-control-line";
  const common = { autoComplete: "off", spellCheck: false, "aria-invalid": isWrong || undefined } as const;
  return (
    <div role="row" className={COLUMNS}>
      <div role="cell">
        <input {...common} aria-label={`Model ${at}`} value={row.model} onChange={(event) => onChange({ model: event.target.value })} className={classes(INPUT, border, "font-mono text-mono")} />
      </div>
      <div role="cell">
        <input {...common} aria-label={`Prompt price ${at}`} inputMode="decimal" value={row.prompt} onChange={(event) => onChange({ prompt: event.target.value })} className={classes(INPUT, border, "figures text-right")} />
      </div>
      <div role="cell">
        <input {...common} aria-label={`Reply price ${at}`} inputMode="decimal" value={row.reply} onChange={(event) => onChange({ reply: event.target.value })} className={classes(INPUT, border, "figures text-right")} />
      </div>
      <div role="cell">
        <IconButton label={`Remove price ${at}`} icon={<Trash2 size={15} strokeWidth={1.75} />} onClick={onRemove} />
      </div>
    </div>
  );
}
