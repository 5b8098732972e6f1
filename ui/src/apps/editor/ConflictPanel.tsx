// Someone else has saved the file meanwhile: theirs, mine and what each changed, and the ways out of it.
import { GitMerge, TriangleAlert } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { asErrorBody } from "../../api/client";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { ChoiceGroup } from "../../kit/ChoiceGroup";
import { DiffView } from "../../kit/code/DiffView";
import { changeFile, type OpenFile } from "./documents";
import { PanelBar } from "./PanelBar";
import { PanelWaits } from "./PanelWaits";
import { readTheirs, saveFile, takeMerged, takeTheirs, type Theirs } from "./saving";
import { sessionOf } from "./sessions";

type Found = { kind: "loading" } | { kind: "failed"; error: ErrorBody } | { kind: "gone" } | { kind: "large" } | { kind: "here"; theirs: Theirs };
type Look = "both" | "mine" | "theirs";

const LOOKS: readonly { value: Look; label: string }[] = [
  { value: "both", label: "Theirs and mine" },
  { value: "mine", label: "What I changed" },
  { value: "theirs", label: "What they changed" },
];

export function ConflictPanel({ file, onDone }: { file: OpenFile; onDone: () => void }) {
  const [found, setFound] = useState<Found>({ kind: "loading" });
  const [look, setLook] = useState<Look>("both");
  const [merged, setMerged] = useState<string | null>(null);
  const session = sessionOf(file.id);

  const read = (stop: AbortController) => {
    readTheirs(file.id, stop.signal).then(
      (theirs) => setFound(theirs === null ? { kind: "large" } : { kind: "here", theirs }),
      (thrown: unknown) => {
        if (stop.signal.aborted) return;
        const error = asErrorBody(thrown);
        setFound(error.code === "noSuchFile" ? { kind: "gone" } : { kind: "failed", error });
      },
    );
  };
  const readFirst = useEffectEvent(read);
  useEffect(() => {
    const stop = new AbortController();
    readFirst(stop);
    return () => stop.abort();
  }, []);

  if (session === undefined) return null;
  const base = session.base.doc.toString();
  const mine = session.view.state.doc.toString();
  const back = () => {
    changeFile(file.id, { panel: null });
    onDone();
  };
  const save = (version: string | null) => void saveFile(file.id, { version, isForced: version === null && found.kind !== "gone" }).then((isSaved) => isSaved && onDone());

  if (found.kind === "loading" || found.kind === "failed") {
    const again = () => {
      setFound({ kind: "loading" });
      read(new AbortController());
    };
    return <PanelWaits error={found.kind === "failed" ? found.error : null} onAgain={again} onBack={back} />;
  }
  if (found.kind !== "here") {
    const isGone = found.kind === "gone";
    return (
      <PanelBar
        icon={TriangleAlert}
        tone="warn"
        title={isGone ? "The file is no longer there" : "The file has grown too large to compare"}
        line={isGone ? "Someone removed or renamed it since it was opened. Your text is still here." : "Someone else has written to it. Your text is still here."}
      >
        <Button onClick={back}>Back to the text</Button>
        <Button look={isGone ? "primary" : "danger"} isBusy={file.isSaving} onClick={() => save(null)}>
          {isGone ? "Create the file again" : "Save mine over it"}
        </Button>
      </PanelBar>
    );
  }

  const { theirs } = found;
  const lines = { both: [theirs.text, mine, "On the server", "Mine"], mine: [base, mine, "As opened", "Mine"], theirs: [base, theirs.text, "As opened", "On the server"] } as const;
  const [before, after, beforeLabel, afterLabel] = lines[look].map((text) => text.replaceAll(/\r\n?/g, "\n"));
  return (
    <div className="flex h-full flex-col">
      <PanelBar
        icon={merged === null ? TriangleAlert : GitMerge}
        tone={merged === null ? "warn" : "plain"}
        title={merged === null ? "The file has changed on the server" : "Merge by hand"}
        line={merged === null ? "Someone else saved it after you opened it. Nothing is lost: choose what is kept." : "Edit your text at the right; an arrow takes a piece over from the server's. Then go on and save."}
      >
        {merged === null ? (
          <>
            <Button onClick={back}>Back to the text</Button>
            <Button
              onClick={() => {
                setLook("both");
                setMerged(mine);
              }}
            >
              Merge by hand
            </Button>
            <Button onClick={() => void takeTheirs(file.id, theirs).then(onDone)}>Take the server's</Button>
            <Button look="danger" isBusy={file.isSaving} onClick={() => save(theirs.version)}>
              Save mine over it
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setMerged(null)}>Cancel</Button>
            <Button
              look="primary"
              onClick={() => {
                takeMerged(file.id, merged, theirs);
                onDone();
              }}
            >
              Use the merged text
            </Button>
          </>
        )}
      </PanelBar>
      {merged === null && (
        <div className="shrink-0 border-b border-line bg-window px-3 py-2 [&_legend]:sr-only">
          <ChoiceGroup legend="What is compared" choices={LOOKS} value={look} onChange={setLook} />
        </div>
      )}
      <div className="min-h-0 grow">
        <DiffView
          key={merged === null ? look : "merge"}
          before={before ?? ""}
          after={after ?? ""}
          beforeLabel={beforeLabel ?? ""}
          afterLabel={afterLabel ?? ""}
          language={file.language}
          {...(merged === null ? {} : { onMerge: setMerged })}
        />
      </div>
    </div>
  );
}
