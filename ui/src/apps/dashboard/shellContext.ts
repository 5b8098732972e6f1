// What the desktop can do, for the cards, however deep they are.
import { createContext } from "react";
import type { Shell } from "../manifest";

export const ShellContext = createContext<Shell | null>(null);
