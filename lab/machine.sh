# shellcheck shell=bash
# Starts, finds, enters and ends the hosts of tier 1. Invariant: a host is a
# process tree and a folder in $LAB_STATE; with both gone nothing is left.

# A host's files lie in $LAB_STATE/HOST:
#   lower        the roots it stands on, one a line, top first
#   upper, work  what it changed; docker: its /var/lib/docker
#   run.pid      machine-run.sh; nspawn.pid: the guest's monitor
#   index        N of its addresses 10.231.N.2 and 10.232.N.2 (slow link)
#   address      where it answers; written when its network stands
#   ready        exists once it has booted

# is_up HOST: true when its processes live, booted or not.
is_up() { is_running "$LAB_STATE/$1/run.pid" machine-run.sh; }

# leader_pid HOST: prints the process id, on this machine, of the host's init.
leader_pid() {
  local monitor children
  [[ -f $LAB_STATE/$1/nspawn.pid ]] || return 1
  monitor=$(<"$LAB_STATE/$1/nspawn.pid")
  children=$(cat "/proc/$monitor/task/$monitor/children" 2>/dev/null) || return 1
  [[ -n $children ]] && echo "${children%% *}"
}

# run_inside HOST COMMAND...: runs COMMAND as root in the host, without SSH.
# Replaces this process; exit code 125 when the host is not up.
run_inside() {
  local leader
  leader=$(leader_pid "$1") || {
    say "$1 is not up"
    exit 125
  }
  shift
  exec /usr/bin/python3 -IS "$LAB_SOURCE/inside.py" "$leader" "$@"
}

# write_own_files HOST: what makes this clone of its root an own host.
write_own_files() {
  local etc=$LAB_STATE/$1/upper/etc type key
  mkdir -p "$etc/ssh" "$etc/dropbear"
  echo "$1" >"$etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost\n' "$1" >"$etc/hosts"
  printf %s "$1" | md5sum | cut -c1-32 >"$etc/machine-id"
  for type in ed25519 ecdsa rsa; do
    key=$(host_key "$1" "$type")
    install -m 600 "$key" "$etc/ssh/"
    install -m 644 "$key.pub" "$etc/ssh/"
  done
}

# make_machine_folder HOST
make_machine_folder() {
  local state=$LAB_STATE/$1
  mkdir -p "$state"/{upper,work,root}
  chmod 755 "$state"/{upper,root}
  lower_folders "$1" >"$state/lower"
  ! host_has_docker "$1" || mkdir -m 710 "$state/docker" # its overlay2 needs a real filesystem
  (umask 022 && write_own_files "$1")
}

# add_link HOST PID: a cable from this machine into PID's network namespace.
# Takes the host's usual number, or the next that is free.
add_link() {
  local index
  for index in "$(usual_index "$1")" {20..250}; do
    ip link add "lab$index" type veth peer name host0 netns "$2" 2>/dev/null || continue
    echo "$index" >"$LAB_STATE/$1/index"
    ip addr add "10.231.$index.1/24" dev "lab$index"
    ip link set "lab$index" up
    nsenter --net="/proc/$2/ns/net" ip addr add "10.231.$index.2/24" dev host0
    nsenter --net="/proc/$2/ns/net" ip link set host0 up
    echo "10.231.$index.2" >"$LAB_STATE/$1/address"
    return
  done
  die "no free address for $1"
}

# usual_index HOST: the host's place in the list, from 1.
usual_index() {
  local place
  for place in "${!LAB_HOSTS[@]}"; do
    [[ ${LAB_HOSTS[place]} != "$1" ]] || echo $((place + 1))
  done
}

# has_own_network PID: false, too, when it has ended.
has_own_network() {
  local network
  network=$(readlink "/proc/$1/ns/net") && [[ $network != "$(readlink /proc/self/ns/net)" ]]
}

# start_machine HOST: returns when its init is being started, not when booted.
start_machine() {
  local state=$LAB_STATE/$1 pid
  end_machine "$1" # what a broken run left
  make_machine_folder "$1"
  make_cgroups "$1"
  setsid unshare --net --mount bash "$LAB_SOURCE/machine-run.sh" "$1" \
    </dev/null >"$LAB_LOGS/$1.log" 2>&1 9>&- &
  pid=$!
  echo "$pid" >"$state/run.pid"
  wait_until 10 has_own_network "$pid" || die "$1 did not start; what it said: $LAB_LOGS/$1.log"
  add_link "$1" "$pid"
}

# has_booted HOST: SSH answers and, with systemd, no job of the boot is open.
has_booted() {
  local boot_state
  is_up "$1" && answers_ssh "$(<"$LAB_STATE/$1/address")" 22 || return 1
  [[ $(host_init "$1") == systemd ]] || return 0
  boot_state=$(run_inside "$1" systemctl is-system-running 2>/dev/null || true)
  [[ $boot_state == running || $boot_state == degraded ]]
}

# await_machine HOST: waits until it has booted.
await_machine() {
  wait_until 60 has_booted "$1" || {
    tail -n 15 "$LAB_LOGS/$1.log" >&2
    die "$1 did not come up; all it said: $LAB_LOGS/$1.log"
  }
  : >"$LAB_STATE/$1/ready"
}

# end_machine HOST: pulls the plug; nothing it wrote is wanted any more.
end_machine() {
  local state=$LAB_STATE/$1
  if is_up "$1"; then
    kill -KILL "$(<"$state/run.pid")" # first, as it would start the guest again
  fi
  wait_until 10 no_guest_left "$1" || die "$1 does not end: processes are left in its control groups"
  remove_link "$1"
  rm -rf --one-file-system "$state"
}

# remove_link HOST: the kernel does this by itself, but late; the same name and
# address may be wanted again at once.
remove_link() {
  local index
  [[ -f $LAB_STATE/$1/index ]] || return 0
  index=$(<"$LAB_STATE/$1/index")
  ip link del "lab$index" 2>/dev/null || true
  wait_until 10 link_is_gone "lab$index" || die "the link lab$index does not go away"
}

link_is_gone() { [[ ! -e /sys/class/net/$1 ]]; }

# no_guest_left HOST: kills what still runs in the host's control groups; true
# once they are empty and gone.
no_guest_left() {
  kill_cgroups "$1"
  remove_cgroups "$1"
}
