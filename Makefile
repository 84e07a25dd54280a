# Panah. `make help` lists what there is. A fresh Debian 12 with python3.11, pip, git, make, gcc and node needs nothing else by hand.

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(CURDIR)/.venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench bench-retrieval bench-names names docs attack real browser ages models ocr data sbom advisories audit clean

# What `extractors/languages.py` knows, as Debian names it. In other places: make ocr LANGUAGES="eng fra"
LANGUAGES := ara chi-sim chi-tra deu eng fra kaz kir rus swe tur uig

AXE := tools/axe/node_modules/axe-core/axe.min.js
AGE := tools/age/node_modules/age-encryption/dist/index.js

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 12

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Panah needs Python 3.11 or later."; exit 2; }
	$(PYTHON) -m venv --without-pip .venv
	$(PYTHON) -m pip --quiet --python $(BIN)/python install uv

.venv/.core: $(UV) uv.lock pyproject.toml
	$(UV) sync --quiet --frozen --inexact --compile-bytecode
	@touch $@

.venv/.dev: .venv/.core
	$(UV) sync --quiet --frozen --inexact --compile-bytecode --group dev --all-extras
	@touch $@

browser: $(AXE)
	@tools/debian.sh "tests in a browser" chromium
	@tools/debian.sh "the quicker half of a browser, for tests," chromium-headless-shell

ages: $(AGE)
	@tools/debian.sh "tests with another age" age

$(AXE): tools/axe/package-lock.json
	@cd tools/axe && npm ci --silent && touch ../../$@ || echo "axe-core could not be installed; the tests that need it will be skipped."

$(AGE): tools/age/package-lock.json
	@cd tools/age && npm ci --silent && touch ../../$@ || echo "age-encryption could not be installed; the tests that need it will be skipped."

models:
	@tools/debian.sh "recognising the words on scans" $(addprefix tesseract-ocr-,$(LANGUAGES) osd)

ocr: .venv/.core models ## let Panah read scans and photographs: text recognition with its languages, and HEIC
	$(UV) sync --quiet --frozen --inexact --compile-bytecode --extra ocr

setup: .venv/.core ## install what Panah needs into .venv

demo: .venv/.core ## try everything on an invented case, then open the workbench (DEMO_SERVE=0: stop before that)
	@$(BIN)/panah demo

test: .venv/.dev browser ages models ## run the tests
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not attack" --ignore tests/architecture.py

attack: .venv/.dev ## run the long attacks: crashes at random moments, every bit flipped, large hostile files
	$(BIN)/pytest -n 2 -m attack
	PANAH_TESTS=deep $(BIN)/pytest -n 2 -m "not attack" $(shell grep -l support.depth -r tests --include='test_*.py')

real: .venv/.dev ## run on the real documents of ../shared/data, with a table of what was read and refused and why
	$(BIN)/python bench/real.py

check: .venv/.dev ## ruff, mypy --strict, import-linter, architecture, templates, data
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check src tests bench tools
	$(BIN)/mypy
	$(BIN)/lint-imports --verbose 2>&1 | tail -n 12; test $${PIPESTATUS[0]} -eq 0
	$(BIN)/pytest -q tests/architecture.py
	$(BIN)/python tools/verify_page.py --check
	$(BIN)/python tools/tables.py --check
	$(BIN)/python tools/han.py --check
	$(BIN)/python tools/characters.py --check
	$(BIN)/python tools/thesaurus.py --check
	$(BIN)/python tools/known_words.py --check
	$(BIN)/python tools/lawbook.py --check
	$(BIN)/python tools/messages.py --check
	$(BIN)/python tools/docs.py --check
	$(BIN)/python -m django check --deploy --fail-level INFO --settings panah.site.settings
	$(BIN)/python tools/audit.py --lenient

bench: .venv/.dev ## measure speed and size; the figures of docs/performance.md
	$(BIN)/python bench/run.py
	$(BIN)/python bench/search.py $(PASSAGES)
	$(BIN)/python bench/finder.py 2000
	$(BIN)/python bench/kin.py
	$(BIN)/python bench/examination.py
	$(BIN)/python bench/citations.py
	$(BIN)/python bench/checking.py
	$(BIN)/python bench/names.py speed

docs: .venv/.dev ## write the pages of docs/reference that follow from the code
	$(BIN)/python tools/docs.py

bench-retrieval: .venv/.dev ## how well the index ranks, on the collections of ../shared/data/ir
	$(BIN)/python bench/retrieval.py

bench-names: .venv/.dev ## how well names are found across scripts, beside three other ways, on ../shared/data/names
	$(UV) sync --quiet --frozen --inexact --compile-bytecode --group bench
	$(BIN)/python bench/names.py
	$(BIN)/python bench/mentions.py

names: .venv/.dev ## learn what Chinese characters stand for in names, from the pairs of ../shared/data/names
	$(BIN)/python tools/learn_names.py

data: .venv/.dev ## build what is compiled: verify.html, the tables of a workspace, Chinese characters, the thesaurus, the law, the interface's words
	$(BIN)/python tools/verify_page.py
	$(BIN)/python tools/tables.py
	$(BIN)/python tools/han.py
	$(BIN)/python tools/characters.py
	$(BIN)/python tools/thesaurus.py
	$(BIN)/python tools/known_words.py
	$(BIN)/python tools/lawbook.py
	$(BIN)/python tools/messages.py

sbom: .venv/.dev ## write dist/sbom.json: what Panah runs with, as CycloneDX
	$(BIN)/python tools/sbom.py dist/sbom.json

advisories: .venv/.dev ## ask osv.dev what is known against the locked packages (network), and keep it in tools/advisories.json
	$(BIN)/python tools/audit.py --fetch

audit: .venv/.dev ## compare uv.lock with tools/advisories.json; fails where that is old, or was never fetched
	$(BIN)/python tools/audit.py

clean: ## remove what was installed and made
	rm -rf .venv .demo .bench .mypy_cache .ruff_cache .pytest_cache
