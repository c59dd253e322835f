# What a person types. `make` alone lists the targets.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PYTEST := env -u DJANGO_SETTINGS_MODULE $(BIN)/python -m pytest
JOBS ?= 2

.PHONY: help setup dev run test lint test-postgres test-browser test-crash bench screenshots lock messages

help:
	@echo "make run            the demonstration on http://localhost:$(PORT) (PORT=… for another)"
	@echo "make test           everything that this machine can run"
	@echo "make test-postgres  the same tests on PostgreSQL (DATABASE_URL, or a local server)"
	@echo "make test-browser   every journey in Chromium, English and Arabic"
	@echo "make test-crash     kill -9 during saves (ROUNDS=5)"
	@echo "make bench          costs as ratios against bare reference code"
	@echo "make screenshots    the pictures of README and docs, from the running demonstration"
	@echo "make lock           compile requirements*.in to pinned, hashed requirements*.txt"

setup:
	@$(PYTHON) config/bootstrap.py

dev:
	@$(PYTHON) config/bootstrap.py --dev

run: setup
	@SERVANDA_DEMO=1 $(BIN)/python manage.py serve --demo --port $(PORT)

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/mypy .
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	SERVANDA_SECRET_KEY=a-long-text-that-only-this-check-of-the-deployment-settings-uses SERVANDA_DEBUG=0 \
		SERVANDA_DEMO=0 $(BIN)/python manage.py check --deploy --fail-level WARNING

test: lint
	$(PYTEST) -n $(JOBS) -m "not browser and not crash and not postgres"
	$(PYTEST) tests/journeys/test_first_path.py -m browser -k "[en]" -p no:randomly

test-postgres: dev
	$(BIN)/python -m tests.postgres $(PYTEST) -n $(JOBS) -m "not browser and not crash"

test-browser: dev
	$(PYTEST) tests/journeys -m browser -p no:randomly

test-crash: dev
	ROUNDS=$(or $(ROUNDS),5) $(PYTEST) tests/crash -m crash -p no:randomly

bench: dev
	$(BIN)/python manage.py bench

screenshots: dev
	$(BIN)/python -m tests.journeys.screenshots

messages: dev
	$(BIN)/python manage.py messages

lock: dev
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--no-header --strip-extras --allow-unsafe requirements.in -o requirements.txt
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--no-header --strip-extras --allow-unsafe requirements-dev.in -o requirements-dev.txt
