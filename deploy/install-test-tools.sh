#!/usr/bin/env bash
# Installs what only some tests need, where apt-get and root are there: prometheus with promtool, alertmanager with
# amtool, kcat, docker-compose (to check the compose file). Elsewhere those tests skip and say why. Nothing is started, now or at the next boot.
set -euo pipefail

missing=()
command -v promtool >/dev/null || missing+=(prometheus)
command -v amtool >/dev/null || missing+=(prometheus-alertmanager)
command -v kcat >/dev/null || missing+=(kcat)
command -v docker-compose >/dev/null || docker compose version >/dev/null 2>&1 || missing+=(docker-compose)
((${#missing[@]})) || exit 0

if ! command -v apt-get >/dev/null || ((EUID != 0)); then
  echo "install-test-tools: ${missing[*]} not found, and no apt-get or not root: the tests that use them will skip" >&2
  exit 0
fi

# Debian starts a daemon when its package is installed, unless this file says no.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
echo "install-test-tools: installing ${missing[*]}" >&2
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } </dev/null >/dev/null; then
  echo "install-test-tools: apt-get could not install ${missing[*]}: the tests that use them will skip" >&2
  exit 0
fi

if [[ -d /run/systemd/system ]]; then
  for unit in prometheus prometheus-alertmanager; do
    [[ " ${missing[*]} " == *" $unit "* ]] && systemctl disable --quiet "$unit" || true
  done
fi
