// The Text Editor: the open files of one server in tabs; they stay open while the window is hidden, and what is not saved stays a draft.
import { FileX } from "lucide-react";
import { useEffect, useEffectEvent, useId, useRef } from "react";
import { isLimited } from "../../api/administrator";
import { describeError } from "../../api/errors";
import { useHome } from "../../api/files";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Skeleton } from "../../kit/Skeleton";
import { useIsPhone } from "../../kit/useIsPhone";
import { onWindowClose } from "../../lib/closeRequest";
import { parentOf } from "../../lib/remotePath";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";
import { AppDialogs } from "./AppDialogs";
import { CodeHost } from "./CodeHost";
import { ConflictPanel } from "./ConflictPanel";
import { showFile, useDocuments, type OpenFile } from "./documents";
import { EmptyState } from "./EmptyState";
import { meaningOf } from "./keys";
import { LargeView } from "./LargeView";
import { Notices } from "./Notices";
import { createFile, loadFile, openFile } from "./opening";
import { takeRequests, useRequests } from "./requests";
import { ReviewPanel } from "./ReviewPanel";
import { StatusBar } from "./StatusBar";
import { TabStrip } from "./TabStrip";
import { Toolbar } from "./Toolbar";
import { useCommands } from "./useCommands";
import { VersionsPanel } from "./VersionsPanel";

export function EditorApp({ server, shell }: AppProps) {
  const root = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const isPhone = useIsPhone();
  const all = useDocuments((state) => state.files);
  const activeId = useDocuments((state) => state.active[server.id]);
  const requests = useRequests((state) => state.waiting);
  const files = all.filter((file) => file.server === server.id);
  const file = files.find((each) => each.id === activeId) ?? null;
  const isConnected = server.state.status === "connected";
  const { home } = useHome(server.id, isConnected);
  const commands = useCommands(server.id, files, file);

  /** The last request for the focus that a text has taken. */
  const given = useRef(0);
  const claimsFocus = (request: number) => {
    if (given.current === request) return false;
    given.current = request;
    return true;
  };

  const takeFocus = useEffectEvent(commands.takeFocus);
  useEffect(() => {
    for (const { path, line } of requests.some((request) => request.server === server.id) ? takeRequests(server.id) : []) void openFile(server.id, path, line).then(takeFocus);
  }, [server.id, requests]);

  // What could not be read without a connection is read once there is one.
  const waiting = files.filter(({ phase }) => phase.kind === "failed" && ["notConnected", "lost", "offline"].includes(phase.error.code));
  const readWaiting = useEffectEvent(() => waiting.forEach(({ id }) => void loadFile(id)));
  useEffect(() => {
    if (isConnected) readWaiting();
  }, [isConnected]);

  const onClose = useEffectEvent(commands.closeWindow);
  useEffect(() => {
    const element = root.current;
    if (element === null) return undefined;
    const frame = element.closest<HTMLElement>("[data-window]");
    const onFocus = (event: FocusEvent) => event.target === frame && takeFocus();
    frame?.addEventListener("focus", onFocus);
    if (document.activeElement === frame) takeFocus();
    const stop = onWindowClose(element, (hold, close) => onClose(hold, close));
    return () => {
      frame?.removeEventListener("focus", onFocus);
      stop();
    };
  }, []);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const meaning = event.getModifierState("AltGraph") ? null : meaningOf(event);
    if (meaning === null) return;
    event.preventDefault();
    event.stopPropagation();
    commands.run(meaning);
  });
  useEffect(() => {
    const element = root.current;
    const listener = (event: KeyboardEvent) => onKey(event);
    element?.addEventListener("keydown", listener, true);
    return () => element?.removeEventListener("keydown", listener, true);
  }, []);

  const idOf = ({ id }: OpenFile) => ({ tab: `${idBase}tab${id}`, panel: `${idBase}panel${id}` });
  const placeOfFocus = () => root.current?.querySelector<HTMLElement>(".cm-content") ?? root.current?.querySelector<HTMLElement>("[role=tabpanel]") ?? null;
  const view = () => file !== null && shell.openFile(server.id, file.path, "view");
  return (
    <div ref={root} className="flex h-full flex-col bg-window">
      <div className="flex shrink-0 items-center border-b border-line px-1.5 py-1">
        <TabStrip
          files={files}
          active={file}
          idOf={idOf}
          onShow={(shown, takes) => {
            showFile(shown);
            if (takes) commands.takeFocus();
          }}
          onClose={commands.close}
        />
        <Toolbar file={file} isPhone={isPhone} onCommand={commands.run} onView={view} onFolder={() => file !== null && shell.openFolder(server.id, parentOf(file.path))} />
      </div>
      {file === null ? (
        <div className="min-h-0 grow">
          <EmptyState server={server} shell={shell} onOpen={(path) => void openFile(server.id, path).then(commands.takeFocus)} />
        </div>
      ) : (
        <>
          {file.phase.kind === "ready" && file.panel === null && <Notices file={file} server={server} shell={shell} onView={view} onDone={commands.takeFocus} />}
          <div key={file.id} id={idOf(file).panel} role="tabpanel" aria-labelledby={idOf(file).tab} tabIndex={-1} className="min-h-0 grow outline-none">
            {(file.phase.kind !== "ready" || file.panel !== null) && <FocusKeeper key={`${file.phase.kind} ${file.panel} ${commands.focusRequests}`} panel={idOf(file).panel} />}
            {file.phase.kind === "loading" && <Loading />}
            {file.phase.kind === "failed" && <Failed file={file} server={server} shell={shell} onDone={commands.takeFocus} onClose={() => commands.close(file)} />}
            {file.phase.kind === "large" && <LargeView file={file} target={commands.target} onGoTo={() => commands.run("goTo")} onView={view} />}
            {file.phase.kind === "ready" && file.panel === "review" && <ReviewPanel file={file} onDone={commands.takeFocus} />}
            {file.phase.kind === "ready" && file.panel === "conflict" && <ConflictPanel file={file} onDone={commands.takeFocus} />}
            {file.phase.kind === "ready" && file.panel === "versions" && <VersionsPanel file={file} onDone={commands.takeFocus} />}
            {file.phase.kind === "ready" && file.panel === null && <CodeHost id={file.id} askedLine={file.askedLine} focusRequests={commands.focusRequests} claimsFocus={claimsFocus} />}
          </div>
          {file.phase.kind === "ready" && file.panel === null && (
            <StatusBar file={file} onGoTo={() => commands.run("goTo")} onPick={commands.pick} onLineEnd={commands.setLineEnd} onIndent={commands.setIndent} />
          )}
        </>
      )}
      <AppDialogs server={server.id} commands={commands} file={file} home={home?.path ?? "/"} placeOfFocus={placeOfFocus} />
    </div>
  );
}

