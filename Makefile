# `make` alone lists what there is. Everything made here goes into .venv and var (or INTEGRITAS_VAR).
VENV = .venv
PY = $(VENV)/bin/python
# One browser and one server per process: more processes than cores only wait for each other.
UJI_PROSES ?= 2
# The long tests come first; who is done takes from the other's rest.
UJI_BAGI = -n $(UJI_PROSES) --dist worksteal

# uv is quick; pip does the same work where uv does not know the office's package index.
define pasang
	@echo "Memasang pustaka dari $(1) …"
	@$(VENV)/bin/uv pip install --quiet --system-certs --python $(PY) --require-hashes -r $(1) || \
		{ echo "uv tidak berhasil; mencoba dengan pip (lebih lama) …"; \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); }
	@touch $@
endef

.PHONY: help run test test-cepat check rapi bench panduan chromium bersih

help:
	@echo "make run         menjalankan Integritas di komputer ini (PORT=8000, INTEGRITAS_VAR=var)"
	@echo "make test        semua uji: SQLite, PostgreSQL, Redis, peramban"
	@echo "make test-cepat  uji di SQLite saja, tanpa peramban dan tanpa server"
	@echo "make check       gaya, tipe, templat, arah impor, migrasi, keamanan"
	@echo "make rapi        merapikan kode dan templat seperti yang diminta make check"
	@echo "make bench       mengukur kecepatan di PostgreSQL (N= jumlah satker)"
	@echo "make panduan     membuat ulang gambar layar untuk docs/panduan"
	@echo "make bersih      membuang .venv dan sisa uji; var/ tidak disentuh"

$(VENV)/.uv: requirements-uv.txt
	@for p in python3.11 python3.12 python3 python; do \
		if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; \
		then python=$$p; break; fi; done; \
	if [ -z "$$python" ]; then echo "Perlu Python 3.11 atau 3.12; tidak ditemukan di PATH." >&2; exit 1; fi; \
	echo "Membuat $(VENV) dengan $$($$python --version) …"; \
	$$python -m venv --clear $(VENV) || \
		{ echo "Modul venv belum ada. Di Debian/Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

$(VENV)/.run: requirements.txt $(VENV)/.uv
	$(call pasang,requirements.txt)

$(VENV)/.dev: requirements-dev.txt $(VENV)/.uv
	$(call pasang,requirements-dev.txt)

run: $(VENV)/.run
	@$(PY) manage.py run_mandiri

chromium:
	@if command -v chromium >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Memasang Chromium untuk uji peramban …"; export DEBIAN_FRONTEND=noninteractive; \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 || \
			echo "Chromium tidak dapat dipasang; uji peramban tidak dijalankan."; \
	else echo "Chromium tidak ada dan tidak dapat dipasang tanpa root dan apt-get; uji peramban tidak dijalankan."; fi

test: $(VENV)/.dev chromium
	@$(PY) -m tests $(UJI_BAGI)

test-cepat: $(VENV)/.dev
	@UJI_DB=sqlite $(PY) -m pytest -q $(UJI_BAGI) -m "not browser and not server and not postgres"

check: $(VENV)/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy integritas satker penilaian
	find templates -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djade --check --target-version 5.2
	$(VENV)/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m bandit --quiet --recursive --severity-level medium --configfile pyproject.toml integritas satker penilaian

rapi: $(VENV)/.dev
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format --quiet .
	@find templates -name '*.html' -print0 | xargs -0 -r $(VENV)/bin/djade --target-version 5.2

bench: $(VENV)/.dev
	@$(PY) -m tests.bench

panduan: $(VENV)/.dev chromium
	@$(PY) docs/panduan/buat.py

bersih:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
