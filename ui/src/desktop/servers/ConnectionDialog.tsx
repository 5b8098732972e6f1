// How a server is connected: since when, as whom, by which way, with which key and algorithms, and what is weak or not applied; it only shows.
import { useRef, type ReactNode } from "react";
import { describeConnection } from "../../api/connectionWords";
import { weaknessesOf, type Part } from "../../api/connectionRemarks";
import { describeError } from "../../api/errors";
import { addressOf, connect } from "../../api/servers";
import type { ConnectionDetails, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { CopyButton } from "../../kit/CopyButton";
import { Countdown } from "../../kit/Countdown";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { ServerText } from "../../kit/ServerText";
import { StatusMark } from "../../kit/StatusMark";
import { useNow } from "../../kit/useNow";
import { plural } from "../../lib/numbers";
import { formatAgo, formatExact } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import { closeDialog } from "../shell";

const PARTS: Record<Part, string> = { keyExchange: "Key exchange", hostKey: "Host key", cipher: "Cipher", mac: "MAC" };

export function ConnectionDialog({ server }: { server: Server }) {
  const close = useRef<HTMLButtonElement>(null);
  const { state } = server;
  const details = state.status === "connected" ? state.details : null;
  const isIdle = state.status === "disconnected" || state.status === "failed";
  const retry = () => void connect(server.id).catch(() => undefined);
  return (
    <Dialog
      title="Connection details"
      lead={<ServerText>{server.name}</ServerText>}
      width="medium"
      isOpen
      onClose={closeDialog}
      isText={details === null || details.hostKey === null}
      initialFocus={close}
      footer={
        <>
          {isIdle && <Button onClick={retry}>{state.status === "failed" ? "Try again" : "Connect"}</Button>}
          {state.status === "reconnecting" && <Button onClick={retry}>Reconnect now</Button>}
          <Button ref={close} look="primary" onClick={closeDialog}>
            Close
          </Button>
        </>
      }
    >
      {state.status === "connected" ? <Connected server={server} since={state.since} details={state.details} /> : <NotConnected server={server} />}
    </Dialog>
  );
}

function NotConnected({ server: { state } }: { server: Server }) {
  const { mark, word } = describeConnection(state);
  const error = state.status === "failed" || state.status === "reconnecting" ? state.error : null;
  return (
    <div className="flex flex-col gap-3">
      <p className="flex items-center gap-2">
        <StatusMark mark={mark} size={15} />
        {state.status === "reconnecting" ? <Countdown retryAt={state.retryAt} /> : word}
      </p>
      <p className="text-ink-soft">The key, the algorithms and the way are agreed anew with every connection; they stand here while it is open.</p>
      {error !== null && <ErrorNotice {...describeError(error)} />}
    </div>
  );
}

function Connected({ server, since, details }: { server: Server; since: string; details: ConnectionDetails }) {
  const nowMs = useNow(1000);
  const isLocal = server.kind === "local";
  return (
    <div className="flex flex-col gap-4">
      {!isLocal && <Weaknesses details={details} />}
      {details.unheeded.length > 0 && <Unheeded words={details.unheeded} />}
      <Part title="Session">
        <Fact term="Connected">
          <time dateTime={since}>
            {formatAgo(since, nowMs)}, <span className="text-ink-soft">{formatExact(since)}</span>
          </time>
        </Fact>
        <Fact term="Signed in as">
          <SignedIn server={server} uid={details.uid} />
        </Fact>
        <Fact term="System">
          <ServerText>{details.os}</ServerText>
        </Fact>
        <Fact term="Files">{details.sftp ? "Over SFTP" : "The server offers no SFTP, so the File Explorer cannot be used"}</Fact>
        <Fact term="Way">
          <Way server={server} via={details.via} />
        </Fact>
      </Part>
      {isLocal ? (
        <p className="text-ink-soft">This computer is reached within the program, over no network and no port. There is no host key to check, and nothing that has to be encrypted.</p>
      ) : (
        <Agreed details={details} />
      )}
    </div>
  );
}

function SignedIn({ server, uid }: { server: Server; uid: number }) {
  const number = uid === 0 ? "uid 0, root" : `uid ${uid}`;
  if (server.user === "") return <span className="figures">{number}</span>;
  return (
    <>
      <ServerText>{server.user}</ServerText> <span className="figures text-ink-soft">({number})</span>
      {server.administrator.status === "on" && <span className="text-warn"> · administrator access is on</span>}
    </>
  );
}

function Way({ server, via }: { server: Server; via: readonly string[] }) {
  if (server.kind === "local") return "Within the program";
  if (via.length === 0) {
    return (
      <>
        Straight to <ServerText isMono>{addressOf(server)}</ServerText>
      </>
    );
  }
  return (
    <ol aria-label="Hosts on the way" className="flex flex-col">
      {[...via, addressOf(server)].map((host, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a host may be passed twice, and the order never changes
        <li key={`${at} ${host}`} className="flex min-w-0 items-baseline gap-2">
          <span className="figures w-3 shrink-0 text-right text-small text-ink-faint">{at + 1}</span>
          <ServerText isMono>{host}</ServerText>
        </li>
      ))}
    </ol>
  );
}

function Agreed({ details }: { details: ConnectionDetails }) {
  const { hostKey, hostKeyAuthority, hostKeyAlgorithm, keyExchange, cipher, mac, weak, isStrict } = details;
  const name = (algorithm: string) => <Algorithm name={algorithm} isWeak={weak.includes(algorithm)} />;
  return (
    <>
      <Part title="Host key">
        <Fact term="Algorithm">{name(hostKeyAlgorithm)}</Fact>
        {hostKey !== null && (
          <Fact term="Fingerprint">
            <Fingerprint text={hostKey} copyLabel="Copy fingerprint" />
          </Fact>
        )}
        <Fact term="Trusted because">
          {hostKeyAuthority === null ? "The key is known on this computer" : <Fingerprint text={hostKeyAuthority} copyLabel="Copy fingerprint of the authority" lead="An authority that is known on this computer vouches for it" />}
        </Fact>
      </Part>
      <Part title="Algorithms">
        <Fact term="Key exchange">
          {name(keyExchange)}
          <span className="block text-small text-ink-soft">{isStrict ? "Strict: nothing could be slipped in before it" : "Not strict: the server does not offer that"}</span>
        </Fact>
        <Fact term="Cipher">{name(cipher)}</Fact>
        <Fact term="MAC">{mac === null ? <span className="text-ink-soft">None needed, the cipher checks by itself</span> : name(mac)}</Fact>
      </Part>
    </>
  );
}

function Algorithm({ name, isWeak }: { name: string; isWeak: boolean }) {
  return (
    <>
      <ServerText isMono wraps>
        {name}
      </ServerText>
      {isWeak && (
        <span className="ml-2 inline-flex items-center gap-1 rounded-full bg-warn-ground px-1.5 text-caption font-medium text-warn">
          <StatusMark mark="warn" size={11} />
          Weak
        </span>
      )}
    </>
  );
}

function Fingerprint({ text, copyLabel, lead }: { text: string; copyLabel: string; lead?: string }) {
  return (
    <span className="flex items-start gap-1">
      <span className="min-w-0 grow">
        {lead !== undefined && <span className="block">{lead}</span>}
        <code className="text-mono break-all">{visibleText(text, 160)}</code>
      </span>
      <span className="-my-1 shrink-0 max-wide:-my-3">
        <CopyButton label={copyLabel} text={text} />
      </span>
    </span>
  );
}

function Weaknesses({ details }: { details: ConnectionDetails }) {
  const found = weaknessesOf(details);
  if (found.length === 0) return null;
  return (
    <Remark title={plural(new Set(found.map(({ algorithm }) => algorithm)).size, "weak algorithm")}>
      <ul aria-label="Weak algorithms" className="mt-1 flex flex-col gap-2">
        {found.map(({ part, algorithm, why, remedy }) => (
          <li key={`${part} ${algorithm} ${why}`}>
            <p>
              {PARTS[part]}{" "}
              <ServerText isMono wraps>
                {algorithm}
              </ServerText>
            </p>
            <p className="text-small text-ink-soft">
              {why} {remedy}
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-small text-ink-soft">If your own SSH configuration asks for a weak one, take it out there.</p>
    </Remark>
  );
}

function Unheeded({ words }: { words: readonly string[] }) {
  return (
    <Remark title={`${plural(words.length, "setting")} of your SSH configuration ${words.length === 1 ? "is" : "are"} not applied`}>
      <ul aria-label="Settings that are not applied" className="mt-1 flex list-disc flex-col gap-1 pl-4">
        {words.map((each) => (
          <li key={each} className="text-small">
            <ServerText wraps maxChars={600}>
              {each}
            </ServerText>
          </li>
        ))}
      </ul>
    </Remark>
  );
}

function Remark({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex gap-2.5 rounded-card bg-warn-ground px-3 py-2.5">
      <span className="mt-0.5">
        <StatusMark mark="warn" size={16} />
      </span>
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <h3 className="font-semibold text-warn">{title}</h3>
        {children}
      </div>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-small font-semibold text-ink-soft">{title}</h3>
      <dl className="grid grid-cols-[132px_minmax(0,1fr)] gap-x-3 border-t border-line max-wide:grid-cols-[104px_minmax(0,1fr)]">{children}</dl>
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="col-span-full grid grid-cols-subgrid border-b border-line py-1.5">
      <dt className="text-ink-faint">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
