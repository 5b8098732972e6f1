// The ground of a terminal, for the element around it; the stylesheet finds it by its name.
import type { CSSProperties } from "react";
import type { Scheme } from "./schemes";

declare module "react" {
  interface CSSProperties {
    "--terminal-ground"?: string;
  }
}

export function groundOf({ background }: Pick<Scheme, "background">): CSSProperties {
  return { background, "--terminal-ground": background };
}
