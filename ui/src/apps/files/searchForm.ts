// What the search field of each tab is about, names or content, with the text typed for content; how text is compared is the same in all tabs.
import { create } from "zustand";
import { setFilter, useExplorer } from "./explorer";
import { startSearch, useSearches } from "./search";
import { useSettings } from "./settings";

export type Scope = "names" | "content";

interface SearchForm {
  scopes: Readonly<Record<string, Scope>>;
  /** Belongs to the folder where it was typed. */
  texts: Readonly<Record<string, { folder: string; text: string }>>;
  matchesCase: boolean;
  isRegex: boolean;
}

export const useSearchForm = create<SearchForm>(() => ({ scopes: {}, texts: {}, matchesCase: false, isRegex: false }));

export function scopeOf(form: SearchForm, tab: string): Scope {
  return form.scopes[tab] ?? "names";
}

export function contentTextOf(form: SearchForm, tab: string, folder: string | null): string {
  const known = form.texts[tab];
  return known !== undefined && known.folder === folder ? known.text : "";
}

export function setContentText(tab: string, folder: string, text: string): void {
  useSearchForm.setState(({ texts }) => ({ texts: { ...texts, [tab]: { folder, text } } }));
}

/** Makes the field be about names or content; what was typed and not yet searched for goes along. */
export function setScope(tab: string, folder: string | null, scope: Scope): void {
  const form = useSearchForm.getState();
  if (scopeOf(form, tab) === scope) return;
  useSearchForm.setState({ scopes: { ...form.scopes, [tab]: scope } });
  const filter = useExplorer.getState().filters[tab] ?? "";
  const search = useSearches.getState()[tab];
  const typed = contentTextOf(form, tab, folder);
  if (scope === "content") {
    const text = filter === "" ? (search?.content === null ? search.name : "") : filter;
    if (folder !== null && text !== "") setContentText(tab, folder, text);
    setFilter(tab, "");
  } else if (search === undefined) setFilter(tab, typed);
}

/** Changes how text is compared; what was found by it is looked for anew. */
export function changeComparing(server: string, tab: string, change: Partial<Pick<SearchForm, "matchesCase" | "isRegex">>): void {
  useSearchForm.setState(change);
  const search = useSearches.getState()[tab];
  if (search !== undefined && search.content !== null) startContentSearch(server, tab, search.folder, search.content.text);
}

export function startNameSearch(server: string, tab: string, folder: string, name: string): void {
  void startSearch(server, tab, { folder, name, content: null, hidden: useSettings.getState().showsHidden });
}

/** Nothing is looked for where there is no text. */
export function startContentSearch(server: string, tab: string, folder: string, text: string): void {
  if (text === "") return;
  const { matchesCase, isRegex } = useSearchForm.getState();
  void startSearch(server, tab, { folder, name: "", content: { text, regex: isRegex, anyCase: !matchesCase }, hidden: useSettings.getState().showsHidden });
}
