// The fields of one record or answer as terms and values.
import { visibleText } from "../../lib/visibleText";
import { cellOf, heading } from "./answerShape";

export function Fields({ record }: { record: Readonly<Record<string, unknown>> }) {
  return (
    <dl className="grid grid-cols-[fit-content(40%)_1fr] content-start gap-x-6 gap-y-1.5">
      {Object.entries(record).map(([name, value]) => {
        const cell = cellOf(name, value);
        return (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{heading(name)}</dt>
            <dd className="figures min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap" title={cell.exact ?? undefined}>
              <bdi>{visibleText(cell.text, 4000)}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
