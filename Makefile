PY   ?= python3
PORT ?= 8000
CITY ?= city
BIN  := .venv/bin
UV   := .uv/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1
export UV_NO_CONFIG := 1

.PHONY: help run run-check town test test-all test-postgres test-spark check bench bench-beside bench-web docs lock vendor words linkage

help:                ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

.uv/bin/uv: requirements/uv.txt
	$(PY) -m pip install -q --disable-pip-version-check --root-user-action ignore --upgrade --target .uv --only-binary :all: --require-hashes -r $<
	@touch $@

.venv/ok: .uv/bin/uv requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(UV) venv -q --python $(PY) .venv
	$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements/dev.txt
	$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

run: .venv/ok        ## Tillit in the browser on a made-up city: gives an address, and who to log in as
	@$(BIN)/tillit serve --made-up-city --folder $(CITY) --port $(PORT) --open

run-check: .venv/ok  ## `make run` in an empty folder: it comes up, answers and stops
	$(BIN)/python -m pytest -m slow tests/cli/test_serve.py

town: .venv/ok       ## without a browser: a made-up town, every control run on it, and where the report is
	test -e town || $(BIN)/tillit town small town
	$(BIN)/tillit run town --day 2026-05-20 --out town-findings

test: .venv/ok       ## what must be green before a commit: format, types, floors, content, fast tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tillit check
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not slow" -n 2 --dist loadfile
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

test-all: .venv/ok   ## test, what is slow, and the web tests on PostgreSQL
	$(MAKE) test
	$(BIN)/python -m pytest -m slow
	$(MAKE) test-postgres

test-postgres: .venv/ok  ## the web tests on PostgreSQL, which comes with the development set
	$(BIN)/python -m tests.web.postgres -m "not slow" tests/web

test-spark: .venv/ok ## what proves the controls on Spark: fetches PySpark (half a gigabyte) and needs Java
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/spark.txt
	$(BIN)/python -m pytest -m slow tests/engine/test_spark.py tests/cli/test_run_spark.py

check: .venv/ok      ## the content alone, for those who write no Python
	$(BIN)/tillit check
	$(BIN)/tillit test

bench: .venv/ok      ## the benchmarks, as ratios in one run (some minutes)
	$(BIN)/python -m benchmarks

bench-beside: .venv/ok  ## overlaps beside pandas, Polars and a plain self-join; fetches the two, writes docs/speed.md
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/bench.txt
	$(BIN)/python -m benchmarks beside

bench-web: .venv/ok  ## the web with a million findings and twenty at work, on both databases; writes docs/performance.md
	$(BIN)/python -m benchmarks web

docs: .venv/ok       ## the pages that are made: demands, controls, tables, sources, and what the real files gave
	$(BIN)/python docs/requirements.py
	$(BIN)/python docs/content.py
	$(BIN)/python docs/real_files.py

linkage: .venv/ok    ## how well rows without a number are held together: fetches Splink, writes docs/linkage.md
	$(UV) pip install -q --python $(BIN)/python --require-hashes -r requirements/links.txt
	$(BIN)/python -m pytest -m slow tests/linkage
	$(BIN)/python docs/linkage.py

lock: .uv/bin/uv     ## resolve the dependencies again, with hashes and without addresses
	set -e; f="--universal --python-version 3.11 --generate-hashes --no-annotate --no-header -q -c requirements/constraints.in"; \
	x="--extra web --extra postgres --extra saml --extra pdf --extra stats"; \
	$(UV) pip compile $$f pyproject.toml -o requirements/run.txt; \
	$(UV) pip compile $$f pyproject.toml $$x -c requirements/run.txt -o requirements/full.txt; \
	$(UV) pip compile $$f pyproject.toml $$x --group dev -c requirements/full.txt -o requirements/dev.txt; \
	$(UV) pip compile $$f pyproject.toml --group bench -c requirements/full.txt -o requirements/bench.txt; \
	$(UV) pip compile $$f pyproject.toml --extra spark -c requirements/full.txt -o requirements/spark.txt; \
	$(UV) pip compile $$f pyproject.toml --extra links -c requirements/full.txt -o requirements/links.txt; \
	! grep -nE '(https?|file)://|@ /' requirements/*.txt

words: .venv/ok      ## gather the words of the screens for translation, and compile them (needs Debian's gettext)
	cd src/tillit/web && TILLIT_FOLDER=$$(mktemp -d) DJANGO_SETTINGS_MODULE=tillit.web.settings \
	  ../../../$(BIN)/django-admin makemessages -l en --no-location --no-wrap --no-obsolete
	sed -i '/^"POT-Creation-Date\|^"Report-Msgid/d' src/tillit/web/locale/en/LC_MESSAGES/django.po
	msgfmt --check-format -o src/tillit/web/locale/en/LC_MESSAGES/django.mo src/tillit/web/locale/en/LC_MESSAGES/django.po

vendor:              ## build the look anew from package.json (the one thing that needs Node)
	npm ci
	npx --no-install designsystemet tokens create --config designsystemet.config.json
	npx --no-install designsystemet tokens build -t .build/design-tokens -o .build/theme
	$(BIN)/python requirements/vendor.py
