# The short list of habits. `make help` shows it; everything runs in .venv, which the others make when it is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Two processes, a file of tests in one of them: each has brokers of its own.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --extra plot --group dev pyproject.toml -o requirements.lock

.DEFAULT_GOAL := help
.PHONY: help venv run test check fmt lock published bench soak chaos quix clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP)  ## Install the exact dependencies and the project into .venv

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Tocsin needs Python 3.11 or later with venv: on Debian apt-get install python3-venv, or make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# uv installs in seconds what takes pip a minute; where it cannot (an index that only pip knows of), pip does.
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock
	$(PIP) --require-hashes -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| $(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

run: venv  ## Start everything on this machine and play the demo, until Ctrl-C
	@deploy/install-java.sh
	@$(BIN)/tocsin up --demo

test: venv lint  ## Run lint, types, layers and all tests, on a real Kafka and from the wheel too
	@deploy/install-java.sh
	@deploy/install-test-tools.sh
	$(PYTEST) -m "not soak"

check: venv lint  ## Run lint, types, layers and the fast tests: under a minute
	$(PYTEST) -m "not broker and not wheel and not slow"

.PHONY: lint
lint: venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fmt: venv  ## Format, and mend what lint can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: venv  ## Compile requirements.lock from pyproject.toml; `make lock UPGRADE=1` takes newer versions
	$(LOCK) $(if $(UPGRADE),--upgrade)

published: venv  ## Write again what is generated: schemas/published/, docs/contracts.md, metrics.md, settings.md, licences.md
	$(BIN)/python -m schemas.publish
	$(BIN)/python -m streams.metrics > $(VENV)/metrics.md && mv $(VENV)/metrics.md docs/
	$(BIN)/tocsin settings --markdown > $(VENV)/settings.md && mv $(VENV)/settings.md docs/
	$(BIN)/python -m tests.licences > $(VENV)/licences.md && mv $(VENV)/licences.md docs/

bench: venv  ## Measure what needs no arguments, speed and reading; the other benches in tests/bench say what they take
	@for bench in $(basename $(notdir $(wildcard tests/bench/speed.py tests/bench/reading.py tests/bench/reading_speed.py))); do \
		echo "== $$bench"; $(BIN)/python -m tests.bench.$$bench || exit; done

.venv-quix:
	@# Quix Streams wants an older pydantic than ours: an environment of its own, for `tests.bench.speed` alone.
	$(PYTHON) -m venv $@
	printf 'pydantic<2.14\npydantic-settings<2.16\n' > $@/override.txt
	$(BIN)/uv pip install --quiet --python $@/bin/python --override $@/override.txt -e . quixstreams==3.28.1

quix: venv .venv-quix  ## Install Quix Streams into .venv-quix, to be measured beside ours

soak: venv  ## Run the long tests that a busy machine upsets, and that `make test` leaves out
	@deploy/install-java.sh
	$(BIN)/pytest -m soak

chaos: venv  ## Break everything while reports flow: `make chaos REPORTS=900 ONLY="killed storm"`; minutes for each
	@deploy/install-java.sh
	$(BIN)/python -m tests.chaos $(ONLY) $(if $(REPORTS),--reports $(REPORTS))

clean:  ## Remove .venv, caches and built files; the broker's data in ~/.local/state/tocsin stay
	rm -rf $(VENV) .venv-quix build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