/** Where there is no text to take the focus, what is in its place takes it, so that the keys go on working. */
function FocusKeeper({ panel }: { panel: string }) {
  useEffect(() => {
    const active = document.activeElement;
    const isLost = active === null || active === document.body || active.closest("[data-window]") === active;
    if (isLost) document.getElementById(panel)?.focus({ preventScroll: true });
  }, [panel]);
  return null;
}

function Loading() {
  return (
    <div className="flex h-full flex-col gap-2.5 bg-card p-4">
      {["w-72", "w-96", "w-60", "w-80", "w-40", "w-88"].map((width) => (
        <Skeleton key={width} className={`h-3 ${width}`} />
      ))}
    </div>
  );
}

function Failed({ file, server, shell, onDone, onClose }: { file: OpenFile; onDone: () => void; onClose: () => void } & AppProps) {
  if (file.phase.kind !== "failed") return null;
  const { error } = file.phase;
  const canCreate = error.code === "noSuchFile";
  return (
    <CentrePanel
      icon={FileX}
      title={canCreate ? "There is no such file" : "The file could not be opened"}
      line={<bdi className="font-mono text-mono">{visibleText(file.path, 400)}</bdi>}
      {...(canCreate ? {} : { content: <ErrorNotice {...describeError(error)} isAlert /> })}
    >
      <Button onClick={onClose}>Close</Button>
      <Button look={canCreate ? "plain" : "primary"} onClick={() => void loadFile(file.id).then(onDone)}>
        Try again
      </Button>
      {error.code === "permissionDenied" && isLimited(server) && (
        <Button look="primary" onClick={() => shell.becomeAdministrator(server.id, () => void loadFile(file.id).then(onDone))}>
          Turn on administrator access
        </Button>
      )}
      {canCreate && (
        <Button look="primary" onClick={() => void createFile(file.id).then(onDone)}>
          Create it
        </Button>
      )}
    </CentrePanel>
  );
}
