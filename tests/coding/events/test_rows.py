"""From the model's findings to event rows: resolution, several actors, doubles, and what is left out."""

import dataclasses

import pytest

from dragoman.codebook.events import ROOTS
from dragoman.coding.actors.implied import Side
from dragoman.coding.events.article_context import Context
from dragoman.coding.events.model import Found
from dragoman.coding.events.rows import events
from dragoman.coding.events.weighing import Weights
from dragoman.records import ActorRef, Article, Event, Sentence

AS_GIVEN = Weights(0.0, {"score": 1.0})


class Actors:
    """Actors by the words of a span; ``outside`` answers for those named in other sentences."""

    def __init__(
        self,
        text: str,
        known: dict[str, tuple[str, ...]],
        outside: tuple[str, ...] = (),
        told_of: dict[str, float] | None = None,
    ) -> None:
        self.text, self.known, self.outside, self.told_of = text, known, outside, told_of or {}

    def at(self, start: int, end: int) -> tuple[ActorRef, ...]:
        words = self.text[start:end]
        return tuple(ActorRef(a, words, start, end, a[:3], [*a.split("."), "GOV"][1]) for a in self.known.get(words, ()))

    def implied(self, sentence: int, side: Side) -> ActorRef | None:
        taken = {ref.actor for ref in side.other}
        return next((ActorRef(a, None, None, None, a[:3], "GOV") for a in self.outside if a not in taken), None)

    def state(self, country: str) -> ActorRef | None:
        return ActorRef(country, None, None, None, country, "GOV")

    def explain(self, ref: ActorRef) -> tuple[tuple[str, float], ...]:
        return (("MLI", 0.7), ("", 0.2), ("NER", 0.1)) if ref.text == "police" else ()

    def share(self, country: str | None, position: int) -> float:
        return self.told_of.get(country or "", 0.0)


def rows(text: str, found: list[Found], actors: Actors, more: int = 0) -> tuple[tuple[Event, ...], int]:
    """The rows of what is found in a text of one sentence, with ``more`` empty ones behind it, and how many were left out."""
    sentences = (Sentence(0, "body", 0, len(text)), *(Sentence(i + 1, "body", len(text), len(text)) for i in range(more)))
    article = Article("a", None, None, (), "en", None, None, (), None, text, sentences)
    context = Context(
        actors, lambda *_: None, lambda *_: None, lambda *_: None, "events 1", (), AS_GIVEN, dict.fromkeys(ROOTS, 0.2)
    )
    out, discards, _ = events(article, [found, *([] for _ in range(more))], context)
    return out, len(discards)


def found(text: str, source: str | None, target: str | None, root: str, trigger: str, **more: object) -> Found:
    def span(words: str | None) -> tuple[int, int] | None:
        return None if words is None else (text.index(words), text.index(words) + len(words))

    trigger_span = span(trigger)
    assert trigger_span is not None
    return Found(span(source), span(target), root, "happened", trigger_span, 0.9, {root: 0.9, "NONE": 0.1}, **more)  # type: ignore[arg-type]


def test_plural_words_give_a_row_for_each_member() -> None:
    text = "The two neighbours accused Chad."
    actors = Actors(text, {"The two neighbours": ("MLI", "NER"), "Chad": ("TCD",)})
    out, _ = rows(text, [found(text, "The two neighbours", "Chad", "ACCUSE", "accused")], actors)
    assert [(e.source.country, e.target.country) for e in out] == [("MLI", "TCD"), ("NER", "TCD")]


def test_both_leaders_met_is_a_meeting_of_the_two() -> None:
    text = "Both leaders met."
    actors = Actors(text, {"Both leaders": ("PER", "CHL")})
    out, _ = rows(text, [found(text, "Both leaders", None, "CONSULT", "met", target_like="nobody")], actors)
    assert [(e.source.country, e.target.country, e.mutual) for e in out] == [("PER", "CHL", True)]


