// Closes windows as a person asks for it: the app hears of it first and may ask about what is not saved.
import { mayClose } from "../lib/closeRequest";
import { closeWindow } from "./workspaces";

export function requestClose(app: string): void {
  const frames = document.querySelectorAll<HTMLElement>("[data-window]");
  // The other workspaces have windows of the same app, hidden.
  const frame = [...frames].find((each) => each.dataset["window"] === app && each.checkVisibility());
  if (mayClose(frame ?? null, () => closeWindow(app))) closeWindow(app);
}
