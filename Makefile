# Everything here works on a fresh machine with Python 3.11 and make.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

SAMPLE := sample_data/interior-designer.xlsx
BOOK ?= $(SAMPLE)
OUT ?= site
AS_OF ?=
SIZE ?= typical
# Letters are kept month by month beside the site: months beside site, my-months beside my-site, x-months beside x.
MONTHS ?=

# The shell takes them from its environment: what make does with a path splits it at its blanks.
export BOOK OUT AS_OF MONTHS

# Each of the two takes tests off the other when it has run its own.
TESTS := $(BIN)/pytest -n 2 --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help report test quick style samples demo docs readme pictures golden bench vnu clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make report BOOK=my.xlsx OUT=my-site AS_OF=2026-10   for a workbook of your own"

report: $(VENV)/.installed ## Build the sample site, or that of BOOK=my.xlsx OUT=folder
	@# The samples end on this day; your own workbook is reported as of today unless you say otherwise.
	@if [ "$$BOOK" = "$(SAMPLE)" ]; then AS_OF="$${AS_OF:-2026-10-31}"; fi; \
	site="$${OUT%/}"; case "$$site" in site|*[!A-Za-z]site) beside="$${site%site}months";; *) beside="$$site-months";; esac; \
	$(BIN)/reportgen build $${AS_OF:+--as-of "$$AS_OF"} -o "$$OUT" --months "$${MONTHS:-$$beside}" -- "$$BOOK"
	@printf 'Open %s/index.html in a browser.\n' "$$(unset CDPATH; cd -- "$$OUT" && pwd)"

test: style ## Check style and types, run every test
	$(TESTS) --durations=10

quick: style ## Check style and types, run the tests that need no browser
	$(TESTS) -m "not browser"

style: $(VENV)/.installed-dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

samples: $(VENV)/.installed ## Make the sample workbooks anew (the same every time)
	$(BIN)/python sample_data/make.py

demo: $(VENV)/.installed ## Build the sites of four samples, with a page that leads to them
	$(BIN)/python sample_data/demo.py demo
	@printf 'Open %s/demo/index.html in a browser.\n' "$$PWD"

docs: $(VENV)/.installed-dev ## Put the program's help and its settings into docs
	PYTHONPATH=tests $(BIN)/python tests/cli/test_commands.py
	PYTHONPATH=tests $(BIN)/python tests/settings/test_reference.py

readme: $(VENV)/.installed-dev ## Take the picture at the top of README.md anew
	$(BIN)/python benchmarks/take_pictures.py --letter docs/pictures/letter.png

pictures: $(VENV)/.installed-dev ## Take every page of every sample: light, dark, phone, print
	$(BIN)/python benchmarks/take_pictures.py $(foreach pattern,$(ONLY),--only '$(pattern)')

golden: $(VENV)/.installed-dev ## Keep what the pages of the samples look like now
	$(BIN)/pytest -q tests/site/test_golden.py --golden

bench: $(VENV)/.installed-bench ## Measure a build beside other programs; SIZE=mid or extreme for large workbooks
	$(BIN)/python benchmarks/run.py $(SIZE)

vnu: $(VENV)/.installed-dev ## Hold every page against the Nu Html Checker (takes Java and npm)
	npm install --silent --no-save --ignore-scripts --prefix $(VENV)/vnu vnu-jar@26.9.27
	$(BIN)/python benchmarks/check_html.py $(VENV)/vnu/node_modules/vnu-jar/build/dist/vnu.jar

clean: ## Remove what was installed and built here
	rm -rf $(VENV) site months demo pictures .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Where Python may not write what it has compiled, each run would compile the whole program anew.
COMPILED = $(BIN)/python -m compileall -q reportgen

# An installation is as new as its mark; it is made again only when pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing reportgen and what it needs into $(VENV) (once; a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(COMPILED)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing reportgen and its test tools into $(VENV) (once; a few minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(COMPILED)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/.installed-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,bench]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "reportgen needs Python 3.11 or newer: install it, or say make PYTHON=python3.11."; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { rm -rf $(VENV); \
	       echo "Python cannot make a virtual environment here: on Debian or Ubuntu install python3-venv (apt-get install python3-venv), elsewhere Python from python.org, and try again."; \
	       exit 1; }
