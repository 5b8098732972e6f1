// The menu of what is selected, or of the folder itself where nothing is.
import {
  ClipboardPaste, Copy, CopyPlus, Download, Eye, FileArchive, FilePen, FilePlus, FolderInput, FolderOpen, FolderPlus, Info, Link, ListChecks, PanelTop, Pencil, RotateCw, Scissors, SquareTerminal, Star, StarOff, Trash2, Upload, X,
} from "lucide-react";
import { isFolder } from "../../api/folderItems";
import { hasBin } from "../../api/files";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import { useClipboard } from "./clipboard";
import type { Commands } from "./commands";
import { setTouchSelects } from "./explorer";
import { placesOf, toggleBookmark, usePlaces } from "./places";
import type { PaneModel } from "./usePane";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface AreaMenuProps {
  server: string;
  pane: PaneModel;
  commands: Commands;
  isPhone: boolean;
}

export function AreaMenu(props: AreaMenuProps) {
  return props.pane.selected.length === 0 ? <FolderMenu {...props} /> : <ItemsMenu {...props} />;
}

function ItemsMenu({ server, pane, commands, isPhone }: AreaMenuProps) {
  const { selected } = pane;
  const [first] = selected;
  const only = selected.length === 1 ? first : undefined;
  const folder = only !== undefined && isFolder(only) ? only : null;
  const hasClipboard = useClipboard((state) => state.clipboard !== null);
  const canBin = hasBin(server);
  return (
    <>
      <MenuItem icon={<FolderOpen {...ICON} />} keys="Enter" onSelect={commands.openSelected}>
        Open
      </MenuItem>
      {only !== undefined && folder === null && (
        <>
          <MenuItem icon={<FilePen {...ICON} />} onSelect={() => commands.open(only, "edit")}>
            Open in the editor
          </MenuItem>
          <MenuItem icon={<Eye {...ICON} />} onSelect={() => commands.open(only, "view")}>
            Open in the viewer
          </MenuItem>
        </>
      )}
      {folder !== null && (
        <>
          <MenuItem icon={<PanelTop {...ICON} />} onSelect={() => commands.openInTab(folder.path)}>
            Open in a new tab
          </MenuItem>
          <MenuItem icon={<SquareTerminal {...ICON} />} isDisabled={commands.noTerminal !== null} onSelect={() => commands.terminal(folder.path)}>
            Open terminal here
          </MenuItem>
          <BookmarkItem server={server} path={folder.path} />
        </>
      )}
      {pane.search !== null && only !== undefined && (
        <MenuItem icon={<FolderInput {...ICON} />} onSelect={() => commands.showInFolder(only)}>
          Show in its folder
        </MenuItem>
      )}
      {isPhone && (
        <MenuItem icon={<ListChecks {...ICON} />} onSelect={() => setTouchSelects(pane.tab.id, !pane.touchSelects)}>
          {pane.touchSelects ? "Stop selecting" : "Select several"}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<Scissors {...ICON} />} keys="Ctrl+X" isDisabled={commands.noWrite !== null} onSelect={commands.cut}>
        Cut
      </MenuItem>
      <MenuItem icon={<Copy {...ICON} />} keys="Ctrl+C" onSelect={commands.copy}>
        Copy
      </MenuItem>
      {folder !== null && hasClipboard && (
        <MenuItem icon={<ClipboardPaste {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={() => commands.paste(folder.path)}>
          Paste into this folder
        </MenuItem>
      )}
      <MenuItem icon={<CopyPlus {...ICON} />} keys="Ctrl+D" isDisabled={commands.noWrite !== null} onSelect={commands.duplicate}>
        Duplicate
      </MenuItem>
      <MenuItem icon={<Pencil {...ICON} />} keys="F2" isDisabled={commands.noWrite !== null} onSelect={commands.rename}>
        {selected.length > 1 ? "Rename by a pattern" : "Rename"}
      </MenuItem>
      {only !== undefined && (
        <MenuItem icon={<Link {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={() => commands.create("link", only.path)}>
          Make a link to it
        </MenuItem>
      )}
      <MenuItem icon={<Link {...ICON} />} keys="Ctrl+Shift+C" onSelect={() => void commands.copyPath()}>
        {selected.length > 1 ? "Copy the paths" : "Copy the path"}
      </MenuItem>
      <MenuSeparator />
      {only !== undefined && folder === null ? (
        <MenuItem icon={<Download {...ICON} />} onSelect={() => commands.download()}>
          Download
        </MenuItem>
      ) : (
        <>
          <MenuItem icon={<Download {...ICON} />} onSelect={() => commands.download("tar")}>
            Download as .tar
          </MenuItem>
          <MenuItem icon={<FileArchive {...ICON} />} onSelect={() => commands.download("zip")}>
            Download as .zip
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      {canBin && (
        <MenuItem icon={<Trash2 {...ICON} />} keys="Delete" isDisabled={commands.noWrite !== null} onSelect={commands.remove}>
          Move to the Recycle Bin
        </MenuItem>
      )}
      <MenuItem icon={<X {...ICON} />} keys="Shift+Delete" isDanger isDisabled={commands.noWrite !== null} onSelect={commands.removeForGood}>
        Delete for good
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Info {...ICON} />} keys="Alt+Enter" onSelect={commands.properties}>
        Properties
      </MenuItem>
    </>
  );
}

function FolderMenu({ server, pane, commands }: AreaMenuProps) {
  const hasClipboard = useClipboard((state) => state.clipboard !== null);
  return (
    <>
      <MenuItem icon={<FolderPlus {...ICON} />} keys="Ctrl+Shift+N" isDisabled={commands.noWrite !== null} onSelect={() => commands.create("folder")}>
        New folder
      </MenuItem>
      <MenuItem icon={<FilePlus {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={() => commands.create("file")}>
        New file
      </MenuItem>
      <MenuItem icon={<Link {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={() => commands.create("link")}>
        New link
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<ClipboardPaste {...ICON} />} keys="Ctrl+V" isDisabled={!hasClipboard || commands.noWrite !== null} onSelect={() => commands.paste()}>
        Paste
      </MenuItem>
      <MenuItem icon={<Upload {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={commands.uploadFiles}>
        Upload files
      </MenuItem>
      <MenuItem icon={<Upload {...ICON} />} isDisabled={commands.noWrite !== null} onSelect={commands.uploadFolder}>
        Upload a folder
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<ListChecks {...ICON} />} keys="Ctrl+A" onSelect={commands.selectAll}>
        Select all
      </MenuItem>
      <MenuItem icon={<RotateCw {...ICON} />} keys="F5" onSelect={commands.reload}>
        Reload
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<SquareTerminal {...ICON} />} isDisabled={commands.noTerminal !== null} onSelect={() => commands.terminal()}>
        Open terminal here
      </MenuItem>
      <MenuItem icon={<Link {...ICON} />} keys="Ctrl+Shift+C" onSelect={() => void commands.copyPath()}>
        Copy the path
      </MenuItem>
      {pane.path !== null && <BookmarkItem server={server} path={pane.path} />}
    </>
  );
}

function BookmarkItem({ server, path }: { server: string; path: string }) {
  const isMarked = usePlaces((state) => placesOf(state, server).bookmarks.includes(path));
  return (
    <MenuItem icon={isMarked ? <StarOff {...ICON} /> : <Star {...ICON} />} onSelect={() => toggleBookmark(server, path)}>
      {isMarked ? "Remove from favourites" : "Add to favourites"}
    </MenuItem>
  );
}
