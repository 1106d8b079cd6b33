#!/usr/bin/env bash
# offline.sh PROGRAM CASE: opens the window in this network, which leads nowhere, walks through the screens by keys,
# and prints the window's title on each and how many packets had no route before and after.
set -euo pipefail
program=$1 case=$2
ip link set lo up

no_route() { awk '/^Ip:/ { if (!seen++) { for (i = 1; i <= NF; i++) if ($i == "OutNoRoutes") at = i } else print $at }' /proc/net/snmp; }
before=$(no_route)

dbus-run-session -- "$program" window "$case" >/dev/null 2>window.log &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT

# The toolkit has windows of its own that nobody sees; ours is the one that the page has named.
find_window() {
  local id
  for id in $(xdotool search --name '^Vedette' 2>/dev/null); do
    case $(xdotool getwindowname "$id" 2>/dev/null) in "Vedette "*'<img'*) echo "$id" && return ;; esac
  done
}
id=
for _ in $(seq 300); do
  id=$(find_window)
  [ -n "$id" ] && break
  kill -0 $server 2>/dev/null || break
  read -rt 0.1 <> <(:) || true
done
[ -n "$id" ] || { echo "no window"; cat window.log; exit 1; }
xdotool windowfocus --sync "$id"
for keys in "Return Down Down Down" "alt+2" "alt+4" "alt+5" "alt+1" "alt+3" "ctrl+k"; do
  # shellcheck disable=SC2086 # several keys
  xdotool key --window "$id" $keys
  read -rt 1.5 <> <(:) || true
  echo "title: $(xdotool getwindowname "$id")"
done
echo "no route: $before before, $(no_route) after"
(exec 3<>/dev/udp/192.0.2.1/9) 2>/dev/null || true
echo "no route: $(no_route) after a probe"
