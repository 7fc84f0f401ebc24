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
import base64
import contextlib
import importlib.util
import os
import random
import re
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import uvicorn
from starlette.testclient import TestClient

import dragoman as dm
from bench import archive as synthetic
from bench import standin
from dragoman.read import from_text
from dragoman.web.app import create_app
from dragoman.web.publish import publish
from dragoman.web.server import Options

TOKEN = "a-token-for-the-bench"
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
P95_MS = 100.0  # of a pair's page at a million events
EVIL = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
SERIOUS = ("serious", "critical")


# An archive to look at


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


# A server and a browser


@contextlib.contextmanager
def serving(archive: dm.Archive) -> Iterator[str]:
    """The site on a free port of this machine; yields its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    app = create_app(archive, Options(review_token=TOKEN, seconds=30.0))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def browser(width: int, height: int, *, dark: bool) -> Any:
    """A Chromium without a window, as wide as a phone or a desk."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"):
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium") or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    driver.implicitly_wait(20)
    return driver


def picture(driver: Any, path: Path) -> None:
    """The whole page, at most 4,000 pixels high, as PNG."""
    width, height = driver.execute_script("return [innerWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, 4_000), "scale": 1}
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True, "clip": clip})
    path.write_bytes(base64.b64decode(shot["data"]))


# The walk

CHECKS = """
const faults = [];
const said = (element) => element.outerHTML.slice(0, 80);
if (document.documentElement.scrollWidth > innerWidth + 1) faults.push("scrolls sideways");
if (document.title === "run") faults.push("a script of an article ran");
if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
if (!document.documentElement.lang || !document.querySelector("main")) faults.push("no language or main");
for (const image of document.images) if (!image.alt) faults.push("picture without words: " + said(image));
for (const image of document.images)
  if (image.complete && !image.naturalWidth) faults.push("picture did not load: " + said(image));
for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
  if (!field.labels.length && !field.ariaLabel) faults.push("field without label: " + said(field));
for (const link of document.querySelectorAll("a[href], button"))
  if (!link.textContent.trim() && !link.ariaLabel && !link.querySelector("img[alt]"))
    faults.push("link without words: " + said(link));
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) faults.push("id twice: " + id);
let level = 0;
for (const head of document.querySelectorAll("h1, h2, h3, h4")) {
  const own = Number(head.tagName[1]);
  if (own > level + 1) faults.push("heading skips a level: " + said(head));
  level = own;
}
const parse = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
const ground = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const colour = parse(getComputedStyle(at).backgroundColor);
    if (colour.length < 4 || colour[3] > 0.99) return colour;
  }
  return [255, 255, 255];
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("svg, script, .hidden")) continue;
  const style = getComputedStyle(element), size = parseFloat(style.fontSize);
  const [one, two] = [light(parse(style.color)), light(ground(element))].sort((a, b) => b - a);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  const contrast = (one + 0.05) / (two + 0.05);
  if (contrast < (large ? 3 : 4.5)) faults.push("contrast " + contrast.toFixed(1) + ": " + said(element));
  if (size < 11.5) faults.push("small letters, " + size + "px: " + said(element));
}
return [...new Set(faults)].slice(0, 12);
"""


def walk(archive: dm.Archive, shots: Path, axe: Path | None, site: Path) -> list[str]:
    """Open every kind of page at both widths, light and dark; returns what is wrong."""
    group, document, one, two = _examples(archive)
    addresses = {
        "front": "/",
        "pairs": "/pairs",
        "search": "/search?q=harbour",
        "pair": f"/pair/{one}-{two}",
        "brief": f"/pair/{one}-{two}/brief",
        "state": f"/state/{one}",
        "event": f"/event/{group}",
        "article": f"/article/{document}",
        "disputed": "/disputed",
        "map": "/map",
        "blocs": "/blocs",
        "status": "/status",
        "about": "/about",
        "api": "/api",
        "missing": "/nothing",
    }
    faults = []
    with serving(archive) as base:
        for width, size in WIDTHS.items():
            for dark in (False, True):
                driver = browser(*size, dark=dark)
                try:
                    look = f"{width}-{'dark' if dark else 'light'}"
                    for name, address in addresses.items():
                        faults += _page(driver, base + address, shots / f"{look}-{name}.png", f"{look} {name}", axe)
                    faults += _published(driver, site, shots, look)
                    if not dark:
                        faults += _used(driver, base, shots, look, axe)
                finally:
                    driver.quit()
    return faults


