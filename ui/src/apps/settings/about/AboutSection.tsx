// What this program is: its version, its licence, and what it is made of.
import { useProgramStatus } from "../../../api/about";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { Button } from "../../../kit/Button";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { FactList } from "../../../kit/MachineText";
import { Skeleton } from "../../../kit/Skeleton";
import { Part } from "../Part";
import { LicencesPart } from "./LicencesPart";

const PLATFORMS: Record<string, string> = { linux: "Linux", macos: "macOS", windows: "Windows" };

export function AboutSection() {
  const { data: status, error, refetch } = useProgramStatus();
  return (
    <>
      <p className="text-ink-soft">A desktop in your browser for headless Linux servers, over the SSH access that you have anyway. Nothing is installed on them.</p>
      <div>
        <Part title="HeadlessOS">
          {status === undefined && error === null && <Skeleton className="h-10 w-80" />}
          {status === undefined && error !== null && (
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={() => void refetch()}>Try again</Button>
            </ErrorNotice>
          )}
          {status !== undefined && (
            <FactList
              facts={[
                ["Version", status.version],
                ["Runs on", PLATFORMS[status.platform] ?? status.platform],
                ["Runs as", status.user],
                ["Licence", "MIT"],
              ]}
            />
          )}
        </Part>
        <LicencesPart />
      </div>
    </>
  );
}
