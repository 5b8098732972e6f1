// What every view is given: the file, and what it may ask of the app.
import type { Kind } from "./kinds";

export interface ViewProps {
  server: string;
  path: string;
  /** Changes with the file. */
  version: number | null;
  sizeBytes: number;
  /** It can only be read from its beginning to its end. */
  isUnsized: boolean;
  onKind: (kind: Kind) => void;
  onOpen: (path: string) => void;
}
