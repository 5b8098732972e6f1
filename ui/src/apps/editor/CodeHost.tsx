// The place where the editor of the shown file is put in; it comes with its scroll position, selection and history.
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { changeFile } from "./documents";
import { sessionOf, showLine } from "./sessions";
import { compartments, viewOf } from "./setup";
import { useSettings } from "./settings";
import "./editor.css";

export interface CodeHostProps {
  id: number;
  /** The line to go to, from 1; null once it is shown. */
  askedLine: number | null;
  /** A new number gives the text the focus. */
  focusRequests: number;
  /** Whether a request has not been granted yet; asking grants it. */
  claimsFocus: (request: number) => boolean;
}

export function CodeHost({ id, askedLine, focusRequests, claimsFocus }: CodeHostProps) {
  const host = useRef<HTMLDivElement>(null);
  const { fontSize, wraps, showsWhitespace } = useSettings();

  useLayoutEffect(() => {
    const view = sessionOf(id)?.view;
    const place = host.current;
    if (view === undefined || place === null) return undefined;
    place.replaceChildren(view.dom);
    view.requestMeasure();
    return () => view.dom.remove();
  }, [id]);

  useLayoutEffect(() => {
    sessionOf(id)?.view.dispatch({ effects: compartments.view(id).reconfigure(viewOf({ wraps, showsWhitespace })) });
  }, [id, wraps, showsWhitespace]);

  useLayoutEffect(() => {
    host.current?.style.setProperty("--code-size", `${fontSize}px`);
    sessionOf(id)?.view.requestMeasure();
  }, [id, fontSize]);

  // Here, as the text has a place on the page now, without which nothing can be scrolled.
  useLayoutEffect(() => {
    if (askedLine === null) return;
    showLine(id, askedLine);
    changeFile(id, { askedLine: null });
  }, [id, askedLine]);

  const claim = useEffectEvent(claimsFocus);
  useEffect(() => {
    // A file that came late takes nothing from what is typed into a dialog by then, which gives the focus back itself.
    const dialog = document.activeElement?.closest("[role=dialog], [role=alertdialog]") ?? null;
    if (claim(focusRequests) && dialog === null) sessionOf(id)?.view.focus();
  }, [id, focusRequests]);

  return <div ref={host} className="code h-full" />;
}
