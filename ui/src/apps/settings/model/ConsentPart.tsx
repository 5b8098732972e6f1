// For each server, whether what it prints may go to a model; kept at once.
import { describeError } from "../../../api/errors";
import { changeServer, useServers } from "../../../api/servers";
import type { ModelConsent } from "../../../api/types";
import { ChoiceGroup, type Choice } from "../../../kit/ChoiceGroup";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Part } from "../Part";
import { useSaving } from "../useSaving";

const CONSENTS: readonly Choice<ModelConsent>[] = [
  { value: "ask", label: "Ask" },
  { value: "always", label: "Always" },
  { value: "never", label: "Never" },
];

export function ConsentPart() {
  const servers = useServers() ?? [];
  const saving = useSaving();
  return (
    <Part title="Servers" lead="Whether what a server prints may go to the model: only after you were asked each time, always, or never.">
      {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
      <ul aria-label="Consent by server" className="flex flex-col gap-3">
        {servers.map(({ id, name, color, modelConsent }) => (
          <li key={id} data-color={color} className="flex items-stretch gap-3">
            <span className="w-1 shrink-0 rounded-full bg-identity" />
            <div className="min-w-0 grow">
              <ChoiceGroup legend={name} choices={CONSENTS} value={modelConsent} onChange={(next) => void saving.run(() => changeServer(id, { modelConsent: next }))} />
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}
