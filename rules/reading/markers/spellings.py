"""Results as they are typed, written as the recognisers know them: « HPV + », « FGFR3-TACC3 », « T790M + ou - »."""

import re

from rules.hinted import hinted
from rules.markers import MARKER_NAMES
from rules.reading.markers.definitions import restated

_SIGNED = hinted(
    r"(?<![\w-])(?P<name>HPV|HER-?2|RE|RP|RH|RO|EBV|PD-?L1|ALK|[Pp]16|CD\d{2,3}|Ph|PSMA|HR|ER|PR|"
    r"CLDN18\.2)\s(?P<sign>[+-])"
    r"(?=\s*(?:$|[,;()/]|et\b|ou\b|and\b|or\b))"
)
"""« HPV + (p16 et/ou PCR) »."""
_PARTNERED = hinted(
    r"(?<![\w-])(?P<gene>FGFR[1-4]|ALK|RET|ROS1|NTRK[1-3]|NRG1|BRAF)(?:-|::|/)(?!V\d|H\d|K\d|ALK|RET|ROS|NTRK|"
    r"MET|BRAF|KRAS|EGFR)"
    r"[A-Z][A-Z]{1,6}\d{1,3}[A-Z]?\d?(?![\w-])"
)
_PARTNER_FIRST = hinted(
    r"(?<![\w-])[A-Z][A-Z]{1,6}\d{0,3}[A-Z]?\d?(?:-|::)(?P<gene>FGFR[1-4]|ALK|RET|ROS1|NTRK[1-3]|NRG1)(?![\w-])"
)
"""A fusion by both of its genes: the one that is targeted tells it."""
_EITHER = re.compile(
    r"(?<=[\w)]),?\s(?:statut |status )?(?:mutation )?(?:[A-Z][A-Z0-9-]{1,7} )?[A-Z]\d{2,4}[A-Z]\s?(?:\+|"
    r"positi\w+)\s?(?:ou|or|/)\s?"
    r"(?:-|n[ée]gati\w+)(?!\w)"
)
"""« …, T790M+ ou - »: either will do."""


_A_FUSION = re.compile(
    r"(?i)(?:fusions?|r[ée]arrangements?|transloc\w+|transcrits?)(?:\s(?:de|du|d'|of|type|des?))*\s?$"
)


def _fusion(match: re.Match[str]) -> str:
    """The gene that is targeted, as fused; a name that the vocabulary has stays."""
    if MARKER_NAMES.exact(match[0]):
        return match[0]
    told = _A_FUSION.search(match.string, max(0, match.start() - 30), match.start())
    return match["gene"] if told else f"fusion {match['gene']}"


_EXON_FIRST = hinted(
    r"(?i)(?<![\w-])(?:exon\s|ex\.?\s?)?(?P<exon>1[89]|2[01])\s?-?"
    r"(?P<what>del|ins)(?:s|[ée]tions?|ertions?)?(?![\w-])"
)
"""« 19del », « 20ins »."""


def _exon(match: re.Match[str]) -> str:
    what = "délétion" if match["what"].lower() == "del" else "insertion"
    return f"{what} exon {match['exon']}"


_SIGN_OF_ISH = hinted(
    r"(?i)\b(?P<test>(?:dual-?)?(?:[fcsd]?ish))(?:-(?P<no>n[ée]gati(?:ve|f)|neg)|[- ](?:positi(?:ve|f)|pos))\b"
)
"""« 2+/FISH-positive »: a hyphen of the word, and not the sign of a result."""


def _ish_signed(match: re.Match[str]) -> str:
    return f"{match['test']}{'-' if match['no'] else '+'}"


_NOR = hinted(
    r"(?P<one>(?<![\w-])[A-Z][A-Z0-9-]{1,8}(?: (?:G\d+[A-Z]|V600E?|exon \d\d))?),?\s(?:ni|nor)\s(?P<of>d['’]|de |of )?"
    r"(?P<two>[A-Z][A-Z0-9-]{1,8})(?![\w-])(?!\s?[+-])"
)
_DENIED = re.compile(r"(?i)\b(?:sans|pas d(?:e\s|['’])|aucune?s?|absence d(?:e\s|['’])|no|without|ni)\b[^.;:()]*$")
_MAY_BE_NOR = re.compile(r"\s(?:ni|nor)\s")


def _nor(match: re.Match[str]) -> str:
    """« Sans altération EGFR, ALK ni ROS1 »: the denial is of the whole list."""
    both = MARKER_NAMES.exact(match["one"].split()[0]) and MARKER_NAMES.exact(match["two"])
    if not both or not _DENIED.search(match.string, 0, match.start()):
        return match[0]
    return f"{match['one']} ou {match['of'] or ''}{match['two']}"


def markers_spelled(text: str) -> str:
    """The text with such results written out; itself where there are none."""
    text = restated(text)
    if _MAY_BE_NOR.search(text):
        text = _NOR.sub(_nor, _NOR.sub(_nor, text))  # twice: « A ni B ni C » share B
    text = _SIGNED.sub(r"\g<name>\g<sign>", text)
    text = _PARTNER_FIRST.sub(_fusion, _PARTNERED.sub(_fusion, text))
    text = _SIGN_OF_ISH.sub(_ish_signed, _EXON_FIRST.sub(_exon, text))
    return _EITHER.sub("", text) if "+" in text or "ositi" in text else text
