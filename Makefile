# The doors: the same for a person, a script and continuous integration. Each installs what is missing first.
#
#   make demo                            build, analyse an article of the repository, print who said what
#   make test                            build, run every test: C++, command line, Python, installation
#   make build                           stop after the build: build/release/newsnlp
#   make evaluate DATA=../shared/data    the table of dev-set figures, by the scorers' own definitions
#   make bench TEXT=FILE.jsonl           ns and instructions a token, stage by stage, and the ratio to ICU in the same run
#   make tidy                            clang-format and clang-tidy over the C++ code

BUILD  := build/release
PYTHON := .venv/bin/python
DATA   ?= ../shared/data

.PHONY: demo test build evaluate bench tidy clean
.NOTPARALLEL:

demo: build
	@$(BUILD)/newsnlp examples/article.txt

build: $(BUILD)/build.ninja
	@test -x $(BUILD)/newsnlp || echo "building newsnlp: a few minutes the first time" >&2
	@ninja -C $(BUILD) --quiet newsnlp_cli pack_model

$(BUILD)/build.ninja: CMakeLists.txt tools/doors/packages.txt
	@tools/doors/install_packages.sh tools/doors/packages.txt
	@cmake -S . -B $(BUILD) -G Ninja -DCMAKE_BUILD_TYPE=Release -DNEWSNLP_WERROR=ON -DNEWSNLP_BENCH=ON \
	  -DCMAKE_INSTALL_PREFIX=$(CURDIR)/build/prefix > build/configure.log || { cat build/configure.log; exit 1; }
	@touch $@

test: build .venv/ready
	@tests/run_all.sh $(BUILD) $(PYTHON)

.venv/ready: tools/doors/python_packages.txt
	@tools/doors/install_packages.sh tools/doors/packages.txt
	@python3 -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r tools/doors/python_packages.txt
	@touch $@

evaluate: build
	@python3 tools/evaluate.py $(BUILD)/newsnlp $(DATA)

bench: build
	@test -n "$(TEXT)" || { echo "usage: make bench TEXT=FILE.jsonl (one {\"id\", \"text\"} a line)" >&2; exit 2; }
	@ninja -C $(BUILD) --quiet newsnlp_bench
	@$(BUILD)/newsnlp_bench $(TEXT)

tidy: build
	@clang-format-14 --dry-run --Werror $$(git ls-files '*.h' '*.cpp')
	@run-clang-tidy-14 -quiet -extra-arg=-Wno-unknown-warning-option -p $(BUILD) '(src|tools|python)/.*\.cpp$$'

clean:
	rm -rf build .venv
