"""Past or future by the verbs around an expression: "will visit in May" looks forward, "arrived on May 9" back.

A scan of at most sixteen words before and eight after, inside the sentence: the nearest sure sign wins, else the nearest weak
one.
"""

from __future__ import annotations

from dragoman.coding.times.lexicon import Tokens

_MODALS = frozenset("will shall won't would could may might should can must".split())
_FUTURE = frozenset("will shall won't upcoming forthcoming tomorrow scheduled slated due".split())
_BOUNDS = frozenset("by to through effective payable".split())
_WEAK = frozenset("would could might should".split())
_PLANS = frozenset(
    "expected expects expect scheduled planned plans plan planning slated due set agreed agrees hopes hope hoped wants "
    "want intends intend intended decided promised promises threatened threatens vowed vows pledged invited prepares "
    "preparing proposes proposed aims likely ready poised is are was were needs has have had going about bid effort "
    "agreement deal pact deadline proposal".split()
)
_PAST = frozenset(
    "was were had did said told met went came took made held began fell rose gave left won lost sent shot broke became "
    "saw got brought fled flew spoke wrote hit struck fought led found kept knew felt stood put ran hurt beat bought sold "
    "built caught dealt drew drove grew laid lay paid quit read sank sat sought shook showed shut slid spent spread stole "
    "swore taught threw tore understood withdrew woke bore bound cut died been overthrew underwent undertook withheld "
    "upheld sprang thought".split()
)
_NOT_PAST = frozenset(
    "need needs indeed speed exceed proceed succeed united red seed feed bed hundred sacred naked kindred wicked armed "
    "related sophisticated limited shed wed advanced exiled unprecedented alleged supposed proposed planned expected "
    "scheduled preferred so-called".split()
)
_TIMETABLE = frozenset(
    "arrives begins starts opens departs leaves meets meet visits travels heads hosts votes expires ends gathers convenes "
    "resumes faces flies holds".split()
)
"""Verbs whose present beside a date is a timetable: "arrives on Wednesday"."""
_FUNCTION = frozenset(
    "a an the his her its their our this that these those all each to in on at by for from with as into over against of it "
    "him them".split()
)

Sign = tuple[str | None, bool]
"""Past, future or None, and whether it is sure."""


def past_form(word: str) -> bool:
    """Whether a lower-case word looks like the past of a verb: a form in -ed or one of the common irregular ones."""
    return word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)


def _helped(t: Tokens, i: int) -> bool:
    helped = [t.words[k] for k in range(max(0, i - 3), i) if t.codes[k] not in "M;" and t.sentence[k] == t.sentence[i]]
    return any(w in _MODALS for w in helped) or (helped[-2:] == ["to", "be"])


def _participle(t: Tokens, i: int, end: int) -> Sign:
    """A word in -ed or a past form: past, unless a modal carries it; weak in front of a noun ("preferred shares")."""
    word = t.words[i]
    following = t.words[i + 1] if i + 1 < end else ""
    if _helped(t, i):
        return "future", True
    if word in ("was", "were", "had") and (
        following in ("to", "due", "scheduled", "expected", "set") or (i + 2 < end and t.words[i + 2] == "to")
    ):
        return None, False
    if word in _PAST:
        return "past", True
    adjective = i + 1 < end and t.codes[i + 1] == "w" and following not in _FUNCTION and not following.endswith("ly")
    return "past", not adjective


def _infinitive(t: Tokens, i: int, end: int) -> Sign:
    """ "to visit" after a word of plan or duty, or at the head of a title ("Putin to visit")."""
    if i + 1 >= end or t.codes[i + 1] != "w" or t.words[i + 1] in _FUNCTION or t.words[i + 1].endswith(("ing", "s")):
        return None, False
    if any(w in _PLANS for w in t.words[max(0, i - 3) : i]):
        return "future", True
    return ("future", True) if t.sentence[max(i - 4, 0)] != t.sentence[i] else (None, False)


def _sign(t: Tokens, i: int, end: int) -> Sign:
    """What the word at ``i`` says about the time of its clause."""
    word = t.words[i]
    if word in _FUTURE:
        return "future", True
    if word in _WEAK:
        have = i + 1 < end and t.words[i + 1] == "have"
        return (None, False) if have else ("future", word == "would")
    if word == "to":
        return _infinitive(t, i, end)
    if word in ("since", "ago"):
        return "past", True
    if past_form(word):
        return _participle(t, i, end)
    following = t.words[i + 1] if i + 1 < end else ""
    if word == "plans":
        return ("future", True) if following == "to" else (None, False)
    if word in ("expected", "planned", "proposed"):
        return ("future", True) if following in ("to", "for", "in", "on", "by") else (None, False)
    if word in _TIMETABLE and t.codes[i] == "w":
        return ("future", False)
    if word in ("is", "are", "'re", "am"):
        return ("future", False) if following.endswith("ing") else (None, False)
    return None, False


def tense(t: Tokens, first: int, end: int) -> Sign:
    """Whether the expression of tokens ``first`` to ``end`` lies in the past or the future of its clause, and whether that is
    sure."""
    here, size = t.sentence[first], len(t.words)
    before = t.words[max(first - 3, 0) : first]
    opens = first < 2 or t.sentence[first - 2] != here
    until = before[-1:] in (["until"], ["till"]) and not opens
    if until or before[-2:] == ["ahead", "of"] or before in (["as", "soon", "as"], ["as", "early", "as"]):
        return "future", True
    bound = bool(before) and before[-1] in _BOUNDS and (before[-1] != "to" or t.codes[first] != "D")
    weak: str | None = "future" if bound else None
    governed = False
    for i in (*range(first - 1, max(first - 17, -1), -1), *range(end, min(end + (16 if opens else 9), size))):
        if t.sentence[i] != here:
            continue
        sign, sure = _sign(t, i, size)
        if sign and sure:
            return sign, (weak is None or weak == sign) and not (governed and sign == "past")
        weak = weak or sign
        governed = governed or (
            t.words[i] == "to" and i < first and i + 1 < first and t.codes[i + 1] == "w" and t.words[i + 1] not in _FUNCTION
        )
    return weak, False
