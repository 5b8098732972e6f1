// Who may use this program: when its pages are locked, and which browsers are let in.
import { LockPart } from "./LockPart";
import { SessionsPart } from "./SessionsPart";

export function SecuritySection() {
  return (
    <>
      <p className="text-ink-soft">The desktop answers to this computer alone, and to browsers that were let in by an address that is good once.</p>
      <div>
        <LockPart />
        <SessionsPart />
      </div>
    </>
  );
}
