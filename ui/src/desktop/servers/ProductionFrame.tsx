// The frame around the workspace of a server that people depend on: under its colour strip, over its windows, under dialogs; it takes no clicks.
export function ProductionFrame() {
  return <div aria-hidden="true" data-production-frame="" className="pointer-events-none fixed inset-x-0 top-0.75 bottom-0 z-20 border-3 border-production" />;
}
