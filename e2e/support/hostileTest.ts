// The fixtures of the tests on the hostile host: the host, and a watch over the page that begins once root is connected to it.
import { Watch } from "./hostile.ts";
import { labHost, whyNot, type LabHost } from "./lab.ts";
import { test as base } from "./test.ts";

interface Fixtures {
  hostile: LabHost;
  /** The page of a desktop that is connected as root. */
  watch: Watch;
}

export const test = base.extend<Fixtures>({
  hostile: async ({}, use) => {
    const host = labHost("hostile");
    test.skip(host === null, whyNot("hostile"));
    if (host !== null) await use(host);
  },
  watch: async ({ desktop, hostile, program }, use) => {
    await desktop.connect(hostile, "root");
    const watch = await Watch.begin(desktop, program);
    await use(watch);
    await watch.clipboardIsMine();
  },
});
export { expect } from "./test.ts";
