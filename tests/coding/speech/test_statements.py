"""Statements from attributions made by hand and actors that are known by their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dragoman.coding.speech.decoding import Linked
from dragoman.coding.speech.stances import stance_of
from dragoman.coding.speech.statements import only_sentences, statements, who_asserts
from dragoman.records import ActorRef, Article, Mention, Sentence, Statement, content_id

NAMES = {
    "Dahl": ("NOR.GOV.dahl", "NOR", "GOV"),
    "He": ("NOR.GOV.dahl", "NOR", "GOV"),
    "It": ("CHL", "CHL", "GOV"),
    "The law": ("CHL.UNK.law", "CHL", "UNK"),
    "The statement": ("CHL.UNK.statement", "CHL", "UNK"),
    "Norway": ("NOR", "NOR", "GOV"),
    "Oslo": ("NOR", "NOR", "GOV"),
    "Chile": ("CHL", "CHL", "GOV"),
    "Lima": ("PER", "PER", "GOV"),
    "Peru": ("PER", "PER", "GOV"),
    "Vega": ("PER.GOV.vega", "PER", "GOV"),
    "NATO": ("NATO", "IGO", "IGO"),
}


class Known:
    def __init__(self, article: Article) -> None:
        self.article = article

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]:
        words = self.article.text[start:end]
        found = sorted((words.index(name), name) for name in NAMES if name in words)
        return tuple(self.ref(start + at, name) for at, name in found)

    def agrees(self, ref: ActorRef, pronoun: str) -> bool:
        person = (ref.actor or "").count(".") == 2
        return person == (pronoun in ("he", "she"))

    def ref(self, start: int, name: str) -> ActorRef:
        actor, country, sector = NAMES[name]
        return ActorRef(actor, name, start, start + len(name), country, sector)

    def candidates(self, sentence: int) -> tuple[Mention, ...]:
        s = self.article.sentences[sentence]
        words = self.article.words(sentence)
        found = sorted((words.index(name), name) for name in NAMES if name in words)
        return tuple(Mention(sentence, s.start + at, s.start + at + len(name), name) for at, name in found)


def linked(text: str, *said: tuple[str | None, str | None, Sequence[str]]) -> list[Linked]:
    """Attributions given as words: (source, cue, pieces of the content)."""

    def span(words: str | None, near: int = 0) -> tuple[int, int] | None:
        """Where the words stand next behind a place, else where they stand first."""
        if not words:
            return None
        at = text.index(words, near if words in text[near:] else 0)
        return at, at + len(words)

    out = []
    for source, cue, content in said:
        pieces = tuple(s for piece in content if (s := span(piece)))
        named = span(source)
        out.append(Linked(named, span(cue, named[0] if named else 0), pieces, 0.9, carried=source is None and cue is None))
    return out


def article(*sentences: str) -> Article:
    text, spans, at = "\n".join(sentences), [], 0
    for i, words in enumerate(sentences):
        spans.append(Sentence(i, "body", at, at + len(words)))
        at += len(words) + 1
    return Article(content_id(text), None, None, (), "en", None, None, (), None, text, tuple(spans))


def rows(a: Article, *said: tuple[str | None, str | None, Sequence[str]]) -> tuple[Statement, ...]:
    found = statements(a, Known(a), linked(a.text, *said))[0]
    for row in found:
        assert a.text[row.content.start : row.content.end] == row.content.text
        assert row.evidence
    return found


@pytest.mark.parametrize(
    ("words", "content", "kind"),
    [
        ("Dahl said: “The harbour stays open.”", "“The harbour stays open.”", "direct"),
        ("Dahl said the harbour would stay open.", "the harbour would stay open", "indirect"),
        ("Dahl said the harbour would stay “open to everybody”.", "the harbour would stay “open to everybody”", "mixed"),
        (
            "Dahl said it was “a harbour that stays open to us all”.",
            "it was “a harbour that stays open to us all”",
            "mixed",
        ),
    ],
)
def test_kind_follows_the_quotation_marks(words: str, content: str, kind: str) -> None:
    (row,) = rows(article(words), ("Dahl", "said", [content]))
    assert row.kind == kind
    assert row.content.text == content.strip("“”") if kind == "direct" else row.content.text == content


def test_one_quotation_over_three_sentences_is_one_row_with_three_pieces_of_evidence() -> None:
    a = article("Dahl said: “We will stay.", "We have time.", "And we have boats.”")
    (row,) = rows(a, ("Dahl", "said", ["“We will stay.\nWe have time.\nAnd we have boats.”"]))
    assert [e.sentence for e in row.evidence] == [0, 1, 2]
    assert row.kind == "direct"
    assert a.text[row.evidence[0].start : row.evidence[0].end] == "Dahl said: “We will stay."


@pytest.mark.parametrize("one_run", [True, False])
def test_quotations_with_the_speaker_between_them_are_a_row_each(one_run: bool) -> None:
    a = article("“We will stay,” Dahl said.", "“We have boats.”")
    content = [a.text] if one_run else ["“We will stay,”", "“We have boats.”"]
    first, second = rows(a, ("Dahl", "said", content))
    assert (first.content.text, first.kind, second.content.text, second.kind) == (
        "We will stay,",
        "direct",
        "We have boats.",
        "direct",
    )
    assert first.speaker == second.speaker
    assert [[e.sentence for e in row.evidence] for row in (first, second)] == [[0], [1]]


def test_reported_words_do_not_go_on_into_the_next_sentence_as_a_quotation_does() -> None:
    a = article("Dahl said the bay is closed.", "It was mined.", "“We have boats.”")
    found = rows(a, *(("Dahl", "said", [words]) for words in ("the bay is closed", "It was mined.", "“We have boats.”")))
    assert [row.content.text for row in found] == ["the bay is closed", "We have boats."]


def test_words_that_nothing_reports_are_nobodys_statement() -> None:
    a = article("Dahl has supported a closed bay.")
    assert rows(a, ("Dahl", None, ["a closed bay"])) == ()


def test_a_pronoun_is_the_speaker_of_the_sentence_before() -> None:
    a = article("Vega said the bay is closed.", "He said it was mined.", "NATO said so too.", "It reported mines.")
    found = rows(
        a,
        ("Vega", "said", ["the bay is closed"]),
        ("He", "said", ["it was mined"]),
        ("NATO", "said", ["so too"]),
        ("It", "reported", ["mines"]),
    )
    assert [(r.speaker.actor, r.speaker.text) for r in found] == [
        ("PER.GOV.vega", "Vega"),
        ("PER.GOV.vega", "He"),
        ("NATO", "NATO"),
        ("NATO", "It"),
    ]


def test_a_pronoun_that_cannot_be_who_spoke_before_is_left_to_the_article() -> None:
    a = article("NATO said the bay is closed.", "He said it was mined.")
    found = rows(a, ("NATO", "said", ["the bay is closed"]), ("He", "said", ["it was mined"]))
    assert [r.speaker.actor for r in found] == ["NATO", "NOR.GOV.dahl"]


def test_a_law_speaks_for_nobody_and_a_statement_for_who_spoke_before() -> None:
    a = article("The law says the bay is closed.", "Dahl said it is open.", "The statement said it is safe.")
    found = rows(
        a,
        ("The law", "says", ["the bay is closed"]),
        ("Dahl", "said", ["it is open"]),
        ("The statement", "said", ["it is safe"]),
    )
    assert [(r.speaker.actor, r.speaker.country) for r in found] == [
        (None, None),
        ("NOR.GOV.dahl", "NOR"),
        ("NOR.GOV.dahl", "NOR"),
    ]


def test_a_quotation_without_speaker_words_carries_the_last_speaker_without_offsets() -> None:
    a = article("“We will stay,” Dahl said.", "“We have time.”")
    first, second = rows(a, ("Dahl", "said", ["“We will stay,”"]), (None, None, ["“We have time.”"]))
    assert first.speaker.start == a.text.index("Dahl")
    assert (second.speaker.actor, second.speaker.text, second.speaker.start) == ("NOR.GOV.dahl", None, None)


def test_a_quotation_far_from_the_last_speaker_is_left_out() -> None:
    a = article("“We will stay,” Dahl said.", "It rained.", "It snowed.", "Nobody came.", "“We have time.”")
    assert len(rows(a, ("Dahl", "said", ["“We will stay,”"]), (None, None, ["“We have time.”"]))) == 1


def test_two_accusers_give_a_row_each() -> None:
    a = article("Both Oslo and Lima accuse Chile of emptying the bay.")
    found = rows(a, ("Both Oslo and Lima", "accuse", ["Chile of emptying the bay"]))
    assert [(r.speaker.actor, r.about, r.stance) for r in found] == [("NOR", ("CHL",), -1), ("PER", ("CHL",), -1)]


def test_a_speaker_nobody_knows_keeps_the_words_and_no_actor() -> None:
    (row,) = rows(article("A fisherman said the bay was empty."), ("A fisherman", "said", ["the bay was empty"]))
    assert (row.speaker.actor, row.speaker.text, row.speaker.country) == (None, "A fisherman", None)


@pytest.mark.parametrize(
    ("words", "source", "cue", "content", "addressee"),
    [
        ("Dahl told Vega that the bay is closed.", "Dahl", "told", "the bay is closed", "PER.GOV.vega"),
        ("Dahl asked Peru to open the bay.", "Dahl", "asked", "Peru to open the bay", "PER"),
        ("“It is closed,” Dahl wrote in a letter to Vega.", "Dahl", "wrote", "“It is closed,”", "PER.GOV.vega"),
        ("Dahl said Vega had closed the bay.", "Dahl", "said", "Vega had closed the bay", None),
    ],
)
def test_addressee(words: str, source: str, cue: str, content: str, addressee: str | None) -> None:
    (row,) = rows(article(words), (source, cue, [content]))
    assert (row.addressee.actor if row.addressee else None) == addressee


def test_who_was_told_hears_what_nobody_known_says() -> None:
    a = article("Vega was told that the bay is closed.")
    (row,) = rows(a, ("Vega", "told", ["the bay is closed"]))
    assert (row.speaker.actor, row.addressee and row.addressee.actor) == (None, "PER.GOV.vega")


def test_about_names_other_states_in_order_and_no_organisation() -> None:
    a = article("Dahl said Chile, Peru and NATO would help Norway.")
    (row,) = rows(a, ("Dahl", "said", ["Chile, Peru and NATO would help Norway"]))
    assert row.about == ("CHL", "PER")


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("praised", "Chile", 1),
        ("accused", "Chile of theft", -1),
        ("said", "Chile is a friend and a trusted partner", 1),
        ("said", "Chile has violated the treaty", -1),
        ("said", "Chile is not an enemy", 0),
        ("said", "Chile failed to respect the law", 0),
        ("said", "our friend Chile has violated the treaty", 0),
        ("said", "against the bullying of others, Chile will work with Norway", 0),
        ("said", "Chile has a long coast", 0),
    ],
)
def test_stance_is_taken_only_where_all_signs_agree(cue: str, content: str, stance: int) -> None:
    at = content.find("Chile")
    named = [(at, at + 5)] if at >= 0 else [(4, 10)]
    assert stance_of(cue, content, named) == stance


def test_page_furniture_says_nothing() -> None:
    a = article("Dahl said the bay is closed.")
    text = a.text + "\nVega said subscribe"
    whole = Article(content_id(text), None, None, (), "en", None, None, (), None, text, a.sentences)
    assert only_sentences(whole) == a.text + "\n" + " " * len("Vega said subscribe")


def test_an_event_inside_a_content_is_asserted_by_the_innermost_speaker() -> None:
    a = article("Dahl said Vega claimed Chile mined the bay.", "It is closed.")
    _, said = statements(
        a,
        Known(a),
        linked(a.text, ("Dahl", "said", ["Vega claimed Chile mined the bay"]), ("Vega", "claimed", ["Chile mined the bay"])),
    )
    mined, claimed, closed = (a.text.index(word) for word in ("mined", "claimed", "closed"))
    assert who_asserts(said, mined, mined + 5) == "PER.GOV.vega"
    assert who_asserts(said, claimed, claimed + 7) == "NOR.GOV.dahl"
    assert who_asserts(said, closed, closed + 6) is None


def test_ids_are_the_same_in_every_run_and_differ_by_content() -> None:
    a = article("Dahl said it is closed but Dahl added it opens soon.")
    said: tuple[tuple[str, str, list[str]], ...] = (("Dahl", "said", ["it is closed"]), ("Dahl", "added", ["it opens soon"]))
    first, again = rows(a, *said), rows(a, *said)
    assert [r.id for r in first] == [r.id for r in again]
    assert len({r.id for r in first}) == 2


def test_all_who_are_listed_before_the_cue_speak_and_go_on_speaking() -> None:
    said = rows(
        article("Dahl and Vega called for peace, saying Chile is ready."),
        ("Dahl", "called for", ["peace"]),
        ("Dahl", "saying", ["Chile is ready"]),
    )
    assert [r.speaker.country for r in said] == ["NOR", "PER", "NOR", "PER"]
