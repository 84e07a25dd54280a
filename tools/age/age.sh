#!/usr/bin/env bash
# Tests compare our age files with Debian's `age`. Install it where that is allowed; otherwise say the one command that does.
set -u
command -v age >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || { echo "Tests with the age command need it on the PATH; they will be skipped."; exit 0; }
install="apt-get install --yes --no-install-recommends age"
if [ "$(id -u)" = 0 ]; then run="env DEBIAN_FRONTEND=noninteractive"; elif sudo -n true 2>/dev/null; then run="sudo -n env DEBIAN_FRONTEND=noninteractive"; else
  echo "The tests with the age command will be skipped. To run them: sudo $install"; exit 0
fi
$run $install >/dev/null 2>&1 || { $run apt-get update >/dev/null 2>&1 && $run $install >/dev/null 2>&1; } \
  || echo "age could not be installed; the tests with it will be skipped. To try again: sudo $install"
