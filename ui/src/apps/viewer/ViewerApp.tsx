// The Viewer: shows one file of the server in the way that suits it, or as a person says.
import { ChevronDown, Eye, FileWarning, FolderOpen, PencilLine, RotateCw } from "lucide-react";
import { useState, type FormEvent } from "react";
import { describeError } from "../../api/errors";
import { useHome } from "../../api/files";
import { addressOf } from "../../api/servers";
import { useConnecting } from "../../api/useConnecting";
import { useFileHead } from "../../api/useFileHead";
import { Button, buttonClasses } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Field } from "../../kit/Field";
import { FileIcon } from "../../kit/FileIcon";
import { IconButton } from "../../kit/IconButton";
import { Menu } from "../../kit/Menu";
import { MenuHeading, MenuRadios } from "../../kit/MenuChoices";
import { useIsPhone } from "../../kit/useIsPhone";
import { formatBytes } from "../../lib/bytes";
import { familyOf } from "../../lib/fileFamily";
import { nameOf, parentOf, resolvePath } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";
import { DownloadLink } from "./DownloadLink";
import { kindOf, KIND_IDS, KINDS, type Kind } from "./kinds";
import { PartSkeleton } from "./Part";
import { requestView, useShownFile } from "./requests";
import { View } from "./View";

const CHOICES = KIND_IDS.map((value) => ({ value, label: KINDS[value] }));
const ICON = { size: 16, strokeWidth: 1.75 };

export function ViewerApp({ server, shell }: AppProps) {
  const shown = useShownFile(server.id);
  const { status } = server.state;
  if (shown !== null) return <Shown key={`${shown.request}`} server={server} shell={shell} path={shown.path} />;
  return status === "connected" ? <Empty server={server} shell={shell} /> : <NotConnected server={server} />;
}

function Shown({ server, shell, path }: AppProps & { path: string }) {
  const isPhone = useIsPhone();
  const isConnected = server.state.status === "connected";
  const { head, error, isReading, readAgain } = useFileHead(server.id, path, isConnected);
  const [chosen, setChosen] = useState<Kind | null>(null);
  const name = nameOf(path);
  const kind = chosen ?? (head === null ? null : kindOf(name, head.bytes));
  const isEditable = kind === "text" || kind === "markdown" || kind === "json" || kind === "table";
  return (
    <div className="flex h-full flex-col bg-window">
      <header className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line py-1 pr-1.5 pl-3">
        <FileIcon kind={familyOf(name)} size={20} />
        <div className="flex min-w-0 grow basis-40 items-baseline gap-2 max-wide:basis-[calc(100%-40px)] max-wide:pt-1">
          <h3 className="min-w-0 truncate font-semibold" title={visibleText(path, 1000)}>
            <bdi>{visibleText(name, 200)}</bdi>
          </h3>
          <span className="figures shrink-0 text-small text-ink-faint">{head === null || head.isFolder ? "" : formatBytes(head.sizeBytes)}</span>
        </div>
        <Menu
          align="end"
          trigger={
            <button type="button" className={`${buttonClasses("quiet")} max-wide:mr-auto`} disabled={kind === null} aria-label={`View as: ${kind === null ? "not known yet" : KINDS[kind]}`}>
              {kind === null ? "View as" : KINDS[kind]}
              <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
            </button>
          }
        >
          <MenuHeading>View as</MenuHeading>
          <MenuRadios label="View as" value={kind ?? "hex"} choices={CHOICES} onChange={setChosen} />
        </Menu>
        <IconButton label="Read again" icon={<RotateCw {...ICON} className={isReading ? "animate-spin" : ""} />} disabled={!isConnected} onClick={readAgain} />
        <IconButton label="Show the folder" icon={<FolderOpen {...ICON} />} onClick={() => shell.openFolder(server.id, parentOf(path))} />
        {isEditable && isPhone && <IconButton label="Open in editor" icon={<PencilLine {...ICON} />} onClick={() => shell.openFile(server.id, path, "edit")} />}
        {isEditable && !isPhone && (
          <Button icon={<PencilLine size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={() => shell.openFile(server.id, path, "edit")}>
            Open in editor
          </Button>
        )}
        <DownloadLink server={server.id} path={path} isIcon={isPhone} />
      </header>
      <div className="min-h-0 grow">
        {head !== null && kind !== null && !head.isFolder ? (
          <View
            key={`${kind} ${head.version ?? ""} ${head.sizeBytes}`}
            kind={kind}
            head={head.bytes}
            isPhone={isPhone}
            view={{ server: server.id, path, version: head.version, sizeBytes: head.sizeBytes, isUnsized: head.isUnsized, onKind: setChosen, onOpen: (other) => requestView(server.id, other) }}
          />
        ) : head?.isFolder === true ? (
          <CentrePanel icon={FolderOpen} title="This is a folder">
            <Button look="primary" onClick={() => shell.openFolder(server.id, path)}>
              Show it in the File Explorer
            </Button>
          </CentrePanel>
        ) : error !== null ? (
          <CentrePanel icon={FileWarning} title="The file could not be read" content={<ErrorNotice {...describeError(error)} isAlert />}>
            <Button look="primary" isBusy={isReading} onClick={readAgain}>
              Try again
            </Button>
          </CentrePanel>
        ) : isConnected ? (
          <PartSkeleton />
        ) : (
          <NotConnected server={server} />
        )}
      </div>
    </div>
  );
}

function NotConnected({ server }: Pick<AppProps, "server">) {
  return <ConnectPanel name={server.name} line={addressOf(server)} {...useConnecting(server)} />;
}

function Empty({ server, shell }: AppProps) {
  const { home } = useHome(server.id, true);
  const [typed, setTyped] = useState("");
  const [mistake, setMistake] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = typed.trim();
    setMistake(/^(\/|~\/)/.test(text) ? null : "Begin with / or ~/.");
    if (/^(\/|~\/)/.test(text)) requestView(server.id, resolvePath(text, "/", home?.path ?? "/"));
  };
  const form = (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Path of the file" isMono placeholder="/var/log/syslog" mistake={mistake} value={typed} autoComplete="off" spellCheck={false} onChange={({ target }) => setTyped(target.value)} />
      <div className="flex flex-wrap justify-center gap-2">
        <Button onClick={() => shell.openFolder(server.id, home?.path ?? "/")}>Browse files</Button>
        <Button look="primary" type="submit">
          Show
        </Button>
      </div>
    </form>
  );
  return <CentrePanel icon={Eye} title="No file is shown" line="Open one from the File Explorer, or by its path." content={form} />;
}

