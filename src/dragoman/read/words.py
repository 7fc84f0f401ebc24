"""Word lists of reading: facts of written English and of the press, as data."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _places(words: str, *, ends: bool) -> dict[str, bool]:
    return dict.fromkeys(words.split(), ends)


# A full stop after these ends no sentence, whatever follows: titles before a name, Latin, references.
NEVER_ENDING_ABBREVIATIONS = _set(
    """mr mrs ms messrs mme mlle dr prof gen sen rep gov lt col capt cpt sgt maj adm cmdr cdr cpl pvt brig st pres rev hon
    amb sec supt det insp asst assoc dep min vp fr msgr hr atty dir gens sens reps govs profs drs vs v viz cf e.g
    i.e ca approx resp incl esp gov't dept mt ft fig figs ex op vol vols chap ch para paras sect art arts ed eds pp
    nos tel ext const pfc lieut comdr ald"""
)
# After these a number belongs to them: "No. 2", "Art. 5".
NUMBER_ABBREVIATIONS = _set("no p nr sec art par cl")
MONTHS = _set("jan feb mar apr jun jul aug sept sep oct nov dec")
# These may end a sentence. True: a place's abbreviation after a comma ("Miami Beach, Fla.") ends it before any capital.
ENDING_ABBREVIATIONS = _places(
    """inc corp co ltd plc llc jr sr bros etc al est ave blvd rd bldg univ assn mfg intl govt natl mos yrs hrs pt lb lbs oz
    sq mi km kg mph ph""",
    ends=False,
) | _places(
    """ala ariz ark calif colo conn del fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev okla ore
    pa penn tenn tex va vt wash wis wyo ont que man sask alta""",
    ends=True,
)
# Capitalised, these begin a sentence far more often than they stand in a name.
STARTERS = _set(
    """the a an in on at by for from with without of to as after before during since until while when where why how what
    which who whose whom if although though because but and or nor yet so then there here this that these those it
    its he his him she her they their them we our you your i my both all some any many most several few each every
    another other others such no not one two three four five six seven eight nine ten also however meanwhile
    moreover still instead thus therefore later earlier today yesterday tomorrow now once only even despite amid
    against among under over about between through according asked speaking last next more much nearly perhaps
    indeed finally first second third let do does did is are was were has have had can could will would should may
    might must just well per unlike like near following given based sources officials"""
)
ZONES_AND_DAYS = _set(
    """EST EDT CST CDT MST MDT PST PDT ET CT MT PT GMT BST CET CEST EET EEST MSK IST JST KST UTC Eastern Central Mountain
    Pacific Greenwich Moscow Beijing London Paris Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue
    Tues Wed Thu Thurs Fri Sat Sun January February March April June July August September October November December
    Jan Feb Mar Apr Aug Sept Oct Nov Dec"""
)
WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday the")
# Before a colon these are speakers or labels, not places.
SPEAKERS = _set(
    """mr mrs ms dr president secretary senator sen rep minister general gen ambassador prime question answer q a moderator
    reporter chairman speaker chancellor king queen judge director spokesperson spokesman spokeswoman host
    interviewer announcer operator the press vice under deputy admiral colonel captain sir lord lady professor prof
    foreign staff man woman voice unidentified participant breaking update exclusive watch video analysis opinion
    comment editorial note warning explainer factbox live read more subject ref to from"""
)
AGENCIES = _set(
    """ap afp reuters upi xinhua tass itar-tass efe dpa ansa kyodo yonhap acan-efe pti ani ians irna cna cnn bernama antara"""
)
# Frequent in English and written so in no other language that newspapers are printed in (as "in" and "is" are).
ENGLISH = _set(
    """the and that with said from this have has had were been which they their would there what when will could should who
    whom its his her him she you your our not but by are after before between against about other than then these
    those while where because into over under during it he for of to on as at"""
)
