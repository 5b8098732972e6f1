// The badge of a server that people depend on: it says so in words, shorter on a phone.
import { classes } from "../lib/classes";

export function ProductionBadge({ className = "" }: { className?: string }) {
  return (
    <span data-production="" className={classes("shrink-0 rounded-control bg-production-solid px-1.5 py-0.5 text-caption font-semibold tracking-wide text-on-solid select-none", className)}>
      <span className="sr-only">Production server</span>
      <span aria-hidden="true" className="max-wide:hidden">
        PRODUCTION
      </span>
      <span aria-hidden="true" className="wide:hidden">
        PROD
      </span>
    </span>
  );
}
