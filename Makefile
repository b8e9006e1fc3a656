# Each command installs what it needs; `make help` lists all commands.

PYTHON3 ?= python3
UV ?= uv
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
TESTS ?= not browser and not slow

PYTHON = .venv/bin/python
PIP = $(PYTHON) -m pip --quiet --quiet --disable-pip-version-check --no-input
VERSION := $(shell $(PYTHON3) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
# `make check` checks production settings, independent of the local .env.
PRODUCTION = LOCAL_RUN=False DEBUG=False HTTPS=True TRUSTED_PROXIES=1 DATABASE_URL= TIME_ZONE= \
	ALLOWED_HOSTS=college.example SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))')
INDENT = $(PYTHON) -m djhtml --tabwidth 2
BIOME = npm_config_fetch_retries=1 npx --yes @biomejs/biome@2.6.8
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: help run test check bench torture drill cluster guide format lock runtime tools

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: export LOCAL_RUN = True
run: runtime ## set everything up and serve the site (HOST=127.0.0.1 PORT=8000)
	@exec $(PYTHON) manage.py serve --host="$(HOST)" --port="$(PORT)"

test: tools ## run the quick tests in parallel (ARGS="-k photo"; TESTS=browser or TESTS=slow: the others)
	$(PYTHON) -m pytest -n auto --dist worksteal -m "$(TESTS)" $(ARGS)

check: tools ## lint, format, migrations, production settings, templates, scripts, styles
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(INDENT) --check templates $$(find templates -name '*.xml')
	@$(call biome,check --error-on-warnings)
	@DATA_DIR=$$(mktemp -d) && trap 'rm -rf "$$DATA_DIR"' EXIT && export DATA_DIR $(PRODUCTION) && \
	$(PYTHON) manage.py makemigrations --check --dry-run && \
	$(PYTHON) manage.py check --deploy --fail-level WARNING && \
	PYTHONPATH=. $(PYTHON) deploy/check_templates.py

bench: export LOCAL_RUN = True
bench: export DATA_DIR = var/bench
bench: tools ## measure how pages slow down as the data grow, newsroom and desk in Chromium (DATABASE_URL=postgres://…; ARGS=--rivals: beside Wagtail and nginx)
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) -m tests.bench $(ARGS)
ifeq ($(findstring --rivals,$(ARGS)),)
	$(PYTHON) -m tests.bench.newsroom
	$(PYTHON) -m tests.bench.desk
endif

torture: export LOCAL_RUN = True
torture: export DATA_DIR = var/torture
torture: tools ## kill, flood, lock and attack a scratch copy of the site (ARGS="--only kills --size 50")
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) -m tests.stress $(ARGS)

drill: export LOCAL_RUN = True
drill: export DATA_DIR = var/drill
drill: tools ## back a scratch site up while people write, destroy it, restore and compare it
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) -m tests.drill $(ARGS)

cluster: tools ## try the site on two machines behind nginx (DATABASE_URL=postgres://…; needs nginx)
	$(PYTHON) -m tests.cluster $(ARGS)

guide: export LOCAL_RUN = True
guide: export DATA_DIR = var/guide
guide: tools ## take the pictures of the guide for staff again (ARGS="keeper bin": these scenes)
	@mkdir -p "$$DATA_DIR"
	$(PYTHON) -m tests.guide $(ARGS)

format: tools ## format Python, templates, scripts and styles, fix what the linters can
	$(PYTHON) -m ruff format
	$(PYTHON) -m ruff check --fix
	$(INDENT) templates $$(find templates -name '*.xml')
	@$(call biome,check --write)

# Biome comes from npm: it needs Node.js and npm's cache or registry.
define biome
if ! command -v npx >/dev/null; then echo "JavaScript and CSS not checked: found no npx. It comes with Node.js."; \
elif ! $(BIOME) --version >/dev/null 2>&1; then \
echo "JavaScript and CSS not checked: npx could not get Biome. Expected npm's registry within reach."; \
else $(BIOME) $(1) static/js static/css; fi
endef

lock: ## resolve both requirements files into their hashed locks (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock: found no uv. Install it (pipx install uv), or set UV=/path/to/uv."; exit 1; }
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements-dev.txt -o requirements-dev.lock

# Installation -----------------------------------------------------------------------------------

# Both locks share .venv: the development lock contains all packages of the production lock.
runtime: .venv/runtime.stamp
tools: .venv/tools.stamp

.venv/runtime.stamp: requirements.lock .venv/bin/python$(VERSION)
	$(install)

.venv/tools.stamp: requirements-dev.lock .venv/bin/python$(VERSION)
	$(install)
	@touch .venv/runtime.stamp

# Without any stamp .venv is new or its installation was interrupted. It is then recreated, because
# pip would take a half-unpacked package for a complete one.
define install
@echo "Installing $< into .venv; this happens once."
@{ ls .venv/*.stamp >/dev/null 2>&1 || $(PYTHON3) -m venv --clear .venv; } && \
rm -f .venv/*.stamp && $(PIP) install --require-hashes --requirement $< || { \
echo "$< could not be installed: the reason stands above. Expected a package index within reach" \
"(HTTPS_PROXY) and 300 MB that this user may write to. Then run the same command again." >&2; exit 1; }
@touch $@
endef

# Does not exist if .venv is missing, has another version of Python, or its Python was removed.
.venv/bin/python$(VERSION):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "Found Python $(or $(VERSION),none), expected 3.11 or newer." \
	"Install one and name it, for example: make run PYTHON3=python3.12" >&2; exit 1; }
	@for module in venv ensurepip; do $(PYTHON3) -c "import $$module" 2>/dev/null || { \
	echo "Found Python without its module $$module, expected one that can make virtual" \
	"environments. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; done
	@rm -f .venv/*.stamp
