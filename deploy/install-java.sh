#!/usr/bin/env bash
# Installs what the local Kafka needs, Java 17 or later and Maven, where apt-get and root are there. Elsewhere one line
# says what to install; it is no error here, since `--bootstrap` and the compose file need neither.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=()
# The program's own search, so that both find the same Java.
.venv/bin/python -c 'from streams.broker.java import find_java; find_java()' 2>/dev/null || wanted+=(java)
command -v mvn >/dev/null || wanted+=(maven)
((${#wanted[@]})) || exit 0

if ! command -v apt-get >/dev/null || ((EUID != 0)); then
  echo "install-java: ${wanted[*]} not found: install Java 17 or later and Maven, or use --bootstrap HOST:PORT or deploy/compose.yaml" >&2
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
echo "install-java: installing ${wanted[*]}" >&2
apt-get update -qq </dev/null >/dev/null
packages=()
for want in "${wanted[@]}"; do
  if [[ $want == java ]]; then
    for version in 17 21 25; do
      if apt-cache show "openjdk-$version-jre-headless" >/dev/null 2>&1; then
        packages+=("openjdk-$version-jre-headless")
        break
      fi
    done
  else
    packages+=("$want")
  fi
done
apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >/dev/null
