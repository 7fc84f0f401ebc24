"""Event groups: one event told by many is one, and its look-alikes are not."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from dragoman.codebook import events as codebook
from dragoman.coding.events.modes import mode_of
from dragoman.reconcile.groups import Joined, Mention, Window, group
from dragoman.reconcile.mentions import words_of
from dragoman.records import content_id


def told(
    words: str,
    trigger: str,
    pair: tuple[str, str] = ("NOR", "CHL"),
    root: str = "CONSULT",
    *,
    on: str | None = None,
    published: str | None = "2031-03-03",
    document: str = "",
    modality: str = "happened",
) -> Mention:
    """A mention as a coder would make it; every one is of a document of its own unless one is named."""
    mode = mode_of(codebook.load().roots[root], trigger)
    day = date.fromisoformat(on) if on else None
    return Mention(
        id=content_id(words, document, root),
        document=document or content_id(words, published),
        sentence=int(content_id(words), 16) % 1000,
        source_actor=pair[0],
        source_country=pair[0],
        target_actor=pair[1],
        target_country=pair[1],
        root=root,
        mode=mode.name if mode else None,
        modality=modality,
        mutual=codebook.load().roots[root].mutual,
        date_from=day,
        date_to=day,
        date_precision="day" if day else None,
        published=date.fromisoformat(published) if published else None,
        place_name=None,
        trigger_text=trigger,
        trigger_start=words.index(trigger),
        words=words_of(words),
    )


def same(*mentions: Mention) -> bool:
    return len({row.group for row in group(mentions)}) == 1


ARRIVAL = told("Norway's foreign minister arrived in Chile on Saturday for talks on salmon.", "arrived", on="2031-03-01")
REWRITE = told("The Norwegian minister is on a visit to Chile to speak about salmon farms.", "visit", published="2031-03-02")
SECOND = told(
    "Norway's minister returned to Chile for a second visit this month.", "visit", on="2031-03-26", published="2031-03-27"
)


def test_one_visit_in_two_articles_is_one_event() -> None:
    assert same(ARRIVAL, REWRITE)


def test_two_visits_in_a_month_are_two_events() -> None:
    assert not same(ARRIVAL, SECOND)


def test_a_mutual_event_is_one_whichever_side_is_named_first() -> None:
    other = told(
        "Chile received Norway's minister for talks on salmon on Saturday.", "received", ("CHL", "NOR"), on="2031-03-01"
    )
    assert same(ARRIVAL, other)


def test_what_one_side_does_to_the_other_is_not_what_the_other_does_back() -> None:
    first = told("Poland expelled five Russian diplomats on Friday.", "expelled", ("POL", "RUS"), "SANCTION", on="2031-03-01")
    back = told("Russia expelled five Polish diplomats on Friday.", "expelled", ("RUS", "POL"), "SANCTION", on="2031-03-01")
    assert not same(first, back)


def test_attacks_on_two_days_are_two_events() -> None:
    first = told("Israeli jets struck a depot near Homs on Sunday.", "struck", ("ISR", "SYR"), "ASSAULT", on="2031-03-02")
    second = told("Israeli missiles hit the port of Latakia on Tuesday.", "hit", ("ISR", "SYR"), "ASSAULT", on="2031-03-04")
    assert not same(first, second)


def test_two_accusations_of_one_day_are_told_apart_by_what_is_said() -> None:
    first = told("Ukraine accused Russia of looting a museum in Kherson.", "accused", ("UKR", "RUS"), "ACCUSE", on="2031-03-02")
    second = told(
        "Ukraine accused Russia of jamming satellites of airliners.", "accused", ("UKR", "RUS"), "ACCUSE", on="2031-03-02"
    )
    again = told("Kyiv accuses Moscow over the looted museum in Kherson.", "accuses", ("UKR", "RUS"), "ACCUSE", on="2031-03-02")
    assert not same(first, second)
    assert same(first, again)


def test_a_planned_visit_and_the_visit_done_are_one_event() -> None:
    plan = told(
        "Japan's prime minister will visit Vietnam on August 28.", "visit", ("JPN", "VNM"), on="2031-08-28",
        published="2031-08-20", modality="planned",
    )  # fmt: skip
    done = told(
        "Japan's prime minister arrived in Vietnam on Thursday.",
        "arrived",
        ("JPN", "VNM"),
        on="2031-08-28",
        published="2031-08-29",
    )
    assert same(plan, done)
    reason = next(row.reason for row in group([plan, done]) if row.joined_to)
    assert "planned in one, happened in the other" in reason or "happened in one, planned in the other" in reason


def test_one_sentence_tells_two_events_with_two_words() -> None:
    words = "Norway's minister visited Chile and met its president."
    assert not same(told(words, "visited", document="a"), replace(told(words, "met", document="a"), id="other"))


def test_a_phone_call_is_not_the_meeting() -> None:
    call = told("The Norwegian president telephoned the president of Chile on Saturday.", "telephoned", on="2031-03-01")
    meeting = told("The Norwegian and Chilean presidents met in Oslo on Saturday to review trade.", "met", on="2031-03-01")
    assert not same(call, meeting)


def test_the_first_mention_names_the_group_and_every_other_says_what_it_joined() -> None:
    rows = {row.event: row for row in group([ARRIVAL, REWRITE, SECOND])}
    first = rows[REWRITE.id]  # published a day before the other
    assert (first.group, first.joined_to, first.score) == (REWRITE.id, None, None)
    joined = rows[ARRIVAL.id]
    assert joined.joined_to == REWRITE.id
    assert joined.score is not None
    assert "salmon" in joined.reason
    assert rows[SECOND.id].group == SECOND.id


def test_a_chain_of_neighbours_does_not_make_one_event_of_a_month() -> None:
    words = "Azerbaijan shelled the Armenian village near Sotk on the border."
    days = [
        told(
            f"{words}", "shelled", ("AZE", "ARM"), "ASSAULT", on=f"2031-03-{k:02}", published=f"2031-03-{k:02}", document=str(k)
        )
        for k in range(1, 29)
    ]
    rows = group(days)
    by_group: dict[str, list[int]] = {}
    for row in rows:
        by_group.setdefault(row.group, []).append(next(m.date_from.day for m in days if m.id == row.event and m.date_from))
    assert max(max(of) - min(of) for of in by_group.values()) <= 3


def test_no_mention_is_grouped_by_a_day_that_nobody_told() -> None:
    one = replace(ARRIVAL, date_from=None, date_to=None, date_precision=None, published=None)
    assert not same(one, replace(REWRITE, published=None))


@pytest.mark.parametrize("seed", range(10))
def test_the_groups_are_the_same_in_any_order_of_batches(seed: int) -> None:
    mentions = stories()
    wanted = {row.event: row for row in group(mentions)}
    chance = random.Random(seed)
    order = chance.sample(mentions, len(mentions))
    stored: list[Mention] = []
    rows: dict[str, Joined] = {}
    while order:
        batch = order[: chance.randint(1, 9)]
        order = order[len(batch) :]
        rows.update((row.event, row) for row in group(batch, partial(inside, stored)))
        stored = [*stored, *batch]
    assert rows == wanted


@pytest.mark.parametrize("seed", range(10))
def test_the_groups_are_the_same_where_the_store_leaves_out_what_cannot_be_linked(seed: int) -> None:
    told_in = [(k // 3, one) for k, one in enumerate(stories())]
    first = dict(reversed(told_in))
    mentions = [replace(one, document=f"article {k}", published=first[k].published) for k, one in told_in]
    wanted = {row.event: row for row in group(mentions)}
    articles = sorted(first)
    random.Random(seed).shuffle(articles)
    stored: list[Mention] = []
    rows: dict[str, Joined] = {}
    for article in articles:
        batch = [one for one in mentions if one.document == f"article {article}"]
        rows.update((row.event, row) for row in group(batch, partial(near, stored)))
        stored += batch
    assert rows == wanted


def near(stored: Sequence[Mention], windows: Sequence[Window]) -> list[Mention]:
    """As little as an archive may give for windows."""
    return [
        one
        for window in windows
        for one in inside(stored, [window])
        if one.date_from is None
        or one.document == window.document
        or (one.date_from <= window.near_to and window.near_from <= (one.date_to or one.date_from))
    ]


def inside(stored: Sequence[Mention], windows: Sequence[Window]) -> list[Mention]:
    """What an archive gives for windows."""
    return [
        one
        for one in stored
        for window in windows
        if one.pair == window.pair and (days := one.days) and days[0] <= window.to and window.from_ <= days[1]
    ]


def stories() -> list[Mention]:
    """Sixty mentions of some twenty events of three pairs over two months, in words that overlap."""
    chance = random.Random(1)
    topics = ["salmon farms and fish health", "a consulate in Arica", "copper and lithium mines", "polar research ships"]
    found = []
    for k in range(60):
        pair = chance.choice([("NOR", "CHL"), ("CHL", "NOR"), ("POL", "RUS")])
        topic, day = chance.choice(topics), chance.randint(1, 28)
        verb, root = chance.choice([("met", "CONSULT"), ("accused", "ACCUSE"), ("signed", "AGREE")])
        words = f"{pair[0]} {verb} {pair[1]} over {topic}, source {k}."
        dated = f"2031-03-{day:02}" if chance.random() < 0.5 else None
        found.append(told(words, verb, pair, root, on=dated, published=f"2031-03-{min(28, day + chance.randint(0, 2)):02}"))
    return found
