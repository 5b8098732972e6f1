# shellcheck shell=bash
# What the lab needs from this machine. Invariant: these functions only look
# (the probe of `why_not_tier_1` removes what it made); nothing is installed.

# PROGRAM:PACKAGE; a package is missing when its program is.
LAB_NEEDS_TIER_0=(
  ssh-keygen:openssh-client
  /usr/sbin/sshd:openssh-server
  flock:util-linux
  jq:jq
)
LAB_NEEDS_TIER_1=(
  mmdebstrap:mmdebstrap
  systemd-nspawn:systemd-container
  ip:iproute2
  /usr/bin/python3:python3-minimal
  /usr/lib/python3.*/ctypes/__init__.py:libpython3-stdlib
  /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring
  openssl:openssl
  sshpass:sshpass
)

# missing_packages PROGRAM:PACKAGE...: prints the packages to install, one a line.
missing_packages() {
  local need program
  for need; do
    program=${need%:*}
    if [[ $program == /* ]]; then
      compgen -G "$program" >/dev/null || echo "${need#*:}"
    else
      command -v "$program" >/dev/null || echo "${need#*:}"
    fi
  done
}

# needs: prints the Debian packages that are needed and missing.
needs() { missing_packages "${LAB_NEEDS_TIER_0[@]}" "${LAB_NEEDS_TIER_1[@]}"; }

# can_overlay: true when the cache folder can carry overlay upper folders.
can_overlay() {
  local probe ok=1
  probe=$(mktemp -d "$LAB_CACHE/probe.XXXXXX") || return 1
  mkdir "$probe/lower" "$probe/upper" "$probe/work" "$probe/root"
  unshare --mount mount -t overlay lab-probe "$probe/root" \
    -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" 2>/dev/null || ok=0
  rm -rf "$probe"
  ((ok))
}

# why_not_tier_1: prints the reason why only tier 0 works here; empty = all works.
why_not_tier_1() {
  local missing
  ((EUID == 0)) || { echo "not root"; return; }
  missing=$(missing_packages "${LAB_NEEDS_TIER_1[@]}" | tr '\n' ' ')
  [[ -z $missing ]] || { echo "missing packages: ${missing% }"; return; }
  unshare --net --mount true 2>/dev/null || { echo "no network or mount namespaces"; return; }
  can_overlay || { echo "no overlay filesystem on $LAB_CACHE"; return; }
  [[ -n $(debian_mirror) ]] || { echo "apt here names no Debian mirror; set HEADLESSOS_DEBIAN_MIRROR to one"; return; }
}
