#!/usr/bin/env bash
# fuzz.sh TIME: every fuzz target of the project for TIME each (for example 3s),
# from instrumented binaries that are built once a package.
# FUZZ_BUDGET=SECONDS shares that many seconds among all targets instead.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

mapfile -t files < <(grep -rlE '^func Fuzz[A-Z]' --include='*_test.go' backend app | sort)
declare -A targets=()
count=0
for f in "${files[@]}"; do
  while read -r name; do
    targets[$(dirname "$f")]+=" $name"
    count=$((count + 1))
  done < <(grep -oE '^func Fuzz[A-Za-z0-9_]+' "$f" | cut -c6-)
done
time=${1:-3s}
if [ -n "${FUZZ_BUDGET:-}" ]; then time=$((FUZZ_BUDGET * 1000 / (count > 0 ? count : 1)))ms; fi
say "fuzzing $count targets, $time each"

# only_deadline OUTPUT: whether the one failure is "context deadline exceeded", without a failing input.
only_deadline() {
  ! grep -qE 'Failing input|panic|fuzzing process' <<<"$1" &&
    [ "$(grep -A1 -E '^ *--- FAIL' <<<"$1" | grep -vE '^ *--- FAIL|^--$' | tr -d ' ')" = contextdeadlineexceeded ]
}

mkdir -p "$cache/fuzz"
failed=0
for pkg in $(printf '%s\n' "${!targets[@]}" | sort); do
  bin=$cache/fuzz/$(printf '%s' "$pkg" | tr / _).test
  go test -tags "$tags" -c -fuzz=Fuzz -o "$bin" "./$pkg"
  for name in ${targets[$pkg]}; do
    # Now and then Go reports its own deadline as a failure when a target stops in the middle of a run
    # (golang/go#75804, mended in Go 1.27): no input failed, and none is written. Only that, alone, is not held against the target.
    if out=$(cd "$pkg" && "$bin" -test.run='^$' -test.fuzz="^$name\$" -test.fuzztime="$time" -test.fuzzcachedir="$cache/fuzz/corpus/$pkg" -test.parallel=2 -test.fuzzminimizetime=1x 2>&1) || only_deadline "$out"; then
      printf 'ok    %-40s %s  %s\n' "$pkg" "$name" "$(printf '%s' "$out" | grep -oE 'execs: [0-9]+' | tail -n 1)"
    else
      printf 'FAIL  %s %s\n%s\n' "$pkg" "$name" "$out"
      failed=1
    fi
  done
done
exit $failed
