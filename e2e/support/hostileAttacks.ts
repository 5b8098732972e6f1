// What a hostile page tries on the program; one function that stands for itself, as it runs in the pages of more than one browser.

/** What it could read or was let do, one line each; nothing where all was refused. */
export async function attackFrom(target: string): Promise<string[]> {
  const found: string[] = [];
  const socketTarget = target.replace("http", "ws");
  const server = JSON.stringify({ name: "x", host: "192.0.2.1", port: 22, user: "root", auth: { method: "auto" } });
  const within = async (name: string, work: Promise<unknown>) => {
    await Promise.race([work.catch(() => undefined), new Promise((done) => setTimeout(() => done(name), 1500))]);
  };
  const paths = ["api/status", "api/servers", "api/sessions", "api/openapi.json", "index.html", "theme.js"];

  // Every way to fetch, to read and to change.
  for (const mode of ["cors", "no-cors", "same-origin"] as const) {
    for (const path of paths) {
      await within(path, fetch(target + path, { mode, credentials: "include", cache: "no-store" }).then(async (answer) => answer.type !== "opaque" && found.push(`${mode} ${path} ${await answer.text()}`)));
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"]) {
      for (const keepalive of [false, true]) {
        const init = { method: "POST", mode, keepalive, credentials: "include", headers: { "Content-Type": type }, body: server } as const;
        await within(type, fetch(`${target}api/servers`, init).then((answer) => answer.type !== "opaque" && found.push(`${mode} post ${type}`)));
      }
    }
  }
  for (const [method, path] of [["DELETE", "api/sessions/others"], ["PUT", "api/preferences"], ["PATCH", "api/servers/this-computer"]] as const) {
    await within(method, fetch(target + path, { method, credentials: "include", headers: { "Content-Type": "application/json" }, body: "{}" }).then(() => found.push(method)));
  }
  for (const type of ["text/plain", "application/json"]) navigator.sendBeacon(`${target}api/session/lock`, new Blob(["{}"], { type }));

  // Streams.
  for (const path of ["api/live", "api/terminals/1/socket"]) {
    await within(
      path,
      new Promise((done) => {
        const socket = new WebSocket(socketTarget + path);
        socket.onmessage = ({ data }) => found.push(`socket ${String(data)}`);
        socket.onopen = () => found.push(`socket open ${path}`);
        socket.onerror = socket.onclose = done;
      }),
    );
  }
  await within(
    "events",
    new Promise((done) => {
      const events = new EventSource(`${target}api/servers/this-computer/feeds/docker.events`, { withCredentials: true });
      events.onopen = () => found.push("events open");
      events.onerror = () => {
        events.close();
        done(null);
      };
    }),
  );

  // Elements that load something of another origin.
  const load = (name: string, tag: string, attributes: Record<string, string>) =>
    within(
      name,
      new Promise((done) => {
        const element = document.createElement(tag);
        // That a hint was followed tells nothing: some browsers say so of a refusal as well.
        element.onload = () => done(["prefetch", "preload", "modulepreload"].includes(attributes["rel"] ?? "") || found.push(`loaded ${name}`));
        element.onerror = done;
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        document.body.append(element);
      }),
    );
  await load("image", "img", { src: `${target}favicon.svg` });
  await load("image of the api", "img", { src: `${target}api/servers` });
  await load("script", "script", { src: `${target}theme.js` });
  await load("module", "script", { src: `${target}theme.js`, type: "module" });
  await load("style", "link", { rel: "stylesheet", href: `${target}api/servers` });
  for (const [rel, as] of [["prefetch", ""], ["preload", "fetch"], ["preload", "script"], ["modulepreload", ""], ["dns-prefetch", ""], ["icon", ""]] as const) {
    await load(`${rel} ${as}`, "link", { rel, href: `${target}theme.js`, ...(as === "" ? {} : { as }), crossorigin: "use-credentials" });
  }
  for (const [tag, attribute] of [["video", "src"], ["audio", "src"], ["track", "src"]] as const) await load(tag, tag, { [attribute]: `${target}api/status` });
  const style = document.createElement("style");
  style.textContent = `@import url("${target}api/servers"); @font-face { font-family: x; src: url("${target}api/status"); } body { font-family: x; background: url("${target}favicon.svg"), url("${target}api/servers"); cursor: url("${target}favicon.svg"), auto; }`;
  document.head.append(style);
  document.body.append("text in that font");

  // Frames: what is in one is not read, nor shown.
  for (const [tag, attribute] of [["iframe", "src"], ["embed", "src"], ["object", "data"]] as const) {
    for (const path of ["", "api/servers"]) {
      const element = document.createElement(tag);
      element.setAttribute(attribute, target + path);
      await within(
        tag,
        new Promise((done) => {
          element.onload = element.onerror = done;
          document.body.append(element);
        }),
      );
      const inside = (element as HTMLIFrameElement).contentDocument;
      if (inside?.documentElement.innerHTML.includes("HeadlessOS")) found.push(`${tag} ${path}`);
    }
  }

  // Forms, into a frame, of every kind that there is.
  const sink = Object.assign(document.createElement("iframe"), { name: "sink" });
  document.body.append(sink);
  for (const method of ["get", "post"]) {
    for (const enctype of ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]) {
      for (const path of ["api/servers", "api/servers/this-computer/connect", "api/session/lock", "api/session"]) {
        const form = Object.assign(document.createElement("form"), { action: target + path, method, enctype, target: "sink" });
        form.append(Object.assign(document.createElement("input"), { name: '{"host":"192.0.2.1","user":"', value: 'root"}' }));
        document.body.append(form);
        await within(
          path,
          new Promise((done) => {
            sink.onload = done;
            form.submit();
          }),
        );
      }
    }
  }

  // A service worker of its own origin, where the browser lets it have one.
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (workers !== undefined) {
    await within(
      "worker",
      (async () => {
        const heard = new Promise((done) => {
          workers.onmessage = ({ data }) => done(found.push(...(data as string[])));
        });
        await workers.register("/worker.js");
        const registration = await workers.ready;
        registration.active?.postMessage(target);
        await heard;
        await registration.unregister();
      })(),
    );
    // It may not be put into the program's own place.
    await within("foreign worker", workers.register(`${target}theme.js`).then(() => found.push("foreign worker")));
  }
  return found;
}

