// The Dashboard as the desktop knows it.
import { AppIcon } from "../../kit/AppIcon";
import type { AppManifest } from "../manifest";
import { Dashboard } from "./Dashboard";

export const dashboard: AppManifest = {
  id: "dashboard",
  title: "Dashboard",
  summary: "CPU, memory, network, filesystems and what needs attention",
  size: { width: 1180, height: 772 },
  Component: Dashboard,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#5f97ff" to="#2650d8">
      <path d="M13.5 42.5a19.5 19.5 0 1 1 37 0" fill="none" stroke="#fff" strokeWidth="5" strokeLinecap="round" />
      <path d="M32 37 42.5 24" stroke="#fff" strokeWidth="4.5" strokeLinecap="round" />
      <circle cx="32" cy="37" r="5.5" fill="#fff" />
      <path d="M20 34.5h.01M24.8 25.6h.01M32 22.6h.01M44 34.5h.01" stroke="#fff" strokeOpacity=".65" strokeWidth="4" strokeLinecap="round" />
    </AppIcon>
  ),
};
