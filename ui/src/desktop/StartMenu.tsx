// The start menu: a button of the taskbar and the panel above it; choosing something closes it and moves the focus on.
import { useRef } from "react";
import { Popover } from "../kit/Popover";
import { setPanel, useShell } from "./shell";
import { StartPanel, type Run, type StartPanelProps } from "./StartPanel";
import { TaskbarButton } from "./TaskbarButton";

export function StartMenu({ servers, active }: Pick<StartPanelProps, "servers" | "active">) {
  const isOpen = useShell((shell) => shell.panel === "start");
  const input = useRef<HTMLInputElement>(null);
  const hasRun = useRef(false);
  const run: Run = (entry) => {
    hasRun.current = true;
    setPanel(null);
    entry.run();
  };
  return (
    <Popover
      label="Start menu"
      side="top"
      isOpen={isOpen}
      onOpenChange={(open) => {
        hasRun.current = false;
        setPanel(open ? "start" : null);
      }}
      initialFocus={input}
      returnsFocus={() => !hasRun.current}
      className="w-[min(640px,calc(100vw-16px))] overflow-hidden"
      trigger={<TaskbarButton label="Start" icon={<StartGlyph />} />}
    >
      <StartPanel servers={servers} active={active} input={input} run={run} />
    </Popover>
  );
}

function StartGlyph() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" className="fill-accent-ink">
      <rect x="3" y="3" width="8" height="8" rx="2.5" />
      <rect x="13" y="3" width="8" height="8" rx="2.5" fillOpacity=".75" />
      <rect x="3" y="13" width="8" height="8" rx="2.5" fillOpacity=".75" />
      <rect x="13" y="13" width="8" height="8" rx="2.5" fillOpacity=".5" />
    </svg>
  );
}
