// The tabs of one server and the panes in each: pure functions, each gives a new value. A terminal is in one pane at most.

export type Way = "row" | "column";
export type Side = "left" | "right" | "top" | "bottom";
export type Direction = "left" | "right" | "up" | "down";

export interface Pane {
  kind: "pane";
  terminal: string;
}
/** `row`: side by side. `ratio` is the share of the first, from 0 to 1. */
export interface Split {
  kind: "split";
  way: Way;
  ratio: number;
  first: Tree;
  second: Tree;
}
export type Tree = Pane | Split;

export interface Tab {
  id: string;
  root: Tree;
  /** The terminal whose pane has, or gets, the focus. */
  focused: string;
}
export interface TabSet {
  tabs: readonly Tab[];
  /** The id of the tab that is shown; null only where there is no tab. */
  active: string | null;
}

export const NO_TABS: TabSet = { tabs: [], active: null };
export const LEAST_RATIO = 0.1;

export function pane(terminal: string): Pane {
  return { kind: "pane", terminal };
}

/** A tab's id is that of its first terminal, which can be in no other. */
export function tabOf(terminal: string): Tab {
  return { id: terminal, root: pane(terminal), focused: terminal };
}

/** The terminals of a tree, from the left and the top. */
export function terminalsIn(tree: Tree): string[] {
  return tree.kind === "pane" ? [tree.terminal] : [...terminalsIn(tree.first), ...terminalsIn(tree.second)];
}

export function activeTab(set: TabSet): Tab | null {
  return set.tabs.find((tab) => tab.id === set.active) ?? null;
}

export function tabWith(set: TabSet, terminal: string): Tab | null {
  return set.tabs.find((tab) => terminalsIn(tab.root).includes(terminal)) ?? null;
}

/** Adds a tab after the shown one and shows it. */
export function withTab(set: TabSet, terminal: string): TabSet {
  if (tabWith(set, terminal) !== null) return withFocus(set, terminal);
  const at = set.tabs.findIndex((tab) => tab.id === set.active);
  return { tabs: set.tabs.toSpliced(at < 0 ? set.tabs.length : at + 1, 0, tabOf(terminal)), active: terminal };
}

/** Shows the terminal's tab and gives its pane the focus. */
export function withFocus(set: TabSet, terminal: string): TabSet {
  const tab = tabWith(set, terminal);
  if (tab === null) return set;
  if (tab.focused === terminal && set.active === tab.id) return set;
  return { tabs: set.tabs.map((each) => (each === tab ? { ...each, focused: terminal } : each)), active: tab.id };
}

/** Puts a terminal beside another one; where it was before, it is no more. */
export function withSplit(set: TabSet, beside: string, side: Side, terminal: string): TabSet {
  if (beside === terminal) return set;
  const rest = withoutTerminal(set, terminal);
  const tab = tabWith(rest, beside);
  if (tab === null) return set;
  const root = replaced(tab.root, beside, (old) => join(old, side, pane(terminal)));
  return { tabs: rest.tabs.with(rest.tabs.indexOf(tab), { ...tab, root, focused: terminal }), active: tab.id };
}

/** Puts all panes of one tab beside a pane of another. */
export function withTabBeside(set: TabSet, moved: string, beside: string, side: Side): TabSet {
  const from = set.tabs.find((tab) => tab.id === moved);
  const to = tabWith(set, beside);
  if (from === undefined || to === null || from === to) return set;
  const root = replaced(to.root, beside, (old) => join(old, side, from.root));
  const tabs = set.tabs.with(set.tabs.indexOf(to), { ...to, root, focused: from.focused }).filter((tab) => tab !== from);
  return { tabs, active: to.id };
}

