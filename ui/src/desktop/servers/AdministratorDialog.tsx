// Turns administrator access of a server on, with a password where one is needed, or off again.
import { useCallback, useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import { switchAdministrator } from "../../api/administrator";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import type { AdministratorAnswer, AdministratorSwitch, AdministratorWay, ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ChoiceGroup } from "../../kit/ChoiceGroup";
import { Dialog } from "../../kit/Dialog";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Field } from "../../kit/Field";
import { ServerText } from "../../kit/ServerText";
import { Skeleton } from "../../kit/Skeleton";
import { formatClock } from "../../lib/time";
import { frontWindowElement } from "../frontWindow";
import { closeDialog } from "../shell";

const FORM_ID = "administrator-form";
const NAMES: Record<AdministratorWay, string> = { sudo: "sudo", sudoOnTerminal: "sudo", doas: "doas", su: "su" };
/** Seconds without use; "0" is until the server is disconnected. */
const LASTING = [
  { value: "900", label: "15 minutes" },
  { value: "3600", label: "1 hour" },
  { value: "0", label: "Until disconnected" },
] as const;

type Asking = Extract<AdministratorAnswer, { status: "password" }>;

export interface AdministratorDialogProps {
  server: Server;
  /** What is tried again once it is on. */
  then: (() => void) | null;
}

export function AdministratorDialog({ server, then }: AdministratorDialogProps) {
  return server.administrator.status === "on" ? <On server={server} /> : <TurnOn server={server} then={then} />;
}

function TurnOn({ server, then }: AdministratorDialogProps) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [isBusy, setIsBusy] = useState(true);
  const [way, setWay] = useState<AdministratorWay | null>(null);
  const [seconds, setSeconds] = useState<string>(LASTING[0].value);
  const [secret, setSecret] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const hasBegun = useRef(false);

  const send = useCallback(
    async (to: AdministratorSwitch) => {
      setIsBusy(true);
      setError(null);
      try {
        const answer = await switchAdministrator(server.id, to);
        if (answer.status !== "password") {
          closeDialog();
          then?.();
          return;
        }
        setSecret("");
        setAsking((before) => ({ ...answer, ways: before?.ways ?? answer.ways }));
        setWay((before) => before ?? answer.ways[0]?.way ?? null);
      } catch (thrown) {
        setError(asErrorBody(thrown));
      }
      setIsBusy(false);
    },
    [server.id, then],
  );
  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    void send({ on: true });
  }, [send]);
  useEffect(() => {
    if (asking !== null && !isBusy) field.current?.focus();
  }, [asking, isBusy]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (secret !== "" && !isBusy) void send({ on: true, way, secret, seconds: Number(seconds) });
  };
  const chosen = asking?.ways.find((each) => each.way === way) ?? asking?.ways[0];
  return (
    <Frame
      server={server}
      title="Turn on administrator access"
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          {asking === null && error !== null && (
            <Button look="primary" isBusy={isBusy} onClick={() => void send({ on: true })}>
              Try again
            </Button>
          )}
          {asking !== null && (
            <Button look="primary" type="submit" form={FORM_ID} isBusy={isBusy} disabled={secret === ""}>
              Turn on
            </Button>
          )}
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="flex flex-col gap-4 pt-1">
        <p className="text-ink-soft">Files are opened and changed, and commands run, as root. A terminal stays {server.user}’s own.</p>
        {asking === null && error === null && (
          <div role="status" className="flex flex-col gap-2">
            <span className="sr-only">Asking the server</span>
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-8 w-full" />
          </div>
        )}
        {asking !== null && asking.ways.length > 1 && way !== null && (
          <ChoiceGroup
            legend="By"
            choices={asking.ways.map((each) => ({ value: each.way, label: `${NAMES[each.way]}, with ${each.user}’s password` }))}
            value={way}
            onChange={setWay}
          />
        )}
        {chosen !== undefined && (
          <>
            <Field
              ref={field}
              label={
                <>
                  Password of <ServerText>{chosen.user}</ServerText>
                </>
              }
              type="password"
              autoComplete="off"
              value={secret}
              mistake={asking?.refused === true && secret === "" && !isBusy ? "That password was refused. It was tried once." : null}
              hint={`Given to ${NAMES[chosen.way]} on ${server.name} alone, kept in memory, and wiped when administrator access ends.`}
              onChange={(event) => setSecret(event.target.value)}
            />
            <ChoiceGroup legend="Ends without use after" choices={LASTING} value={seconds} onChange={setSeconds} />
          </>
        )}
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </form>
    </Frame>
  );
}

function On({ server }: { server: Server }) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const off = useRef<HTMLButtonElement>(null);
  const { administrator } = server;
  const send = async (to: AdministratorSwitch) => {
    setIsBusy(true);
    setError(null);
    try {
      await switchAdministrator(server.id, to);
      closeDialog();
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  const until = administrator.status === "on" ? administrator.until : null;
  return (
    <Frame
      server={server}
      title="Administrator access is on"
      initialFocus={off}
      footer={
        <>
          <Button onClick={closeDialog}>Leave it on</Button>
          <Button ref={off} look="primary" isBusy={isBusy} onClick={() => void send({ on: false })}>
            Turn off
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 pt-1">
        <p className="text-ink-soft">
          Files are opened and changed, and commands run, as root.{" "}
          {until === null ? "It ends when the server is disconnected." : <>It ends at {formatClock(until, true)} unless it is used; what is refreshed by itself does not count.</>}
        </p>
        {error !== null && <ErrorNotice {...describeError(error)} isAlert />}
      </div>
    </Frame>
  );
}

interface FrameProps {
  server: Server;
  title: string;
  footer: ReactNode;
  children: ReactNode;
  initialFocus?: React.RefObject<HTMLElement | null>;
}

function Frame({ server, title, children, ...rest }: FrameProps) {
  return (
    <Dialog
      title={title}
      lead={
        <>
          On <ServerText>{server.name}</ServerText>
        </>
      }
      isOpen
      onClose={closeDialog}
      closesOutside={false}
      finalFocus={frontWindowElement}
      {...rest}
    >
      {children}
    </Dialog>
  );
}
