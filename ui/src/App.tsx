// The page: the desktop while the program is there and has said which servers there are, else why it is not shown.
import { KeyRound, PlugZap, ShieldAlert, Unplug } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { useProgram } from "./api/program";
import { useServers } from "./api/servers";
import { Desktop } from "./desktop/Desktop";
import { LockScreen } from "./desktop/LockScreen";

const ICON = { size: 28, strokeWidth: 1.5 };

export function App() {
  const phase = useProgram((program) => program.phase);
  const servers = useServers();
  const home = servers?.[0];
  if (phase === "locked") return <LockScreen />;
  if (phase === "noSession") {
    return (
      <Page icon={<KeyRound {...ICON} />} title="This page has no session">
        Open the address printed by <code className="text-mono">headlessos</code>, here or in another tab. It is good once: run <code className="text-mono">headlessos unlock</code> on this computer for another.
      </Page>
    );
  }
  if (phase === "other") {
    return (
      <Page icon={<ShieldAlert {...ICON} />} title="Another program answers here">
        It does not prove to be the HeadlessOS that this page came from, so this page tells it nothing. Start <code className="text-mono">headlessos</code> again and open the address that it prints.
      </Page>
    );
  }
  if (phase === "offline") {
    return (
      <Page icon={<PlugZap {...ICON} />} title="HeadlessOS is not running">
        Start it with <code className="text-mono">headlessos</code>. Servers are not affected, and this page connects by itself as soon as it runs.
      </Page>
    );
  }
  if (phase === "blocked") {
    return (
      <Page icon={<Unplug {...ICON} />} title="No live connection">
        HeadlessOS answers, but something closes every WebSocket to it: an extension, a policy of this browser, or a security program. Let them pass to this address, and this page connects by itself.
      </Page>
    );
  }
  // What is drawn loads by itself, so there is a desktop only while it is known who answers.
  if (phase === "ready" && servers !== null && home !== undefined) return <Desktop servers={servers} home={home} />;
  // For the moment between the page with a reason and the first word of the program.
  return <main aria-label="Starting" className="wallpaper h-full" />;
}

function Page({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = "HeadlessOS";
  }, []);
  return (
    <main className="wallpaper grid h-full place-items-center p-4">
      <div role="alert" className="flex max-w-100 animate-fade flex-col items-center gap-2 rounded-window bg-popover px-8 py-7 text-center shadow-window">
        <span className="text-ink-faint">{icon}</span>
        <h1 className="text-title font-semibold">{title}</h1>
        <p className="text-ink-soft">{children}</p>
      </div>
    </main>
  );
}
