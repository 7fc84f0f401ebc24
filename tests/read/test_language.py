"""Which language a text is in, and what is done with one that is not English."""

from __future__ import annotations

import pytest

from dragoman import read
from dragoman.read import language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The Norwegian minister met her colleague from Chile in Oslo and said that the talks had failed."),
        ("fr", "La ministre norvégienne a rencontré jeudi son homologue chilien à Oslo et a annoncé la fin des pourparlers."),
        (
            "de",
            "Die norwegische Ministerin traf am Donnerstag in Oslo ihren chilenischen Kollegen und brach die Gespräche ab.",
        ),
        (
            "es",
            "La ministra noruega se reunió el jueves en Oslo con su homólogo chileno y anunció el fin del diálogo.",
        ),
        (
            "ru",
            "Министр иностранных дел Норвегии встретилась в Осло со своим чилийским коллегой и заявила о провале переговоров.",
        ),
        ("zh", "挪威外交部长星期四在奥斯陆会见了智利外交部长，并宣布谈判失败。"),
        ("ar", "التقت وزيرة الخارجية النرويجية نظيرها التشيلي في أوسلو يوم الخميس وأعلنت فشل المحادثات."),
    ],
)
def test_languages_are_told_apart(code: str, text: str) -> None:
    assert language.identify(text, 0.8) == code


@pytest.mark.parametrize(
    "text", ["Chile invaded Peru.", "Dahl met Vidal.", "Oslo-Lima talks", "12:30", "NORWAY SANCTIONS CHILE"]
)
def test_a_few_words_are_never_called_foreign(text: str) -> None:
    assert language.identify(text, 0.8) in {None, "en"}


def test_a_foreign_text_is_kept_with_one_discard_that_says_why_it_is_not_coded() -> None:
    article = read.from_text(
        "Der Minister traf am Freitag seinen Kollegen. Beide Länder unterzeichneten ein Abkommen über das Wasser der Leitha."
    )
    assert article.language == "de"
    assert [d.reason for d in article.discards] == ["language: German, only English is coded"]
    assert len(article.sentences) == 2


def test_an_english_report_full_of_foreign_names_is_english() -> None:
    text = "Presidente Luiz Inácio Lula da Silva met Andrés Manuel López Obrador in São Paulo on Monday."
    assert language.identify(text, 0.8) in {None, "en"}
