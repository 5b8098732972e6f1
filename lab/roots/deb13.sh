# shellcheck shell=bash
# Runs inside the root of deb13: a second Debian release, newer systemd and
# OpenSSH, cgroup v2. Invariant: one update waits, no Docker.

# shellcheck source=debian-server.sh
. /tmp/lab/debian-server.sh

set_up_server
lift_ssh_limits
# OpenSSH 9.8 began to shut out an address after wrong passwords; every test
# comes from the same address.
echo 'PerSourcePenalties no' >>/etc/ssh/sshd_config.d/lab-limits.conf
use_offline_packages
