"""Past or future by the verbs around an expression: "will visit in May" looks forward, "arrived on May 9" back.

A scan of at most sixteen words before and eight after, inside the sentence; the nearest sure sign wins.
"""

from __future__ import annotations

from dragoman.coding.time_lexicon import Tokens

_MODALS = frozenset("will shall 'll won't would could may might should can must".split())
_FUTURE = frozenset("will shall 'll won't would plans upcoming forthcoming deadline until till by payable effective tomorrow soon scheduled slated due".split())
_PLANS = frozenset(
    "expected expects expect scheduled planned plans plan planning slated due set agreed agrees hopes hope hoped wants want intends intend intended "
    "decided promised promises threatened threatens vowed vows pledged invited prepares preparing proposes proposed aims likely ready poised is are "
    "was were needs has have had going about bid effort".split()
)
_PAST = frozenset(
    "was were had did said told met went came took made held began fell rose gave left won lost sent shot broke became saw got brought fled flew "
    "spoke wrote hit struck fought led found kept knew felt stood put ran hurt beat bought sold built caught dealt drew drove grew laid lay paid "
    "quit read sank sat sought shook showed shut slid spent spread stole swore taught threw tore understood withdrew woke bore bound cut died "
    "since ago been overthrew underwent undertook withheld upheld sprang won thought".split()
)
_NOT_PAST = frozenset(
    "need needs indeed speed exceed proceed succeed united red seed feed bed hundred sacred naked kindred wicked armed related sophisticated "
    "limited shed wed led-up advanced exiled unprecedented so-called alleged supposed proposed planned expected scheduled".split()
)
_DETERMINERS = frozenset("the a an his her its their our this that these those all each".split())


def _past_word(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)


def _sign(t: Tokens, i: int, end: int) -> str | None:
    """What the word at ``i`` says about the time of its clause."""
    word = t.words[i]
    if word in _FUTURE:
        return "future"
    if word == "to" and i + 1 < end and t.codes[i + 1] == "w" and t.words[i + 1] not in _DETERMINERS and not t.words[i + 1].endswith(("ing", "s")):
        return "future" if any(w in _PLANS for w in t.words[max(0, i - 3) : i]) or t.sentence[max(i - 4, 0)] != t.sentence[i] else None
    if _past_word(word):
        helped = t.words[max(0, i - 3) : i]
        if any(w in _MODALS for w in helped) or ("to" in helped and "be" in helped):
            return "future"
        if word in _PLANS and i + 1 < end and t.words[i + 1] in ("to", "for") and word not in ("agreed", "was", "were", "had", "decided"):
            return "future"
        if word in ("was", "were", "had") and i + 2 < end and (t.words[i + 1] in ("to", "due", "scheduled", "expected", "set") or t.words[i + 2] == "to"):
            return None
        return "past"
    if word in ("expected", "planned", "proposed") and i + 1 < end and t.words[i + 1] in ("to", "for", "in", "on", "by"):
        return "future"
    if word in ("is", "are") and i + 1 < end and t.words[i + 1].endswith("ing"):
        return "future"
    return None


def tense(t: Tokens, first: int, end: int) -> str | None:
    """"past", "future" or None for the expression of tokens ``first`` to ``end``."""
    here = t.sentence[first]
    size = len(t.words)
    for i in range(first - 1, max(first - 17, -1), -1):
        if t.sentence[i] != here:
            break
        sign = _sign(t, i, size)
        if sign:
            return sign
    for i in range(end, min(end + 9, size)):
        if t.sentence[i] != here:
            break
        sign = _sign(t, i, size)
        if sign:
            return sign
    return None
