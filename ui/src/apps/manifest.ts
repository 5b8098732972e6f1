// What the desktop knows of an app: its name, its icon, its size and the component that fills its window.
import type { ComponentType } from "react";
import type { Server } from "../api/types";

/** What an app may ask of the desktop. */
export interface Shell {
  addServer: () => void;
  editServer: (id: string) => void;
  /** Asks first. */
  removeServer: (id: string) => void;
  /** Tests its connection step by step. */
  testServer: (id: string) => void;
  /** Shows how it is connected: key, algorithms, way, and what is weak or not applied. */
  showConnection: (id: string) => void;
  /** Asks for administrator access of the server; what is given is run once it is on. */
  becomeAdministrator: (id: string, retry?: () => void) => void;
  /** Goes to the server's workspace and connects it where it is not connected. */
  openServer: (id: string) => void;
  /** Goes to the server's workspace and opens a terminal there, in a folder of the server or at home. */
  openTerminal: (server: string, folder?: string) => void;
  /** Shows a file of the server in the viewer or the editor; which of them is up to its kind unless said. The editor goes to the line, which is counted from 1. */
  openFile: (server: string, path: string, how?: "edit" | "view", line?: number) => void;
  /** Shows a folder of the server in the File Explorer. */
  openFolder: (server: string, path: string) => void;
  openRecycleBin: (server: string) => void;
  /** Shows a query of the server in the Query Explorer, asked with these arguments. */
  openQuery: (server: string, query: string, args: unknown) => void;
  openSettings: () => void;
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
