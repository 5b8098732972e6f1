// Shows a host key that is not known yet, and how to make sure of it; no secret has been sent when this is asked.
import { useRef } from "react";
import type { HostKeyQuestion } from "../../api/types";
import { Button } from "../../kit/Button";
import { CopyButton } from "../../kit/CopyButton";
import { Dialog } from "../../kit/Dialog";
import { ServerText } from "../../kit/ServerText";
import { StatusMark } from "../../kit/StatusMark";
import { visibleLines } from "../../lib/visibleText";
import { frontWindowElement } from "../frontWindow";
import type { QuestionProps } from "./QuestionDialog";
import { WhoAsks } from "./WhoAsks";

/** The file of each kind of host key, as sshd names them. */
const KEY_FILES: Record<string, string> = {
  "ssh-ed25519": "ssh_host_ed25519_key.pub",
  "ssh-rsa": "ssh_host_rsa_key.pub",
  "rsa-sha2-256": "ssh_host_rsa_key.pub",
  "rsa-sha2-512": "ssh_host_rsa_key.pub",
};

const MOST_NAMES = 6;

export function HostKeyDialog({ server, question, isBusy, failure, onAnswer }: QuestionProps<HostKeyQuestion>) {
  const cancel = useRef<HTMLButtonElement>(null);
  const isEcdsa = question.algorithm.startsWith("ecdsa-");
  const file = isEcdsa ? "ssh_host_ecdsa_key.pub" : Object.hasOwn(KEY_FILES, question.algorithm) ? KEY_FILES[question.algorithm] : "ssh_host_ed25519_key.pub";
  const command = `ssh-keygen -lf /etc/ssh/${file ?? ""}`;
  return (
    <Dialog
      title="Confirm host key"
      lead={
        <>
          <WhoAsks server={server} hop={question.hop}>
            First connection to <ServerText>{question.host}</ServerText>, port {question.port}.
          </WhoAsks>{" "}
          {question.hop === null ? <>Is this really {server.name}?</> : "Is this really that host?"}
        </>
      }
      isOpen
      onClose={() => onAnswer({ kind: "trust", trust: false })}
      closesOutside={false}
      finalFocus={frontWindowElement}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} disabled={isBusy} onClick={() => onAnswer({ kind: "trust", trust: false })}>
            Cancel
          </Button>
          <Button look="primary" isBusy={isBusy} onClick={() => onAnswer({ kind: "trust", trust: true })}>
            Trust and connect
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="rounded-card border border-line bg-sunken p-3">
          <div className="-mt-1 -mr-1 flex items-center justify-between gap-2">
            <p className="min-w-0 text-small text-ink-faint">
              <ServerText maxChars={64}>{question.algorithm}</ServerText> fingerprint
            </p>
            <CopyButton label="Copy fingerprint" text={question.fingerprint} />
          </div>
          <code className="block text-mono font-medium break-all text-ink" data-fingerprint="">
            <ServerText wraps maxChars={160}>
              {question.fingerprint}
            </ServerText>
          </code>
          <pre aria-label="Random art of the key" role="img" className="mt-2 overflow-x-auto text-[11px] leading-[13px] text-ink-soft select-none">
            {visibleLines(question.randomart, 1200)}
          </pre>
        </div>
        <Vouchers names={question.knownAs} />
        <div>
          <h3 className="font-semibold">What this means</h3>
          <p className="mt-0.5 text-ink-soft">
            The key is the server&apos;s identity. Compare it once; afterwards HeadlessOS checks it at every connection and stops if it changes. Until you
            trust it, no password or key is used.
          </p>
        </div>
        <div>
          <h3 className="font-semibold">How to compare</h3>
          <p className="mt-0.5 text-ink-soft">Run this on the server&apos;s own console, or ask its administrator, and compare every character:</p>
          <div className="mt-1.5 flex items-center gap-2 rounded-control bg-sunken py-0.5 pr-1 pl-3">
            <code className="min-w-0 grow text-mono break-all">{command}</code>
            <CopyButton label="Copy command" text={command} />
          </div>
        </div>
        {failure}
      </div>
    </Dialog>
  );
}

/** By which other names the same key is known on this computer. */
function Vouchers({ names }: { names: readonly string[] }) {
  const shown = names.slice(0, MOST_NAMES);
  if (shown.length === 0) {
    return (
      <p className="flex items-center gap-2">
        <StatusMark mark="idle" size={15} />
        <span>Nobody vouches for this key yet.</span>
      </p>
    );
  }
  return (
    <div className="flex gap-2">
      <span className="mt-0.5">
        <StatusMark mark="good" size={15} />
      </span>
      <div className="min-w-0">
        <p>This same key is known for:</p>
        <ul aria-label="Names this key is known for" className="mt-0.5">
          {shown.map((name) => (
            <li key={name}>
              <ServerText isMono>{name}</ServerText>
            </li>
          ))}
        </ul>
        {names.length > shown.length && <p className="text-small text-ink-faint">and {names.length - shown.length} more</p>}
      </div>
    </div>
  );
}
