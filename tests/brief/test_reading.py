"""What an adviser would find amiss in a brief: its lead, its sections, its quotations, what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.brief.support import (
    CRUZ,
    MORI,
    PEOPLE,
    STATES,
    day,
    discrepancy,
    event,
    figure,
    instrument,
    material,
    statement,
    text,
)

from dragoman.brief import choosing
from dragoman.brief.choosing import ahead, happenings, looks_ahead, quotations
from dragoman.brief.compose import compose
from dragoman.brief.document import Brief, Line
from dragoman.brief.material import Actor, Event, Text
from dragoman.brief.question import question
from dragoman.brief.verify import faults
from dragoman.brief.verify.events import voiced
from dragoman.brief.writing.events import event_lines
from dragoman.brief.writing.findings import discrepancy_lines, figure_lines, instrument_lines
from dragoman.brief.writing.quoted import quoted_line
from dragoman.brief.writing.statements import statement_lines
from dragoman.settings import DEFAULT

TITLE = "Prime Minister Mori meets President Cruz"
JAPAN, PHILIPPINES, CHINA, USA = STATES
REPORT = " (undated, in a report by Pacific Desk of 25 July 2031)"


def told(row: Event, of: Text) -> list[str]:
    known = material(of, events=(row,))
    found = (line.text.replace(REPORT, "") for line in event_lines(row, of) if not faults(line, known))
    return list(dict.fromkeys(found))


def section(of: Brief, id_: str) -> list[str]:
    return [line.text for s in of.sections if s.id == id_ for line in s.lines]


# Lead and sections


def test_what_happened_long_ago_does_not_open_a_brief_that_has_something_newer() -> None:
    of = text(TITLE, "In 1905, Japan attacked China.", "Japan condemned China.", "Japan expelled China's envoy.")
    rows = (
        event(
            of, 1, (JAPAN, "Japan"), "ASSAULT", "attacked", (CHINA, "China"), date=replace(day("1905-01-01"), precision="year")
        ),
        event(of, 2, (JAPAN, "Japan"), "ACCUSE", "condemned", (CHINA, "China")),
    )
    made = compose(material(of, events=rows, pair=("JPN", "CHN")))
    assert any("condemned" in line.text for line in made.lead)
    assert not any("1905" in line.text for line in made.lead)


def test_a_plan_for_a_day_that_has_passed_is_no_plan_any_more() -> None:
    of = text(TITLE, "Japan will visit China on May 2, 2031.", "Japan will sanction China on August 2, 2031.")
    past = event(of, 1, (JAPAN, "Japan"), "CONSULT", "visit", (CHINA, "China"), modality="planned", date=day("2031-05-02"))
    coming = event(
        of, 2, (JAPAN, "Japan"), "SANCTION", "sanction", (CHINA, "China"), modality="planned", date=day("2031-08-02")
    )
    known = material(of, events=(past, coming), pair=("JPN", "CHN"))
    assert [t.event.id for t in ahead(happenings(known.events, known, DEFAULT), known)] == [coming.id]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We will send ships to help China with its harbour", True),
        ("Japan will stand by China in every storm", True),
        ("Nothing will keep us from the reefs of China", True),
        ("China will have to answer for its ships in the bay", False),
        ("If China asks, we will think about sending ships", False),
        ("We have sent ships to China for twenty years", False),
    ],
)
def test_what_a_side_says_that_it_will_do_stands_under_what_comes_next(words: str, expected: bool) -> None:
    of = text(TITLE, f"“{words},” Mori said.", "“The sea of China is wide enough for Japan,” Mori said.")
    said = statement(of, 1, (MORI, "Mori"), "said", words, about=("CHN",))
    other = statement(of, 2, (MORI, "Mori"), "said", "The sea of China is wide enough for Japan,", about=("CHN",))
    assert looks_ahead(said) is expected
    made = compose(material(of, statements=(said, other), pair=("JPN", "CHN")))
    assert any(words in line for line in section(made, "next" if expected else "quotations"))


def test_against_all_others_no_heading_asks_for_third_parties_or_for_the_two() -> None:
    of = text(TITLE, "Japan condemned China.")
    made = compose(
        material(of, events=(event(of, 1, (JAPAN, "Japan"), "ACCUSE", "condemned", (CHINA, "China")),), pair=("JPN", None))
    )
    assert "third" not in {s.id for s in made.sections}
    assert not any("the two" in s.empty for s in made.sections)


@pytest.mark.parametrize(
    ("since", "until", "title"),
    [
        ("2031-07-18", "2031-07-25", "Japan and China, 18 July 2031 to 25 July 2031"),
        ("2031-07-18", None, "Japan and China, what changed since 18 July 2031"),
        (None, "2031-07-25", "Japan and China, until 25 July 2031"),
    ],
)
def test_the_title_tells_the_time_asked(since: str | None, until: str | None, title: str) -> None:
    first, last = (date.fromisoformat(d) if d else None for d in (since, until))
    known = replace(material(text(TITLE, "It rained.")), question=question("JPN", "CHN", since=first, until=last))
    assert compose(known).title == title


def test_a_figure_is_given_with_the_day_of_its_report_and_not_told_twice() -> None:
    of = text(TITLE, "Japan claimed 40 Chinese ships had entered the bay of the Philippines.")
    row = figure(of, 1, 40.0, "ships", "Chinese ships", "40")
    assert next(figure_lines(row, of)).note == "reported on 25 July 2031"
    said = statement(
        of,
        1,
        (JAPAN, "Japan"),
        "claimed",
        "40 Chinese ships had entered the bay of the Philippines",
        kind="indirect",
        about=("CHN",),
    )
    joined = event(of, 1, (JAPAN, "Japan"), "ACCUSE", "claimed", (PHILIPPINES, "Philippines"), score=0.1)
    made = compose(material(of, events=(joined,), statements=(said,), figures=(row,)))
    assert sum("40 Chinese ships" in line.text for line in made.lines()) == 1


def test_an_instrument_without_a_status_is_given_with_what_is_said_of_it() -> None:
    of = text(TITLE, "Fishermen hope that the Manila Rescue Agreement between Japan and the Philippines holds.")
    row = instrument(of, 1, "Manila Rescue Agreement", "treaty", ("JPN", "PHL"), None)
    assert next(instrument_lines(row, of)).text.endswith(
        "“Fishermen hope that the Manila Rescue Agreement between Japan and the Philippines holds”."
    )


def test_whether_something_happened_is_disputed_in_the_words_of_both() -> None:
    of = text(TITLE, "He noted that the Diet ratified the treaty.", "He said the Diet did not ratify the treaty.")
    row = replace(discrepancy(of, "the treaty", ("happened", (1,)), ("denied", (2,))), kind="outcome")
    line = next(discrepancy_lines(row, {of.id: of}))
    assert line.text == (
        "It is disputed whether this happened: “the Diet ratified the treaty”, "
        "but elsewhere “the Diet did not ratify the treaty”."
    )
    known = material(of, discrepancies=(row,))
    assert faults(line, known) == ()
    assert faults(replace(line, text=line.text.replace("ratified", "rejected")), known)


# Quotations


def test_reported_speech_is_told_in_the_articles_words() -> None:
    of = text(TITLE, "Mori said China had closed the strait to Philippine ships.")
    row = statement(of, 1, (MORI, "Mori"), "said", "China had closed the strait to Philippine ships", kind="indirect")
    line = next(iter(statement_lines(row, of)))
    known = material(of, statements=(row,))
    assert line.text == "Japanese Prime Minister Haruka Mori said China had closed the strait to Philippine ships."
    assert faults(line, known) == ()
    for right, wrong in (
        ("Haruka Mori", "Elena Cruz"),
        ("said", "denied"),
        ("China", "Japan"),
        ("had", "had not"),
        (" to P", " to 3 P"),
    ):
        assert faults(replace(line, text=line.text.replace(right, wrong)), known)


def test_a_promise_told_with_another_verb_is_not_taken_for_the_next_clauses() -> None:
    of = text(TITLE, "Tokyo vowed to lift its ban on ships as Manila promised to look into the losses of Japanese crews.")
    content = "to lift its ban on ships as Manila promised to look into the losses of Japanese crews"
    row = statement(of, 1, (JAPAN, "Tokyo"), "vowed", content, kind="indirect")
    line = next(iter(statement_lines(row, of)))
    known = material(of, statements=(row,))
    assert faults(line, known) == ()
    for wrong in ("exchanged", "dismissed", "plans to vow", "did not vow"):
        assert faults(replace(line, text=line.text.replace("vowed", wrong)), known)


@pytest.mark.parametrize(
    "words",
    [
        "Mori never said China had closed the strait to Philippine ships.",
        "Mori said China had closed the strait to Philippine ships, which Cruz denied.",
        "The meeting chaired by Mori said China had closed the strait to Philippine ships.",
    ],
)
def test_reported_speech_that_the_article_does_not_give_so_is_refused(words: str) -> None:
    of = text(TITLE, words)
    row = statement(of, 1, (MORI, "Mori"), "said", "China had closed the strait to Philippine ships", kind="indirect")
    known = material(of, statements=(row,))
    assert all(faults(line, known) for line in statement_lines(row, of))


def test_he_said_is_followed_over_a_sentence_that_itself_says_only_he() -> None:
    def said(*sentences: str) -> list[str]:
        of = text(TITLE, *sentences, "“The strait is ours to share with Japan,” he said.")
        row = statement(of, len(sentences) + 1, (CRUZ, "he"), "said", "The strait is ours to share with Japan,")
        return [line.text for line in statement_lines(row, of) if not faults(line, material(of, statements=(row,)))]

    assert said("President Cruz spoke for an hour.", "He did not smile.")
    assert not said("President Cruz spoke for an hour.", "He turned to his spokesman.")
    assert not said("President Cruz met Mori.", "He did not smile.")


def test_a_quotation_that_points_outside_itself_is_given_with_the_title_of_its_article() -> None:
    of = text(TITLE, "“It is a game that nobody can win,” Mori said.")
    row = statement(of, 1, (MORI, "Mori"), "said", "It is a game that nobody can win,")
    assert "in “Prime Minister Mori meets President Cruz”" in (next(iter(statement_lines(row, of))).note or "")


def test_a_title_with_both_names_joins_no_words_on_something_else() -> None:
    of = text(
        "Japan and China to talk",
        "Japan and China met.",
        "An election comes.",
        "“I listen to my voters in the north,” Mori said.",
        "It rained.",
    )
    joined = event(of, 1, (JAPAN, "Japan"), "CONSULT", "met", (CHINA, "China"))
    said = statement(of, 3, (MORI, "Mori"), "said", "I listen to my voters in the north,")
    assert quotations(material(of, events=(joined,), statements=(said,), pair=("JPN", "CHN"))) == []


def test_an_office_of_a_part_of_a_state_is_not_told_as_one_of_the_state() -> None:
    stapleton = Actor("USA.GOV.cora-steel", "Cora Steel", "USA", "GOV", "secretary of state")

    def line(words: str) -> str:
        of = replace(text(TITLE, words), actors={a.id: a for a in (*PEOPLE, stapleton)})
        row = event(of, 1, (stapleton, "Cora Steel"), "ACCUSE", "accused", (CHINA, "China"))
        return told(row, of)[0]

    assert line("Secretary of State Cora Steel accused China of theft.").startswith("American Secretary of State Cora Steel")
    assert "American" not in line("Montana Secretary of State Cora Steel accused China of theft.")


# Sentences


@pytest.mark.parametrize(
    ("words", "trigger", "root", "expected"),
    [
        (
            "Japan sent ships to the reef, warning China to leave the bay.",
            "warning",
            "THREATEN",
            "Japan warned China to leave the bay.",
        ),
        ("Ships sent from Japan attacked China's port.", "attacked", "ASSAULT", "Ships sent from Japan attacked China's port."),
        (
            "After 1980, and the beginning of the war with Japan, fishers in the south attacked China's port.",
            "attacked",
            "ASSAULT",
            None,
        ),
        (
            "The Philippines, Japan and China met for their third trilateral summit.",
            "met",
            "CONSULT",
            "The Philippines, Japan and China met for their third trilateral summit.",
        ),
    ],
)
def test_clauses_are_told_whole_or_not_at_all(words: str, trigger: str, root: str, expected: str | None) -> None:
    of = text(TITLE, words)
    row = event(of, 1, (JAPAN, "Japan"), root, trigger, (CHINA, "China"))
    assert next(iter(told(row, of)), None) == expected


def test_a_warning_told_from_a_participle_is_refused_when_changed() -> None:
    of = text(TITLE, "Japan sent ships to the reef, warning China to leave the bay.")
    row = event(of, 1, (JAPAN, "Japan"), "THREATEN", "warning", (CHINA, "China"))
    line = next(x for x in event_lines(row, of) if x.text.startswith("Japan warned"))
    known = material(of, events=(row,))
    assert faults(line, known) == ()
    for right, wrong in (("Japan warned China", "China warned Japan"), ("warned", "did not warn"), ("warned", "thanked")):
        assert faults(replace(line, text=line.text.replace(right, wrong)), known)


def test_what_somebody_says_of_himself_is_told_as_said_unless_it_is_denied() -> None:
    def line(words: str) -> list[str]:
        of = text(TITLE, words)
        return told(event(of, 1, (MORI, "he"), "REQUEST", "asked", (CHINA, "China"), asserted_by=MORI.id), of)

    said = "Mori said he had asked China for help in the bay"
    assert line(f"{said}.") == ["Japanese Prime Minister Haruka Mori said he had asked China for help in the bay."]
    assert line(f"{said}, which Cruz denied.") == []
    assert line(f"{said}, sent ships to the reef and closed the port.") == []


def test_a_claim_that_the_same_sentence_has_denied_is_refused_by_the_verifier_too() -> None:
    of = text(TITLE, "Mori claimed China asked the Philippines for help, which Cruz denied.")
    row = event(of, 1, (CHINA, "China"), "REQUEST", "asked", (PHILIPPINES, "Philippines"), asserted_by=MORI.id)
    words = f"According to Japanese Prime Minister Haruka Mori, China asked the Philippines for help{REPORT}."
    assert told(row, of) == []
    assert any("denied" in f for f in faults(Line(words, "event", (of.passage(1),), (row.id,)), material(of, events=(row,))))


def test_a_headline_without_its_articles_is_not_told_as_a_sentence() -> None:
    of = text("Japan strengthens alliance with China over reefs", "It rained.")
    row = event(of, 0, (JAPAN, "Japan"), "COOPERATE", "strengthens", (CHINA, "China"))
    assert told(row, of) == []


# What is planned next


def test_a_plan_that_a_later_report_shows_as_done_is_no_plan_any_more() -> None:
    early = text(TITLE, "Japan will sanction China.", published="2031-05-01", id_="a1")
    late = text(TITLE, "Japan sanctioned China.", published="2031-06-01", id_="a2")
    plan = replace(event(early, 1, (JAPAN, "Japan"), "SANCTION", "sanction", (CHINA, "China"), modality="planned"), group="p")
    done = replace(event(late, 1, (JAPAN, "Japan"), "SANCTION", "sanctioned", (CHINA, "China")), id="done", group="d")

    def open_plans(*rows: Event) -> list[str]:
        known = material(early, late, events=rows, pair=("JPN", "CHN"))
        return [t.event.id for t in ahead(happenings(rows, known, DEFAULT), known)]

    assert open_plans(plan, done) == []
    assert open_plans(plan, replace(done, root="COERCE")) == [plan.id]
    assert open_plans(plan, replace(done, source=done.target, target=done.source)) == [plan.id]
    assert open_plans(plan, replace(done, published=date(2031, 4, 1))) == [plan.id]
    assert open_plans(replace(plan, date=day("2031-08-02")), replace(done, date=day("2031-05-30"))) == [plan.id]


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("General Wu of China was preparing plans to attack Japan.", False),
        ("China was praised before, and it will attack Japan.", True),
        ("China is preparing plans to attack Japan.", True),
    ],
)
def test_a_plan_that_its_own_sentence_tells_as_past_is_none(words: str, open_: bool) -> None:
    of = text(TITLE, words)
    row = event(of, 1, (CHINA, "China"), "ASSAULT", "attack", (JAPAN, "Japan"), modality="planned")
    known = material(of, events=(row,), pair=("JPN", "CHN"))
    assert bool(ahead(happenings((row,), known, DEFAULT), known)) is open_


# Quotations of the report


def quoted(
    words: str, *, before: str = "Talks went on.", verb: str = "attacked", **more: Any
) -> tuple[Line | None, tuple[str, ...]]:
    of = text(TITLE, before, words)
    row = event(of, 2, (CHINA, "China"), "ASSAULT", verb, more.pop("target", (JAPAN, "Japan")), **more)
    line = quoted_line(row, of)
    return line, faults(line, material(of, events=(row,), pair=("JPN", "CHN"))) if line else ()


def test_a_report_is_not_quoted_for_what_stands_under_a_condition() -> None:
    line, found = quoted("The third phase would start when China attacked the boats of Japan.")
    assert line is not None
    assert found == ("modality: the words quoted put it under a condition",)
    assert quoted("China attacked boats of Japan, which would end the truce.")[1] == ()


def test_somebody_quoted_by_surname_is_named_beside_the_quotation() -> None:
    line, found = quoted(
        "China attacked the boat on which Mori had sailed north.",
        before="Japanese Prime Minister Haruka Mori spoke.",
        target=(MORI, "Mori"),
    )
    assert found == ()
    assert line is not None
    assert line.note is not None
    assert line.note.startswith("Mori is ")
    assert line.note.endswith("Haruka Mori")


def test_words_that_give_their_own_speaker_are_cited_from_nobody_else() -> None:
    line, found = quoted("Mori said the ships of China attacked four boats of Japan.", asserted_by=MORI.id)
    assert found == ()
    assert line is not None
    assert "citing" not in line.text
    other, found = quoted("Cruz said the ships of China attacked four boats of Japan.", asserted_by=MORI.id)
    assert other is not None
    assert "citing" in other.text
    assert found


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("China said it would leave.", True),
        ("China’s foreign ministry on Sunday said so.", True),
        ("The boats left, according to China.", True),
        ("The boats left China, authorities said.", False),
        ("Japan said that the boats of China left.", False),
    ],
)
def test_a_claim_is_a_states_word_only_where_the_state_speaks(words: str, speaks: bool) -> None:
    assert voiced("China", text(TITLE, words).passage(1)) is speaks
    assert voiced("Elena Cruz", text(TITLE, words).passage(1))  # persons are judged elsewhere


# Beside the matter


def test_under_a_title_that_names_both_a_figure_needs_the_other_side_beside_it() -> None:
    of = text("Japan and China agree", "Japan met China.", "The council in Tokyo, Japan, has 271 members.", "Nobody left.")
    row = event(of, 1, (JAPAN, "Japan"), "CONSULT", "met", (CHINA, "China"))
    count = figure(of, 2, 271, "members", "members", "271 members")
    assert choosing.figures(material(of, events=(row,), figures=(count,), pair=("JPN", "CHN"))) == [count]
    apart = text("Japan and China agree", "Japan met China.", "Nobody left.", "The council in Tokyo, Japan, has 271 members.")
    row = event(apart, 1, (JAPAN, "Japan"), "CONSULT", "met", (CHINA, "China"))
    count = figure(apart, 3, 271, "members", "members", "271 members")
    assert choosing.figures(material(apart, events=(row,), figures=(count,), pair=("JPN", "CHN"))) == []


def test_a_guess_is_told_with_both_its_ends_and_an_embargo_with_all_its_adjectives() -> None:
    of = text(TITLE, "Between 40 and 50 boats of Japan left China.", "The economic and financial embargo on China ended.")
    count = figure(of, 1, 40, "boats", "boats", "40 and 50 boats", to=50.0)
    assert [line.text.split(":")[0] for line in figure_lines(count, of)] == ["The reporting counts 40 to 50 boats"]
    row = instrument(of, 2, "financial embargo on China", "sanction", ("CHN",), "ended")
    assert next(instrument_lines(row, of)).text == "The economic and financial embargo on China has ended."


def test_who_is_named_beside_a_quotation_must_be_the_only_one_so_called() -> None:
    def beside(words: str, before: str) -> str | None:
        line, found = quoted(words, before=before, target=(MORI, "Mori"))
        assert line is not None
        assert found == ()
        return line.note

    there = "Japanese Prime Minister Haruka Mori spoke."
    assert beside("China attacked the boat on which Mori had sailed north.", there) is not None
    assert beside("China attacked the boat on which Mori had sailed north.", f"{there} Robert Mori listened.") is None
    line, _ = quoted("China attacked the boat on which Mori had sailed north.", before=there, target=(MORI, "Mori"))
    assert line is not None
    of = text(TITLE, there, line.passages[0].words)
    row = event(of, 2, (CHINA, "China"), "ASSAULT", "attacked", (MORI, "Mori"))
    known = material(of, events=(row,), pair=("JPN", "CHN"))
    assert faults(line, known) == ()
    for wrong in ("Mori is Philippine President Elena Cruz", "Mori is Philippine President Haruka Mori"):
        assert faults(replace(line, note=wrong), known)
