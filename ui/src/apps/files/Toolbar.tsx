// The two rows over the panes: where to go, and what to do; both are about the pane in use.
import {
  ArrowDownNarrowWide, ArrowLeft, ArrowRight, ArrowUp, Columns2, Download, Ellipsis, Eye, EyeOff, FilePlus, FolderPlus, FolderUp, Info, Keyboard, LayoutGrid, Link, ListChecks, PanelLeft, PanelRight, PanelTop, Pencil, Plus, RotateCw, SquareTerminal, StretchHorizontal, Table2, Trash2, Undo2, Upload, Image as ImageIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../kit/IconButton";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { MenuCheck, MenuHeading, MenuRadios } from "../../kit/MenuChoices";
import { buttonClasses } from "../../kit/Button";
import { classes } from "../../lib/classes";
import type { SortBy } from "./arrange";
import type { Commands } from "./commands";
import { openDialog } from "./dialogs";
import { setTouchSelects, toggleSplit } from "./explorer";
import { changeSettings, COLUMNS, COLUMN_NAMES, useSettings, type View } from "./settings";
import { TransfersButton } from "./transfers/TransfersButton";
import { useNews } from "./notices";
import type { PaneModel } from "./usePane";

const ICON = { size: 16, strokeWidth: 1.75 };
const SMALL = { size: 15, strokeWidth: 1.75 };

const VIEW_CHOICES: readonly { view: View; label: string; icon: ReactNode }[] = [
  { view: "icons", label: "Icons", icon: <ImageIcon {...ICON} /> },
  { view: "grid", label: "Grid", icon: <LayoutGrid {...ICON} /> },
  { view: "list", label: "List", icon: <StretchHorizontal {...ICON} /> },
  { view: "details", label: "Details", icon: <Table2 {...ICON} /> },
];

export interface ToolbarProps {
  server: string;
  isConnected: boolean;
  isPhone: boolean;
  isSplit: boolean;
  pane: PaneModel;
  commands: Commands;
  pathBar: ReactNode;
  filter: ReactNode;
  onSidebar: () => void;
}

export function Toolbar({ server, isConnected, isPhone, isSplit, pane, commands, pathBar, filter, onSidebar }: ToolbarProps) {
  const { hasSidebar } = useSettings();
  const canGoUp = pane.path !== null && pane.path !== "/";
  const count = pane.selected.length;
  const canWrite = isConnected && commands.noWrite === null;
  return (
    <div className="flex shrink-0 flex-col border-b border-line bg-window">
      <div role="toolbar" aria-label="Navigation" className="flex items-center gap-0.5 px-2 pt-1.5 max-wide:px-1 max-wide:pt-1">
        <IconButton label={hasSidebar && !isPhone ? "Hide the sidebar" : "Show the sidebar"} icon={<PanelLeft {...ICON} />} onClick={onSidebar} />
        <IconButton label="Back (Alt+←)" icon={<ArrowLeft {...ICON} />} disabled={pane.tab.back.length === 0} onClick={commands.back} />
        {!isPhone && <IconButton label="Forward (Alt+→)" icon={<ArrowRight {...ICON} />} disabled={pane.tab.forward.length === 0} onClick={commands.forward} />}
        <IconButton label="Up (Alt+↑)" icon={<ArrowUp {...ICON} />} disabled={!canGoUp} onClick={commands.up} />
        {!isPhone && <IconButton label="Reload (F5)" icon={<RotateCw {...ICON} />} onClick={commands.reload} className="mr-1" />}
        {pathBar}
        {!isPhone && <span className="w-1" />}
        {!isPhone && filter}
      </div>
      <div role="toolbar" aria-label="Files" className="flex items-center gap-0.5 px-2 py-1 max-wide:px-1">
        <Menu
          trigger={
            <button type="button" disabled={!canWrite} className={classes(buttonClasses("quiet"), "px-2 max-wide:px-3")}>
              <Plus {...ICON} />
              New
            </button>
          }
        >
          <MenuItem icon={<FolderPlus {...SMALL} />} keys="Ctrl+Shift+N" onSelect={() => commands.create("folder")}>
            Folder
          </MenuItem>
          <MenuItem icon={<FilePlus {...SMALL} />} onSelect={() => commands.create("file")}>
            File
          </MenuItem>
          <MenuItem icon={<Link {...SMALL} />} onSelect={() => commands.create("link")}>
            Link
          </MenuItem>
        </Menu>
        <Menu
          trigger={
            <button type="button" aria-label="Upload" disabled={!canWrite} className={classes(buttonClasses("quiet"), "px-2 max-wide:px-3")}>
              <Upload {...ICON} />
              <span className="@max-large:hidden">Upload</span>
            </button>
          }
        >
          <MenuItem icon={<Upload {...SMALL} />} onSelect={commands.uploadFiles}>
            Files
          </MenuItem>
          <MenuItem icon={<FolderUp {...SMALL} />} onSelect={commands.uploadFolder}>
            A folder
          </MenuItem>
        </Menu>
        {isPhone ? (
          filter
        ) : (
          <>
            <span className="mx-1 h-4 w-px bg-line" />
            <IconButton label="Download" icon={<Download {...ICON} />} disabled={count === 0} onClick={() => commands.download()} />
            <IconButton label={count > 1 ? "Rename by a pattern (F2)" : "Rename (F2)"} icon={<Pencil {...ICON} />} disabled={count === 0 || !canWrite} onClick={commands.rename} />
            <IconButton label="Delete" icon={<Trash2 {...ICON} />} disabled={count === 0 || !canWrite} onClick={commands.remove} />
            <IconButton label="Properties (Alt+Enter)" icon={<Info {...ICON} />} disabled={count === 0} onClick={commands.properties} />
            <span className="grow" />
          </>
        )}
        <TransfersButton server={server} />
        {!isPhone && <ViewButtons {...{ server, isSplit, pane, commands }} />}
        <MoreMenu {...{ server, isPhone, isSplit, pane, commands }} />
      </div>
    </div>
  );
}

function ViewButtons({ server, isSplit, pane, commands }: Pick<ToolbarProps, "server" | "isSplit" | "pane" | "commands">) {
  const { showsHidden, hasPreview } = useSettings();
  const pressed = (isOn: boolean) => classes("@max-large:hidden", isOn && "bg-accent-ground text-accent-ink");
  return (
    <>
      <SortMenu />
      <IconButton label="Hidden items (Ctrl+H)" icon={showsHidden ? <Eye {...ICON} /> : <EyeOff {...ICON} />} aria-pressed={showsHidden} onClick={commands.toggleHidden} className={pressed(showsHidden)} />
      <IconButton label="Two panes" icon={<Columns2 {...ICON} />} aria-pressed={isSplit} onClick={() => toggleSplit(server, pane.path ?? "/")} className={pressed(isSplit)} />
      <IconButton label="Preview (Ctrl+P)" icon={<PanelRight {...ICON} />} aria-pressed={hasPreview} onClick={commands.togglePreview} className={pressed(hasPreview)} />
      <ViewSwitch isFixed={(pane.search?.content ?? null) !== null} />
    </>
  );
}

function SortMenu() {
  return (
    <Menu align="end" trigger={<IconButton label="Sort" icon={<ArrowDownNarrowWide {...ICON} />} />}>
      <SortChoices />
    </Menu>
  );
}

function SortChoices() {
  const { sortBy, isDescending } = useSettings();
  const choices = (["name", ...COLUMNS] as const).map((value) => ({ value, label: COLUMN_NAMES[value] }));
  return (
    <>
      <MenuHeading>Sort by</MenuHeading>
      <MenuRadios<SortBy> label="Sort by" value={sortBy} choices={choices} onChange={(value) => changeSettings({ sortBy: value })} />
      <MenuSeparator />
      <MenuCheck isOn={isDescending} onChange={(isOn) => changeSettings({ isDescending: isOn })}>
        Descending
      </MenuCheck>
    </>
  );
}

/** What was found by content is shown as details alone, where there is room for lines. */
function ViewSwitch({ isFixed }: { isFixed: boolean }) {
  const chosen = useSettings((settings) => settings.view);
  const view = isFixed ? "details" : chosen;
  return (
    <div role="group" aria-label="View" className="mx-1 flex gap-0.5 rounded-control bg-sunken p-0.5">
      {VIEW_CHOICES.map((choice) => (
        <IconButton
          key={choice.view}
          label={choice.label}
          icon={choice.icon}
          aria-pressed={view === choice.view}
          disabled={isFixed && view !== choice.view}
          onClick={() => changeSettings({ view: choice.view })}
          className={classes("wide:h-6", view === choice.view && "bg-card text-accent-ink shadow-window-back")}
        />
      ))}
    </div>
  );
}

function MoreMenu({ server, isPhone, isSplit, pane, commands }: Pick<ToolbarProps, "server" | "isPhone" | "isSplit" | "pane" | "commands">) {
  const { showsHidden, hasPreview, checksCopies } = useSettings();
  const lastStep = useNews((state) => state.steps[server]?.at(-1) ?? null);
  return (
    <Menu align="end" trigger={<IconButton label="More" icon={<Ellipsis {...ICON} />} />}>
      <MenuCheck isOn={showsHidden} keys="Ctrl+H" onChange={commands.toggleHidden}>
        Hidden items
      </MenuCheck>
      {!isPhone && (
        <>
          <MenuCheck isOn={hasPreview} keys="Ctrl+P" onChange={commands.togglePreview}>
            Preview
          </MenuCheck>
          <MenuCheck isOn={isSplit} onChange={() => toggleSplit(server, pane.path ?? "/")}>
            Two panes
          </MenuCheck>
        </>
      )}
      {isPhone && (
        <>
          <MenuCheck isOn={pane.touchSelects} onChange={(isOn) => setTouchSelects(pane.tab.id, isOn)}>
            Select by touch
          </MenuCheck>
          <SortChoices />
          <MenuSeparator />
          <MenuItem icon={<RotateCw {...SMALL} />} onSelect={commands.reload}>
            Reload
          </MenuItem>
          <MenuItem icon={<ArrowRight {...SMALL} />} isDisabled={pane.tab.forward.length === 0} onSelect={commands.forward}>
            Forward
          </MenuItem>
        </>
      )}
      <MenuSeparator />
      <MenuItem icon={<PanelTop {...SMALL} />} onSelect={() => commands.openInTab(pane.path ?? "/")}>
        New tab
      </MenuItem>
      <MenuItem icon={<ListChecks {...SMALL} />} keys="Ctrl+A" onSelect={commands.selectAll}>
        Select all
      </MenuItem>
      <MenuItem icon={<ListChecks {...SMALL} />} keys="Ctrl+Shift+A" onSelect={commands.invert}>
        Invert the selection
      </MenuItem>
      <MenuItem icon={<Undo2 {...SMALL} />} keys="Ctrl+Z" isDisabled={lastStep === null} onSelect={commands.undo}>
        Undo
      </MenuItem>
      <MenuSeparator />
      <MenuCheck isOn={checksCopies} hint="What has arrived is compared, which takes about twice as long." onChange={(isOn) => changeSettings({ checksCopies: isOn })}>
        Check copies by reading them back
      </MenuCheck>
      <MenuSeparator />
      <MenuItem icon={<SquareTerminal {...SMALL} />} isDisabled={commands.noTerminal !== null} onSelect={() => commands.terminal()}>
        Open terminal here
      </MenuItem>
      {!isPhone && (
        <MenuItem icon={<Keyboard {...SMALL} />} onSelect={() => openDialog(server, { kind: "keys" })}>
          Keys
        </MenuItem>
      )}
    </Menu>
  );
}
