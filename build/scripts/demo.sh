#!/usr/bin/env bash
# demo.sh: the bundled example from nothing to a report, then the window.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
dir=${DEMO_DIR:-$root/demo}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && [ -z "${NO_WINDOW:-}" ]; then
  exec build/bin/vedette demo "$dir" --open
fi
build/bin/vedette demo "$dir"
