"""Sites of metastasis in a clause, as terms that join those of extent; brain and meninges have their own module."""

import re

from rules.criteria import AllOf, AnyOf, Kind, MetastasisIn, Not, Test, Unread
from rules.hinted import hinted
from rules.organs import METASTATIC_SITE_NAMES
from rules.reading.clause import Clause
from rules.reading.disease.roles import METASTATIC, NOT_METASTATIC, Role, Term
from rules.reading.phrases import masked, negated, shifted

_FRENCH = hinted(
    r"\b(?:(?P<count>(?:[<>≥≤]=?\s?)?\d+(?:\s?(?:a|-)\s?\d+)?|une?|au moins une|plusieurs|multiples?)\s)"
    r"?(?:(?:presence|existence) de\s)?"
    r"metastases?\s(?P<linked>(?:a distance\s|synchrones?\s|metachrones?\s|uniques?\s|multiples?\s)?(?:(?:au|du|"
    r"dans le|de la|de l'|aux|a l')\s?)?)"
    r"(?P<sites>[a-z' -]+(?:(?:,|/|\sou|\set/ou)\s?[a-z' -]+)*)"
)
_ENGLISH = hinted(
    r"\b(?P<sites>(?:visceral|bone|liver|hepatic|lung|pulmonary|peritoneal|osseous|skeletal|adrenal|pleural|lymph "
    r"node|skin|cutaneous)"
    r"(?:(?:,| or|/| and/or|, or)\s?(?:visceral|bone|liver|hepatic|lung|pulmonary|peritoneal|osseous|skeletal|"
    r"adrenal|pleural|skin))*)"
    r"(?P<only>[- ](?:only|limited|confined|dominant))?(?:\s|-)(?:metasta(?:sis|ses|tic disease)|disease(?<=only "
    r"disease))\b"
)
_HALF_A_LIST = re.compile(
    r"\b(?:visceral|bone|liver|hepatic|lung|pulmonary|brain|cns|nodal|peritoneal|extra)(?:\s(?:and|et)\s|-)$"
)
_ONLY_AFTER = re.compile(
    r",?\s?\(?(?:exclusi(?:f|fs|ve|ves|vement)|uniquement|seules?|isolees?|limitees? au \w+|only|alone)\b\)?"
)
_IMAGED = re.compile(
    r",?\s?\(?(?:a la |au |a l'|au moins |visibles? |sur la |sur le |sur l'|en |by |on |at |per )"
    r"+(?:scintigraphi\w*|scanner|imagerie|irm|tdm|tep\w*|bone scan|imaging|ct|pet\w*|mri)"
    r"(?:[ -](?:osseuse|conventionnelle|tdm|scan|scanner|psma|conventional))*\)?"
)
_MORE = re.compile(
    r"\s?(?:symptomatiques?|menacantes?|douloureuses?|traitee?s?|massives?|progressi\w+|volumineu\w+|evaluables?|"
    r"mesurables?|bilobaires?|>|<|≥|≤|ne |dont|d'un|that|which|requiring|synchrones?|metachrones?)"
)
_OWN_MODULE = {"brain", "cns", "meninges", "spinal_cord", "epidural", "other", "distant_site"}
_AND = re.compile(r"\bet\b|\band\b")


_ALONE = hinted(
    r"(?:maladies? )?metastati(?:que|c) (?P<sites>[a-z]+(?:(?: et | ou |/)[a-z]+)?)"
    r"(?= (?:exclusi|uniquement|seule|isolee|only))"
)
_CARCINOMATOSIS = re.compile(r"\bcarcinoses? peritoneales?\b|\bperitoneal carcinomatosis\b")
_TREATED = re.compile(
    r"\b(?:chirurgie|resection|exerese|radiotherapie|irradiation|traitements?|embolisation|ablation|hepatectomie|"
    r"metastasectomie|surgery|radiotherapy)\s(?:\w+ ){0,2}?(?:pour|de|des|d'|for|of)\s?(?:une? |les |des |the )?$"
)
"""What a treatment is for is not what the clause asks of the disease."""
_HINT = hinted(r"metasta|only disease|carcinos|carcinomatosis|extra-?\s?(?:hepati|abdomin|thoraci|pelvi|peritone)")
_REGION = r"(?P<region>hepati|abdomin|thoraci|pelvi|peritone)\w*"
_BEYOND = hinted(
    r"\b(?:(?:maladies?|atteintes?|localisations?|metastases?|lesions?|extensions?|dissemination|disease|spread|"
    rf"metastasis)\s(?:a distance )?extra-?\s?{_REGION}|"
    rf"extra-?\s?{_REGION.replace('region', 'before')} (?:disease|spread|metastas[ei]s|lesions?))"
    r"(?:\s(?:radiologiques?|cliniques?|decelables?|connues?|detectables?)(?:\s(?:ou|et|et/ou)\s(?:radiologique|"
    r"clinique)s?)?)?"
)
_NODES_OR_OTHER = frozenset({"lymph_node", "other"})
"""Sites that may lie inside a region or not."""
_BELLY = frozenset(
    [
        "liver",
        "peritoneum",
        "adrenal",
        "kidney",
        "pancreas",
        "spleen",
        "bowel",
        "stomach",
        "retroperitoneum",
        "bladder",
        "ovary",
        "uterus",
        "abdominal_lymph_node",
        "pelvic_lymph_node",
    ]
)
_INSIDE = {
    "hepati": frozenset({"liver"}),
    "abdomin": _BELLY | _NODES_OR_OTHER,
    "thoraci": frozenset({"lung", "pleura", "mediastinum", "pericardium", "mediastinal_lymph_node"}) | _NODES_OR_OTHER,
    "pelvi": frozenset({"ovary", "uterus", "bladder", "bowel", "peritoneum", "pelvic_lymph_node"}) | _NODES_OR_OTHER,
    "peritone": frozenset({"peritoneum"}) | _NODES_OR_OTHER,
}


