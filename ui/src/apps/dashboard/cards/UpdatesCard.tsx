// The packages for which a newer version waits; those that fix security first.
import { CircleCheck, PackageOpen, ShieldAlert } from "lucide-react";
import { useMemo } from "react";
import type { Server, UpgradablePackage } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { ServerText } from "../../../kit/ServerText";
import { visibleText } from "../../../lib/visibleText";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";
import { RowsSkeleton } from "./CountLine";

export function UpdatesCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Updates"
      icon={<PackageOpen size={16} strokeWidth={1.75} />}
      query="packages.upgradable"
      args={{}}
      lacks="This server has no package manager that HeadlessOS knows."
      className={className}
      empty={({ packages }) =>
        packages.length === 0 ? (
          <p className="flex items-center gap-1.5">
            <CircleCheck size={16} strokeWidth={1.75} className="text-good" aria-hidden="true" />
            <span>
              <Measured name="updates.count" value={0} text="No" /> update is waiting.
            </span>
          </p>
        ) : null
      }
      skeleton={<RowsSkeleton />}
    >
      {({ packages }) => (
        <>
          <Head packages={packages} />
          <Updates packages={packages} />
        </>
      )}
    </QueryCard>
  );
}

function Updates({ packages }: { packages: readonly UpgradablePackage[] }) {
  const items = useMemo(() => packages.toSorted(securityFirst), [packages]);
  return (
    <ShortList noun="updates" items={items} most={3} keyOf={(each) => each.name}>
      {(each) => (
        <div className="flex h-6 items-center gap-2" title={visibleText(`${each.installedVersion ?? "?"} → ${each.candidateVersion}`, 300)}>
          {each.security === true && <ShieldAlert size={14} strokeWidth={2} className="shrink-0 text-bad" aria-label="Security" />}
          <ServerText className="min-w-0 grow">{each.name}</ServerText>
          <ServerText className="shrink-0 text-small text-ink-faint max-w-[50%]">{each.candidateVersion}</ServerText>
        </div>
      )}
    </ShortList>
  );
}

function Head({ packages }: { packages: readonly UpgradablePackage[] }) {
  const security = packages.filter((each) => each.security === true).length;
  return (
    <p className="mb-1 flex items-baseline gap-1.5">
      <Measured name="updates.count" value={packages.length} text={String(packages.length)} className="text-heading font-semibold" />
      <span className="grow text-small text-ink-faint">waiting</span>
      {security > 0 && (
        <span className="rounded-full bg-bad-ground px-2 text-small font-medium text-bad">
          <Measured name="updates.security" value={security} text={String(security)} /> security
        </span>
      )}
    </p>
  );
}

function securityFirst(one: UpgradablePackage, other: UpgradablePackage): number {
  return Number(other.security === true) - Number(one.security === true) || one.name.localeCompare(other.name, "en");
}
