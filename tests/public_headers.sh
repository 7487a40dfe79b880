#!/bin/sh
# Public headers include the standard library and each other, nothing else, and each compiles alone.
set -eu
cd "$(dirname "$0")/.."
if grep -nE '#include *[<"](unicode/|re2/|Eigen/|nlohmann/|pybind11/|CLI/)' include/newsnlp/*.h; then
  echo "a public header includes more than the standard library" >&2
  exit 1
fi
compilers=g++
for c in clang++ clang++-14; do command -v $c >/dev/null 2>&1 && compilers="$compilers $c" && break; done
case $compilers in g++) echo "clang++ is not installed: headers are compiled with g++ alone" ;; esac
for header in include/newsnlp/*.h; do
  for compiler in $compilers; do
    echo "#include \"newsnlp/$(basename "$header")\"" |
      $compiler -std=c++20 -Wall -Wextra -Wshadow -Werror -fsyntax-only -Iinclude -x c++ -
  done
done
echo "each of $(ls include/newsnlp/*.h | wc -l) headers compiles alone ($compilers)"
