# What a person types. `make run` is enough to hold a workshop; CI calls `make test`.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# As many processes as there are processors, up to four; each has a server and a browser of its own.
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder

# The Python to build .venv with: `make run PYTHON=/path/to/python3.12` chooses another one.
PYTHON := $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$p; break; fi; done)

.DEFAULT_GOAL := help
.PHONY: help setup run lab test check lint types imports format bench lock browser

help:
	@echo 'make run      start the kit and open it in the browser (ARGS="--port 8900" is handed on)'
	@echo 'make lab      the same notebooks in JupyterLab'
	@echo 'make test     lint, types, import rules and all tests but the slow ones'
	@echo 'make check    make test, and the slow ones: wheel, fresh clone, every Python found here'
	@echo 'make lint     lint and formatting only'
	@echo 'make format   put the code into shape'
	@echo 'make bench    measure speed and memory, print ratios'
	@echo 'make lock     write requirements.lock anew from pyproject.toml'
	@echo 'make browser  find Chromium for the tests, or install it'

# A half-made .venv has no stamp, so it is made again; a changed lock or pyproject.toml refreshes it.
$(READY): requirements.lock pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Trivsel needs Python 3.11 or newer, and none was found. Install it, or say where it is: make run PYTHON=/path/to/python3' >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); } || { rm -rf $(VENV); echo 'Python is here, but its venv module is not. On Debian and Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }
	@cmp -s requirements.lock $(VENV)/.lock || { echo 'Installing what the kit needs (a few minutes the first time) …'; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock \
		&& cp requirements.lock $(VENV)/.lock; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps -e .
	@touch $(READY)

setup: $(READY)

run: $(READY)
	@$(BIN)/trivsel serve $(ARGS)

# JupyterLab as the kit wants it: no news, no look for updates, no list of extensions from outside.
lab: $(READY)
	@test -e $(VENV)/.lab || { $(BIN)/jupyter labextension disable --level=sys_prefix \
		@jupyterlab/apputils-extension:announcements >/dev/null 2>&1 && touch $(VENV)/.lab; }
	@$(BIN)/jupyter lab --notebook-dir=notebooks --LabApp.news_url=None \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.extension_manager=readonly $(ARGS)

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --no-logo

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

browser: $(READY)
	@$(BIN)/python -m tests.chromium --install

test: lint types imports browser
	$(PYTEST) $(ARGS)

check: lint types imports browser
	$(PYTEST) -m 'slow or not slow' $(ARGS)

bench: browser
	@for file in tests/bench/[!_]*.py; do \
		test -e "$$file" || { echo 'There is nothing in tests/bench yet.' >&2; exit 1; }; \
		name=$$(basename "$$file" .py); echo "== $$name"; $(BIN)/python -m tests.bench.$$name || exit 1; done

# The index that pip is set up with is used, and named nowhere in the file.
lock:
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet 'uv>=0.5'; }
	@index="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}}"; \
	$${index:+env} $${index:+UV_DEFAULT_INDEX="$$index"} $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes \
		--python-version 3.11 --extra dev --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command 'make lock' --output-file requirements.lock $(ARGS)
