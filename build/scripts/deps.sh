#!/usr/bin/env bash
# deps.sh build|test: installs what that needs and is missing, and nothing else.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

command -v go >/dev/null || die "Go is needed (1.26 or newer)"
command -v node >/dev/null || die "Node.js is needed (20 or newer)"
node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' || die "Node.js 20 or newer is needed, this is $(node --version)"

need_deb gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev
need_npm "$root/frontend"
if [ "${1:-build}" = test ]; then
  need_deb xvfb xauth dbus dbus-x11 chromium poppler-utils xdotool imagemagick iproute2 fonts-noto-core
  need_npm "$root/e2e"
fi
