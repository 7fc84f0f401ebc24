"""Plain text as scraped: what is text, what is furniture, and what the furniture tells."""

from __future__ import annotations

import pytest

from dragoman import read
from dragoman.read import captions, datelines, furniture
from dragoman.records import Article

SCRAPED = """Home > News > World
Skip to content
Norway recalls envoy from Chile over fishing row
Norway recalls envoy from Chile over fishing row
By Jane Doe
Published: 2 March 2031, 14:30 GMT
Share on Facebook
Tweet
OSLO, March 2 (Reuters) - Norway recalled its ambassador to Chile on Sunday, officials said.
Advertisement
The move came after Chile seized two Norwegian trawlers. "We had no choice," Foreign Minister Jonas Dahl said.
Jonas Dahl speaks in Oslo on Sunday. [Photo: Kari Nordmann/NTB]
Read also: Chile's fishing fleet grows
Chile rejected the claim.
(Reporting by Jane Doe; Editing by John Roe)
More on this story
Trawlers seized off Cape Horn
Fishing: a short history
Sign up for our morning newsletter
We use cookies to improve your experience on our website. Accept all cookies
© 2031 The Northern Post. All rights reserved.
The Northern Post is an independent newspaper. Write to us.
Privacy policy
"""

BLOG = """Two old rivals meet in Manama

World, Gulf, Analysis 3 Comments on Two old rivals meet in Manama

4 min read

Iraq's foreign minister met her Kuwaiti colleague on Monday, the first such meeting in two years, and offered him a pact.

Fishing and oil

Iraq offered to return two boats.

Ministers of Iraq and Kuwait
Ministers of Iraq and Kuwait at the palace in Manama, October 20, 2031. (Image Credit: A. Saleh)

Kuwait agreed to restart flights to Basra.

Related Articles

Oman and Iran exchange prisoners

Leave a comment

Copyright 2020-2031 Gulf Lens - Notes from the Gulf

Gulf Lens is run by volunteers.
"""


def words(article: Article, *kinds: str) -> list[str]:
    return [article.text[s.start : s.end] for s in article.sentences if not kinds or s.kind in kinds]


def reasons(article: Article) -> set[str]:
    return {discard.reason.removeprefix("page furniture: ") for discard in article.discards}


def test_a_scraped_report_keeps_its_sentences_and_nothing_else() -> None:
    article = read.from_text(SCRAPED)
    assert words(article) == [
        "Norway recalls envoy from Chile over fishing row",
        "Norway recalled its ambassador to Chile on Sunday, officials said.",
        "The move came after Chile seized two Norwegian trawlers.",
        '"We had no choice," Foreign Minister Jonas Dahl said.',
        "Jonas Dahl speaks in Oslo on Sunday.",
        "Chile rejected the claim.",
    ]
    assert [s.kind for s in article.sentences] == ["title", "body", "body", "body", "caption", "body"]


def test_furniture_tells_outlet_author_day_and_section() -> None:
    article = read.from_text(SCRAPED)
    assert article.outlet == "The Northern Post"
    assert article.authors == ("Jane Doe",)
    assert article.published is not None
    assert (article.published.from_, article.published.precision, article.published.how) == ("2031-03-02", "day", "explicit")
    assert article.categories == ("News", "World")


def test_every_piece_of_furniture_is_listed_with_its_true_offsets() -> None:
    article = read.from_text(SCRAPED)
    assert article.text == SCRAPED
    assert all(article.text[d.start : d.end] == d.text != "" for d in article.discards)
    assert {
        "navigation",
        "repeated title",
        "byline",
        "date line",
        "share buttons",
        "dateline",
        "advertisement",
        "image credit",
        "related articles",
        "editorial credit",
        "newsletter box",
        "cookie notice",
        "copyright line",
        "about the outlet",
    } <= reasons(article)


def test_a_blog_gives_categories_minutes_headings_captions_and_outlet() -> None:
    article = read.from_text(BLOG)
    assert article.title == "Two old rivals meet in Manama"
    assert article.categories == ("World", "Gulf", "Analysis")
    assert article.reading_minutes == 4
    assert article.headings == ("Fishing and oil",)
    assert [(c.text, c.credit) for c in article.captions] == [
        ("Ministers of Iraq and Kuwait at the palace in Manama, October 20, 2031.", "A. Saleh")
    ]
    assert article.outlet == "Gulf Lens"
    assert not any("prisoners" in sentence or "volunteers" in sentence for sentence in words(article))


