# shellcheck shell=bash
# The list of tier 1 hosts and what is true of each. Invariant: the only place
# where a host is declared; its root is roots/NAME.sh.

LAB_HOSTS=(deb12 deb12-b deb13 busybox fedora)

# host_traits HOST: prints JSON {family, init, sftp, docker, authLog}.
host_traits() {
  case $1 in
    deb12) traits_json debian-12 systemd true true /var/log/auth.log ;;
    deb12-b) traits_json debian-12 systemd true false /var/log/auth.log ;;
    deb13) traits_json debian-13 systemd true false /var/log/auth.log ;;
    busybox) traits_json alpine-3.18 openrc false false /var/log/messages ;;
    fedora) traits_json fedora-39 systemd true false /var/log/secure ;;
    *) return 1 ;;
  esac
}

traits_json() {
  jq -n --arg family "$1" --arg init "$2" --argjson sftp "$3" --argjson docker "$4" --arg log "$5" \
    '{family: $family, init: $init, sftp: $sftp, docker: $docker, authLog: $log}'
}

# host_users HOST: prints its users as a JSON array. `key` is true when the
# lab's identities get in.
host_users() {
  local line
  {
    if [[ $1 == busybox ]]; then
      echo 'root|root|/bin/ash|'
      echo 'plain|none|/bin/ash|'
    else
      debian_users
    fi
    [[ $1 != deb12 ]] || echo 'dockerman|none|/bin/bash|in group docker'
  } | while IFS='|' read -r line; do
    user_json "$1" "$line"
  done | jq -s .
}

# debian_users: NAME|SUDO|SHELL|NOTE, as roots/debian-server.sh makes them.
debian_users() {
  cat <<'USERS'
root|root|/bin/bash|
admin|password|/bin/bash|in groups sudo and adm
ops|nopasswd|/bin/bash|
plain|none|/bin/bash|
noisy|none|/bin/bash|.bashrc takes 200 ms, prints to stdout and stderr (also before SFTP), aliases ls and grep
fishy|none|/usr/bin/fish|
cshy|none|/usr/bin/tcsh|
zshy|none|/usr/bin/zsh|
dashy|none|/bin/dash|
german|none|/bin/bash|LANG and LC_ALL are de_DE.UTF-8
USERS
}

# user_json HOST LINE
user_json() {
  local name sudo shell note key=true
  IFS='|' read -r name sudo shell note <<<"$2"
  [[ $1/$name != deb12-b/admin ]] || key=false note='no key, password only'
  jq -n --arg name "$name" --arg password "$LAB_PASSWORD" --arg sudo "$sudo" --arg shell "$shell" \
    --arg note "$note" --argjson key "$key" '$ARGS.named'
}

# is_host HOST: true for a declared tier 1 host.
is_host() {
  local host
  for host in "${LAB_HOSTS[@]}"; do [[ $host != "$1" ]] || return 0; done
  return 1
}
