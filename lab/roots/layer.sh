#!/bin/bash
# Makes one layer on top of a base: runs NAME.sh inside, with debian-server.sh at
# hand. Usage: layer.sh NAME BASE FOLDER WORK AUTHORIZED_KEYS, in mount and PID
# namespaces of its own, which unmount and end everything. Invariant: the base is
# never written; FOLDER gets the difference.
set -euo pipefail

name=$1 base=$2 folder=$3 work=$4 authorized_keys=$5
root=$work/root

mkdir -p "$work/overlay" "$root"
mount -t overlay lab-layer "$root" -o "lowerdir=$base,upperdir=$folder,workdir=$work/overlay"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
# A tmpfs over /run and /tmp keeps what package scripts leave there out of the layer.
mount -t tmpfs lab-run "$root/run"
mount -t tmpfs lab-tmp "$root/tmp"

cp --dereference /etc/resolv.conf "$root/etc/resolv.conf"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no daemon starts during a build
chmod 755 "$root/usr/sbin/policy-rc.d"

mkdir "$root/tmp/lab"
cp "$LAB_SOURCE/roots/debian-server.sh" "$LAB_SOURCE/roots/$name.sh" "$root/tmp/lab/"
cat "$authorized_keys" >"$root/tmp/lab/authorized_keys"
chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive LAB_PASSWORD="$LAB_PASSWORD" \
  bash -euo pipefail "/tmp/lab/$name.sh"

rm -f "$root/etc/resolv.conf" "$root/usr/sbin/policy-rc.d"
rm -rf "$root"/var/cache/apt/{archives/*.deb,*.bin} "$root"/var/log/apt/* "$root"/etc/ssh/ssh_host_*_key*