def test_a_passive_without_agent_has_a_source_without_words_and_country() -> None:
    text = "Chad was attacked."
    actors = Actors(text, {"Chad": ("TCD",)})
    out, _ = rows(text, [found(text, None, "Chad", "ASSAULT", "attacked", source_like="nobody")], actors)
    assert [(e.source.actor, e.source.start, e.target.country) for e in out] == [(None, None, "TCD")]


@pytest.mark.parametrize(
    ("text", "source", "target", "root", "trigger", "pointed"),
    [
        ("The governor was charged.", None, "The governor", "ACCUSE", "charged", "source_like"),
        ("The governor appealed.", "The governor", None, "REQUEST", "appealed", "target_like"),
    ],
)
def test_a_side_without_words_that_is_of_the_other_sides_country_is_its_state(
    text: str, source: str | None, target: str | None, root: str, trigger: str, pointed: str
) -> None:
    actors = Actors(text, {"The governor": ("MEX.GOV.governor",)}, told_of={"MEX": 0.8})
    at = (0, len("The governor"))
    out, _ = rows(text, [found(text, source, target, root, trigger, **{pointed: at})], actors, more=5)
    assert [(e.source.country, e.target.country) for e in out] == [("MEX", "MEX")]
    assert {e.source.text for e in out} | {e.target.text for e in out} == {"The governor", None}
    assert {e.source.actor for e in out} | {e.target.actor for e in out} == {"MEX.GOV.governor", "MEX"}


@pytest.mark.parametrize(("share", "more"), [(0.2, 5), (0.8, 0)])
def test_an_article_that_tells_little_of_a_state_does_not_say_that_it_arrested_somebody(share: float, more: int) -> None:
    text = "The banker was arrested."
    actors = Actors(text, {"The banker": ("MLT.BUS.banker",)}, told_of={"MLT": share})
    out, _ = rows(text, [found(text, None, "The banker", "COERCE", "arrested", source_like=(0, 10))], actors, more)
    assert [(e.source.country, e.target.country) for e in out] == [(None, "MLT")]


@pytest.mark.parametrize(("sector", "source"), [("CVL", "MEX"), ("COP", "MEX.COP.people")])
def test_citizens_beside_an_arrest_tell_its_country_and_officials_who_did_it(sector: str, source: str) -> None:
    text = "Of the people there the banker was arrested."
    actors = Actors(text, {"the people": (f"MEX.{sector}.people",), "the banker": ("MEX.BUS.banker",)})
    at = (text.index("the people"), text.index("the people") + len("the people"))
    out, _ = rows(text, [found(text, None, "the banker", "COERCE", "arrested", source_like=at)], actors)
    assert [(e.source.actor, e.source.country) for e in out] == [(source, "MEX")]


def test_who_attacks_is_not_guessed_from_who_is_attacked() -> None:
    text = "The governor was killed."
    actors = Actors(text, {"The governor": ("MEX.GOV.governor",)})
    out, _ = rows(text, [found(text, None, "The governor", "ASSAULT", "killed", source_like=(0, 12))], actors)
    assert [(e.source.country, e.target.country) for e in out] == [(None, "MEX")]


@pytest.mark.parametrize(("who", "kept"), [("The government", 1), ("Mexico", 0)])
def test_a_government_can_be_sued_by_its_minister_and_a_state_by_its_name_cannot(who: str, kept: int) -> None:
    text = f"The minister sued {who}."
    actors = Actors(text, {"The minister": ("MEX.GOV.minister",), who: ("MEX",)})
    out, _ = rows(text, [found(text, "The minister", who, "ACCUSE", "sued")], actors)
    assert len(out) == kept


def test_a_side_named_in_another_sentence_is_resolved_without_words() -> None:
    text = "Chad was attacked."
    actors = Actors(text, {"Chad": ("TCD",)}, outside=("TCD", "LBY"))
    out, _ = rows(text, [found(text, None, "Chad", "ASSAULT", "attacked", source_like="outside")], actors)
    assert [(e.source.country, e.source.text) for e in out] == [("LBY", None)]


