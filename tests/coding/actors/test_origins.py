"""Where an actor is from: descent, a nationality beside a name, who is hired or posted, parties taken up, joined adjectives."""

from __future__ import annotations

from dragoman import codebook
from dragoman.coding.actors.resolver import Resolver
from dragoman.read import from_text

RESOLVER = Resolver(codebook.load())


def countries(text: str, words: str) -> list[str | None]:
    """The countries of the actors that some words of a text name."""
    article = from_text(text)
    start = article.text.rindex(words)
    return [r.country for r in RESOLVER.article(article).at(start, start + len(words))]


def test_americans_of_another_descent_are_americans_and_name_no_other_country() -> None:
    text = "Kenyan Americans rallied in Boston. Ana Vega, a singer of Kenyan descent, spoke. Tom Hill, 44, agreed."
    assert countries(text, "Kenyan Americans") == countries(text, "Ana Vega") == countries(text, "Tom Hill") == ["USA"]


def test_a_person_is_of_the_country_that_they_are_said_to_be_from() -> None:
    assert countries("A crowd met in Boston. Ana Vega, 44, is from Peru, and said no.", "Ana Vega") == ["PER"]


def test_a_lawyer_is_not_of_the_clients_country_by_that() -> None:
    text = "A court in Boston, Massachusetts, heard Kenyan runner Ana Vega. Vega's lawyer, Tom Hill, addressed the court."
    assert countries(text, "Tom Hill") == ["USA"]


def test_kin_are_of_the_country_of_whom_they_belong_to() -> None:
    text = "President Daniel Moi's elder son Jonathan met American officials. The United States said little to Jonathan Moi."
    assert countries(text, "Jonathan") == ["KEN"]
    assert countries(text, "Jonathan Moi") == ["KEN"]


def test_the_court_is_the_one_of_states_that_was_named() -> None:
    text = "Gabon went to the World Court in The Hague. British officials filed objections to the court's jurisdiction."
    assert countries(text, "the court") == ["IGO"]


def test_a_state_written_short_behind_a_town_is_no_person() -> None:
    text = "Kenyan envoys met Ana Vega. She had been in Oakdale, Md., and in Oakdale, Ont., for a week."
    assert countries(text, "Oakdale, Md") == ["USA"]
    assert countries(text, "Ont") == ["CAN"]
    assert countries(text, "She") == countries(text, "Ana Vega")


def test_a_university_is_where_its_name_says() -> None:
    text = "Bolivia fights gangs. Ana Vega, a science professor at Florida International University, told us so."
    assert countries(text, "Ana Vega") == ["USA"]


def test_local_sources_are_of_the_place() -> None:
    text = "A bomb went off in Nairobi. Local sources said it was small."
    assert countries(text, "Local sources") == ["KEN"]


def test_a_faith_is_no_town() -> None:
    text = "A girl ran from a Roman Catholic school. Police in Boston held her, and police said no more."
    assert countries(text, "police") == ["USA"]


def test_a_party_without_its_nation_is_the_one_that_the_article_names() -> None:
    text = "Chinese Communist guns shelled Quemoy. Taipei would welcome an end of the shelling, if Communists ceased fire."
    assert countries(text, "Communists") == ["CHN"]


def test_two_powers_named_by_one_adjective_are_both_meant() -> None:
    text = "Kenyan-Tanzanian talks began on Monday. The leadership of the two countries signed a paper."
    assert sorted(countries(text, "leadership of the two countries"), key=str) == ["KEN", "TZA"]


def test_a_nationality_before_a_comma_and_a_name_is_that_persons() -> None:
    text = "Five Iraqis were held in Tanzania. Officials took the Libyan, Atif Issa Hamed, to the airport."
    assert countries(text, "Atif Issa Hamed") == ["LBY"]


def test_an_ambassador_in_a_state_is_of_the_one_that_sent_him() -> None:
    assert countries("Peruvian ambassador in Panama Mario Castro asked for help. Panama agreed.", "Mario Castro") == ["PER"]


def test_who_says_i_is_the_source_that_the_model_hears() -> None:
    article = from_text("Kenya's envoy met Ana Vega of Peru in Lima. There are no quarrels left. We shall sign, he told her.")
    content = (article.text.index("There"), article.text.index(", he"))
    source = (article.text.index("Kenya's envoy"), article.text.index(" met"))
    at = article.text.index("We")
    said = RESOLVER.article(article, said=[(content, source)])
    assert [r.country for r in said.at(at, at + 2)] == ["KEN"]


def test_the_two_are_the_persons_of_the_sentence_before() -> None:
    text = "Israel and Jordan traded. President Ana Vega of Peru met Kenyan Prime Minister Tom Otieno. The two had quarrelled."
    assert countries(text, "The two") == ["PER", "KEN"]


def test_money_is_no_person() -> None:
    text = "The growers want more. Ravi Gowda of India said mills paid Rs 2,550. He called for Rs. 4,400."
    assert countries(text, "He") == countries(text, "Ravi Gowda") == ["IND"]
    article = from_text(text)
    words = [m.text for s in article.sentences for m in RESOLVER.article(article).candidates(s.i)]
    assert "Ravi Gowda" in words
    assert not [w for w in words if w.startswith("Rs")]
