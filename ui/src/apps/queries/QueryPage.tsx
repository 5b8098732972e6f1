// One query: its arguments, asked by a button (at once where none must be given), and what came of it.
import { useQuery } from "@tanstack/react-query";
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
import { fieldsOf } from "./argumentFields";
import { NotConnected } from "./NotConnected";
import { QuestionForm } from "./QuestionForm";
import { ReadingView } from "./ReadingView";

export function QueryPage({ server, query }: { server: Server; query: CatalogQuery }) {
  const fields = fieldsOf(query.argsSchema);
  const [asked, setAsked] = useState<Record<string, unknown> | null>(fields.some((field) => field.isRequired) ? null : {});
  const isConnected = server.state.status === "connected";
  const { data, error, isFetching, refetch } = useQuery<Reading<unknown>>({
    queryKey: ["explored", server.id, query.id, asked],
    queryFn: ({ signal }) => askAny(server.id, query.id, asked, { raw: true, maxAgeSeconds: 0 }, signal),
    enabled: isConnected && asked !== null,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const ask = (args: Record<string, unknown>) => {
    if (JSON.stringify(args) === JSON.stringify(asked)) void refetch();
    else setAsked(args);
  };
  return (
    <div className="@container flex h-full flex-col">
      <QuestionForm id={query.id} title={query.title} tools={query.variants.map((variant) => variant.name)} fields={fields} onAsk={ask}>
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
          <ReadingView server={server} reading={data} />
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
