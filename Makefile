# The one way for Debian and macOS; the README has the one for Windows and for conda.
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/ready
BENCH := .venv/bench

# What Python has compiled is kept, also where the machine is set otherwise: each process of the
# tests would compile every module anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: report test quick outside lab check words pages pictures mutants bench docs soak

report: $(READY)
	$(BIN)/netanalysis report stockholm-2011

test: check outside
	$(BIN)/python -m pytest -n auto --dist loadfile

# The tests that are quick and need no browser, no LibreOffice and no process in which a notebook
# runs, with a few of the cases of each.
quick: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not outside and not slow" --few 2

# Install what the other tests need, a browser and LibreOffice, or say what is missing.
outside: $(READY)
	@$(BIN)/python -m tests.outside

# Kill each command that writes at random moments, and change cases and workbooks at random: see
# that nothing is lost, and that what no case can mean is refused, and where (some minutes).
soak: $(READY)
	$(BIN)/python -m tests.soak $(if $(SEED),--seed $(SEED))

lab: $(READY)
	$(BIN)/jupyter lab notebooks

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Bring the Swedish catalogue up to date with the texts in the code.
words: $(READY)
	$(BIN)/pybabel -q extract -F netanalysis/locale/babel.cfg -k words -k self -k plural:1,2 -k markup -k Phrase --no-location --no-wrap --omit-header -o .venv/netanalysis.pot netanalysis notebooks
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --no-wrap --omit-header -l sv -D netanalysis -i .venv/netanalysis.pot -d netanalysis/locale

# The reference, made from the docstrings, in docs/_build; a name in it that leads nowhere is an error.
docs: .venv/docs-ready
	$(BIN)/python docs/tables.py
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build

.venv/docs-ready: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs]'
	@touch $@

# Store the text of the pages as it now is in tests/pages, and show what that changes.
pages: $(READY)
	$(BIN)/python -m tests.pages

# Take the pictures of the first screen for the README from the committed pages; needs the browser.
pictures: $(READY)
	$(BIN)/python -m docs.first_screen

# Change the code that makes pages in small ways, and see that a test fails (half an hour).
mutants: $(READY)
	OPENBLAS_NUM_THREADS=1 nice $(BIN)/python -m tests.pages.mutants

# Time netanalysis beside other libraries, which need an environment of their own (some minutes).
bench: $(READY) $(BENCH)/ready
	$(BENCH)/bin/python -W ignore -m tests.benchmarks.reference
	$(BIN)/python -m tests.benchmarks

$(BENCH)/ready: tests/benchmarks/requirements.txt | $(READY)
	@echo "Setting up $(BENCH) (once; it takes a minute or two)"
	@test -x $(BENCH)/bin/python || $(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --upgrade pip
	@$(BENCH)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --requirement tests/benchmarks/requirements.txt
	@touch $@

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed (on Debian: apt install python3-venv)." >&2; exit 1; }
	@echo "Setting up .venv (once; it takes a minute or two)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@$(BIN)/python -m pip uninstall --quiet --yes setuptools 2>/dev/null  # an old one, which nothing needs
	@touch $(READY)
