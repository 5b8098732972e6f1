// What a server has in this computer's keychain, and the way to forget it; nothing where there is nothing to say.
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { forgetSecrets } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Notice } from "../../kit/Notice";
import { sentence } from "../../lib/sentence";

export function KeptSecrets({ server }: { server: Server }) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const count = server.keptSecrets;

  const forget = async () => {
    setIsBusy(true);
    setError(null);
    try {
      await forgetSecrets(server.id);
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
    setIsBusy(false);
  };

  if (count === 0 && server.keychainProblem === null && error === null) return null;
  return (
    <div className="flex flex-col gap-2">
      {count > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-ink-soft">{count === 1 ? "One secret of it is" : `${count} secrets of it are`} in this computer&apos;s keychain.</p>
          <Button isBusy={isBusy} onClick={() => void forget()}>
            Forget saved secrets
          </Button>
        </div>
      )}
      {server.keychainProblem !== null && (
        <Notice tone="warn" title="A secret is in memory only">
          <p className="text-ink">{sentence(server.keychainProblem)}</p>
        </Notice>
      )}
      {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
    </div>
  );
}
