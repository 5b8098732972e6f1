// What the start menu shows: search first, then the apps and the servers, and below who and where you are; it begins anew each time.
import { Search } from "lucide-react";
import { useId, useState, type KeyboardEvent, type RefObject } from "react";
import { describeConnection } from "../api/connectionWords";
import type { Server } from "../api/types";
import { APPS } from "../apps/index";
import { StatusMark } from "../kit/StatusMark";
import { classes } from "../lib/classes";
import { clamp } from "../lib/numbers";
import { openServer } from "./shell";
import { startEntries } from "./startEntries";
import { StartFooter } from "./StartFooter";
import { StartResults } from "./StartResults";
import { searchStart, type StartEntry } from "./startSearch";
import { openApp } from "./workspaces";

export type Run = (entry: Pick<StartEntry, "run">) => void;

export interface StartPanelProps {
  servers: readonly Server[];
  active: Server;
  /** The search box, which takes the focus when the menu opens. */
  input: RefObject<HTMLInputElement | null>;
  run: Run;
}

export function StartPanel({ servers, active, input, run }: StartPanelProps) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const found = searchStart(startEntries(servers, active), text);
  const isSearching = text.trim() !== "";

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const entry = found[chosen];
    if (isSearching && step !== 0) {
      event.preventDefault();
      setChosen((before) => clamp(before + step, 0, found.length - 1));
    } else if (isSearching && event.key === "Enter" && entry !== undefined) {
      event.preventDefault();
      run(entry);
    }
  };

  return (
    <>
      <div className="p-4 pb-3">
        <label className="flex h-9 items-center gap-2 rounded-control border border-control-line bg-card px-2.5 has-focus-visible:border-accent-ink has-focus-visible:outline has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-ink max-wide:h-11">
          <Search size={16} strokeWidth={1.75} className="text-ink-faint" aria-hidden="true" />
          <input
            ref={input}
            role="combobox"
            aria-label="Search apps, servers and actions"
            aria-expanded={isSearching}
            aria-controls={listId}
            aria-activedescendant={isSearching && found.length > 0 ? `${listId}-${chosen}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            placeholder="Search apps, servers and actions"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
            className="min-w-0 grow bg-transparent outline-none placeholder:text-ink-faint"
          />
        </label>
      </div>
      <div className={classes("h-[min(300px,50vh)]", !isSearching && "overflow-y-auto")}>
        <StartResults id={listId} found={found} isSearching={isSearching} chosen={chosen} onRun={run} />
        {!isSearching && (
          <div className="grid grid-cols-[1fr_240px] gap-6 px-4 pb-4 max-wide:grid-cols-1">
            <section aria-label="Apps">
              <h3 className="mb-2 text-small font-semibold text-ink-soft">Apps</h3>
              <ul className="-mx-2 grid grid-cols-[repeat(auto-fill,minmax(88px,1fr))]">
                {APPS.map((app) => (
                  <li key={app.id}>
                    <button
                      type="button"
                      onClick={() => run({ run: () => openApp(app) })}
                      className="flex w-full flex-col items-center gap-1.5 rounded-card px-2 py-3 hover:bg-hover active:bg-pressed"
                    >
                      <app.Icon size={44} />
                      <span className="text-small">{app.title}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
            <section aria-label="Servers" className="min-w-0">
              <h3 className="mb-2 text-small font-semibold text-ink-soft">Servers</h3>
              <ul className="-mx-2">
                {servers.map((server) => (
                  <li key={server.id}>
                    <button
                      type="button"
                      aria-current={server.id === active.id || undefined}
                      onClick={() => run({ run: () => openServer(server.id) })}
                      className={classes(
                        "flex h-10 w-full items-center gap-2.5 rounded-control px-2 text-left hover:bg-hover active:bg-pressed max-wide:h-11",
                        server.id === active.id && "font-medium",
                      )}
                    >
                      <span data-color={server.color} className="h-4 w-1 shrink-0 rounded-full bg-identity" />
                      <span className="min-w-0 grow truncate">{server.name}</span>
                      {server.id === active.id && <span className="shrink-0 text-caption font-normal text-ink-faint">Current</span>}
                      <StatusMark mark={describeConnection(server.state).mark} />
                      <span className="sr-only">{describeConnection(server.state).word}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          </div>
        )}
      </div>
      <StartFooter active={active} onRun={run} />
    </>
  );
}
