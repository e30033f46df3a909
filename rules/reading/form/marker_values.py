"""Biomarkers that are measured: PD-L1 on its scales, HER2 by IHC and ISH, hormone receptors, CLDN18.2, Ki-67, TMB."""

import re
from collections.abc import Iterator

from rules.case import Biomarker
from rules.hinted import mark_of, marks_of_any
from rules.reading.form.sentences import Sentence

VALUED = frozenset({"ER", "PR", "HR", "CLDN18.2", "KI67", "TMB", "FOLR1", "GIS"})

_NUMBER = r"(?P<op><=|>=|<|>)?\s*(?P<value>\d{1,3}(?:[.,]\d+)?)(?:\s*-\s*(?P<high>\d{1,3}))?"
_NAME = r"(?<![\w-])pd-?\s?l1\b(?!\s*(?:bas|low))"
_LINK = (
    r"\s*(?:\((?:ihc|22c3|sp263|28-8|sp142|qr1)[^)]{0,15}\))?\s*(?:22c3|sp263|28-8)?\s*[:=]?\s*(?:est\s+)?(?:(?:a|"
    r"de|evalue\s+a|estime\s+a|exprime\s+(?:a|par)|positif\s*(?:a|,|:)?)\s*)?"
)
_PD_L1 = (
    re.compile(
        rf"(?:{_NAME}\s*[(:]?\s*)?\b(?P<scale>tps|cps)\b\)?\s*(?:pd-?l1)?\s*[:=]?\s*(?:est\s+)?(?:a\s+|"
        rf"de\s+)?{_NUMBER}\s*(?P<percent>%)?(?!\s*(?:/|\d|cures|cycles))"
    ),
    re.compile(
        rf"{_NAME}{_LINK}{_NUMBER}\s*(?P<percent>%)?\s*(?:des\s+cellules\s+tumorales\s*)?\(\s*(?P<scale>tps|cps)\s*\)"
    ),
    re.compile(rf"{_NAME}{_LINK}{_NUMBER}\s*(?P<percent>%)(?!\s*\(\s*(?:tps|cps))(?P<scale>)"),
)
MAY_BE_PD_L1 = mark_of("pd", "tps", "cps")
_PD_L1_STATE = re.compile(
    r"(?<![\w-])(?P<name>tps|cps)\b\s*(?:est\s+|:\s*)?(?:pd-?l1\s+)?(?P<state>demandee?|en\s+attente|en\s+cours|"
    r"attendu|non\s+(?:fait|realise)e?)"
)
_PSMA_PET = re.compile(
    r"\b(?:tep|pet)(?:[- ](?:tdm|scan|ct))?[\s-]+(?:au\s+)?(?:\(?(?:68\s?ga|18\s?f|f18|ga68)\)?[\s-]*)?"
    r"(?:psma|dcfpyl)(?:-?11|-?1007)?\b"
    r"(?P<gap>[^.;,]{0,70}?)\b(?:hyper-?)?fix(?:ations?|ante?s?|ant)\b"
)
_NO_UPTAKE = re.compile(
    r"\b(?:sans|pas|aucune?s?|absence|ni|peu|faible\w*|douteu\w*|suspecte?s?|doute|physiologique\w*|non|negati\w*|si|"
    r"prevue?)\b"
)
_NOT_A_RESULT = re.compile(
    r"\b(?:si|selon|seuil|en\s+fonction\s+du?|quel\s+que\s+soit|suivant|a\s+confirmer|essai)\b[^,;:.]{0,25}$"
)

