# make run   set up and serve the app on http://localhost:8501
# make test  set up and run lint, data checks, unit, page and browser tests
# make docs  write pictures of every page and sample exports below docs/ (not kept in git)
# make pictures  renew the six pictures that README and docs/ show
# make cluster  set up Spark in .venv-cluster, for ledgers beyond one machine (needs Java)
# make test CI=1  the same, and Spark's tests too where Java and Spark can be had
# make test-cluster  set up Java and Spark, and hold both engines of the ledger against each other

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
CLUSTER := .venv-cluster
PY := $(VENV)/bin/python

.PHONY: cluster run test test-cluster lint data browser docs pictures check-python clean
.DELETE_ON_ERROR:

run: $(VENV)/app.stamp
	$(PY) -m analytics extract --if-missing
	$(PY) -m pages.common.server --server.port $(PORT) --server.headless true

# Each process computes in one thread, or they would wait for one another.
test: export OMP_NUM_THREADS := 1
test: export OPENBLAS_NUM_THREADS := 1
# Compiled code is kept, or each of the many processes would compile the app anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/dev.stamp
	$(MAKE) --no-print-directory --jobs 2 browser lint data
	$(PY) -m pytest -rs -n logical --dist worksteal

lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/mypy

data: $(VENV)/app.stamp
	$(PY) -m analytics extract
	$(PY) -m analytics check

# What tests use of the system, one after the other: Debian installs only one at a time.
browser: $(VENV)/dev.stamp
	$(PY) -m tests.support.ensure_browser
	$(PY) -m tests.support.ensure_office
	$(PY) -m tests.support.ensure_service
	$(if $(CI),$(PY) -m tests.support.ensure_cluster)

# Apart from make test on one's own machine: a download of 450 MB, and some Java.
test-cluster: $(VENV)/dev.stamp
	$(PY) -m tests.support.ensure_cluster
	$(PY) -m pytest -rs tests/analytics/data/ledger/test_spark.py

cluster: $(CLUSTER)/cluster.stamp

docs: $(VENV)/dev.stamp browser data
	$(PY) -m docs.make_exports
	$(PY) -m docs.take_screenshots

pictures: $(VENV)/dev.stamp browser data
	$(PY) -m docs.make_exports --kept
	$(PY) -m docs.take_screenshots --kept

check-python:
	@command -v $(PYTHON) >/dev/null || { echo "需要 Python 3.11 或更高版本：未找到 $(PYTHON)，请安装后重试，或用 make PYTHON=... 指定。"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本：$$($(PYTHON) --version) 过低。"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "缺少 venv 模块：请安装 python3-venv 后重试。"; exit 1; }

$(VENV)/bin/python: | check-python
	$(PYTHON) -m venv $(VENV)

$(VENV)/app.stamp: requirements.txt constraints.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/app.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(CLUSTER)/cluster.stamp: requirements-cluster.txt | check-python
	$(PYTHON) -m venv $(CLUSTER)
	$(CLUSTER)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-cluster.txt
	touch $@

clean:
	rm -rf $(VENV) $(CLUSTER) .cache docs/exports docs/screenshots
