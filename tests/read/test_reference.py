"""The reference article and the saved pages, where the shared data are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dragoman import read

DATA = Path(os.environ.get("DRAGOMAN_DATA") or Path(__file__).parents[3] / "shared" / "data")
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here: set DRAGOMAN_DATA")


@needs_data
def test_the_reference_article_comes_out_whole() -> None:
    (article,) = read.read(DATA / "articles" / "moscow_victory_day_2025.txt")
    kinds = [s.kind for s in article.sentences]
    assert kinds.count("title") == 1
    assert kinds.count("caption") == len(article.captions) == 3
    assert [c.credit for c in article.captions] == ["Xinhua/Wang Ye", "X/@SpoxCHN_MaoNing", "Xinhua/Wang Ye"]
    assert kinds.count("heading") == len(article.headings) == 4
    assert article.categories == ("Asia-Pacific", "Europe", "News")
    assert (article.reading_minutes, article.outlet, article.language) == (6, "IRIA", "en")
    assert article.published is None or article.published.precision == "year"
    kept = " ".join(article.words(i) for i in range(len(article.sentences)))
    for furniture in (
        "minute read",
        "Related Articles",
        "Leave a comment",
        "Copyright",
        "research institute",
        "Subscribe",
        "Back to Top",
        "Credit",
    ):
        assert furniture not in kept
    assert kinds.count("body") == 39


DAYS = {
    "dw.com.colonial": "2020-01-19",
    "dw.com.uncork": "2013-06-10",
    "phys.org.tool": "2019-10-22",
    "reuters.com.parasite": "2020-01-19",
    "salon.com.emissions": "2020-01-10",
    "scmp.com.playbook": "2020-01-20",
    "theguardian.com.academics": "2020-01-20",
    "theplanetarypress.com.forestlands": "2020-01-17",
    "threatpost.com.android": "2019-07-30",
    "vancouversun.com.microsoft": "2020-01-16",
    "wikimediafoundation.org.turkey": "2020-01-15",
}


@needs_data
@pytest.mark.parametrize("page", sorted(DAYS))
def test_saved_pages_give_day_title_and_text(page: str) -> None:
    (article,) = read.read(DATA / "html" / f"{page}.html")
    assert article.published is not None
    assert article.published.from_ == DAYS[page]
    assert article.title is not None
    assert "|" not in article.title
    assert sum(s.kind == "title" for s in article.sentences) == 1
    assert len(article.sentences) >= 15
