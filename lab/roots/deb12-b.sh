# shellcheck shell=bash
# Runs inside the root of deb12-b, the calm host: no Docker, no failed unit,
# nothing to update. Invariant: sshd keeps OpenSSH's default limits.

# shellcheck source=debian-server.sh
. /tmp/lab/debian-server.sh

set_up_server
rm -r /home/admin/.ssh # admin gets in with the password only
use_offline_packages
apt-get upgrade -qq