_HER2 = re.compile(
    r"^\s*(?:(?:negati\w*|positi\w*|neg|pos)\s*[:(,]?\s*(?=\(?\s*(?:ihc\s*)?(?:score\s*)?[0-3]\s*(?:\+|\)|$)))?"
    r"(?:-(?=(?:ultra-?)?low\b))?(?:\(?\s*(?:ihc|en\s+ihc|par\s+ihc|immunohisto\w*)\s*\)?\s*)?(?::\s*|"
    r"=\s*)?(?:(?:score|scorea?|est|de|a|"
    r"cote)\s*:?\s*)*\(?\s*"
    r"(?P<score>0(?![,.]?\d)|[123]\s?\+|\+{2,3}|(?P<low>(?:ultra[- ]?)?low|faible)\b)"
)
_ISH = re.compile(
    r"^[^;.]{0,30}?\b(?:f|d|c|"
    r"s)?(?:ish)\b\s*(?:her2\s*)?(?:est\s+)?(?:[:=]\s*)?(?:\(?\s*)?(?P<answer>non\s+ampl\w*|"
    r"sans\s+amplification|pas\s+d'amplification|neg(?:ati\w*)?\b|-(?=\W|$)|ampl\w*|pos(?:iti\w*)?\b|\+)"
)
_ISH_NEGATIVE = re.compile(r"non|sans|pas|neg|-")

_RECEPTOR = re.compile(
    r"^\s*(?:[:=]\s*|\+\s*\(?\s*|a\s+|positi\w*\s*(?:a|:|\()?\s*|negati\w*\s*\(\s*)?(?P<op><|>|<=|"
    r">=)?\s*(?P<value>\d{1,3})\s*%"
)
_RECEPTOR_BARE = re.compile(
    r"^\s*[:=]?\s*(?P<op>)(?P<value>[1-9]\d|100)(?=\s*(?:[,;/.)](?!\d)|$|(?:re|rp|rh|er|pr|her-?2|hercep\w*|ki)\b|ki-?67))"
)
"""« RE 90 RP 60 »: a share of cells; below ten it may be a score of Allred."""
_RECEPTOR_ZERO = re.compile(r"^\s*(?:[:=]\s*)?0(?![,./]?\d|\s?/)")
_CLAUDIN = re.compile(
    r"^\s*(?:[:=]\s*|[123]\+\s*(?:a\s+|sur\s+|[,/]\s*)?(?=\d)|\(?ihc\)?\s*:?\s*|positi\w*\s*(?:a|:|\()?\s*|a\s+)*(?P<op><|>|<=|>=)?\s*(?P<value>\d{1,3})\s*%"
)
_MUTATIONS = re.compile(
    r"^\s*(?:[:=]\s*|a\s+|de\s+)?(?P<op><|>|<=|>=)?\s*(?P<value>\d{1,3}(?:[.,]\d+)?)\s*"
    r"(?:(?P<unit>mut\w*\s?(?:/|par)\s?(?:mb|mega\w*)|/\s?mb)|(?!\d|[.,]\d|\s?[%/]|\s?(?:mois|ans?|cures?)\b))"
)
"""TMB: mutations per megabase, written or not."""
_ONCOTYPE = re.compile(
    r"\boncotype(?:\s?dx)?\b[^.;]{0,50}?\b(?:score(?:\s+de\s+(?:recidive|recurrence))?|rs)\s*(?:[:=]|a\b|de\b|est\b)?\s*"
    r"(?P<after>\d{1,3})(?![\d%]|[.,]\d)|"
    r"\b(?:score|rs)\s*(?:d'|de\s+)?oncotype(?:\s?dx)?\s*(?:[:=]|a\b)?\s*(?P<before>\d{1,3})(?![\d%]|[.,]\d)|"
    r"\boncotype(?:\s?dx)?\s*(?:[:=(]|a\b)?\s*(?P<bare>\d{1,3})(?![\d%/]|[.,]\d|\s?(?:genes?|mois|ans))"
)
_HIGH_RECURRENCE = 26
"""TAILORx: a score from 26 is high."""
_SCORE = re.compile(r"^\s*(?:[:=]\s*|a\s+|de\s+)?(?P<op><|>|<=|>=)?\s*(?P<value>\d{1,3})(?!\d|\s?%|[.,]\d)")
_POSITIVE_FROM = {
    "ER": 1.0,
    "PR": 1.0,
    "HR": 1.0,
    "CLDN18.2": 75.0,
    "TMB": 10.0,
    "FOLR1": 75.0,
    "GIS": 42.0,
    "KI67": 0.0,
}
"""ER, PR: from 1 % (ASCO/CAP); CLDN18.2: ≥ 75 % (SPOTLIGHT); FOLR1: ≥ 75 % (MIRASOL); TMB ≥ 10; GIS ≥ 42."""


