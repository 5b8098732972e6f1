// The buttons beside the tabs; what is used less is in the menu.
import { Eye, Ellipsis, FolderOpen, GitCompareArrows, Hash, History, Keyboard, Plus, RotateCw, Save, Search } from "lucide-react";
import { Button } from "../../kit/Button";
import { IconButton } from "../../kit/IconButton";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { MenuCheck } from "../../kit/MenuChoices";
import type { OpenFile } from "./documents";
import type { Command } from "./keys";
import { useSettings } from "./settings";

const ICON = { size: 16, strokeWidth: 1.75 };
const SMALL = { size: 15, strokeWidth: 1.75 };

export interface ToolbarProps {
  file: OpenFile | null;
  isPhone: boolean;
  onCommand: (command: Command) => void;
  onView: () => void;
  onFolder: () => void;
}

export function Toolbar({ file, isPhone, onCommand, onView, onFolder }: ToolbarProps) {
  const run = (command: Command) => () => onCommand(command);
  const { wraps, showsWhitespace, keepsVersions } = useSettings();
  const isReady = file?.phase.kind === "ready";
  const canSave = isReady && !file.isBinary && (file.isDirty || file.isNew);
  return (
    <div className="flex shrink-0 grow items-center gap-0.5" role="toolbar" aria-label="File">
      <IconButton label="Open a file (Alt+O)" icon={<Plus {...ICON} />} onClick={run("open")} />
      <span className="grow" />
      {!isPhone && (
        <>
          <IconButton label="Search and replace (Ctrl+F)" icon={<Search {...ICON} />} disabled={!isReady} onClick={run("search")} />
          <IconButton label="Review changes (Alt+R)" icon={<GitCompareArrows {...ICON} />} disabled={!isReady || !file.isDirty} onClick={run("review")} />
        </>
      )}
      <Menu align="end" trigger={<IconButton label="More" icon={<Ellipsis {...ICON} />} />}>
        {isPhone && (
          <>
            <MenuItem icon={<Search {...SMALL} />} isDisabled={!isReady} onSelect={run("search")}>
              Search and replace
            </MenuItem>
            <MenuItem icon={<GitCompareArrows {...SMALL} />} isDisabled={!isReady || !file.isDirty} onSelect={run("review")}>
              Review changes
            </MenuItem>
          </>
        )}
        <MenuItem icon={<Hash {...SMALL} />} keys="Ctrl+G" isDisabled={file === null || (!isReady && file.phase.kind !== "large")} onSelect={run("goTo")}>
          Go to
        </MenuItem>
        <MenuItem icon={<RotateCw {...SMALL} />} isDisabled={file === null} onSelect={run("reload")}>
          Read again from the server
        </MenuItem>
        <MenuItem icon={<History {...SMALL} />} keys="Alt+H" isDisabled={!isReady} onSelect={run("versions")}>
          Earlier versions
        </MenuItem>
        <MenuItem icon={<Eye {...SMALL} />} isDisabled={file === null} onSelect={onView}>
          Open in the viewer
        </MenuItem>
        <MenuItem icon={<FolderOpen {...SMALL} />} isDisabled={file === null} onSelect={onFolder}>
          Show the folder
        </MenuItem>
        <MenuSeparator />
        <MenuCheck isOn={wraps} keys="Alt+Z" onChange={run("wrap")}>
          Wrap long lines
        </MenuCheck>
        <MenuCheck isOn={showsWhitespace} onChange={run("whitespace")}>
          Show spaces and tabs
        </MenuCheck>
        <MenuCheck isOn={keepsVersions} hint="On this computer, each time a file is saved; up to 50 of a file." onChange={run("keepVersions")}>
          Keep earlier versions
        </MenuCheck>
        <MenuItem keys="Ctrl++" onSelect={run("larger")}>
          Larger text
        </MenuItem>
        <MenuItem keys="Ctrl+−" onSelect={run("smaller")}>
          Smaller text
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Keyboard {...SMALL} />} onSelect={run("keys")}>
          Keys
        </MenuItem>
      </Menu>
      <Button look={canSave ? "primary" : "plain"} icon={<Save size={14} strokeWidth={1.75} aria-hidden="true" />} disabled={!canSave} isBusy={file?.isSaving === true} title="Ctrl+S" onClick={run("save")} className="ml-1">
        Save
      </Button>
    </div>
  );
}
