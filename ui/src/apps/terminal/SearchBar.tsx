// The search in all lines of a terminal, in its corner: Enter and F3 go up to older matches or down, Escape closes.
import { ArrowDown, ArrowUp, CaseSensitive, Regex, WholeWord, X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { regexMistake, type SearchOptions, type SearchResult } from "./finder";

const ICON = { size: 15, strokeWidth: 1.75 };
/** On a phone in a second line, below the text and the way out. */
const STEP = "max-wide:order-3 wide:size-6";

export interface SearchBarProps {
  result: SearchResult;
  onFind: (text: string, way: "next" | "previous", options: SearchOptions, starts: boolean) => void;
  onClear: () => void;
  onClose: () => void;
}

export function SearchBar({ result, onFind, onClear, onClose }: SearchBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [options, setOptions] = useState<SearchOptions>({ isRegex: false, isCaseSensitive: false, isWholeWord: false });
  const mistake = options.isRegex ? regexMistake(text) : null;

  useEffect(() => input.current?.select(), []);

  const find = (way: "next" | "previous", starts = false, next = text, wanted = options) => {
    if (next === "" || (wanted.isRegex && regexMistake(next) !== null)) onClear();
    else onFind(next, way, wanted, starts);
  };
  const change = (wanted: SearchOptions) => {
    setOptions(wanted);
    find("previous", true, text, wanted);
  };
  const onKey = (event: KeyboardEvent) => {
    const isStep = event.key === "Enter" || event.key === "F3";
    if (event.key !== "Escape" && !isStep) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    // The newest lines are the last, so a search goes up; F3 goes down as it does elsewhere.
    else find((event.key === "Enter") === event.shiftKey ? "next" : "previous");
  };
  const toggle = (label: string, icon: React.ReactNode, isOn: boolean, onClick: () => void) => (
    <IconButton label={label} icon={icon} aria-pressed={isOn} onClick={onClick} className={classes(STEP, isOn && "bg-accent-ground text-accent-ink")} />
  );

  return (
    <div
      role="search"
      aria-label="Search in the terminal"
      onKeyDown={onKey}
      className="absolute top-1.5 right-4.5 z-10 flex max-w-[calc(100%-24px)] animate-fade items-center gap-0.5 rounded-card bg-popover p-1 text-ink shadow-popover max-wide:inset-x-1.5 max-wide:max-w-none max-wide:flex-wrap"
    >
      <input
        ref={input}
        type="search"
        aria-label="Search for"
        placeholder="Search"
        aria-invalid={mistake !== null || undefined}
        value={text}
        spellCheck={false}
        onChange={({ target }) => {
          setText(target.value);
          find("previous", true, target.value);
        }}
        className={classes(
          "h-6 w-44 min-w-0 grow rounded-control border bg-card px-2 font-mono text-mono focus-visible:outline-offset-0 max-wide:h-11 max-wide:basis-[calc(100%-48px)] [&::-webkit-search-cancel-button]:hidden",
          mistake === null ? "border-control-line" : "border-bad",
        )}
      />
      <output className={classes("figures w-17 shrink-0 px-1 text-right text-small whitespace-nowrap max-wide:order-2 max-wide:grow max-wide:text-left", mistake === null ? "text-ink-soft" : "text-bad")} aria-live="polite">
        {mistake ?? (text === "" ? "" : resultWords(result))}
      </output>
      {toggle("Match case", <CaseSensitive {...ICON} />, options.isCaseSensitive, () => change({ ...options, isCaseSensitive: !options.isCaseSensitive }))}
      {toggle("Whole word", <WholeWord {...ICON} />, options.isWholeWord, () => change({ ...options, isWholeWord: !options.isWholeWord }))}
      {toggle("Regular expression", <Regex {...ICON} />, options.isRegex, () => change({ ...options, isRegex: !options.isRegex }))}
      <IconButton label="Previous match (Enter)" icon={<ArrowUp {...ICON} />} onClick={() => find("previous")} className={STEP} />
      <IconButton label="Next match (Shift+Enter)" icon={<ArrowDown {...ICON} />} onClick={() => find("next")} className={STEP} />
      <IconButton label="Close search (Escape)" icon={<X {...ICON} />} onClick={onClose} className="max-wide:order-1 wide:size-6" />
    </div>
  );
}

function resultWords({ index, count, isMore }: SearchResult): string {
  if (count === 0) return "No match";
  const all = isMore ? `${count}+` : String(count);
  return index === 0 ? all : `${index} of ${all}`;
}
