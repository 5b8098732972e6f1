// How full each filesystem is: those that can fill up first, the fullest at the top.
import { HardDrive } from "lucide-react";
import { useMemo } from "react";
import type { Filesystem, Server } from "../../../api/types";
import { Measured } from "../../../kit/Measured";
import { levelOf, Meter } from "../../../kit/Meter";
import { ServerText } from "../../../kit/ServerText";
import { Skeleton } from "../../../kit/Skeleton";
import { formatBytes } from "../../../lib/bytes";
import { classes } from "../../../lib/classes";
import { formatPercent } from "../../../lib/numbers";
import { visibleText } from "../../../lib/visibleText";
import { QueryCard } from "../QueryCard";
import { ShortList } from "../ShortList";

const MOST_ROWS = 6;
/** Filesystems in memory or read-only images: always empty or always full, so they come last. */
const LESSER = new Set(["tmpfs", "devtmpfs", "ramfs", "squashfs", "efivarfs", "overlay", "iso9660"]);

export function FilesystemsCard({ server, className }: { server: Server; className: string }) {
  return (
    <QueryCard
      server={server}
      title="Filesystems"
      icon={<HardDrive size={16} strokeWidth={1.75} />}
      query="storage.filesystems"
      args={{ path: null }}
      lacks="This server has no tool that lists its filesystems."
      className={className}
      empty={(answer) => (answer.filesystems.length === 0 ? "No filesystem with a size is mounted." : null)}
      skeleton={
        <div className="flex flex-col gap-3 pt-1">
          {["a", "b", "c", "d"].map((row) => (
            <Skeleton key={row} className="h-4 w-full" />
          ))}
        </div>
      }
    >
      {(answer) => <Filesystems filesystems={answer.filesystems} />}
    </QueryCard>
  );
}

function Filesystems({ filesystems }: { filesystems: readonly Filesystem[] }) {
  const items = useMemo(() => filesystems.toSorted(byNeed), [filesystems]);
  return (
    <ShortList noun="filesystems" items={items} most={MOST_ROWS} keyOf={(each) => each.mountPoint}>
      {(each) => <FilesystemRow each={each} />}
    </ShortList>
  );
}

function FilesystemRow({ each }: { each: Filesystem }) {
  const level = levelOf(each.usedPercent);
  return (
    <div className="grid h-10 grid-cols-[minmax(0,1fr)_auto_36px] content-center items-center gap-x-3 @medium:h-6.5 @medium:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_128px_40px]">
      <div className="flex min-w-0 items-baseline gap-2">
        <ServerText className="shrink-0 font-medium max-w-[70%]">{each.mountPoint}</ServerText>
        <ServerText className="min-w-0 text-small text-ink-faint">{each.type ?? each.source}</ServerText>
      </div>
      <div className="order-last col-span-3 @medium:order-none @medium:col-span-1">
        <Meter label={`${visibleText(each.mountPoint, 120)} used`} percent={each.usedPercent} className="bg-series-cpu" />
      </div>
      <span className="text-right text-small text-ink-faint">
        {each.sizeBytes === null ? (
          "size not readable"
        ) : (
          <>
            <Measured name={`filesystem.used ${each.mountPoint}`} value={each.usedBytes} text={formatBytes(each.usedBytes)} className="text-ink" /> of{" "}
            <Measured name={`filesystem.size ${each.mountPoint}`} value={each.sizeBytes} text={formatBytes(each.sizeBytes)} />
          </>
        )}
      </span>
      <span className={classes("text-right text-small", level === "full" ? "font-semibold text-bad" : level === "high" ? "font-semibold text-warn" : "text-ink")}>
        <Measured name={`filesystem.used-percent ${each.mountPoint}`} value={each.usedPercent} text={formatPercent(each.usedPercent, 0)} />
      </span>
    </div>
  );
}

function byNeed(one: Filesystem, other: Filesystem): number {
  const lesser = Number(LESSER.has(one.type ?? "")) - Number(LESSER.has(other.type ?? ""));
  return lesser || (other.usedPercent ?? -1) - (one.usedPercent ?? -1) || one.mountPoint.localeCompare(other.mountPoint, "en");
}
