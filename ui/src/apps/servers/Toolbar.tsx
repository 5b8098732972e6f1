// The row over the list: search, connecting without saving, and what is about all servers.
import { Download, Ellipsis, FileInput, KeyRound, Plus, Radar, Search } from "lucide-react";
import type { RefObject } from "react";
import { exportUrl } from "../../api/serverManager";
import type { Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { MenuHeading } from "../../kit/MenuChoices";
import { QuickConnect } from "./QuickConnect";
import { setText, useView } from "./view";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface ToolbarProps {
  search: RefObject<HTMLInputElement | null>;
  servers: readonly Server[];
  onAdd: () => void;
  onQuick: (server: Server) => void;
  onImport: () => void;
  onKeys: () => void;
  onCheck: () => void;
}

export function Toolbar({ search, servers, onAdd, onQuick, onImport, onKeys, onCheck }: ToolbarProps) {
  const text = useView((view) => view.text);
  return (
    <div role="toolbar" aria-label="Servers" className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <div className="relative w-56 min-w-36 shrink @max-medium:w-auto @max-medium:grow">
        <Search size={14} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
        <input
          ref={search}
          value={text}
          aria-label="Search servers"
          placeholder="Search   /"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape" || text === "") return;
            event.stopPropagation();
            setText("");
          }}
          className="h-7 w-full rounded-control border border-control-line bg-card pr-2 pl-7 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
        />
      </div>
      <QuickConnect servers={servers} onConnect={onQuick} />
      <Button look="primary" icon={<Plus size={15} />} onClick={onAdd} aria-label="Add server" className="shrink-0 @max-medium:px-3">
        <span className="@max-medium:hidden">Add server</span>
      </Button>
      <Menu
        align="end"
        trigger={
          <button type="button" aria-label="More about servers" className="grid size-7 shrink-0 place-items-center rounded-control text-ink-soft hover:bg-hover data-popup-open:bg-pressed max-wide:size-11">
            <Ellipsis size={16} strokeWidth={1.75} />
          </button>
        }
      >
        <MenuItem icon={<Radar {...ICON} />} onSelect={onCheck}>
          Check whether all can be reached
        </MenuItem>
        <MenuItem icon={<KeyRound {...ICON} />} onSelect={onKeys}>
          SSH keys
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<FileInput {...ICON} />} onSelect={onImport}>
          Import servers
        </MenuItem>
        <MenuHeading>Export, without secrets</MenuHeading>
        <MenuItem icon={<Download {...ICON} />} onSelect={() => save("json", "headlessos-servers.json")}>
          HeadlessOS file (JSON)
        </MenuItem>
        <MenuItem icon={<Download {...ICON} />} onSelect={() => save("csv", "servers.csv")}>
          Table (CSV)
        </MenuItem>
        <MenuItem icon={<Download {...ICON} />} onSelect={() => save("sshConfig", "ssh_config")}>
          SSH configuration
        </MenuItem>
      </Menu>
    </div>
  );
}

/** The browser's own download, so that the file never lies in the page's memory. */
function save(format: Parameters<typeof exportUrl>[0], name: string): void {
  const link = document.createElement("a");
  link.href = exportUrl(format);
  link.download = name;
  link.click();
}
