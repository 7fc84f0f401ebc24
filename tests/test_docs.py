"""The documents say what the program does: a command, setting, field, target or public name without a word in them fails."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import dragoman as dm
import samples
from bench import documents
from dragoman.settings import Settings
from support import MODALITIES, QUAD_OF_ROOT, SECTORS

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")))
EVERYTHING = "\n".join(page.read_text("utf-8") for page in PAGES)


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("name", documents.CHECKED)
def test_generated_blocks_are_up_to_date(name: str) -> None:
    assert documents.block(name) == documents.written(name), "run `make docs`"


def test_the_command_line_of_every_document_exists() -> None:
    helped = documents.command("--help")
    for command in re.findall(r"^ +dragoman ([a-z]+)", EVERYTHING, re.M):
        assert re.search(rf"^  {command} ", helped, re.M), f"the documents show `dragoman {command}`, which does not exist"


def test_every_setting_is_documented() -> None:
    for field in dataclasses.fields(Settings):
        assert f"`{field.name}`" in GUIDE


def test_every_setting_says_what_decided_it() -> None:
    for row in documents.settings().splitlines()[2:]:
        assert row.split("|")[3].strip(), f"no comment beside {row}"


def test_every_public_name_is_documented() -> None:
    for name in set(dm.__all__) - {"__version__", "Reader", "Record"}:
        assert f"dm.{name}" in GUIDE


def keys(row: dict[str, object]) -> Iterator[str]:
    yield from (key for key in row if key not in ("id", "start", "end", "text"))


def test_every_field_of_the_json_is_in_the_guide() -> None:
    whole = samples.record().to_dict(explain=True)
    lines = {line.split("|")[1].strip(" `"): line for line in GUIDE.splitlines() if line.startswith("| `")}
    for table, rows in whole.items():
        assert table in lines, f"{table} is not in the guide"
        if table in ("dragoman",):
            continue
        row = rows if isinstance(rows, dict) else rows[0]
        for key in keys(row):
            assert re.search(rf"\b{key.split('_')[0]}", lines[table]), f"{table}.{key} is not in the guide"


@pytest.mark.parametrize("root", QUAD_OF_ROOT)
def test_the_codebook_page_gives_every_root_with_its_class(root: str) -> None:
    assert re.search(rf"^\| {QUAD_OF_ROOT[root]} [a-z ]+ \| {root} ", CODEBOOK, re.M)


@pytest.mark.parametrize("code", [*MODALITIES, *SECTORS])
def test_the_codebook_page_explains_every_modality_and_sector(code: str) -> None:
    assert re.search(rf"\| {code} \|", CODEBOOK)


def test_make_help_lists_every_target_with_its_words() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    assert phony is not None
    for target in phony[1].split():
        assert re.search(rf"^{target}:.*## \w", MAKEFILE, re.M), f"{target} has no ## words"


def test_every_make_target_of_a_document_exists() -> None:
    for target in re.findall(r"(?:`|^ {4,})make ([a-z][a-z-]+)\b", EVERYTHING, re.M):
        assert re.search(rf"^{target}:", MAKEFILE, re.M), f"the documents say `make {target}`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_no_tracked_file_names_a_registry_host() -> None:
    hosts = [
        b"".join(parts) for parts in ((b"py", b"pi.org"), (b"python", b"hosted"), (b"registry.", b"npm"), (b"deb.", b"debian"))
    ]
    small = [path for path in tracked() if path.stat().st_size < 5_000_000]
    assert [str(path) for path in small if any(host in path.read_bytes().lower() for host in hosts)] == []


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text("utf-8")
        pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.M)
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
        assert len(pins) == len(blocks), lock.name
        assert all("--hash=sha256:" in block for block in blocks), lock.name
        assert "://" not in text, lock.name
        assert "--index" not in text, lock.name


def test_the_plain_install_needs_no_torch_and_no_parser_of_its_own() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text("utf-8")
    assert not re.search(r"^(torch|spacy|transformers|scipy|pandas)==", text, re.M)


def test_every_dependency_is_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {
        "run": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
        "train": project["project"]["optional-dependencies"]["train"],
    }
    for lock, requirements in wanted.items():
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        for requirement in requirements:
            name = re.split("[<>=!~; ]", requirement)[0]
            assert re.search(rf"^{name}==", text, re.M), f"{name} is not in requirements/{lock}.txt; run `make lock`"


def test_the_examples_are_listed_and_the_demo_reads_one_of_them() -> None:
    listed = (ROOT / "examples" / "README.md").read_text("utf-8")
    files = [path.name for path in (ROOT / "examples").iterdir() if path.name != "README.md"]
    assert len(files) >= 3
    assert [name for name in files if f"`{name}`" not in listed] == []
    assert f"ARTICLE ?= {documents.DEMO}" in MAKEFILE


def test_the_package_says_it_is_typed() -> None:
    assert (ROOT / "src" / "dragoman" / "py.typed").exists()
    assert sys.version_info >= (3, 11)
