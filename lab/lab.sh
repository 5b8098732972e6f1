#!/bin/bash
# Brings up real servers to test against. Usage: lab.sh VERB [HOST..]; see
# README.md. Invariant: `down` leaves nothing on this machine but the cache.
set -euo pipefail
shopt -s inherit_errexit

source_folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
. "$source_folder/places.sh"
. "$source_folder/needs.sh"
. "$source_folder/keys.sh"
. "$source_folder/hosts.sh"
. "$source_folder/cgroups.sh"
. "$source_folder/roots/build.sh"
. "$source_folder/machine.sh"
. "$source_folder/slowlink.sh"
. "$source_folder/away.sh"
. "$source_folder/plain-sshd.sh"
. "$source_folder/inventory.sh"
. "$source_folder/check.sh"

usage() {
  cat <<'TEXT'
usage: lab.sh VERB
  needs                           Debian packages that are needed and missing
  up [HOST..]                     build what is not built, start, wait (default: all)
  down [HOST..]                   end; nothing but the cache stays (default: all)
  reset HOST..                    down and up from the clean root
  status                          what is there, for people
  hosts                           path of hosts.json; exit code 3 when nothing is up
  exec HOST COMMAND..             run as root in the host, without SSH
  slow HOST DELAY_MS LOSS_PERCENT add a slow way to the host; prints its address
  away LOG COMMAND..              run where only the hosts can be reached; fails when more was tried
  audit FOLDER COMMAND..          run while the kernel records what the hosts' SSH servers start; fails
                                  where the journals that it leaves say otherwise
  check [HOST..]                  log in as every user of the hosts, in every way
  purge                           down, and remove the cache
TEXT
}

# wanted_hosts HOST..: checks the names; prints them, or all when none is given.
wanted_hosts() {
  local host
  for host; do
    [[ $host == "$LAB_PLAIN" ]] || is_host "$host" || die "no such host: $host (there are: $LAB_PLAIN ${LAB_HOSTS[*]})"
  done
  if (($# > 0)); then printf '%s\n' "$@"; else printf '%s\n' "$LAB_PLAIN" "${LAB_HOSTS[@]}"; fi
}

# step NAME HOST: one host's step in a process of its own, so that its failure
# ends nothing else.
# (With `set -e` a function called in a condition would go on after an error.)
step() { bash "$source_folder/lab.sh" "step-$1" "$2"; }

# start_all HOST..: starts them side by side; prints those that failed.
start_all() {
  local host pids=()
  for host; do
    step start "$host" >&2 &
    pids+=($!)
  done
  for host; do
    wait "${pids[0]}" || echo "$host"
    pids=("${pids[@]:1}")
  done
}

up() {
  local host hosts reason ready=() failed=()
  mapfile -t hosts < <(wanted_hosts "$@")
  ((${#hosts[@]})) || exit 1
  take_lock
  make_identities
  reason=$(why_not_tier_1)
  [[ -z $reason ]] || say "only tier 0 (host '$LAB_PLAIN'): $reason"
  for host in "${hosts[@]}"; do
    if [[ $host == "$LAB_PLAIN" ]]; then
      plain_up
    elif [[ -n $reason ]]; then
      (($# == 0)) || failed+=("$host")
    elif ! is_up "$host" || [[ ! -f $LAB_STATE/$host/ready ]]; then
      if step build "$host"; then ready+=("$host"); else failed+=("$host"); fi
    fi
  done
  mapfile -t -O "${#failed[@]}" failed < <(start_all "${ready[@]}")
  write_hosts_json
  ((${#failed[@]} == 0)) || die "not up: ${failed[*]}"
  say "up: $LAB_HOSTS_JSON"
}

down() {
  local host hosts
  mapfile -t hosts < <(wanted_hosts "$@")
  ((${#hosts[@]})) || exit 1
  take_lock
  for host in "${hosts[@]}"; do
    if [[ $host == "$LAB_PLAIN" ]]; then plain_down; else end_host "$host"; fi
  done
  write_hosts_json
}

# end_host HOST: the host and its slow way.
end_host() {
  slow_down "$1"
  end_machine "$1"
}

# reset HOST..: the address, the host key and a slow way stay the same.
reset() {
  local host delay_ms loss_percent tier_1=() failed=() slow=()
  (($# > 0)) || die "reset which host?"
  wanted_hosts "$@" >/dev/null
  take_lock
  make_identities
  for host; do
    [[ $host == "$LAB_PLAIN" ]] || step build "$host" # nothing to do, unless its scripts changed
  done
  for host; do
    ! slow_is_up "$host" || slow+=("$host $(<"$LAB_STATE/$host/slow/link")")
    if [[ $host == "$LAB_PLAIN" ]]; then
      plain_down
      plain_up
    else
      end_host "$host"
      tier_1+=("$host")
    fi
  done
  mapfile -t failed < <(start_all "${tier_1[@]}")
  for host in "${slow[@]}"; do
    read -r host delay_ms loss_percent <<<"$host"
    slow_up "$host" "$delay_ms" "$loss_percent"
  done
  write_hosts_json
  ((${#failed[@]} == 0)) || die "not up: ${failed[*]}"
}

slow() {
  (($# == 3)) || die "usage: lab.sh slow HOST DELAY_MS LOSS_PERCENT"
  is_host "$1" || die "no such host: $1"
  take_lock
  slow_up "$@"
  write_hosts_json
  cat "$LAB_STATE/$1/slow/address"
}

print_hosts_path() {
  [[ -f $LAB_HOSTS_JSON ]] || exit 3
  echo "$LAB_HOSTS_JSON"
}

exec_in() {
  (($# >= 2)) || die "usage: lab.sh exec HOST COMMAND.."
  is_host "$1" || die "no such host: $1"
  umask 022 # a server's, whatever ours is
  run_inside "$@"
}

purge() {
  down
  rm -rf --one-file-system "$LAB_CACHE"
}

main() {
  local verb=${1:-}
  shift || true
  case $verb in
    needs) needs ;;
    up) up "$@" ;;
    down) down "$@" ;;
    reset) reset "$@" ;;
    status) print_status ;;
    hosts) print_hosts_path ;;
    exec) exec_in "$@" ;;
    slow) slow "$@" ;;
    away)
      (($# >= 2)) || die "usage: lab.sh away LOG COMMAND.."
      run_away "$@"
      ;;
    audit)
      (($# >= 2)) || die "usage: lab.sh audit FOLDER COMMAND.."
      [[ $EUID == 0 ]] || die "the kernel's audit takes root"
      exec /usr/bin/python3 -IS "$LAB_SOURCE/audit.py" "$1" -- "${@:2}"
      ;;
    check) check_hosts "$@" ;;
    purge) purge ;;
    step-build) ensure_root "$1" ;;
    step-start)
      start_machine "$1"
      await_machine "$1"
      forget_old_roots "$1" "$(root_path "$1")" # a reset may have left the root it stood on
      ;;
    help | -h | --help) usage ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}

main "$@"
