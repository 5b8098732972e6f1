// What would be saved, beside what was opened.
import { GitCompareArrows } from "lucide-react";
import { Button } from "../../kit/Button";
import { DiffView } from "../../kit/code/DiffView";
import { changeFile, type OpenFile } from "./documents";
import { PanelBar } from "./PanelBar";
import { saveFile } from "./saving";
import { sessionOf } from "./sessions";

export function ReviewPanel({ file, onDone }: { file: OpenFile; onDone: () => void }) {
  const session = sessionOf(file.id);
  if (session === undefined) return null;
  const before = session.base.doc.toString();
  const after = session.view.state.doc.toString();
  const back = () => {
    changeFile(file.id, { panel: null });
    onDone();
  };
  return (
    <div className="flex h-full flex-col">
      <PanelBar icon={GitCompareArrows} title="Changes" line={before === after ? "The text is the same; the encoding or the line ends differ." : "What is saved, beside what was opened."}>
        <Button onClick={back}>Back to the text</Button>
        <Button look="primary" isBusy={file.isSaving} disabled={!file.isDirty} onClick={() => void saveFile(file.id).then((isSaved) => isSaved && onDone())}>
          Save
        </Button>
      </PanelBar>
      <div className="min-h-0 grow">
        <DiffView before={before} after={after} beforeLabel="As opened" afterLabel="Now" language={file.language} />
      </div>
    </div>
  );
}
