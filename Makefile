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
N ?= 60
ROOMS ?=
# Letters are kept month by month beside the site: months beside site, my-months beside my-site, x-months beside x.
MONTHS ?=

# The shell takes them from its environment: what make does with a path splits it at its blanks.
export BOOK OUT AS_OF MONTHS

# Each of the two takes tests off the other when it has run its own.
TESTS := $(BIN)/pytest -n 2 --dist worksteal

# Two more environments: the oldest versions, and the programs that lock and audit.
OLDEST := $(VENV)/oldest
SUPPLY := $(VENV)/supply

# Where another version of a package could make a difference: what it reads, writes, says or locks.
ON_PACKAGES := tests/adopting/test_package.py tests/forms/test_lock.py tests/reading/products tests/settings \
  tests/tables/test_appendix.py tests/writing/test_starter.py

.DEFAULT_GOAL := help
.PHONY: help report test quick oldest style coverage mutants samples demo docs readme pictures golden bench fuzz lock audit vnu clean

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

oldest: $(OLDEST)/.installed ## Test what stands on other packages with the oldest versions that pyproject.toml allows
	$(OLDEST)/bin/python -m pytest -m "not browser" $(ON_PACKAGES)

style: $(VENV)/.installed-dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

coverage: $(VENV)/.installed-proof ## Say which lines and branches no test runs that needs no browser
	$(BIN)/coverage erase
	@# What it measures with costs time and room on the disk, so tests of these may fail here: make test has their verdict.
	-$(BIN)/coverage run -m pytest -n 2 --dist worksteal -m "not browser"
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: $(VENV)/.installed-proof ## Plant small mistakes: N of each room (60, or all), ROOMS="editions lock"
	$(BIN)/python benchmarks/mutants.py $(if $(filter all,$(N)),,-n $(N)) $(ROOMS)

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

fuzz: $(VENV)/.installed-dev ## Read N=10000 damaged files of every kind, made by SEED=1
	$(BIN)/python benchmarks/fuzz.py $${N:-10000} $${SEED:-1}

lock: $(SUPPLY)/.installed ## Choose the newest versions anew, each file with its hash: requirements/*.txt
	$(COMPILE) pyproject.toml --group build --all-extras -o $(SUPPLY)/all.txt
	$(COMPILE) --group build -c $(SUPPLY)/all.txt -o requirements/build.txt
	$(COMPILE) --group proof -o requirements/proof.txt
	$(COMPILE) --group supply -o requirements/supply.txt
	$(COMPILE) pyproject.toml -c $(SUPPLY)/all.txt -o requirements/run.txt
	$(COMPILE) pyproject.toml -c $(SUPPLY)/all.txt --extra dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml -c $(SUPPLY)/all.txt --extra bench -o requirements/bench.txt
	$(COMPILE) pyproject.toml --resolution lowest-direct -o $(SUPPLY)/oldest.txt
	$(COMPILE) $(SUPPLY)/oldest.txt --group oldest -o requirements/oldest.txt

audit: $(SUPPLY)/.installed ## Ask the Python Package Index for known vulnerabilities of what is locked (takes the internet)
	@if $(SUPPLY)/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
	  $(foreach lock,build run dev,-r requirements/$(lock).txt) 2>$(SUPPLY)/audit.log; \
	then echo "Nothing that is locked has a known vulnerability."; \
	else echo "What is listed above is to be replaced: make lock. Where nothing is listed, the Index could not be asked,"; \
	  echo "which takes the internet ($(SUPPLY)/audit.log)."; exit 1; fi

vnu: $(VENV)/.installed-dev ## Hold every page against the Nu Html Checker (takes Java and npm)
	npm install --silent --no-save --ignore-scripts --prefix $(VENV)/vnu vnu-jar@26.9.27
	$(BIN)/python benchmarks/check_html.py $(VENV)/vnu/node_modules/vnu-jar/build/dist/vnu.jar

clean: ## Remove what was installed and built here
	rm -rf $(VENV) site months demo pictures .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*

# Where Python may not write what it has compiled, each run would compile the whole program anew, and parse its data files.
COMPILED = $(BIN)/python -m compileall -q reportgen \
  && PYTHONDONTWRITEBYTECODE= $(BIN)/python -c "from reportgen.reading import catalogue, vocabulary; catalogue.built_in(); \
  vocabulary.languages(); from reportgen.reading.products import definition; definition.exports()"

# Files that are not those of the lock are refused. What installs comes first: nothing is built with what pip chooses itself.
LOCKED = pip install --quiet --disable-pip-version-check --require-hashes --no-deps --no-build-isolation --use-pep517
OURSELVES = pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

# For every system and every Python that we support.
COMPILE = $(SUPPLY)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
  --custom-compile-command "make lock"

# An installation is as new as its mark; it is made again only when its lock or pyproject.toml changes.
$(VENV)/.installed: pyproject.toml requirements/build.txt requirements/run.txt | $(BIN)/python
	@echo "Installing reportgen and what it needs into $(VENV) (once; a minute or two) ..."
	@$(BIN)/python -m $(LOCKED) -r requirements/build.txt
	@$(BIN)/python -m $(LOCKED) -r requirements/run.txt
	@$(BIN)/python -m $(OURSELVES)
	@$(COMPILED)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml requirements/build.txt requirements/dev.txt | $(BIN)/python
	@echo "Installing reportgen and its test tools into $(VENV) (once; a few minutes) ..."
	@$(BIN)/python -m $(LOCKED) -r requirements/build.txt
	@$(BIN)/python -m $(LOCKED) -r requirements/dev.txt
	@$(BIN)/python -m $(OURSELVES)
	@$(COMPILED)
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: $(VENV)/.installed-dev requirements/bench.txt
	@$(BIN)/python -m $(LOCKED) -r requirements/bench.txt
	@touch $@

$(OLDEST)/.installed: pyproject.toml requirements/build.txt requirements/oldest.txt | $(BIN)/python
	@echo "Installing the oldest versions that reportgen allows into $(OLDEST) (once; a minute) ..."
	@$(BIN)/python -m venv $(OLDEST)
	@$(OLDEST)/bin/python -m $(LOCKED) -r requirements/build.txt
	@$(OLDEST)/bin/python -m $(LOCKED) -r requirements/oldest.txt
	@$(OLDEST)/bin/python -m $(OURSELVES)
	@touch $@

$(SUPPLY)/.installed: requirements/supply.txt | $(BIN)/python
	@$(BIN)/python -m venv $(SUPPLY)
	@$(SUPPLY)/bin/python -m $(LOCKED) -r requirements/supply.txt
	@touch $@

$(VENV)/.installed-proof: $(VENV)/.installed-dev requirements/proof.txt
	@$(BIN)/python -m $(LOCKED) -r requirements/proof.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "reportgen needs Python 3.11 or newer: install it, or say make PYTHON=python3.11."; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 && $(BIN)/python -m pip --version >/dev/null 2>&1 \
	  || { rm -rf $(VENV); \
	       echo "Python cannot make a virtual environment here: on Debian or Ubuntu install python3-venv (apt-get install python3-venv), elsewhere Python from python.org, and try again."; \
	       exit 1; }
