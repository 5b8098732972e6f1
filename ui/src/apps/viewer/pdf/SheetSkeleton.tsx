// Stands in for the pages of a PDF until the first of them is known.
import { Skeleton } from "../../../kit/Skeleton";

export function SheetSkeleton() {
  return (
    <div className="flex h-full justify-center overflow-hidden bg-sunken p-4" role="status" aria-label="Opening the PDF">
      <div className="flex h-full w-full max-w-200 animate-late flex-col gap-3 bg-card p-12 max-wide:p-6">
        {["w-72", "w-full", "w-full", "w-11/12", "w-full", "w-2/3"].map((width, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the lines never change
          <Skeleton key={at} className={`h-3 max-w-full ${width}`} />
        ))}
      </div>
    </div>
  );
}
