#!/usr/bin/env bash
# Tests work with a program of Debian's. Install it where that is allowed; otherwise say the one command that does.
# Usage: tools/debian.sh PROGRAM  (the package has the same name)
set -u
program=$1
command -v "$program" >/dev/null 2>&1 && exit 0
skipped="the tests with $program will be skipped."
command -v apt-get >/dev/null 2>&1 || { echo "There is no $program on the PATH: $skipped"; exit 0; }
install="apt-get install --yes --no-install-recommends $program"
if [ "$(id -u)" = 0 ]; then run="env DEBIAN_FRONTEND=noninteractive"; elif sudo -n true 2>/dev/null; then run="sudo -n env DEBIAN_FRONTEND=noninteractive"; else
  echo "There is no $program here: $skipped To run them: sudo $install"; exit 0
fi
$run $install >/dev/null 2>&1 || { $run apt-get update >/dev/null 2>&1 && $run $install >/dev/null 2>&1; } \
  || echo "$program could not be installed: $skipped To try again: sudo $install"
