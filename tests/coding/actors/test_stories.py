"""Several stories in one text, datelines that the reader sets aside, and persons told by whose they are."""

from __future__ import annotations

from dragoman import codebook
from dragoman.coding.actors.resolver import ArticleActors, Resolver
from dragoman.read import read
from dragoman.records import Document

RESOLVER = Resolver(codebook.load())

DIGEST = """World news in brief

Spain: strike closes airports

MADRID - Baggage handlers walked out at Spain's main airports on Monday. The government sent soldiers to help passengers.

Man held after shots in Oregon

Police arrested a man after shots were fired at a shopping centre in Portland, Oregon. Sheriff Dale Whitcomb said nothing.

Ferry sinks off Philippines

MANILA - Twelve people died when a ferry sank off Cebu. A spokesman, Captain Jun Ramos, said the ship was full.
"""

SECTIONS = """Peru and Chile sign fishing treaty

Peru and Chile signed a treaty on fishing in Lima on Monday. President Rosa Quiroga called it a good day.

What the treaty says about quotas

Boats may fish in each other's waters from May. Quiroga said the police would watch them. Chile will pay for two ships.
"""


def resolved(text: str) -> tuple[str, ArticleActors]:
    (article,) = read(Document(text=text))
    return article.text, RESOLVER.article(article)


def countries(text: str, *words: str) -> list[str | None]:
    """The country of each of some words, which stand in the text once, in the order of the text."""
    body, actors = resolved(text)
    out: list[str | None] = []
    start = 0
    for word in words:
        start = body.index(word, start)
        out += [r.country for r in actors.at(start, start + len(word))]
        start += len(word)
    return out


def test_a_new_headline_ends_the_country_in_focus() -> None:
    assert countries(DIGEST, "The government", "Man", "Police", "Dale Whitcomb", "Jun Ramos") == [
        "ESP",
        "USA",
        "USA",
        "USA",
        "PHL",
    ]


def test_a_heading_inside_an_article_is_no_new_story() -> None:
    assert countries(SECTIONS, "Rosa Quiroga", "Quiroga", "the police") == ["PER", "PER", "PER"]


def test_a_surname_of_another_story_is_somebody_else() -> None:
    text = (
        "Kenya signs trade deal with Oman\n\nKenyan minister Peter Otieno signed a deal on tea. Otieno flew to Oman.\n\n"
        "Storm hits coast of Norway\n\nA storm cut power in Bergen, Norway. Sailor Otieno Berg lost his boat. Berg is fine.\n"
    )
    assert countries(text, "Peter Otieno", "Otieno", "Otieno Berg", "Berg") == ["KEN", "KEN", "NOR", "NOR"]


def test_the_place_of_a_dateline_that_is_set_aside_still_counts() -> None:
    text = (
        "Canada to take in Afghan refugees\n\nOTTAWA, March 4 (Reuters) - Canada will take in 5,000 more Afghan refugees, "
        "Immigration Minister Claire Dubois said on Thursday. The Afghan families are now in Pakistan.\n"
    )
    assert countries(text, "Claire Dubois") == ["CAN"]


def test_an_agency_in_a_dateline_names_no_country() -> None:
    text = "LIMA, March 4 (Xinhua) -- Police in the capital said on Thursday that they had closed a bridge. Officials agreed.\n"
    assert countries(text, "Officials") == ["PER"]


def test_his_adviser_is_of_the_state_of_the_one_who_is_meant() -> None:
    text = (
        "Syria and Egypt met in Damascus. Egyptian President Adel Mansour and Sameh Badr, his national security adviser, "
        "told Syria of the plan. Syria thanked them. Badr flew to Syria again in May."
    )
    assert countries(text, "Sameh Badr", "Badr") == ["EGY", "EGY"]


def test_its_minister_is_of_the_state_before() -> None:
    text = "Peru sent aid to Chile. Chile thanked Peru. Its defence minister, Ana Pardo, flew to Peru. Pardo spoke in Peru."
    assert countries(text, "Ana Pardo", "Pardo") == ["CHL", "CHL"]


def test_a_guest_is_not_of_the_state_of_the_host() -> None:
    text = "Kazakh President Askar Nurlanov told his guest, Rustam Yuldashev, that Uzbekistan was a brother."
    assert countries(text, "Rustam Yuldashev") != ["KAZ"]


def test_a_king_is_of_the_state_before_his_title() -> None:
    assert countries("Egypt received Jordan's King Faisal on Saturday.", "King Faisal") == ["JOR"]


def test_a_description_beside_a_name_is_the_same_person() -> None:
    text = "Kenya's trade minister, Joseph Otieno, met Ana Pardo, a Peruvian lawyer, on Friday."
    body, actors = resolved(text)
    ids = [
        {r.actor for w in words for r in actors.at(body.index(w), body.index(w) + len(w))}
        for words in (("Kenya's trade minister", "Joseph Otieno"), ("Ana Pardo", "a Peruvian lawyer"))
    ]
    assert ids == [{"KEN.GOV.joseph-otieno"}, {"PER.CVL.ana-pardo"}]


