# shellcheck shell=bash
# Builds the filesystems that hosts start from and keeps them by content.
# Invariant: a folder in $LAB_ROOTS is complete and never written again; its
# name ends with a hash of everything that went into it.

# debian_mirror: the Debian mirror to build from: HEADLESSOS_DEBIAN_MIRROR, else
# the one that this machine's own apt uses; empty where it uses none.
debian_mirror() {
  if [[ -n ${HEADLESSOS_DEBIAN_MIRROR:-} ]]; then
    echo "$HEADLESSOS_DEBIAN_MIRROR"
    return
  fi
  # Before its first update apt does not know who publishes what.
  compgen -G '/var/lib/apt/lists/*_*' >/dev/null || apt-get update -qq >/dev/null 2>&1 || true
  # The format is apt's own, not the shell's.
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(ORIGIN)|$(REPO_URI)|$(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $3 == "main" && $2 !~ /security/ { print $2; exit }'
}

# base_of LAYER: prints the base that a layer stands on; empty for a root
# that stands alone.
base_of() {
  case $1 in
    deb12 | deb12-b | fedora) echo debian12 ;;
    deb13) echo debian13 ;;
    hostile) echo deb12 ;;
  esac
}

# suite_of BASE: prints the Debian release that a base is made from.
suite_of() {
  case $1 in
    debian12) echo bookworm ;;
    debian13) echo trixie ;;
    *) die "no such base: $1" ;;
  esac
}

# content_hash: a short name for what comes in on stdin.
content_hash() { sha256sum | cut -c1-12; }

# root_path NAME: prints where the root NAME lies once it is built.
root_path() {
  local name=$1 base hash
  base=$(base_of "$name")
  case $name in
    debian*) hash=$(cat "$LAB_SOURCE/roots/debian-base.sh" - <<<"$name" | content_hash) ;;
    busybox) hash=$({ cat "$LAB_SOURCE/roots/busybox.sh" && authorized_keys; } | content_hash) ;;
    *) hash=$({
      root_path "$base"
      cat "$LAB_SOURCE"/roots/{layer,debian-server}.sh "$LAB_SOURCE/roots/$name.sh"
      ! has_files "$name" || cat "$LAB_SOURCE/roots/$name"/*
      authorized_keys
    } | content_hash) ;;
  esac
  echo "$LAB_ROOTS/$name-$hash"
}

# lower_folders NAME: prints the overlay lower folders of a host, top first.
lower_folders() {
  local base
  base=$(base_of "$1")
  root_path "$1"
  [[ -z $base ]] || lower_folders "$base"
}

# has_files NAME: true when the layer brings files of its own, in roots/NAME; they
# are in /usr/local/lib/lab when its script runs, and stay there.
has_files() { [[ -d $LAB_SOURCE/roots/$1 ]]; }

# build_into NAME FOLDER: fills FOLDER, which exists and is empty.
build_into() {
  local name=$1 folder=$2 base
  base=$(base_of "$name")
  export LAB_SOURCE LAB_PASSWORD
  case $name in
    debian*) bash "$LAB_SOURCE/roots/debian-base.sh" "$(suite_of "$name")" "$(debian_mirror)" "$folder" ;;
    busybox) bash "$LAB_SOURCE/roots/busybox.sh" "$folder" <(authorized_keys) ;;
    *)
      ! has_files "$name" || install -D --mode=644 --target-directory="$folder/usr/local/lib/lab" "$LAB_SOURCE/roots/$name"/*
      unshare --mount --pid --fork --kill-child bash "$LAB_SOURCE/roots/layer.sh" \
        "$name" "$(lower_folders "$base" | paste -sd:)" "$folder" "$folder.work" <(authorized_keys)
      ;;
  esac
}

# ensure_root NAME: builds NAME and what it stands on, unless they are there.
ensure_root() {
  local name=$1 path base work started=$SECONDS
  path=$(root_path "$name")
  [[ ! -d $path ]] || return 0
  base=$(base_of "$name")
  [[ -z $base ]] || ensure_root "$base"
  say "building $name (once)"
  work=$(mktemp -d "$LAB_ROOTS/unfinished-$name.XXXXXX")
  chmod 755 "$work"
  if ! (umask 022 && build_into "$name" "$work" 9>&-) >"$LAB_LOGS/build-$name.log" 2>&1; then
    tail -n 15 "$LAB_LOGS/build-$name.log" >&2
    rm -rf --one-file-system "$work" "$work.work"
    die "building $name failed; all of it: $LAB_LOGS/build-$name.log"
  fi
  rm -rf --one-file-system "$work.work"
  mv "$work" "$path"
  say "built $name in $((SECONDS - started)) s, $(du -sh "$path" | cut -f1)"
  forget_old_roots "$name" "$path"
}

# forget_old_roots NAME KEEP: removes what earlier contents of NAME and broken
# runs left, except roots that a running host stands on.
forget_old_roots() {
  local name=$1 keep=$2 old
  for old in "$LAB_ROOTS/$name"-???????????? "$LAB_ROOTS/unfinished-$name".*; do
    [[ -d $old && $old != "$keep" ]] || continue
    grep -qsxF "$old" "$LAB_STATE"/*/lower || rm -rf --one-file-system "$old"
  done
}
