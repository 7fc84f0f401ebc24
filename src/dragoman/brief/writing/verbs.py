"""The verbs that the writer can tell, by root, and the verb group of a clause: helpers, tense, negation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.brief import english

BY_ROOT = {
    "AGREE": "agree sign initial ratify promise pledge vow accept approve settle conclude commit reach adopt undertake",
    "CONSULT": "meet visit negotiate discuss talk speak host receive phone telephone call consult arrive travel hold attend "
    "gather mediate fly tour confer begin resume open lead greet convene",
    "SUPPORT": "support back praise endorse recognise recognize apologise apologize congratulate welcome defend "
    "thank hail laud "
    "applaud commend express voice honour honor justify celebrate reaffirm vow pledge reiterate",
    "CONCEDE": "release free allow permit ease lift grant drop pardon relax waive remove yield concede suspend",
    "COOPERATE": "cooperate work trade share join extradite conduct sell buy export import launch deepen "
    "strengthen expand develop "
    "establish build coordinate participate complete carry hold normalise normalize restore",
    "AID": "aid help send deliver provide donate fund assist evacuate give supply train arm finance lend rescue offer pledge",
    "RETREAT": "withdraw retreat leave surrender return pull evacuate repatriate disarm dismantle",
    "REQUEST": "ask demand urge call appeal request seek invite propose press order insist require recommend",
    "ACCUSE": "accuse blame criticise criticize condemn denounce allege charge sue investigate indict slam "
    "attack deplore rebuke "
    "claim label",
    "REJECT": "reject refuse deny dismiss veto oppose decline block defy violate ignore rule",
    "THREATEN": "threaten warn caution vow",
    "PROTEST": "protest demonstrate march boycott strike riot rally burn",
    "SANCTION": "sanction impose expel suspend cut ban blacklist recall sever cancel halt freeze raise tighten "
    "withhold end levy designate",
    "MOBILIZE": "deploy mobilise mobilize move station send place put",
    "COERCE": "arrest detain seize ban jail deport imprison block censor shut close impose sentence hold capture "
    "convict execute",
    "ASSAULT": "attack invade bomb kill shell shoot strike launch fire capture occupy destroy wound hit "
    "assassinate raid target "
    "bombard torture kidnap fight advance shoot injure murder carry",
}
ROOTS_OF: dict[str, frozenset[str]] = {}
for _root, _verbs in BY_ROOT.items():
    for _verb in _verbs.split():
        ROOTS_OF[_verb] = ROOTS_OF.get(_verb, frozenset()) | {_root}
FORMS = english.forms(ROOTS_OF)
OTHERS = (
    "airlift assess attempt become begin break bring carry cause change consider continue contribute cost cover crack create "
    "cross decide declare describe deteriorate devote discover display enter erupt escalate examine exchange expose express "
    "extend face fail fall favour favor find flare focus follow form foster gain get have identify improve include increase "
    "intensify intercept interfere intervene issue keep lose maintain make mark mention miss monitor name note outline pass "
    "patrol pay place play postpone prepare present prevent produce prompt publish pursue push question reassess reduce refer "
    "remain replace reply request rescind respond result reveal review revive rise rule run save serve set settle show signal "
    "sink spark spread stage start step stop submit test top transfer trigger try turn undergo undermine use vote weaken win "
    "worsen write wound withdraw"
)
EVERY_FORM = english.forms((*ROOTS_OF, *OTHERS.split()))
"""With verbs that tell no root by themselves but carry a noun that does: "paid a visit to", "exchanged gunfire with"."""

_CHAIN = re.compile(
    r"(?:\s*\b(?:ha[sd]|have|having|is|are|was|were|be|been|being|will|would|could|can|may|might|should|must|shall|did|does|do|"
    r"not|never|to|(?:has|had|have|is|are|was|were|do|does|did|would|could|wo|ca|should)n['’]t|cannot|"
    r"plans?|planned|intends?|intended|expected|set|due|scheduled|agreed|"
    r"also|later|now|then|again|already|once|twice|personally|together|both|each|all|jointly|formally|still|just|soon|even|"
    r"(?!ally\b|rally\b|july\b|reply\b|supply\b|family\b|assembly\b)[a-z]+ly)\b)*\s*",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(could|would|may|might|should|can|must)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(will|shall|wo|to|plans?|planned|intends?|intended|expected|set|due|scheduled)\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot\b|n['’]t\b|\bnever\b|\bcannot\b", re.IGNORECASE)
_BE = re.compile(r"\b(is|are|was|were|be|been|being)\b", re.IGNORECASE)
_HAVE = re.compile(r"\b(has|have|had)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group as it stands: its offsets in the sentence, the verb's base, and what its helpers say.

    ``modality`` is that of the helpers alone; ``passive`` a form of to be before a past participle.
    """

    start: int
    verb_start: int
    end: int
    base: str
    helpers: str
    modality: str
    passive: bool
    ongoing: bool

    def told(self, plural: bool) -> str | None:
        """The verb group for a subject of its own: past where it happened, ``plans to`` where it lies ahead."""
        if self.modality == "planned":
            return f"{'plan' if plural else 'plans'} to {self.base}"
        if self.modality == "denied":
            return f"did not {self.base}" if not _MODAL.search(self.helpers) else None
        if self.modality == "hypothetical":
            modal = _MODAL.search(self.helpers)
            return f"{modal[1].lower()} {self.base}" if modal else None
        if self.ongoing and not re.search(r"\b(?:was|were|had)\b", self.helpers, re.IGNORECASE):
            return f"{'are' if plural else 'is'} {english.gerund(self.base)}"
        return english.past(self.base)


def group(sentence: str, at: int, known: Mapping[str, tuple[str, frozenset[str]]] = FORMS) -> Group | None:
    """The verb group that begins at ``at``, or None where no verb that the writer knows stands there."""
    chain = _CHAIN.match(sentence, at)
    begin = chain.end() if chain else at
    helpers = sentence[at:begin]
    word = _WORD.match(sentence, begin)
    if word is None or word[0] not in known:
        if (own := re.search(r"\b(?:has|have|had)(?=\s+$)", helpers)) is None or "have" not in known:
            return None
        begin, helpers, word = at + own.start(), helpers[: own.start()], own  # "had talks": no helper but the verb
    base, kinds = known[word[0]]
    be, have = _BE.search(helpers), _HAVE.search(helpers)
    passive = bool(be) and "participle" in kinds
    ongoing = bool(be) and "gerund" in kinds
    if not passive and not ongoing and not _finite(helpers, kinds, have is not None):
        return None
    modality = "happened"
    if _NOT.search(helpers):
        modality = "denied"
    elif _MODAL.search(helpers):
        modality = "hypothetical"
    elif _AHEAD.search(helpers):
        modality = "planned"
    return Group(at, begin, begin + len(word[0]), base, helpers, modality, passive, ongoing)


def _finite(helpers: str, kinds: frozenset[str], have: bool) -> bool:
    """Whether the form fits its helpers: no bare gerund, no bare base after a singular name."""
    if _MODAL.search(helpers) or _AHEAD.search(helpers) or re.search(r"\b(?:do|does|did)", helpers, re.IGNORECASE):
        return "base" in kinds
    if have:
        return "participle" in kinds
    return bool(kinds & {"past", "third", "base"})
