// A grey stand-in for something on its way; it appears only after 150 ms, so that quick answers do not flash.

export function Skeleton({ className }: { className: string }) {
  return (
    <div aria-hidden="true" className="animate-late">
      <div className={`animate-pulse rounded-control bg-track ${className}`} />
    </div>
  );
}
