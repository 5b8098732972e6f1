// What the file held before it was saved, beside what it holds now; any of it can be taken back into the text.
import { ChevronDown, History } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { asErrorBody } from "../../api/client";
import { forgetVersions, listVersions, readVersion, type FileVersion } from "../../api/fileVersions";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { DiffView } from "../../kit/code/DiffView";
import { Menu, MenuItem } from "../../kit/Menu";
import { MenuRadios } from "../../kit/MenuChoices";
import { formatBytes } from "../../lib/bytes";
import { plural } from "../../lib/numbers";
import { formatExact } from "../../lib/time";
import { decodeText, detectEncoding } from "../../lib/textEncoding";
import { changeFile, type OpenFile } from "./documents";
import { PanelBar } from "./PanelBar";
import { PanelWaits } from "./PanelWaits";
import { replaceText, sessionOf } from "./sessions";
import { changeSettings, useSettings } from "./settings";

type Found = { kind: "loading" } | { kind: "failed"; error: ErrorBody } | { kind: "here"; versions: readonly FileVersion[] };

export function VersionsPanel({ file, onDone }: { file: OpenFile; onDone: () => void }) {
  const [found, setFound] = useState<Found>({ kind: "loading" });
  const [chosen, setChosen] = useState<number | null>(null);
  const [text, setText] = useState<{ id: number; text: string } | null>(null);
  const [forgets, setForgets] = useState<"file" | "server" | null>(null);
  const keeps = useSettings((state) => state.keepsVersions);

  const fails = (signal: AbortSignal) => (thrown: unknown) => {
    if (!signal.aborted) setFound({ kind: "failed", error: asErrorBody(thrown) });
  };
  const list = (signal: AbortSignal) => {
    listVersions(file.server, file.path, signal).then((versions) => {
      setFound({ kind: "here", versions });
      setChosen(versions[0]?.id ?? null);
    }, fails(signal));
  };
  const read = useEffectEvent((id: number, signal: AbortSignal) => {
    readVersion(file.server, file.path, id, signal).then((bytes) => {
      const decoded = decodeText(bytes, file.encoding) ?? decodeText(bytes, detectEncoding(bytes).encoding) ?? "";
      setText({ id, text: decoded.replaceAll(/\r\n?/g, "\n") });
    }, fails(signal));
  });
  const listFirst = useEffectEvent(list);
  useEffect(() => {
    const stop = new AbortController();
    listFirst(stop.signal);
    return () => stop.abort();
  }, []);
  useEffect(() => {
    if (chosen === null) return undefined;
    const stop = new AbortController();
    read(chosen, stop.signal);
    return () => stop.abort();
  }, [chosen]);

  const session = sessionOf(file.id);
  if (session === undefined) return null;
  const back = () => {
    changeFile(file.id, { panel: null });
    onDone();
  };
  const forget = () => {
    setForgets(null);
    setFound({ kind: "loading" });
    const { signal } = new AbortController();
    forgetVersions(file.server, forgets === "file" ? file.path : null).then(() => list(signal), fails(signal));
  };

  if (found.kind === "loading" || found.kind === "failed") {
    const again = () => {
      setFound({ kind: "loading" });
      list(new AbortController().signal);
    };
    return <PanelWaits error={found.kind === "failed" ? found.error : null} onAgain={again} onBack={back} />;
  }
  const { versions } = found;
  const version = versions.find(({ id }) => id === chosen);
  if (version === undefined) {
    return (
      <CentrePanel icon={History} title="No earlier version is kept" line={keeps ? "What this file holds is kept on this computer each time it is saved." : "Nothing is kept unless you want it: on this computer, in the program's own database, up to 50 versions of a file."}>
        <Button onClick={back}>Back to the text</Button>
        {!keeps && (
          <Button look="primary" onClick={() => changeSettings({ keepsVersions: true })}>
            Keep earlier versions
          </Button>
        )}
      </CentrePanel>
    );
  }
  if (forgets !== null) {
    const what = forgets === "file" ? `the ${plural(versions.length, "earlier version", "earlier versions")} of this file` : "all earlier versions of all files of this server";
    return (
      <PanelBar icon={History} tone="warn" title={`Forget ${what}?`} line="They are deleted from this computer. The files on the server stay as they are.">
        <Button onClick={() => setForgets(null)}>Cancel</Button>
        <Button look="danger" onClick={forget}>
          Forget
        </Button>
      </PanelBar>
    );
  }

  const now = session.view.state.doc.toString();
  const label = (each: FileVersion) => `${formatExact(isoOf(each.keptAt))}, ${formatBytes(each.sizeBytes)}`;
  const choices = versions.map((each) => ({ value: String(each.id), label: label(each) }));
  const before = text?.id === version.id ? text.text : null;
  return (
    <div className="flex h-full flex-col">
      <PanelBar icon={History} title="Earlier versions" line={before === now ? "The text is the same as now." : "What the file held until it was saved at this time, beside the text as it is now."}>
        <Button onClick={back}>Back to the text</Button>
        <Menu align="end" trigger={<Button>Forget</Button>}>
          <MenuItem onSelect={() => setForgets("file")}>Versions of this file</MenuItem>
          <MenuItem onSelect={() => setForgets("server")}>Of all files of this server</MenuItem>
        </Menu>
        <Menu
          align="end"
          trigger={
            <Button>
              {label(version)} <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
            </Button>
          }
        >
          <MenuRadios label="Version" value={String(version.id)} choices={choices} isLast onChange={(id) => setChosen(Number(id))} />
        </Menu>
        <Button
          look="primary"
          disabled={before === null || before === now}
          onClick={() => {
            if (before !== null) replaceText(file.id, before);
            back();
          }}
        >
          Take it back
        </Button>
      </PanelBar>
      <div className="min-h-0 grow">{before !== null && <DiffView before={before} after={now} beforeLabel={label(version)} afterLabel="Now" language={file.language} />}</div>
    </div>
  );
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
