"""What a page says of itself in its head: JSON-LD, Open Graph and other meta elements, its title and its address."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from dragoman.read.article import Metadata
from dragoman.read.published import find, from_url, from_value
from dragoman.records import Interval

_ARTICLE = re.compile(r"article|posting|report|webpage", re.I)
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "publishdate",
    "publish-date", "publish_date", "publication_date", "citation_publication_date", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "date.issued", "pubdate", "article_date_original",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "date", "sailthru.date",
)  # fmt: skip
_AUTHORS = (
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "cse_author",
    "citation_author",
)
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "cse_sectionname", "section", "dc.subject")
_SUFFIX = re.compile(r"\s*(?:\||\s[-–—·•:»]\s)\s*")
_ADDRESS = re.compile(r"https?://|www\.|@")


def metadata(tree: Any, extracted: Any) -> Metadata:
    """Title, outlet, authors, language, address, day and sections of a page; None where the page does not say.

    The day is what the page states (never the one of its last change, nor one guessed from its text), then its address's.
    """
    metas = _metas(tree)
    data = list(_json_ld(tree))
    articles = [item for item in data if _ARTICLE.search(_kind(item)) and ("headline" in item or "datePublished" in item)]
    url = _url(tree, metas)
    outlet = _outlet(metas, articles, extracted, url)
    page_title = " ".join((tree.findtext(".//title") or "").split())
    return Metadata(
        title=_title(tree, metas, articles, page_title, outlet, url),
        outlet=outlet,
        authors=_authors(metas, articles, extracted, outlet),
        language=_language(tree, metas),
        url=url,
        published=_published(tree, metas, articles, url, page_title),
        categories=_categories(metas, articles, extracted),
        minutes=_minutes(metas),
    )


def article_body(tree: Any) -> str | None:
    """The whole text of the article where the page repeats it as data (JSON-LD ``articleBody``)."""
    bodies = [str(item["articleBody"]) for item in _json_ld(tree) if isinstance(item.get("articleBody"), str)]
    return entities.unescape(max(bodies, key=len)) if bodies else None


def _metas(tree: Any) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = " ".join(entities.unescape(element.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                out.setdefault(name, []).append(content)
    return out


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of the page's JSON-LD, graphs unfolded."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", "", element.text or "")
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        waiting = value if isinstance(value, list) else [value]
        for item in waiting[:200]:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (part for part in graph[:200] if isinstance(part, dict))


def _kind(item: dict[str, Any]) -> str:
    kind = item.get("@type")
    return " ".join(str(part) for part in kind) if isinstance(kind, list) else str(kind or "")


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    words = " ".join(entities.unescape(value).split()) if isinstance(value, str) else ""
    return words or None


def _url(tree: Any, metas: dict[str, list[str]]) -> str | None:
    for element in tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return str(element.get("href")).strip()
    return next((value for value in metas.get("og:url", []) if value.startswith("http")), None)


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www|m|edition|amp)\.", "", host) if host else None


def _outlet(metas: dict[str, list[str]], articles: list[dict[str, Any]], extracted: Any, url: str | None) -> str | None:
    """The publisher that the article's data name; else the site's name, as far as it is more than a section's ("U.S.")."""
    for item in articles:
        named = _name(item.get("publisher"))
        if named:
            return named
    names = [*metas.get("og:site_name", []), getattr(extracted, "sitename", None) or ""]
    good = [name for name in names if len(name) > 4 or name.isupper()]
    return next(iter(good), None) or _host(url)


def _plain(words: str | None) -> str:
    return "".join(filter(str.isalnum, (words or "").casefold()))


def _title(
    tree: Any, metas: dict[str, list[str]], articles: list[dict[str, Any]], page_title: str, outlet: str | None, url: str | None
) -> str | None:
    """The heading that the page shows and its head repeats; else the head's, without the name of the site after it."""
    heads = [_without_site(title, outlet, url) for title in [*metas.get("og:title", []), page_title] if title]
    named = next((name for item in articles if (name := _name(item.get("headline")))), None)
    shown = [" ".join(" ".join(element.itertext()).split()) for element in tree.iter("h1")]
    told = [_plain(title) for title in [*heads, named or ""] if title]
    for words in shown:
        plain = _plain(words)
        if len(plain) >= 12 and any(plain in other or other in plain for other in told if len(other) >= 12):
            return words
    return next((title for title in [*heads[:1], named, *heads[1:], *shown[:1]] if title), None)


