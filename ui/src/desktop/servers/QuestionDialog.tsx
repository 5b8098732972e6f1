// The question a connecting server asks; it stays until it is answered, and cancelling is an answer too.
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { answerQuestion } from "../../api/servers";
import type { Answer, ErrorBody, Question, Server } from "../../api/types";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { HostKeyDialog } from "./HostKeyDialog";
import { PromptsDialog } from "./PromptsDialog";
import { RunAsRootDialog } from "./RunAsRootDialog";
import { SecretDialog } from "./SecretDialog";

export interface QuestionProps<Asked extends Question> {
  server: Server;
  question: Asked;
  isBusy: boolean;
  /** What went wrong with the answer, to be shown above the buttons. */
  failure: React.ReactNode;
  onAnswer: (answer: Answer) => void;
}

/** To be keyed by the question's id, so that nothing typed for one question is left in the next. */
export function QuestionDialog({ server, question }: { server: Server; question: Question }) {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);

  const send = async (answer: Answer) => {
    setIsBusy(true);
    setError(null);
    try {
      await answerQuestion(server.id, question.id, answer);
    } catch (thrown) {
      setError(asErrorBody(thrown));
      setIsBusy(false);
    }
  };
  const rest = {
    server,
    isBusy,
    failure: error === null ? null : <ErrorNotice {...describeError(error)} isAlert />,
    onAnswer: (answer: Answer) => void send(answer),
  };
  switch (question.kind) {
    case "hostKey":
      return <HostKeyDialog question={question} {...rest} />;
    case "password":
    case "passphrase":
      return <SecretDialog question={question} {...rest} />;
    case "prompts":
      return <PromptsDialog question={question} {...rest} />;
    case "runAsRoot":
      return <RunAsRootDialog question={question} {...rest} />;
  }
}
