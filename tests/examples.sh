#!/bin/sh
# Runs each C++ example on the articles of the repository and looks at what it prints.
set -eu
build=$1
cd "$(dirname "$0")/.."
expect() { # words, command…
  words=$1
  shift
  out=$("$@") || { echo "$* failed" >&2; exit 1; }
  printf '%s\n' "$out" | grep -qF -- "$words" || { printf '%s: no "%s" in\n%s\n' "$*" "$words" "$out" >&2; exit 1; }
  echo "ok: $(basename "$1")"
}
expect " said" "$build/examples/who_said_what" examples/article.txt
expect "PERSON" "$build/examples/entities" examples/article.txt
expect "articles," "$build/examples/archive" examples/article.txt tests/golden/*.txt
for example in examples/*.cpp examples/*.py; do
  lines=$(wc -l < "$example")
  [ "$lines" -lt 60 ] || { echo "$example has $lines lines; an example has less than 60" >&2; exit 1; }
done
