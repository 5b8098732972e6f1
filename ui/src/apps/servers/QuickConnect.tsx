// Connects to an address that is typed or pasted, without saving it.
import { ArrowRight } from "lucide-react";
import { useId, useState, type SyntheticEvent } from "react";
import { asErrorBody } from "../../api/client";
import { addUnsaved } from "../../api/serverManager";
import { COLORS, type Server } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { classes } from "../../lib/classes";
import { isPort, parseAddress } from "../../lib/sshAddress";

export function QuickConnect({ servers, onConnect }: { servers: readonly Server[]; onConnect: (server: Server) => void }) {
  const [text, setText] = useState("");
  const [mistake, setMistake] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const address = parseAddress(text);
    if (address === null || (address.port !== undefined && !isPort(address.port))) {
      setMistake("Type it as user@host or user@host:port.");
      return;
    }
    setIsBusy(true);
    setMistake(null);
    try {
      const color = COLORS.find((each) => !servers.some((server) => server.color === each)) ?? null;
      const server = await addUnsaved({
        host: address.host,
        user: address.user ?? "",
        port: address.port === undefined ? null : Number(address.port),
        jump: address.jump ?? [],
        auth: address.keyPath === undefined ? { method: "auto" } : { method: "keyFile", path: address.keyPath },
        color,
        folder: "",
        tags: [],
        notes: "",
        keepSecrets: false, production: false,
      });
      setText("");
      onConnect(server);
    } catch (thrown) {
      setMistake(asErrorBody(thrown).message);
    }
    setIsBusy(false);
  };

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="relative flex min-w-44 grow items-center @max-medium:order-last @max-medium:basis-full">
      <input
        value={text}
        aria-label="Quick connect"
        aria-invalid={mistake !== null || undefined}
        aria-describedby={mistake === null ? undefined : id}
        placeholder="Quick connect: user@host:port"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          setMistake(null);
        }}
        className={classes(
          "h-7 w-full rounded-control border bg-card pr-8 pl-2.5 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11 max-wide:pr-12",
          mistake === null ? "border-control-line" : "border-bad",
        )}
      />
      <IconButton type="submit" label="Connect without saving" icon={<ArrowRight size={15} strokeWidth={1.75} />} disabled={isBusy || text.trim() === ""} className="absolute right-0" />
      {mistake !== null && (
        <p id={id} role="alert" className="absolute top-full left-0 z-10 mt-1 max-w-full rounded-control border border-line bg-popover px-2 py-1 text-small text-bad shadow-popover">
          {mistake}
        </p>
      )}
    </form>
  );
}
