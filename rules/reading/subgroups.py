"""Words that speak of some patients only, or leave them out: what they name is then not asked of every patient."""

import re
from collections.abc import Sequence

from rules.hinted import hinted
from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.curability import reaches

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|tumou?rs?|tumeurs?|women|men|females?|males?|sujets?|personnes?|femmes?|"
    r"hommes?)"
)
_WITH = r"(?:with|avec|having|ayant|whose|dont|harbou?ring|presentant|atteints? d[eu']|porteurs? d[eu'])"
_BEFORE = re.compile(
    r"\b(?:for|pour|chez|if|si|in case of|en cas d[eu]|although|bien que)\s(?:(?:les|the|those|all|tous|a|an|une?)\s)?"
    rf"(?:{_PEOPLE}\s(?:(?:[a-z]+ )?{_WITH}[a-z' -]{{0,40}})?)?$|"
    r"\bs'(?:ils?|elles?)\s(?:est|sont|porte\w*|presente\w*|exprime\w*|ont|a)\s(?:[a-z']+ )?$"
)
_NAMED = re.compile(rf"\b{_PEOPLE}\s{_WITH}\s?(?:[a-z]+ ){{0,4}}$")
_DUTY = re.compile(
    r"[^,;.]{0,40}\b(?:must|should|doivent|need to|(?:are|will be|is) required|may|peuvent|who refused|are eligible|"
    r"sont eligibles)\b"
)
_MAY = re.compile(r"\b(?:may|can|peuvent|peut) (?:have|present\w*|avoir)\b[^,;.]{0,40}$")
_ALLOWED = re.compile(
    r"[^,;.]{0,40}\b(?:is|are|est|sont) (?:also )?(?:allowed|permitted|acceptable|acceptees?|autorise\w*|eligibles?|"
    r"possibles?)\b"
)
_LABEL = re.compile(r"(?:\s?\([^)]*\))?[\s)]*:\s\S+\s\S+\s\S+")
_PART = hinted(
    r"^\W*(?:pour (?:les? |la )?|for (?:the )?|dans |in )?"
    r"(?:cohortes?|cohorts?|parties?|parts?|bras|arms?|groupes?|groups?|sous-etudes?|sub-?stud\w+|volets?|modules?|"
    r"strates?|phases? (?:i{1,3}|[123]|ib|iia)|expansions?|etapes?|escalade|dose (?:escalation|expansion|optimi\w+))"
    r"\b[^:]{0,60}:"
)
_PREFIX = hinted(r"[^:(]{0,20}(?:\([^)]*\))?[^:(]{0,60}:")
_TOLD = re.compile(
    r"^\W*(?:maladie|disease)|suivante?s?|following|"
    r"confirm|prouv|prove|diagnos|document|histolog|cytolog|defin|patholog|stade|stage|haut risque|high.risk"
)
_ASKED_OF_SOME = re.compile(
    r"\b(?:lignes?|lines?|trait\w+|treat\w+|therap\w+|chimio\w*|anterieur\w*|prior|recue?s?|eligibles?|si|if|pas d|"
    r"aucune?|must|doi(?:ven)?t|exige\w*|requis\w*|possibles?|accepte\w*|autoris\w*|inhibi\w*|anti-\w+|progress\w*|"
    r"naifs?|received|allowed)\b|^\W*$"
)
_REVERSED = hinted(
    r"\bexclue?s?\b|\bexcluded\b|\b(?:not|non) eligibles?\b(?! (?:a|au|aux|to|for|pour)\b)|"
    r"\bineligibles?\b(?! (?:a|au|aux|to|for|pour)\b)|\bne (?:sont|seront|peuvent) pas\b|"
    r"\b(?:not|non) (?:be )?(?:allowed|permitted|autorise\w*|admis\w*|considered)\b|\binterdit\w*|"
    r"\bn(?:e sont|'est) pas consider"
)


_INNER = re.compile(r"\([^()]*\)")


def is_reversed(clause: Clause) -> bool:
    """Whether an inclusion says of somebody that he or she is left out (« les patients KRAS G12C sont exclus »)."""
    outside = _INNER.sub(" ", clause.plain)
    return clause.polarity is Polarity.INCLUSION and _REVERSED.search(outside) is not None


def of_a_subgroup(clause: Clause, start: int, end: int, *, labels: bool = True) -> bool:
    """Whether a stretch of an inclusion only names those for whom something else is asked.

    « pour les patients avec X », "if X", "patients with X must …", « X : au moins une ligne antérieure » (`labels`).
    """
    before = clause.plain[:start]
    if clause.polarity is not Polarity.INCLUSION:
        return before.strip() in _FOR or clause.plain.rstrip().endswith(":")
    if is_label(clause.plain, end):
        return True
    if (
        _BEFORE.search(before)
        or _MAY.search(before)
        or (labels and _LABEL.match(clause.plain, end))
        or _ALLOWED.match(clause.plain, end)
    ):
        return True
    return _NAMED.search(before) is not None and _DUTY.match(clause.plain, end) is not None


_FOR = frozenset({"for", "pour", "pour le", "pour la", "pour les", "chez", "in", "if", "si"})


def speaks_of_a_part(clause: Clause) -> bool:
    """Whether a clause still begins with the name of a cohort or part, which then is none of the catalogue."""
    return _PART.match(clause.plain) is not None


def is_label(plain: str, end: int) -> bool:
    """« LLC : ≥ 2 lignes », « Mélanome BRAF muté : inhibiteur reçu »: for whom the rest is asked, nothing of all."""
    prefix = _PREFIX.match(plain)
    if prefix is None or end > prefix.end() or _TOLD.search(prefix[0]):
        return False
    rest = plain[prefix.end() :]
    if _ASKED_OF_SOME.search(rest) is None:
        return False
    for reach in reaches(rest):  # « non accessible à un traitement curatif » tells of the disease
        rest = rest[: reach.start] + " " * (reach.end - reach.start) + rest[reach.end :]
    return _ASKED_OF_SOME.search(rest) is not None


_ALTERNATIVE = re.compile(r"^\W*(?:soit|ou bien|ou|or|either)\b")


def is_one_of_several(clause: Clause) -> bool:
    """« soit maladie étendue … » alone in its clause: an alternative to the clauses beside it, asked of nobody."""
    if clause.polarity is not Polarity.INCLUSION or not _ALTERNATIVE.match(clause.plain):
        return False
    return len(re.findall(r"\b(?:soit|either|or|ou)\b", clause.plain)) == 1


def is_open_parenthesis(plain: str, start: int, known: Sequence[tuple[int, int]]) -> bool:
    """Whether `start` stands in a parenthesis that also holds alternatives which none of the known stretches reads."""
    opening = plain.rfind("(", 0, start)
    if opening < 0 or plain.rfind(")", 0, start) > opening:
        return False
    closing = plain.find(")", start)
    return is_open_list(plain, opening + 1, closing if closing >= 0 else len(plain), known)


def is_open_list(plain: str, start: int, end: int, known: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch is a list of which no known stretch reads some member."""
    position = start
    cuts = list(_OR_CUT.finditer(plain, start, end))
    for match in [*cuts, None]:
        stop = match.start() if match else end
        inside = any(first < stop and position < last for first, last in known)
        if not inside and re.search(r"[a-z]{2,}|\d", plain[position:stop]):
            return bool(cuts)
        position = match.end() if match else end
    return False


_OR_CUT = re.compile(r"\bet/ou\b|\band/or\b|\bou\b|\bor\b|,|;")
