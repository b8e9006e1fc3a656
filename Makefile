# Each command sets up what it needs by itself; `make help` lists them.

PYTHON3 ?= python3
UV ?= uv
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

PYTHON = .venv/bin/python
# What `make check` judges is the site as it goes on line, whatever .env says here.
PRODUCTION = LOCAL_RUN=False DEBUG=False HTTPS=True TRUSTED_PROXIES=1 DATABASE_URL= TIME_ZONE= \
	ALLOWED_HOSTS=college.example SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))')
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: help run test check bench torture format lock runtime tools

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: export LOCAL_RUN = True
run: runtime ## set everything up and serve the site (HOST=127.0.0.1 PORT=8000)
	@exec $(PYTHON) manage.py serve --host="$(HOST)" --port="$(PORT)"

test: tools ## run the tests in parallel (ARGS="-k photo")
	$(PYTHON) -m pytest -n auto --dist worksteal $(ARGS)

check: tools ## lint, migrations, production settings, templates
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	@DATA_DIR=$$(mktemp -d) && trap 'rm -rf "$$DATA_DIR"' EXIT && export DATA_DIR $(PRODUCTION) && \
	$(PYTHON) manage.py makemigrations --check --dry-run && \
	$(PYTHON) manage.py check --deploy --fail-level WARNING && \
	PYTHONPATH=. $(PYTHON) deploy/check_templates.py

bench: export LOCAL_RUN = True
bench: export DATA_DIR = var/bench
bench: runtime ## measure how pages slow down as the data grow (DATABASE_URL=postgres://…)
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) manage.py bench $(ARGS)

torture: export LOCAL_RUN = True
torture: export DATA_DIR = var/torture
torture: tools ## kill, flood, lock and attack a scratch copy of the site (ARGS="--only kills --size 50")
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) manage.py torture $(ARGS)

format: tools ## format the Python code and mend what the linter can
	$(PYTHON) -m ruff format
	$(PYTHON) -m ruff check --fix

lock: ## resolve both requirements files into their hashed locks (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock: found no uv. Install it (pipx install uv), or set UV=/path/to/uv."; exit 1; }
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements-dev.txt -o requirements-dev.lock

runtime:
	@$(PYTHON3) deploy/virtualenv.py requirements.lock

tools:
	@$(PYTHON3) deploy/virtualenv.py requirements-dev.lock
