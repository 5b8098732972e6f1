// What stands in place of the items: on their way, none, nothing found, not connected, no SFTP, or why the folder cannot be read.
import { FolderOpen, FolderX, Lock, PackageX, Plug, RotateCw, SearchX, Shield, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { isLimited } from "../../api/administrator";
import { describeError } from "../../api/errors";
import type { ErrorBody, Server } from "../../api/types";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { plural } from "../../lib/numbers";
import { parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { Shell } from "../manifest";
import type { Commands } from "./commands";
import { setFilter } from "./explorer";
import { isLooking, startSearch, stopSearch, wantedOf } from "./search";
import { failedTitle, isBadPattern, nothingWords } from "./searchWords";
import { changeSettings } from "./settings";
import type { PaneModel } from "./usePane";
import { folderName } from "./words";

const WIDTHS = ["w-44", "w-60", "w-36", "w-52", "w-40", "w-64", "w-32", "w-48", "w-56", "w-28"];
const PATTERN_HINT = "It is read as grep -E reads it: [0-9] stands for a digit, where other tools take \\d.";
const NO_SFTP = new Set(["noSftp", "unsupported"]);

function LoadingRows({ what = "Reading the folder" }: { what?: string }) {
  return (
    <div role="status" className="flex flex-col gap-3 p-3">
      <span className="sr-only">{what}</span>
      {WIDTHS.map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}

export interface AreaStateProps {
  server: Server;
  shell: Shell;
  pane: PaneModel;
  commands: Commands;
}

/** Why there are no items to show, or that they are on their way. */
export function AreaState({ server, shell, pane, commands }: AreaStateProps) {
  const { path, folder, search } = pane;
  if (server.state.status !== "connected" && folder.readAtMs === null) return <NotConnected server={server} shell={shell} />;
  if (search !== null) return <SearchState server={server} pane={pane} />;
  if (folder.status === "failed" && folder.error !== null && folder.readAtMs === null) return <CannotRead error={folder.error} server={server} shell={shell} path={path ?? "/"} commands={commands} />;
  if (path === null || folder.readAtMs === null) return <LoadingRows />;
  if (pane.filter !== "") {
    return (
      <Panel icon={SearchX} title="Nothing here has that in its name" line={`No item in ${folderName(path)} matches “${visibleText(pane.filter, 60)}”.`}>
        <Button onClick={() => setFilter(pane.tab.id, "")}>Clear the filter</Button>
      </Panel>
    );
  }
  if (pane.hiddenCount > 0) {
    return (
      <Panel icon={FolderOpen} title="Only hidden items" line={`${plural(pane.hiddenCount, "item")} whose name begins with a dot ${pane.hiddenCount === 1 ? "is" : "are"} not shown.`}>
        <Button onClick={commands.toggleHidden}>Show hidden items</Button>
      </Panel>
    );
  }
  return (
    <Panel icon={FolderOpen} title="This folder is empty" line="Drop files here to upload them, or make something new.">
      <Button disabled={commands.noWrite !== null} onClick={() => commands.create("folder")}>New folder</Button>
      <Button disabled={commands.noWrite !== null} onClick={commands.uploadFiles}>Upload files</Button>
    </Panel>
  );
}

function SearchState({ server, pane }: { server: Server; pane: PaneModel }) {
  const { search } = pane;
  if (search === null) return null;
  const back = <Button onClick={() => stopSearch(pane.tab.id)}>Back to the folder</Button>;
  const withHidden = () => {
    changeSettings({ showsHidden: true });
    void startSearch(server.id, pane.tab.id, { ...wantedOf(search), hidden: true });
  };
  if (search.error !== null) {
    return (
      <Panel icon={TriangleAlert} title={failedTitle(search)} {...(isBadPattern(search) ? { error: { ...search.error, hint: PATTERN_HINT }, errorTitle: visibleText(search.content?.text ?? "", 200) } : { error: search.error })}>
        {back}
      </Panel>
    );
  }
  if (isLooking(search)) return <LoadingRows what="Searching" />;
  return (
    <Panel icon={SearchX} title={`Nothing found for “${visibleText(search.content?.text ?? search.name, 60)}”`} line={nothingWords(search)}>
      {!search.hidden && <Button onClick={withHidden}>Search hidden files too</Button>}
      {back}
    </Panel>
  );
}

function CannotRead({ error, server, shell, path, commands }: { error: ErrorBody; server: Server; shell: Shell; path: string; commands: Commands }) {
  const retry = (look: "primary" | "plain") => (
    <Button look={look} icon={<RotateCw size={14} strokeWidth={1.75} />} onClick={commands.reload}>
      Try again
    </Button>
  );
  const up = path !== "/" && <Button onClick={commands.up}>Go to {folderName(parentOf(path))}</Button>;
  if (NO_SFTP.has(error.code)) {
    return (
      <Panel icon={PackageX} title="This server has no SFTP" line="Files are read over SFTP, which its SSH server does not offer. With OpenSSH, enable “Subsystem sftp” in sshd_config; with Dropbear, install an sftp-server.">
        <Button onClick={() => commands.terminal("/")}>Open a terminal</Button>
        {retry("primary")}
      </Panel>
    );
  }
  if (error.code === "permissionDenied") {
    return (
      <Panel icon={Lock} title={`${server.user} may not look into ${folderName(path)}`} line={visibleText(error.message, 300)}>
        {isLimited(server) && (
          <Button look="primary" icon={<Shield size={14} strokeWidth={1.75} />} onClick={() => shell.becomeAdministrator(server.id)}>
            Turn on administrator access
          </Button>
        )}
        {retry(isLimited(server) ? "plain" : "primary")}
        {up}
      </Panel>
    );
  }
  if (error.code === "noSuchFile" || error.code === "notAFolder") {
    return (
      <Panel icon={FolderX} title={error.code === "noSuchFile" ? "This folder is not there" : "This is not a folder"} line={visibleText(path, 300)}>
        {retry("primary")}
        {up}
      </Panel>
    );
  }
  return (
    <Panel icon={TriangleAlert} title={`${folderName(path)} could not be read`} error={error}>
      {retry("primary")}
      {up}
    </Panel>
  );
}

function NotConnected({ server, shell }: { server: Server; shell: Shell }) {
  return (
    <ConnectPanel name={server.name} line="Its files can be seen once it is connected." {...useConnecting(server)}>
      {server.kind === "ssh" && <Button onClick={() => shell.editServer(server.id)}>Edit server</Button>}
    </ConnectPanel>
  );
}

interface PanelProps {
  icon: typeof Plug;
  title: string;
  line?: string;
  error?: ErrorBody | null;
  /** In place of the words for the kind of error. */
  errorTitle?: string;
  isLate?: boolean;
  children?: ReactNode;
}

export function Panel({ icon: Glyph, title, line, error = null, errorTitle, isLate = false, children }: PanelProps) {
  return (
    <div className={`grid min-h-full place-items-center p-6 ${isLate ? "animate-late" : "animate-fade"}`}>
      <div className="flex w-full max-w-105 flex-col items-center gap-1 text-center">
        <Glyph size={32} strokeWidth={1.25} className="mb-2 text-ink-faint" aria-hidden="true" />
        <h3 className="text-title font-semibold [overflow-wrap:anywhere]">{title}</h3>
        {line !== undefined && <p className="text-ink-soft [overflow-wrap:anywhere]">{line}</p>}
        {error !== null && (
          <div className="mt-4 w-full text-left">
            <ErrorNotice {...describeError(error)} {...(errorTitle === undefined ? {} : { title: errorTitle })} isAlert />
          </div>
        )}
        {children !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
      </div>
    </div>
  );
}
