// A language model and what no parser understands: nothing is sent before a person has seen it and said so, what it reads is marked wherever it is shown, and the key is nowhere on the page.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { ask } from "../support/lab.ts";
import { ADDRESS, chooseModel, connectOdd, KEY, openPrograms, openSettings, PROGRAMS, SECRET } from "../support/models.ts";
import { startProvider, type ModelProvider } from "../support/provider.ts";
import { expect, test as base } from "../support/test.ts";

const test = base.extend<{ provider: ModelProvider }>({
  provider: async ({}, use) => {
    const provider = await startProvider();
    await use(provider);
    await provider.stop();
  },
});

const MARK = "Read by tiny, not by a parser. Check it against the raw output.";

test("a model is chosen in the settings, offered with just what it would get, asked once, and its value is marked", async ({ desktop, richHost, sshd, provider }) => {
  provider.answers(PROGRAMS);
  await connectOdd(desktop, richHost, sshd);
  const explorer = await openPrograms(desktop, richHost.name);
  const answer = explorer.getByRole("region", { name: "Answer" });
  await expect(answer.getByRole("alert")).toContainText("Not understood");
  await expect(answer.getByRole("group", { name: "Raw output" })).toContainText("api: up, process 4711");

  await answer.getByRole("button", { name: "Choose a language model" }).click();
  const settings = desktop.window(`Settings – ${richHost.name}`);
  await expect(settings.getByText("Off: no language model is ever asked.")).toBeVisible();
  await chooseModel(settings, provider);
  await settings.getByRole("form", { name: "Key" }).getByLabel("Key").fill(KEY);
  await settings.getByRole("button", { name: "Save key" }).click();
  await expect(settings.getByText(/^A key is kept in /)).toBeVisible();
  await expect(settings.getByLabel("Another key")).toHaveValue("");
  await settings.getByRole("button", { name: "Test", exact: true }).click();
  await expect(settings.getByRole("alert")).toContainText("It read the text right");
  expect(provider.requests).toHaveLength(1);
  expect(provider.requests[0]?.authorization).toBe(`Bearer ${KEY}`);

  await desktop.taskbar.getByRole("button", { name: "Query Explorer" }).click();
  await explorer.getByRole("button", { name: "Ask again" }).click();
  const offer = answer.getByRole("region", { name: "A language model can try to read it" });
  await expect(offer).toContainText(`tiny at ${provider.address} can try to read it. It would get the output, with 1 secret removed and 2 names and addresses replaced, and the schema of the answer; nothing else.`);
  await offer.getByText("Show what would be sent").click();
  const sent = (await offer.getByRole("group", { name: "What would be sent" }).textContent()) ?? "";
  expect(sent).toContain("api: up, process 4711");
  const name = (await ask(richHost, "uname", "-n")).trim();
  for (const planted of [SECRET, ADDRESS, name]) expect(sent).not.toContain(planted);
  expect(provider.requests).toHaveLength(1);

  await offer.getByRole("button", { name: "Ask this once" }).click();
  const table = answer.getByRole("grid", { name: "Programs" });
  await expect(table.getByRole("row").filter({ hasText: "worker" })).toContainText("down");
  const mark = answer.getByRole("note", { name: "Read by a language model" });
  await expect(mark).toContainText(MARK);
  expect(provider.requests).toHaveLength(2);
  expect(provider.requests[1]?.body).toContain(JSON.stringify(sent.trim()).slice(1, -1));
  for (const planted of [SECRET, ADDRESS, name]) expect(provider.requests[1]?.body).not.toContain(planted);
  await answer.getByRole("tab", { name: "JSON" }).click();
  await expect(mark).toBeVisible();
  await mark.getByRole("button", { name: "Show the raw output" }).click();
  await expect(explorer.getByRole("group", { name: "Raw output" })).toBeFocused();

  // The same text is not asked about again.
  await explorer.getByRole("button", { name: "Ask again" }).click();
  await expect(mark).toContainText(MARK);
  expect(provider.requests).toHaveLength(2);

  const usage = (await openSettings(desktop, richHost.name)).getByRole("table", { name: "Usage" });
  await settings.getByRole("button", { name: "Refresh" }).click();
  const row = usage.getByRole("row").filter({ hasText: "services.supervisor" });
  await expect(row.getByRole("cell").nth(0)).toHaveText("1");
  await expect(row.getByRole("cell").nth(2)).toHaveText("1 (50 %)");
  await expect(row.getByRole("cell").nth(3)).toHaveText("1,100");

  await settings.getByRole("button", { name: "Add a price" }).click();
  await settings.getByRole("textbox", { name: /^Model \d/ }).last().fill("tiny");
  await settings.getByRole("textbox", { name: /^Prompt price/ }).last().fill("1");
  await settings.getByRole("textbox", { name: /^Reply price/ }).last().fill("10");
  await settings.getByRole("button", { name: "Save prices" }).click();
  await expect(row.getByRole("cell").nth(5)).toHaveText("$0.0018");

  // The key went to the program, and is nowhere here.
  const kept = await desktop.page.evaluate(async () => {
    const fields = [...document.querySelectorAll("input")].map((input) => input.value);
    const databases = (await indexedDB.databases()).map((each) => each.name);
    return JSON.stringify([document.documentElement.outerHTML, fields, { ...localStorage }, { ...sessionStorage }, databases]);
  });
  expect(kept).not.toContain(KEY);
  await settings.getByRole("button", { name: "Remove key" }).click();
  await expect(settings.getByText("No key is kept.")).toBeVisible();
});

