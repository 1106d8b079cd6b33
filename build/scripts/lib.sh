# Shared by the project's scripts: say what happens, install what is missing.
# Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tags=webkit2_41,sqlite_fts5
cache=$root/build/cache
mkdir -p "$cache"

say() { printf '\n== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else die "need root for: $* (run it as root, or install sudo)"; fi
}

# need_deb PACKAGE...: installs the Debian packages that are missing.
need_deb() {
  local missing=() p
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "this is not a Debian system: please see to the equivalents of: $*"
    return 0
  fi
  for p in "$@"; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  say "installing Debian packages: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=400 install -y -qq --no-install-recommends "${missing[@]}" >"$cache/apt.log" 2>&1 ||
    { tail -n 20 "$cache/apt.log" >&2; die "could not install: ${missing[*]}"; }
}

# need_npm DIR: installs the npm packages of DIR from its lock file when they are missing or stale.
need_npm() {
  local dir=$1
  if [ ! -e "$dir/node_modules/.package-lock.json" ] || [ "$dir/package-lock.json" -nt "$dir/node_modules/.package-lock.json" ]; then
    say "installing npm packages in ${dir#"$root"/}"
    # npm ci refuses lock files whose optional platform packages differ from this machine's.
    (cd "$dir" && npm install --no-audit --no-fund --loglevel=error) || die "npm install failed in $dir"
    touch "$dir/node_modules/.package-lock.json"
  fi
}

# need_tool NAME IMPORT-PATH: builds a pinned Go tool into build/cache once.
need_tool() {
  local stamp=$cache/$1.stamp want
  want=$(cat "$root/build/tools/go.sum" "$root/build/tools/go.mod" | sha256sum; go version)
  if [ ! -x "$cache/$1" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
    say "building $1"
    (cd "$root/build/tools" && go build -o "$cache/$1" "$2") || die "could not build $1"
    printf '%s' "$want" >"$stamp"
  fi
}
