"""Which language a text is in: English by its own small words, else py3langid's model (offline, numpy only)."""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

from dragoman.read.words import ENGLISH

_SAMPLE = 6_000  # characters looked at, from the start: a thousand words decide as well as ten thousand
_ENOUGH = 12  # words from which the share of small words is trusted
_SHARE = 0.14  # of a text's words; 218 of 219 coded articles have .19 or more, sentences in 13 other languages at most .06
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ko": "Korean", "la": "Latin", "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_VARIETIES = {"wuu": "zh", "yue": "zh", "arz": "ar", "nb": "no"}  # varieties written alike in the news
_LOADING = threading.Lock()


def name(code: str) -> str:
    """The English name of a language code; the code itself for the rarer ones."""
    return _NAMES.get(code, code)


def identify(text: str, certainty: float, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of the text's language, or None where it is not known.

    None means too little text, or no language above ``certainty``; such a text is read as English. A text in another script
    is never that: it gets the model's best answer. ``declared`` (a page's lang attribute) decides only where the text does not.
    """
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return None
    foreign = _foreign_script(sample)
    small = sum(word in ENGLISH for word in words)
    if not foreign and small >= _SHARE * len(words) and len(words) >= _ENOUGH:
        return "en"
    code, probability = _model_says(sample)
    if foreign:
        return code if code != "en" else declared
    if code == "en":
        return "en" if probability >= certainty or small else None
    if not small and len(words) >= _ENOUGH and probability >= 0.5:
        return code  # close relatives (Malay and Indonesian) share the probability, but neither is English
    # A few words, names above all, mislead the model; one English word among them is reason for doubt.
    doubtful = small > 0.08 * len(words) or len(words) < _ENOUGH
    if doubtful and not (probability >= 0.99 and not small and len(words) >= 4):
        return declared if declared and declared != "en" and not small else None
    return code if probability >= certainty else None


def _foreign_script(sample: str) -> bool:
    """Most letters are not Latin."""
    letters = [character for character in sample[:1_000] if character.isalpha()]
    other = sum(1 for character in letters if character > "\u024f" and "LATIN" not in unicodedata.name(character, ""))
    return other > 0.6 * len(letters)


def _model_says(sample: str) -> tuple[str, float]:
    with _LOADING:
        model = _model()
    code, probability = model.classify(sample)
    return _VARIETIES.get(str(code), str(code)), float(probability)


@lru_cache(maxsize=1)
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
