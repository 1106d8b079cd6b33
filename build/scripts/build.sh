#!/usr/bin/env bash
# build.sh: the page, then the one binary build/bin/vedette.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

newest=$(find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -type f -newer frontend/dist/index.html -print -quit 2>/dev/null || true)
if [ ! -e frontend/dist/index.html ] || [ -n "$newest" ]; then
  say "building the page"
  (cd frontend && npm run build --silent)
  touch frontend/dist/index.html
fi
say "building build/bin/vedette"
go build -tags "desktop,production,$tags" -ldflags '-s -w' -o build/bin/vedette .
