// The Text Editor as the desktop knows it, and the way to ask from outside that a file be edited.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

export { requestEdit } from "./requests";

const EditorApp = later(async () => (await import("./EditorApp")).EditorApp);

export const editor: AppManifest = {
  id: "editor",
  title: "Text Editor",
  summary: "Edits text files of the server: configuration, scripts, code; saves them safely",
  size: { width: 960, height: 640 },
  Component: EditorApp,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#8b7bf2" to="#4a34b5">
      <path d="M14.5 20.5h24M14.5 31h14M14.5 41.5h8" fill="none" stroke="#fff" strokeOpacity=".8" strokeWidth="5" strokeLinecap="round" />
      <path d="m29.5 47.8 1.4-7.2 15.6-15.6a4.1 4.1 0 0 1 5.8 5.8L36.7 46.4z" fill="#fff" strokeLinejoin="round" />
    </AppIcon>
  ),
};