test("never takes the offer away, always asks no more, and without a model nothing is asked", async ({ desktop, richHost, sshd, provider }) => {
  provider.answers(PROGRAMS);
  await connectOdd(desktop, richHost, sshd);
  const settings = await openSettings(desktop, richHost.name);
  await chooseModel(settings, provider);
  const explorer = await openPrograms(desktop, richHost.name);
  const answer = explorer.getByRole("region", { name: "Answer" });
  await answer.getByRole("button", { name: "Never for this server" }).click();
  await expect(answer.getByRole("button", { name: /for this server|language model/ })).toHaveCount(0);
  await expect(answer.getByRole("alert")).toContainText("Not understood");
  await expect(answer.getByRole("group", { name: "Raw output" })).toContainText("api: up");
  expect(provider.requests).toHaveLength(0);

  await openSettings(desktop, richHost.name);
  const consent = settings.getByRole("group", { name: richHost.name, exact: true });
  await expect(consent.getByRole("radio", { name: "Never" })).toBeChecked();
  await consent.getByText("Ask", { exact: true }).click();
  await expect(consent.getByRole("radio", { name: "Ask" })).toBeChecked();

  await desktop.taskbar.getByRole("button", { name: "Query Explorer" }).click();
  await explorer.getByRole("button", { name: "Ask again" }).click();
  await answer.getByRole("button", { name: "Always for this server" }).click();
  await expect(answer.getByRole("note", { name: "Read by a language model" })).toBeVisible();
  expect(provider.requests).toHaveLength(1);

  await openSettings(desktop, richHost.name);
  await expect(consent.getByRole("radio", { name: "Always" })).toBeChecked();
  await settings.getByText("None", { exact: true }).click();
  await settings.getByRole("button", { name: "Save", exact: true }).click();
  await expect(consent).toHaveCount(0);
  await desktop.taskbar.getByRole("button", { name: "Query Explorer" }).click();
  await explorer.getByRole("button", { name: "Ask again" }).click();
  await expect(answer.getByRole("button", { name: "Choose a language model" })).toBeVisible();
  expect(provider.requests).toHaveLength(1);
});

test("what the model does not understand either is said, and may be tried again", async ({ desktop, richHost, sshd, provider }) => {
  await connectOdd(desktop, richHost, sshd);
  await chooseModel(await openSettings(desktop, richHost.name), provider);
  const answer = (await openPrograms(desktop, richHost.name)).getByRole("region", { name: "Answer" });
  await answer.getByRole("button", { name: "Ask this once" }).click();
  const failed = answer.getByRole("region", { name: "tiny could not read it either" });
  await expect(failed).toContainText("503");
  await expect(answer.getByRole("group", { name: "Raw output" })).toContainText("api: up");
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(failed.getByRole("status")).toHaveText("It was tried again, and it is no better.");
  provider.answers(PROGRAMS);
  await failed.getByRole("button", { name: "Try again" }).click();
  await expect(answer.getByRole("note", { name: "Read by a language model" })).toBeVisible();
});

test("what a model makes up is not believed, and the same output is not sent again", async ({ desktop, richHost, sshd, provider }) => {
  provider.answers({ programs: PROGRAMS.programs.map((program) => ({ ...program, name: `no-${program.name}` })) });
  await connectOdd(desktop, richHost, sshd);
  await chooseModel(await openSettings(desktop, richHost.name), provider);
  const answer = (await openPrograms(desktop, richHost.name)).getByRole("region", { name: "Answer" });
  await answer.getByRole("button", { name: "Ask this once" }).click();
  const failed = answer.getByRole("region", { name: "tiny could not read it either" });
  await expect(failed).toContainText("does not occur in the text");
  await expect(failed).toContainText("It had this very output, which is not sent to it again.");
  await expect(failed.getByRole("button")).toHaveCount(0);
  expect(provider.requests).toHaveLength(2);
});

