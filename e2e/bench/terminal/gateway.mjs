// The smallest gateway that people write in Node: ws, ssh2 and xterm.js from npm, with the flow control that xterm.js's own guide has for sockets (the page acknowledges what is parsed); a process of its own.
// Usage: node gateway.mjs PACKAGES_FOLDER TARGETS, where TARGETS is a JSON object of targets by name; prints its port.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, targetsJson] = process.argv.slice(2);
const targets = JSON.parse(targetsJson);
const require = createRequire(join(folder, "package.json"));
const { WebSocketServer } = require("ws");
const { Client } = require("ssh2");

const ACK_EVERY_BYTES = 100_000;
const HIGH = 5;
const LOW = 2;

const PAGE = `<!doctype html><meta charset="utf-8"><title>gateway</title>
<link rel="stylesheet" href="/xterm.css"><style>body { margin: 0 }</style><div id="terminal"></div>
<script src="/xterm.js"></script><script>
const wanted = new URLSearchParams(location.search);
const term = new Terminal({ cols: Number(wanted.get("columns")), rows: Number(wanted.get("rows")) });
globalThis.term = term;
term.open(document.getElementById("terminal"));
const socket = new WebSocket("ws://" + location.host + "/socket" + location.search);
socket.binaryType = "arraybuffer";
let unsaid = 0;
socket.onmessage = ({ data }) => {
  unsaid += data.byteLength;
  if (unsaid < ${ACK_EVERY_BYTES}) { term.write(new Uint8Array(data)); return; }
  unsaid -= ${ACK_EVERY_BYTES};
  term.write(new Uint8Array(data), () => socket.send("1"));
};
term.onData((data) => socket.send("0" + data));
</script>`;

const files = {
  "/": ["text/html", PAGE],
  "/xterm.js": ["text/javascript", readFileSync(join(folder, "node_modules/@xterm/xterm/lib/xterm.js"))],
  "/xterm.css": ["text/css", readFileSync(join(folder, "node_modules/@xterm/xterm/css/xterm.css"))],
};
const server = createServer((request, response) => {
  const [type, body] = files[new URL(request.url, "http://localhost").pathname] ?? [];
  response.writeHead(body === undefined ? 404 : 200, { "content-type": type ?? "text/plain" });
  response.end(body);
});
server.on("connection", (stream) => stream.setNoDelay(true));

new WebSocketServer({ server, path: "/socket" }).on("connection", (socket, request) => {
  const wanted = new URL(request.url, "http://localhost").searchParams;
  const target = targets[wanted.get("target")];
  const client = new Client();
  socket.on("close", () => client.end());
  client.on("error", () => socket.close());
  client.on("ready", () => {
    client.setNoDelay(true);
    const size = { term: "xterm-256color", cols: Number(wanted.get("columns")), rows: Number(wanted.get("rows")) };
    client.shell(size, (error, shell) => {
      if (error) {
        socket.close();
        return;
      }
      let unacknowledged = 0;
      shell.on("data", (bytes) => {
        unacknowledged += bytes.length;
        if (unacknowledged > HIGH * ACK_EVERY_BYTES) shell.pause();
        socket.send(bytes);
      });
      shell.on("close", () => socket.close());
      socket.on("message", (data) => {
        const message = data.toString();
        if (message[0] === "0") {
          shell.write(message.slice(1));
          return;
        }
        unacknowledged -= ACK_EVERY_BYTES;
        if (unacknowledged < LOW * ACK_EVERY_BYTES) shell.resume();
      });
    });
  });
  client.connect({ host: target.address, port: target.port, username: target.user, privateKey: readFileSync(target.identity) });
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