/** Takes a terminal out; a tab without panes goes, and its neighbour is shown. */
export function withoutTerminal(set: TabSet, terminal: string): TabSet {
  const at = set.tabs.findIndex((tab) => terminalsIn(tab.root).includes(terminal));
  const tab = set.tabs[at];
  if (tab === undefined) return set;
  const root = pruned(tab.root, (each) => each !== terminal);
  if (root === null) {
    const tabs = set.tabs.toSpliced(at, 1);
    return { tabs, active: set.active === tab.id ? ((tabs[at] ?? tabs.at(-1))?.id ?? null) : set.active };
  }
  const left = terminalsIn(root);
  const before = terminalsIn(tab.root).indexOf(terminal);
  const focused = tab.focused === terminal ? (left[Math.max(0, before - 1)] ?? terminal) : tab.focused;
  // The tab keeps its id unless the terminal it is named after opens a tab of its own again.
  const id = tab.id === terminal ? (left[0] ?? tab.id) : tab.id;
  return { tabs: set.tabs.with(at, { id, root, focused }), active: set.active === tab.id ? id : set.active };
}

/** Moves a tab to another place among the tabs. */
export function withTabAt(set: TabSet, id: string, place: number): TabSet {
  const from = set.tabs.findIndex((tab) => tab.id === id);
  const tab = set.tabs[from];
  if (tab === undefined || from === place) return set;
  return { ...set, tabs: set.tabs.toSpliced(from, 1).toSpliced(place, 0, tab) };
}

/** Shows the tab `steps` further, round and round. */
export function withStep(set: TabSet, steps: number): TabSet {
  const at = set.tabs.findIndex((tab) => tab.id === set.active);
  const next = set.tabs[(at + steps + set.tabs.length) % Math.max(1, set.tabs.length)];
  return next === undefined ? set : { ...set, active: next.id };
}

/** Changes the ratio of the split at a path of `first` and `second` from the root. */
export function withRatio(tree: Tree, path: readonly ("first" | "second")[], ratio: number): Tree {
  if (tree.kind === "pane") return tree;
  const [step, ...rest] = path;
  if (step === undefined) return { ...tree, ratio: Math.min(1 - LEAST_RATIO, Math.max(LEAST_RATIO, ratio)) };
  return { ...tree, [step]: withRatio(tree[step], rest, ratio) };
}

/** Brings the tabs in line with the terminals there are: those gone lose their pane, those in no tab get one. */
export function reconciled(set: TabSet, terminals: readonly string[]): TabSet {
  const gone = set.tabs.flatMap((tab) => terminalsIn(tab.root)).filter((terminal) => !terminals.includes(terminal));
  const kept = gone.reduce(withoutTerminal, set);
  const added = terminals.filter((terminal) => tabWith(kept, terminal) === null).map(tabOf);
  if (added.length === 0 && kept === set) return set;
  const tabs = [...kept.tabs, ...added];
  return { tabs, active: tabs.some((tab) => tab.id === kept.active) ? kept.active : (tabs[0]?.id ?? null) };
}

function join(old: Tree, side: Side, added: Tree): Split {
  const isBefore = side === "left" || side === "top";
  const way = side === "left" || side === "right" ? "row" : "column";
  return { kind: "split", way, ratio: 0.5, first: isBefore ? added : old, second: isBefore ? old : added };
}

function replaced(tree: Tree, terminal: string, next: (old: Pane) => Tree): Tree {
  if (tree.kind === "pane") return tree.terminal === terminal ? next(tree) : tree;
  return { ...tree, first: replaced(tree.first, terminal, next), second: replaced(tree.second, terminal, next) };
}

/** Without the panes that are not to be kept; a split with one side left becomes that side. */
export function pruned(tree: Tree, keeps: (terminal: string) => boolean): Tree | null {
  if (tree.kind === "pane") return keeps(tree.terminal) ? tree : null;
  const first = pruned(tree.first, keeps);
  const second = pruned(tree.second, keeps);
  if (first === null || second === null) return first ?? second;
  return first === tree.first && second === tree.second ? tree : { ...tree, first, second };
}
