// Closes windows as a person asks for it: the app hears of it first and may ask about what is not saved.
import { mayClose } from "../lib/closeRequest";
import { windowElement } from "./frontWindow";
import { closeWindow, type WindowKey } from "./workspaces";

export function requestClose(key: WindowKey): void {
  if (mayClose(windowElement(key), () => closeWindow(key))) closeWindow(key);
}
