# shellcheck shell=bash
# Runs a command where nothing can be reached but the hosts. Invariant: the
# network, and the hosts' ends of it, are gone when the command has ended.

# run_away LOG COMMAND...: COMMAND sees hosts.json with the addresses there; LOG
# gets what left. Fails when anything left that was not SSH to a host.
run_away() {
  local log=$1 host hosts=()
  shift
  [[ $EUID == 0 ]] || die "a network of its own takes root"
  for host in "${LAB_HOSTS[@]}"; do
    [[ -f $LAB_STATE/$host/ready ]] && is_up "$host" || continue
    hosts+=("$host=$(<"$LAB_STATE/$host/index")=$(<"$LAB_STATE/$host/run.pid")")
  done
  ((${#hosts[@]})) || die "no host is up"
  exec unshare --net --mount --propagation private \
    /usr/bin/python3 -IS "$LAB_SOURCE/away.py" "$LAB_HOSTS_JSON" "$log" "${hosts[@]}" -- "$@"
}