def _page(driver: Any, url: str, shot: Path, name: str, axe: Path | None) -> list[str]:
    driver.get(url)
    driver.execute_script("for (const image of document.images) image.loading = 'eager'")
    time.sleep(0.3)
    found = [f"{name}: {fault}" for fault in driver.execute_script(CHECKS)]
    quiet = ("404", "favicon")
    found += [
        f"{name}: {line['message'][:160]}" for line in driver.get_log("browser") if not any(q in line["message"] for q in quiet)
    ]
    picture(driver, shot)
    if axe is not None:
        driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe.read_text("utf-8")})
        rules = driver.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations))")
        found += [f"{name}: axe {v['id']}: {v['nodes'][0]['html'][:100]}" for v in rules if v["impact"] in SERIOUS]
    return found


def _used(driver: Any, base: str, shots: Path, look: str, axe: Path | None) -> list[str]:
    """What is wrong in use; a step that cannot be taken is named with where the browser stands."""
    from selenium.common.exceptions import WebDriverException

    try:
        return _use(driver, base, shots, look, axe)
    except (WebDriverException, TimeoutError) as error:
        return [f"{look}: at {driver.current_url}: {' '.join(str(error).split())[:200]}"]


def _use(driver: Any, base: str, shots: Path, look: str, axe: Path | None) -> list[str]:
    """Search by keyboard, follow a pair to an event to its article; enter the review, accept, correct, undo by keys."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    faults = []
    driver.get(base + "/")
    driver.find_element(By.TAG_NAME, "body").send_keys("/")
    driver.switch_to.active_element.send_keys("Norway Chile", Keys.ENTER)
    _until(driver, lambda: "search" in driver.current_url)
    driver.find_element(By.PARTIAL_LINK_TEXT, "Chile and Norway").click()
    _until(driver, lambda: "/pair/CHL-NOR" in driver.current_url)
    driver.find_element(By.CSS_SELECTOR, ".event .tag").click()
    _until(driver, lambda: "/event/" in driver.current_url)
    driver.find_element(By.CSS_SELECTOR, ".mention .source a").click()
    _until(driver, lambda: "/article/" in driver.current_url)
    if not driver.execute_script("return document.querySelector('.sentence:target') !== null"):
        faults.append(f"{look}: the link to a sentence does not lead to it")
    driver.get(base + "/review")
    driver.find_element(By.ID, "by").send_keys("A. Reader")
    driver.find_element(By.ID, "token").send_keys(TOKEN, Keys.ENTER)
    _until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, ".item"))
    faults += _page(driver, base + "/review", shots / f"{look}-review.png", f"{look} review", axe)
    first = driver.find_element(By.CSS_SELECTOR, ".item").get_attribute("id")
    for key, gone in (("a", True), ("u", False), ("x", True), ("u", False)):
        driver.find_element(By.TAG_NAME, "body").send_keys(key)
        _until(driver, lambda gone=gone: bool(_there(driver, first)) != gone)
    driver.find_element(By.TAG_NAME, "body").send_keys("c")
    item = driver.find_element(By.ID, first)
    item.find_element(By.NAME, "root").send_keys("rejection")
    item.find_elements(By.NAME, "why")[-1].send_keys("a refusal", Keys.ENTER)
    _until(driver, lambda: not _there(driver, first))
    driver.find_element(By.TAG_NAME, "body").send_keys("u")
    _until(driver, lambda: bool(_there(driver, first)))
    return faults


def _there(driver: Any, id_: str) -> bool:
    return bool(driver.execute_script("return document.getElementById(arguments[0]) !== null", id_))


def _published(driver: Any, site: Path, shots: Path, look: str) -> list[str]:
    """The published site from the disk, search included."""
    faults = _page(driver, (site / "index.html").as_uri(), shots / f"{look}-published.png", f"{look} published", None)
    driver.get((site / "search.html").as_uri() + "?q=norway+chile")
    _until(driver, lambda: driver.execute_script("return document.querySelectorAll('#results li').length") > 0)
    picture(driver, shots / f"{look}-published-search.png")
    return faults


def _until(driver: Any, holds: Any, seconds: float = 30.0) -> None:
    """Wait until it holds. Raises TimeoutError naming where the browser stands."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            if holds():
                return
        time.sleep(0.1)
    raise TimeoutError(f"waited in vain at {driver.current_url}")


