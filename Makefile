# The one door: `make run` and `make test` are all the set-up on a machine with make, git and Python ≥ 3.11.
# Written for GNU Make 3.81 (macOS) and later, and for /bin/sh.
.NOTPARALLEL:
.DEFAULT_GOAL := help

PORT ?= 8000
WORKERS ?= 2
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip --quiet
PACKAGES := rules connectors trialmatch
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
# One command, not $(shell …) at parse time: `make run` needs no browser.
CHROMIUM_PATH = $$(sh scripts/chromium.sh)

.PHONY: help run test check lint types imports wheel tests browser docs element screenshots lock bench soak format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.runtime ## the demonstration on loopback: reference server, service, sample catalogue (PORT=8000)
	$(BIN)/trialmatch demo --port $(PORT)

test: $(VENV)/.dev browser lint types imports wheel tests ## everything that must hold, from a fresh clone

# --- what is installed: only hash-pinned files, then the project itself ---------------------------------------
$(PY):
	"$$(sh scripts/python.sh)" -m venv --clear $(VENV)

$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml | $(PY)
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

browser:
	@sh scripts/chromium.sh > /dev/null

# --- what is checked --------------------------------------------------------------------------------------------
check: $(VENV)/.dev lint types imports ## the checks that need no test run

lint: $(VENV)/.dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .

types: $(VENV)/.dev
	$(PY) -m mypy --strict $(PACKAGES)

imports: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo

# The wheel that the image installs: built, installed apart, and compared with the tree.
wheel: $(VENV)/.dev
	@rm -rf dist build/wheel
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .
	$(PIP) install --no-deps --target build/wheel dist/*.whl
	$(PY) scripts/check_wheel.py build/wheel $(PACKAGES)

tests: $(VENV)/.dev browser
	CHROMIUM="$(CHROMIUM_PATH)" $(PY) -m pytest -n $(WORKERS) --dist loadscope

# --- for the developer --------------------------------------------------------------------------------------------
docs: $(VENV)/.dev ## writes docs/criteria.md from the spec tables
	$(PY) -m scripts.criteria_reference

element: $(VENV)/.dev ## writes the web component in one file from its modules
	$(PY) -m trialmatch.web.bundle

screenshots: $(VENV)/.dev browser ## takes docs/screenshots from the demonstration
	CHROMIUM="$(CHROMIUM_PATH)" $(PY) -m scripts.screenshots

bench: $(VENV)/.dev ## measures everything, writes docs/performance.md (ten minutes; BENCH="engine --quick")
	$(PY) -m benchmarks $(BENCH)

soak: $(VENV)/.dev ## many more random cases, 20 seeds of hidden facts, a sync killed 50 times, replicas lost 40 times (minutes)
	TRIALMATCH_KILLS=50 $(PY) -m pytest -n $(WORKERS) tests/integration/test_killed_sync.py
	$(PY) -m pytest -m soak
	HYPOTHESIS_PROFILE=soak $(PY) -m pytest -n $(WORKERS) tests/properties
	$(PY) -m scripts.measure_hiding
	$(PY) -m scripts.measure_replicas

format: $(VENV)/.dev ## formats the code and sorts the imports
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

lock: $(VENV)/.dev ## compiles requirements/ from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	$(LOCK) $(UPGRADE) --group pyproject.toml:build -o requirements/build.txt
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements/runtime.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra cluster -c requirements/build.txt -c requirements/runtime.txt -o requirements/cluster.txt
	$(LOCK) $(UPGRADE) pyproject.toml --all-extras --group dev -c requirements/build.txt -c requirements/cluster.txt -o requirements/dev.txt

clean: ## removes what make created
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
