#!/usr/bin/env bash
# The browser tests drive Debian's Chromium. Install it where that is allowed; otherwise say the one command that does.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
command -v apt-get >/dev/null 2>&1 || { echo "The browser tests need Chromium on the PATH; they will be skipped."; exit 0; }
install="apt-get install --yes --no-install-recommends chromium"
if [ "$(id -u)" = 0 ]; then run="env DEBIAN_FRONTEND=noninteractive"; elif sudo -n true 2>/dev/null; then run="sudo -n env DEBIAN_FRONTEND=noninteractive"; else
  echo "The browser tests will be skipped. To run them: sudo $install"; exit 0
fi
$run $install >/dev/null 2>&1 || { $run apt-get update >/dev/null 2>&1 && $run $install >/dev/null 2>&1; } \
  || echo "Chromium could not be installed; the browser tests will be skipped. To try again: sudo $install"
