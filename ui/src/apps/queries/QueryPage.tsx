// One query: its arguments, asked by a button (at once where none must be given), and what came of it.
import { useQuery } from "@tanstack/react-query";
import { Play, Plug } from "lucide-react";
import { useState, type FormEvent } from "react";
import type { CatalogQuery } from "../../api/catalog";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { askAny } from "../../api/readings";
import { connect } from "../../api/servers";
import type { ErrorBody, Reading, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { ArgumentInput } from "./ArgumentInput";
import { argumentsOf, fieldsOf } from "./argumentFields";
import { ReadingView } from "./ReadingView";

export function QueryPage({ server, query }: { server: Server; query: CatalogQuery }) {
  const fields = fieldsOf(query.argsSchema);
  const needsArguments = fields.some((field) => field.isRequired);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [mistake, setMistake] = useState<string | null>(null);
  const [asked, setAsked] = useState<Record<string, unknown> | null>(needsArguments ? null : {});
  const [connecting, setConnecting] = useState<ErrorBody | null>(null);
  const isConnected = server.state.status === "connected";
  const { data, error, isFetching, refetch } = useQuery<Reading<unknown>>({
    queryKey: ["explored", server.id, query.id, asked],
    queryFn: ({ signal }) => askAny(server.id, query.id, asked, { raw: true, maxAgeSeconds: 0 }, signal),
    enabled: isConnected && asked !== null,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });

  const run = (event: FormEvent) => {
    event.preventDefault();
    try {
      const args = argumentsOf(fields, typed);
      const missing = fields.find((field) => field.isRequired && !(field.name in args));
      if (missing !== undefined) throw new Error(`${missing.name} is missing`);
      setMistake(null);
      if (JSON.stringify(args) === JSON.stringify(asked)) void refetch();
      else setAsked(args);
    } catch (thrown) {
      setMistake(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };

  return (
    <div className="@container flex h-full flex-col">
      <form aria-label="Question" onSubmit={run} noValidate className="shrink-0 border-b border-line px-4 py-3">
        <div className="flex items-start gap-3">
          <div className="min-w-0 grow">
            <h2 className="truncate text-title font-semibold">{query.title}</h2>
            <p className="truncate text-small text-ink-faint">
              <span className="font-mono text-caption">{query.id}</span> · by {query.variants.map((variant) => variant.name).join(", ")}
            </p>
          </div>
          <Button type="submit" look="primary" icon={<Play size={14} strokeWidth={1.75} />} isBusy={isFetching} disabled={!isConnected}>
            {data === undefined ? "Ask" : "Ask again"}
          </Button>
        </div>
        {fields.length > 0 && (
          <div className="mt-3 grid grid-cols-1 gap-x-4 gap-y-3 @medium:grid-cols-2 @large:grid-cols-3">
            {fields.map((field) => (
              <ArgumentInput key={field.name} field={field} value={typed[field.name] ?? ""} onChange={(value) => setTyped({ ...typed, [field.name]: value })} />
            ))}
          </div>
        )}
        {mistake !== null && (
          <p role="alert" className="mt-2 text-small text-bad">
            {mistake}
          </p>
        )}
      </form>
      <div className="min-h-0 grow">
        {!isConnected && data === undefined ? (
          <CentrePanel
            icon={Plug}
            title={`Not connected to ${server.name}`}
            line="It can be asked once it is connected."
            {...(connecting === null ? {} : { content: <ErrorNotice {...describeError(connecting)} isAlert /> })}
          >
            <Button look="primary" onClick={() => void connect(server.id).catch((thrown: unknown) => setConnecting(asErrorBody(thrown)))}>
              Connect
            </Button>
          </CentrePanel>
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
