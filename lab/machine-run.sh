#!/bin/bash
# Runs one host: its overlay root and its init, again after each reboot. Usage:
# machine-run.sh HOST, in fresh network and mount namespaces. Invariant: all it
# makes lives in those namespaces and goes away with this process.
set -euo pipefail

source_folder="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
# shellcheck source=places.sh
. "$source_folder/places.sh"
# shellcheck source=hosts.sh
. "$source_folder/hosts.sh"
# shellcheck source=cgroups.sh
. "$source_folder/cgroups.sh"

readonly REBOOT=133 # how systemd-nspawn --keep-unit says that its guest wants to reboot

host=$1
state=$LAB_STATE/$host

mount_root() {
  local lower
  lower=$(paste -sd: "$state/lower")
  mount -t overlay lab-root "$state/root" -o "lowerdir=$lower,upperdir=$state/upper,workdir=$state/work"
}

# systemd-nspawn leaves locks and folders there when it is killed.
hide_nspawn_state() {
  mkdir -p /run/systemd/nspawn
  mount -t tmpfs lab-run /run/systemd/nspawn
}

# Debian 13 gets the unified hierarchy that it expects. The others get this
# machine's, through lab-init, which makes the controllers writable.
choose_init() {
  case $(host_traits "$host") in
    *' openrc '*) init=/sbin/init ;;
    'debian-13 '*) init=/lib/systemd/systemd && export SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 ;;
    *) init=/usr/local/sbin/lab-init ;;
  esac
}

# Beyond its defaults nspawn must keep all capabilities (a firewall needs
# CAP_NET_ADMIN) and leave /proc/sys/net writable.
boot_guest() {
  local options=(
    --quiet --keep-unit --register=no --directory="$state/root"
    --machine="lab-$LAB_TAG-$host" --hostname="$host"
    --network-namespace-path="/proc/$BASHPID/ns/net" --resolv-conf=off --timezone=off
    --link-journal=no --capability=all --system-call-filter='add_key keyctl bpf'
    --console=read-only
  )
  [[ ! -d $state/docker ]] || options+=(--bind="$state/docker:/var/lib/docker")
  enter_cgroups "$host" "$BASHPID"
  export SYSTEMD_NSPAWN_API_VFS_WRITABLE=network
  exec systemd-nspawn "${options[@]}" "$init"
}

mount_root
hide_nspawn_state
ip link set lo up
wait_until 30 test -s "$state/address"
choose_init
while :; do
  boot_guest </dev/null &
  echo $! >"$state/nspawn.pid"
  code=0
  wait $! || code=$?
  echo "lab: guest ended with $code"
  ((code == REBOOT)) || break
  empty_cgroups "$host"
done
