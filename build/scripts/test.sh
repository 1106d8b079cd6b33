#!/usr/bin/env bash
# test.sh: everything that must hold. Every step's time is printed at the end
# and written to build/cache/times.txt; a failing step does not hide the others.
set -uo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

: >"$cache/times.txt"
failed=()
step() {
  local name=$1 began=$SECONDS
  shift
  say "$name"
  if "$@"; then
    printf '%5d s  ok    %s\n' $((SECONDS - began)) "$name" >>"$cache/times.txt"
  else
    printf '%5d s  FAIL  %s\n' $((SECONDS - began)) "$name" >>"$cache/times.txt"
    failed+=("$name")
  fi
}

# in_dir DIR COMMAND...: runs a command in a folder of the project.
in_dir() { (cd "$1" && shift && "$@"); }

tools() {
  need_tool golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint &&
    need_tool gotestsum gotest.tools/gotestsum
}

page() {
  build/scripts/build.sh && in_dir frontend npm run --silent format:check && in_dir frontend npm run --silent lint &&
    in_dir frontend npm run --silent check && in_dir frontend npm run --silent i18n
}

go_tests() {
  "$cache/gotestsum" --format pkgname-and-test-fails --jsonfile "$cache/gotests.json" -- -race -tags "$tags" -timeout 20m ./...
}

page_tests() { in_dir frontend npm test --silent 2>&1 | tee "$cache/pagetests.log"; return "${PIPESTATUS[0]}"; }

end_to_end() { in_dir e2e npm test --silent 2>&1 | tee "$cache/e2e.log"; return "${PIPESTATUS[0]}"; }

# The vulnerability database is asked only where it can be reached.
vulnerabilities() {
  local db=${GOVULNDB:-https://vuln.go.dev}
  if ! node -e 'fetch(process.argv[1]+"/index/db.json",{signal:AbortSignal.timeout(5000)}).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))' "$db"; then
    echo "left out: the vulnerability database cannot be reached from here"
    return 0
  fi
  need_tool govulncheck golang.org/x/vuln/cmd/govulncheck && "$cache/govulncheck" -tags "$tags" ./...
}

step "tools" tools
step "page: build, format, lint, types, translations" page
step "format" "$cache/golangci-lint" fmt --diff
step "go.mod is tidy" go mod tidy -diff
step "vet" go vet -tags "$tags" ./...
step "lint and layer rules" "$cache/golangci-lint" run ./...
step "window bindings are current" in_dir frontend npm run --silent bindings:check
step "Go tests with the race detector" go_tests
step "fuzzing" env FUZZ_BUDGET="${FUZZ_BUDGET:-40}" build/scripts/fuzz.sh
step "known vulnerabilities" vulnerabilities
step "page unit tests" page_tests
step "end to end: browser, accessibility, real window" end_to_end

say "times"
cat "$cache/times.txt"
node build/scripts/summary.mjs "$cache"
if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[@]}"
  exit 1
fi
