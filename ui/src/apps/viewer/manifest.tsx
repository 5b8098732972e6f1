// The Viewer as the desktop knows it, and the way to ask from outside that a file be shown.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

export { requestView } from "./requests";

const ViewerApp = later(async () => (await import("./ViewerApp")).ViewerApp);

export const viewer: AppManifest = {
  id: "viewer",
  title: "Viewer",
  summary: "Shows images, PDF, sound, video, tables, archives and the bytes of any file",
  size: { width: 880, height: 640 },
  Component: ViewerApp,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#f27ba8" to="#b2286e">
      <path
        d="M10.5 32S18 19 32 19s21.5 13 21.5 13S46 45 32 45 10.5 32 10.5 32z"
        fill="none"
        stroke="#fff"
        strokeWidth="5"
        strokeLinejoin="round"
      />
      <circle cx="32" cy="32" r="6.5" fill="#fff" />
    </AppIcon>
  ),
};
