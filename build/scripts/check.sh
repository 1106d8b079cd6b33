#!/usr/bin/env bash
# check.sh: the inner loop, under a minute when warm.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

need_tool golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint
say "format"; "$cache/golangci-lint" fmt --diff
say "vet"; go vet -tags "$tags" ./...
say "Go tests (cached where nothing changed)"; go test -short -tags "$tags" ./...
say "types"; (cd frontend && npm run check --silent)
say "page unit tests"; (cd frontend && npm test --silent)
