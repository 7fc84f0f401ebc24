"""Whole briefs: from an article read for the purpose, from the reference article, and as files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.brief.support import CRUZ, MORI, STATES, day, event, material, statement, text

import dragoman as dm
from bench.reference import Absent, folder
from dragoman import brief
from dragoman.archive.archive import Archive
from dragoman.brief import choosing
from dragoman.brief.choosing import Told
from dragoman.brief.desk import Desk
from dragoman.brief.document import Brief
from dragoman.brief.material import Event, Text
from dragoman.brief.render.html import STYLE
from dragoman.brief.verify import faults
from dragoman.errors import UsageError
from dragoman.settings import DEFAULT

ISLANDS = Path(__file__).parents[2] / "examples" / "island_visit.txt"
TITLE = "Prime Minister Mori meets President Cruz"
JAPAN, _, CHINA, USA = STATES


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The example article, and the reference article where it lies beside the checkout."""
    reader = dm.load()
    records = [reader.read(ISLANDS)]
    with suppress(Absent):
        records.append(reader.read(folder() / "articles" / "moscow_victory_day_2025.txt"))
    made = Archive(tmp_path_factory.mktemp("briefs") / "relations")
    made.write(records)
    return made


@pytest.fixture(scope="module")
def islands(archive: Archive) -> Brief:
    return brief.make(archive, brief.question("JPN", "PHL"))


def lines(of: Brief, section: str) -> list[str]:
    return [line.text for s in of.sections if s.id == section for line in s.lines]


def everything(of: Brief) -> str:
    return "\n".join(line.text for line in of.lines())


def small() -> Brief:
    of = text(
        TITLE, "Mori accused China of <script>alert(1)</script> & worse.", "“The sea is wide enough for all of us,” Cruz said."
    )
    row = event(of, 1, (MORI, "Mori"), "ACCUSE", "accused", (CHINA, "China"))
    said = statement(of, 2, (CRUZ, "Cruz"), "said", "The sea is wide enough for all of us,", about=("CHN",))
    return brief.compose(material(of, events=(row,), statements=(said,), pair=("JPN", "CHN")))


# What it tells


def test_every_printed_sentence_cites_a_passage_and_passes_the_verifier_again(archive: Archive) -> None:
    asked = brief.question("JPN", "PHL")
    with archive.connection() as connection:
        known = brief.gather(connection, asked)
    made = brief.compose(known)
    told = [line for line in made.lines() if line.kind not in ("measure", "coverage")]
    assert told
    assert all(line.passages and line.rows for line in told)
    assert [faults(line, known) for line in told] == [()] * len(told)


def test_the_example_is_told_with_its_treaty_and_its_disputed_year(islands: Brief) -> None:
    assert islands.title == "Japan and the Philippines"
    assert "Manila Maritime Rescue Agreement" in everything(islands)
    assert re.search(r"2030.*2031", " ".join(lines(islands, "disputed")))
    assert any("“" in line and "said" in line for line in lines(islands, "quotations"))


def test_the_reference_brief_names_visit_statement_pipeline_dispute_and_three_speakers(archive: Archive) -> None:
    try:
        folder()
    except Absent as reason:
        pytest.skip(str(reason))
    made = brief.make(archive, brief.question("CHN", "RUS"))
    told = everything(made)
    assert re.search(r"Xi Jinping (?:visited|arrived in) Russia", told)
    assert re.search(r"signed the [Jj]oint [Ss]tatement on further deepening the China-Russia", told)
    assert re.search(r"Power of Siberia 2 gas pipeline.* remains unsettled", told)
    assert re.search(r"disputed.*8 May 2024.*8 May 2025", told)
    speakers = [line for line in lines(made, "quotations") if re.match(r".*(?:Putin|Xi Jinping)[^“]*“", line)]
    assert len(speakers) >= 3


def test_nothing_is_said_twice(islands: Brief) -> None:
    told = [line.text for line in islands.lines()]
    assert len(told) == len(set(told))


