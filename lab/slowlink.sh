# shellcheck shell=bash
# A second way to a host, through delay and loss. Invariant: it belongs to its
# host and ends with it; at most one per host.

slow_is_up() { is_running "$LAB_STATE/$1/slow/pid" slowlink.py; }

# slow_up HOST DELAY_MS LOSS_PERCENT: prints the address of the slow way.
# DELAY_MS counts once each way.
slow_up() {
  local host=$1 state=$LAB_STATE/$1/slow index leader
  [[ -c /dev/net/tun ]] || die "a slow link needs /dev/net/tun"
  is_up "$host" || die "$host is not up"
  [[ $2 =~ ^[0-9]{1,4}$ && $3 =~ ^[0-9]{1,2}(\.[0-9]{1,3})?$ ]] ||
    die "a slow link takes a delay of 0-9999 ms and a loss of 0-99 percent"
  slow_down "$host"
  mkdir -p "$state"
  index=$(<"$LAB_STATE/$host/index")
  leader=$(<"$LAB_STATE/$host/run.pid")
  echo "$2 $3" >"$state/link"
  setsid /usr/bin/python3 "$LAB_SOURCE/slowlink.py" "$leader" "$index" "$2" "$3" \
    </dev/null >"$LAB_LOGS/$host-slow.log" 2>&1 9>&- &
  echo $! >"$state/pid"
  wait_until 20 answers_ssh "10.232.$index.2" 22 || {
    tail -n 5 "$LAB_LOGS/$host-slow.log" >&2
    die "the slow link to $host does not answer"
  }
  echo "10.232.$index.2" >"$state/address"
}

# slow_down HOST: waits until the link's interface is gone, so that it can be
# made again.
slow_down() {
  local pid
  if slow_is_up "$1"; then
    pid=$(<"$LAB_STATE/$1/slow/pid")
    kill -KILL "$pid"
    wait_until 5 link_is_gone "labslow$(<"$LAB_STATE/$1/index")" || true
  fi
  rm -rf "$LAB_STATE/$1/slow"
}
