// Instead of an answer while the server is not connected.
import { Plug } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { connect } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";

export function NotConnected({ server }: { server: Server }) {
  const [error, setError] = useState<ErrorBody | null>(null);
  return (
    <CentrePanel icon={Plug} title={`Not connected to ${server.name}`} line="It can be asked once it is connected." {...(error === null ? {} : { content: <ErrorNotice {...describeError(error)} isAlert /> })}>
      <Button look="primary" onClick={() => void connect(server.id).catch((thrown: unknown) => setError(asErrorBody(thrown)))}>
        Connect
      </Button>
    </CentrePanel>
  );
}