def test_a_shorter_reading_time_tells_less(archive: Archive) -> None:
    count = [
        sum(line.kind != "coverage" for line in brief.make(archive, brief.question("JPN", "PHL", minutes=m)).lines())
        for m in (1, 12)
    ]
    assert count[0] <= count[1]


def test_the_same_question_gives_the_same_bytes(archive: Archive) -> None:
    asked = brief.question("JPN", "PHL")
    first, second = (brief.render(brief.make(archive, asked), "html") for _ in range(2))
    assert first == second


def test_a_topic_leaves_out_passages_without_its_words(archive: Archive) -> None:
    made = brief.make(archive, brief.question("JPN", "PHL", topic="cable"))
    assert "fence" not in everything(made)


def test_one_state_stands_against_all_others(archive: Archive) -> None:
    made = brief.make(archive, brief.question("PHL", None))
    assert made.title == "The Philippines and the world"


def test_an_archive_without_the_pair_says_so(archive: Archive) -> None:
    made = brief.make(archive, brief.question("NOR", "CHL"))
    assert "The archive holds no event that happened between the two in the time asked." in everything(made)


def test_offices_stand_only_at_the_first_mention(archive: Archive, islands: Brief) -> None:
    told = re.sub("“[^”]*”", "", everything(islands))  # quotations keep their words
    for name in ("Haruka Mori", "Elena Cruz"):
        assert len(re.findall(rf"(?:President|Prime Minister) {name}", told)) <= 1


def test_two_articles_that_are_copies_count_as_one_source() -> None:
    one, two = (text(TITLE, "Beijing condemned Japan.", id_=i) for i in ("a1", "a2"))
    rows = tuple(
        replace(event(t, 1, (CHINA, "Beijing"), "ACCUSE", "condemned", (JAPAN, "Japan")), id=t.id, group="g")
        for t in (one, two)
    )
    known = material(one, two, events=rows, pair=("JPN", "CHN"))
    apart = [line.sources for line in brief.compose(known).lines() if line.kind == "event"]
    same = [line.sources for line in brief.compose(replace(known, copies={"a2": "a1"})).lines() if line.kind == "event"]
    assert (apart, same) == ([2], [1])


# The question


@pytest.mark.parametrize(
    ("first", "second", "more", "words"),
    [
        ("XYZ", None, {}, "no state and no bloc"),
        ("Chna", None, {}, r"did you mean China \(CHN\)"),
        ("nato", None, {}, "did you mean .*NATO"),
        ("CHN", "RUS", {"since": "soon"}, "since 'soon' is not a date"),
        ("CHN", "China", {}, "same party"),
        ("CHN", "RUS", {"since": date(2031, 2, 1), "until": date(2031, 1, 1)}, "exchange them"),
        ("CHN", "RUS", {"minutes": 0}, "give 1 or more"),
    ],
)
def test_a_wrong_question_is_told_in_one_line(first: str, second: str | None, more: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        brief.question(first, second, **more)


def test_a_party_is_found_in_any_case_and_a_month_or_year_stands_for_its_days() -> None:
    asked = brief.question("china", "soviet union", since="2031-02", until="2031")
    assert [party.code for party in asked.parties] == ["CHN", "RUS"]
    assert (asked.since, asked.until) == (date(2031, 2, 1), date(2031, 12, 31))


def test_a_bloc_is_its_members_without_the_state_on_the_other_side() -> None:
    asked = brief.question("EU", "FRA")
    assert asked.first.is_bloc
    assert "FRA" not in asked.first.countries
    assert asked.second is not None


# Files


def test_html_stands_alone_and_escapes_what_comes_from_outside() -> None:
    page = brief.render(small(), "html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not re.search(r"<(?:link|img|script|iframe)\b|@import|url\(", page)
    marks = re.findall(r'href="#([\w-]+)"', page)
    assert marks
    assert all(f'id="{m}"' in page for m in marks)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_enough_contrast_with_the_paper(theme: str) -> None:
    block = STYLE.split("prefers-color-scheme: dark")[0 if theme == "light" else 1]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block.split("}")[0]))

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    for ink in ("ink", "soft", "link"):
        for ground in ("paper", "tag"):
            one, two = sorted((light(colours[ink]), light(colours[ground])))
            assert (two + 0.05) / (one + 0.05) >= 4.5, (ink, ground)


def test_markdown_keeps_its_marks_and_json_its_passages() -> None:
    made = small()
    words = brief.render(made, "md").decode()
    assert "# Japan and China" in words
    assert "[1:1]" in words
    assert "\\<script\\>" in words
    tree = json.loads(brief.render(made, "json"))
    passage = tree["lead"][-1]["passages"] or tree["sections"][1]["lines"][0]["passages"]
    assert passage[0]["link"] == "articles/a1#s1"
    assert passage[0]["words"].startswith("Mori accused China")


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://example.org/a?b=1&c=(2)", True),
        ("javascript:alert(1)", False),
        ("https://x> [click](javascript:alert(1)) <", False),
        ("http://[x/", False),
    ],
)
def test_only_an_address_of_the_web_becomes_a_link(url: str, is_linked: bool) -> None:
    made = small()
    made = replace(made, sources=(replace(made.sources[0], url=url),))
    assert (f"<{url}>" in brief.render(made, "md").decode()) == is_linked
    assert ("rel=" in brief.render(made, "html").decode()) == is_linked
    assert is_linked or "javascript" not in brief.render(made, "md").decode()


def test_markdown_holds_nothing_that_a_terminal_obeys() -> None:
    made = small()
    lead = tuple(replace(line, text=f"{line.text} \x1b[2J\x9b31m\u202e") for line in made.lead)
    titled = tuple(replace(source, title="Sea\x1b]0;owned\x07") for source in made.sources)
    words = brief.render(replace(made, lead=lead, sources=titled), "md").decode()
    assert "owned" in words
    assert all(c.isprintable() or c == "\n" for c in words)


def test_docx_holds_title_and_sentences() -> None:
    docx = pytest.importorskip("docx")
    from io import BytesIO

    file = docx.Document(BytesIO(brief.render(small(), "docx")))
    words = "\n".join(p.text for p in file.paragraphs)
    assert "Japan and China" in words
    assert "Haruka Mori" in words


@pytest.mark.parametrize(("form", "module"), [("pdf", "weasyprint"), ("docx", "docx")])
def test_a_missing_extra_is_named(form: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(UsageError, match=rf"dragoman\[{form}\]"):
        brief.render(small(), form)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match="no format of a brief"):
        brief.render(small(), "odt")


def sections(of: Brief) -> Iterator[str]:
    return (s.id for s in of.sections)


def test_the_sections_stand_in_the_order_of_a_backgrounder() -> None:
    # "Where the pair stands" is left out where nothing was measured and nothing goes one way.
    assert list(sections(small())) == [
        "events",
        "deeds",
        "instruments",
        "quotations",
        "third",
        "figures",
        "disputed",
        "next",
        "coverage",
    ]


# The desk


def desk(*rows: Event, of: tuple[Text, ...]) -> tuple[Desk, tuple[Told, ...]]:
    known = material(*of, events=rows, pair=("JPN", "CHN"))
    return Desk(known, DEFAULT, {}), choosing.happenings(rows, known, DEFAULT)


def test_a_refused_sentence_is_counted_once_a_row_also_where_another_one_is_printed() -> None:
    of = text(TITLE, "Beijing condemned Japan.")
    row = event(of, 1, (CHINA, "Beijing"), "ACCUSE", "condemned", (JAPAN, "Japan"))
    made, (told,) = desk(row, of=(of,))
    right = made.event(told)
    assert right is not None
    assert made.refused == ()
    wrong = replace(right, text=right.text.replace("condemned", "invaded"))
    made.release(right)
    assert made.accept([wrong, right]) == right
    assert made.accept([wrong, right]) is None  # said already: the wrong one is refused all the same
    assert [r.line for r in made.refused] == [wrong]


