// A web server of the test's own inside a lab host, on its loopback address alone, that remembers every header it was sent.
import { ask, type LabHost } from "./lab.ts";

export interface WebService {
  port: number;
  /** All request lines and headers so far. */
  heard: () => Promise<string>;
  remove: () => Promise<void>;
}

const SCRIPT = `
import http.server, sys
log = open(sys.argv[1] + "/heard", "a", buffering=1)
class Page(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        log.write(self.requestline + "\\n" + str(self.headers))
        text = b"<title>Inside</title><h1>Inside the server</h1><img src=/image><script>fetch('/again',{method:'POST',body:'x',credentials:'include'}).then(()=>document.title='Asked again')</script>"
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("set-cookie", "own=1; Path=/")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    do_GET = do_POST = answer
    def log_message(self, *rest): pass
# A port like 40443 would be taken for one with TLS.
server = None
while server is None or server.server_address[1] % 1000 == 443:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
open(sys.argv[1] + "/port", "w").write(str(server.server_address[1]))
server.serve_forever()
`;

/** Starts one on a port that the host chooses; the host runs systemd and has Python. */
export async function startWebService(host: LabHost, name: string): Promise<WebService> {
  const unit = `e2e-web-${name}`;
  const folder = `/run/${unit}`;
  await ask(host, "sh", "-c", 'rm -rf "$0" && mkdir -p "$0" && printf %s "$1" >"$0/serve.py" && systemd-run --quiet --collect --unit="$2" python3 "$0/serve.py" "$0" && until [ -s "$0/port" ]; do :; done', folder, SCRIPT, unit);
  return {
    port: Number(await ask(host, "cat", `${folder}/port`)),
    heard: () => ask(host, "sh", "-c", 'cat "$0/heard"', folder),
    remove: async () => void (await ask(host, "sh", "-c", 'systemctl kill -s KILL "$1"; rm -rf "$0"', folder, unit)),
  };
}
