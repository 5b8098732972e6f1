#!/bin/bash
# Makes a plain Debian server filesystem: packages only, no users, no keys.
# Usage: debian-base.sh SUITE MIRROR FOLDER. Invariant: the same for every host.
set -euo pipefail

suite=$1 mirror=$2 folder=$3

packages=(
  systemd systemd-sysv dbus libpam-systemd openssh-server sudo cron rsyslog
  logrotate iproute2 iputils-ping procps less netbase ca-certificates locales
  sysstat fish tcsh zsh busybox-static lsb-release
)

# German texts stay, as one user's programs speak German.
mmdebstrap --quiet --mode=root --variant=minbase \
  --include="$(IFS=, && echo "${packages[*]}")" \
  --aptopt='Acquire::Languages "none"' \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-include=/usr/share/locale/de/*' \
  --dpkgopt='path-include=/usr/share/locale/locale.alias' \
  "$suite" "$folder" "deb $mirror $suite main"

chroot "$folder" localedef -i de_DE -f UTF-8 de_DE.UTF-8
rm -f "$folder"/etc/ssh/ssh_host_*_key* # each host gets its own
: >"$folder/etc/fstab"
rm -f "$folder/etc/machine-id"
