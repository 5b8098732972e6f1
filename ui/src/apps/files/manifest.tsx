// The File Explorer as the desktop knows it, and the way to show a folder from outside.
import { AppIcon } from "../../kit/AppIcon";
import { later } from "../../kit/later";
import type { AppManifest } from "../manifest";

export { requestFolder } from "./requests";

/** Moves files to the Recycle Bin, with the news and the undo of the File Explorer. */
export async function moveToBin(server: string, paths: readonly string[]): Promise<void> {
  const actions = await import("./actions");
  await actions.moveToBin(server, paths);
}

const FilesApp = later(async () => (await import("./FilesApp")).FilesApp);

export const files: AppManifest = {
  id: "files",
  title: "File Explorer",
  summary: "Browse, copy, move, upload and download the server's files and folders",
  size: { width: 1040, height: 640 },
  Component: FilesApp,
  Icon: ({ size }) => (
    <AppIcon size={size} from="#f7b64a" to="#d9771c">
      <path d="M13 22.5a5 5 0 0 1 5-5h8.4a5 5 0 0 1 3.7 1.6l2.6 2.9H46a5 5 0 0 1 5 5v.5H13z" fill="#fff" fillOpacity=".7" />
      <path d="M13 29.5a3 3 0 0 1 3-3h32a3 3 0 0 1 3 3V42a5 5 0 0 1-5 5H18a5 5 0 0 1-5-5z" fill="#fff" />
    </AppIcon>
  ),
};
