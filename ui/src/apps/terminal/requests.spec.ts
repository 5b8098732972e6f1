// Other parts of the desktop ask for terminals before the app is even loaded.
import { expect, it } from "vitest";
import { requestTerminal, takeRequests } from "./requests";

it("keeps what was asked for until the app of that server takes it, once", () => {
  requestTerminal("web1", "/etc");
  requestTerminal("web2", null);
  expect(takeRequests("web1")).toEqual([{ server: "web1", folder: "/etc" }]);
  expect(takeRequests("web1")).toEqual([]);
  expect(takeRequests("web2")).toHaveLength(1);
});
