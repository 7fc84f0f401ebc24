"""A walk through the site in Chromium: every kind of page at two widths, light and dark, and in use."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import dragoman as dm
from bench.browser import TOKEN, browser, picture, serving, until

WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
SERIOUS = ("serious", "critical")
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
    until(driver, lambda: "search" in driver.current_url)
    driver.find_element(By.PARTIAL_LINK_TEXT, "Chile and Norway").click()
    until(driver, lambda: "/pair/CHL-NOR" in driver.current_url)
    driver.find_element(By.CSS_SELECTOR, ".event .tag").click()
    until(driver, lambda: "/event/" in driver.current_url)
    driver.find_element(By.CSS_SELECTOR, ".mention .source a").click()
    until(driver, lambda: "/article/" in driver.current_url)
    if not driver.execute_script("return document.querySelector('.sentence:target') !== null"):
        faults.append(f"{look}: the link to a sentence does not lead to it")
    driver.get(base + "/review")
    driver.find_element(By.ID, "by").send_keys("A. Reader")
    driver.find_element(By.ID, "token").send_keys(TOKEN, Keys.ENTER)
    until(driver, lambda: driver.find_elements(By.CSS_SELECTOR, ".item"))
    faults += _page(driver, base + "/review", shots / f"{look}-review.png", f"{look} review", axe)
    first = driver.find_element(By.CSS_SELECTOR, ".item").get_attribute("id")
    for key, gone in (("a", True), ("u", False), ("x", True), ("u", False)):
        driver.find_element(By.TAG_NAME, "body").send_keys(key)
        until(driver, lambda gone=gone: bool(_there(driver, first)) != gone)
    driver.find_element(By.TAG_NAME, "body").send_keys("c")
    item = driver.find_element(By.ID, first)
    item.find_element(By.NAME, "root").send_keys("rejection")
    item.find_elements(By.NAME, "why")[-1].send_keys("a refusal", Keys.ENTER)
    until(driver, lambda: not _there(driver, first))
    driver.find_element(By.TAG_NAME, "body").send_keys("u")
    until(driver, lambda: bool(_there(driver, first)))
    return faults


def _there(driver: Any, id_: str) -> bool:
    return bool(driver.execute_script("return document.getElementById(arguments[0]) !== null", id_))


def _published(driver: Any, site: Path, shots: Path, look: str) -> list[str]:
    """The published site from the disk, search included."""
    faults = _page(driver, (site / "index.html").as_uri(), shots / f"{look}-published.png", f"{look} published", None)
    driver.get((site / "search.html").as_uri() + "?q=norway+chile")
    until(driver, lambda: driver.execute_script("return document.querySelectorAll('#results li').length") > 0)
    picture(driver, shots / f"{look}-published-search.png")
    return faults


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
