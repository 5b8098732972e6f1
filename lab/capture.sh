#!/bin/bash
# Writes down what a command prints, as a fixture of the catalog.
# Usage: capture.sh HOST BASE [--locale LOCALE] [--user USER] [--cut BYTES] [--own] LINE
#   HOST   a lab host, or `here` for this machine (what no lab host can have)
#   BASE   the fixture's path without an ending: crates/catalog/src/.../fixtures/df--debian-12-human
#   LINE   the command line as a person types it; it goes into BASE.cmd unless `--own` says that it
#          is what the variant itself runs
# Writes BASE.out, and .err, .exit and .cmd where there is something to say. It changes nothing.
set -euo pipefail

die() { echo "capture: $*" >&2; exit 2; }

(($# >= 3)) || die "usage: capture.sh HOST BASE [--locale LOCALE] [--user USER] [--cut BYTES] [--own] LINE"
host=$1 base=$2 locale=C user=root cut='' own=''
shift 2
while (($# > 1)); do
  case $1 in
    --locale) locale=$2; shift 2 ;;
    --user) user=$2; shift 2 ;;
    --cut) cut=$2; shift 2 ;;
    --own) own=1; shift ;;
    *) die "what is $1?" ;;
  esac
done
line=$1
[[ -d $(dirname "$base") ]] || die "there is no folder $(dirname "$base")"

# The line goes to the host's shell; the environment is what a login has, with the locale asked for.
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
inside=(env -i "PATH=$path" HOME=/root TERM=dumb "LC_ALL=$locale" sh -c "$line")
[[ $user == root ]] || inside=(su -s /bin/sh "$user" -c "PATH=$path LC_ALL=$locale; export PATH LC_ALL; $line")
case $host in
  here) run=("${inside[@]}") ;;
  *) run=(bash "$(dirname "${BASH_SOURCE[0]}")/lab.sh" exec "$host" "${inside[@]}") ;;
esac

code=0
"${run[@]}" >"$base.out" 2>"$base.err" </dev/null || code=$?
[[ -z $cut ]] || truncate --size="<$cut" "$base.out"
[[ -s $base.err ]] || rm -f "$base.err"
if ((code)); then echo "$code" >"$base.exit"; else rm -f "$base.exit"; fi
if [[ -n $own ]]; then rm -f "$base.cmd"; else printf '%s\n' "$line" >"$base.cmd"; fi
echo "$base: exit $code, $(wc -c <"$base.out") bytes"
