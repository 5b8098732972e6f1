// Starts the desktop once its code is here; what index.html paints stays until there is something to put in its place.
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { watchPresence } from "./api/presence";
import { queryClient } from "./api/cache";
import { loadPreferences } from "./api/preferences";
import { hasServers } from "./api/servers";
import { startProgram, useProgram } from "./api/program";
import type { SessionResult } from "./api/session";

/** Called once, with the session that is being opened. */
export async function start(opening: Promise<SessionResult>): Promise<void> {
  void startProgram(opening);
  useProgram.subscribe(({ phase }, before) => {
    if (phase === "ready" && before.phase !== "ready") void loadPreferences();
  });
  watchPresence();
  await firstWord();
  const root = document.getElementById("root");
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <Tooltip.Provider>
          <QueryClientProvider client={queryClient}>
            <App />
          </QueryClientProvider>
        </Tooltip.Provider>
      </CSPProvider>
    </StrictMode>,
  );
}

/** Until the servers are known, or it is known why they are not. */
function firstWord(): Promise<void> {
  const isKnown = () => {
    const { phase } = useProgram.getState();
    return hasServers() || (phase !== "starting" && phase !== "ready");
  };
  // A page that is to be locked knows it from the beginning.
  if (isKnown()) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (!isKnown()) return;
      stopProgram();
      stopServers();
      resolve();
    };
    const stopProgram = useProgram.subscribe(look);
    const stopServers = queryClient.getQueryCache().subscribe(look);
  });
}
