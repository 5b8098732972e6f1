// Stands in a window whose app has failed: the other windows go on, and this one can be opened anew.
import { TriangleAlert } from "lucide-react";
import { forgetUnshown } from "../api/cache";
import { Button } from "../kit/Button";
import { CentrePanel } from "../kit/CentrePanel";
import { visibleText } from "../lib/visibleText";

export interface WindowFaultProps {
  /** The app's title. */
  app: string;
  fault: string;
  onAgain: () => void;
}

export function WindowFault({ app, fault, onAgain }: WindowFaultProps) {
  return (
    <div role="alert" className="h-full bg-card">
      <CentrePanel
        icon={TriangleAlert}
        title={`${app} has failed in this window`}
        line="This is a mistake in HeadlessOS. Other windows go on."
        content={
          <code className="block max-h-40 overflow-y-auto rounded-control bg-sunken px-2.5 py-2 text-mono select-text [overflow-wrap:anywhere]" tabIndex={0} role="group" aria-label="What failed">
            <bdi>{visibleText(fault, 600)}</bdi>
          </code>
        }
      >
        <Button
          look="primary"
          onClick={() => {
            // It may have failed over what is kept of an answer.
            forgetUnshown();
            onAgain();
          }}
        >
          Open it again
        </Button>
      </CentrePanel>
    </div>
  );
}
