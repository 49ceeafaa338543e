# `make` builds the environment if there is none, then the tables. `make help` lists the rest.
PYTHON ?= python3
BIN = .venv/bin
OLD ?=
NEW ?=
ENTRY ?= 5
SOURCE ?= raw/zenkoku-renkei/2024-03-08.txt

.DEFAULT_GOAL := build
.PHONY: build help setup check diff show test test-fast lint golden bench clean lock

build: setup ## raw/ -> output/, reading only what is new or changed
	$(BIN)/nenpyo build

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 14

setup: .venv/made ## the environment, from requirements.lock

.venv/made: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nenpyo needs Python 3.11 or later; make PYTHON=python3.11 says which")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --no-index -e .
	touch .venv/made

check: setup ## validate the tables in output/ and print their account
	$(BIN)/nenpyo check

diff: setup ## make diff OLD=output/… NEW=output/…
	$(BIN)/nenpyo diff $(OLD) $(NEW)

show: setup ## make show ENTRY=line [SOURCE=file]: one entry through every stage
	$(BIN)/nenpyo show $(SOURCE) --line $(ENTRY)

test: setup ## all tests
	$(BIN)/python -m pytest -n auto

test-fast: setup ## the tests that need no PDF and end soon
	$(BIN)/python -m pytest -n auto -m "not pdf and not slow"

lint: setup ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: setup ## write the expected tables and readings anew; then read `git diff output docs tests/golden`
	$(BIN)/nenpyo build --force
	$(BIN)/python -m pytest -q tests/test_golden.py --update-golden
	$(BIN)/python -c "from pipeline.tables.dictionary import write_dictionary; write_dictionary('docs/tables.md')"

bench: setup ## score and cost, beside other programs where they are installed
	$(BIN)/python -m benchmarks

lock: ## choose versions anew, for Python 3.11 and later on any system, and write requirements.lock
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/python -m pip install --quiet uv==0.13.9
	.venv/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes \
	  --no-header --no-emit-index-url --no-emit-find-links --annotation-style line -o requirements.lock pyproject.toml

clean: ## take output/ away; never raw/
	rm -rf output
