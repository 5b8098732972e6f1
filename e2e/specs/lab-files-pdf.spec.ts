// PDFs of a real server in the Viewer and in the File Explorer's preview: what is in them can be read, nothing in them runs, and only what is looked at is fetched.
import type { Locator, Request } from "@playwright/test";
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import type { HostFolder } from "../support/files.ts";
import { expect, test } from "../support/filesTest.ts";
import { pdf, pdfParts } from "../support/pdf.ts";

const GAP_BYTES = 300 * 1024 * 1024;

/** Writes a small file on the host. */
async function put(folder: HostFolder, name: string, bytes: Buffer): Promise<void> {
  await folder.sh(`base64 -d >${name} <<'E'\n${bytes.toString("base64").replaceAll(/.{76}/g, "$&\n")}\nE`);
}

/** How much of a canvas is dark. */
async function darkShare(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const pixels = element instanceof HTMLCanvasElement ? element.getContext("2d")?.getImageData(0, 0, element.width, element.height).data : undefined;
    if (pixels === undefined) return 0;
    return pixels.filter((value, at) => at % 4 === 0 && value < 128).length / (pixels.length / 4);
  });
}

test("a PDF is read page by page, its text can be copied, and nothing in it runs", async ({ folder, desktop, openFiles, richHost, page, context }) => {
  const pages = Array.from({ length: 120 }, (_, at) => [`This is page ${at + 1}`, "second line"]);
  await put(folder, "book.pdf", pdf(pages, { script: "app.alert('ran'); app.launchURL('http://evil.example.test/ran');", link: "http://evil.example.test/link" }));
  const events: string[] = [];
  page.on("dialog", (dialog) => {
    events.push(dialog.message());
    void dialog.dismiss();
  });
  context.on("page", (other) => events.push(other.url()));
  context.on("request", (request) => request.url().includes("evil") && events.push(request.url()));
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);

  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  await files.openItem("book.pdf");
  const region = viewer.getByRole("region", { name: "Pages" });
  const text = (number: number) => region.getByRole("group", { name: `Page ${number}`, exact: true }).locator("[data-pdf-text]");
  const field = viewer.getByRole("textbox", { name: /^Page/ });
  await expect(text(1)).toContainText("This is page 1");
  await expect(viewer.getByRole("toolbar", { name: "Page and zoom" })).toContainText("of 120");
  await expect(region.locator("canvas").first()).toBeVisible();
  await expect(region.locator("a, button, input, script, iframe")).toHaveCount(0);

  // What is selected lies where the picture shows it, and is copied line by line.
  const [one, two] = [await text(1).getByText("This is").boundingBox(), await text(1).getByText("second").boundingBox()];
  if (one === null || two === null) throw new Error("The text has no place.");
  await page.mouse.move(one.x + 1, one.y + one.height / 2);
  await page.mouse.down();
  await page.mouse.move(two.x + two.width - 1, two.y + two.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.press("Control+C");
  expect((await page.evaluate(() => navigator.clipboard.readText())).split("\n").map((line) => line.trim())).toEqual(["This is page 1", "second line"]);

  // Far pages are there when they are gone to, and near ones are gone then.
  await field.fill("77");
  await field.press("Enter");
  await expect(text(77)).toContainText("This is page 77");
  await expect(field).toBeFocused();
  await expect(text(1)).toHaveCount(0);
  await expect.poll(() => region.locator("canvas").count()).toBeLessThanOrEqual(5);
  await field.fill("500");
  await field.press("Enter");
  await expect(field).toHaveValue("77");
  await region.focus();
  await page.keyboard.press("9");
  await page.keyboard.press("PageDown");
  await expect(field).toHaveValue("78");
  await page.keyboard.press("PageUp");
  await expect(field).toHaveValue("77");
  await page.keyboard.press("End");
  await expect(text(120)).toContainText("This is page 120");
  await page.keyboard.press("Home");
  await expect(field).toHaveValue("1");
  await page.keyboard.press("1");
  await expect(viewer.getByRole("button", { name: "100 %" })).toBeVisible();
  await page.keyboard.press("+");
  await expect(viewer.getByRole("button", { name: "110 %" })).toBeVisible();
  await page.keyboard.press("0");
  await expect(viewer.getByRole("button", { name: "Fit to the width (0)" })).toHaveAttribute("aria-pressed", "true");

  await files.window.getByRole("button", { name: "Close", includeHidden: true }).first().evaluate((button: HTMLElement) => button.click());
  await isAccessibleInBoth(desktop, "a PDF");
  await page.setViewportSize(SCREENS.phone);
  await isAccessibleInBoth(desktop, "a PDF on a phone");
  expect(events).toEqual([]);
});

