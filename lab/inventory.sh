# shellcheck shell=bash
# Tells tests and people what is there: hosts.json and the status table.
# Invariant: hosts.json names only hosts that have booted, and is replaced whole;
# the file known_hosts beside it has the same hosts, for ssh(1).

# machine_json HOST ADDRESS NAME: prints an entry of hosts.json.
machine_json() {
  local family init sftp docker auth_log
  read -r family init sftp docker auth_log < <(host_traits "$1")
  host_users "$1" | jq -R -s --arg name "$3" --arg address "$2" --arg family "$family" --arg init "$init" \
    --argjson sftp "$sftp" --argjson docker "$docker" --arg authLog "$auth_log" \
    --arg knownHostsLine "$(known_hosts_line "$1" "$2" 22)" --arg password "$LAB_PASSWORD" \
    '{name: $name, family: $family, address: $address, port: 22, init: $init, sftp: $sftp,
      docker: $docker, authLog: $authLog, knownHostsLine: $knownHostsLine,
      users: [split("\n")[] | select(. != "") | split("|") |
        {name: .[0], password: $password, sudo: .[1], shell: .[2], key: (.[3] == "true"), note: (if .[4] == "" then null else .[4] end)}]}'
}

# host_entries: prints the entry of every host that is up, slow ways included; not of
# hostile ones.
host_entries() {
  local host
  ! plain_is_up || plain_json
  for host in "${LAB_HOSTS[@]}"; do
    [[ $(host_state "$host") == up ]] || continue
    ! host_is_hostile "$host" || continue
    machine_json "$host" "$(<"$LAB_STATE/$host/address")" "$host"
    ! slow_is_up "$host" || machine_json "$host" "$(<"$LAB_STATE/$host/slow/address")" "$host-slow"
  done
}

# hostile_entries: prints the entry of every hostile host that is up.
hostile_entries() {
  local host
  for host in "${LAB_HOSTS[@]}"; do
    host_is_hostile "$host" && [[ $(host_state "$host") == up ]] || continue
    machine_json "$host" "$(<"$LAB_STATE/$host/address")" "$host"
  done
}

# write_hosts_json: writes what is up now; removes the file when nothing is.
write_hosts_json() {
  local entries hostile reason fresh=$LAB_HOSTS_JSON.new
  entries=$(host_entries | jq -s .)
  hostile=$(hostile_entries | jq -s .)
  if [[ $entries$hostile == '[][]' ]]; then
    rm -f "$LAB_HOSTS_JSON" "$LAB_CACHE/known_hosts"
    return
  fi
  reason=$(why_not_tier_1)
  jq -n --arg reason "$reason" --arg identity "$LAB_IDENTITY" --arg encrypted "$LAB_IDENTITY_ENCRYPTED" \
    --arg passphrase "$LAB_PASSPHRASE" --argjson hosts "$entries" \
    --argjson hostile "$hostile" \
    '{tier: (if $reason == "" then 1 else 0 end),
      reason: (if $reason == "" then null else $reason end),
      identity: $identity,
      encryptedIdentity: {path: $encrypted, passphrase: $passphrase},
      hosts: $hosts,
      hostileHosts: $hostile}' >"$fresh"
  jq -r '(.hosts + .hostileHosts)[].knownHostsLine' "$fresh" >"$LAB_CACHE/known_hosts"
  mv "$fresh" "$LAB_HOSTS_JSON"
}

# host_state HOST
host_state() {
  if ! is_up "$1"; then
    echo down
  elif [[ -f $LAB_STATE/$1/ready ]]; then
    echo up
  else
    echo booting
  fi
}

# print_status: a table for people.
print_status() {
  local host reason address=-
  print_row HOST STATE ADDRESS ABOUT
  ! plain_is_up || address=$LAB_PLAIN_ADDRESS:$(<"$LAB_PLAIN_STATE/port")
  print_row "$LAB_PLAIN" "$(plain_is_up && echo up || echo down)" "$address" "this machine itself, current user, key only"
  for host in "${LAB_HOSTS[@]}"; do print_host "$host"; done
  reason=$(why_not_tier_1)
  [[ -z $reason ]] || echo "only tier 0: $reason"
  echo "cache: $LAB_CACHE"
}

print_row() { printf '%-13s %-8s %-16s %s\n' "$@"; }

# print_host HOST: its row, and one for its slow way.
print_host() {
  local family init sftp docker about delay_ms loss_percent address=-
  read -r family init sftp docker _ < <(host_traits "$1")
  about="$family, $init"
  [[ $docker == false ]] || about+=", docker"
  [[ $sftp == true ]] || about+=", no SFTP"
  [[ ! -f $LAB_STATE/$1/address ]] || address=$(<"$LAB_STATE/$1/address")
  print_row "$1" "$(host_state "$1")" "$address" "$about"
  slow_is_up "$1" || return 0
  read -r delay_ms loss_percent <"$LAB_STATE/$1/slow/link"
  print_row "$1-slow" up "$(<"$LAB_STATE/$1/slow/address")" "$delay_ms ms each way, $loss_percent % loss"
}
