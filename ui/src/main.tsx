// Where the page begins: the styles, the providers, and the first word to the program.
import "./styles/base.css";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { queryClient } from "./api/cache";
import { loadPreferences } from "./api/preferences";
import { startProgram } from "./api/program";

void startProgram().then(loadPreferences);

const root = document.getElementById("root");
if (root !== null) {
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
