// Another program takes the port of one that has ended, while a page of that is still open: the page asks it who it is, without its cookie, and believes and tells it nothing.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { FilesApp } from "../support/files.ts";
import { startProgram } from "../support/program.ts";
import { Squatter } from "../support/squatter.ts";
import { expect, test } from "../support/test.ts";

test.use({ expectedErrors: [/Failed to load resource|WebSocket connection/] });

/** More than one try, so that what is asked behind a first one is seen too. */
const TRIES = 3;
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const heading = (page: Page, name: string) => page.getByRole("heading", { name });
const another = (page: Page) => heading(page, "Another program answers here");
const notRunning = (page: Page) => page.getByRole("alert").filter({ hasText: "HeadlessOS is not running" });

/** It has been asked again, or told something. */
async function isAskedAgain(squatter: Squatter): Promise<void> {
  const before = squatter.proofs;
  await expect.poll(() => squatter.told.length > 0 || squatter.proofs >= before + TRIES, { timeout: 30_000 }).toBe(true);
}

test("a page that was left open tells another program nothing", async ({ desktop, program }) => {
  const { page } = desktop;
  // It is known by now who the program is.
  await expect(desktop.window(/^Dashboard/)).toBeVisible();
  await program.end();
  const squatter = await Squatter.on(program.port, "answers");
  try {
    await expect(another(page)).toBeVisible();
    await expect(page.locator("body")).not.toContainText("This computer");
    await expect(page).toHaveTitle("HeadlessOS");
    await isAskedAgain(squatter);
    expect(squatter.told).toEqual([]);
    const refused = await page.evaluate(async () => {
      // What the page's own code would send goes the same way; this request does not, and shows what would have come along.
      await fetch("/api/status");
      return true;
    });
    expect(refused).toBe(true);
    const shown = squatter.asked.find(({ what }) => what === "GET /api/status");
    expect(shown?.headers.cookie).toContain(`headlessos_${program.port}=`);
  } finally {
    await squatter.leave();
  }
  // The cookie that another program could have got opens nothing of the next run.
  const again = await startProgram(program.folder, program.port);
  try {
    // The next run is known again, and does not know this page yet.
    await expect(heading(page, "This page has no session")).toBeVisible();
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

for (const [behaviour, shown] of [
  ["hangsUp", notRunning],
  ["silent", notRunning],
] as const) {
  test.describe(`one that ${behaviour}`, () => {
    test.use({ usesThisComputer: true });

    test("is told nothing by a window with pictures either", async ({ desktop, program }) => {
      const folder = join(program.folder, "home", "pictures");
      mkdirSync(folder);
      for (const name of ["a.png", "b.png", "c.png", "d.png"]) writeFileSync(join(folder, name), Uint8Array.from(PIXEL));
      const files = await new FilesApp(desktop, "This computer").open(folder);
      await files.button(/^Preview/).click();
      await files.select("a.png");
      const picture = files.window.getByRole("img", { name: /^Preview of/ });
      await expect(picture).toBeVisible();
      await program.end();
      const squatter = await Squatter.on(program.port, behaviour);
      try {
        await expect(shown(desktop.page)).toBeVisible({ timeout: 20_000 });
        // To the next ones, where there is a window still.
        for (const key of ["ArrowDown", "ArrowDown"]) await desktop.page.keyboard.press(key);
        await isAskedAgain(squatter);
        expect(squatter.told).toEqual([]);
        await expect(picture).toHaveCount(0);
      } finally {
        await desktop.page.goto("about:blank");
        await squatter.leave();
      }
    });
  });
}

test.describe("a locked page", () => {
  test.use({ usesThisComputer: true });

  test("tells nothing, whatever it still waits for and whoever says that there is a session", async ({ desktop, program }) => {
    const { page } = desktop;
    const home = join(program.folder, "home");
    for (const folder of ["one", "two"]) {
      mkdirSync(join(home, folder));
      writeFileSync(join(home, folder, "same.txt"), folder);
    }
    const files = await new FilesApp(desktop, "This computer").open(join(home, "one"));
    await files.select("same.txt");
    await files.press("Control+c");
    await files.goTo(join(home, "two"));
    await files.press("Control+v");
    // A job that waits for its person, which the page looks after several times a second.
    const polled = () => page.waitForRequest((request) => request.url().endsWith("/api/file-jobs") && request.method() === "GET");
    await files.window.getByRole("group", { name: "same.txt is there already" }).waitFor();
    await polled();
    await page.keyboard.press("Control+Alt+l");
    await expect(heading(page, "HeadlessOS is locked")).toBeVisible();
    await expect.poll(() => page.evaluate(async () => (await fetch("/api/servers")).status)).toBe(401);
    await program.end();
    const squatter = await Squatter.on(program.port, "answers");
    const second = await page.context().newPage();
    try {
      await second.goto(program.url);
      await expect(second).toHaveTitle("Posted");
      await isAskedAgain(squatter);
      expect(squatter.told).toEqual([]);
      await expect(heading(page, "HeadlessOS is locked")).toBeVisible();
    } finally {
      await page.goto("about:blank");
      await second.close();
      await squatter.leave();
    }
  });

  test("tells nothing either where it was loaded anew while it was locked, and does not know its program", async ({ desktop, program }) => {
    const { page } = desktop;
    await page.keyboard.press("Control+Alt+l");
    await expect.poll(() => page.evaluate(async () => (await fetch("/api/servers")).status)).toBe(401);
    // Its only start is over.
    const answered = page.waitForResponse((response) => response.url().includes("/api/") && response.status() === 401);
    await page.reload();
    await answered;
    await expect(heading(page, "HeadlessOS is locked")).toBeVisible();
    await program.end();
    const squatter = await Squatter.on(program.port, "answers");
    const said: string[] = [];
    page.on("request", (request) => said.push(new URL(request.url()).pathname));
    const second = await page.context().newPage();
    try {
      await second.goto(program.url);
      await expect.poll(() => squatter.told.length > 0 || said.includes("/")).toBe(true);
      expect(squatter.told).toEqual([]);
      // What is loaded anew is the other program's own, which asks for nothing; so all that was said is the page's.
      await expect(page).toHaveTitle("Posted");
      expect(said.filter((path) => path !== "/favicon.ico")).toEqual(["/"]);
      expect(squatter.told).toEqual([]);
    } finally {
      await page.goto("about:blank");
      await second.close();
      await squatter.leave();
    }
  });
});

test("a page of the other program cannot say that it is to be trusted", async ({ desktop, program }) => {
  const { page } = desktop;
  await expect(desktop.window(/^Dashboard/)).toBeVisible();
  await program.end();
  const squatter = await Squatter.on(program.port, "answers");
  const second = await page.context().newPage();
  try {
    await expect(another(page)).toBeVisible();
    await second.goto(program.url);
    await expect(second).toHaveTitle("Posted");
    await isAskedAgain(squatter);
    expect(squatter.told).toEqual([]);
    await expect(another(page)).toBeVisible();
  } finally {
    await page.goto("about:blank");
    await second.close();
    await squatter.leave();
  }
});
