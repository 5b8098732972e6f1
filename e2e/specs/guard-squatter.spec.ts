// Another program takes the port of one that has ended, while a page of that is still open: the page asks it who it is, without its cookie, and believes and tells it nothing.
import { createServer, type IncomingHttpHeaders } from "node:http";
import { once } from "node:events";
import { startProgram } from "../support/program.ts";
import { expect, test } from "../support/test.ts";

test.use({ expectedErrors: [/Failed to load resource|WebSocket connection/] });

interface Asked {
  what: string;
  headers: IncomingHttpHeaders;
}

test("a page that was left open tells another program nothing", async ({ desktop, program }) => {
  const { page } = desktop;
  // It is known by now who the program is.
  await expect(desktop.window(/^Dashboard/)).toBeVisible();
  await program.end();
  const asked: Asked[] = [];
  const squatter = createServer((request, response) => {
    asked.push({ what: `${request.method} ${request.url}`, headers: request.headers });
    // As the program would answer, as far as one can know.
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ proof: "0".repeat(64), key: "0".repeat(64), version: "1", servers: [] }));
  });
  squatter.on("upgrade", (request, socket) => {
    asked.push({ what: `socket ${request.url}`, headers: request.headers });
    socket.destroy();
  });
  squatter.listen(program.port, "127.0.0.1");
  await once(squatter, "listening");
  try {
    await expect(page.getByRole("heading", { name: "This page has no session" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText("This computer");
    expect(asked.map(({ what }) => what)).toEqual(["POST /api/session/proof"]);
    expect(asked[0]?.headers.cookie).toBeUndefined();
    const refused = await page.evaluate(async () => {
      // What the page's own code would send goes the same way; this request does not, and shows what would have come along.
      await fetch("/api/status");
      return true;
    });
    expect(refused).toBe(true);
    expect(asked.at(-1)?.headers.cookie).toContain(`headlessos_${program.port}=`);
  } finally {
    squatter.closeAllConnections();
    squatter.close();
    await once(squatter, "close");
  }
  // The cookie that another program could have got opens nothing of the next run.
  const again = await startProgram(program.folder, program.port);
  try {
    const status = await page.evaluate(async () => (await fetch("/api/status")).status);
    expect(status).toBe(401);
    const other = await page.context().newPage();
    await other.goto(again.launchUrl);
    await other.locator("nav[aria-label=Taskbar]").waitFor();
    // By its element: behind the question about root it has no role.
    await expect(page.locator("nav[aria-label=Taskbar]")).toBeVisible();
    await other.close();
  } finally {
    await page.goto("about:blank");
    await again.end();
  }
});
