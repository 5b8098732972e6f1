// The Recycle Bin as the desktop knows it.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

const RecycleBin = later(async () => (await import("./RecycleBin")).RecycleBin);

export const recycleBin: AppManifest = {
  id: "recycle-bin",
  title: "Recycle Bin",
  summary: "Restore what was deleted, or delete it for good",
  size: { width: 820, height: 520 },
  Component: RecycleBin,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#9aa7ba" to="#54617a">
      <path d="M18 23.5h28l-2.2 23.8a4.5 4.5 0 0 1-4.5 4.2H24.7a4.5 4.5 0 0 1-4.5-4.2z" fill="#fff" />
      <path d="M26.5 17.5v-1.2a3.3 3.3 0 0 1 3.3-3.3h4.4a3.3 3.3 0 0 1 3.3 3.3v1.2M15 19h34" fill="none" stroke="#fff" strokeOpacity=".8" strokeWidth="4.5" strokeLinecap="round" />
      <path d="M27.5 30.5l.8 13M36.5 30.5l-.8 13" stroke="#5b6880" strokeWidth="3.5" strokeLinecap="round" />
    </AppIcon>
  ),
};
