# `make demo` and `make test` need git, make and Python 3.11 or newer, and write nothing outside this folder.

PYTHON ?=
PORT ?= 8000
NOW ?= 2026-03-03T08:00:00Z
WORKERS ?= 2
UPGRADE ?=
AGAINST ?= github
SIZES ?= 10,100,1000,10000

UV := 0.13.9
BIN := .venv/bin
WORKFLOWS := .github/workflows

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help demo docs sim record bench test lint unit messages lock web-tools clean venv install-run install-dev install-docs
.NOTPARALLEL:

help:
	@echo 'make demo                 build the demo site and show it on http://127.0.0.1:$(PORT)/'
	@echo '     PORT=8001            … on another port'
	@echo '     NOW=2026-03-01T12:00:00Z   … as it was at another time; NOW= for the real clock'
	@echo 'make docs                 build the documentation into _docs; a warning is an error'
	@echo 'make sim                  a GitHub on this machine, with an example, to try requests on'
	@echo 'make test                 everything that has to pass: linters, types, floors, workflows, tests'
	@echo '     ARGS="-k words"      … with options for pytest (make unit: pytest alone)'
	@echo 'make lint                 all of that but the tests'
	@echo 'make bench                what the store asks of GitHub, and its CPU, beside the naive way'
	@echo '     SIZES=10,1000        … with so many incidents'
	@echo 'make record               record the cassettes anew, from a scratch repository on GitHub (tests/README.md)'
	@echo '     AGAINST=loopback     … from the loopback GitHub'
	@echo 'make web-tools            the HTML and accessibility checkers that some tests want (needs Node)'
	@echo 'make messages             find the words of pages, put them into every catalogue, and compile those'
	@echo 'make lock                 write requirements/ anew from pyproject.toml'
	@echo '     UPGRADE=--upgrade    … with the newest versions'
	@echo 'make clean                remove everything that was installed or built here'
	@echo 'PYTHON=python3.13         which Python to use, with any of these'

demo: install-run
	@exec $(BIN)/ghstatus serve site --port '$(PORT)' $(if $(NOW),--now '$(NOW)')

docs: install-docs
	@$(BIN)/python -m zensical build --strict --clean
	@echo 'The documentation is in _docs; `python3 -m http.server -d _docs` shows it.'

sim: install-dev
	@exec $(BIN)/python -m tests.github

record: install-dev
	@GHSTATUS_RECORD_AGAINST='$(AGAINST)' $(BIN)/pytest tests/test_github_cassettes.py --record-mode=rewrite $(ARGS)
	@$(BIN)/pytest tests/test_github_cassettes.py -q

bench: install-dev
	@exec $(BIN)/python benchmarks/api.py --sizes '$(SIZES)'

test: lint unit

lint: install-dev
	@echo '== ruff: rules'
	@$(BIN)/ruff check .
	@echo '== ruff: format'
	@$(BIN)/ruff format --check .
	@echo '== mypy: types'
	@$(BIN)/mypy
	@echo '== import-linter: floors'
	@$(BIN)/lint-imports --no-cache
	@echo '== zizmor: what a workflow may do'
	@$(BIN)/zizmor --offline --quiet --no-progress .github action.yml
	@echo '== check-jsonschema: what a workflow may say'
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)/*.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml

unit: install-dev
	@echo '== pytest'
	@$(BIN)/pytest -n '$(WORKERS)' --dist worksteal --cov --cov-report=term $(ARGS)

# What is installed is remembered by the contents of what asked for it, so a second run installs nothing.
# $(1): run or dev; $(2): other stamps that will do.
define install
@set -eu; \
asked="$$(cat requirements/$(1).txt pyproject.toml | cksum)"; \
for stamp in $(1) $(2); do \
    wanted="$$(cat "requirements/$$stamp.txt" pyproject.toml | cksum)"; \
    if [ "$$(cat ".venv/.$$stamp" 2>/dev/null)" = "$$wanted" ]; then exit 0; fi; \
done; \
echo '== Installing requirements/$(1).txt into .venv'; \
$(BIN)/python -m pip install --quiet --require-hashes -r requirements/$(1).txt; \
$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .; \
echo "$$asked" > .venv/.$(1)
endef

install-run: venv
	$(call install,run,dev)

install-dev: venv
	$(call install,dev)

install-docs: venv
	@set -eu; \
	wanted="$$(cksum < requirements/docs.txt)"; \
	if [ "$$(cat .venv/.docs 2>/dev/null)" = "$$wanted" ]; then exit 0; fi; \
	echo '== Installing requirements/docs.txt into .venv'; \
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/docs.txt; \
	echo "$$wanted" > .venv/.docs

# A .venv that was copied or moved here from elsewhere, or is of another Python than the one asked for, is made anew.
venv:
	@set -eu; \
	version='import sys; print("%d.%d" % sys.version_info[:2])'; \
	enough='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if [ -n '$(PYTHON)' ]; then set -- '$(PYTHON)'; \
	else set -- python3 python3.14 python3.13 python3.12 python3.11 python; fi; \
	if grep -qsF "$$(pwd -P)/.venv" $(BIN)/activate && $(BIN)/python -c "$$enough"; then \
	    if [ -z '$(PYTHON)' ]; then exit 0; fi; \
	    if [ "$$($(BIN)/python -c "$$version")" = "$$("$$1" -c "$$version" 2>/dev/null)" ]; then exit 0; fi; \
	fi; \
	python=''; \
	for name in "$$@"; do \
	    if "$$name" -c "$$enough" 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	    found="$$("$$1" --version 2>&1)" || found='not there'; \
	    echo "ghstatus needs Python 3.11 or newer, and $$1 is $$found." >&2; \
	    echo 'Install one, or say where it is: make PYTHON=/path/to/python3.12 …' >&2; \
	    exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    echo "$$python has no venv module. Install it (Debian and Ubuntu: apt install python3-venv) and try again." >&2; \
	    exit 1; \
	fi; \
	echo "== Making .venv with $$("$$python" --version)"; \
	"$$python" -m venv --clear .venv

messages: install-dev
	@$(BIN)/pybabel --quiet extract -F babel.cfg --omit-header --no-location --width 100 -o ghstatus/locale/ghstatus.pot .
	@$(BIN)/pybabel --quiet update -D ghstatus -d ghstatus/locale -i ghstatus/locale/ghstatus.pot \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100
	@$(BIN)/pybabel --quiet compile -D ghstatus -d ghstatus/locale
	@echo 'ghstatus/locale/ is up to date; what has no translation is empty in it.'

lock: venv
	@$(BIN)/python -m pip install --quiet uv==$(UV)
	@set -eu; compile() { \
	    $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	        --no-emit-index-url --no-header --no-annotate $(UPGRADE) "$$@"; \
	}; \
	compile pyproject.toml --group build -o requirements/run.txt; \
	compile pyproject.toml --group dev -c requirements/run.txt -o requirements/dev.txt; \
	compile --group docs -c requirements/dev.txt -o requirements/docs.txt
	@echo 'requirements/*.txt are up to date.'

web-tools:
	@cd tests/web && npm ci --no-audit --no-fund

clean:
	rm -rf .venv _site _docs .cache .ghstatus dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache \
	    .import_linter_cache tests/web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
