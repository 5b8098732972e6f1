// The line in which a port to be forwarded is described: to a host and port, or wherever a SOCKS client wants.
import { Plus } from "lucide-react";
import { useState, type SubmitEvent } from "react";
import type { NewForward } from "../../api/types";
import { Button } from "../../kit/Button";
import { ChoiceGroup } from "../../kit/ChoiceGroup";
import { Field } from "../../kit/Field";

type Kind = NewForward["to"]["kind"];

export interface NewForwardFormProps {
  isBusy: boolean;
  isDisabled: boolean;
  onOpen: (wanted: NewForward) => void;
}

export function NewForwardForm({ isBusy, isDisabled, onOpen }: NewForwardFormProps) {
  const [kind, setKind] = useState<Kind>("port");
  const [host, setHost] = useState("localhost");
  const [port, setPort] = useState("");
  const [localPort, setLocalPort] = useState("");
  const [wasSent, setWasSent] = useState(false);
  const portMistake = kind === "port" && !isPort(port) ? "A number from 1 to 65535." : null;
  const localMistake = localPort.trim() !== "" && !isPort(localPort) ? "A number from 1 to 65535." : null;
  const hostMistake = kind === "port" && host.trim() === "" ? "A name or an address." : null;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setWasSent(true);
    if (portMistake !== null || localMistake !== null || hostMistake !== null) return;
    const local = localPort.trim() === "" ? null : Number(localPort);
    onOpen({ to: kind === "port" ? { kind, host: bare(host), port: Number(port) } : { kind }, localPort: local });
    setWasSent(false);
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Forward a port" className="flex flex-wrap items-start gap-x-3 gap-y-2 border-b border-line px-4 py-3">
      <ChoiceGroup
        legend="Leads to"
        choices={[
          { value: "port", label: "One port" },
          { value: "socks", label: "Anywhere (SOCKS)" },
        ]}
        value={kind}
        onChange={setKind}
      />
      {kind === "port" && (
        <>
          <Field label="Host, seen from the server" className="w-48 grow" isMono spellCheck={false} autoComplete="off" value={host} mistake={wasSent ? hostMistake : null} onChange={(event) => setHost(event.target.value)} />
          <Field label="Port" className="w-22" inputMode="numeric" autoComplete="off" value={port} mistake={wasSent ? portMistake : null} onChange={(event) => setPort(event.target.value)} />
        </>
      )}
      <Field label="Port here" className="w-28" inputMode="numeric" autoComplete="off" placeholder={kind === "port" ? "the same" : "any"} value={localPort} mistake={wasSent ? localMistake : null} onChange={(event) => setLocalPort(event.target.value)} />
      <Button type="submit" look="primary" icon={<Plus size={15} />} isBusy={isBusy} disabled={isDisabled} className="mt-5 h-8 max-wide:mt-0 max-wide:w-full">
        Forward
      </Button>
    </form>
  );
}

function isPort(text: string): boolean {
  const number = Number(text.trim());
  return text.trim() !== "" && Number.isInteger(number) && number >= 1 && number <= 65_535;
}

/** Without the brackets that an IPv6 address has in other places. */
function bare(host: string): string {
  return host.trim().replace(/^\[(.*)\]$/, "$1");
}
