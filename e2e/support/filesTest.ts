// The fixtures of the tests of files: a folder of the test's own on the rich host, and the explorer in it.
import { FilesApp, HostFolder } from "./files.ts";
import { test as base } from "./test.ts";

interface Options {
  /** Whose home the folder lies in, and who signs in. */
  user: string;
}
interface Fixtures {
  folder: HostFolder;
  /** Connects as the user, and opens the explorer in the folder. */
  openFiles: () => Promise<FilesApp>;
}

export const test = base.extend<Options & Fixtures>({
  user: ["ops", { option: true }],
  folder: async ({ richHost, user }, use) => {
    const folder = await new HostFolder(richHost, user).make();
    await use(folder);
    await folder.remove();
  },
  openFiles: async ({ desktop, richHost, user, folder }, use) => {
    await use(async () => {
      await desktop.connect(richHost, user);
      // The dashboard has tests of its own, and asks the host all the time.
      await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: "Close" }).click();
      return new FilesApp(desktop, richHost.name).open(folder.path);
    });
  },
});
export { expect } from "./test.ts";
