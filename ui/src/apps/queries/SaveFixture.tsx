// Saves what the server printed as the files of a fixture, for a bug report or a test: without secrets, names and addresses.
import { FileDown } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { fixtureOf } from "../../api/readings";
import type { ErrorBody, Fixture, Reading } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { fixtureSummary } from "./fixtureSummary";

export function SaveFixture({ reading }: { reading: Reading<unknown> }) {
  const [isBusy, setBusy] = useState(false);
  const [saved, setSaved] = useState<Fixture | null>(null);
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const save = async () => {
    setBusy(true);
    setSaved(null);
    setFailure(null);
    try {
      const fixture = await fixtureOf(reading);
      for (const file of fixture.files) download(file.name, file.content);
      setSaved(fixture);
    } catch (thrown) {
      setFailure(asErrorBody(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="mt-2 flex flex-col items-start gap-1">
      <Button look="quiet" icon={<FileDown size={14} strokeWidth={1.75} />} isBusy={isBusy} onClick={() => void save()}>
        Save as fixture
      </Button>
      <p role="status" className="text-small text-ink-soft empty:hidden">
        {saved !== null && fixtureSummary(saved)}
      </p>
      {failure !== null && <ErrorNotice {...describeError(failure)} isAlert />}
    </div>
  );
}

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
