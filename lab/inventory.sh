# shellcheck shell=bash
# Tells tests and people what is there: hosts.json and the status table.
# Invariant: hosts.json names only hosts that have booted, and is replaced whole;
# the file known_hosts beside it has the same hosts, for ssh(1).

# machine_json HOST ADDRESS NAME: prints an entry of hosts.json.
machine_json() {
  jq -n --arg name "$3" --arg address "$2" --argjson traits "$(host_traits "$1")" \
    --arg line "$(known_hosts_line "$1" "$2" 22)" --argjson users "$(host_users "$1")" \
    '{name: $name, family: $traits.family, address: $address, port: 22, init: $traits.init,
      sftp: $traits.sftp, docker: $traits.docker, authLog: $traits.authLog,
      knownHostsLine: $line, users: $users}'
}

# host_entries: prints the entry of every host that is up, slow ways included.
host_entries() {
  local host
  ! plain_is_up || plain_json
  for host in "${LAB_HOSTS[@]}"; do
    [[ $(host_state "$host") == up ]] || continue
    machine_json "$host" "$(<"$LAB_STATE/$host/address")" "$host"
    ! slow_is_up "$host" || machine_json "$host" "$(<"$LAB_STATE/$host/slow/address")" "$host-slow"
  done
}

# write_hosts_json: writes what is up now; removes the file when nothing is.
write_hosts_json() {
  local entries reason fresh=$LAB_HOSTS_JSON.new
  entries=$(host_entries | jq -s .)
  if [[ $entries == '[]' ]]; then
    rm -f "$LAB_HOSTS_JSON" "$LAB_CACHE/known_hosts"
    return
  fi
  reason=$(why_not_tier_1)
  jq -n --arg reason "$reason" --arg identity "$LAB_IDENTITY" --arg encrypted "$LAB_IDENTITY_ENCRYPTED" \
    --arg passphrase "$LAB_PASSPHRASE" --argjson hosts "$entries" \
    '{tier: (if $reason == "" then 1 else 0 end),
      reason: (if $reason == "" then null else $reason end),
      identity: $identity,
      encryptedIdentity: {path: $encrypted, passphrase: $passphrase},
      hosts: $hosts}' >"$fresh"
  jq -r '.hosts[].knownHostsLine' "$fresh" >"$LAB_CACHE/known_hosts"
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
  local host reason
  printf '%-10s %-8s %-18s %s\n' HOST STATE ADDRESS ABOUT
  printf '%-10s %-8s %-18s %s\n' "$LAB_PLAIN" "$(plain_is_up && echo up || echo down)" \
    "$(plain_is_up && echo "$LAB_PLAIN_ADDRESS:$(<"$LAB_PLAIN_STATE/port")" || echo -)" "this machine itself, current user, key only"
  for host in "${LAB_HOSTS[@]}"; do
    printf '%-10s %-8s %-18s %s\n' "$host" "$(host_state "$host")" \
      "$(cat "$LAB_STATE/$host/address" 2>/dev/null || echo -)" \
      "$(host_traits "$host" | jq -r '"\(.family), \(.init)\(if .docker then ", docker" else "" end)\(if .sftp then "" else ", no SFTP" end)"')"
    ! slow_is_up "$host" || print_slow "$host"
  done
  reason=$(why_not_tier_1)
  [[ -z $reason ]] || echo "only tier 0: $reason"
  echo "cache: $LAB_CACHE ($(du -sh "$LAB_CACHE" 2>/dev/null | cut -f1))"
}

print_slow() {
  local delay_ms loss_percent
  read -r delay_ms loss_percent <"$LAB_STATE/$1/slow/link"
  printf '%-10s %-8s %-18s %s\n' "$1-slow" up "$(<"$LAB_STATE/$1/slow/address")" \
    "$delay_ms ms each way, $loss_percent % loss"
}