def test_long_and_short_words_of_one_actor_give_one_row() -> None:
    text = "President Deby of Chad praised Mali."
    actors = Actors(text, {"President Deby of Chad": ("TCD",), "Chad": ("TCD",), "Mali": ("MLI",)})
    out, _ = rows(text, [found(text, w, "Mali", "SUPPORT", "praised") for w in ("President Deby of Chad", "Chad")], actors)
    assert len(out) == 1


def test_a_meeting_found_in_both_directions_is_one_row() -> None:
    text = "Chad met Mali."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, _ = rows(text, [found(text, "Chad", "Mali", "CONSULT", "met"), found(text, "Mali", "Chad", "CONSULT", "met")], actors)
    assert len(out) == 1


def test_an_actor_does_nothing_to_itself() -> None:
    text = "Chad praised Chad."
    out, left = rows(text, [found(text, "Chad", "Chad", "SUPPORT", "praised")], Actors(text, {"Chad": ("TCD",)}))
    assert (len(out), left) == (0, 1)


def test_an_event_of_nobody_known_is_left_out_with_a_reason() -> None:
    text = "They were attacked."
    out, left = rows(text, [found(text, None, "They", "ASSAULT", "attacked", source_like="nobody")], Actors(text, {}))
    assert (len(out), left) == (0, 1)


def test_one_act_of_two_states_is_one_row_whoever_is_named_for_them() -> None:
    text = "President Deby and President Keita signed it for Chad and Mali."
    actors = Actors(text, {"President Deby": ("TCD.GOV.deby",), "President Keita": ("MLI.GOV.keita",), "Mali": ("MLI",)})
    both = [found(text, "President Deby", w, "AGREE", "signed") for w in ("President Keita", "Mali")]
    out, _ = rows(text, both, actors)
    assert [(e.source.actor, e.target.actor) for e in out] == [("TCD.GOV.deby", "MLI.GOV.keita")]


def test_two_acts_of_two_states_in_one_sentence_are_two_rows() -> None:
    text = "Chad accused Mali on Monday and accused Mali again on Tuesday."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",), "President Deby": ("TCD.GOV.deby",)})
    first = found(text, "Chad", "Mali", "ACCUSE", "accused Mali on")
    again = found(text, "Chad", "Mali", "REJECT", "accused Mali again")
    out, _ = rows(text, [first, again], actors)
    assert [e.root for e in out] == ["ACCUSE", "REJECT"]


def test_a_leader_does_nothing_to_the_leaders_own_state() -> None:
    text = "President Deby supported Chad."
    out, _ = rows(
        text,
        [found(text, "President Deby", "Chad", "SUPPORT", "supported")],
        Actors(text, {"President Deby": ("TCD.GOV.deby",), "Chad": ("TCD",)}),
    )
    assert out == ()


def test_two_in_a_list_act_together_and_not_on_each_other() -> None:
    text = "Chad and Mali attacked the camp."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, _ = rows(text, [found(text, "Chad", "Mali", "ASSAULT", "attacked")], actors)
    assert out == ()


def test_fighting_between_two_is_an_act_on_each_other() -> None:
    text = "Fighting between Chad and Mali went on."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, _ = rows(text, [found(text, "Chad", "Mali", "ASSAULT", "Fighting")], actors)
    assert len(out) == 1


def test_the_same_words_give_one_root_between_two_states() -> None:
    text = "Chad rebuffed Niger."
    actors = Actors(text, {"Chad": ("TCD",), "Niger": ("NER",)})
    likely = found(text, "Chad", "Niger", "REJECT", "rebuffed")
    less = dataclasses.replace(found(text, "Chad", "Niger", "ACCUSE", "rebuffed"), score=0.3)
    out, discarded = rows(text, [likely, less], actors)
    assert [e.root for e in out] == ["REJECT"]
    assert discarded == 1