def find_site_terms(clause: Clause) -> list[Term]:
    """Each « métastases osseuses » and the like, as the condition of having one (`only`: and none elsewhere)."""
    plain = masked(clause.plain)
    if not _HINT.search(plain):
        return []
    found = [_french(match, clause, plain) for match in _FRENCH.finditer(plain)]
    found += [_english(match, clause, plain) for match in _ENGLISH.finditer(plain)]
    found += [_alone(match, clause, plain) for match in _ALONE.finditer(plain)]
    peritoneum = frozenset({"peritoneum"})
    found += [_term(plain, *match.span(), peritoneum) for match in _CARCINOMATOSIS.finditer(plain)]
    found += [_beyond(match, plain) for match in _BEYOND.finditer(plain)]
    return [term for term in found if term]


def _beyond(match: re.Match[str], plain: str) -> Term | None:
    """« maladie extra-hépatique »: metastatic, and not in the liver alone."""
    within = MetastasisIn(_INSIDE[match["region"] or match["before"]], only=True)
    test = AllOf((METASTATIC, Not(within)))
    denial = negated(plain, match.start())
    if denial is not None:
        return Term(denial, match.end(), Role.SITE, AnyOf((NOT_METASTATIC, within)))
    return None if shifted(plain, match.start()) else Term(match.start(), match.end(), Role.SITE, test)


def _alone(match: re.Match[str], clause: Clause, plain: str) -> Term | None:
    """« maladie métastatique cutanée exclusive »."""
    sites, end = _sites(clause.text, match.start("sites"), match.end("sites"))
    return _term(plain, match.start(), end, sites) if sites and end == match.end() else None


def _french(match: re.Match[str], clause: Clause, plain: str) -> Term | None:
    sites, end = _sites(clause.text, match.start("sites"), match.end("sites"))
    if not sites:
        return None
    return _term(
        plain, match.start(), end, sites, counted=bool(match["count"]) and match["count"] not in {"une", "au moins une"}
    )


def _english(match: re.Match[str], clause: Clause, plain: str) -> Term | None:
    sites, _ = _sites(clause.text, match.start("sites"), match.end("sites"))
    if _HALF_A_LIST.search(plain[: match.start()]):
        return None
    if not sites or (match["only"] and "dominant" in match["only"]):
        return None
    return _term(plain, match.start(), match.end(), sites, only=bool(match["only"]))


def _sites(text: str, start: int, end: int) -> tuple[frozenset[str], int]:
    """The sites of a list that begins at `start`, as far as names follow each other; empty where one is not sure."""
    sites: frozenset[str] = frozenset()
    position = start
    for mention in METASTATIC_SITE_NAMES.find(text[start:end]):
        between = text[position : start + mention.start].lower()
        if position == start and _BEGINS_WITH_JOINT.match(between):
            break  # « à distance ou ganglionnaire »
        if not re.fullmatch(
            r"\s*(?:,|/|ou|et/ou|or|and/or|, or|, ou)?\s*(?:(?:au|aux|du|de|la|les?|l['’]|à|dans)\s*)*", between
        ):
            break
        if len(mention.ids) != 1 or mention.ids & _OWN_MODULE:
            return frozenset(), end
        sites |= mention.ids
        position = start + mention.end
    return sites, position


_BEGINS_WITH_JOINT = re.compile(r"\s*(?:,|/|(?:ou|et/ou|or|and/or)\b)")


def _term(
    plain: str, start: int, end: int, sites: frozenset[str], *, only: bool = False, counted: bool = False
) -> Term | None:
    if alone := _ONLY_AFTER.match(plain, end):
        only, end = True, alone.end()
    if imaged := _IMAGED.match(plain, end):
        end = imaged.end()
    if _AND.match(plain[end:].lstrip()) and METASTATIC_SITE_NAMES.find(plain[end : end + 25]):
        return None
    test: Test = MetastasisIn(sites, only)
    if counted or _MORE.match(plain, end):
        test = AllOf((test, Unread(Kind.OTHER if counted else Kind.EXTENT)))
    if _TREATED.search(plain[:start]):
        return None
    denial = negated(plain, start)
    if denial is not None:
        return Term(denial, end, Role.SITE, Not(test))
    return None if shifted(plain, start) else Term(start, end, Role.SITE, test)
