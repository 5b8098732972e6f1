# shellcheck shell=bash
# The lab's own test: logs in as every user of the hosts that are up, by key and
# by password. Invariant: only reads; says `ok` or `FAILED` for each, and fails
# when one failed.

# ssh_to HOST_JSON USER COMMAND [ssh options]: strict about the host key, blind
# to whatever this machine's own SSH settings are.
ssh_to() {
  local host=$1 user=$2 command=$3
  shift 3
  ssh -F none -o StrictHostKeyChecking=yes -o LogLevel=ERROR -o ConnectTimeout=10 \
    -o UserKnownHostsFile="$LAB_CACHE/known_hosts" "$@" \
    -p "$(jq .port <<<"$host")" "$user@$(jq -r .address <<<"$host")" "$command" </dev/null 2>/dev/null
}

# by_key HOST_JSON USER COMMAND
by_key() { ssh_to "$@" -o BatchMode=yes -o IdentitiesOnly=yes -i "$LAB_IDENTITY"; }

# by_password HOST_JSON USER COMMAND
by_password() {
  export -f ssh_to
  export LAB_CACHE
  # The words are expanded by the inner shell.
  # shellcheck disable=SC2016
  sshpass -p "$LAB_PASSWORD" bash -c 'ssh_to "$@" -o PubkeyAuthentication=no' ssh "$@"
}

# check_login HOST_JSON USER_JSON: prints one line; 1 when a login failed.
check_login() {
  local user found ways=''
  user=$(jq -r .name <<<"$2")
  if [[ $(jq .key <<<"$2") == true ]]; then
    found=$(by_key "$1" "$user" 'id -un') || true
    [[ $found == *"$user" ]] && ways+=' key' || ways+=' key:FAILED'
  elif by_key "$1" "$user" true; then
    ways+=' key-taken:FAILED'
  fi
  if [[ $(jq .password <<<"$2") != null ]]; then
    found=$(by_password "$1" "$user" 'id -un') || true
    [[ $found == *"$user" ]] && ways+=' password' || ways+=' password:FAILED'
  fi
  printf '%-12s %-10s%s\n' "$(jq -r .name <<<"$1")" "$user" "$ways"
  [[ $ways != *FAILED* ]]
}

# check_sudo HOST_JSON USER_JSON: sudo does what hosts.json says of it.
check_sudo() {
  local user expected got=none
  user=$(jq -r .name <<<"$2")
  expected=$(jq -r .sudo <<<"$2")
  [[ $expected != root && $(jq -r .name <<<"$1") != "$LAB_PLAIN" ]] || return 0
  if [[ $(by_password "$1" "$user" 'sudo -n id -u') == *0 ]]; then
    got=nopasswd
  elif [[ $(by_password "$1" "$user" "echo $LAB_PASSWORD | sudo -S -p '' id -u") == *0 ]]; then
    got=password
  fi
  [[ $got == "$expected" ]] || {
    printf '%-12s %-10s sudo:FAILED %s, not %s\n' "$(jq -r .name <<<"$1")" "$user" "$got" "$expected"
    return 1
  }
}

# check_hosts HOST..: all of hosts.json when none is given.
check_hosts() {
  local host user failed=0 names
  [[ -f $LAB_HOSTS_JSON ]] || die "nothing is up"
  names=$(printf '%s\n' "$@" | jq -R . | jq -s 'map(select(. != ""))')
  while read -r host; do
    while read -r user; do
      check_login "$host" "$user" || failed=1
      check_sudo "$host" "$user" || failed=1
    done < <(jq -c '.users[]' <<<"$host")
  done < <(jq -c --argjson names "$names" '(.hosts + .hostileHosts)[] | select($names == [] or (.name | IN($names[])))' "$LAB_HOSTS_JSON")
  ((failed == 0)) || die "some checks failed"
  say "all is as hosts.json says"
}
