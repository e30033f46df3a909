"""Expressions that are tried only where a piece of every match is there: they find what the plain ones find."""

import re
from importlib import import_module

import pytest

from rules.hinted import Hinted, hinted, mark_of, marks_of, marks_of_any, pieces_of

parsed = import_module("re._parser").parse

TEXTS = (
    "",
    "metastases cerebrales non traitees",
    "cancer du sein her2 negatif, sauf stade iv",
    "pas de recidive; au moins 2 lignes",
    "recu un inhibiteur de parp (olaparib)",
    "xrechutey",
)
PATTERNS = (
    r"\b(?:metasta\w*|recidiv\w*|rechut\w*)\b",
    r"(?:pas|sans) (?:de )?recidives?",
    r"(?<![a-z])her-?2(?! positif)",
    r"(?:cerebrales?\s)(?=non)",
    r"(?:xx|)(?:inhibit|parp)+",
    r"(?<=sauf )stade (?:i{1,3}|iv)",
    r"(?P<n>\d) lignes?|(?:(?:zz)?olaparib){1,2}",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_finds_the_same(pattern: str, text: str) -> None:
    ours, plain = hinted(pattern), re.compile(pattern)
    assert isinstance(ours, Hinted)
    found, expected = ours.search(text), plain.search(text)
    assert (found and found.span()) == (expected and expected.span())
    assert [one.span() for one in ours.finditer(text)] == [one.span() for one in plain.finditer(text)]
    assert ours.findall(text) == plain.findall(text)
    assert ours.sub("-", text) == plain.sub("-", text)
    assert bool(ours.search(text, 3, 20)) == bool(plain.search(text, 3, 20))
    assert bool(ours.match(text)) == bool(plain.match(text))


@pytest.mark.parametrize(
    ("pattern", "pieces"),
    [
        ("recidives?", {"recidive"}),
        ("(?:recid|rechut)", {"recid", "rechut"}),
        ("(?:rechut|chut)", {"chut"}),
        (r"a\bmetas", {"ametas"}),
        ("(?:metas)?tase(?!zz)", {"tase"}),
        ("(?:abc){2,}", {"abc"}),
        ("(?:abc)*", None),
        ("(?:abc|)", None),
        (r"\w+", None),
        ("(?i:abc)d", {"d"}),
        ("(?!sauf)", None),
        ("(?<=sauf)", None),
    ],
)
def test_pieces(pattern: str, pieces: set[str] | None) -> None:
    assert pieces_of(parsed(pattern)) == pieces


@pytest.mark.parametrize("pattern", [r"\w+", "[ae]", "a|metastase", "(?i)[éο]"])
def test_left_plain_where_no_piece_tells(pattern: str) -> None:
    assert isinstance(hinted(pattern), re.Pattern)


@pytest.mark.parametrize("text", TEXTS)
def test_marks_tell_where_something_may_be(text: str) -> None:
    named = mark_of("recidiv", "her2")
    assert bool(marks_of(text) & named) == ("recidiv" in text or "her2" in text)
    for pattern in PATTERNS:
        plain = re.compile(pattern)
        ours = marks_of_any(plain)
        assert marks_of(text) & ours or not plain.search(text)
        assert ours == marks_of_any(hinted(pattern))


def test_a_piece_of_several_words_is_marked_by_the_longest() -> None:
    to_discuss = mark_of("a discuter")
    assert not marks_of("cancer du sein a traiter") & to_discuss
    assert marks_of("reste a discuter") & to_discuss


def test_marks_are_those_of_whatever_case() -> None:
    told, named = marks_of_any(re.compile("recid"), re.compile("Chut")), mark_of("HER2")
    assert marks_of("RECIDIVE, her2") & told
    assert marks_of("RECIDIVE, her2") & named
    assert not marks_of("rechute, HER 2") & named


def test_refuses_an_expression_of_which_no_piece_tells() -> None:
    with pytest.raises(ValueError, match="nothing tells"):
        marks_of_any(re.compile(r"\w+"))
