// The lines of two texts with their differences; a file of its own, since it brings the editor's code along.
import { DiffView } from "../../../kit/code/DiffView";
import { languageOf } from "../../../kit/code/languageOf";

export interface TextDiffProps {
  /** Says the language. */
  name: string;
  there: string;
  fresh: string;
}

export function TextDiff({ name, there, fresh }: TextDiffProps) {
  return <DiffView before={there} after={fresh} beforeLabel="There" afterLabel="New" language={languageOf(`/${name}`, there.slice(0, 500).split("\n", 1)[0] ?? "")} />;
}
