"""Actors inside an article: names, short names, pronouns, descriptions, places; one actor, one id."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import codebook
from dragoman.coding.actors.implied import Side
from dragoman.coding.actors.resolver import ArticleActors, Resolver
from dragoman.records import ActorRef, Article, Interval, Sentence, content_id

RESOLVER = Resolver(codebook.load())


def article(text: str, published: str | None = "2016-05-01") -> Article:
    rows, start = [], 0
    for piece in re.split(r'(?<=[.!?])\s+(?=[A-Z"])|(?<=[.!?]")\s+(?=[A-Z"])', text):
        begin = text.index(piece, start)
        start = begin + len(piece)
        rows.append(Sentence(len(rows), "body", begin, start))
    date = Interval(published, published, "day", "metadata") if published else None
    return Article(content_id(text), None, None, (), "en", None, date, (), None, text, tuple(rows))


def who(actors: ArticleActors, text: str, words: str, nth: int = 0) -> tuple[ActorRef, ...]:
    start = [m.start() for m in re.finditer(rf"\b{re.escape(words)}\b", text)][nth]
    return actors.at(start, start + len(words))


def countries(text: str, words: str, nth: int = 0) -> list[str | None]:
    return [r.country for r in who(RESOLVER.article(article(text)), text, words, nth)]


def test_a_surname_later_is_the_same_person() -> None:
    text = "Icelandic Foreign Minister Jon Bergsson flew to Oslo. Bergsson met Norwegian officials. Mr. Bergsson then left."
    actors = RESOLVER.article(article(text))
    ids = {
        r.actor
        for nth, words in enumerate(["Jon Bergsson", "Bergsson", "Mr. Bergsson"])
        for r in who(actors, text, words, int(nth == 1))
    }
    assert ids == {"ISL.GOV.jon-bergsson"}


def test_a_family_name_before_the_full_name_is_the_same_person() -> None:
    text = "Chinese President Xi arrived on Monday. Later Xi Jinping met the Peruvian president. Xi left on Friday."
    actors = RESOLVER.article(article(text))
    assert {r.actor for words in ("Chinese President Xi", "Xi Jinping") for r in who(actors, text, words)} == {
        "CHN.GOV.xi-jinping"
    }


def test_a_person_of_a_country_is_of_that_country() -> None:
    text = "Prime Minister Anne Moreau of Canada spoke with President Kofi Mensah of Ghana."
    assert (countries(text, "Anne Moreau"), countries(text, "Kofi Mensah")) == (["CAN"], ["GHA"])


def test_each_of_a_list_has_what_one_says_for_all() -> None:
    text = "Pakistani and Uzbek militants fled. The foreign ministers of Chad, Niger and Mali met."
    actors = RESOLVER.article(article(text))
    fighters = who(actors, text, "Pakistani and Uzbek militants")
    assert [(r.country, r.sector) for r in fighters] == [("PAK", "REB"), ("UZB", "REB")]
    assert countries(text, "The foreign ministers of Chad, Niger and Mali") == ["TCD", "NER", "MLI"]


def test_two_persons_joined_by_and_are_two() -> None:
    assert countries("Angela Merkel and Francois Hollande flew to Minsk.", "Angela Merkel and Francois Hollande") == [
        "DEU",
        "FRA",
    ]


def test_a_first_name_is_no_state() -> None:
    text = "Chad Thompson repaired the roof. Kenya Moore, who sings, left."
    assert (countries(text, "Chad Thompson"), countries(text, "Kenya Moore")) == ([None], [None])


def test_a_president_is_no_town_of_that_name() -> None:
    actors = RESOLVER.article(article(text := "On Friday President Bush spoke of the axis.", "2002-02-01"))
    (bush,) = who(actors, text, "President Bush")
    assert (bush.country, actors.table([bush])[0].name) == ("USA", "George W. Bush")


def test_a_president_named_behind_a_comma_is_no_town() -> None:
    text = "Egypt had agreed. In a speech at the Pentagon, Bush hinted that the troops would stay."
    actors = RESOLVER.article(article(text, "1990-08-20"))
    assert [r.country for r in who(actors, text, "Bush")] == ["USA"]


def test_a_broadcaster_is_of_the_nationality_before_it_not_of_a_word_of_its_name() -> None:
    text = "A plane had crashed, according to Honduran radio station Radio America."
    assert countries(text, "Honduran radio station Radio America") == ["HND"]


def test_a_report_is_of_the_organisation_in_front_of_its_title() -> None:
    text = "The drug is sold in Peru, according to the United Nations 2012 World Drug Report."
    assert countries(text, "United Nations 2012 World Drug Report") == ["IGO"]


def test_a_description_means_the_one_who_was_described_so() -> None:
    text = (
        "Municipal commissioner Major Ravi Pathak spoke. Police Commissioner J.K. Menon came. The municipal commissioner left."
    )
    actors = RESOLVER.article(article(text))
    assert who(actors, text, "The municipal commissioner")[0].actor == who(actors, text, "Ravi Pathak")[0].actor


def test_a_month_is_a_person_where_the_article_names_her() -> None:
    text = "Theresa May flew to Berlin in May. May said that Britain would leave."
    actors = RESOLVER.article(article(text, "2017-05-20"))
    assert [r.country for r in who(actors, text, "May", 2)] == ["GBR"]


def test_the_other_georgia_is_meant_where_its_neighbours_are_named() -> None:
    assert countries("Voters in Georgia and Florida lined up; Alabama had voted.", "Georgia") == ["USA"]
    assert countries("Voters in Georgia lined up in Tbilisi; Florida had sent observers.", "Georgia") == ["GEO"]


def test_a_town_before_its_state_is_in_that_state() -> None:
    assert countries("Moscow, Idaho, buried its four students.", "Moscow") == ["USA"]


def test_whose_leaders_are_those_of_the_state_before() -> None:
    assert countries("The deal worries Israel, because Iran, whose leaders signed it, has money.", "whose leaders") == ["IRN"]


def test_the_security_council_is_the_united_nations_one() -> None:
    assert countries("Egypt and Israel fought on until the Security Council met.", "Security Council") == ["IGO"]


def test_the_secretary_general_is_of_no_state() -> None:
    text = "Bangladesh accused Myanmar. The Secretary-General, Amina Hale, appealed to Myanmar to let inspectors in."
    assert (countries(text, "The Secretary-General"), countries(text, "Amina Hale")) == (["IGO"], ["IGO"])


def test_a_verb_in_capitals_is_no_name() -> None:
    text = "HONDURAN TROOPS EXCHANGED FIRE WITH NICARAGUAN SOLDIERS. THE HONDURAN GOVERNMENT SENT TROOPS TO MANAGUA."
    actors = RESOLVER.article(article(text))
    found = [[m.text for m in actors.candidates(n)] for n in (0, 1)]
    assert found == [["HONDURAN TROOPS", "NICARAGUAN SOLDIERS"], ["THE HONDURAN GOVERNMENT", "TROOPS", "MANAGUA"]]


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    assert countries("Peru and the People’s Republic of China agreed.", "the People’s Republic of China") == ["CHN"]


def test_a_capitalised_name_of_no_person_is_no_candidate() -> None:
    text = "Peru held a parade for Victory Day in Lima on Friday."
    assert [m.text for m in RESOLVER.article(article(text)).candidates(0)] == ["Peru"]


def test_two_people_of_one_surname_stay_two() -> None:
    text = (
        "Kenyan Finance Minister Peter Otieno spoke first. Ugandan rebel leader Grace Otieno answered in Kampala. "
        "Peter Otieno rejected it. Grace Otieno laughed."
    )
    assert countries(text, "Peter Otieno", 1) == ["KEN"]
    assert countries(text, "Grace Otieno", 1) == ["UGA"]


def test_an_apposition_behind_the_name_is_read() -> None:
    text = "Marta Lindqvist, a spokeswoman for the Swedish army, denied it. Lindqvist gave no details."
    (ref,) = who(RESOLVER.article(article(text)), text, "Lindqvist", 1)
    assert (ref.country, ref.sector) == ("SWE", "MIL")


def test_he_is_the_subject_of_the_sentence_before() -> None:
    text = "Peruvian President Luis Quispe met Chilean President Ana Rojas on Friday. He offered a treaty."
    assert countries(text, "He") == ["PER"]


def test_she_is_not_a_man() -> None:
    text = "Estonian Minister Mrs Kadri Tamm met Latvian Minister Mr Janis Ozols. Mr Ozols listened while she spoke."
    assert countries(text, "she") == ["EST"]


def test_the_president_is_the_one_of_the_article() -> None:
    text = "Zambian President Moses Banda arrived on Monday. Crowds waved flags. The president thanked them."
    assert countries(text, "The president") == ["ZMB"]


def test_the_two_countries_are_both_named_states() -> None:
    text = "Peru and Chile signed a treaty on fishing. The two countries had quarrelled for years."
    assert sorted(countries(text, "The two countries"), key=str) == ["CHL", "PER"]


def test_the_two_countries_are_those_named_side_by_side() -> None:
    text = "Norwegian engineers built wells in Kenya and Tanzania. Norway gave more to the two countries this year."
    assert sorted(countries(text, "the two countries"), key=str) == ["KEN", "TZA"]


def test_bare_police_belong_to_the_country_of_the_article() -> None:
    text = "Thousands marched through Nairobi on Monday against the Kenyan government. Police fired tear gas at them."
    assert countries(text, "Police") == ["KEN"]


def test_we_in_a_telegram_is_the_government_that_wrote_it() -> None:
    text = "Telegram From the Embassy in Peru to the Norwegian Foreign Ministry. We urge caution in the talks with Lima."
    assert countries(text, "We") == ["NOR"]


def test_we_in_a_quotation_is_the_speaker() -> None:
    text = 'Chilean Defence Minister Rosa Vidal was firm. "We will not leave," Vidal said.'
    assert countries(text, "We") == ["CHL"]


def test_we_of_an_unknown_speaker_is_of_the_country_that_the_text_is_clearly_about() -> None:
    text = "The Kenyan parliament met in Nairobi. Kenya's budget is late. Shall we wait for another Kenyan election?"
    assert countries(text, "we") == ["KEN"]


def test_we_of_an_unknown_speaker_among_several_countries_is_nobody() -> None:
    text = "Kenya, Ghana, Peru and Norway sent delegates. Somebody asked what we should do."
    assert countries(text, "we") == []


def test_a_body_named_after_its_state_is_of_it() -> None:
    text = "The U.S. Ocean Survey measured waves off Puerto Rico. The United States Ocean Survey will return to Puerto Rico."
    assert countries(text, "The U.S. Ocean Survey") == countries(text, "The United States Ocean Survey") == ["USA"]


def test_a_person_named_behind_the_state_where_they_are_is_not_of_it_by_that() -> None:
    text = "Norwegian Prime Minister Kari Lund toured Asia. In China Kari Lund met nobody."
    assert countries(text, "Kari Lund", 1) == ["NOR"]


def test_short_names_of_the_cables_are_states() -> None:
    text = "ChiComs fired on the islands. The United States told Taiwan that the GRC would be supplied."
    assert (countries(text, "ChiComs"), countries(text, "the GRC")) == (["CHN"], ["TWN"])


def test_an_ambiguous_short_name_is_the_state_that_the_text_names() -> None:
    text = "Ships of the GRC left Athens. Greece said the GRC would protect its islands."
    assert countries(text, "the GRC") == ["GRC"]


def test_a_longer_name_that_begins_as_a_kings_does_is_another_person() -> None:
    text = "Guatemalan officials were charged. Juan Carlos Paredes fled Guatemala."
    assert countries(text, "Juan Carlos Paredes") == ["GTM"]


def test_a_surname_that_is_a_capitals_name_is_the_person_named_before() -> None:
    text = "Salvadoran police chief Marco Tulio Lima spoke in San Salvador. Lima praised the officers."
    actors = RESOLVER.article(article(text))
    assert {r.actor for w, n in (("Marco Tulio Lima", 0), ("Lima", 1)) for r in who(actors, text, w, n)} == {
        "SLV.COP.marco-tulio-lima"
    }


def test_a_capital_stays_one_where_nobody_is_called_so() -> None:
    text = "Salvadoran police chief Marco Tulio Paredes flew abroad. Lima praised the officers."
    assert countries(text, "Lima") == ["PER"]


def test_allies_of_a_state_are_other_states_those_of_a_person_may_be_at_home() -> None:
    text = "Norway asked its allies for help. Kenyan President Jane Otieno thanked her allies."
    assert (countries(text, "its allies"), countries(text, "her allies")) == ([None], ["KEN"])


def test_an_adjective_before_somebodys_people_is_theirs() -> None:
    text = "Turkish Lindqvist aides flew home. Swedish Prime Minister Eva Lindqvist stayed. Lindqvist said so."
    assert countries(text, "Lindqvist", 2) == ["SWE"]


def test_who_served_an_organisation_once_is_not_of_it() -> None:
    text = "Russian envoy Ivan Sorokin left. Ivan Sorokin, a former deputy secretary-general of the United Nations, is ill."
    assert countries(text, "Ivan Sorokin", 1) == ["RUS"]


def test_a_minister_with_a_charge_in_small_letters_is_of_the_adjective_before_it() -> None:
    text = "Greece signed in Athens. Italian economic development minister Carlo Bianchi wrote to Greece."
    assert countries(text, "Carlo Bianchi") == ["ITA"]


def test_office_holders_told_together_are_of_one_state() -> None:
    text = "In Athens met Israeli prime minister Avi Shalev and energy minister Dan Peled, and Greek officials."
    assert countries(text, "Dan Peled") == ["ISR"]


def test_what_a_state_runs_is_of_it() -> None:
    text = "Venezuelan police said Chinese-run gangs were in Venezuela."
    assert countries(text, "Chinese-run gangs") == ["CHN"]


def test_police_are_no_former_police_agent() -> None:
    text = "Honduras extradited a former police intelligence agent. Honduran gangs fled. Police found a photo."
    (ref,) = who(RESOLVER.article(article(text)), text, "Police")
    assert (ref.actor, ref.sector) == ("HND.COP.police", "COP")


def test_its_government_is_that_of_the_state_before() -> None:
    text = "Finland closed the border on Monday. Its government said the step was needed."
    assert countries(text, "Its government") == ["FIN"]


def test_an_acronym_in_brackets_stands_for_the_name() -> None:
    text = "The Ghanaian Water Commission (GWCX) raised prices. The GWCX said so on Friday."
    (ref,) = who(RESOLVER.article(article(text)), text, "The GWCX")
    assert ref.country == "GHA"


def test_a_capital_as_a_place_is_no_candidate_but_as_a_government_it_is() -> None:
    text = "The envoy arrived in Moscow on Monday. Moscow signalled that talks between Beijing and Moscow would go on."
    actors = RESOLVER.article(article(text))
    assert "Moscow" not in [m.text for m in actors.candidates(0)]
    assert [m.text for m in actors.candidates(1) if m.text in ("Moscow", "Beijing")] == ["Moscow", "Beijing", "Moscow"]


def test_a_state_is_one_actor_under_all_its_names() -> None:
    text = "Washington protested. The United States recalled its envoy. The U.S. government left. The White House was silent."
    actors = RESOLVER.article(article(text))
    found = [
        who(actors, text, words)[0].actor
        for words in ("Washington", "The United States", "The U.S. government", "The White House")
    ]
    assert found == ["USA"] * 4


def test_table_gives_every_actor_once_with_its_mentions_in_order() -> None:
    text = "Peru protested. Chile answered Peru on Friday."
    actors = RESOLVER.article(article(text))
    refs = [*who(actors, text, "Chile"), *who(actors, text, "Peru"), *who(actors, text, "Peru", 1)]
    table = actors.table(refs)
    assert [a.id for a in table] == ["PER", "CHL"]
    assert [m.text for m in table[0].mentions] == ["Peru", "Peru"]


def test_upper_case_and_lower_case_texts_are_read() -> None:
    assert countries("CHILEAN POLICE ARRESTED TWO MEN IN SANTIAGO ON FRIDAY.", "CHILEAN POLICE") == ["CHL"]
    low = "the chilean police arrested two men in santiago on friday. " * 6
    assert countries(low.strip(), "chilean police") == ["CHL"]


@pytest.mark.parametrize(
    ("text", "other", "meant"),
    [
        ("Norway expelled two envoys of Chile. Norway gave no reason. The ban on Chile goes on.", "CHL", "NOR"),
        ("It rained in the valley. A ban followed.", None, None),
    ],
)
def test_a_side_without_words_is_the_likeliest_of_those_named_elsewhere(
    text: str, other: str | None, meant: str | None
) -> None:
    actors = RESOLVER.article(article(text))
    refs = [] if other is None else [ActorRef(other, None, None, None, other, "GOV")]
    found = actors.implied(text.count(".") - 1, Side("SANCTION", False, refs))
    assert (None if found is None else found.actor) == meant


def test_a_side_without_words_is_left_open_where_no_country_is_likelier_than_the_rest() -> None:
    text = "Peru, Chile, Kenya and Norway met Mali, Chad and Niger. A ban followed."
    assert RESOLVER.article(article(text)).implied(1, Side("SANCTION", False, ())) is None


def test_who_speaks_of_our_foreign_friends_is_none_of_them() -> None:
    text = "Xi Jinping met Vladimir Putin. Xi smiled. “With our Chinese friends we keep the peace,” he said."
    actors = RESOLVER.article(article(text))
    at = text.rindex("he said")
    assert [r.country for r in actors.at(at, at + 2)] == ["RUS"]


def test_the_same_article_gives_the_same_actors() -> None:
    text = "Peru and Chile signed a treaty. Both countries and the police praised President Luis Quispe. He smiled."
    first, second = (RESOLVER.article(article(text)) for _ in range(2))
    assert [first.candidates(i) for i in range(3)] == [second.candidates(i) for i in range(3)]
    assert first.implied(2, Side("ASSAULT", True, ())) == second.implied(2, Side("ASSAULT", True, ()))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("abcdeMNOPT .,'\"“”()-–’1234\nüİ中"), max_size=200))
def test_any_article_is_read_and_spans_are_true(text: str) -> None:
    one = Article(content_id(text), None, None, (), "en", None, None, (), None, text, (Sentence(0, "body", 0, len(text)),))
    actors = RESOLVER.article(one)
    assert all(text[m.start : m.end] == m.text for m in actors.candidates(0))
    assert isinstance(actors.at(0, len(text)), tuple)


def test_a_pronoun_agrees_in_sex_number_and_kind() -> None:
    text = "President Ana Vega of Peru met NATO in Lima."
    actors = RESOLVER.article(article(text))
    (vega,), (nato,) = who(actors, text, "President Ana Vega"), who(actors, text, "NATO")
    assert [actors.agrees(vega, p) for p in ("she", "he", "it")] == [True, False, False]
    assert [actors.agrees(nato, p) for p in ("she", "it", "they")] == [False, True, True]
    assert not actors.agrees(ActorRef(None, "someone", 0, 7, None, None), "he")


def test_an_order_at_the_head_of_a_quotation_is_no_name_and_a_title_begins_a_person() -> None:
    text = 'Picture: Harbour Press Mr Dahl arrived from Norway. "Hire me," Mr Dahl told Chile.'
    actors = RESOLVER.article(article(text))
    assert {r.actor for nth in (0, 1) for r in who(actors, text, "Mr Dahl", nth)} == {who(actors, text, "me")[0].actor}


def test_exiles_and_ethnic_groups_are_of_where_they_live() -> None:
    text = "Chilean exiles in Sweden marched on Friday. Ethnic Hungarians in Romania watched. Oslo-based exiles stayed at home."
    assert countries(text, "Chilean exiles in Sweden") == ["SWE"]
    assert countries(text, "Ethnic Hungarians in Romania") == ["ROU"]
    assert countries(text, "Oslo-based exiles") == ["NOR"]


def test_relatives_in_a_country_are_of_that_country() -> None:
    text = "Peruvian farmer Luis Quispe wept in Lima. Quispe's relatives in Canada sent money. Quispe's relatives wrote."
    assert countries(text, "Quispe's relatives in Canada") == ["CAN"]
    assert countries(text, "Quispe's relatives", 1) == ["PER"]


def test_we_in_a_numbered_memorandum_is_the_government_of_who_wrote_it() -> None:
    text = "33. Memorandum From Acting Secretary of State Herter to President QuistSource: Central Files. We urge Bulgaria on."
    actors = RESOLVER.article(article(text, None))
    assert [r.country for r in who(actors, text, "We")] == ["USA"]


def test_acting_before_an_office_is_no_name() -> None:
    text = "Chile and Peru talked. Acting Peruvian President Ana Vega met Acting Prime Minister Jon Bergsson of Iceland."
    assert (countries(text, "Ana Vega"), countries(text, "Jon Bergsson")) == (["PER"], ["ISL"])


def test_the_three_countries_are_those_of_the_last_list() -> None:
    text = (
        "Iceland urged patience. Poland, Hungary and Malta joined the pact on Friday. The three countries had waited. The three"
    )
    text += " were glad, Iceland said."
    for words in ("The three countries", "The three"):
        assert sorted(countries(text, words, int(words == "The three")), key=str) == ["HUN", "MLT", "POL"]


def test_each_side_and_the_leaders_of_two_countries_are_both() -> None:
    text = "Peru and Chile signed a treaty. Each side claimed a victory. The leaders of the two countries embraced."
    assert sorted(countries(text, "Each side"), key=str) == ["CHL", "PER"]
    assert sorted(countries(text, "The leaders of the two countries"), key=str) == ["CHL", "PER"]


def test_who_serves_an_organisation_of_states_is_of_no_state() -> None:
    text = "Anna Holm, the Secretary-General's special envoy, is in Liberia. An American leader of a U.N. team flew to Iraq."
    assert countries(text, "Anna Holm") == ["IGO"]
    assert countries(text, "An American leader of a U.N. team") == ["IGO"]


def test_the_nationality_of_the_first_of_two_callings_counts() -> None:
    text = "Peruvian journalist and author Luis Quispe wrote to the United States. Quispe waited for a reply."
    assert countries(text, "Quispe", 1) == ["PER"]


def test_who_is_told_something_is_not_who_speaks() -> None:
    text = 'Peruvian trader Luis Quispe told AFP that prices fell. "I sold all my sheep," he told AFP.'
    assert countries(text, "I") == ["PER"]


def test_nobody_is_no_name() -> None:
    text = "Nobody was hurt in Norway. Nothing came of it in Sweden."
    actors = RESOLVER.article(article(text))
    named = {text[m.start : m.end] for s in article(text).sentences for m in actors.candidates(s.i)}
    assert "Norway" in named
    assert not named & {"Nobody", "Nothing"}


def test_a_counterpart_is_of_another_state_than_the_one_who_has_it() -> None:
    text = "Malaysia held Indonesian boats. Foreign Minister Ratna Wulandari telephoned her Malaysian counterpart, Azlan Harun."
    assert (countries(text, "Ratna Wulandari"), countries(text, "Azlan Harun")) == (["IDN"], ["MYS"])


def test_a_nationality_told_second_is_not_that_of_the_colleague_before() -> None:
    text = "Prime Minister Norhayati Salleh and Indonesian President Bagus Pranoto signed an agreement on Tuesday."
    assert (countries(text, "Norhayati Salleh"), countries(text, "Bagus Pranoto")) == ([None], ["IDN"])
    told = "Indonesia and Malaysia agreed. " + text
    assert countries(told, "Norhayati Salleh") == ["MYS"]


def test_a_nationality_told_first_counts_for_both() -> None:
    text = "Indonesian President Bagus Pranoto and Prime Minister Sari Lubis signed an agreement with Malaysia."
    assert (countries(text, "Bagus Pranoto"), countries(text, "Sari Lubis")) == (["IDN"], ["IDN"])


def test_a_capital_named_like_another_states_city_follows_the_article() -> None:
    text = "Malaysia seized boats off Penang. A court in George Town fined the captains."
    assert countries(text, "A court in George Town") == ["MYS"]


def test_both_sides_whom_another_turns_to_are_the_others() -> None:
    text = "Pakistan recalled its envoy from India. The United States urged both sides to show restraint."
    assert sorted(map(str, countries(text, "both sides"))) == ["IND", "PAK"]
    text = "Chad and Sudan traded fire. Libya and Egypt talked. Egypt urged both countries to stop."
    assert sorted(map(str, countries(text, "both countries"))) == ["SDN", "TCD"]


def test_both_sides_of_a_proposal_are_with_the_one_who_makes_it() -> None:
    text = "Kenya wrote to Somalia. Kenya has made a proposal for both sides to halt the patrols."
    assert sorted(map(str, countries(text, "both sides"))) == ["KEN", "SOM"]


def test_a_span_of_nothing_but_joining_words_is_no_list() -> None:
    text = "Chad, and Niger, agreed."
    joined = RESOLVER.article(article(text)).at(text.index(", and"), text.index(" Niger"))
    assert all(ref.country in ("TCD", "NER", None) for ref in joined)


def test_who_and_which_are_the_actor_before_them() -> None:
    text = "Iran, which shot down an Omani drone, thanked Egypt, to which Chad had sent an envoy. Rwandan soldiers who sat."
    assert (countries(text, "which"), countries(text, "which", 1), countries(text, "who")) == (["IRN"], ["EGY"], ["RWA"])


def test_which_of_a_thing_is_nobody() -> None:
    assert countries("Iran praised the plan which Oman had made.", "which") in ([], [None])


def test_others_named_behind_a_comma_are_not_the_name_before() -> None:
    text = "Libya voted ten months after the fall of Karim Haddad, journalists from France wrote. Haddad had ruled Libya."
    assert countries(text, "Karim Haddad") == ["LBY"]


def test_a_son_by_his_first_name_is_no_office_holder() -> None:
    text = "The U.S. Senate met. He thanked Don's wife, Alison, and his son, Graham."
    assert [r.actor for r in who(RESOLVER.article(article(text)), text, "Graham")] != ["USA.LEG.lindsey-graham"]


def test_us_before_a_dollar_sign_is_money() -> None:
    assert "USA" not in countries("Taiwan borrowed US$44 million.", "US")


def test_he_is_no_town() -> None:
    text = "Khaled comes from Sabah, a city in southern Libya. However he told reporters that Chad had sent food."
    assert [r.actor and "khaled" in r.actor for r in who(RESOLVER.article(article(text)), text, "he")] == [True]


def test_who_is_unknown_is_of_no_country() -> None:
    text = "A Bolivian judge was shot dead by unidentified gunmen. Persons unknown had followed her."
    assert countries(text, "unidentified gunmen") == [None]
    assert countries(text, "Persons unknown") == [None]


def test_the_office_that_somebody_has_now_counts() -> None:
    text = "Ana Rojas, the former Chilean envoy to Oman and now president of Bolivia, criticised Peru."
    assert countries(text, "Ana Rojas") == ["BOL"]


def test_the_west_is_no_state() -> None:
    text = "Chad became isolated by the West. The West answered with new demands, and the Middle East watched Chad."
    assert countries(text, "the West") == countries(text, "The West") == countries(text, "the Middle East") == [None]


def test_where_somebody_goes_is_not_where_they_are_from() -> None:
    assert countries("The rescue team headed to Chad on Friday. Chad welcomed it.", "The rescue team") == [None]
    assert countries("Chad was quiet. Chadian police said the army headed to Mali.", "the army") == ["TCD"]


def test_the_place_that_leads_a_sentence_says_whose_the_government_is() -> None:
    text = "The Chilean government protested on Monday. Chile closed its ports. In Lima, the government called the step unwise."
    assert countries(text, "the government") == ["PER"]
    assert countries(text, "The Chilean government") == ["CHL"]


def test_all_states_are_no_state() -> None:
    text = "Norway condemned the raid. Oslo called on all states to close their ports."
    assert countries(text, "all states") == [None]
