"""Serves one small language model on a loopback port, in OpenAI's and in Ollama's wire format.

Invariant: a reply to a request with a JSON Schema is sampled under that schema, or the request is refused with
status 400: the engine lets a schema that it cannot hold pass without a word, so each is compiled here before.
Started by `model.sh`: `python model.py MODEL_FILE MODEL_NAME URL_FILE`; URL_FILE appears when it answers.
"""

import datetime
import http.client
import http.server
import json
import os
import select
import sys
import urllib.parse

import llguidance
import xllamacpp

# Prompt and reply together; 0: as many as the model was trained for.
CONTEXT_TOKENS = int(os.environ.get("HEADLESSOS_MODEL_CONTEXT", "0"))
# Threads of the engine spin while they wait for each other: more than there are idle cores slow it down tenfold.
THREADS = int(os.environ.get("HEADLESSOS_MODEL_THREADS", "1"))
# Without it a small model likes to fill its reply with line feeds, which every schema allows.
WHITESPACE = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}


class Refused(Exception):
    """The request cannot be answered as it was meant; the text says why."""


def grammar(schema):
    """The grammar that holds a reply to the schema."""
    text = "%llguidance {}\nstart: %json " + json.dumps({**schema, "x-guidance": WHITESPACE})
    fault = llguidance.LLMatcher.validate_grammar(text)
    if fault:
        raise Refused(fault.partition("\n   1 |")[0])
    return text


def an_object(value, name):
    if not isinstance(value, dict):
        raise Refused(f"{name} is not an object")
    return value


def of_openai(request):
    """A request in OpenAI's format, with the engine's grammar in the place of its schema."""
    request = dict(an_object(request, "the request"))
    wanted = an_object(request.pop("response_format", None) or {"type": "text"}, "response_format")
    if wanted.get("type") == "json_schema":
        named = an_object(wanted.get("json_schema"), "json_schema")
        request["grammar"] = grammar(an_object(named.get("schema"), "schema"))
    elif wanted.get("type") == "json_object":
        request["grammar"] = grammar({"type": "object"})
    elif wanted.get("type") != "text":
        raise Refused("response_format has no such type")
    return request


def of_ollama(request):
    """A request in Ollama's format as one for the engine, never streamed."""
    request = an_object(request, "the request")
    options = an_object(request.get("options") or {}, "options")
    engine = {"messages": request.get("messages"), "stream": False}
    for name in ("temperature", "seed", "top_p", "top_k", "min_p", "repeat_penalty", "stop"):
        if name in options:
            engine[name] = options[name]
    longest = options.get("num_predict")
    if isinstance(longest, int) and longest > 0:
        engine["max_tokens"] = longest
    wanted = request.get("format")
    if wanted == "json":
        engine["grammar"] = grammar({"type": "object"})
    elif wanted:
        engine["grammar"] = grammar(an_object(wanted, "format"))
    return engine


def to_ollama(reply, model):
    """The engine's reply in Ollama's format; times in nanoseconds, as there."""
    choice, usage, timings = reply["choices"][0], reply["usage"], reply["timings"]
    prompt_ns, reply_ns = int(timings["prompt_ms"] * 1e6), int(timings["predicted_ms"] * 1e6)
    return {
        "model": model,
        "created_at": datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z"),
        "message": {"role": "assistant", "content": choice["message"].get("content") or ""},
        "done": True,
        "done_reason": choice["finish_reason"],
        "total_duration": prompt_ns + reply_ns,
        "load_duration": 0,
        "prompt_eval_count": usage["prompt_tokens"],
        "prompt_eval_duration": prompt_ns,
        "eval_count": usage["completion_tokens"],
        "eval_duration": reply_ns,
    }


class Front(http.server.BaseHTTPRequestHandler):
    """One connection; the engine does the work behind a port of its own."""

    protocol_version = "HTTP/1.1"
    engine = None
    model = None

    def do_GET(self):
        if self.path == "/api/tags":
            self.reply(200, {"models": [{"name": self.model, "model": self.model}]})
        elif self.path == "/api/version":
            self.reply(200, {"version": xllamacpp.__version__})
        elif self.path in ("/health", "/v1/models"):
            self.pass_on("GET", self.path, None)
        else:
            self.reply(404, {"error": {"message": "no such path", "type": "not_found_error"}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            request = json.loads(body)
            if self.path == "/v1/chat/completions":
                self.pass_on("POST", self.path, of_openai(request))
            elif self.path == "/api/chat":
                self.answer_ollama(request)
            else:
                self.reply(404, {"error": {"message": "no such path", "type": "not_found_error"}})
        except (Refused, ValueError) as why:
            if self.path == "/api/chat":
                self.reply(400, {"error": str(why)})
            else:
                self.reply(400, {"error": {"message": str(why), "type": "invalid_request_error", "code": None}})

    def ask_engine(self, method, path, request):
        """The engine's response, of which nothing is read yet; `None` when the client has gone.

        Closing the connection to the engine ends the run, which would else hold up all that come after it.
        """
        upstream = http.client.HTTPConnection(self.engine)
        body = None if request is None else json.dumps(request)
        upstream.request(method, path, body, {"Content-Type": "application/json"})
        if self.connection in select.select([self.connection, upstream.sock], [], [])[0]:
            upstream.close()
            self.close_connection = True
            return None
        return upstream.getresponse()

    def pass_on(self, method, path, request):
        """The engine's reply as it is, as it comes."""
        response = self.ask_engine(method, path, request)
        if response is None:
            return
        self.send_response(response.status)
        self.send_header("Content-Type", response.headers["Content-Type"])
        # Its end is the connection's end: a stream has no length.
        self.send_header("Connection", "close")
        self.end_headers()
        while part := response.read1(65536):
            self.wfile.write(part)

    def answer_ollama(self, request):
        response = self.ask_engine("POST", "/v1/chat/completions", of_ollama(request))
        if response is None:
            return
        reply = json.loads(response.read())
        if response.status != 200:
            self.reply(response.status, {"error": reply["error"]["message"]})
        else:
            # A stream of one part, unless none was wanted: Ollama streams by default.
            streamed = request.get("stream", True)
            self.reply(200, to_ollama(reply, self.model), "application/x-ndjson" if streamed else "application/json")

    def reply(self, status, value, kind="application/json"):
        body = json.dumps(value).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Listener(http.server.ThreadingHTTPServer):
    """Loopback, a port that the system chooses."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Front)


def start_engine(path, name):
    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.model_alias = {name}
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    # What does not fit is refused, never cut in the middle.
    parameters.ctx_shift = False
    parameters.cpuparams.n_threads = THREADS
    parameters.cpuparams_batch.n_threads = THREADS
    # It would serve a page; this is for programs.
    parameters.ui = False
    return xllamacpp.Server(parameters)


def main():
    path, name, url_file = sys.argv[1:]
    engine = start_engine(path, name)
    Front.engine = urllib.parse.urlsplit(engine.listening_address).netloc
    Front.model = name
    with Listener() as listener:
        with open(url_file + ".new", "w", encoding="ascii") as file:
            file.write(f"http://127.0.0.1:{listener.server_address[1]}\n")
        os.replace(url_file + ".new", url_file)
        listener.serve_forever()


main()
