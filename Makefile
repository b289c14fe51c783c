# Mailbag. Needs Python 3.11 or newer and make; everything else is installed into .venv.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test check bench corpus fuzz drills requirements

BIN := .venv/bin
PY := $(BIN)/python
CODE := newsroom submissions tests benchmarks seeds manage.py
QUICK := not browser and not protocol
SPREAD := -n auto --dist loadfile
BENCHMARKS := web_submit email_intake email_parsing queue_page memory mail_memory
DRILLS := postfix imap

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

run: .venv/run  ## start Mailbag with demo data on http://localhost:8000 (PORT=8001 make run: another port)
	@exec $(PY) -m newsroom.start

test: .venv/dev  ## run every test: on SQLite, on PostgreSQL and Redis, with real browsers and servers, and with coverage
	@room=$$(mktemp -d) && trap 'rm -rf "$$room"' EXIT && trap 'exit 130' INT && trap 'exit 143' TERM && \
	export DATA_DIR="$$room" COVERAGE_FILE="$$room/coverage" && \
	echo "Unit and flow tests on SQLite" && \
	$(PY) -m pytest -q $(SPREAD) -m "$(QUICK)" && \
	echo "The same tests on PostgreSQL and Redis" && \
	$(PY) -m tests.engines $(PY) -m pytest -q $(SPREAD) -m "$(QUICK)" && \
	echo "Browser and protocol tests" && \
	$(PY) -m pytest -q -m "browser or protocol" --cov --cov-report= && \
	echo "Unit and flow tests once more, counting what all tests reach" && \
	$(PY) -m pytest -q $(SPREAD) -m "$(QUICK)" --cov --cov-append --cov-report=term --cov-fail-under=95

check: .venv/dev  ## lint, format, types, import contracts, templates, migrations, deployment settings
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/ruff format --quiet --check $(CODE)
	$(BIN)/mypy --no-error-summary
	told=$$($(BIN)/lint-imports --no-cache --no-logo 2>&1) || { echo "$$told"; exit 1; }
	find templates -name '*.html' -exec $(BIN)/djade --check {} +
	$(BIN)/djlint --quiet --lint templates
	! grep -nE '^ *(-i|-f|--(extra-)?index-url|--find-links|--trusted-host)' requirements*.txt
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec docker-compose.yml
	@room=$$(mktemp -d) && trap 'rm -rf "$$room"' EXIT && \
	export DATA_DIR="$$room" SITE_URL=https://mailbag.example ALLOWED_HOSTS=mailbag.example LOG_LEVEL=WARNING && \
	export SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" && set -x && \
	$(PY) manage.py makemigrations --check --dry-run && \
	$(PY) manage.py check --deploy --fail-level WARNING && \
	$(PY) manage.py migrate --verbosity 0 && \
	$(PY) manage.py check --database default && \
	$(PY) manage.py collectstatic --no-input --verbosity 0

bench: .venv/dev  ## run the benchmarks; each prints one line of JSON
	@for name in $(BENCHMARKS); do $(PY) -m benchmarks.$$name || exit 1; done

corpus: .venv/dev  ## print how much of real and hostile mail is understood, against bounds
	@$(PY) -m tests.corpora

fuzz: .venv/dev  ## feed hostile mail to the readers of mail for ten minutes (MINUTES=60 make fuzz: longer)
	@$(PY) -m tests.fuzz --minutes $${MINUTES:-10}

drills: .venv/dev  ## kill what takes mail, and fill its disk, while real mail servers deliver (as root; needs Postfix and Dovecot)
	@for name in $(DRILLS); do $(PY) -m tests.drills.$$name || exit 1; done

requirements: .venv/dev  ## compile requirements.in and requirements-dev.in to pinned, hashed files
	@for name in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    "$$name.in" -o "$$name.txt" || exit 1; done

# The virtual environment, made by the first Python that is new enough; made anew only if it is not there.
.venv/made:
	@for name in python3.11 python3.12 python3.13 python3 python; do \
	  if "$$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Making a virtual environment with $$name ..."; "$$name" -m venv --clear .venv && touch $@; exit; fi; done; \
	echo "Mailbag needs Python 3.11 or newer with its venv module, and finds none on this machine." >&2; \
	echo "Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), then try again." >&2; \
	exit 1

.venv/run: requirements.txt | .venv/made
	@echo "Installing what Mailbag runs on (only when requirements.txt changes) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt && touch $@

.venv/dev: requirements-dev.txt | .venv/made
	@echo "Installing what the tests and checks need (only when requirements-dev.txt changes) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt && touch $@ .venv/run
