# shellcheck shell=bash
# The lab's SSH keys. Invariant: made once per cache, so that a host keeps its
# host key and the identities stay valid over `down`, `up` and `reset`.

LAB_IDENTITY="$LAB_KEYS/id"
LAB_IDENTITY_ENCRYPTED="$LAB_KEYS/id-encrypted"

# make_key PATH PASSPHRASE COMMENT [ssh-keygen arguments]: complete or absent.
make_key() {
  local path=$1 passphrase=$2 comment=$3 fresh
  shift 3
  [[ -f $path ]] && return
  fresh=$(mktemp -d "$LAB_KEYS/new.XXXXXX")
  ssh-keygen -q -N "$passphrase" -C "$comment" -f "$fresh/key" "$@"
  mv "$fresh/key.pub" "$path.pub"
  mv "$fresh/key" "$path"
  rmdir "$fresh"
}

# make_identities: the key that logs in everywhere, and one with a passphrase.
make_identities() {
  make_key "$LAB_IDENTITY" '' lab -t ed25519
  make_key "$LAB_IDENTITY_ENCRYPTED" "$LAB_PASSPHRASE" lab-encrypted -t ed25519
}

# authorized_keys: prints the public keys that every lab host accepts.
authorized_keys() { cat "$LAB_IDENTITY.pub" "$LAB_IDENTITY_ENCRYPTED.pub"; }

# host_key HOST TYPE: prints the path of HOST's private host key, made if new.
host_key() {
  mkdir -p "$LAB_KEYS/$1"
  make_key "$LAB_KEYS/$1/ssh_host_$2_key" '' "$1" -t "$2"
  echo "$LAB_KEYS/$1/ssh_host_$2_key"
}

# known_hosts_line HOST ADDRESS PORT: prints HOST's ed25519 key as OpenSSH
# would store it for that endpoint.
known_hosts_line() {
  local type key name=$2
  [[ $3 == 22 ]] || name="[$2]:$3"
  read -r type key _ <"$LAB_KEYS/$1/ssh_host_ed25519_key.pub"
  echo "$name $type $key"
}