def test_copyright_and_caption_of_one_year_give_the_year_and_either_alone_gives_nothing() -> None:
    published = read.from_text(BLOG).published
    assert published is not None
    assert (published.from_, published.to, published.precision, published.how) == (
        "2031-01-01",
        "2031-12-31",
        "year",
        "inferred",
    )
    assert read.from_text(BLOG.replace("2020-2031", "2020-2033")).published is None
    assert read.from_text(BLOG.replace("October 20, 2031", "in autumn")).published is None


def test_reading_minutes_are_counted_where_the_page_gives_none() -> None:
    assert read.from_text("Norway met Chile in Oslo on Monday.\n" * 100).reading_minutes == 4


def test_wrapped_rows_are_no_borders() -> None:
    text = (
        "Turkey's president met his Greek counterpart in Ankara on\n"
        "Tuesday and agreed to reopen two border crossings that had\n"
        "been closed for years, officials of both states said. The\n"
        "crossings will open in June.\n\n"
        "A joint statement is expected later this week, a Turkish\n"
        "diplomat said.\n"
    )
    found = [" ".join(sentence.split()) for sentence in words(read.from_text(text))]
    assert [sentence.split()[0] for sentence in found] == ["Turkey's", "The", "A"]


def test_one_sentence_a_line_is_kept_line_by_line() -> None:
    article = read.from_text("Chile calls Peru\nChile called Peru on Monday\nPeru did not answer. It waited.\n")
    assert words(article) == ["Chile calls Peru", "Chile called Peru on Monday", "Peru did not answer.", "It waited."]


def test_a_bullet_list_is_not_joined() -> None:
    article = read.from_text("What was agreed\n\n- Norway lifts its ban\n- Chile frees two boats\n")
    assert words(article, "body") == ["- Norway lifts its ban", "- Chile frees two boats"]


def test_a_transcript_keeps_its_speakers_and_questions() -> None:
    text = (
        "Press briefing with Minister Dahl\n\nOslo, March 2, 2031\n\nMODERATOR: Good morning.\n\n"
        "QUESTION: Will Norway recognise Chile's new government?\n\nDAHL: We will not.\n"
    )
    article = read.from_text(text)
    assert words(article, "body") == [
        "MODERATOR: Good morning.",
        "QUESTION: Will Norway recognise Chile's new government?",
        "DAHL: We will not.",
    ]
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("2031-03-02", "dateline")


def test_a_live_blog_keeps_every_entry() -> None:
    text = (
        "Gulf crisis: live\n\n14:32 GMT\n\nQatar summons envoy\n\n"
        "Qatar summoned Iran's envoy.\n\n13:05 GMT\n\nOman offered talks.\n"
    )
    assert words(read.from_text(text), "body") == ["Qatar summoned Iran's envoy.", "Oman offered talks."]


def test_a_telegram_in_capitals_goes_through_unharmed() -> None:
    text = (
        "TEGUCIGALPA, 14 MAY 90 (RADIO COSTA) -- HONDURAN TROOPS FIRED ON\n"
        "NICARAGUAN SOLDIERS NEAR THE COCO RIVER ON SUNDAY, IT WAS SAID.\n"
        "NICARAGUA SENT A NOTE OF PROTEST TO THE GOVERNMENT OF HONDURAS.\n"
    )
    article = read.from_text(text)
    assert len(words(article, "body")) == 2
    assert words(article)[0].startswith("HONDURAN TROOPS FIRED ON\nNICARAGUAN")
    assert article.published is not None
    assert (article.published.from_, article.published.how) == ("1990-05-14", "dateline")


def test_text_that_is_nothing_but_furniture_is_read_as_text() -> None:
    assert words(read.from_text("Share this")) == ["Share this"]


