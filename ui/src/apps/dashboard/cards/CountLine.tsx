// The figure at the head of a card that counts, and the grey rows that stand for it while it loads.
import { Measured } from "../../../kit/Measured";
import { Skeleton } from "../../../kit/Skeleton";

export function CountLine({ name, count, one, many }: { name: string; count: number; one: string; many: string }) {
  return (
    <p className="mb-1 flex items-baseline gap-1.5">
      <Measured name={name} value={count} text={String(count)} className="text-heading font-semibold" />
      <span className="text-small text-ink-faint">{count === 1 ? one : many}</span>
    </p>
  );
}

export function RowsSkeleton() {
  return (
    <>
      <Skeleton className="mb-2 h-6 w-20" />
      <Skeleton className="mb-2 h-4 w-full" />
      <Skeleton className="h-4 w-4/5" />
    </>
  );
}
