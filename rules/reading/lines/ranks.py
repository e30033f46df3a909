"""Which line a clause asks for: « en 2e ligne », « L1 ou L2 », "second-line or later"; or that it came before."""

import re
from collections.abc import Iterator

from rules.criteria import AnyOf, Kind, LineIn, Polarity, PriorLines
from rules.reading.clause import Clause, Found
from rules.reading.treatments.context import opens_with_a_cohort
from rules.reading.treatments.named_treatments import MARK, Marked
from rules.reading.treatments.settings import SETTING, settings_in
from rules.treatments import is_systemic

_ORDINALS = {
    "premiere": 1, "premier": 1, "first": 1, "front": 1, "upfront": 1, "deuxieme": 2, "seconde": 2, "second": 2,
    "troisieme": 3, "third": 3, "quatrieme": 4, "fourth": 4, "cinquieme": 5, "fifth": 5,
}  # fmt: skip
_ORDINAL = r"(?:[1-9]\s?(?:re|ere|er|e|eme|nde|nd|de|st|rd|th)|" + "|".join(_ORDINALS) + r")(?![a-z])"
_SHORT = r"(?:l[1-9](?!\d)|[1-9]l(?![a-z]))"
_NTH_ONE = rf"(?:(?P<o>{_ORDINAL})[ -]?(?:lignes?|lines?)|(?P<s>(?<![\w-])(?<!pd ){_SHORT}))"
_NTH_TWO = (
    rf"(?:(?P<o>{_ORDINAL})(?:[ -]?(?:lignes?|lines?))?[ -]*(?:ou|or|et|/|-|a|to|et/ou|"
    rf"and/or)[ -]*(?P<o2>{_ORDINAL})[ -]?(?:lignes?|lines?)|"
    rf"(?P<s>(?<![\w-]){_SHORT})\s?(?:ou|or|et|/|-|a|to|et/ou)\s?(?P<s2>{_SHORT}))"
)
_LATER = (
    r"(?:\s?\+| (?:et|ou|and) \+| (?:ou|et|or|and) (?:plus|au-dela|later|beyond|more|above|ulterieure?s?|"
    r"suivantes?|superieure?s?|subsequent|"
    r"further|greater)(?: lines?| lignes?)?)"
)
_OF_TREATMENT = (
    rf"(?: d(?:e |')(?:{MARK}+|(?:traitement|therapie)(?: systemique)?)| of (?:{MARK}+|(?:systemic )?(?:therapy|"
    r"treatment)))?"
)
_FROM = r"(?:≥|> ?=|a partir d(?:e |')(?:la |l')?|(?:en |d')?au moins (?:en |une )?|at least )\s?"
_PAST_FROM = r"(?:au-dela d(?:e |')(?:la |l')?|> ?|plus d(?:e |')|beyond )\s?"
_UP_TO = r"(?:≤|< ?=|jusqu'a (?:la |en )?|maximum |au plus (?:en )?|up to )\s?"
_NTHS = (
    ("range", rf"(?:en |in |de )?{_NTH_TWO}"),
    (
        "from",
        rf"(?:(?:en |in )?{_NTH_ONE}{_OF_TREATMENT}{_LATER}|"
        rf"{_FROM}{_NTH_ONE.replace('<o>', '<o3>').replace('<s>', '<s3>')})",
    ),
    ("past", rf"{_PAST_FROM}{_NTH_ONE}"),
    ("to", rf"{_UP_TO}{_NTH_ONE}"),
    ("one", rf"(?:en |in |as )?{_NTH_ONE}"),
)
_NTH_TAIL = (
    r"(?:\s+(?:d(?:e |')|of )(?:traitement|therap\w+|treatment)|[ -](?:setting|treatment|therap(?:y|ies))|"
    rf"\s+systemi\w+|\s+(?:metastatiques?|avancee?s?|metastatic|advanced|m?crpc|uniquement|seulement|only)(?![a-z])|"
    rf"\s*{SETTING})*"
)
_NTH_RES = tuple((meaning, re.compile(rf"(?<![\w-]){pattern}{_NTH_TAIL}(?![a-z])")) for meaning, pattern in _NTHS)
_CAME_BEFORE = re.compile(
    r"\b(?:apres|post|echecs?|progress\w*|rechut\w*|recidiv\w*|refractaire\w*|recue?s?|following|after|failed|"
    r"failure|received|"
    r"relaps\w*|refractory|resistan\w*|pretrait\w*|suite a|prior|previous\w*|anterieur\w*|"
    r"intoleran\w*)\b[^,;:.]{0,90}$"
)
_CAME_AFTER = re.compile(
    rf"\s*(?:d(?:e|') ?{MARK}+\s*)?(?:{MARK}+\s*)?(?:deja )?(?:recue?s?|anterieure?s?|"
    rf"terminee?s?|prior|received|completed|failed)\b"
)
_NOT_THE_LINE = re.compile(
    r"\b(?:non|pas|not|sans|no|without|ineligib\w*|inelig\w*|contre-indi\w*|refus\w*|unfit|unsuitable|avant|before|"
    r"depuis|since|"
    r"pendant|during|duree|duration|hors|sauf|except\w*|si|if|pour (?:les|ceux)|incluant|including|dont|delai|fin|"
    r"end|debut|start|"
    r"receiving|recevant|en cours d|unable|unwilling|considered?|would|either|administered|administree?s?|"
    r"candidats? pour une (?:chirurgie|greffe)|vertebr\w*|rachis\w*|lombaire\w*|spine|lumbar|lors|au cours|ni|"
    r"nor)\b[^,;:.]{0,45}$"
)
_HELD = re.compile(
    r"maintenance|entretien|consolidation|reponse|repond|respon|stab|controle|non progress|"
    r"sans progress|induction"
)
_CYCLES = re.compile(r"\d\s?\)?\s?(?:cycles?|cures?|mois|months?)(?: \w+){0,2} (?:of|de|d')")
"""« 4 cycles de première ligne »: that line goes on."""
_ELSEWHERE = re.compile(
    r"vertebr|rachis|lombaire|spine|lumbar|o2|oxygen|litre|l/min|\bespaces?\b|\bl4\s?[-/]\s?l5\b|\bl5\s?[-/]\s?s1\b|"
    r"\b(?:stades?|stages?) l[12]\b|\binrg|neuroblastom"
)
"""« espace L4/L5 », « neuroblastome de stade L2 »."""
_UNUSABLE = re.compile(
    r""
    r"^[^,;]{0,25}\b(?:refus\w*|possibles?|disponibles?|available|contre-indi\w*|impossible|autorise\w*|"
    r"allowed|permis\w*|"
    r"prefer\w*|may|must|should|peut|peuvent|doit|doivent)\b"
)
_UNDER_WAY = re.compile(
    r"\s*=|[^.;]{0,60}\b(?:debutee?s?|commencee?s?|initiee?s?|demarree?s?|started|initiated|en cours)\s"
    r"(?:depuis|il y a|dans les|since|within|>|≥|<|≤)"
)
"""« L1 = X, débutée il y a 6 mois »: a line that goes on."""
_BY_DRUG = re.compile(r"\s*(?:par|avec|with|by|using|comportant|containing|consisting)\b")
"""« Traitement de 1re ligne par FOLFOX »: a drug's line, not the one the trial asks."""
_LATER_RE = re.compile(_LATER)
_OF_A_DRUG = re.compile(
    rf"\b(?:sous|avec|par|on)\s[\w'/+-]+(?:\s[\w'/+-]+){{0,2}}\s?\($|{MARK}\s?\([^()]*$|{MARK}[^,;:.{MARK}]*$|"
    rf"{MARK}[^;:.]*\b(?:donnee?s?|recue?s?|administree?s?|prise?s?|given|received|que ce "
    rf"soit)\b[^;:.]*$"
)
_FOR_THE_TRIAL = re.compile(
    r"\b(?:candidat\w*|candidate|eligib\w*|indication|necessit\w*|requir\w*|planned|"
    r"prevu\w*|relev\w+ d|justiciables?|pouvant (?:recevoir|beneficier))\b"
)


