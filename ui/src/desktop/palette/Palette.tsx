// The command palette: servers, apps, apps on servers and actions, by a few letters; it begins anew each time.
import { useRef } from "react";
import type { Server } from "../../api/types";
import { PaletteFrame } from "../../kit/PaletteFrame";
import { frontWindowElement } from "../frontWindow";
import { setPanel, useShell } from "../shell";
import { PalettePanel } from "./PalettePanel";

export function Palette({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const isOpen = useShell((shell) => shell.panel === "palette");
  const input = useRef<HTMLInputElement>(null);
  const hasRun = useRef(false);
  const close = () => setPanel(null);
  return (
    <PaletteFrame label="Command palette" isOpen={isOpen} onClose={close} initialFocus={input} finalFocus={() => (hasRun.current ? null : frontWindowElement())}>
      <PalettePanel
        servers={servers}
        active={active}
        input={input}
        onOpen={() => {
          hasRun.current = false;
        }}
        onRun={(entry) => {
          hasRun.current = true;
          close();
          entry.run();
        }}
        onClose={close}
      />
    </PaletteFrame>
  );
}
