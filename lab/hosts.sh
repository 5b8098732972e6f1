# shellcheck shell=bash
# The list of tier 1 hosts and what is true of each. Invariant: the only place
# where a host is declared; its root is roots/NAME.sh.

LAB_HOSTS=(deb12 deb12-b deb13 busybox fedora hostile)

# host_traits HOST: prints FAMILY INIT SFTP DOCKER AUTH_LOG.
host_traits() {
  case $1 in
    deb12) echo debian-12 systemd true true /var/log/auth.log ;;
    deb12-b) echo debian-12 systemd true false /var/log/auth.log ;;
    deb13) echo debian-13 systemd true false /var/log/auth.log ;;
    busybox) echo alpine-3.18 openrc false false /var/log/messages ;;
    fedora) echo fedora-39 systemd true false /var/log/secure ;;
    hostile) echo debian-12 systemd true true /var/log/auth.log ;;
    *) return 1 ;;
  esac
}

# host_has_docker HOST; host_init HOST: prints systemd or openrc.
host_has_docker() { [[ $(host_traits "$1") == *' true /'* ]]; }
host_init() { host_traits "$1" | cut -d' ' -f2; }

# host_is_hostile HOST: true for a host that attacks whoever looks at it. It stands in a
# list of its own in hosts.json, so that no test takes it for a server like others.
host_is_hostile() { [[ $1 == hostile ]]; }

# host_users HOST: prints its users, a line each: NAME|SUDO|SHELL|KEY|NOTE. KEY
# is true when the lab's identities get in.
host_users() {
  case $1 in
    busybox) printf '%s\n' 'root|root|/bin/ash|true|' 'plain|none|/bin/ash|true|' ;;
    deb12 | hostile)
      debian_users
      echo 'dockerman|none|/bin/bash|true|in group docker'
      ;;
    deb12-b) debian_users | sed '/^admin/s/|true|/|false|no key, password only; /' ;;
    deb13)
      debian_users
      echo 'doer|none|/bin/bash|true|doas with password'
      echo 'keeper|none|/bin/bash|true|doas with a password that is remembered'
      echo 'freer|none|/bin/bash|true|doas without password'
      ;;
    *) debian_users ;;
  esac
}

# debian_users: those that roots/debian-server.sh makes.
debian_users() {
  cat <<'USERS'
root|root|/bin/bash|true|
admin|password|/bin/bash|true|in groups sudo and adm
ops|nopasswd|/bin/bash|true|
plain|none|/bin/bash|true|
noisy|none|/bin/bash|true|.bashrc takes 200 ms, prints to stdout and stderr (also before SFTP), aliases ls and grep
fishy|none|/usr/bin/fish|true|
cshy|none|/usr/bin/tcsh|true|
zshy|none|/usr/bin/zsh|true|
dashy|none|/bin/dash|true|
german|none|/bin/bash|true|LANG and LC_ALL are de_DE.UTF-8
USERS
}

# is_host HOST: true for a declared tier 1 host.
is_host() {
  local host
  for host in "${LAB_HOSTS[@]}"; do [[ $host != "$1" ]] || return 0; done
  return 1
}