def ranked_lines(clause: Clause, text: Marked) -> Iterator[Found]:
    """« en 2e ligne », « L1 ou L2 », "second-line or later"."""
    if _HELD.search(text.text) or _ELSEWHERE.search(text.text) or clause.polarity is Polarity.EXCLUSION:
        return
    if opens_with_a_cohort(clause) or _CYCLES.search(text.text):
        return
    refused: list[tuple[int, int]] = []
    for meaning, pattern in _NTH_RES:
        for match in pattern.finditer(text.text):
            if any(start <= match.start() < end for start, end in refused):
                continue
            found = list(_ranked(text, match, meaning)) if _may_be_a_line(clause, text, match) else []
            refused += [] if found else [match.span()]  # half of « (L1 ou L2) » is no line by itself
            yield from found


def _may_be_a_line(clause: Clause, text: Marked, match: re.Match[str]) -> bool:
    before, after = text.text[: match.start()], text.text[match.end() :]
    settings = settings_in(match[0], forbids=False)
    early = settings - {"advanced"} if settings is not None else "adjuv" in match[0] or "curati" in match[0]
    changed = _UNUSABLE.match(after) or _NOT_THE_LINE.search(before) or _UNDER_WAY.match(after)
    if not re.search(r"\w", before) and (match[0].startswith(">") or before.rstrip().endswith(">")):
        return False  # a bullet, or « more than »
    return not early and not changed and _in_capitals(clause.text, match)