def pd_l1_values(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """PD-L1 with a value, on TPS, CPS or an unnamed scale; « CPS demandé » is pending."""
    taken: list[tuple[int, int]] = []
    for pattern in _PD_L1:
        for match in pattern.finditer(sentence.low):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if _NOT_A_RESULT.search(sentence.low[: match.start()]) or float(match["value"].replace(",", ".")) > 100:
                continue
            taken.append(match.span())
            yield _pd_l1(match), *match.span()
    for match in _PD_L1_STATE.finditer(sentence.low):
        status = "not_tested" if match["state"].startswith("non") else "pending"
        yield Biomarker(name="PD-L1", status=status, assay=match["name"].upper()), *match.span()


def oncotype_scores(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """« Oncotype DX : score de récidive 14 »."""
    for match in _ONCOTYPE.finditer(sentence.low):
        number = int(match["after"] or match["before"] or match["bare"])
        if number > 100 or _NOT_A_RESULT.search(sentence.low[: match.start()]):
            continue
        status = "positive" if number >= _HIGH_RECURRENCE else "negative"
        yield Biomarker(name="Oncotype DX", status=status, value=float(number)), *match.span()


def psma_uptake(sentence: Sentence) -> Iterator[tuple[Biomarker, int, int]]:
    """« TEP PSMA : hyperfixation … »: lesions that take up the tracer; none, or only a doubtful one, is not read."""
    for match in _PSMA_PET.finditer(sentence.low):
        if not _NO_UPTAKE.search(match["gap"]):
            yield Biomarker(name="PSMA", status="positive"), *match.span()


_ALL_CELLS = 100
_EXACTLY = re.compile(r"\s*\(\s*(?P<value>\d{1,3})\s*%\s*\)")
"""« > 50 % (70 %) »: the value behind the range."""


def _pd_l1(match: re.Match[str]) -> Biomarker:
    number = float(match["value"].replace(",", "."))
    exactly = _EXACTLY.match(match.string, match.end()) if match["op"] in (">", ">=") else None
    if exactly and number <= float(exactly["value"]) <= _ALL_CELLS:
        number = float(exactly["value"])
    value: float | str = number
    if not exactly and (match["op"] or match["high"]):
        value = f"{match['op'] or ''} {match['value']}".strip() if match["op"] else f"{match['value']}-{match['high']}"
    negative = number < 1 or (number == 1 and match["op"] == "<")
    scale = (match["scale"] or "").upper() or None
    unit = "%" if match["percent"] or scale == "TPS" else None
    status = "negative" if negative else "positive"
    return Biomarker(name="PD-L1", status=status, value=value, unit=None if scale == "CPS" else unit, assay=scale)


def her2_score(sentence: Sentence, end: int, *, name: str) -> Biomarker | None:
    """HER2 by its IHC score, with ISH where it is written in the same sentence; « HER2 low », « HER2 faible »."""
    match = _HER2.match(sentence.low[end:])
    if match is None:
        return None
    if match["low"]:
        return Biomarker(name=name, status="negative", variant="ultralow" if "ultra" in match["low"] else "low")
    written = match["score"].replace(" ", "")
    score = {"+++": "3+", "++": "2+"}.get(written, written)
    if score != "2+":
        return Biomarker(name=name, status="positive" if score == "3+" else "negative", value=score, assay="IHC")
    ish = _ISH.match(sentence.low[end + match.end() :])
    if ish is None:
        return Biomarker(name=name, status="equivocal", value="2+", assay="IHC")
    negative = bool(_ISH_NEGATIVE.match(ish["answer"]))
    status = "negative" if negative else "positive"
    return Biomarker(name=name, status=status, value="2+", variant="ISH-" if negative else "ISH+")


_FIRST_OF_TWO = re.compile(
    r"\s*\)?\s*(?:au\s+diagnostic|initial\w*|a\s+l'origine|en\s+(?:19|20)\d\d|at\s+diagnosis)\b(?=[^.;]*\d\s?%)"
)
"""« G1 (Ki67 2 %) au diagnostic, G3 (25 %) en progression »: the first is not that of now."""


_HIGH_OR_LOW = frozenset({"TMB", "FOLR1"})
_LEVEL = re.compile(
    r"\s*[:=]?\s*(?:est\s+)?(?:(?P<high>elevee?|haute?|high|forte?|fortement\s+exprime)|(?P<low>bas(?:se)?|faible|low))\b\s*[(:,]?\s*(?:a\s+)?"
)
"""« TMB bas (3 mut/Mb) », « FRα fort »: a word before the value, or alone."""


def valued(marker: str, name: str, low: str, end: int) -> Biomarker | None:
    """A marker with its percentage (or mutations per megabase, or score) right after its name."""
    if name.upper() == "GIS":
        marker = "GIS"
    pattern = {"TMB": _MUTATIONS, "GIS": _SCORE, "CLDN18.2": _CLAUDIN, "FOLR1": _CLAUDIN}.get(marker, _RECEPTOR)
    level = _LEVEL.match(low, end) if marker in _HIGH_OR_LOW else None
    if level and (level["high"] or marker == "TMB"):
        rest = low[level.end() :]
        if not pattern.match(rest):
            return Biomarker(name=name, status="positive" if level["high"] else "negative")
        end = level.end()
    match = pattern.match(low[end:]) or (_RECEPTOR_BARE.match(low[end:]) if marker in ("ER", "PR", "HR") else None)
    if match is None:
        zero = marker in ("ER", "PR", "HR") and _RECEPTOR_ZERO.match(low[end:])
        return Biomarker(name=name, status="negative", value=0.0, unit="%") if zero else None
    if _FIRST_OF_TWO.match(low, end + match.end()):
        return None
    number = float(match["value"].replace(",", "."))
    positive = number >= _POSITIVE_FROM[marker] and not (
        match["op"] in ("<", "<=") and number <= _POSITIVE_FROM[marker]
    )
    value: float | str = f"{match['op']} {match['value']}" if match["op"] else number
    unit = {"TMB": "mut/Mb", "GIS": None}.get(marker, "%")
    return Biomarker(name=name, status="positive" if positive else "negative", value=value, unit=unit)


_BLOOD_TEST = re.compile(r"\b(?:adntc|adn\s+(?:tumoral\s+)?circulant|biopsie\s+liquide|plasma\w*|ctdna)\b")
_GERMLINE = re.compile(r"\b(?:constit(?:utionnel\w*)?|germina\w+)\b|\bg(?=brca|palb|chek|atm)")
_TISSUE = re.compile(r"\b(?:tumora(?:l|le|ux)(?!\s+circulant)|tissu\w*|somatique\w*)\b")


_MAY_TELL_THE_SPECIMEN = marks_of_any(_BLOOD_TEST, _GERMLINE)


def specimen_of(sentence: Sentence) -> str | None:
    """Blood or germline, where the sentence says so and names no tissue."""
    low = sentence.low
    if not sentence.marks & _MAY_TELL_THE_SPECIMEN:
        return None
    if _TISSUE.search(low):
        return None
    if _BLOOD_TEST.search(low):
        return "blood"
    return "germline" if _GERMLINE.search(low) else None
