# shellcheck shell=bash
# Runs inside the root of deb13: a second Debian release, newer systemd and
# OpenSSH, cgroup v2, doas beside sudo. Invariant: one update waits, no Docker.

# shellcheck source=debian-server.sh
. /tmp/lab/debian-server.sh

# Users who become root by doas alone: with a password each time, with one that is
# remembered, without one. Nobody else may.
add_doas_users() {
  add_user doer 1009 /bin/bash
  add_user keeper 1010 /bin/bash
  add_user freer 1011 /bin/bash
  cat >/etc/doas.conf <<'CONF'
permit doer as root
permit persist keeper as root
permit nopass freer as root
CONF
  chmod 400 /etc/doas.conf
}

install_packages opendoas
set_up_server
add_doas_users
lift_ssh_limits
# OpenSSH 9.8 began to shut out an address after wrong passwords; every test
# comes from the same address.
echo 'PerSourcePenalties no' >>/etc/ssh/sshd_config.d/lab-limits.conf
use_offline_packages
