// Says for which server a question is, and which host on the way to it asks.
import type { ReactNode } from "react";
import type { Server } from "../../api/types";
import { ServerText } from "../../kit/ServerText";

export interface WhoAsksProps {
  server: Server;
  /** `user@host:port` of the host on the way that asks; null: the server itself. */
  hop: string | null;
  /** What it asks for, of the server itself. */
  children: ReactNode;
}

export function WhoAsks({ server, hop, children }: WhoAsksProps) {
  if (hop === null) return children;
  return (
    <>
      On the way to <ServerText>{server.name}</ServerText>, jump host <ServerText isMono>{hop}</ServerText> asks.
    </>
  );
}