def test_one_verb_has_one_subject_the_likelier_of_two_that_stand_apart() -> None:
    text = "As Chad shells Mali with guns from the hills on the border for the third day in a row, Niger waits."
    actors = Actors(text, {"Chad": ("TCD",), "Niger": ("NER",), "Mali": ("MLI",)})
    both = [found(text, "Chad", "Mali", "ASSAULT", "shells"), found(text, "Niger", "Mali", "ASSAULT", "shells")]
    out, left = rows(text, [both[0], dataclasses.replace(both[1], score=0.5)], actors)
    assert [e.source.country for e in out] == ["TCD"]
    assert left == 1


@pytest.mark.parametrize(
    ("text", "left"), [("As Chad's war in Mali goes on, Niger waits.", 1), ("Chad saw war in Mali, and Niger saw it.", 0)]
)
def test_an_act_with_its_owner_in_front_is_no_other_actors_act_towards_the_owner(text: str, left: int) -> None:
    actors = Actors(text, {"Chad": ("TCD",), "Niger": ("NER",), "Mali": ("MLI",)})
    both = [found(text, "Chad", "Mali", "ASSAULT", "war"), found(text, "Niger", "Chad", "ASSAULT", "war")]
    out, discarded = rows(text, [both[0], dataclasses.replace(both[1], score=0.5)], actors)
    assert (len(out), discarded) == (2 - left, left)


def test_one_verb_has_one_subject_where_both_are_of_one_state() -> None:
    text = "The minister was shot as a gunman without any known friends in the whole of the capital fired at Mr. Deby."
    known = {"a gunman": "TCD.REB.gunman", "Mr. Deby": "TCD.GOV.deby", "The minister": "TCD.GOV.minister"}
    actors = Actors(text, {words: (actor,) for words, actor in known.items()})
    likely, other = (found(text, who, "The minister", "ASSAULT", "shot") for who in ("a gunman", "Mr. Deby"))
    out, left = rows(text, [likely, dataclasses.replace(other, score=0.5)], actors)
    assert [e.source.actor for e in out] == ["TCD.REB.gunman"]
    assert left == 1


def test_whoever_did_it_without_words_gives_way_to_a_likelier_one_with_words() -> None:
    text = "Chad was attacked by Mali."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)}, outside=("NER",))
    named, unnamed = (found(text, who, "Chad", "ASSAULT", "attacked", source_like="outside") for who in ("Mali", None))
    out, left = rows(text, [named, dataclasses.replace(unnamed, score=0.5)], actors)
    assert [e.source.country for e in out] == ["MLI"]
    assert left == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Chad discussed Niger and Mali.", 0), ("Chad discussed the border with Mali.", 1), ("Chad met Mali.", 1)],
)
def test_what_is_discussed_takes_no_part_in_the_talks(text: str, kept: int) -> None:
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, left = rows(text, [found(text, "Chad", "Mali", "CONSULT", text.split()[1])], actors)
    assert (len(out), left) == (kept, 1 - kept)


@pytest.mark.parametrize(
    ("text", "root", "trigger", "kept"),
    [
        ("Chad faces trade tensions with Mali.", "COOPERATE", "trade tensions", 0),
        ("Chad agreed to end the border dispute with Mali.", "AGREE", "end the border dispute", 1),
        ("Chad fights a war with Mali.", "ASSAULT", "war", 1),
        ("Chad sells less amid sanctions and setbacks in Mali.", "SANCTION", "sanctions", 0),
        ("Chad imposed sanctions on Mali.", "SANCTION", "sanctions", 1),
        ("Chad recalled its envoy in Mali.", "SANCTION", "recalled", 1),
        ("Soldiers of Chad reached Mali to join the parade.", "MOBILIZE", "reached", 0),
        ("Chad sent soldiers to the border of Mali.", "MOBILIZE", "sent soldiers", 1),
    ],
)
def test_words_that_mean_something_else_where_they_stand_give_no_row(text: str, root: str, trigger: str, kept: int) -> None:
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, left = rows(text, [found(text, "Chad", "Mali", root, trigger)], actors)
    assert (len(out), left) == (kept, 1 - kept)


