// Fills an app that the server's profile does not grant: which permission is missing, and where it is changed.
import { ShieldOff } from "lucide-react";
import { Button } from "./Button";
import { CentrePanel } from "./CentrePanel";

export interface NotGrantedProps {
  line: string;
  /** Left out where the permissions cannot be changed. */
  onEdit?: () => void;
}

export function NotGranted({ line, onEdit }: NotGrantedProps) {
  return (
    <CentrePanel icon={ShieldOff} title="Not granted" line={line}>
      {onEdit !== undefined && <Button onClick={onEdit}>Edit server</Button>}
    </CentrePanel>
  );
}
