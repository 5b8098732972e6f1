// One query: its arguments, asked by a button (at once where none must be given), and what came of it.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import type { CatalogQuery } from "../../api/catalog";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { askAny } from "../../api/readings";
import type { Reading, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { argumentsOf, fieldsOf, typedOf } from "./argumentFields";
import { NotConnected } from "./NotConnected";
import { QuestionForm } from "./QuestionForm";
import { ReadingView } from "./ReadingView";
import { useModelReading } from "./useModelReading";

export interface QueryPageProps {
  server: Server;
  query: CatalogQuery;
  /** Arguments to begin with. */
  args?: unknown;
  onOpenSettings: () => void;
}

export function QueryPage({ server, query, args, onOpenSettings }: QueryPageProps) {
  const fields = fieldsOf(query.argsSchema);
  const [typed] = useState(() => typedOf(fields, args));
  const [asked, setAsked] = useState<Record<string, unknown> | null>(() => (fields.some((field) => field.isRequired && (typed[field.name] ?? "") === "") ? null : argumentsOf(fields, typed)));
  const isConnected = server.state.status === "connected";
  const cache = useQueryClient();
  const queryKey = ["explored", server.id, query.id, asked];
  const { data, error, isFetching, refetch } = useQuery<Reading<unknown>>({
    queryKey,
    queryFn: ({ signal }) => askAny(server.id, query.id, asked, { raw: true, maxAgeSeconds: 0 }, signal),
    enabled: isConnected && asked !== null,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const byModel = useModelReading(
    server.id,
    async () => cache.setQueryData(queryKey, await askAny(server.id, query.id, asked, { raw: true, byModel: true })),
    () => refetch(),
  );
  const ask = (given: Record<string, unknown>) => {
    if (JSON.stringify(given) === JSON.stringify(asked)) void refetch();
    else setAsked(given);
  };
  return (
    <div className="@container flex h-full flex-col">
      <QuestionForm id={query.id} title={query.title} tools={query.variants.map((variant) => variant.name)} fields={fields} start={typed} onAsk={ask}>
        <Button type="submit" look="primary" icon={<Play size={14} strokeWidth={1.75} />} isBusy={isFetching} disabled={!isConnected}>
          {data === undefined ? "Ask" : "Ask again"}
        </Button>
      </QuestionForm>
      <div className="min-h-0 grow">
        {!isConnected && data === undefined ? (
          <NotConnected server={server} />
        ) : error !== null ? (
          <div className="mx-auto max-w-160 p-4">
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={() => void refetch()}>Try again</Button>
            </ErrorNotice>
          </div>
        ) : data !== undefined ? (
          <ReadingView server={server} reading={data} byModel={byModel} onOpenSettings={onOpenSettings} />
        ) : asked === null ? (
          <p className="p-6 text-center text-ink-faint">Fill in what is asked for, then press Ask.</p>
        ) : (
          <div className="flex flex-col gap-3 p-4" aria-busy="true">
            {["w-72", "w-96", "w-60", "w-80"].map((width) => (
              <Skeleton key={width} className={`h-4 ${width}`} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
