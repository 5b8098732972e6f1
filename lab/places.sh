# shellcheck shell=bash
# Where the lab keeps things, how it speaks, and the one lock that keeps two
# runs apart. Invariant: everything the lab writes lies below $LAB_CACHE.

# The scripts that source this one use these names.
# shellcheck disable=SC2034
{
  LAB_SOURCE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
  LAB_CACHE="${HEADLESSOS_LAB:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/headlessos-lab}"
  LAB_ROOTS="$LAB_CACHE/roots"  # built filesystems, one folder per content hash
  LAB_KEYS="$LAB_CACHE/keys"    # login identities and host keys; outlive `down`
  LAB_STATE="$LAB_CACHE/state"  # one folder per running thing; gone after `down`
  LAB_LOGS="$LAB_CACHE/logs"    # what builds and machines printed, latest only
  LAB_HOSTS_JSON="$LAB_CACHE/hosts.json"
  LAB_PASSWORD=labpw            # of every user of every tier 1 host
  LAB_PASSPHRASE=labphrase      # of the encrypted identity
}

# say TEXT...: progress, on stderr, so that stdout stays for answers.
say() { printf 'lab: %s\n' "$*" >&2; }

# die TEXT...: says why and ends the run with exit code 1.
die() {
  say "$*"
  exit 1
}

make_places() {
  umask 077
  mkdir -p "$LAB_CACHE" "$LAB_ROOTS" "$LAB_KEYS" "$LAB_STATE" "$LAB_LOGS"
  chmod 700 "$LAB_CACHE" "$LAB_ROOTS" "$LAB_KEYS" "$LAB_STATE" "$LAB_LOGS"
}

# take_lock: waits until no other run changes this lab. Held on descriptor 9
# until this process ends; long-lived children must be started with `9>&-`.
take_lock() {
  make_places
  exec 9>"$LAB_CACHE/lock"
  flock --nonblock 9 && return
  say "waiting for another lab run to finish"
  flock 9
}

# wait_until SECONDS COMMAND...: polls until COMMAND succeeds; 1 when it never did.
wait_until() {
  local deadline_us=$((${EPOCHREALTIME/[.,]/} + $1 * 1000000))
  shift
  until "$@"; do
    ((${EPOCHREALTIME/[.,]/} < deadline_us)) || return 1
    sleep 0.05
  done
}

# answers_ssh ADDRESS PORT: true when an SSH server greets there.
answers_ssh() {
  local greeting=
  { exec 8<>"/dev/tcp/$1/$2"; } 2>/dev/null || return 1
  read -r -t 2 greeting <&8 || true
  exec 8>&-
  [[ $greeting == SSH-2.0-* ]]
}

# is_running PID_FILE WORD: true when the recorded process lives and is still
# ours: WORD must stand in its command line, as process ids are used again.
is_running() {
  local pid
  [[ -f $1 ]] || return 1
  read -r pid <"$1" || return 1
  [[ -n $pid ]] && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$2"
}