def test_two_subjects_of_a_list_both_act_however_unlike_their_scores() -> None:
    text = "Chad and Niger shelled Mali."
    actors = Actors(text, {"Chad": ("TCD",), "Niger": ("NER",), "Mali": ("MLI",)})
    both = [found(text, "Chad", "Mali", "ASSAULT", "shelled"), found(text, "Niger", "Mali", "ASSAULT", "shelled")]
    out, _ = rows(text, [both[0], dataclasses.replace(both[1], score=0.5)], actors)
    assert [e.source.country for e in out] == ["TCD", "NER"]


def test_the_owner_in_front_of_who_is_meant_gets_no_row() -> None:
    text = "The court charged Mr Keita's former aide, Ali Sow."
    known: dict[str, tuple[str, ...]] = {
        "The court": ("MLI.JUD.court",),
        "Mr Keita": ("MLI.GOV.keita",),
        "Ali Sow": ("MLI.GOV.sow",),
    }
    both = [found(text, "The court", words, "ACCUSE", "charged") for words in ("Mr Keita", "Ali Sow")]
    out, left = rows(text, both, Actors(text, known))
    assert ([e.target.actor for e in out], left) == (["MLI.GOV.sow"], 1)


def test_each_other_is_the_other_of_those_who_act() -> None:
    text = "Kenya and Ghana expelled each other's envoys."
    actors = Actors(text, {"Kenya": ("KEN",), "Ghana": ("GHA",)})
    here = [found(text, source, "each other's envoys", "SANCTION", "expelled") for source in ("Kenya", "Ghana")]
    out, _ = rows(text, here, actors)
    assert {(e.source.country, e.target.country, e.target.text) for e in out} == {
        ("KEN", "GHA", "each other's envoys"),
        ("GHA", "KEN", "each other's envoys"),
    }


def test_each_other_of_two_sides_in_one_word_is_each_of_them() -> None:
    text = "The two neighbours accused one another."
    actors = Actors(text, {"The two neighbours": ("MLI", "NER")})
    out, _ = rows(text, [found(text, "The two neighbours", "one another", "ACCUSE", "accused")], actors)
    assert {(e.source.country, e.target.country) for e in out} == {("MLI", "NER"), ("NER", "MLI")}


def test_each_other_of_one_known_side_is_left_out() -> None:
    text = "The armies of Chad shelled each other."
    actors = Actors(text, {"The armies of Chad": ("TCD",)})
    assert rows(text, [found(text, "The armies of Chad", "each other", "ASSAULT", "shelled")], actors) == ((), 1)


def test_two_of_a_list_who_are_found_to_act_on_each_other_both_ways_fight() -> None:
    text = "Kenyan and Somali troops clashed."
    actors = Actors(text, {"Kenyan": ("KEN",), "Somali troops": ("SOM",)})
    ways = [("Kenyan", "Somali troops"), ("Somali troops", "Kenyan")]
    out, _ = rows(text, [found(text, s, t, "ASSAULT", "clashed") for s, t in ways], actors)
    assert {(e.source.country, e.target.country) for e in out} == {("KEN", "SOM"), ("SOM", "KEN")}


def test_who_is_killed_beside_another_did_not_kill_him() -> None:
    text = "Two Malian soldiers and three Chadian drivers were killed."
    actors = Actors(text, {"Two Malian soldiers": ("MLI",), "three Chadian drivers": ("TCD",)})
    beside = (0, len("Two Malian soldiers"))
    out, _ = rows(text, [found(text, None, "three Chadian drivers", "ASSAULT", "killed", source_like=beside)], actors)
    assert [(e.source.country, e.target.country) for e in out] == [(None, "TCD")]


