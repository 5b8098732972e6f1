#!/bin/bash
# Makes an Alpine look-alike from Debian's binaries: busybox, OpenRC, dropbear,
# and programs that fill a terminal. Usage: busybox.sh FOLDER AUTHORIZED_KEYS.
# Invariant: no bash, no sudo, no package manager and no SFTP server inside.
set -euo pipefail

root=$1 authorized_keys=$2

packages=(
  busybox-static openrc libeinfo1 librc1 dropbear-bin libtomcrypt1 libtommath1
  zlib1g libcrypt1 libc6 libgmp10 libpam0g libaudit1 libcap-ng0 libselinux1
  libpcre2-8-0
)
# libcom-err2: mc wants it and does not say so.
terminal_programs=(htop tmux nano mc libcom-err2 dialog vim python3-minimal ncurses-base)

# with_dependencies NAME..: prints the packages and what they need, but for the
# package manager and what only maintainer scripts call.
with_dependencies() {
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts \
    --no-breaks --no-replaces --no-enhances "$@" |
    grep '^[a-z]' | grep -vxE 'dpkg|tar|debianutils|debconf|perl-base|gcc-.*-base' | sort -u
}

# unpack FOLDER [MEMBER..]: all packages in FOLDER, or these folders of them.
unpack() {
  local deb
  for deb in "$1"/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -C "$root" -x --keep-directory-symlink "${@:2}"
  done
}

unpack_packages() {
  local debs folder
  debs=$(mktemp -d)
  mapfile -t -O "${#packages[@]}" packages < <(with_dependencies "${terminal_programs[@]}")
  mkdir "$debs/libc-bin"
  (cd "$debs" && apt-get download -qq -o APT::Sandbox::User=root "${packages[@]}")
  (cd "$debs/libc-bin" && apt-get download -qq -o APT::Sandbox::User=root libc-bin)
  mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
  for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
  unpack "$debs"
  unpack "$debs/libc-bin" ./usr/lib/locale # C.UTF-8; not getent, which a small host lacks
  rm -rf "$debs" "$root"/usr/share/{doc,man,locale,lintian} "$root"/usr/lib/*/{gconv,ossl-modules}
  rm -rf "$root"/usr/share/vim/vim*/{doc,lang,spell,tutor}
  ln -s vim.basic "$root/usr/bin/vim" # as Debian's alternatives would
}

make_folders() {
  mkdir -p "$root"/{proc,sys,dev,run,tmp,root,home,etc/dropbear,var/log,var/spool/cron/crontabs}
  chmod 1777 "$root/tmp"
  ln -sfn /run "$root/var/run"
  : >"$root/etc/insserv.conf" # OpenRC complains without it
}

link_applets() {
  local applet
  chroot "$root" /bin/busybox --list | while read -r applet; do
    compgen -G "$root/usr/*bin/$applet" >/dev/null || ln -s /bin/busybox "$root/usr/bin/$applet"
  done
  ln -sf /bin/busybox "$root/usr/sbin/init"
}

make_users() {
  local hash
  hash=$(openssl passwd -6 "$LAB_PASSWORD")
  printf '%s\n' 'root:x:0:0:root:/root:/bin/ash' 'nobody:x:65534:65534:nobody:/:/bin/false' \
    'plain:x:1000:1000:Plain User:/home/plain:/bin/ash' >"$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'adm:x:4:' 'tty:x:5:' 'uucp:x:14:' 'wheel:x:10:root' \
    'utmp:x:406:' 'plain:x:1000:' 'nobody:x:65534:' >"$root/etc/group"
  printf '%s\n' "root:$hash:19000:0:99999:7:::" "plain:$hash:19000:0:99999:7:::" >"$root/etc/shadow"
  chmod 640 "$root/etc/shadow"
  printf '/bin/ash\n/bin/sh\n' >"$root/etc/shells"
  install -d -m 700 "$root/root/.ssh"
  install -d -m 755 -o 1000 -g 1000 "$root/home/plain"
  install -d -m 700 -o 1000 -g 1000 "$root/home/plain/.ssh"
  cat "$authorized_keys" >"$root/root/.ssh/authorized_keys"
  install -m 600 -o 1000 -g 1000 "$root/root/.ssh/authorized_keys" "$root/home/plain/.ssh/authorized_keys"
}

name_distribution() {
  printf '%s\n' 'NAME="Alpine Linux"' 'ID=alpine' 'VERSION_ID=3.18.4' \
    'PRETTY_NAME="Alpine Linux v3.18 (lab look-alike)"' >"$root/etc/os-release"
  echo 3.18.4 >"$root/etc/alpine-release"
}

# add_service NAME DESCRIPTION COMMAND ARGUMENTS: started at boot by OpenRC.
add_service() {
  cat >"$root/etc/init.d/$1" <<SERVICE
#!/sbin/openrc-run
description="$2"
command="$3"
command_args="$4"
command_background=true
pidfile=/run/$1.pid
SERVICE
  chmod 755 "$root/etc/init.d/$1"
  ln -s "/etc/init.d/$1" "$root/etc/runlevels/default/$1"
}

add_services() {
  mkdir -p "$root"/etc/runlevels/{sysinit,boot,default,shutdown}
  find "$root/etc/runlevels" -type l -delete
  printf '%s\n' '::sysinit:/sbin/openrc sysinit' '::sysinit:/sbin/openrc boot' \
    '::wait:/sbin/openrc default' '::shutdown:/sbin/openrc shutdown' >"$root/etc/inittab"
  add_service syslogd "System logger" /bin/syslogd "-n"
  add_service crond "Cron daemon" /bin/crond "-f -l 8"
  add_service dropbear "SSH server" /usr/sbin/dropbear "-F -r /etc/dropbear/host_key"
  cat >>"$root/etc/init.d/dropbear" <<'SERVICE'
start_pre() {
  dropbearconvert openssh dropbear /etc/ssh/ssh_host_ed25519_key /etc/dropbear/host_key 2>/dev/null
}
SERVICE
}

unpack_packages
make_folders
link_applets
make_users
name_distribution
add_services
