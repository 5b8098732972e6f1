// Everything the catalog can ask, and for the chosen query the arguments, the answer, the command and its output side by side.
import { Braces, ChevronLeft } from "lucide-react";
import { useCatalog } from "../../api/catalog";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { useIsPhone } from "../../kit/useIsPhone";
import type { AppProps } from "../manifest";
import { CatalogList } from "./CatalogList";
import { FeedPage } from "./FeedPage";
import { QueryPage } from "./QueryPage";
import { hideQuery, showQuery, useShown } from "./shown";

export function QueryExplorer({ server, shell }: AppProps) {
  const { catalog, error, reload } = useCatalog();
  const shown = useShown((state) => state[server.id] ?? null);
  const chosenId = shown?.id ?? null;
  const isPhone = useIsPhone();
  const chosen = catalog?.queries.find((query) => query.id === chosenId);
  const chosenFeed = catalog?.feeds.find((feed) => feed.id === chosenId);

  if (error !== null) {
    return (
      <div className="mx-auto max-w-120 p-6">
        <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
          <Button onClick={reload}>Try again</Button>
        </ErrorNotice>
      </div>
    );
  }
  const list =
    catalog === undefined ? (
      <div className="flex w-65 flex-col gap-3 p-4 max-wide:w-full">
        {["w-40", "w-52", "w-44", "w-48", "w-36"].map((width) => (
          <Skeleton key={width} className={`h-4 ${width}`} />
        ))}
      </div>
    ) : (
      <CatalogList catalog={catalog} chosenId={chosenId} onChoose={(id) => showQuery(server.id, id)} />
    );
  const page =
    chosenFeed !== undefined ? (
      <FeedPage key={`${server.id} ${chosenFeed.id}`} server={server} feed={chosenFeed} />
    ) : chosen === undefined ? (
      <CentrePanel
        icon={Braces}
        title="Ask this server anything in the catalog"
        line="Choose a query. It only reads: you see its answer as a table and as JSON, the command or files it came from, and what the server printed."
      />
    ) : (
      <QueryPage key={`${server.id} ${chosen.id} ${shown?.request ?? 0}`} server={server} query={chosen} args={shown?.args} onOpenSettings={shell.openSettings} />
    );
  if (isPhone) {
    return chosen === undefined && chosenFeed === undefined ? (
      list
    ) : (
      <div className="flex h-full flex-col">
        <div className="border-b border-line p-1">
          <Button look="quiet" icon={<ChevronLeft size={16} strokeWidth={1.75} />} onClick={() => hideQuery(server.id)}>
            All queries
          </Button>
        </div>
        <div className="min-h-0 grow">{page}</div>
      </div>
    );
  }
  return (
    <div className="flex h-full">
      {list}
      <div className="min-w-0 grow border-l border-line">{page}</div>
    </div>
  );
}
