// The activity journal as the desktop knows it.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

const Activity = later(async () => (await import("./Activity")).Activity);

export const activity: AppManifest = {
  id: "activity",
  title: "Activity",
  summary: "Journal of what was done: commands, file changes, terminals, ports; search, export, check",
  size: { width: 980, height: 660 },
  Component: Activity,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#7c86a6" to="#39415f">
      <rect x="15" y="12" width="34" height="40" rx="5" fill="#fff" />
      <path d="M22 23h8M22 32h8M22 41h8" stroke="#7c86a6" strokeWidth="3.5" strokeLinecap="round" />
      <path d="M35 23.5l2.6 2.6 4.8-5M35 32.5l2.6 2.6 4.8-5" fill="none" stroke="#2f9e63" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="38.5" cy="41.5" r="2.5" fill="#e0a23a" />
    </AppIcon>
  ),
};
