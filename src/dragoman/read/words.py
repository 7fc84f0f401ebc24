"""Word lists of the sentence splitter: facts of written English, as data."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A full stop after these ends no sentence, whatever follows: titles before a name, Latin, references.
NEVER_ENDING_ABBREVIATIONS = _set(
    """mr mrs ms messrs mme mlle dr prof gen sen rep gov lt col capt cpt sgt maj adm cmdr cdr cpl pvt brig st pres rev hon amb sec supt det
    insp asst assoc dep min vp fr sr. msgr hr atty dir gens sens reps govs profs drs vs v viz cf e.g i.e ca approx resp incl esp gov't dept
    mt ft fig figs ex op vol vols chap ch para paras sect art arts ed eds pp nos tel ext sheikh ayatollah const pfc lieut comdr ald mayor."""
)
# After these a number belongs to them: "No. 2", "Art. 5".
NUMBER_ABBREVIATIONS = _set("no p nr sec art par cl")
MONTHS = _set("jan feb mar apr jun jul aug sept sep oct nov dec")
# These may end a sentence. True: a place's abbreviation after a comma ("Miami Beach, Fla.") ends it before any capital.
ENDING_ABBREVIATIONS = {
    **dict.fromkeys(
        """inc corp co ltd plc llc jr sr bros etc al est ave blvd rd bldg univ assn mfg intl govt natl mos yrs hrs
        pt lb lbs oz sq mi km kg mph ph""".split(),
        False,
    ),
    **dict.fromkeys(
        """ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore pa penn
        tenn tex va vt wash wis wyo ont que man sask alta""".split(),
        True,
    ),
}
# Capitalised, these begin a sentence far more often than they stand in a name.
STARTERS = _set(
    """the a an in on at by for from with without of to as after before during since until while when where why how what which who whose
    if although though because but and or nor yet so then there here this that these those it its he his him she her they their them we our us
    you your i my both all some any many most several few each every another other others such no not one two three four five six seven
    eight nine ten also however meanwhile moreover still instead thus therefore later earlier today yesterday tomorrow now once only
    even despite amid against among under over about between through according asked speaking last next more much nearly
    perhaps indeed finally first second third let do does did is are was were has have had can could will would should may might must
    just well per unlike like near following given based sources officials police state foreign"""
) - _set("state foreign police us")
ZONES_AND_DAYS = _set(
    """EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT BST CET CEST EET EEST MSK IST JST KST UTC Eastern Central Mountain Pacific
    Greenwich Moscow Beijing London Paris local Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun
    January February March April June July August September October November December Jan Feb Mar Apr Aug Sept Oct Nov Dec"""
)
