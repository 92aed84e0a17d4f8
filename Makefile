# Staffel. Every target does its own set-up: on a machine with Python 3.11, git and make, type `make demo` or `make test`.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3.11 python3 python /usr/bin/python3.11 /usr/bin/python3
BIN := .venv/bin
READY := $(BIN)/staffel
LINES ?= 2000000
WORKERS ?= 2
FIRST ?= 0
WORLDS ?= 5000
fuzz: STAFFEL_FUZZ_SECONDS ?= 600
STAFFEL_LAWS_WORLDS ?= 200
export STAFFEL_LAWS_WORLDS

.PHONY: help setup demo test check format laws laws-long fuzz bench coverage lock hooks clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with the command staffel (nothing to do if nothing changed)
	@echo "ready: $(READY)"

# A virtual environment of the first interpreter that is new enough and can make one.
$(BIN)/python:
	@for python in $(PYTHON); do \
	  if "$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "set-up: .venv from $$("$$python" -V)"; exec "$$python" -m venv .venv; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer with the module venv was found (tried: $(PYTHON))." >&2; \
	echo "Install it (on Debian: apt install python3.11 python3.11-venv), or say where it is: make setup PYTHON=/path/to/python3.11" >&2; \
	exit 1

# uv is quick; where it does not get through (a mirror or a certificate that only pip was told of), pip does the same.
$(READY): requirements/uv.txt requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "set-up: packages, each checked by its hash (a minute at first)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/uv.txt
	@$(BIN)/uv pip sync --system-certs --python $(BIN)/python --require-hashes requirements/dev.txt 2>.venv/uv.log || { \
	  echo "set-up: uv gave up (.venv/uv.log says why), pip takes over"; \
	  $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt; }
	@$(BIN)/uv pip install --quiet --offline --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch -c $@

demo: $(READY) ## Import a made-up market, close a quarter, show what came of it
	@$(BIN)/staffel demo

test: $(READY) ## Run all tests, the laws over 200 worlds among them, with coverage
	@$(BIN)/pytest -q -n $(WORKERS) --dist loadgroup --ignore tests/laws --cov --cov-report=
	@$(BIN)/pytest -q -n $(WORKERS) --dist loadgroup tests/laws  # uncovered: an oracle under a tracer takes thrice as long

check: $(READY) ## Lint, format, types, directions of imports
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "make format puts this right" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(READY) ## Put layout and order of imports right
	@$(BIN)/ruff check --quiet --select I --fix .
	@$(BIN)/ruff format --quiet .

laws: $(READY) ## The laws alone, over 200 generated worlds
	@STAFFEL_LAWS_WORLDS=200 $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup tests/laws

laws-long: $(READY) ## The laws over 5,000 generated worlds, hours; in pieces: FIRST=200 WORLDS=400
	@STAFFEL_LAWS_FIRST=$(FIRST) STAFFEL_LAWS_WORLDS=$(WORLDS) $(BIN)/pytest -q -n $(WORKERS) --dist loadgroup tests/laws

fuzz: $(READY) ## Read spoiled programmes and mappings for ten minutes (STAFFEL_FUZZ_SECONDS=600)
	@STAFFEL_FUZZ_SECONDS=$(STAFFEL_FUZZ_SECONDS) $(BIN)/pytest -q -n $(WORKERS) tests/fuzz

bench: $(READY) ## Measure full closes beside their floor and beside SQL by hand (LINES=2000000)
	@$(BIN)/python bench/run.py --lines $(LINES)

coverage: $(READY) ## Show the lines that the last make test did not reach
	@$(BIN)/coverage report --show-missing

lock: $(READY) ## Compile requirements/*.in anew, with hashes and no index named
	@for set in uv run dev; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	    requirements/$$set.in -o requirements/$$set.txt; \
	done

hooks: $(READY) ## Run lint and format before each commit
	@$(BIN)/pre-commit install

clean: ## Remove .venv and all that was made
	@rm -rf .venv .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
