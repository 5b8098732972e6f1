// Says once, before the tests, what they run against, and which of them are skipped for want of what.
import { labHost, whyNot } from "./lab.ts";
import { binary, chromium, firefox } from "./places.ts";

const HOSTS = ["deb12", "deb12-b", "deb13", "busybox", "fedora", "hostile"];

export default function announce(): void {
  console.log(`program  ${binary()}\nbrowser  ${chromium()}, ${firefox() ?? "no Firefox"}`);
  if (firefox() === null) console.log("skipped  tests in Firefox: install firefox-esr, or set HEADLESSOS_FIREFOX");
  const missing = HOSTS.filter((name) => labHost(name) === null);
  console.log(`lab      ${HOSTS.filter((name) => !missing.includes(name)).join(", ") || "none"}`);
  for (const name of missing) console.log(`skipped  tests on ${name}: ${whyNot(name)}`);
}
