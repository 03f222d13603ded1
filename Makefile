# Ashar's verbs. `make` lists them. Needs Python 3.11 or newer and make; everything else is installed into .venv.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := platform:.
SOURCES := manage.py platform diaspora grants cms search tests requirements .ci

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .installed-base ## run the site with its demo; PORT=8000, VAR_DIR=var; Ctrl-C stops everything
	@$(BIN)/python manage.py run

test: .installed-test ## run every test this machine can run; ARGS="tests/ashar/money -x" for some
	@$(BIN)/python -m pytest -q -n 3 --dist loadfile $(ARGS)

check: .installed-test ## lint, types, layers, migrations, deployment settings, catalogues, generated pages
	@$(BIN)/python -m tests.architecture.checks

bench: .installed-test ## measure what the budgets promise: ratios and counts
	@$(BIN)/python -m tests.bench

shots: .installed-test ## photograph the main pages at three widths into docs/shots/
	@$(BIN)/python -m tests.shots

shape: .installed-test ## print the shape of the code: lengths, types, tests against source
	@$(BIN)/python -m tests.architecture.shape

coverage: .installed-test ## branch coverage of the kernel's money and of matching
	@$(BIN)/python -m pytest -q --cov --cov-report=term:skip-covered $(ARGS)

fmt: .installed-test ## put the code into the house's form
	@$(BIN)/ruff check --fix-only -q $(SOURCES); $(BIN)/ruff format $(SOURCES)

docs: .installed-base ## write the pages that are generated from the code
	@$(BIN)/python manage.py docs

requirements: .installed-dev ## compile requirements/*.in into hashed *.txt; UPGRADE=--upgrade for newer versions
	@for set in base production test dev; do \
	  $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make requirements" $(UPGRADE) \
	    $$([ $$set = base ] || echo "-c requirements/base.txt") -o requirements/$$set.txt requirements/$$set.in || exit 1; \
	done

.installed-%:
	@command -v $(PYTHON) >/dev/null || { echo "Ashar needs Python 3.11 or newer, and $(PYTHON) is not here."; exit 1; }
	@$(PYTHON) requirements/install.py $*

.PHONY: help run test check bench shots shape coverage fmt docs requirements
