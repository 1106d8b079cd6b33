# Vedette. Every target installs what it needs and is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
scripts := build/scripts

.PHONY: help demo run build check test fuzz bench sources train quality bindings clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: build ## the bundled example: case, analyses, report.pdf, window
	@$(scripts)/demo.sh

run: build ## open the window
	@build/bin/vedette

build: ## the product: build/bin/vedette
	@$(scripts)/deps.sh build
	@$(scripts)/build.sh

check: ## the fast inner loop: format, vet, tests that changed, types
	@$(scripts)/deps.sh build
	@$(scripts)/check.sh

test: ## everything that must hold, as in continuous integration
	@$(scripts)/deps.sh test
	@$(scripts)/test.sh

fuzz: ## fuzz every parser for longer (FUZZTIME=60s)
	@$(scripts)/deps.sh build
	@$(scripts)/fuzz.sh $${FUZZTIME:-60s}

bench: ## measurements beside peers, in one run
	@$(scripts)/deps.sh test
	@$(scripts)/bench.sh

train: ## rebuild the shipped models from ../shared/data/labelled (OPEN=1: openly licensed texts only)
	@nice -n 19 go run ./build/train $(if $(OPEN),-open)

quality: ## measure the shipped models on texts that they were not trained on
	@go run ./build/train -quality

sources: ## write docs/sources.md from the real files beside the repository
	@$(scripts)/deps.sh build
	@go test -count=1 -tags webkit2_41,sqlite_fts5 ./backend/importer/formats -run TestRealFiles -update

bindings: ## regenerate the TypeScript bindings of the window
	@$(scripts)/deps.sh build
	@cd frontend && npm run --silent bindings

clean: ## remove everything built
	rm -rf build/bin build/cache demo frontend/node_modules e2e/node_modules
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete
