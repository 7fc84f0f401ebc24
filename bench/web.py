"""The site in a real browser, under attack, and at size: ``python -m bench.web [--short] [--shots FOLDER] [--axe axe.min.js]``.

- A walk in Chromium (search, pair, event, article, brief, review, published site) at a phone's and a desk's width, light and
  dark, with a screenshot of every page; no page may scroll sideways, log an error, or run what an article says.
- Accessibility: the project's own checks (names, labels, headings, contrast AA), and axe-core where its file is given.
- The API under schemathesis, if installed: no answer of 500, every answer as the OpenAPI document says.
- The published site of the same archive: every link and anchor leads somewhere.
- Milliseconds of each page over a million synthetic events (``--short``: fifty thousand): first answer to a pair never asked
  for, p50 and p95. Ends with 1 where something does not hold.

Chromium and its driver must be installed (Debian: chromium, chromium-driver); selenium and schemathesis come with
``requirements/dev.txt``. A part whose tool is missing is named as not run.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import shutil
import sys
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import dragoman as dm
from bench import archive as synthetic
from bench import standin
from bench.web_speed import speed
from bench.web_walk import walk
from dragoman.read import from_text
from dragoman.web.app import create_app
from dragoman.web.publish import publish
from dragoman.web.server import Options

P95_MS = 100.0  # of a pair's page at a million events
EVIL = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"


def look_archive(folder: Path, articles: int) -> dm.Archive:
    """Made-up reports read by the stand-in, one of them with script in its title and text."""
    rng = random.Random(7)
    archive = dm.Archive(folder)
    reader = standin.load()
    records = []
    for number in range(articles):
        published = f"2031-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        text = standin.text(rng, number)
        title, outlet = f"Report {number}", f"Outlet {number % 5}"
        if number == 0:
            text, title = f"{text}\n\n{EVIL} Norway threatened Chile.", f"Report {EVIL}"
        records.append(reader.code(from_text(text, title, published, outlet=outlet)))
    archive.write(records)
    return archive


def links(site: Path) -> tuple[int, list[str]]:
    """Every link of a published site that leads to no file or to no anchor in it; and how many there are."""
    lost, seen = [], 0
    texts: dict[Path, str] = {page: page.read_text("utf-8") for page in sorted(site.rglob("*.html"))}
    for page, text in texts.items():
        here = f"/{page.relative_to(site).as_posix()}"
        for link in map(unescape, re.findall(r'(?:href|src|action)="([^"]*)"', text)):
            if re.match(r"https?:", link):
                continue
            seen += 1
            path, _, anchor = unquote(urljoin(here, link).split("?")[0]).partition("#")
            target = site / path.lstrip("/")
            if not target.is_file() or (anchor and f'id="{anchor}"' not in texts.get(target, "")):
                lost.append(f"{here}: {link}")
    return seen, lost


def attack(archive: dm.Archive, examples: int) -> tuple[int, list[str]]:
    """Requests that schemathesis makes of the OpenAPI document; returns how many, and what was answered wrongly."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.core.failures import FailureGroup
    from schemathesis.core.result import Err
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    app = create_app(archive, Options(hosts=("*",), seconds=30.0))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    wrong: list[str] = []
    count = 0
    for result in schema.get_all_operations():
        if isinstance(result, Err):
            wrong.append(str(result.err())[:300])
            continue
        operation = result.ok()

        @settings(
            max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal count
            count += 1
            case.call_and_validate(excluded_checks=[positive_data_acceptance])  # since after until is well-formed and refused

        try:
            ask()
        except (Exception, FailureGroup) as error:
            wrong.append(f"{operation.method} {operation.path}: {' '.join(str(error).split())[:300]}")
    return count, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fifty thousand events, no limit on milliseconds")
    parser.add_argument("--shots", type=Path, default=Path(".work/shots"), help="folder for the screenshots")
    parser.add_argument(
        "--axe", type=Path, default=Path(os.environ.get("AXE", ".work/axe.min.js")), help="axe-core's axe.min.js"
    )
    parser.add_argument("--at", type=Path, help="an archive of many events, in place of making one")
    parser.add_argument("--only", choices=("walk", "links", "api", "speed"), help="one part alone")
    asked = parser.parse_args()
    asked.shots.mkdir(parents=True, exist_ok=True)
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        looked = look_archive(folder / "look", 120)
        if asked.only in (None, "walk", "links"):
            began = time.perf_counter()
            done = publish(looked, folder / "site", base="https://example.org/record/")
            spent = time.perf_counter() - began
            print(f"publish: {done.pages} pages, {done.files} files, {done.bytes / 1e6:.1f} MB in {spent:.1f} s")
            seen, lost = links(folder / "site")
            print(f"links: {seen} in the published site, {len(lost)} lead nowhere")
            bad += lost
        if asked.only in (None, "api"):
            bad += _attack(looked, 5 if asked.short else 25)
        if asked.only in (None, "speed"):
            bad += _speed(asked.at, folder, asked.short)
        if asked.only in (None, "walk"):
            bad += _walk(looked, asked.shots, asked.axe if asked.axe.exists() else None, folder / "site")
    for line in bad:
        print(f"  {line}")
    return 1 if bad else 0


def _walk(archive: dm.Archive, shots: Path, axe: Path | None, site: Path) -> list[str]:
    missing = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if missing or importlib.util.find_spec("selenium") is None:
        print(f"walk: not run, missing {', '.join(missing) or 'selenium'}")
        return []
    faults = walk(archive, shots, axe, site)
    taken = len(list(shots.glob("*.png")))
    print(f"walk: {taken} screenshots in {shots}, axe {'run' if axe else 'not run'}, {len(faults)} faults")
    return faults


def _attack(archive: dm.Archive, examples: int) -> list[str]:
    if importlib.util.find_spec("schemathesis") is None:
        print("api: not run, missing schemathesis")
        return []
    count, wrong = attack(archive, examples)
    print(f"api: {count} requests by schemathesis, {len(wrong)} tables with a wrong answer")
    return wrong


def _speed(at: Path | None, folder: Path, short: bool) -> list[str]:
    archive = dm.Archive(at or folder / "million")
    if at is None:
        synthetic.fill(archive, synthetic.world(1), 50_000 if short else 1_000_000, 1)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    print(f"speed over {archive.count('events'):,} events, milliseconds (load {load:.1f} on {cores} cores)")
    print(f"  {'':16} {'first':>8} {'p50':>8} {'p95':>8} {'p95 of processor':>18}")
    found = speed(archive, 40)
    for name, (first, half, most, cpu) in found.items():
        print(f"  {name:16} {first:8.0f} {half:8.0f} {most:8.0f} {cpu:18.0f}")
    # On a machine that others use, waiting for them is not the page's time.
    waited, worked = found["pair"][2], found["pair"][3]
    taken = worked if load > cores else waited
    over = taken > P95_MS and not short
    return [f"a pair's page takes {taken:.0f} ms (p95), more than {P95_MS:.0f}"] if over else []


if __name__ == "__main__":
    sys.exit(main())
