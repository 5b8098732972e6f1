// The list of keys.
import { Dialog } from "../kit/Dialog";
import { closeDialog } from "./shell";
import { SHORTCUT_HELP } from "./shortcuts";

export function ShortcutsDialog() {
  return (
    <Dialog title="Keyboard shortcuts" isOpen onClose={closeDialog}>
      <dl>
        {SHORTCUT_HELP.map(({ keys, what }) => (
          <div key={keys} className="flex items-center gap-4 border-t border-line py-1.5 first:border-t-0">
            <dt className="w-34 shrink-0">
              <kbd className="rounded-control border border-line-strong bg-sunken px-1.5 py-0.5 font-sans text-small text-ink-soft">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