def test_a_title_given_is_put_above_a_text_without_it_and_not_twice() -> None:
    apart = read.from_text("Norway recalled its envoy.", title="Norway recalls envoy")
    assert apart.text == "Norway recalls envoy\n\nNorway recalled its envoy."
    assert [s.kind for s in apart.sentences] == ["title", "body"]
    within = read.from_text("Norway recalls envoy\nNorway recalled its envoy.", title="Norway recalls envoy")
    assert within.text.count("recalls") == 1


@pytest.mark.parametrize(
    "line",
    [
        "Share this:",
        "Click to share on Twitter (Opens in new window)",
        "Back to Top",
        "12 Comments",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Related Articles",
        "You may also like",
        "Read more: Why Oman matters",
        "Continue reading",
        "Most read",
        "Subscribe to our newsletter",
        "Get the latest news in your inbox",
        "Enter your email address:",
        "Copyright © 2014-2031 Gulf Lens",
        "© AP",
        "All rights reserved.",
        "(Reporting by A. Roe; Editing by B. Doe)",
        "6 minute read",
        "Reading time: 5 min",
        "Tags: Norway, Chile",
        "Follow us on Twitter",
    ],
)
def test_furniture_is_recognised(line: str) -> None:
    assert furniture.recognise(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Oslo after the talks.",
        "Print media were banned in Chile on Monday.",
        "More than 20 people died.",
        "Comments by the minister angered Peru.",
        "Related talks took place in Lima.",
        "Home Secretary Ann Roe met her Irish colleague.",
        "Read the treaty, he told them, and then judge.",
        "The EU's cookie law angered American firms.",
        "Search teams found the plane.",
        "About 300 soldiers crossed the border.",
        "Close allies of the president resigned.",
        "Top officials met.",
        "Contact was lost on Monday.",
        "Next Monday the ministers meet.",
        "Subscribers in Chile were cut off.",
        "Menu prices rose.",
    ],
)
def test_news_that_begins_like_furniture_is_not_taken_for_it(line: str) -> None:
    assert furniture.recognise(line) is None


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("MOSCOW, May 8 (Xinhua) -- Xi arrived.", 26),
        ("KARACHI: The army said so.", 9),
        ("CAIRO, Egypt -- Police came.", 16),
        ("LIMA/SANTIAGO (Reuters) - Peru left.", 26),
        ("Oslo, May 8, 2031 (NTB) - Norway left.", 26),
    ],
)
def test_datelines_are_found(line: str, length: int) -> None:
    found = datelines.dateline(line, capitals=False, colons=True)
    assert found is not None
    assert found.length == length


@pytest.mark.parametrize(
    "line",
    ["MR. PRICE: Thank you.", "PRESIDENT ROE: Good morning.", "UN - the body - met.", "NATO allies met.", "He came - late."],
)
def test_speakers_and_names_are_no_datelines(line: str) -> None:
    assert datelines.dateline(line, capitals=False, colons=True) is None


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Dahl enters the palace in Oslo. (Image Credit: NTB/K. Moe)", "NTB/K. Moe"),
        ("Dahl speaks in Oslo. [Photo/Xinhua]", "Xinhua"),
        ("Soldiers near the border on Monday. (AP Photo/Ann Roe)", "AP Photo/Ann Roe"),
        ("The port of Lima. Photo: AFP", "AFP"),
        ("The port of Lima. Credit: A. Roe/Getty Images", "A. Roe/Getty Images"),
        ("Dahl in Oslo. REUTERS/Kim Moe", "REUTERS/Kim Moe"),
    ],
)
def test_captions_are_known_by_their_credit(line: str, credit: str) -> None:
    found = captions.credit(line)
    assert found is not None
    assert found[1] == credit


def test_an_agency_at_the_end_of_a_report_is_no_picture_credit() -> None:
    assert captions.credit("Chile rejected the claim. (Reuters)") is None


def test_a_headline_is_not_joined_to_a_paragraph_that_begins_small() -> None:
    text = (
        "Harbour master offers an apology, says he meant no harm\nmore-in "
        + "The quarrel of the harbour master with the pilots ended. " * 6
    )
    (article,) = read.read(text.encode())
    assert article.title == "Harbour master offers an apology, says he meant no harm"
