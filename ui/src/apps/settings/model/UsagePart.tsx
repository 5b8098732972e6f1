// What models were used for: by model and query, and what it cost; a table, or on a phone a list.
import { RotateCw } from "lucide-react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { COST_DAYS, useModelCosts } from "../../../api/models";
import type { ModelCost } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { ServerText } from "../../../kit/ServerText";
import { Skeleton } from "../../../kit/Skeleton";
import { useIsPhone } from "../../../kit/useIsPhone";
import { visibleText } from "../../../lib/visibleText";
import { Part } from "../Part";
import { formatUsd, USAGE_FIGURES } from "./usageWords";

export function UsagePart() {
  const { data: costs, error, isFetching, refetch } = useModelCosts();
  const isPhone = useIsPhone();
  const rows = costs?.rows ?? [];
  return (
    <Part title="Usage" lead={`In the last ${COST_DAYS} days. A reply that is there already is not asked for again.`}>
      {error !== null && <ErrorNotice {...describeError(asErrorBody(error))} isAlert />}
      {costs === undefined && error === null && <Skeleton className="h-8 w-full" />}
      {costs !== undefined && rows.length === 0 && <p className="rounded-card border border-dashed border-line-strong px-4 py-5 text-center text-ink-soft">No language model was asked.</p>}
      {rows.length > 0 && (isPhone ? <Cards rows={rows} /> : <Table rows={rows} />)}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="figures">
          {costs !== undefined && rows.length > 0 && (
            <>
              Together <span className="font-semibold">{formatUsd(costs.costUsd)}</span>
              {rows.some((row) => row.costUsd === null) && <span className="text-ink-soft">, without the models that have no price</span>}
            </>
          )}
        </p>
        <Button icon={<RotateCw size={14} strokeWidth={1.75} />} isBusy={isFetching} onClick={() => void refetch()}>
          Refresh
        </Button>
      </div>
    </Part>
  );
}

function keyOf({ provider, model, query }: ModelCost): string {
  return JSON.stringify([provider, model, query]);
}

/** The model, and below it what it read. */
function Subject({ row }: { row: ModelCost }) {
  return (
    <>
      <ServerText className="block! font-medium" maxChars={60}>
        {row.model}
      </ServerText>
      <span className="block font-mono text-caption font-normal text-ink-faint">{visibleText(row.query, 80)}</span>
    </>
  );
}

function Table({ rows }: { rows: readonly ModelCost[] }) {
  return (
    <div tabIndex={0} role="group" aria-label="Usage" className="max-h-80 overflow-auto rounded-card border border-line bg-card">
      <table aria-label="Usage" className="w-full border-collapse text-small">
        <thead>
          <tr>
            <th scope="col" className={`${HEADING} text-left`}>
              Model and query
            </th>
            {USAGE_FIGURES.map(([title]) => (
              <th key={title} scope="col" className={`${HEADING} text-right`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-t border-line hover:bg-hover">
              <th scope="row" className="max-w-44 px-2.5 py-1.5 text-left">
                <Subject row={row} />
              </th>
              {USAGE_FIGURES.map(([title, textOf]) => (
                <td key={title} className="figures px-2.5 py-1.5 text-right whitespace-nowrap">
                  {textOf(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards({ rows }: { rows: readonly ModelCost[] }) {
  return (
    <ul aria-label="Usage" className="flex flex-col gap-2">
      {rows.map((row) => (
        <li key={keyOf(row)} className="rounded-card border border-line bg-card p-3">
          <Subject row={row} />
          <dl className="mt-2 grid grid-cols-[repeat(auto-fill,minmax(80px,1fr))] gap-2">
            {USAGE_FIGURES.map(([title, textOf]) => (
              <div key={title}>
                <dt className="text-small text-ink-faint">{title}</dt>
                <dd className="figures">{textOf(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

const HEADING = "sticky top-0 bg-card px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-soft";
