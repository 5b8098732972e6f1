// The page: the desktop once the program has said which servers there are, or why it is not there.
import { KeyRound, PlugZap } from "lucide-react";
import type { ReactNode } from "react";
import { useProgram } from "./api/program";
import { useServers } from "./api/servers";
import { Desktop } from "./desktop/Desktop";
import { LockScreen } from "./desktop/LockScreen";

export function App() {
  const phase = useProgram((program) => program.phase);
  const servers = useServers();
  const home = servers?.[0];
  if (phase === "locked") return <LockScreen />;
  if (phase === "noSession") {
    return (
      <Page icon={<KeyRound size={28} strokeWidth={1.5} />} title="This page has no session">
        Open the address printed by <code className="text-mono">headlessos</code>, here or in another tab. It is good once: run <code className="text-mono">headlessos unlock</code> on this computer for another.
      </Page>
    );
  }
  if (servers !== null && home !== undefined) return <Desktop servers={servers} home={home} />;
  if (phase === "offline") {
    return (
      <Page icon={<PlugZap size={28} strokeWidth={1.5} />} title="HeadlessOS is not running">
        Start it with <code className="text-mono">headlessos</code>. This page connects by itself as soon as it runs.
      </Page>
    );
  }
  // For the moment between the page with a reason and the first word of the program.
  return <main aria-label="Starting" className="wallpaper h-full" />;
}

function Page({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <main className="wallpaper grid h-full place-items-center p-4">
      <div className="flex max-w-100 animate-fade flex-col items-center gap-2 rounded-window bg-popover px-8 py-7 text-center shadow-window">
        <span className="text-ink-faint">{icon}</span>
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="text-ink-soft">{children}</p>
      </div>
    </main>
  );
}
