"""English plurals of the words for offices and persons: enough for the codebook, no general inflector."""

from __future__ import annotations

_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "policeman": "policemen",
    "thief": "thieves",
}
_POSTPOSED = ("-general", "-designate", "-elect")


def plural(words: str) -> str:
    """The plural of a noun phrase: of its head, which stands before "of" and before a following "-general"."""
    for mark in (" of ", " in ", " for ", "-in-", " at "):
        head, found, rest = words.partition(mark)
        if found:
            return plural(head) + found + rest
    for tail in _POSTPOSED:
        if words.endswith(tail):
            return plural(words[: -len(tail)]) + tail
    *before, last = words.split(" ")
    return " ".join((*before, _word(last)))


def _word(word: str) -> str:
    for singular, many in _IRREGULAR.items():
        if word == singular or (word.endswith(("man", "woman")) and word.endswith(singular)):
            return word[: len(word) - len(singular)] + many
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"
