// The keys in a list: kind, fingerprint, comment and whether a passphrase protects it; with a server each can be installed there.
import { KeyRound, Lock, LockOpen, Plus } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { installKey } from "../../../api/keys";
import type { ErrorBody, KeyInfo, KeyInstalled, Server } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { CopyButton } from "../../../kit/CopyButton";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Notice } from "../../../kit/Notice";
import { StepFooter } from "../../../kit/StepDialog";
import { Tooltip } from "../../../kit/Tooltip";
import { visibleText } from "../../../lib/visibleText";

const ICON = { size: 14, strokeWidth: 1.75 };

export interface KeyListStepProps {
  keys: readonly KeyInfo[];
  server: Server | null;
  onGenerate: () => void;
  onClose: () => void;
}

export function KeyListStep({ keys, server, onGenerate, onClose }: KeyListStepProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [installed, setInstalled] = useState<KeyInstalled | null>(null);
  const isConnected = server?.state.status === "connected";

  const install = async (to: Server, key: KeyInfo) => {
    setBusy(key.path);
    setError(null);
    setInstalled(null);
    try {
      setInstalled(await installKey(to.id, key.path));
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
    setBusy(null);
  };
  return (
    <div className="flex flex-col gap-3">
      {server !== null && !isConnected && <Notice tone="info" title={`${visibleText(server.name, 60)} is not connected`}>Connect to it first: the key is installed over the connection you have.</Notice>}
      {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      {installed !== null && <Installed result={installed} />}
      {keys.length === 0 ? (
        <div className="flex flex-col items-center gap-1 rounded-card border border-line bg-card px-4 py-8 text-center text-ink-soft">
          <KeyRound size={28} strokeWidth={1.25} className="mb-1 text-ink-faint" aria-hidden="true" />
          <p className="font-semibold text-ink">There is no key yet</p>
          <p>With a key you sign in without typing a password.</p>
        </div>
      ) : (
        <ul aria-label="Keys" tabIndex={0} className="max-h-96 overflow-y-auto rounded-card border border-line bg-card">
          {keys.map((key) => (
            <li key={key.path} className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0 max-wide:flex-wrap">
              <span className="min-w-0 grow">
                <span className="flex min-w-0 items-center gap-2">
                  <bdi className="truncate font-semibold" title={visibleText(key.path, 600)}>
                    {visibleText(key.path.slice(key.path.lastIndexOf("/") + 1), 100)}
                  </bdi>
                  <span className="shrink-0 text-small text-ink-soft">{kindOf(key)}</span>
                  <Protection key_={key} />
                </span>
                <bdi className="block truncate font-mono text-mono text-ink-soft">{visibleText(key.fingerprint, 120)}</bdi>
                {key.comment !== "" && <bdi className="block truncate text-small text-ink-faint">{visibleText(key.comment, 200)}</bdi>}
              </span>
              <CopyButton text={key.publicKey} label={`Copy the public key of ${visibleText(key.path, 100)}`} />
              {server !== null && (
                <Button isBusy={busy === key.path} disabled={!isConnected || busy !== null} onClick={() => void install(server, key)}>
                  Install
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <StepFooter>
        <Button icon={<Plus size={15} />} onClick={onGenerate} className="wide:mr-auto">
          New key
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </StepFooter>
    </div>
  );
}

function Installed({ result }: { result: KeyInstalled }) {
  return (
    <Notice tone={result.warnings.length > 0 ? "warn" : "good"} title={result.added ? "The key is installed" : "The key was there already"} isAlert>
      <p className="text-ink-soft">
        {result.added ? "Added to " : "Nothing was changed in "}
        <code className="text-mono">{visibleText(result.path, 300)}</code>
      </p>
      {result.warnings.map((warning) => (
        <p key={warning} className="mt-1 text-ink">
          {visibleText(warning, 400)}
        </p>
      ))}
    </Notice>
  );
}

function Protection({ key_: { encrypted } }: { key_: KeyInfo }) {
  const [Glyph, words] = encrypted === null ? [KeyRound, "Public half only"] as const : encrypted ? [Lock, "Protected by a passphrase"] as const : [LockOpen, "No passphrase"] as const;
  return (
    <Tooltip text={words}>
      <span className="shrink-0 text-ink-faint">
        <Glyph {...ICON} aria-hidden="true" />
        <span className="sr-only">{words}</span>
      </span>
    </Tooltip>
  );
}

function kindOf({ type, bits }: KeyInfo): string {
  const name = visibleText(type, 60).replace(/^ssh-/, "").replace("ecdsa-sha2-", "ecdsa ");
  return bits === null ? name : `${name} ${bits}`;
}
