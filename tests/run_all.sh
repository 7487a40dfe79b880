#!/bin/sh
# run_all.sh BUILD PYTHON: every test, the quick ones first. Stops at the first part that fails.
set -eu
build=$1
python=$2
step() { printf '\n== %s\n' "$1"; }

step "build"
ninja -C "$build" --quiet

step "C++ tests"
"$build/newsnlp_tests" --gtest_brief=1

step "costs: instructions and allocations, counted"
"$build/newsnlp_bench" --guard tests/costs.txt examples/article.txt tests/golden/*.txt

step "public headers"
tests/public_headers.sh

step "examples"
tests/examples.sh "$build"

step "installation and a consumer project"
tests/install.sh "$build"

step "Python package"
"$python" -m pip install --quiet --disable-pip-version-check --no-build-isolation .
"$python" -m pytest -q python/tests tests/cli

step "all tests passed"
