// The last piece of news over the foot of the window, with the way back where there is one.
import { CircleAlert, Undo2, X } from "lucide-react";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import { dismiss, undo, useNews } from "./notices";

export function NewsBar({ server }: { server: string }) {
  const news = useNews((state) => state.news[server] ?? null);
  const canUndo = useNews((state) => news?.step !== null && news?.step !== undefined && (state.steps[server]?.includes(news.step) ?? false));
  return (
    <div role="status" className="pointer-events-none absolute inset-x-0 bottom-9 z-20 flex justify-center px-4">
      {news !== null && (
        <div
          key={news.id}
          className={classes(
            "pointer-events-auto flex max-w-full min-w-0 animate-appear items-start gap-2 rounded-card py-1.5 pr-1.5 pl-3 shadow-popover",
            news.tone === "bad" ? "bg-bad-ground text-ink" : "bg-tooltip text-on-tooltip",
          )}
        >
          {news.tone === "bad" && <CircleAlert size={16} strokeWidth={1.75} className="mt-1 shrink-0 text-bad" aria-hidden="true" />}
          <div className="min-w-0 py-0.5 [overflow-wrap:anywhere]">
            <p className={classes(news.tone === "bad" && "font-semibold text-bad")}>{news.text}</p>
            {news.detail !== null && <p className="text-small">{visibleText(news.detail, 400)}</p>}
          </div>
          {canUndo && news.step !== null && (
            <button
              type="button"
              onClick={() => news.step !== null && void undo(server, news.step)}
              className="flex h-6 shrink-0 items-center gap-1 rounded-control px-2 font-medium underline decoration-1 underline-offset-2 hover:no-underline max-wide:h-11"
            >
              <Undo2 size={14} strokeWidth={1.75} aria-hidden="true" />
              Undo
            </button>
          )}
          <IconButton label="Dismiss" icon={<X size={14} strokeWidth={1.75} />} onClick={() => dismiss(server, news.id)} className={classes("wide:size-6", news.tone !== "bad" && "text-on-tooltip hover:text-ink-faint")} />
        </div>
      )}
    </div>
  );
}