def test_what_finds_no_room_in_one_section_is_free_for_another() -> None:
    of = text(TITLE, "Beijing condemned Japan.")
    made, (told,) = desk(event(of, 1, (CHINA, "Beijing"), "ACCUSE", "condemned", (JAPAN, "Japan")), of=(of,))
    line = made.event(told)
    assert line is not None
    assert made.event(told) is None
    made.release(line)
    assert made.event(told) == line
    assert made.again(line) is None
    made.release(line)
    assert made.again(line) == line


def test_a_line_too_long_for_its_section_waits_for_what_all_sections_leave() -> None:
    acts = (
        ("ACCUSE", "condemned", "Beijing condemned Japan over the size of its fleet."),
        ("SUPPORT", "praised", "Beijing praised Japan for fast help after the storm."),
        ("REQUEST", "urged", "Beijing urged Japan to open the northern strait."),
    )
    of = text(TITLE, *(words for _, _, words in acts))
    rows = tuple(event(of, i, (CHINA, "Beijing"), root, verb, (JAPAN, "Japan")) for i, (root, verb, _) in enumerate(acts, 1))
    known = material(of, events=rows, pair=("JPN", "CHN"))
    settings = replace(DEFAULT, words_per_minute=15)  # 90 words in all, of which the section of events has 23
    assert sum(line.kind == "event" for line in brief.compose(known, settings).lines()) == len(acts)


def test_a_second_report_of_the_same_is_a_further_source() -> None:
    one = text(TITLE, "Beijing condemned Japan over the size of its fleet.", id_="a1")
    two = text(TITLE, "China condemned Japan over the size of its fleet.", id_="a2", outlet="Harbour Post")
    rows = (
        replace(event(one, 1, (CHINA, "Beijing"), "ACCUSE", "condemned", (JAPAN, "Japan")), id="x", group="x"),
        replace(event(two, 1, (CHINA, "China"), "ACCUSE", "condemned", (JAPAN, "Japan")), id="y", group="y"),
    )
    known = material(one, two, events=rows, pair=("JPN", "CHN"))
    told = [line for line in brief.compose(known).lines() if line.kind == "event"]
    assert [(line.sources, sorted(line.rows), len(line.passages)) for line in told] == [(2, ["x", "y"], 2)]
    assert not faults(told[0], known)
    alike = brief.compose(replace(known, events=(rows[0], replace(rows[1], root="PROTEST"))))
    assert [line.sources for line in alike.lines() if line.kind == "event"] == [1]


def test_of_two_reports_of_one_thing_the_one_with_the_day_is_printed() -> None:
    of = text(
        TITLE,
        "Beijing and Japan signed the Harbour Convention on fishing grounds.",
        "China and Japan signed the Harbour Convention on fishing grounds on May 8, 2031.",
    )
    rows = (
        replace(event(of, 1, (CHINA, "Beijing"), "AGREE", "signed", (JAPAN, "Japan")), score=0.95),
        replace(event(of, 2, (CHINA, "China"), "AGREE", "signed", (JAPAN, "Japan"), date=day("2031-05-08")), score=0.6),
    )
    known = material(of, events=rows, pair=("JPN", "CHN"))
    told = [line for line in brief.compose(known).lines() if line.kind == "event"]
    assert [line.text[:15] for line in told] == ["On 8 May 2031, "]
    assert sorted(told[0].rows) == sorted(row.id for row in rows)
    assert not faults(told[0], known)


def test_what_somebody_promises_is_quoted_once_and_stands_for_its_row() -> None:
    of = text(TITLE, "“China will work with Japan on safer harbours for everybody,” Cruz said.")
    row = event(of, 1, (CHINA, "China"), "COOPERATE", "work with", (JAPAN, "Japan"), modality="planned", asserted_by=CRUZ.id)
    said = statement(
        of,
        1,
        (replace(CRUZ, country="CHN"), "Cruz"),
        "said",
        "China will work with Japan on safer harbours for everybody,",
        about=("JPN",),
    )
    made = brief.compose(material(of, events=(row,), statements=(said,), pair=("JPN", "CHN")))
    told = [line for line in made.lines() if line.kind in ("event", "statement")]
    assert [(line.kind, line.rows) for line in told] == [("statement", (said.id, row.id))]
