// Who may speak to the program: the page it opened, and no other page, name, user or machine.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Browser } from "@playwright/test";
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
    const refused = strangers.map(async ([who, headers, refusal]) => {
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

/** Opens a page of another origin that tries everything on the program, in a browser that has a session. */
async function attack(browser: Browser, program: Program, hostName: string): Promise<{ readable: string[]; statuses: number[] }> {
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html").end("<!doctype html><title>hostile</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const context = await browser.newContext();
  try {
    const victim = await context.newPage();
    await victim.goto(program.launchUrl);
    // By its element: behind the question about root it has no role.
    await victim.locator("nav[aria-label=Taskbar]").waitFor();
    const page = await context.newPage();
    await page.goto(`http://${hostName}:${(server.address() as AddressInfo).port}/`);
    const statuses: number[] = [];
    page.on("response", (response) => {
      if (new URL(response.url()).port === String(program.port)) statuses.push(response.status());
    });
    const readable = await page.evaluate(async (target) => {
      const found: string[] = [];
      const server = { name: "x", host: "192.0.2.1", port: 22, user: "root", auth: { method: "auto" }, color: null, capabilities: null };
      const within = (work: Promise<unknown>) => Promise.race([work.catch(() => undefined), new Promise((done) => setTimeout(done, 2000))]);
      for (const path of ["api/status", "api/servers", "api/openapi.json", "index.html"]) {
        await within(fetch(target + path, { credentials: "include" }).then(async (answer) => found.push(`fetch ${path} ${await answer.text()}`)));
        await within(fetch(target + path, { credentials: "include", mode: "no-cors" }));
      }
      await within(fetch(`${target}api/servers`, { method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body: JSON.stringify(server) }).then(() => found.push("post")));
      await within(fetch(`${target}api/servers`, { method: "POST", credentials: "include", mode: "no-cors", body: JSON.stringify(server) }));
      await within(
        new Promise((done) => {
          const socket = new WebSocket(`${target.replace("http", "ws")}api/live`);
          socket.onmessage = ({ data }) => found.push(`socket ${String(data)}`);
          socket.onopen = () => found.push("socket open");
          socket.onerror = socket.onclose = done;
        }),
      );
      const load = (element: HTMLElement, name: string) =>
        within(
          new Promise((done) => {
            element.onload = () => done(found.push(name));
            element.onerror = done;
            document.body.append(element);
          }),
        );
      await load(Object.assign(new Image(), { src: `${target}favicon.svg` }), "image");
      await load(Object.assign(document.createElement("script"), { src: `${target}theme.js` }), "script");
      const frame = Object.assign(document.createElement("iframe"), { name: "frame" });
      document.body.append(frame);
      const form = Object.assign(document.createElement("form"), { action: `${target}api/servers/this-computer/disconnect`, method: "post", enctype: "text/plain", target: "frame" });
      form.append(Object.assign(document.createElement("input"), { name: '{"a":"', value: '"}' }));
      document.body.append(form);
      await within(new Promise((done) => {
        frame.onload = done;
        form.submit();
      }));
      await within(new Promise((done) => {
        frame.onload = done;
        frame.src = target;
      }));
      return found;
    }, program.url);
    const servers = await victim.evaluate(async () => (await fetch("/api/servers")).text());
    expect((JSON.parse(servers) as { servers: unknown[] }).servers).toHaveLength(1);
    return { readable, statuses };
  } finally {
    await context.close();
    server.close();
  }
}

// A name of another site; and another port of this very name, where the browser sends the cookie along.
for (const hostName of ["evil.example.test", "127.0.0.1"]) {
  test(`a hostile page at ${hostName} reads and changes nothing`, async ({ browser, program }) => {
    const { readable, statuses } = await attack(browser, program, hostName);
    expect(readable).toEqual([]);
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    expect(statuses.length).toBeGreaterThan(0);
  });
}

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
