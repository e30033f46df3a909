"""Records of the registries with any of their values replaced: an étude that keeps its contract, or a reason."""

import json
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.archimaid.records import Record, read_etude
from connectors.base import RawRecord
from connectors.clinicaltrials import translate as clinicaltrials
from connectors.clinicaltrials.sections import split_criteria
from connectors.eclaire import bundle, fhir, translate
from connectors.eclaire.scope import is_oncology
from connectors.errors import ConnectorError, RecordMalformed
from connectors.plain_text import plain
from connectors.told import Told
from tests.contract.eclaire_studies import INCLUDED, OTHERS, STUDY
from tests.contract.registries import recorded

CTGOV = recorded("clinicaltrials")
ECLAIRE = [*recorded("eclaire"), STUDY]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=30),
    st.sampled_from(
        (
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\x00", "\ud800", "x" * 200_001, "18 Years",
            "2026-13-45", "9999-12-31T23:59:59Z", "RECRUITING", "active", "INDISPONIBLE", "%s{}",
        )
    ),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
)  # fmt: skip
Path = tuple[int | str, ...]


def paths(value: Any, here: Path = ()) -> Iterator[Path]:
    """Every place of a JSON value, its own first."""
    yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in items:
        yield from paths(inner, (*here, name))


@st.composite
def mutants(draw: st.DrawFn, originals: list[Any]) -> Any:
    """A record with up to four of its values taken out or replaced."""
    record = deepcopy(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 4))):
        where = draw(st.sampled_from(list(paths(record))))
        if not where:
            return draw(ODD)
        inside = record
        for name in where[:-1]:
            inside = inside[name]
        if draw(st.booleans()) and isinstance(inside, dict):
            inside.pop(where[-1])
        else:
            inside[where[-1]] = draw(ODD)
    return record


def keeps_the_contract(read: Record | RecordMalformed) -> None:
    if isinstance(read, RecordMalformed):
        assert read.path.startswith("$")
        assert len(str(read)) < 2_000
        return
    dumped = read.shape.model_dump(mode="json", exclude_unset=True)
    again = read_etude(json.loads(json.dumps(dumped)))
    assert isinstance(again, RawRecord)
    assert (again.shape, again.left_out) == (read.shape, ())
    assert "<script" not in json.dumps(dumped)
    assert all(problem.path.startswith("$") for problem in read.left_out)


SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(mutants(CTGOV))
def test_studies_of_clinicaltrials(raw: Any) -> None:
    keeps_the_contract(clinicaltrials.read_study(raw, path="$"))
    assert isinstance(clinicaltrials.has_french_site(raw), bool)
    left = clinicaltrials.left_etude(raw, path="$")
    assert left is None or left.has_left


@SLOW
@given(mutants(ECLAIRE))
def test_studies_of_eclaire(raw: Any) -> None:
    keeps_the_contract(translate.read_study(raw, INCLUDED, path="$"))
    assert isinstance(is_oncology(Told(raw, "$")), bool)
    left = translate.left_etude(raw, path="$")
    assert left is None or left.has_left


@SLOW
@given(mutants([INCLUDED]))
def test_what_comes_with_a_study_of_eclaire(included: Any) -> None:
    keeps_the_contract(translate.read_study(STUDY, included if isinstance(included, dict) else {}, path="$"))


BUNDLE = {
    "resourceType": "Bundle",
    "type": "searchset",
    "total": 1,
    "link": [
        {"relation": "self", "url": "http://x.example/R4"},
        {"relation": "next", "url": "http://x.example/R4?a=1"},
    ],
    "entry": [
        {"fullUrl": "http://x.example/1", "resource": one, "search": {"mode": "match"}} for one in (STUDY, *OTHERS)
    ],
}


@SLOW
@given(mutants([BUNDLE]))
def test_pages_of_eclaire(payload: Any) -> None:
    with suppress(ConnectorError):
        page = bundle.read_page(payload)
        assert page.total is None or page.total >= 0
        for study in page.studies:
            keeps_the_contract(translate.read_study(study, page.included, path="$"))


@given(st.text())
def test_plain_text_stays_plain(text: str) -> None:
    once = plain(text)
    assert "\x00" not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ECOG < 2 and PLT > 100", "ECOG < 2 and PLT > 100"),
        ("a <b and c> d", "a <b and c> d"),
        ("x<5 years, y>3", "x<5 years, y>3"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br/>two", "one\ntwo"),
        ("10<sup>9</sup>/L and H<sub>2</sub>O", "10^9/L and H2O"),
        ("ANC >= 1500/mm\\^3, 30 kg/m^2, 10\\^9/L", "ANC >= 1500/mm3, 30 kg/m2, 10^9/L"),
        ("A &amp; B &lt;script&gt;", "A & B <script>"),
        ("\\[a\\] \\>= 3 \\* b", "[a] >= 3 * b"),
        ("* a\n  * b\r\n\r\n\r\n\r\nc", "* a\n  * b\n\nc"),
        ("<style>p{}</style>x<!-- y -->z", "xz"),
        ("<script>never closed", ""),
    ],
)
def test_markup(written: str, said: str) -> None:
    assert plain(written) == said


LONG = 100_000
HOSTILE = [
    "<p " + "=" * LONG,
    "<p " * LONG,
    "<p a=" + " " * LONG,
    " " * LONG + "x",
    "1" + " " * LONG + "<sup>",
    "<!--" * LONG,
    "<script " * LONG,
    "\\" * LONG,
    "&" * LONG,
    "Inclusion criteria: " + "will be excluded " * (LONG // 20) + ":",
    ("exclusion criteria for " * LONG)[:LONG],
    "\n".join(["Exclusion Criteria:"] * (LONG // 20)),
    ". " + "*" * LONG,
    "n/a " * LONG,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_texts_that_would_take_for_ever(text: str) -> None:
    """None of them takes longer than its length deserves: a run that does never ends."""
    text = text[:LONG]
    asked, kept_out = split_criteria(plain(text))
    assert len(asked or "") + len(kept_out or "") <= len(text)
    assert len(fhir.told_text(Told(text, "$")) or "") <= len(text)
