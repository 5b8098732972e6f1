// The Settings as the desktop knows them.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest, AppProps } from "../manifest";

const Settings = later<AppProps>(async () => (await import("./Settings")).Settings);

export const settings: AppManifest = {
  id: "settings",
  title: "Settings",
  summary: "Which language model may be asked, what it is sent and what it cost; what HeadlessOS is made of",
  size: { width: 980, height: 700 },
  Component: Settings,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#8b99ad" to="#465268">
      <path d="M15 21h34M15 32h34M15 43h34" stroke="#fff" strokeOpacity=".55" strokeWidth="4.5" strokeLinecap="round" />
      <circle cx="39" cy="21" r="5.5" fill="#fff" />
      <circle cx="24" cy="32" r="5.5" fill="#fff" />
      <circle cx="35" cy="43" r="5.5" fill="#fff" />
    </AppIcon>
  ),
};