def _examples(archive: dm.Archive) -> tuple[str, str, str, str]:
    """A group with several mentions, the article with script in it, and the busiest pair."""
    with archive.connection() as connection:
        group = connection.execute('SELECT "group" FROM groups GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1').fetchone()
        event = connection.execute("SELECT id FROM events ORDER BY id LIMIT 1").fetchone()
        document = connection.execute("SELECT id FROM articles WHERE contains(title, '<script>') LIMIT 1").fetchone()
    found = group or event
    assert found
    assert document
    return str(found[0]), str(document[0]), "CHL", "NOR"


# Links, API, speed


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


def speed(archive: dm.Archive, repeats: int) -> dict[str, tuple[float, float, float, float]]:
    """Milliseconds of each kind of page: first answer, p50, p95, and p95 of the processor's time alone.

    Each request is for another pair, state, event, so nothing is answered from an earlier answer.
    """
    app = create_app(archive, Options(seconds=60.0, copy=True))
    client = TestClient(app, base_url="http://localhost")
    began = time.perf_counter()
    while not app.state.copies.ready():
        app.state.copies.data()
        time.sleep(0.2)
    print(f"  the server's copy was ready after {time.perf_counter() - began:.0f} s")
    with archive.connection() as connection:
        rows = connection.execute(
            "SELECT source_country, target_country, any_value(id) FROM events WHERE source_country <> target_country "
            "GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT ?",
            [repeats],
        ).fetchall()
        documents = connection.execute("SELECT id FROM articles ORDER BY id LIMIT ?", [repeats]).fetchall()
    kinds = {
        "pair": [f"/pair/{a}-{b}" for a, b, _ in rows],
        "a pair's year": [f"/pair/{a}-{b}/2024" for a, b, _ in rows[:12]],
        "state": [f"/state/{a}" for a in dict.fromkeys(a for a, _, _ in rows)],
        "event": [f"/event/{id_}" for _, _, id_ in rows],
        "article": [f"/article/{id_}" for (id_,) in documents],
        "front": ["/"] * 5,
        "pairs": ["/pairs"] * 5,
        "states": ["/states"] * 5,
        "disputed": ["/disputed"] * 5,
        "search by facet": [f"/search?state={a}&root=ACCUSE" for a, _, _ in rows[:10]],
        "search by word": [f"/search?q={word}" for word in ("barab", "belac", "dinok", "gumed", "farac", "sovif")],
        "events as JSON": [f"/api/events.json?source={a}&target={b}" for a, b, _ in rows],
        "a pair as CSV": [f"/pair/{a}-{b}/events.csv" for a, b, _ in rows[:10]],
        "feed": ["/feed.atom"] * 5,
        "status": ["/status"] * 5,
    }
    found = {}
    client.get("/about")
    for name, addresses in kinds.items():
        times, cpu = [], []
        for address in addresses:
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - worked) * 1000)
            assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if times:
            rest = times[1:] or times
            found[name] = (times[0], statistics.median(rest), _p95(rest), _p95(cpu[1:] or cpu))
    app.state.copies.close()
    return found


def _p95(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


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