def _without_site(title: str, outlet: str | None, url: str | None) -> str:
    """ "Xi in Moscow | DW | 08.05.2025" without what follows: the site's name, its section, the day."""
    parts = _SUFFIX.split(title)
    marks = _SUFFIX.findall(title)
    if len(parts) == 1:
        return title
    sites = {_plain(outlet), _plain(_host(url)), _plain((_host(url) or "").split(".")[0])} - {""}
    keep = len(parts)
    while keep > 1:
        last = _plain(parts[keep - 1])
        barred = "|" in marks[keep - 2]
        known = any(last == site or (len(last) > 3 and (last in site or site in last)) for site in sites) or re.fullmatch(
            r"\d{6,8}", last
        )
        if not (known or barred):
            break
        keep -= 1
    kept = parts[0]
    for mark, part in zip(marks, parts[1:keep], strict=False):
        kept += mark + part
    return kept.strip() if len(_plain(kept)) >= 8 else title


def _authors(
    metas: dict[str, list[str]], articles: list[dict[str, Any]], extracted: Any, outlet: str | None
) -> tuple[str, ...]:
    """Persons named as authors; addresses and the outlet's own name are none."""
    found: list[str] = []
    for item in articles:
        people = item.get("author")
        for person in people if isinstance(people, list) else [people]:
            found.append(_name(person) or "")
    if not any(found):
        found = [value for key in _AUTHORS for value in metas.get(key, [])]
    if not any(name and not _ADDRESS.search(name) for name in found):
        found = (getattr(extracted, "author", None) or "").split(";")
    names = [part for name in found for part in re.split(r"\s*;\s*|\s*,\s*(?=[A-ZÀ-Þ][\w.'’-]+ [A-ZÀ-Þ])|\s+and\s+", name)]
    cleaned = [
        re.sub(r"^(?:by|von|par)\s+", "", " ".join(name.split()), flags=re.I)
        for name in names
        if name and not _ADDRESS.search(name)
    ]
    return tuple(dict.fromkeys(name for name in cleaned if 2 < len(name) <= 80 and _plain(name) != _plain(outlet)))


def _language(tree: Any, metas: dict[str, list[str]]) -> str | None:
    said = (
        tree.get("lang") or next(iter(metas.get("content-language", [])), None) or next(iter(metas.get("language", [])), None)
    )
    found = re.match(r"\s*([a-zA-Z]{2})(?:[-_]|\s*$)", said or "")
    return found[1].lower() if found else None


def _published(
    tree: Any, metas: dict[str, list[str]], articles: list[dict[str, Any]], url: str | None, title: str
) -> Interval | None:
    for item in articles:
        day = from_value(item.get("datePublished"))
        if day:
            return day
    for key in _DATES:
        for value in metas.get(key, []):
            day = from_value(value)
            if day and day.precision == "day":
                return day
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('pubdate') or ''}"
        if (
            re.search(r"datepublished|pubdate|published|entry-date|dateline|post-date", marks, re.I)
            and "updated" not in marks.lower().split()
        ):
            day = from_value(element.get("datetime") or "".join(element.itertext()))
            if day:
                return day
    told = find(title[-24:], "metadata") if re.search(r"[|–-]\s*\d{1,2}\.\d{1,2}\.\d{4}$", title) else None
    if told:
        return told
    day = from_url(url)
    return day if day is not None and day.precision == "day" else None


def _categories(metas: dict[str, list[str]], articles: list[dict[str, Any]], extracted: Any) -> tuple[str, ...]:
    found: list[str] = [value for key in _SECTIONS for value in metas.get(key, [])]
    for item in articles:
        section = item.get("articleSection")
        found.extend(str(part) for part in (section if isinstance(section, list) else [section]) if part)
    found = found or [str(part) for part in getattr(extracted, "categories", None) or []]
    names = [" ".join(entities.unescape(name).split()) for value in found for name in re.split(r"\s*[,;|]\s*", value)]
    kept: dict[str, str] = {}
    for name in names:
        if 1 < len(name) <= 60:
            kept.setdefault(name.lower(), name)
    return tuple(kept.values())[:12]


def _minutes(metas: dict[str, list[str]]) -> int | None:
    """A page's own reading time, as blogs give it to Twitter ("Est. reading time": "6 minutes")."""
    for number in ("1", "2", "3"):
        label = " ".join(metas.get(f"twitter:label{number}", [])).lower()
        found = re.match(r"\s*(\d{1,3})\s*min", " ".join(metas.get(f"twitter:data{number}", [])).lower())
        if "reading time" in label and found:
            return int(found[1])
    return None