def _ranked(text: Marked, match: re.Match[str], meaning: str) -> Iterator[Found]:
    before, after = text.text[: match.start()], text.text[match.end() :]
    bounds = _ranks(meaning, match)
    if bounds is None:
        return
    if state := _state_before(before, after):
        line = LineIn(*bounds)
        either = AnyOf((line, PriorLines(bounds[0], None)))
        yield Found(*match.span(), line if state.startswith(_AS_A_RULE) else either, Kind.LINE)
    elif _CAME_BEFORE.search(before) or _CAME_AFTER.match(after):
        if not _local_may_do(text, match.start()):
            yield from _earlier(match, meaning, bounds, after)
    elif (_BY_DRUG.match(after) and not _FOR_THE_TRIAL.search(before)) or (meaning == "one" and _LATER_RE.match(after)):
        return
    elif not _OF_A_DRUG.search(before) or _FOR_THE_TRIAL.search(before):
        yield Found(*match.span(), LineIn(*bounds), Kind.LINE)


def _state_before(before: str, after: str) -> str:
    """« Récidivant ou métastatique en 1re ligne », « en rechute, 2e ligne »: the state right before a line, which did
    not fail for that."""
    state = _STATE.search(before)
    told = state is None or _CAME_BEFORE.search(before[: state.start()]) or _CAME_AFTER.match(after)
    return "" if told or state is None else state["state"]


_AS_A_RULE = ("recidiv", "recurrent")
"""« Récidivant … en 1re ligne » is said of the line to come; « progressif en 2e ligne » may be said of the last one."""
_STATE = re.compile(
    r"\b(?P<state>recidivante?s?|recurrente?s?|progressi(?:fs?|ves?)|(?:en )?(?:rechute|recidive)|refractaires?|"
    r"relapsed|refractory)(?:(?:[\s,/()-]|\b(?:ou|et|et/ou|or|and|metastati\w+|localement|locally|avancee?s?|advanced|non|"
    r"unresectable|inoperables?|resecables?|disease|maladie|loco-?regional\w*|rechute|recidive|en|refractaires?|"
    r"refractory|relapsed|recidivante?s?)\b)*)$"
)


_AFTER_IT = re.compile(r"(?<![\w-])(?:apres|after|following|suite a)\s(?:la |l'|une? |the |a )?$")


def _local_may_do(text: Marked, start: int) -> bool:
    """« Après RT et/ou chimio de 1re ligne »: a treatment that is no line may be all that came before."""
    before = re.search(rf"{MARK}+\s*(?:d(?:e |')|en |in )?$", text.text[:start])
    named = text.first(before.start(), start) if before else None
    return named is not None and not all(
        is_systemic(id_) for item in named.items for part in item.components for id_ in part
    )


def _earlier(match: re.Match[str], meaning: str, bounds: tuple[int, int | None], after: str) -> Iterator[Found]:
    """« après une 1re ligne »: so many lines at least; « (néo)adjuvante » after it makes it none."""
    if meaning in ("one", "range", "from") and not re.match(r"\s*[^,;]{0,25}adjuvant", after):
        lead = _AFTER_IT.search(match.string, 0, match.start())
        yield Found(lead.start() if lead else match.start(), match.end(), PriorLines(bounds[0], None), Kind.LINE)


def _ranks(meaning: str, match: re.Match[str]) -> tuple[int, int | None] | None:
    groups = match.groupdict()
    low = _rank(next(word for name in ("o", "s", "o3", "s3") if (word := groups.get(name))))
    if meaning == "range":
        high = _rank(groups.get("o2") or groups.get("s2") or "")
        joined = re.search(r"\b(?:ou|or|et)\b|/", match[0])
        return (low, high) if low < high and (high == low + 1 or not joined) else None
    return {"from": (low, None), "past": (low + 1, None), "to": (1, low), "one": (low, low)}[meaning]


def _rank(word: str) -> int:
    digits = re.search(r"\d", word)
    return int(digits[0]) if digits else _ORDINALS[word]


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    """« L2 » and « 2L » only with a capital."""
    shorts = [match.span(name) for name in match.re.groupindex if name.startswith("s") and match[name]]
    return all("L" in text[start:end] for start, end in shorts)


_IN_THIS_SITUATION = re.compile(
    r"^\W*lignes? (?:anterieures? )?(?:appropriee?s? |standards? )?recue?s? (?:dans|en) (?:cette|la) (?:situation|"
    r"indication)"
)


def in_this_situation(clause: Clause) -> Iterator[Found]:
    """« Lignes antérieures reçues dans cette situation »: some there must be."""
    match = _IN_THIS_SITUATION.match(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match:
        yield Found(*match.span(), PriorLines(1, None), Kind.LINE)
