# The commands of this project. Each works on a fresh machine with Python 3 and a network.
# The first call installs what is missing; later calls notice in a blink that nothing is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PYTHONUNBUFFERED := 1

PYTHON := .venv/bin/python
NLU := nlu/.venv/bin/python
MODELS := $(or $(LINLI_DATA),var)/models
BOOTSTRAP := @python3 scripts/bootstrap.py

.PHONY: help run test lint train evaluate report demo bench chaos sabotage lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run: ## start everything and print where to look
	$(BOOTSTRAP) app nlu
	@$(PYTHON) -m bot

test: ## every test, with the servers and the browser they need
	$(BOOTSTRAP) dev nlu browser compiler peers
	@scripts/test.sh

lint: ## style, types, import contracts, YAML, translations
	$(BOOTSTRAP) dev
	@scripts/lint.sh

train: ## train on the data and the accepted corrections; taken if it clears the bar
	$(BOOTSTRAP) app nlu
	@$(PYTHON) -m bot train $(ARGS)

evaluate: ## FILE=in.jsonl OUT=out.jsonl: understand every row as a live message is understood
	@test -n "$(FILE)" -a -n "$(OUT)" || { echo "usage: make evaluate FILE=in.jsonl OUT=out.jsonl" >&2; exit 2; }
	$(BOOTSTRAP) app nlu
	@$(NLU) -m nlu.evaluation.evaluate "$(FILE)" "$(OUT)" --models "$(MODELS)" $(ARGS)
	@$(PYTHON) -m scripts.apply_rules "$(OUT)"
	@$(PYTHON) -m scripts.apply_likeness "$(OUT)"

report: ## how well the model understands, as a page and JSON under var/reports
	$(BOOTSTRAP) app nlu
	@$(PYTHON) -m scripts.report $(ARGS)

demo: ## play the stories against the running instance
	$(BOOTSTRAP) app
	@$(PYTHON) -m bot demo $(ARGS)

bench: ## ONLY=name QUICK=1: the benchmark table, ours beside the peers
	$(BOOTSTRAP) dev nlu
	@$(PYTHON) -m tests.bench

chaos: ## N=100: kills, power cuts and faults against the ledger; ARGS=--sum adds up
	$(BOOTSTRAP) dev compiler
	@$(PYTHON) -m tests.chaos --n "$(or $(N),100)" $(ARGS)

sabotage: ## ARGS=id: broken variants of the product, each of which the tests must notice
	$(BOOTSTRAP) dev
	@$(PYTHON) -m tests.chaos.sabotage $(ARGS)

lock: ## remake the locks (scripts/lock.sh --upgrade for newer versions)
	@scripts/lock.sh

clean: ## remove the environments and caches; data in var/ stays
	@rm -rf .venv .venv-tools nlu/.venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
