// The Dashboard: what a server is doing and what needs attention, one card for each question.
import type { AppProps } from "../manifest";
import { ConnectionPanel } from "./ConnectionPanel";
import { DashboardHeader } from "./DashboardHeader";
import { ContainersCard } from "./cards/ContainersCard";
import { CpuCard } from "./cards/CpuCard";
import { FailedServicesCard } from "./cards/FailedServicesCard";
import { FilesystemsCard } from "./cards/FilesystemsCard";
import { LoadCard } from "./cards/LoadCard";
import { MemoryCard } from "./cards/MemoryCard";
import { NetworkCard } from "./cards/NetworkCard";
import { SystemCard } from "./cards/SystemCard";
import { UpdatesCard } from "./cards/UpdatesCard";
import { UsersCard } from "./cards/UsersCard";
import { ShellContext } from "./shellContext";
import { useHasReadings } from "./useHasReadings";

const TALL = "min-h-55";
const SHORT = "min-h-38";

export function Dashboard({ server, shell }: AppProps) {
  const hasReadings = useHasReadings(server.id);
  const { status } = server.state;
  const showsCards = status === "connected" || status === "connecting" || (status !== "disconnected" && hasReadings);
  if (!showsCards) return <ConnectionPanel server={server} shell={shell} />;

  return (
    <ShellContext value={shell}>
      <div className="@container flex h-full flex-col overflow-y-auto p-3 pt-2 -outline-offset-2" tabIndex={0} role="group" aria-label="Cards">
        <DashboardHeader server={server} shell={shell} />
        <div className="grid shrink-0 grow grid-cols-1 gap-3 @medium:grid-cols-6 @large:grid-cols-12 @large:grid-rows-[minmax(max-content,5fr)_minmax(max-content,5fr)_minmax(max-content,4fr)]">
          <CpuCard server={server} className={`${TALL} @medium:col-span-3 @large:col-span-4`} />
          <MemoryCard server={server} className={`${TALL} @medium:col-span-3 @large:col-span-4`} />
          <NetworkCard server={server} className={`${TALL} @medium:col-span-6 @large:col-span-4`} />
          <FilesystemsCard server={server} className={`${TALL} @medium:col-span-6 @large:col-span-5`} />
          <LoadCard server={server} className={`${TALL} @medium:col-span-3`} />
          <SystemCard server={server} className={`${TALL} @medium:col-span-3 @large:col-span-4`} />
          <FailedServicesCard server={server} className={`${SHORT} @medium:col-span-3`} />
          <ContainersCard server={server} className={`${SHORT} @medium:col-span-3`} />
          <UpdatesCard server={server} className={`${SHORT} @medium:col-span-3`} />
          <UsersCard server={server} className={`${SHORT} @medium:col-span-3`} />
        </div>
      </div>
    </ShellContext>
  );
}
