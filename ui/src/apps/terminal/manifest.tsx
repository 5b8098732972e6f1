// The Terminal as the desktop knows it, and the way to ask for one from outside.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

export { requestTerminal } from "./requests";

const TerminalApp = later(async () => (await import("./TerminalApp")).TerminalApp);

export const terminal: AppManifest = {
  id: "terminal",
  title: "Terminal",
  summary: "Shells on the server, in tabs and splits; they go on when the page is closed",
  size: { width: 900, height: 560 },
  Component: TerminalApp,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#4a5670" to="#1a2130">
      <path d="M15.5 21.5 26.5 32l-11 10.5" fill="none" stroke="#fff" strokeWidth="5.5" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M33 43.5h15.5" stroke="#fff" strokeOpacity=".8" strokeWidth="5.5" strokeLinecap="round" />
    </AppIcon>
  ),
};
