# shellcheck shell=bash
# What every Debian-like root has: users, sudo, SSH, logs, an offline package
# source. Sourced by the layers inside the root. Invariant: after
# use_offline_packages nothing in the root asks the network.

# add_user NAME UID SHELL: a user with the lab's password and keys.
add_user() {
  useradd --create-home --uid "$2" --user-group --shell "$3" "$1"
  echo "$1:$LAB_PASSWORD" | chpasswd
  accept_keys "$1" "/home/$1"
}

# accept_keys USER HOME
accept_keys() {
  install -d -m 700 -o "$1" -g "$1" "$2/.ssh"
  install -m 600 -o "$1" -g "$1" /tmp/lab/authorized_keys "$2/.ssh/authorized_keys"
}

add_users() {
  echo "root:$LAB_PASSWORD" | chpasswd
  accept_keys root /root
  add_user admin 1000 /bin/bash
  usermod --append --groups sudo,adm admin
  add_user ops 1001 /bin/bash
  echo 'ops ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/ops
  chmod 440 /etc/sudoers.d/ops
  add_user plain 1002 /bin/bash
  add_user noisy 1003 /bin/bash
  add_user fishy 1004 /usr/bin/fish
  add_user cshy 1005 /usr/bin/tcsh
  add_user zshy 1006 /usr/bin/zsh
  add_user dashy 1007 /bin/dash
  add_user german 1008 /bin/bash
}

# Bash reads .bashrc for commands over SSH too, so all of this happens before
# (and around) every command, and before the SFTP server's first byte.
make_noisy_noisy() {
  cat >/home/noisy/.bashrc <<'RC'
echo "*** Welcome to $(uname -n) — please read the rules! ***"
printf '\033[1;31mYou have 3 unread messages\033[0m\n'
echo "noisy: warning: this line goes to stderr" >&2
sleep 0.2
shopt -s expand_aliases
alias ls='ls --color=always'
alias grep='grep --color=always'
RC
  chown noisy: /home/noisy/.bashrc
}

make_german_german() {
  sed -i '1i export LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8' /home/german/.bashrc
}

# Debian's own settings stay: PAM on, AcceptEnv LANG LC_*, an external SFTP
# server (which the login shell starts, so a noisy .bashrc spoils it).
configure_ssh() {
  cat >/etc/ssh/sshd_config.d/lab.conf <<'CONF'
LogLevel VERBOSE
PermitRootLogin yes
PasswordAuthentication yes
UseDNS no
HostKey /etc/ssh/ssh_host_ed25519_key
HostKey /etc/ssh/ssh_host_ecdsa_key
HostKey /etc/ssh/ssh_host_rsa_key
Match User german
    SetEnv LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8
Match all
CONF
}

# lift_ssh_limits: for hosts where a burst of test connections must not be
# turned away. deb12-b does not call it and keeps OpenSSH's defaults.
lift_ssh_limits() {
  printf 'MaxSessions 100\nMaxStartups 200:30:400\n' >/etc/ssh/sshd_config.d/lab-limits.conf
}

# The kernel log is the whole machine's, not the host's: leave it out.
configure_logs() { sed -i '/imklog/d' /etc/rsyslog.conf; }

# use_lab_init: an init that makes the control groups writable, which
# systemd-nspawn mounts read-only on a machine with cgroup v1.
use_lab_init() {
  cat >/usr/local/sbin/lab-init <<'SH'
#!/bin/sh
for folder in /sys/fs/cgroup/*/; do
  mount -o remount,rw,bind "$folder" 2>/dev/null || mount -o remount,rw "$folder" 2>/dev/null
done
exec /lib/systemd/systemd "$@"
SH
  chmod 755 /usr/local/sbin/lab-init
}

# install_packages NAME...: from the network, while the root is being built.
install_packages() {
  apt-get update -qq
  apt-get install -qq --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@"
}

# build_hello VERSION: puts lab-hello of that version into /srv/repo; prints its
# paragraph of the Packages file.
build_hello() {
  local tree=/tmp/lab/hello-$1 deb=lab-hello_$1_all.deb
  mkdir -p "$tree/DEBIAN" /srv/repo
  cat >"$tree/DEBIAN/control" <<CONTROL
Package: lab-hello
Version: $1
Section: misc
Priority: optional
Architecture: all
Maintainer: The lab <lab@example.invalid>
Description: lab test package
 It holds nothing; it is there to be updated.
CONTROL
  dpkg-deb --root-owner-group --build "$tree" "/srv/repo/$deb" >&2
  dpkg-deb --field "/srv/repo/$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" \
    "$(stat -c %s "/srv/repo/$deb")" "$(sha256sum "/srv/repo/$deb" | cut -d' ' -f1)"
}

# use_offline_packages: makes the repository /srv/repo with two versions of
# lab-hello, installs 1.0, and lets apt know of nothing else.
use_offline_packages() {
  { build_hello 1.0 && build_hello 1.1; } >/tmp/lab/Packages
  mv /tmp/lab/Packages /srv/repo/Packages
  cat >/srv/repo/Release <<RELEASE
Origin: Lab
Suite: stable
Date: $(LC_ALL=C date -u -R)
SHA256:
 $(sha256sum /srv/repo/Packages | cut -d' ' -f1) $(stat -c %s /srv/repo/Packages) Packages
RELEASE
  rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*
  echo 'deb [trusted=yes] file:/srv/repo ./' >/etc/apt/sources.list
  apt-get update -qq
  apt-get install -qq lab-hello=1.0
}

# set_up_server: everything above that every Debian-like host has.
set_up_server() {
  add_users
  make_noisy_noisy
  make_german_german
  configure_ssh
  configure_logs
  use_lab_init
}
