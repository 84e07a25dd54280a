#!/usr/bin/env bash
# What Panah or its tests work with that comes from Debian. Install it where that is allowed; otherwise say the one command
# that does. Usage: tools/debian.sh WHAT-FOR PACKAGE...  (a program on the PATH counts as the package of the same name)
set -u
purpose=$1; shift
missing=()
for package in "$@"; do
  command -v "$package" >/dev/null 2>&1 || dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} = 0 ] && exit 0
without="$purpose will not work."
command -v apt-get >/dev/null 2>&1 || { echo "There is no ${missing[*]} here: $without"; exit 0; }
install="apt-get install --yes --no-install-recommends ${missing[*]}"
if [ "$(id -u)" = 0 ]; then run="env DEBIAN_FRONTEND=noninteractive"; elif sudo -n true 2>/dev/null; then run="sudo -n env DEBIAN_FRONTEND=noninteractive"; else
  echo "There is no ${missing[*]} here: $without To install it: sudo $install"; exit 0
fi
$run $install >/dev/null 2>&1 || { $run apt-get update >/dev/null 2>&1 && $run $install >/dev/null 2>&1; } \
  || echo "${missing[*]} could not be installed: $without To try again: sudo $install"
