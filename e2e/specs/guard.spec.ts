// Who may speak to the program: the page it opened, and no other page, name, user or machine.
import { execFileSync } from "node:child_process";
import type { Program } from "../support/program.ts";
import { send, signIn, UPGRADE, type Headers } from "../support/raw.ts";
import { lines } from "../support/sshd.ts";
import { expect, test } from "../support/test.ts";

interface Route {
  method: string;
  path: string;
  isSocket: boolean;
  /** What the page itself gets. */
  status: number;
}

/** Every route of the program's own document, its parameters filled in. */
async function routesOf(program: Program, cookie: string): Promise<Route[]> {
  const { status, body } = await send(program, "GET", "/api/openapi.json", { Cookie: cookie });
  expect(status).toBe(200);
  const { paths } = JSON.parse(body) as { paths: Record<string, Record<string, { responses: Record<string, unknown> }>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, "this-computer"),
      isSocket: "101" in operation.responses,
      // There is a server of this name, but no terminal and no recording; files, and the form of an export, want to be named.
      status: "101" in operation.responses ? 101 : /\{(terminal|recording)\}/.test(path) ? 404 : path.includes("/files/") || path.endsWith("/export") ? 400 : 200,
    })),
  );
}

const EXCHANGE = "/api/session";
/** It is asked before a page sends its cookie. */
const PROOF = "/api/session/proof";

function headersOf(route: Route, more: Headers): Headers {
  return route.isSocket ? { ...UPGRADE, ...more } : more;
}

test("every route of the document refuses whoever is not its page", async ({ program }) => {
  test.setTimeout(600_000);
  const cookie = await signIn(program);
  const routes = await routesOf(program, cookie);
  expect(routes.length).toBeGreaterThan(15);
  const own = `127.0.0.1:${program.port}`;
  const strangers: [string, Headers, number][] = [
    ["no cookie", {}, 401],
    ["a wrong cookie", { Cookie: cookie.replace(/=.*/, `=${"0".repeat(64)}`) }, 401],
    ["an empty cookie", { Cookie: cookie.replace(/=.*/, "=") }, 401],
    ["a foreign Host", { Cookie: cookie, Host: `evil.example.test:${program.port}` }, 403],
    ["a Host without the port", { Cookie: cookie, Host: "127.0.0.1" }, 403],
    ["a foreign Origin", { Cookie: cookie, Origin: "https://evil.example.test" }, 403],
    ["the Origin of another port", { Cookie: cookie, Origin: "http://127.0.0.1:1" }, 403],
    ["the Origin of another scheme", { Cookie: cookie, Origin: `https://${own}` }, 403],
    ["an opaque Origin", { Cookie: cookie, Origin: "null" }, 403],
    ["another site", { Cookie: cookie, "Sec-Fetch-Site": "cross-site" }, 403],
    ["another port of this site", { Cookie: cookie, "Sec-Fetch-Site": "same-site" }, 403],
  ];
  const faults: string[] = [];
  for (const route of routes) {
    const refused = strangers.filter(([, , refusal]) => route.path !== PROOF || refusal !== 401).map(async ([who, headers, refusal]) => {
      // The exchange is what gives the cookie; without the secret it gives nothing.
      const takesNoCookie = route.path === EXCHANGE && refusal === 401;
      const answer = await send(program, route.method, route.path, headersOf(route, headers), route.method === "GET" ? undefined : { secret: "0".repeat(64) });
      const what = `${route.method} ${route.path} with ${who}`;
      const { error } = JSON.parse(answer.body) as { error: { code: string; requestId: string } };
      const isRefused = answer.status === refusal || (takesNoCookie && answer.status === 403);
      const isSilent = answer.headers["set-cookie"] === undefined && answer.headers["access-control-allow-origin"] === undefined;
      // One expectation for all: thousands of them would take minutes.
      if (!isRefused || !["unauthorized", "forbidden"].includes(error.code) || error.requestId === "" || !isSilent) faults.push(`${what}: ${answer.status} ${answer.body}`);
    });
    await Promise.all(refused);
  }
  expect(faults).toEqual([]);
  // The same requests from the page itself get through, so it is not a refusal of everything.
  for (const route of routes.filter(({ method, path }) => method === "GET" && path !== EXCHANGE)) {
    const page = { Cookie: cookie, Origin: `http://${own}`, "Sec-Fetch-Site": "same-origin" };
    const { status } = await send(program, route.method, route.path, headersOf(route, page));
    expect(status, `${route.method} ${route.path}`).toBe(route.status);
  }
});

test("paths beside the document are refused without the cookie too", async ({ program }) => {
  for (const path of ["/api", "/api/", "/api/none", "/api//status", "/api/./status", "/api/status/", "/api/%73tatus"]) {
    const { status, body } = await send(program, "GET", path);
    expect([401, 404], `${path}: ${body}`).toContain(status);
    expect(body).not.toContain("version");
  }
});

test("the launch secret is good for one exchange", async ({ program }) => {
  await signIn(program);
  await expect(signIn(program)).rejects.toThrow(/40[13]/);
});

test("the cookie is out of reach of scripts and other sites", async ({ program }) => {
  const secret = new URL(program.launchUrl).hash.replace("#launch=", "");
  const { headers } = await send(program, "POST", EXCHANGE, {}, { secret });
  const attributes = String(headers["set-cookie"]).split(/;\s*/).slice(1);
  expect(attributes).toEqual(expect.arrayContaining(["HttpOnly", "SameSite=Strict", "Path=/"]));
});

test("a name that was bound to this machine leads nowhere", async ({ page, program }) => {
  const response = await page.goto(`http://rebound.example.test:${program.port}/`);
  expect(response?.status()).toBe(403);
});

test("the desktop comes with the strict policy, on the page and on an error", async ({ program }) => {
  for (const path of ["/", "/api/status", "/nothing-here"]) {
    const { headers } = await send(program, "GET", path);
    const policy = String(headers["content-security-policy"]);
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"]) {
      expect(policy, path).toContain(part);
    }
    expect(policy, path).not.toContain("unsafe");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
  }
});

test("it listens on the loopback addresses and on nothing else", async ({ program }) => {
  test.skip(process.platform !== "linux" || process.getuid?.() !== 0, "ss is of Linux, and tells root alone whose sockets these are, since the program's memory is closed");
  const sockets = lines(execFileSync("ss", ["-Hltunp"], { encoding: "utf8" })).filter((line) => line.includes(`pid=${program.pid},`));
  const addresses = sockets.map((line) => line.split(/\s+/)[4]).sort();
  expect(addresses).toEqual([`127.0.0.1:${program.port}`, `[::1]:${program.port}`].sort());
});
