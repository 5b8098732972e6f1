# shellcheck shell=bash
# Runs inside the root of deb12, the rich host: Docker with two containers, ufw,
# an update waiting, a failed unit, odd mounts. Invariant: boots without network.

# shellcheck source=debian-server.sh
. /tmp/lab/debian-server.sh

add_docker_user() {
  add_user dockerman 1009 /bin/bash
  usermod --append --groups docker dockerman
}

# An image made of busybox alone; lab-containers brings it in at boot.
make_image() {
  local tree=/tmp/lab/image
  mkdir -p "$tree/bin" "$tree/www"
  cp /bin/busybox "$tree/bin/"
  chroot "$tree" /bin/busybox --install -s /bin
  echo '<h1>lab</h1>' >"$tree/www/index.html"
  tar -C "$tree" -cf /srv/lab-image.tar .
}

make_containers_unit() {
  cat >/usr/local/sbin/lab-containers <<'SH'
#!/bin/sh
# Imports the lab's image; starts the container "web", leaves "old-job" stopped.
set -eu
docker image inspect lab/busybox:1 >/dev/null 2>&1 && exit 0
docker import /srv/lab-image.tar lab/busybox:1 >/dev/null
docker run --detach --name web --restart unless-stopped --publish 8080:80 \
  --label org.example.lab=yes lab/busybox:1 /bin/httpd -f -h /www >/dev/null
docker create --name old-job lab/busybox:1 /bin/sleep 1 >/dev/null
SH
  chmod 755 /usr/local/sbin/lab-containers
  cat >/etc/systemd/system/lab-containers.service <<'UNIT'
[Unit]
Description=Lab: container image and containers
Requires=docker.service
After=docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/lab-containers

[Install]
WantedBy=multi-user.target
UNIT
  systemctl enable lab-containers.service
}

make_broken_unit() {
  cat >/etc/systemd/system/lab-broken.service <<'UNIT'
[Unit]
Description=Lab: “Überwachung” – fails at boot ✗ (100% on purpose; <b>not</b> HTML)

[Service]
Type=oneshot
ExecStart=/bin/false

[Install]
WantedBy=multi-user.target
UNIT
  systemctl enable lab-broken.service
}

# One mount point with a space, one that only root may look into.
make_odd_mounts() {
  install -d '/srv/with space'
  install -d -m 700 /srv/private
  install -d /srv/private/vault
  cat >/etc/fstab <<'FSTAB'
tmpfs /srv/with\040space   tmpfs size=8m,mode=755 0 0
tmpfs /srv/private/vault   tmpfs size=4m,mode=700 0 0
FSTAB
}

enable_firewall() {
  ufw logging off
  ufw allow 22/tcp
  ufw allow 8080/tcp comment 'lab web'
  ufw deny from 203.0.113.7
  sed -i 's/^ENABLED=.*/ENABLED=yes/' /etc/ufw/ufw.conf
  systemctl enable ufw.service
}

# What people run in a terminal, and what draws one's every feature.
terminal_programs=(vim htop tmux nano mc dialog python3 ncurses-term vttest)

install_packages docker.io apparmor ufw iptables nftables "${terminal_programs[@]}"
set_up_server
lift_ssh_limits
add_docker_user
make_image
make_containers_unit
make_broken_unit
make_odd_mounts
enable_firewall
use_offline_packages
