# shellcheck shell=bash
# Tier 0: one plain sshd on loopback, as the current user, for machines where
# no namespaces are to be had. Invariant: creates no user, touches no file
# outside the lab's cache but an empty /run/sshd while it runs as root.

LAB_PLAIN=sshd
LAB_PLAIN_STATE="$LAB_STATE/$LAB_PLAIN"
LAB_PLAIN_ADDRESS=127.0.0.1

plain_is_up() { is_running "$LAB_PLAIN_STATE/pid" "$LAB_PLAIN_STATE/sshd_config"; }

# free_port: prints a loopback port that nothing listens on.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000)) # below the range that outgoing connections take
    (: <>"/dev/tcp/$LAB_PLAIN_ADDRESS/$port") 2>/dev/null || break
  done
  echo "$port"
}

# write_plain_config PORT BARE_PORT: on the second its SFTP offers no step that
# renames over a file.
write_plain_config() {
  local pam=no
  ((EUID != 0)) || pam=yes # PAM's session modules work for root only
  authorized_keys >"$LAB_PLAIN_STATE/authorized_keys"
  cat >"$LAB_PLAIN_STATE/sshd_config" <<CONF
ListenAddress $LAB_PLAIN_ADDRESS
Port $1
Port $2
HostKey $(host_key "$LAB_PLAIN" ed25519)
PidFile none
AuthorizedKeysFile $LAB_PLAIN_STATE/authorized_keys
AuthenticationMethods publickey
AllowUsers $(id -un)
PermitRootLogin prohibit-password
UsePAM $pam
StrictModes no
UseDNS no
PrintMotd no
LogLevel VERBOSE
MaxSessions 100
MaxStartups 200:30:400
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
Match LocalPort $2
  ForceCommand $LAB_PLAIN_STATE/bare
CONF
  cat >"$LAB_PLAIN_STATE/bare" <<'BARE'
#!/bin/sh
# Commands as ever; files without the step that renames over one.
[ "$SSH_ORIGINAL_COMMAND" != internal-sftp ] || exec /usr/lib/openssh/sftp-server -P posix-rename
[ -n "$SSH_ORIGINAL_COMMAND" ] || exec "$SHELL" -l
exec "$SHELL" -c "$SSH_ORIGINAL_COMMAND"
BARE
  chmod 755 "$LAB_PLAIN_STATE/bare"
}

# make_privilege_folder: sshd as root refuses to start without it.
make_privilege_folder() {
  ((EUID == 0)) && [[ ! -d /run/sshd ]] || return 0
  mkdir -m 755 /run/sshd
  : >"$LAB_PLAIN_STATE/made-run-sshd"
}

# plain_up: starts it on a free port; tries again when another took the port.
plain_up() {
  local port bare_port
  plain_is_up && return
  mkdir -p "$LAB_PLAIN_STATE"
  make_privilege_folder
  for _ in {1..5}; do
    port=$(free_port)
    bare_port=$(free_port)
    write_plain_config "$port" "$bare_port"
    # sshd gives its sessions its own umask: that of a server, whatever ours is.
    (umask 022 && exec setsid /usr/sbin/sshd -D -e -f "$LAB_PLAIN_STATE/sshd_config") \
      </dev/null >"$LAB_LOGS/$LAB_PLAIN.log" 2>&1 9>&- &
    echo $! >"$LAB_PLAIN_STATE/pid"
    echo "$port" >"$LAB_PLAIN_STATE/port"
    echo "$bare_port" >"$LAB_PLAIN_STATE/bare_port"
    wait_until 5 plain_has_settled "$port"
    wait_until 5 plain_has_settled "$bare_port"
    plain_is_up && return
  done
  tail -n 5 "$LAB_LOGS/$LAB_PLAIN.log" >&2
  die "sshd did not start; all it said: $LAB_LOGS/$LAB_PLAIN.log"
}

# plain_has_settled PORT: it answers, or it has ended.
plain_has_settled() { ! plain_is_up || answers_ssh "$LAB_PLAIN_ADDRESS" "$1"; }

plain_down() {
  ! plain_is_up || kill "$(<"$LAB_PLAIN_STATE/pid")"
  [[ ! -f $LAB_PLAIN_STATE/made-run-sshd ]] || rmdir /run/sshd 2>/dev/null || true
  rm -rf "$LAB_PLAIN_STATE"
}

# plain_json: prints its entry of hosts.json. It is this machine, so what it
# has is looked up.
plain_json() {
  local init=none sudo=none docker=false family
  [[ ! -d /run/openrc ]] || init=openrc
  [[ ! -d /run/systemd/system ]] || init=systemd
  [[ ! -S /run/docker.sock ]] || docker=true
  if ((EUID == 0)); then sudo=root; elif sudo -n true 2>/dev/null; then sudo=nopasswd; fi
  # shellcheck source=/dev/null
  family=$(. /etc/os-release && echo "${ID:-unknown}-${VERSION_ID:-0}")
  jq -n --arg name "$LAB_PLAIN" --arg address "$LAB_PLAIN_ADDRESS" \
    --argjson port "$(<"$LAB_PLAIN_STATE/port")" \
    --argjson bare "$(<"$LAB_PLAIN_STATE/bare_port")" --arg family "$family" --arg init "$init" \
    --argjson docker "$docker" --arg log "$LAB_LOGS/$LAB_PLAIN.log" \
    --arg line "$(known_hosts_line "$LAB_PLAIN" "$LAB_PLAIN_ADDRESS" "$(<"$LAB_PLAIN_STATE/port")")" \
    --arg user "$(id -un)" --arg sudo "$sudo" --arg shell "$(getent passwd "$EUID" | cut -d: -f7)" \
    '{name: $name, family: $family, address: $address, port: $port, barePort: $bare, init: $init, sftp: true,
      docker: $docker, authLog: $log, knownHostsLine: $line,
      users: [{name: $user, password: null, sudo: $sudo, shell: $shell, key: true, note: "this machine itself"}]}'
}