def test_an_office_told_with_its_state_gives_it_to_the_holder_named_later() -> None:
    text = (
        "Kenya's trade minister spoke to reporters in Nairobi. American and British envoys listened; the United States sent "
        "two of them. Trade Minister Joseph Otieno shook hands with the Americans."
    )
    assert countries(text, "Trade Minister Joseph Otieno") == ["KEN"]


def test_the_commission_is_the_one_named_in_full() -> None:
    text = "The European Commission threatened China with duties. China called it unfair. The Commission said China was wrong."
    assert countries(text, "The Commission") == ["IGO"]


def test_the_leader_of_a_gang_is_no_president() -> None:
    text = "Chilean President Ana Rojas met the police. She asked Peru to hand over the leader of the gang."
    body, actors = resolved(text)
    start = body.index("the leader of the gang")
    assert [r.actor for r in actors.at(start, start + 22)] != [r.actor for r in actors.at(8, body.index(" met"))]


def test_both_presidents_are_presidents() -> None:
    text = (
        "Chilean President Ana Rojas spoke with Peruvian President Luis Quispe on Monday. Bolivian trade envoy Jorge Mamani "
        "listened. Both presidents then flew home."
    )
    assert sorted(map(str, countries(text, "Both presidents"))) == ["CHL", "PER"]


def test_an_object_is_not_the_subject_of_its_own_clause() -> None:
    text = "Ukrainian minister Oksana Bilyk spoke first. Polish Prime Minister Robin Wolska thanked her."
    assert countries(text, "her") == ["UKR"]


def test_dwellings_the_month_of_march_and_seized_power_are_no_actors() -> None:
    text = "The rebels burned houses in Chad on March 28 and seized power. A cleric is under house arrest."
    _, actors = resolved(text)
    found = {m.text for n in (0, 1) for m in actors.candidates(n)}
    assert found.isdisjoint({"houses", "March", "power", "house"})


def test_a_subject_pronoun_begins_no_longer_phrase() -> None:
    text = "Captain Moussa Keita seized Mali. He expelled French troops. Albania backed Pristina."
    _, actors = resolved(text)
    assert [[m.text for m in actors.candidates(n)] for n in (1, 2)] == [["He", "French troops"], ["Albania", "Pristina"]]


def test_an_adviser_to_a_leader_is_of_the_leaders_state() -> None:
    text = "Guyana thanked the region. Guyana hailed Celso Prates, an adviser to the Brazilian leader, in Guyana."
    assert countries(text, "Celso Prates") == ["BRA"]


def test_an_interviewers_tag_is_of_no_country() -> None:
    text = 'Peru will vote on Sunday. ((QRX)) asked the Peruvian president about Chile. "We will win," he said.'
    assert countries(text, "QRX") == [None]


def test_an_acronym_that_the_article_spells_out_has_the_country_of_its_long_form() -> None:
    text = "Chile and Peru met in Chile. KNT (Kenya National Traders) praised Chile. KNT has Chilean members."
    assert countries(text, "KNT", "KNT") == ["KEN", "KEN"]


def test_a_minister_at_a_dateline_is_of_that_state() -> None:
    text = (
        "Gaza truce in doubt\n\nCAIRO, Dec 2 (Reuters) - President Adel Mansour received Jordan's foreign minister and "
        "spoke of the truce in Gaza. Israel and Gaza had agreed on it in May.\n"
    )
    assert countries(text, "Adel Mansour") == ["EGY"]


def test_a_minister_in_a_place_that_leads_the_sentence_is_of_that_place() -> None:
    text = (
        "ADDIS ABABA, Ethiopia (AP) -- Ethiopia said on Monday it had repelled an attack. Ethiopia sent troops. In Asmara, "
        "Information Minister Yonas Ghebre denied it.\n"
    )
    assert countries(text, "Yonas Ghebre") == ["ERI"]


def test_a_dateline_where_organisations_sit_says_little() -> None:
    text = (
        "BRUSSELS, June 12 (Reuters) - The European Commission threatened on Wednesday to tax Chinese steel. Trade "
        "Commissioner Ilse Brandt said talks with Commerce Minister Liu Guang had failed. China was angry.\n"
    )
    assert countries(text, "Ilse Brandt", "Liu Guang") == ["IGO", "CHN"]


def test_a_republican_is_of_the_state_of_the_party() -> None:
    text = "The United States armed Taiwan. Taiwan gave thanks. Mark Dolan, a Republican, spoke in Taiwan; Taiwan cheered."
    assert countries(text, "Mark Dolan") == ["USA"]


def test_an_office_before_a_comma_is_read_behind_a_verb() -> None:
    text = "Haitian Prime Minister Alix Laguerre dismissed the police chief, Frantz Petit, on Monday. Petit left."
    body, actors = resolved(text)
    start = body.index("the police chief")
    (chief,) = actors.at(start, start + len("the police chief"))
    assert (chief.actor, countries(text, "Frantz Petit")) == ("HTI.COP.frantz-petit", ["HTI"])
