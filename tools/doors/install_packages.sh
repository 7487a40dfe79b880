#!/bin/sh
# install_packages.sh LIST: installs the Debian packages of LIST that are missing, as root or through sudo.
set -eu
missing=""
while read -r package; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done < "$1"
mkdir -p build
[ -n "$missing" ] || exit 0
echo "installing:$missing" >&2
as_root=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || {
    echo "these Debian packages are missing:$missing" >&2
    echo "install them as root: apt-get install$missing" >&2
    exit 1
  }
  as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
{ $as_root apt-get -q update && $as_root apt-get -q install -y --no-install-recommends $missing; } > build/apt.log 2>&1 || {
  tail -n 20 build/apt.log >&2
  exit 1
}