test("what cannot be shown says why, and a locked PDF opens by its password", async ({ folder, desktop, openFiles, richHost }) => {
  await put(folder, "damaged.pdf", Buffer.from(`%PDF-1.4\n${"nothing of a PDF ".repeat(500)}`));
  await put(folder, "locked.pdf", pdf([["What is kept secret"]], { password: "open sesame" }));
  // White space as far as anyone would look.
  await folder.sh("truncate -s 200M empty.pdf");
  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  const close = () => viewer.getByRole("button", { name: "Close" }).click();
  await files.openItem("damaged.pdf");
  await expect(viewer.getByRole("heading", { name: "The PDF cannot be shown" })).toBeVisible();
  await viewer.getByRole("button", { name: "Show the bytes" }).click();
  await expect(viewer.getByRole("region", { name: "Bytes" })).toContainText("25 50 44 46");
  await close();

  await files.openItem("locked.pdf");
  const password = viewer.getByRole("textbox", { name: "Password" });
  await password.fill("wrong");
  await password.press("Enter");
  await expect(viewer).toContainText("This is not the password.");
  await password.fill("open sesame");
  await viewer.getByRole("button", { name: "Open", exact: true }).click();
  await expect(viewer.locator("[data-pdf-text]")).toContainText("What is kept secret");
  await close();

  await files.openItem("empty.pdf");
  await expect(viewer.getByRole("heading", { name: "The PDF cannot be shown" })).toBeVisible({ timeout: 60_000 });
});

test("of a large PDF only what is shown is fetched, and no page takes more memory than there may be", async ({ folder, desktop, openFiles, richHost, page }) => {
  const { head, tail } = pdfParts([["The start of a large one"], ["and its end"]], { gapBytes: GAP_BYTES });
  await put(folder, "large.pdf", head);
  await put(folder, "tail", tail);
  await folder.sh(`truncate -s ${head.length + GAP_BYTES} large.pdf; cat tail >>large.pdf; rm tail`);
  await put(folder, "huge.pdf", pdf([["A page of a thousand kilometres"]], { size: [1e9, 1e9] }));
  let fetchedBytes = 0;
  page.on("response", (response) => {
    const range = /^bytes (\d+)-(\d+)\//.exec(response.headers()["content-range"] ?? "");
    if (range !== null) fetchedBytes += Number(range[2]) - Number(range[1]) + 1;
  });
  const CONTENT = "**/files/content?*";
  let underWay = 0;
  const count = (by: number) => (request: Request) => {
    if (request.url().includes("/files/content?")) underWay += by;
  };
  page.on("request", count(1));
  page.on("requestfinished", count(-1));
  page.on("requestfailed", count(-1));
  const files = await openFiles();
  const viewer = desktop.window(`Viewer – ${richHost.name}`);
  await files.openItem("large.pdf");
  await expect(viewer.locator("[data-pdf-text]").first()).toContainText("The start of a large one");
  // Whoever fetches ahead is at it until it has everything.
  await expect.poll(() => underWay).toBe(0);
  expect(fetchedBytes).toBeGreaterThan(0);
  expect(fetchedBytes).toBeLessThan(2 * 1024 * 1024);
  // Closed while it is being opened, it leaves no error behind.
  await viewer.getByRole("button", { name: "Close" }).click();
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let isFirst = true;
  await page.route(CONTENT, async (route) => {
    // By which the Viewer sees what kind of file it is.
    if (isFirst) {
      isFirst = false;
      return route.continue();
    }
    await held;
    // Who asked has gone.
    return route.abort().catch(() => undefined);
  });
  await files.openItem("large.pdf");
  await viewer.getByRole("status", { name: "Opening the PDF" }).waitFor();
  await viewer.getByRole("button", { name: "Close" }).click();
  letGo();
  await page.unroute(CONTENT);
  await files.openItem("huge.pdf");
  const region = viewer.getByRole("region", { name: "Pages" });
  await region.focus();
  for (let step = 0; step < 20; step += 1) await page.keyboard.press("+");
  await expect(region.locator("canvas").first()).toBeVisible();
  await expect.poll(() => region.locator("canvas").evaluateAll((all) => all.every((each) => each instanceof HTMLCanvasElement && each.width * each.height <= 2 ** 24))).toBe(true);
});

test("the preview shows the first page, or says why it does not", async ({ folder, openFiles }) => {
  await put(folder, "damaged.pdf", Buffer.from(`%PDF-1.4\n${"nothing of a PDF ".repeat(500)}`));
  await put(folder, "fine.pdf", pdf([["The first page"], ["The second"]]));
  await put(folder, "scan.pdf", pdf([[]], { hasScan: true }));
  await put(folder, "locked.pdf", pdf([["What is kept secret"]], { password: "open sesame" }));
  const files = await openFiles();
  const preview = files.window.getByRole("complementary", { name: "Preview" });
  await files.area.focus();
  await files.press("Control+P");
  await files.select("fine.pdf");
  const picture = (name: string) => preview.getByRole("img", { name: `First page of ${name}` }).locator("canvas");
  await expect.poll(() => darkShare(picture("fine.pdf"))).toBeGreaterThan(0);
  await expect(preview.getByRole("button")).toHaveCount(1);
  // A picture that takes a decoder of its own, which the policy lets run as a script alone.
  await files.select("scan.pdf");
  await expect.poll(() => darkShare(picture("scan.pdf"))).toBeCloseTo((300 * 300) / (595 * 842), 1);
  await files.select("damaged.pdf");
  await expect(preview).toContainText("It is damaged, or not a PDF inside.");
  await files.select("locked.pdf");
  await expect(preview).toContainText("It needs a password.");
});
