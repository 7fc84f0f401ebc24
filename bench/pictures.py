"""The pictures of ``docs/tour.md``, taken of the site that the tour publishes: ``python -m bench.pictures``.

Without ``--archive`` the reports of ``examples/strait`` are read first. Writes pair.webp, event.webp and article.webp, of
1,100 pixels' width. The event is the one that most outlets tell, the article the first that tells it. Needs Chromium,
its driver and selenium, as ``bench.web`` does.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
import time
from pathlib import Path

import dragoman as dm
from bench.browser import browser
from dragoman.web import addresses
from dragoman.web.publish import publish

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "examples" / "strait"
OUT = ROOT / "docs" / "pictures"
PAIR = ("IDN", "MYS")
TITLE = "The strait, 2031"
WIDTH = 1100
HEIGHTS = {"pair": 1600, "event": 1100, "article": 1250}
"""Pixels from the top of each page at most: what a reader sees without scrolling far. The picture ends with a whole part."""
ENDS = """return Math.max(...[...document.querySelectorAll("figure, .event, .mention, .dispute, .block")]
  .map((part) => Math.ceil(part.getBoundingClientRect().bottom)).filter((end) => end <= arguments[0]))"""
BELOW = 6  # pixels under the last part
MOST_BYTES = 150_000
QUALITY = 85  # of WebP, at which small type stays sharp


def telling(archive: dm.Archive) -> tuple[str, str]:
    """The event group that most outlets tell, of these the one told most often, and the first article that tells it."""
    table, _ = archive.sql(
        """
        SELECT coalesce(g."group", e.id) AS event, arg_min(a.id, (a.published_from, a.id)) AS article
        FROM events e JOIN articles a ON a.id = e.document LEFT JOIN groups g ON g.event = e.id
        WHERE e.source_country <> e.target_country
        GROUP BY 1 ORDER BY count(DISTINCT a.outlet) DESC, count(*) DESC, 1 LIMIT 1
        """
    )
    row = table.to_pylist()[0]
    return row["event"], row["article"]


def take(site: Path, pages: dict[str, str], out: Path) -> dict[str, int]:
    """Take the picture of each page of a published site; returns the bytes of each."""
    driver = browser(WIDTH, 1000, dark=False)
    out.mkdir(parents=True, exist_ok=True)
    sizes = {}
    try:
        for name, address in pages.items():
            driver.get((site / addresses.file(address)).as_uri())
            driver.execute_script("for (const image of document.images) image.loading = 'eager'")
            time.sleep(1.0)
            height = driver.execute_script(ENDS, HEIGHTS[name]) + BELOW
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
            asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True, "clip": clip}
            data = base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", asked)["data"])
            (out / f"{name}.webp").write_bytes(data)
            sizes[name] = len(data)
    finally:
        driver.quit()
    return sizes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, help="an archive of the reports, in place of making one")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the pictures")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        archive = dm.Archive(asked.archive or Path(scratch) / "relations")
        if asked.archive is None:
            archive.add(REPORTS)
        publish(archive, Path(scratch) / "site", title=TITLE)
        event, article = telling(archive)
        pages = {"pair": addresses.pair(*PAIR), "event": addresses.event(event), "article": addresses.article(article)}
        sizes = take(Path(scratch) / "site", pages, asked.out)
    for name, size in sizes.items():
        print(f"{asked.out / name}.webp: {size:,} bytes{', too many' if size > MOST_BYTES else ''}")
    return 1 if max(sizes.values()) > MOST_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
