#!/bin/sh
# install.sh BUILD: installs into a fresh prefix; builds and runs a consumer by find_package and by pkg-config.
set -eu
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix/usr" > "$prefix/install.log"
"$prefix/usr/bin/newsnlp" --version

cmake -S tests/consumer -B "$prefix/consumer" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$prefix/usr" > "$prefix/configure.log" || { cat "$prefix/configure.log" >&2; exit 1; }
ninja -C "$prefix/consumer" --quiet
"$prefix/consumer/consumer" | tee "$prefix/out"
grep -q 'Maria Alvarez: “We won,”' "$prefix/out"

PKG_CONFIG_PATH=$(dirname "$(find "$prefix/usr" -name newsnlp.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
g++ -std=c++20 -O1 tests/consumer/main.cpp -o "$prefix/by_pkg_config" $(pkg-config --cflags --libs --static newsnlp)
LD_LIBRARY_PATH=$PKG_CONFIG_PATH/.. "$prefix/by_pkg_config" | grep -q 'Maria Alvarez'
echo "ok: find_package and pkg-config"
