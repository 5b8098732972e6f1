// A PDF: its pages, or why they cannot be shown and what else can be done with the file.
import { FileText, FileWarning, Lock } from "lucide-react";
import { useState, type FormEvent } from "react";
import { describeError } from "../../../api/errors";
import { usePdf } from "../../../api/usePdf";
import { Button } from "../../../kit/Button";
import { CentrePanel } from "../../../kit/CentrePanel";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { Field } from "../../../kit/Field";
import { formatBytes } from "../../../lib/bytes";
import { DownloadLink } from "../DownloadLink";
import type { ViewProps } from "../view";
import { PdfDocument } from "./PdfDocument";
import { SheetSkeleton } from "./SheetSkeleton";

export function PdfView(view: ViewProps) {
  const { server, path, sizeBytes } = view;
  const { state, error, retry } = usePdf(server, path, sizeBytes);
  const otherwise = (
    <>
      <Button onClick={() => view.onKind("hex")}>Show the bytes</Button>
      <DownloadLink server={server} path={path} look="primary" />
    </>
  );
  const notice = error !== null && (
    <div className="shrink-0 p-2">
      <ErrorNotice {...describeError(error)} isAlert>
        <Button onClick={retry}>Try again</Button>
      </ErrorNotice>
    </div>
  );
  switch (state.phase) {
    case "opening":
      return error === null ? <SheetSkeleton /> : notice;
    case "tooLarge":
      return (
        <CentrePanel icon={FileText} title="The PDF is too large to be shown" line={`It has ${formatBytes(sizeBytes)}, more than a page of the browser should hold.`}>
          {otherwise}
        </CentrePanel>
      );
    case "damaged":
      return (
        <CentrePanel icon={FileWarning} title="The PDF cannot be shown" line="It is damaged, not complete, or not a PDF inside.">
          {otherwise}
        </CentrePanel>
      );
    case "password":
      return <Password isWrong={state.isWrong} onAnswer={state.answer} />;
    case "open":
      return (
        <div className="flex h-full flex-col">
          {notice}
          <PdfDocument pdf={state.pdf} />
        </div>
      );
  }
}

function Password({ isWrong, onAnswer }: { isWrong: boolean; onAnswer: (password: string) => void }) {
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== "") onAnswer(typed);
  };
  return (
    <CentrePanel
      icon={Lock}
      title="The PDF needs a password"
      line="It is used to open the file in this page, and kept nowhere."
      content={
        <form onSubmit={submit} className="mx-auto flex w-full max-w-70 flex-col gap-3">
          <Field
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the view has nothing else to do, and was asked for just now
            autoFocus
            label="Password"
            isConcealed
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            mistake={isWrong && typed === "" ? "This is not the password." : null}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button look="primary" type="submit" disabled={typed === ""}>
            Open
          </Button>
        </form>
      }
    />
  );
}
