// The box that filters what is shown as one types, and on Enter searches the folders below: names, or the content of files.
import { CaseSensitive, ChevronDown, Regex, Search, TextSearch, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { IconButton } from "../../kit/IconButton";
import { Menu, MenuSeparator } from "../../kit/Menu";
import { MenuCheck, MenuRadios } from "../../kit/MenuChoices";
import { classes } from "../../lib/classes";
import { setFilter } from "./explorer";
import { keyCommand } from "./keys";
import { stopSearch } from "./search";
import { changeComparing, contentTextOf, scopeOf, setContentText, setScope, startContentSearch, startNameSearch, useSearchForm, type Scope } from "./searchForm";
import type { PaneModel } from "./usePane";
import { folderName } from "./words";

const ICON = { size: 14, strokeWidth: 1.75 };
const SCOPES: readonly { value: Scope; label: string; keys: string }[] = [
  { value: "names", label: "Names", keys: "/" },
  { value: "content", label: "Content of files", keys: "Ctrl+Shift+F" },
];
/** The buttons stand in the field, one beside the other from its end. */
const BUTTON = "wide:size-6 max-wide:size-11";

export interface FilterFieldProps {
  server: string;
  pane: PaneModel;
  field: RefObject<HTMLInputElement | null>;
  isPhone: boolean;
  onDone: () => void;
}

export function FilterField({ server, pane, field, isPhone, onDone }: FilterFieldProps) {
  const { tab, path, search, filter } = pane;
  const form = useSearchForm();
  const scope = scopeOf(form, tab.id);
  const isContent = scope === "content";
  const text = isContent ? contentTextOf(form, tab.id, path) : filter !== "" ? filter : (search?.name ?? "");

  const change = (typed: string) => {
    if (isContent) {
      if (path !== null) setContentText(tab.id, path, typed);
      return;
    }
    if (search !== null) stopSearch(tab.id);
    setFilter(tab.id, typed);
  };
  /** Whether the focus has nothing more to do in the field. */
  const look = (): boolean => {
    if (path === null) return true;
    if (isContent) startContentSearch(server, tab.id, path, text);
    else if (filter.trim() !== "") startNameSearch(server, tab.id, path, filter.trim());
    return !isContent || text !== "";
  };
  const clear = () => {
    if (isContent && path !== null) setContentText(tab.id, path, "");
    setFilter(tab.id, "");
    stopSearch(tab.id);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const command = event.ctrlKey || event.metaKey ? keyCommand(event) : null;
    if (event.key === "Enter") {
      if (look()) onDone();
    } else if (event.key === "Escape") {
      clear();
      onDone();
    } else if (event.key === "ArrowDown") onDone();
    else if (command === "filter" || command === "searchContent") setScope(tab.id, path, command === "filter" ? "names" : "content");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={classes(
        "relative flex h-7 shrink-0 items-center rounded-control border border-line-strong bg-card max-wide:h-11 max-wide:w-auto max-wide:min-w-0 max-wide:shrink max-wide:grow",
        "has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-accent-ink",
        isContent ? "w-72 @max-large:w-60" : "w-56 @max-large:w-44",
      )}
    >
      <Menu
        finalFocus={field}
        trigger={
          <button
            type="button"
            aria-label={`What is searched: ${isContent ? "content of files" : "names"}`}
            title="Names or content"
            className="flex h-full shrink-0 items-center gap-0.5 rounded-control pr-1 pl-2 text-ink-faint hover:text-ink focus-visible:-outline-offset-2 max-wide:w-11 max-wide:justify-center max-wide:p-0"
          >
            {isContent ? <TextSearch {...ICON} /> : <Search {...ICON} />}
            <ChevronDown size={10} strokeWidth={2} />
          </button>
        }
      >
        <MenuRadios<Scope> label="Search in" value={scope} choices={SCOPES} isLast onChange={(value) => setScope(tab.id, path, value)} />
        {isPhone && isContent && (
          <>
            <MenuSeparator />
            <MenuCheck isOn={form.matchesCase} onChange={(isOn) => changeComparing(server, tab.id, { matchesCase: isOn })}>
              Match case
            </MenuCheck>
            <MenuCheck isOn={form.isRegex} onChange={(isOn) => changeComparing(server, tab.id, { isRegex: isOn })}>
              Regular expression
            </MenuCheck>
          </>
        )}
      </Menu>
      <input
        ref={field}
        value={text}
        aria-label={isContent ? "Search in the content of files below with Enter" : "Filter, or search below with Enter"}
        placeholder={isContent ? "Find in files below" : `Filter ${path === null ? "" : folderName(path)}`}
        title={isContent ? "Searches in the files of the folder and below with Enter (Ctrl+Shift+F)" : "Filters as you type (/); Enter searches the folders below; * and ? stand for anything"}
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className={classes("h-full min-w-0 grow truncate bg-transparent pr-1 pl-0.5 text-ink outline-none placeholder:text-ink-faint", isContent && form.isRegex && text !== "" && "font-mono text-mono")}
      />
      {text !== "" && <IconButton label="Clear" icon={<X {...ICON} />} onClick={clear} className={BUTTON} />}
      {isContent && !isPhone && (
        <>
          <Toggle label="Match case" icon={<CaseSensitive size={15} strokeWidth={1.75} />} isOn={form.matchesCase} onChange={(isOn) => changeComparing(server, tab.id, { matchesCase: isOn })} />
          <Toggle label="Regular expression" icon={<Regex {...ICON} />} isOn={form.isRegex} onChange={(isOn) => changeComparing(server, tab.id, { isRegex: isOn })} />
        </>
      )}
    </div>
  );
}

function Toggle({ label, icon, isOn, onChange }: { label: string; icon: React.ReactNode; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return <IconButton label={label} icon={icon} aria-pressed={isOn} onClick={() => onChange(!isOn)} className={classes(BUTTON, "last:mr-px", isOn && "bg-accent-ground text-accent-ink hover:bg-accent-ground hover:text-accent-ink")} />;
}
