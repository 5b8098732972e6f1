// An output that no parser understood: that it is so, what a language model could do about it, and the output itself.
import { Bot, ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";
import { describeError } from "../../api/errors";
import { modelAt, modelName, whatItGets } from "../../api/modelWords";
import type { ByModel, ErrorBody, Reading, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { OutputBlock } from "../../kit/MachineText";
import { sentence } from "../../lib/sentence";
import { visibleText } from "../../lib/visibleText";
import { Printed } from "./Printed";
import { hasOutput, type ModelReading } from "./useModelReading";

export interface NotUnderstoodProps {
  server: Server;
  error: ErrorBody;
  reading: Reading<unknown>;
  byModel: ModelReading;
  onOpenSettings: () => void;
}

export function NotUnderstood({ server, error, reading, byModel, onOpenSettings }: NotUnderstoodProps) {
  return (
    <div className="flex min-h-0 grow flex-col gap-4 p-4 @large:overflow-y-auto">
      {/* The command stands beside it, and the output below. */}
      <ErrorNotice {...describeError(error)} message={sentence(error.message)} hint={null} command={null} isAlert />
      <Model server={server} reading={reading} byModel={byModel} onOpenSettings={onOpenSettings} />
      {byModel.error !== null && <ErrorNotice {...describeError(byModel.error)} isAlert />}
      <Printed raw={reading.raw} />
    </div>
  );
}

function Model({ server, reading, byModel, onOpenSettings }: Omit<NotUnderstoodProps, "error">) {
  const { model } = reading;
  if (model?.state === "offered") return <Offer offer={model} byModel={byModel} />;
  if (model?.state === "failed") return <Failure failure={model} byModel={byModel} />;
  if (!hasOutput(reading)) return null;
  const isNever = server.modelConsent === "never";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-soft">
      <Bot size={16} strokeWidth={1.75} className="shrink-0 text-ink-faint" aria-hidden="true" />
      <p>{isNever ? "No language model may read what this server prints." : "A language model could try to read it."}</p>
      <Button onClick={onOpenSettings}>{isNever ? "Open the settings" : "Choose a language model"}</Button>
    </div>
  );
}

function Offer({ offer, byModel }: { offer: Extract<ByModel, { state: "offered" }>; byModel: ModelReading }) {
  const isBusy = byModel.doing !== null;
  return (
    <Panel title="A language model can try to read it">
      <p className="text-ink-soft">
        <span className="text-ink">{modelAt(offer.model)}</span> can try to read it. {whatItGets(offer)}
      </p>
      {offer.text !== null && (
        <details className="group/sent mt-2">
          <summary className="flex w-fit list-none items-center gap-1 rounded-control font-medium text-accent-ink max-wide:min-h-11 [&::-webkit-details-marker]:hidden">
            <ChevronRight size={15} strokeWidth={2} className="shrink-0 transition-transform duration-120 group-open/sent:rotate-90" aria-hidden="true" />
            Show what would be sent
          </summary>
          <OutputBlock label="What would be sent" text={offer.text} className="[&>pre]:max-h-60" />
        </details>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button look="primary" isBusy={isBusy} onClick={byModel.askOnce}>
          Ask this once
        </Button>
        <Button isBusy={isBusy} onClick={() => byModel.consent("always")}>
          Always for this server
        </Button>
        <Button isBusy={isBusy} onClick={() => byModel.consent("never")}>
          Never for this server
        </Button>
      </div>
      <Waiting model={offer} byModel={byModel} />
    </Panel>
  );
}

function Failure({ failure, byModel }: { failure: Extract<ByModel, { state: "failed" }>; byModel: ModelReading }) {
  const [isAgain, setIsAgain] = useState(false);
  const tryAgain = () => {
    setIsAgain(true);
    byModel.askOnce();
  };
  return (
    <Panel title={`${modelName(failure.model)} could not read it either`}>
      <p className="text-ink-soft">
        <bdi>{sentence(visibleText(failure.detail, 600))}</bdi>
      </p>
      {failure.isFinal ? (
        <p className="mt-1 text-small text-ink-faint">It had this very output, which is not sent to it again.</p>
      ) : (
        <Button className="mt-3" isBusy={byModel.doing !== null} onClick={tryAgain}>
          Try again
        </Button>
      )}
      <Waiting model={failure} byModel={byModel} {...(isAgain ? { afterwards: "It was tried again, and it is no better." } : {})} />
    </Panel>
  );
}

/** What is waited for; a model may take a minute. */
function Waiting({ model: { model }, byModel, afterwards = "" }: { model: Extract<ByModel, { state: "offered" | "failed" }>; byModel: ModelReading; afterwards?: string }) {
  const isReading = byModel.doing === "once" || byModel.doing === "always";
  const said = isReading ? `${modelName(model)} is reading it. This can take a minute.` : byModel.doing === null ? afterwards : "";
  return (
    <p role="status" className={said === "" ? "sr-only" : "mt-2 text-small text-ink-faint"}>
      {said}
    </p>
  );
}

function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex gap-2.5 rounded-card border border-line bg-card px-3 py-2.5">
      <Bot size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-info" aria-hidden="true" />
      <div className="min-w-0 grow [overflow-wrap:anywhere]">
        <h3 className="font-semibold">{title}</h3>
        {children}
      </div>
    </section>
  );
}