/** The worker of the hostile page. */
export const WORKER = `addEventListener("message", async ({ data: target, source }) => {
  const found = [];
  for (const mode of ["cors", "no-cors"]) for (const path of ["api/status", "api/servers"]) {
    try {
      const answer = await fetch(target + path, { mode, credentials: "include" });
      if (answer.type !== "opaque") found.push("worker " + mode + " " + path);
    } catch {}
  }
  source.postMessage(found);
});`;

/** Opens the program's own page beside this one and tries to get hold of it; gives what it could read. */
export async function openBeside(target: string): Promise<string[]> {
  const found: string[] = [];
  addEventListener("message", ({ data }) => found.push(`message ${String(data)}`));
  const beside = window.open(target, "beside");
  await new Promise((done) => setTimeout(done, 3000));
  try {
    beside?.postMessage("hello", "*");
    if (beside !== null && !beside.closed && beside.frames.length > 0) found.push("frames");
    found.push(`document ${beside?.document.title ?? ""}`);
  } catch {
    // It is another's.
  }
  const isCutOff = beside === null || beside.closed;
  if (!isCutOff) found.push("it is still held");
  return found.filter((each) => each !== "document ");
}

/** What a page gets whose own name leads to the program now. */
export async function readOwnOrigin(): Promise<string[]> {
  const found: string[] = [];
  for (const [method, path] of [["GET", "/api/status"], ["GET", "/api/servers"], ["GET", "/theme.js"], ["POST", "/api/servers"], ["POST", "/api/session"], ["DELETE", "/api/sessions/others"]] as const) {
    const body = method === "POST" ? { body: JSON.stringify({ host: "192.0.2.1", user: "root", secret: "x" }), headers: { "Content-Type": "application/json" } } : {};
    const answer = await fetch(path, { method, cache: "no-store", credentials: "include", ...body });
    found.push(`${answer.status} ${((await answer.json()) as { error: { code: string } }).error.code}`);
  }
  const socket = new WebSocket(`ws://${location.host}/api/live`);
  await new Promise((done) => {
    socket.onopen = () => done(found.push("socket open"));
    socket.onerror = done;
  });
  return [...new Set(found)];
}
