// What the desktop knows of an app: its name, its icon, its size and the component that fills its window.
import type { ComponentType } from "react";
import type { Server } from "../api/types";

/** What an app may ask of the desktop. */
export interface Shell {
  addServer: () => void;
  editServer: (id: string) => void;
  /** Asks first. */
  removeServer: (id: string) => void;
  /** Goes to the server's workspace and connects it where it is not connected. */
  openServer: (id: string) => void;
}

export interface AppProps {
  /** The server of the workspace the window is in. */
  server: Server;
  shell: Shell;
}

export interface AppManifest {
  id: string;
  title: string;
  /** What it is for, in a few words; found by search. */
  summary: string;
  Icon: ComponentType<{ size: number }>;
  /** The size of a new window, in CSS pixels. */
  size: { width: number; height: number };
  Component: ComponentType<AppProps>;
}
