// What the user's SSH configuration may do on this computer; kept at once.
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { changeMatchExec, useMatchExec } from "../../api/matchExec";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Notice } from "../../kit/Notice";
import { Skeleton } from "../../kit/Skeleton";
import { Switch } from "../../kit/Switch";
import { Part } from "./Part";
import { useSaving } from "./useSaving";

export function SshSection() {
  const { data: isOn, error, refetch } = useMatchExec();
  const saving = useSaving();
  return (
    <>
      <p className="text-ink-soft">Servers are reached as your own ssh reaches them: by ~/.ssh/config, its keys, and its known_hosts.</p>
      <div>
        <Part title="Match exec">
          {isOn === undefined && error === null && <Skeleton className="h-8 w-80" />}
          {isOn === undefined && error !== null && (
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={() => void refetch()}>Try again</Button>
            </ErrorNotice>
          )}
          {isOn !== undefined && (
            <Switch
              label="Run the commands of Match exec"
              hint="Off: their blocks do not apply, and the connection details name them. Counts from the next connection."
              isOn={isOn}
              onChange={(to) => void saving.run(() => changeMatchExec(to))}
            />
          )}
          {isOn === true && (
            <Notice tone="warn" title="Your SSH configuration starts programs on this computer">
              <p>As you, whenever a server whose blocks may apply is connected, tested or checked. A command that takes longer than 20 seconds is ended, and its block does not apply.</p>
            </Notice>
          )}
          {saving.error !== null && <ErrorNotice {...describeError(saving.error)} isAlert />}
        </Part>
      </div>
    </>
  );
}
