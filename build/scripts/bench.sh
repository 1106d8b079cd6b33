#!/usr/bin/env bash
# bench.sh: measurements beside peers, in one run. BENCH_ARGS are handed on,
# for example BENCH_ARGS='-big 0 -stream-mb 0'.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
"$root/build/scripts/build.sh"
cd "$root/bench"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# shellcheck disable=SC2086 # the arguments are meant to be split
go run -tags "$tags" . -dir "$dir" -vedette "$root/build/bin/vedette" ${BENCH_ARGS:-}
if [ -d "$dir/big" ]; then node "$root/e2e/bench/window.mjs" "$dir/big" "$dir/big.ndjson"; fi
