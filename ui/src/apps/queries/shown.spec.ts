// Each server shows its own query, and the same question asked again is another request.
import { expect, it } from "vitest";
import { hideQuery, requestQuery, showQuery, useShown } from "./shown";

it("keeps the servers apart and the requests too", () => {
  requestQuery("web1", "services.unit", { unit: "cron.service" });
  showQuery("web2", "system.cpu");
  expect(useShown.getState()["web1"]).toEqual({ id: "services.unit", args: { unit: "cron.service" }, request: 1 });
  requestQuery("web1", "services.unit", { unit: "ssh.service" });
  expect(useShown.getState()["web1"]?.request).toBe(2);
  hideQuery("web1");
  expect(Object.keys(useShown.getState())).toEqual(["web2"]);
});
