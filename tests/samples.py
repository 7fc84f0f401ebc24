"""A small record made by hand, for tests of what is printed."""

from __future__ import annotations

from dragoman.records import (
    Actor,
    ActorRef,
    Article,
    Caption,
    Discard,
    Discrepancy,
    Event,
    Evidence,
    Figure,
    Instrument,
    Interval,
    Mention,
    Place,
    Record,
    Sentence,
    Side,
    Span,
    Statement,
    Why,
    content_id,
)

SENTENCES = (
    ("title", "Norway's foreign minister visits Chile"),
    ("body", "Jonas Dahl, the Norwegian foreign minister, arrived in Santiago on March 1, 2031."),
    ("body", "He said Norway would “open its harbours to Chile” within a year."),
    ("body", "The two governments signed the Southern Harbours Agreement, which covers 29 ports."),
    ("body", "The ministry in Oslo has denied selling arms to Chile."),
    ("caption", "Dahl in Santiago in March 2030."),
)
TEXT = "\n".join(words for _, words in SENTENCES)
ID = content_id(TEXT)


def _sentences() -> tuple[Sentence, ...]:
    out, at = [], 0
    for number, (kind, words) in enumerate(SENTENCES):
        out.append(Sentence(number, kind, at, at + len(words)))  # type: ignore[arg-type]
        at += len(words) + 1
    return tuple(out)


ALL = _sentences()


def at(words: str, sentence: int) -> Span:
    """The words' place in the sample's text, looked for in one sentence."""
    start = TEXT.index(words, ALL[sentence].start)
    return Span(words, start, start + len(words))


def evidence(sentence: int) -> tuple[Evidence, ...]:
    return (Evidence(ID, sentence, ALL[sentence].start, ALL[sentence].end),)


def reference(words: str, sentence: int, actor: str, country: str, sector: str = "GOV") -> ActorRef:
    span = at(words, sentence)
    return ActorRef(actor, span.text, span.start, span.end, country, sector)


def mention(words: str, sentence: int) -> Mention:
    span = at(words, sentence)
    return Mention(sentence, span.start, span.end, span.text)


def record(*, language: str = "en", title: str = SENTENCES[0][1]) -> Record:
    """The sample: two events and one that is denied, a statement, an instrument, a figure, a discrepancy and a discard."""
    dahl, oslo = "NOR.GOV.jonas-dahl", "NOR"
    caption = at(SENTENCES[5][1], 5)
    article = Article(
        id=ID,
        title=title,
        outlet="Harbour Weekly",
        authors=("Ann Berg",),
        language=language,
        url=None,
        published=Interval("2031-03-02", "2031-03-02", "day", "metadata"),
        categories=("World",),
        reading_minutes=1,
        text=TEXT,
        sentences=ALL,
        captions=(Caption(caption.text, caption.start, caption.end, "AP"),),
    )
    visit = Event(
        id="e1",
        source=reference("Jonas Dahl", 1, dahl, "NOR"),
        target=reference("Santiago", 1, "CHL", "CHL"),
        root="CONSULT",
        mode="visit",
        context=("diplomatic",),
        quad=1,
        cameo="04",
        intensity=4.0,
        modality="happened",
        asserted_by=None,
        mutual=True,
        date=Interval("2031-03-01", "2031-03-01", "day", "explicit", "on March 1, 2031"),
        place=Place("Santiago", "CHL", -33.45, -70.67),
        trigger=at("arrived", 1),
        score=0.94,
        evidence=evidence(1),
    )
    arms = Event(
        id="e2",
        source=reference("Oslo", 4, oslo, "NOR"),
        target=reference("Chile", 4, "CHL", "CHL"),
        root="AID",
        mode="military",
        context=("military",),
        quad=2,
        cameo="07",
        intensity=10.0,
        modality="denied",
        asserted_by=oslo,
        mutual=False,
        date=None,
        place=None,
        trigger=at("selling arms", 4),
        score=0.71,
        evidence=evidence(4),
    )
    content = at("Norway would “open its harbours to Chile” within a year", 2)
    said = Statement(
        id="s1",
        speaker=reference("He", 2, dahl, "NOR"),
        cue=at("said", 2),
        kind="mixed",
        content=content,
        addressee=None,
        about=("CHL",),
        stance=1,
        evidence=evidence(2),
    )
    return Record(
        dragoman={"version": "0.1.0", "codebook": "1", "models": {"relation": "1"}},
        article=article,
        actors=(
            Actor(
                dahl,
                "Jonas Dahl",
                "NOR",
                "GOV",
                None,
                "foreign minister",
                mentions=(mention("Jonas Dahl", 1), mention("He", 2)),
            ),
            Actor("CHL", "Chile", "CHL", "GOV", mentions=(mention("Chile", 0), mention("Santiago", 1))),
            Actor(oslo, "Norway", "NOR", "GOV", mentions=(mention("Norway", 0),)),
        ),
        events=(visit, arms),
        statements=(said,),
        instruments=(
            Instrument("i1", "Southern Harbours Agreement", "agreement", ("NOR", "CHL"), "signed", None, evidence(3)),
        ),
        figures=(Figure(29.0, "ports", "coverage", None, None, "29 ports", evidence(3)),),
        discrepancies=(
            Discrepancy(
                id="d1",
                kind="date",
                about="Dahl's arrival in Santiago",
                sides=(Side("2031-03-01", evidence(1)), Side("2030-03", evidence(5))),
                favoured=0,
                reason="the publication date, 2031-03-02, is the day after",
                score=0.8,
            ),
        ),
        discards=(Discard("read", "page furniture", detail="Subscribe to our newsletter"),),
        explanations=(
            Why("e1", "events", "arrived in Santiago", "relation model 1", 0.94, (("COOPERATE", 0.03),)),
            Why("s1", "statements", "said", "attribution model 1", 0.9),
        ),
    )
