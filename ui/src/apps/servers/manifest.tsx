// The Servers app as the desktop knows it.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

const Servers = later(async () => (await import("./ServersApp")).ServersApp);

export const servers: AppManifest = {
  id: "servers",
  title: "Servers",
  summary: "Add, find, connect, test, import and edit servers",
  size: { width: 920, height: 560 },
  Component: Servers,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#37c3b4" to="#0f7390">
      <rect x="14" y="14" width="36" height="15.5" rx="4.5" fill="#fff" />
      <rect x="14" y="34.5" width="36" height="15.5" rx="4.5" fill="#fff" fillOpacity=".8" />
      <path d="M22 21.75h.01M22 42.25h.01" stroke="#0f7f92" strokeWidth="5" strokeLinecap="round" />
      <path d="M31 21.75h12M31 42.25h12" stroke="#0f7f92" strokeOpacity=".45" strokeWidth="3.5" strokeLinecap="round" />
    </AppIcon>
  ),
};