test.describe("refused", () => {
  test.use({ expectedErrors: [/status of 400/], usesThisComputer: true });

  test("an address to which nothing may go is refused beside its field, and what was kept stays", async ({ desktop }) => {
    const settings = await openSettings(desktop, "This computer");
    await settings.getByText("OpenAI-compatible", { exact: true }).click();
    await settings.getByRole("button", { name: "Save", exact: true }).click();
    const address = settings.getByRole("textbox", { name: "Address" });
    await expect(address).toHaveAccessibleDescription("Enter the address, such as https://llm.example.com/v1.");
    await address.fill("ftp://llm.example.com");
    await settings.getByRole("textbox", { name: "Model name" }).fill("tiny");
    await settings.getByRole("button", { name: "Save", exact: true }).click();
    await expect(address).toHaveAccessibleDescription(/^The address must begin with https/);
    const kept = await desktop.page.evaluate(async () => ((await (await fetch("/api/preferences")).json()) as { model: unknown }).model);
    expect(kept).toMatchObject({ provider: null, address: "", name: "" });
    // What a page saves besides leaves the model alone, whoever chose it since.
    await desktop.page.evaluate(async () => {
      const all = (await (await fetch("/api/preferences")).json()) as { model: object };
      const model = { ...all.model, provider: "ollama", name: "elsewhere" };
      await fetch("/api/preferences", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...all, model }) });
    });
    await desktop.taskbar.getByRole("button", { name: "Start" }).click();
    await desktop.page.getByRole("combobox", { name: "Search apps, servers and actions" }).fill("Light theme");
    await desktop.page.keyboard.press("Enter");
    await expect.poll(async () => desktop.page.evaluate(async () => (await (await fetch("/api/preferences")).json()) as unknown)).toMatchObject({ theme: "light", model: { provider: "ollama", name: "elsewhere" } });
  });
});

test("a card whose value a model read says so, and one that was not understood leads to the Query Explorer", async ({ desktop, richHost, sshd, provider }) => {
  await sshd.withProgram("docker", 'echo "one container: shop of image nginx:1.25, running"');
  const shop = { id: "", name: "shop", image: "nginx:1.25", state: "running", status: "running", health: null, command: null, ports: null, createdAt: null, createdSince: null, layerBytes: null, virtualBytes: null };
  provider.answers({ containers: [shop] });
  await desktop.connect(richHost, "root", sshd.port);
  const card = desktop.card("Containers");
  await expect(card.getByRole("alert")).toContainText("Not understood");
  await chooseModel(await openSettings(desktop, richHost.name), provider);
  await desktop.taskbar.getByRole("button", { name: "Dashboard" }).click();
  await card.getByRole("button", { name: "Open in Query Explorer" }).click();
  const explorer = desktop.window(`Query Explorer – ${richHost.name}`);
  await explorer.getByRole("button", { name: "Always for this server" }).click();
  await expect(explorer.getByRole("grid", { name: "Containers" })).toContainText("shop");
  await desktop.taskbar.getByRole("button", { name: "Dashboard" }).click();
  await card.getByRole("button", { name: "Try again" }).click();
  await card.getByRole("button", { name: MARK }).click();
  await expect(desktop.dialog("Show the command")).toContainText(MARK);
});

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ viewport, colorScheme: "dark" });

    test("every state is accessible", async ({ desktop, richHost, sshd, provider }) => {
      await connectOdd(desktop, richHost, sshd);
      const settings = await openSettings(desktop, richHost.name);
      await expect(settings.getByText("No language model was asked.")).toBeVisible();
      await isAccessibleInBoth(desktop, "settings, off");
      const explorer = await openPrograms(desktop, richHost.name);
      await expect(explorer.getByRole("button", { name: "Choose a language model" })).toBeVisible();
      await isAccessibleInBoth(desktop, "not understood, no model");
      await openSettings(desktop, richHost.name);
      await chooseModel(settings, provider);
      await settings.getByRole("form", { name: "Key" }).getByLabel("Key").fill(KEY);
      await settings.getByRole("button", { name: "Save key" }).click();
      await settings.getByRole("button", { name: "Test", exact: true }).click();
      await expect(settings.getByRole("alert")).toContainText("It read the text right");
      await settings.getByText("Write down what the model is asked and answers").click();
      await expect(settings.getByText("What servers print is written to the disk of this computer")).toBeVisible();
      await isAccessibleInBoth(desktop, "settings, a model, tested, with its log");

      await desktop.taskbar.getByRole("button", { name: "Query Explorer" }).click();
      await explorer.getByRole("button", { name: "Ask again" }).click();
      await explorer.getByText("Show what would be sent").click();
      await isAccessibleInBoth(desktop, "offered");
      await explorer.getByRole("button", { name: "Ask this once" }).click();
      await expect(explorer.getByRole("button", { name: "Try again" })).toBeEnabled();
      await isAccessibleInBoth(desktop, "failed");
      provider.answers(PROGRAMS);
      await explorer.getByRole("button", { name: "Try again" }).click();
      await expect(explorer.getByRole("note", { name: "Read by a language model" })).toBeVisible();
      await isAccessibleInBoth(desktop, "read by a model");
    });
  });
}
