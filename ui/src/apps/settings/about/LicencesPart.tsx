// Every crate and package that HeadlessOS is made of, with its licence; words narrow the list.
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useShippedParts } from "../../../api/about";
import { Button } from "../../../kit/Button";
import { Notice } from "../../../kit/Notice";
import { Skeleton } from "../../../kit/Skeleton";
import { Part } from "../Part";
import { originWords, partsFound } from "./partsFound";

const HEAD = "sticky top-0 border-b border-line bg-sunken px-3 py-1.5 font-medium";

export function LicencesPart() {
  const { data: parts, error, refetch } = useShippedParts();
  const [typed, setTyped] = useState("");
  const sought = useDeferredValue(typed);
  const found = partsFound(parts ?? [], sought);
  return (
    <Part title="Licences" lead="What other people wrote and is in the program or its page, as the lock files of this version name it.">
      {parts === undefined && error === null && <Skeleton className="h-96 w-full" />}
      {parts === undefined && error !== null && (
        <Notice tone="bad" title="The list could not be fetched" isAlert>
          <Button onClick={() => void refetch()}>Try again</Button>
        </Notice>
      )}
      {parts !== undefined && (
        <>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <div className="relative w-72 max-wide:w-full">
              <Search size={15} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
              <input
                type="search"
                aria-label="Search licences"
                placeholder="Name or licence"
                value={typed}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
                className="h-8 w-full rounded-control border border-control-line bg-card pr-2 pl-8 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
              />
            </div>
            <p role="status" className="figures text-small text-ink-soft">
              {found.length === parts.length ? `${parts.length} parts` : `${found.length} of ${parts.length} parts`}
            </p>
          </div>
          <div tabIndex={0} role="region" aria-label="Parts and licences" className="h-96 overflow-auto rounded-control border border-line">
            {found.length === 0 && <p className="px-3 py-6 text-center text-ink-faint">No part has these words.</p>}
            {found.length > 0 && (
              <table aria-label="Licences" className="w-full table-fixed border-separate border-spacing-0 text-left">
                <thead className="text-small text-ink-soft">
                  <tr>
                    <th scope="col" className={`${HEAD} w-2/5`}>
                      Name
                    </th>
                    <th scope="col" className={`${HEAD} w-30 max-wide:w-20`}>
                      Version
                    </th>
                    <th scope="col" className={`${HEAD} w-24 max-wide:hidden`}>
                      From
                    </th>
                    <th scope="col" className={HEAD}>
                      Licence
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {found.map((part) => (
                    <tr key={`${part.origin} ${part.name} ${part.version}`} className="align-top">
                      <th scope="row" className="px-3 py-1 font-normal [overflow-wrap:anywhere]">
                        {part.name}
                      </th>
                      <td className="figures px-3 py-1 text-ink-soft [overflow-wrap:anywhere]">{part.version}</td>
                      <td className="px-3 py-1 text-ink-soft max-wide:hidden">{originWords(part)}</td>
                      <td className="px-3 py-1 break-words">{part.licence}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
        </>
      )}
    </Part>
  );
}
