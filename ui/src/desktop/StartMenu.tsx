// The start menu: search first, then the apps and the servers, and below who and where you are.
import { Search } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { describeConnection } from "../api/connectionWords";
import type { Server } from "../api/types";
import { APPS } from "../apps/index";
import { Popover } from "../kit/Popover";
import { StatusMark } from "../kit/StatusMark";
import { classes } from "../lib/classes";
import { clamp } from "../lib/numbers";
import { openServer, setPanel, useShell } from "./shell";
import { startEntries } from "./startEntries";
import { StartFooter } from "./StartFooter";
import { StartResults } from "./StartResults";
import { searchStart, type StartEntry } from "./startSearch";
import { TaskbarButton } from "./TaskbarButton";
import { openApp } from "./workspaces";

export function StartMenu({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const isOpen = useShell((shell) => shell.panel === "start");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const hasRun = useRef(false);
  const listId = useId();
  const found = searchStart(startEntries(servers, active), text);
  const isSearching = text.trim() !== "";

  const run = (entry: Pick<StartEntry, "run">) => {
    hasRun.current = true;
    setPanel(null);
    entry.run();
  };
  const onOpenChange = (open: boolean) => {
    hasRun.current = false;
    setText("");
    setChosen(0);
    setPanel(open ? "start" : null);
  };
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
    <Popover
      label="Start menu"
      side="top"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      initialFocus={input}
      returnsFocus={() => !hasRun.current}
      className="w-[min(640px,calc(100vw-16px))] overflow-hidden"
      trigger={<TaskbarButton label="Start" icon={<StartGlyph />} />}
    >
      <div className="p-4 pb-3">
        <label className="flex h-9 items-center gap-2 rounded-control border border-control-line bg-card px-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent-ink max-wide:h-11">
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
      <div className="h-[min(300px,50vh)] overflow-y-auto">
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
                        server.id === active.id && "bg-hover font-medium",
                      )}
                    >
                      <span data-color={server.color} className="h-4 w-1 shrink-0 rounded-full bg-identity" />
                      <span className="min-w-0 grow truncate">{server.name}</span>
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
    </Popover>
  );
}

function StartGlyph() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" className="fill-accent-ink">
      <rect x="3" y="3" width="8" height="8" rx="2.5" />
      <rect x="13" y="3" width="8" height="8" rx="2.5" fillOpacity=".75" />
      <rect x="3" y="13" width="8" height="8" rx="2.5" fillOpacity=".75" />
      <rect x="13" y="13" width="8" height="8" rx="2.5" fillOpacity=".5" />
    </svg>
  );
}
