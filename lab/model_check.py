"""Asks a running model of `model.sh` in both wire formats: `python model_check.py URL`; exit code 1 on a fault.

Invariant: it judges the form alone, never what the model said.
"""

import json
import sys
import urllib.error
import urllib.request

SCHEMA = {
    "$defs": {
        "State": {"type": "string", "enum": ["running", "stopped"]},
        "Port": {"type": "object", "properties": {"number": {"type": "integer", "minimum": 1, "maximum": 65535}},
                 "required": ["number"], "additionalProperties": False},
    },
    "type": "object",
    "properties": {
        "state": {"$ref": "#/$defs/State"},
        "port": {"anyOf": [{"$ref": "#/$defs/Port"}, {"type": "null"}]},
        "share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
    },
    "required": ["state", "port", "share"],
    "additionalProperties": False,
}
# A constraint that no grammar holds.
UNHELD = {"not": {"type": "string"}}
MESSAGES = [{"role": "user", "content": "nginx is running on port 8080 and has 50 % of the load."}]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=300) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def openai(base, schema, **more):
    # Bounded: what no schema holds back may go on until the context is full.
    wanted = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
    body = {"model": "any", "messages": MESSAGES, "temperature": 0, "max_tokens": 200,
            "response_format": wanted, **more}
    return post(base + "/v1/chat/completions", body)


def ollama(base, schema):
    body = {"model": "any", "messages": MESSAGES, "stream": False, "format": schema,
            "options": {"temperature": 0, "num_predict": 200}}
    return post(base + "/api/chat", body)


def follows(text):
    try:
        value = json.loads(text)
        port, share = value["port"], value["share"]
        return (
            list(value) == ["state", "port", "share"]
            and value["state"] in ("running", "stopped")
            and (port is None or (list(port) == ["number"] and 1 <= port["number"] <= 65535))
            and (share is None or 0 <= share <= 1)
        )
    except (ValueError, KeyError, TypeError):
        return False


def check(what, holds):
    print(("ok    " if holds else "FAULT ") + what)
    return holds


def main():
    base = sys.argv[1].rstrip("/")
    status, reply = openai(base, SCHEMA)
    first = reply["choices"][0]
    usage = reply["usage"]
    ollama_status, ollama_reply = ollama(base, SCHEMA)
    said = ollama_reply["message"]["content"]
    cut_status, cut = openai(base, SCHEMA, max_tokens=3)
    long = [{"role": "user", "content": "word " * 200_000}]
    too_long_status, _ = openai(base, SCHEMA, messages=long)
    held = [
        check("OpenAI: the reply follows the schema", status == 200 and follows(first["message"]["content"])),
        check("OpenAI: it ended by itself", first["finish_reason"] == "stop"),
        check("OpenAI: tokens are counted", usage["prompt_tokens"] > 10 and usage["completion_tokens"] > 5),
        check("OpenAI: the same at temperature 0", openai(base, SCHEMA)[1]["choices"][0]["message"] == first["message"]),
        check("OpenAI: a cut reply says so", cut_status == 200 and cut["choices"][0]["finish_reason"] == "length"),
        check("OpenAI: a schema that cannot be held is refused", openai(base, UNHELD)[0] == 400),
        check("OpenAI: what is too long is refused", too_long_status == 400),
        check("Ollama: the reply follows the schema", ollama_status == 200 and follows(said)),
        check("Ollama: tokens are counted", ollama_reply["prompt_eval_count"] > 10 and ollama_reply["eval_count"] > 5),
        check("Ollama: a schema that cannot be held is refused", ollama(base, UNHELD)[0] == 400),
    ]
    sys.exit(0 if all(held) else 1)


main()
