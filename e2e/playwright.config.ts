// How the tests run: one browser, the system's Chromium; the program and the lab come from the environment (support/places.ts).
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/places.ts";

export default defineConfig({
  testDir: "specs",
  globalSetup: "./support/announce.ts",
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    colorScheme: "dark",
    locale: "en-GB",
    actionTimeout: 15_000,
    // What moves makes every click wait until it rests.
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    // A trace doubles the time of a run; one test's is had by `npx playwright test --trace on --grep NAME`.
    trace: "off",
    launchOptions: {
      executablePath: chromium(),
      args: [
        // As root Chromium has no sandbox to use.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        // A name of another site that leads here, for the tests of the guard; no page leads elsewhere.
        "--host-resolver-rules=MAP *.example.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.*, EXCLUDE [::1], EXCLUDE ::1",
        // The browser itself would ask its maker about forms; this port is one that it refuses to talk to.
        "--autofill-server-url=http://127.0.0.1:9/",
      ],
    },
  },
});
