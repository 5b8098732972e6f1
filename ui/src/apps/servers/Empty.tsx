// The list without anything to show: why, and the next step.
import { FileInput, Plus, SearchX, Server as ServerGlyph } from "lucide-react";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { clearFilter } from "./view";

/** No server fits what is searched for. */
export function NothingFound() {
  return (
    <div className="min-h-0 grow bg-card">
      <CentrePanel icon={SearchX} title="No server fits" line="Every word must occur in its name, address, folder, tags or notes, and it must have every tag that is on.">
        <Button onClick={clearFilter}>Show all servers</Button>
      </CentrePanel>
    </div>
  );
}

/** Only this computer so far. */
export function FirstSteps({ onAdd, onImport }: { onAdd: () => void; onImport: () => void }) {
  return (
    <div className="min-h-0 shrink grow-[3] bg-card">
      <CentrePanel
        icon={ServerGlyph}
        title="Only this computer so far"
        line="Add a server you reach over SSH, or bring a list you have: SSH configuration, CSV, PuTTY, Termius, Ansible. Nothing is installed on a server."
      >
        <Button look="primary" icon={<Plus size={15} />} onClick={onAdd}>
          Add a server
        </Button>
        <Button icon={<FileInput size={15} strokeWidth={1.75} />} onClick={onImport}>
          Import servers
        </Button>
      </CentrePanel>
    </div>
  );
}
