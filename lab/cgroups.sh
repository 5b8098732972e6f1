# shellcheck shell=bash
# One control group per host in every hierarchy, so that a host's own groups
# never land among this machine's. Invariant: `remove_cgroups` leaves none.

# Two labs (two cache folders) on one machine must not meet.
LAB_TAG=$(printf %s "$LAB_CACHE" | sha256sum | cut -c1-4)

# cgroup_folders HOST: prints the host's folder in each mounted hierarchy.
cgroup_folders() {
  awk -v name="lab-$LAB_TAG-$1" '$3 ~ /^cgroup2?$/ && !seen[$2]++ { print $2 "/" name }' /proc/mounts
}

# make_cgroups HOST
make_cgroups() {
  local folder parent
  cgroup_folders "$1" | while read -r folder; do
    parent=${folder%/*}
    mkdir -p "$folder"
    if [[ -f $parent/cpuset.mems && -f $folder/cgroup.clone_children ]]; then
      cat "$parent/cpuset.cpus" >"$folder/cpuset.cpus"
      cat "$parent/cpuset.mems" >"$folder/cpuset.mems"
      echo 1 >"$folder/cgroup.clone_children"
    fi
  done
}

# enter_cgroups HOST PID
enter_cgroups() {
  local folder
  cgroup_folders "$1" | while read -r folder; do
    echo "$2" >"$folder/cgroup.procs"
  done
}

# kill_cgroups HOST: ends every process in the host's groups, at once.
kill_cgroups() {
  local folder pid
  cgroup_folders "$1" | while read -r folder; do
    [[ ! -d $folder ]] || find "$folder" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done | sort -u | while read -r pid; do
    kill -KILL "$pid" 2>/dev/null || true
  done
}

# empty_cgroups HOST: removes the groups that a guest made below the host's.
empty_cgroups() {
  local folder
  cgroup_folders "$1" | while read -r folder; do
    [[ ! -d $folder ]] || find "$folder" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
}

# remove_cgroups HOST: fails while a process is still in one of them.
remove_cgroups() {
  local folder
  empty_cgroups "$1"
  while read -r folder; do
    [[ ! -d $folder ]] || rmdir "$folder" 2>/dev/null || return 1
  done < <(cgroup_folders "$1")
}
