// Says aloud, for screen readers, when the connection of the shown server changes.
import { describeConnection } from "../api/connectionWords";
import type { Server } from "../api/types";

export function Announcer({ active }: { active: Server }) {
  return (
    <p role="status" className="sr-only">
      {active.name}: {describeConnection(active.state).word}
      {active.production && ", a production server"}
      {active.administrator.status === "on" && ", administrator access is on"}
    </p>
  );
}
