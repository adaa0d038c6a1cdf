# Each command is one line to read; what stands behind it is in tools/.
PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=
VENV = .venv/bin/python

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

demo: ## the site with its demo content, on http://localhost:8000 (PORT= another port)
	@$(PYTHON) tools/port.py "$(PORT)"
	@$(PYTHON) tools/venv.py requirements.txt
	@exec env -u DATABASE_URL -u DJANGO_SETTINGS_MODULE DEMO=1 $(VENV) -m tools.demo "$(PORT)"

demo-reset: ## forget what was edited in the demo; make demo makes it anew
	@$(PYTHON) tools/demo_reset.py

serve: ## a public server, as the environment says (docs/operations.md)
	@cd site && exec ../.venv/bin/granian --interface wsgi --port "$(PORT)" config.wsgi:application

worker: ## the tasks that a public server leaves for later
	@exec $(VENV) manage.py db_worker --backend slow

test: tools-installed ## every test: SQLite, PostgreSQL, Chromium
	@exec $(VENV) -m tools.test $(PYTEST_ARGS)

test-quick: tools-installed ## the tests on SQLite without the browser (PYTEST_ARGS= fewer)
	@$(VENV) -m pytest --ignore=tests/browser $(PYTEST_ARGS)

lint: tools-installed ## style, layers, templates, translations, migrations, production settings
	@$(VENV) -m tools.lint

messages: tools-installed ## bring the French interface texts in step with the code
	@$(VENV) -m tools.messages

screens: tools-installed ## the pictures of the README, from a demo that runs on PORT
	@$(VENV) -m tools.screens "$(PORT)"

bench: ## server time of the public pages, from the demo's database
	@$(VENV) -m benchmarks.public_pages

bench-board: tools-installed ## server time of the board with 500 topics, on a PostgreSQL of its own
	@$(VENV) -m benchmarks.board

bench-embeds: tools-installed ## what an embed costs beside its page, from the demo's database
	@$(VENV) -m benchmarks.embeds

bench-files: ## what asking who may have a file costs, from the demo's database
	@$(VENV) -m benchmarks.files

bench-import: tools-installed ## how long an import of 100,000 rows takes, on a PostgreSQL of its own (ROWS= fewer)
	@ROWS="$(ROWS)" $(VENV) -m benchmarks.directory_import

bench-search: tools-installed ## how long search takes with 2,000 topics, on both databases
	@$(VENV) -m benchmarks.search

bench-directory: tools-installed ## server time of the directory and its map with 300,000 entries (ENTRIES= fewer)
	@$(VENV) -m benchmarks.directory

search-list: tools-installed ## what parents ask and which topics come, as docs/search-list.md has it
	@$(VENV) -m benchmarks.search_list

ecoindex: tools-installed ## EcoIndex of every kind of page, from the demo's database
	@$(VENV) -m benchmarks.ecoindex

lighthouse: tools-installed ## Lighthouse on every kind of page, on a phone, from the demo's database
	@$(VENV) -m benchmarks.lighthouse

accessibility: ## docs/accessibility.md, from what is known (pages/accessibility.toml)
	@$(VENV) -m tools.accessibility

lock: tools-installed ## choose the newest allowed version of every dependency
	@$(VENV) -m tools.lock

tools-installed:
	@$(PYTHON) tools/venv.py requirements-dev.txt

.PHONY: help demo demo-reset serve worker test test-quick lint messages screens bench bench-board bench-embeds bench-files bench-search bench-directory bench-import search-list ecoindex lighthouse accessibility lock tools-installed
