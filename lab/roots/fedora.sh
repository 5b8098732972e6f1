# shellcheck shell=bash
# Runs inside the root of fedora, a look-alike: Debian's userland with rpm, dnf
# and firewalld. Invariant: apt and dpkg are gone, one dnf update waits.

# shellcheck source=debian-server.sh
. /tmp/lab/debian-server.sh

claim_to_be_fedora() {
  rm -f /etc/os-release /etc/debian_version /etc/lsb-release
  cat >/usr/lib/os-release <<'RELEASE'
NAME="Fedora Linux"
VERSION="39 (Lab look-alike)"
ID=fedora
VERSION_ID=39
VERSION_CODENAME=""
PLATFORM_ID="platform:f39"
PRETTY_NAME="Fedora Linux 39 (Lab look-alike)"
ANSI_COLOR="0;38;2;60;110;180"
CPE_NAME="cpe:/o:fedoraproject:fedora:39"
RELEASE
  ln -s ../usr/lib/os-release /etc/os-release
  echo 'Fedora release 39 (Lab look-alike)' >/etc/fedora-release
}

# Fedora's names for the two logs that everybody reads.
use_fedora_log_names() {
  cat >/etc/rsyslog.d/10-fedora.conf <<'CONF'
authpriv.*;auth.*                /var/log/secure
*.info;authpriv.none;auth.none   /var/log/messages
& stop
CONF
}

# build_rpm VERSION: puts lab-hello of that version into /srv/repo.
build_rpm() {
  cat >/tmp/lab/lab-hello.spec <<SPEC
Name: lab-hello
Version: $1
Release: 1.fc39
Summary: lab test package
License: MIT
BuildArch: noarch
%description
It holds nothing; it is there to be updated.
%files
SPEC
  rpmbuild -bb --quiet --define '_topdir /tmp/lab/rpmbuild' --define '_rpmdir /srv/repo' /tmp/lab/lab-hello.spec
}

use_offline_rpms() {
  mkdir -p /srv/repo /etc/yum.repos.d /etc/dnf/vars
  build_rpm 1.0
  build_rpm 1.1
  createrepo_c --quiet /srv/repo
  echo 39 >/etc/dnf/vars/releasever
  cat >/etc/yum.repos.d/lab.repo <<'REPO'
[lab]
name=Lab offline repository
baseurl=file:///srv/repo
enabled=1
gpgcheck=0
metadata_expire=never
REPO
  rpm --initdb
  rpm --install --force-debian --nodeps /srv/repo/noarch/lab-hello-1.0-1.fc39.noarch.rpm
  dnf --quiet makecache
}

remove_debian_tools() {
  rm -f /usr/bin/apt* /usr/bin/dpkg* /usr/lib/systemd/system/{apt,dpkg}-*
  rm -rf /etc/apt /var/lib/apt /etc/systemd/system/*/{apt,dpkg}-*
}

install_packages rpm dnf createrepo-c firewalld nftables
set_up_server
lift_ssh_limits
use_fedora_log_names
use_offline_rpms
claim_to_be_fedora
remove_debian_tools
