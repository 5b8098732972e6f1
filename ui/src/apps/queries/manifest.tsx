// The Query Explorer as the desktop knows it, and the way to ask from outside that a query be shown.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

export { requestQuery } from "./shown";

const QueryExplorer = later(async () => (await import("./QueryExplorer")).QueryExplorer);

export const queries: AppManifest = {
  id: "queries",
  title: "Query Explorer",
  summary: "Everything that can be asked of a server: tables, JSON, the command and its output",
  size: { width: 1300, height: 772 },
  Component: QueryExplorer,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#8f7bff" to="#5636c9">
      <path d="M25 18h-3.5a4.5 4.5 0 0 0-4.5 4.5v5c0 2.5-1.6 4.5-4 4.5 2.4 0 4 2 4 4.5v5a4.5 4.5 0 0 0 4.5 4.5H25" fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M39 18h3.5a4.5 4.5 0 0 1 4.5 4.5v5c0 2.5 1.6 4.5 4 4.5-2.4 0-4 2-4 4.5v5a4.5 4.5 0 0 1-4.5 4.5H39" fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M26 32h12" stroke="#fff" strokeOpacity=".75" strokeWidth="4.5" strokeLinecap="round" />
    </AppIcon>
  ),
};