def test_an_act_with_its_target_behind_it_is_not_done_to_who_is_named_later() -> None:
    text = "As Chad's war in Mali goes on and Niger waits, oil rose."
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",), "Niger": ("NER",)})
    here = [found(text, "Chad", "Mali", "ASSAULT", "war"), found(text, "Chad", "Niger", "ASSAULT", "war")]
    here[1] = dataclasses.replace(here[1], score=0.5)
    out, left = rows(text, here, actors)
    assert ([(e.source.country, e.target.country) for e in out], left) == ([("TCD", "MLI")], 1)


def test_a_match_is_no_attack_of_a_state_but_an_attack_beside_it_is() -> None:
    text = "Ghana beat Mali 3-1 in the final before the coach left. Mali shelled Ghana."
    actors = Actors(text, {"Ghana": ("GHA",), "Mali": ("MLI",)})
    given = [found(text, "Ghana", "Mali", "ASSAULT", "beat"), found(text, "Mali", "Ghana", "ASSAULT", "shelled")]
    out, left_out = rows(text, given, actors)
    assert [(e.source.country, e.trigger.text) for e in out] == [("MLI", "shelled")]
    assert left_out == 1


def test_what_neither_side_suffers_is_denied() -> None:
    text = "Oman blames neither side."
    actors = Actors(text, {"Oman": ("OMN",), "neither side": ("YEM",)})
    out, _ = rows(text, [found(text, "Oman", "neither side", "ACCUSE", "blames")], actors)
    assert [e.modality for e in out] == ["denied"]


def test_people_of_no_known_country_are_victims_all_the_same() -> None:
    text = "A bomb killed 40 people."
    out, left_out = rows(
        text, [found(text, None, "40 people", "ASSAULT", "killed")], Actors(text, {"40 people": ("XXX.CVL.people",)})
    )
    assert [(e.source.actor, e.target.text, e.root) for e in out] == [(None, "40 people", "ASSAULT")]
    assert left_out == 0


def test_two_who_do_it_together_to_a_third_do_not_do_it_to_each_other() -> None:
    text = "Rao and another man known as Das shot at the guards."
    actors = Actors(text, {"Rao": ("IND.REB.rao",), "Das": ("IND.REB.das",), "the guards": ("IND.COP.guards",)})
    pairs = [("Rao", "the guards"), ("Das", "the guards"), ("Rao", "Das"), ("Das", "Rao")]
    out, _ = rows(text, [found(text, source, target, "ASSAULT", "shot") for source, target in pairs], actors)
    assert {(e.source.text, e.target.text) for e in out} == {("Rao", "the guards"), ("Das", "the guards")}


@pytest.mark.parametrize(
    ("text", "trigger", "kept"),
    [
        ("Chad counts on Mali amid deepening sanctions and lost battles.", "sanctions", 0),
        ("Chad faces trade tensions with Mali.", "trade tensions", 0),
        ("Chad spoke up despite new sanctions on Mali.", "sanctions", 1),
        ("Chad announced sanctions against Mali.", "sanctions", 1),
    ],
)
def test_sanctions_that_only_go_on_around_are_nobodys_act(text: str, trigger: str, kept: int) -> None:
    actors = Actors(text, {"Chad": ("TCD",), "Mali": ("MLI",)})
    out, _ = rows(text, [found(text, "Chad", "Mali", "SANCTION", trigger)], actors)
    assert len(out) == kept


def test_the_countries_that_a_side_could_have_had_are_kept_with_their_chances() -> None:
    text = "Chad accused police."
    actors = Actors(text, {"Chad": ("TCD",), "police": ("MLI.COP.police",)})
    article = Article("a", None, None, (), "en", None, None, (), None, text, (Sentence(0, "body", 0, len(text)),))
    context = Context(
        actors, lambda *_: None, lambda *_: None, lambda *_: None, "events 1", (), AS_GIVEN, dict.fromkeys(ROOTS, 0.2)
    )
    _, _, reasons = events(article, [[found(text, "Chad", "police", "ACCUSE", "accused")]], context)
    told = [why for why in reasons if why.table == "actors"]
    assert [(why.words, why.score, why.alternatives) for why in told] == [("police", 0.7, (("none", 0.2), ("NER", 0.1)))]
