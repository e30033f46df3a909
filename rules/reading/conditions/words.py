"""The words around the name of a condition: when, whether active or suspected, how treated, and what narrows it.

A word that narrows (severity, control, consequences) is not read: the name then stays beside something unread, and
rules nobody out by itself.
"""

import re

from rules.conditions import CONDITIONS, is_event
from rules.hinted import hinted
from rules.infer.doses import OVER
from rules.reading.segments import in_parenthesis

_BROAD = frozenset(
    {
        "cardiovascular_disease",
        "heart_disease",
        "liver_disease",
        "kidney_disease",
        "gi_disease",
        "respiratory_disease",
        "neurological_disease",
        "psychiatric_disorder",
        "eye_disease",
        "skin_disease",
        "endocrine_disease",
        "infection",
        "viral_infection",
        "allergy",
        "haemorrhage",
        "arrhythmia",
        "conduction_disorder",
        "valvular_heart_disease",
        "electrolyte_disorder",
        "fracture",
        "hypotension",
        "dyspnoea",
        "anaemia",
        "pleural_effusion",
        "substance_use",
    }
)
"""Whole fields of medicine, that no trial excludes without saying how severe."""

_NARROWS = re.compile(
    r"\b(?:significati\w*|signifiant\w*|clinically|cliniquement|sever\w*|graves?|majeure?s?|serious|important\w*|"
    r"(?:non|mal|not|poorly)[- ](?:bien |well )?(?:control\w*|equilibr\w*|stabilis\w*|resol\w*|traite\w*|gueri\w*|"
    r"cicatris\w*|recuper\w*|gerables?|treated)|uncontrolled|unstable|instables?|symptomati\w*|recente?s?|recent\w*|"
    r"refractai\w*|recidivant\w*|recurrent\w*|repete\w*|frequent\w*|massi\w*|moder\w*|necessit\w*|requis\w*|requer\w*|"
    r"requir\w*|ayant|pouvant|genant\w*|alterant|limitant|empechant|retardant|impos\w*|interf\w*|compromet\w*|"
    r"contre-?indiq\w*|incompatibles?|qui|that|which|who|sous|avec|with|under|sans|without|on|grades?|g[1-4]|"
    r"class[e]?|stade|stage|a risque|at risk|liee?s?|dues? (?:a|au|to)|du a|secondaires?|secondary|detectables?|"
    r"malgre|despite|"
    r"suscepti\w*|en cas|if|si|lors|pendant|during|hors|from|caused|hospitalis\w*|traitee?s?|treated)\b|[<>≥≤]|\bg\d"
)
_ACTIVE_TOO = re.compile(
    r"^(?:\s?(?:ou|or|et|and|et/ou|and/or|/)\s?[^,;.()]{0,40}?)?\s(?:(?:cliniquement |clinically )?(?:actives?|"
    r"actifs?)\b|"
    r"en cours\b|evoluti(?:ve|ves|f|fs)\b|ongoing\b)"
)
_GOES_ON = re.compile(
    r"^\W*(?:actuelle?s?|ancienne?s?|connue?s?|suspectee?s?|active?s?|actifs?|chroniques?|aigue?s?|recente?s?|"
    r"traitee?s?|"
    r"non|passee?s?|prior|current|known|suspected|active|en cours|ou|or|et|and|ayant|necessitant|sous|avec|sans|with|"
    r"requiring|quelle?s? que|qui|that|which|controlee?s?|severes?|symptomatiques?|significati\w*|graves?|<|≤|dans|"
    r"within)\b"
)
"""How a stretch behind a comma must begin to speak of what stands before it; anything else is the next item."""

_OTHER_ITEM = hinted(
    r"[,;/]?\s*(?:ou |or |et |and |et/ou |and/or )?(?:toute? )?(?:autres?|any other|other)\b"
    r"(?!\s?\(?(?:[<>≥≤]|(?:de |of )?gr(?:ade)?\b|g[1-4]|sever|active|symptom))"
)
"""« ou autre affection »; but « radique ou autre ≥ grade 2 » is graded as a whole."""
_SEVERE_BY_NAME = re.compile(r"uncontrolled|severe|significant|unstable|decompensated|nyha|grade|active_infection")
_ALTERNATIVES = re.compile(
    r"^(?:\s?(?:et/ou|and/or|ou|or|/|,)\s?(?:(?:non|mal|not)[- ](?:bien )?\w+|sever\w*|graves?|instables?|"
    r"symptomati\w*|"
    r"significati\w*|uncontrolled|untreated|unstable|decompens\w*)(?![a-z]))+(?=\s*(?:$|[,;(.]))"
)
_FIGURES = re.compile(r"\s?\([^()]*(?:[<>≥≤]|\d\s?/\s?\d|(?<!in)detectable|\b(?:adn|arn|dna|rna|pcr)\b)[^()]*\)")
_LABEL = re.compile(r"^[^:]{3,110}:")
_DELAY_FIRST = re.compile(
    r"^\W*(?:(?:survenue?s?|presence|antecedents?) )?(?:dans les|au cours des|within(?: the)?|in the|[<≤])\s?"
)
_DELAY_LINK = re.compile(r"\s?(?:dernier\w*|precedent\w*|prior|avant|before|precedant|last|past)?[^:,;]{0,40}[:,]")
_DELAY = re.compile(
    r"(?:dans les|au cours des|depuis moins de|datant de moins de|de moins de|il y a moins de|"
    r"within(?: the)?(?: last| past)?|"
    r"in the(?: last| past)?|[<≤]=?)\s?$"
)
_THIS_MONTH = hinted(r"\b(?:dans|au cours de)\s(?:le mois\b|l'annee\b)")
_PERMITS = re.compile(
    r"\b(?:admis\w*|autoris\w*|permis\w*|accept\w*|possibles?|tolere\w*|ok|sauf|except\w*|hors|allowed|permitted|"
    r"eligible)\b"
)
_EXCEPTION = hinted(
    r"\b(?:sauf|hors|hormis|excepte\w*|a l'exception|a l'exclusion|en dehors|except|exception of|other than|unless|"
    r"autres? qu[e'])"
)
_TREATED = re.compile(
    r"\s?(?:ayant (?:deja )?(?:necessite|requis|recu|justifie)|necessit(?:ant|e)|requerant|requiring|"
    r"that (?:has |have )?required?|traitee?s?(?: par)?|treated (?:with|by)|sous|avec|with|under|on)\s"
    r"(?:(?:une?|des|d'|de|du|la|le|les|any|a|par|l')\s?)*(?P<what>"
    r"traitements? (?:systemiques?|immunosuppresseurs?|general|generaux|par voie (?:generale|systemique))|"
    r"voie (?:generale|systemique)|systemic (?:therapy|treatment|immunosuppress\w*)(?: therapy| treatment)?|"
    r"immunosuppress\w*(?: (?:therapy|treatment|systemiques?))?|"
    r"corticoides?(?: systemiques?)?|corticotherapie(?: systemique)?|(?:systemic )?(?:cortico)?steroids?|insuline?|"
    r"antidiabetiques?(?: oraux)?|antibiotiques?|antibiotherapie|\batb\b|antibiotics)(?![a-z])(?! (?:iv\b|intrav|"
    r"parent|>|≥))"
    r"(?:\s(?:au long cours|chroniques?|prolonge\w*|long[- ]term|a l'entree|en cours|actuel\w*|current\w*))*"
)
_TREATED_RECENTLY = re.compile(r"\s?(?:traitee?s?|treated)(?=\s(?:dans les|within|in the|[<≤]))")
_IMMUNE = ("immune_mediated_disease", "autoimmune_disease", "inflammatory_bowel_disease")
_IMMUNE_MEDICINES = frozenset({"immunosuppressant", "systemic_corticosteroids"})


_QUALIFIER = re.compile(
    r"\b(?:(?:non|mal|pas|not|poorly)[- ](?:bien |well )?(?:control\w*|equilibr\w*|stabilis\w*|"
    r"maitris\w*)|uncontrolled|instables?|"
    r"unstable|decompens\w*|severes?|graves?|symptomatiques?|symptomatic)(?![a-z])"
)
_GRADED_BEHIND = re.compile(r"\s?\((?:de )?(?:grade|gr|g)\.?\s?(?:[<>≥≤]|[2-4])")
_OF_CONTROL = re.compile(r"\b(?:non|mal|pas|not|poorly)|uncontrolled")
_CONTROLLABLE = (
    "hypertension",
    "diabetes",
    "hiv",
    "viral_hepatitis",
    "seizures",
    "asthma",
    "copd",
    "arrhythmia",
    "heart_failure",
    "angina",
    "infection",
    "ischaemic_heart_disease",
    "heart_disease",
    "psychiatric_disorder",
    "autoimmune_disease",
)
_UNCONTROLLED = {"hypertension": "uncontrolled_hypertension", "diabetes": "uncontrolled_diabetes"}


def qualifier_of(plain: str, start: int, end: int) -> str:
    """The words of severity or control in a name, or right behind it; nothing if there are none."""
    if _GRADED_BEHIND.match(plain, end):
        return "grades"
    within = _QUALIFIER.search(plain, start, end)
    match = within or _QUALIFIER.match(plain, end + 1)
    return match[0] if match else ""


_FIRST = re.compile(r"(?:uncontrolled|poorly controlled|unstable|severe|symptomatic|significant)\b")


def qualifier_first(plain: str, start: int, end: int) -> str:
    """The English word of severity or control that opens a name; nothing if there is none."""
    match = _FIRST.match(plain, start, end)
    return match[0] if match else ""


def is_plural(qualifier: str) -> bool:
    """« non contrôlés », « instables »: said of several."""
    return qualifier.endswith("s")


def is_controllable(concepts: frozenset[str]) -> bool:
    """Whether a disease is one that trials exclude only where it is not under control."""
    return _is_below(concepts, _CONTROLLABLE)


def is_severe(concepts: frozenset[str]) -> bool:
    """Whether the name says by itself how severe."""
    return _SEVERE_BY_NAME.search(" ".join(concepts)) is not None


def uncontrolled(concepts: frozenset[str], qualifier: str) -> frozenset[str]:
    """The disease out of control, where the vocabulary names it so and the words say so; else as it is."""
    if not _OF_CONTROL.search(qualifier):
        return concepts
    return frozenset(_UNCONTROLLED.get(one, one) for one in concepts)


def treatment_behind(plain: str, end: int, concepts: frozenset[str]) -> tuple[int, frozenset[str]] | None:
    """« nécessitant un traitement systémique »: where it ends, and the medicines that are meant (none: any).

    None: no such words, or of a condition for which they would say something not understood.
    """
    match = _TREATED.match(plain, end)
    if match is None:
        recently = _TREATED_RECENTLY.match(plain, end)
        immune = recently and _is_below(concepts, _IMMUNE)
        return (recently.end(), _IMMUNE_MEDICINES) if recently and immune else None
    medicines = _meant(match["what"], concepts)
    return None if medicines is None else (match.end(), medicines)


def _meant(what: str, concepts: frozenset[str]) -> frozenset[str] | None:
    if _is_below(concepts, ("active_infection",)):
        return None if re.search(r"cortic|steroid|immunosup|insulin|diabet", what) else frozenset()
    if _is_below(concepts, ("diabetes",)):
        if "insulin" in what:
            return frozenset({"insulin"})
        return frozenset({"antidiabetic"}) if re.search(r"systemi|general|diabet", what) else None
    if not _is_below(concepts, _IMMUNE):
        return None
    if re.search(r"cortic|steroid", what):
        return frozenset({"systemic_corticosteroids"})
    if "immunosup" in what:
        return frozenset({"immunosuppressant"})
    return _IMMUNE_MEDICINES if re.search(r"systemi|general", what) else None


def _is_below(concepts: frozenset[str], roots: tuple[str, ...]) -> bool:
    return all(any(CONDITIONS.covers(root, one) for root in roots) for one in concepts)


def is_broad(concepts: frozenset[str]) -> bool:
    """Whether a name is that of a whole field, and decides nothing by itself."""
    return bool(concepts & _BROAD)


def are_events(concepts: frozenset[str]) -> bool:
    """Whether a delay in the same sentence speaks of it."""
    return all(is_event(one) for one in concepts)


def is_narrowed(rest: str, concepts: frozenset[str], *, active: bool) -> bool:
    """Whether what follows a name, up to the next item of the list, narrows it. `rest` holds no other name.

    « sévère ou non contrôlée », « active ou non traitée »: a further alternative widens.
    """
    own = _own_part(rest)
    if active or _SEVERE_BY_NAME.search(" ".join(concepts)):
        own = _ALTERNATIVES.sub(" ", own)
    if _SEVERE_BY_NAME.search(" ".join(concepts)):
        return _NARROWS.search(re.sub(r"\([^()]*\)", " ", own)) is not None and not _FIGURES.match(own)
    return _FIGURES.match(own) is not None or _NARROWS.search(re.sub(r"\([^()]*\)", " ", own)) is not None


def _own_part(rest: str) -> str:
    """Up to a comma behind which another item begins."""
    for match in re.finditer(r"[,;]|\.\s", rest):
        if match[0] != "," or not _GOES_ON.match(rest[match.end() :]):
            return rest[: match.start()]
        if _OTHER_ITEM.match(rest, match.start()):
            return rest[: match.start()]
    other = _OTHER_ITEM.search(rest)
    return rest[: other.start()] if other else rest


def is_active_too(rest: str) -> bool:
    """« PID ou pneumopathie en cours »: a word of activity behind the next item is of both."""
    return _ACTIVE_TOO.match(rest) is not None


def label_narrows(plain: str, start: int) -> bool:
    """Whether a label before a colon narrows what it lists: « Maladie non contrôlée : diabète, asthme »."""
    label = _LABEL.match(plain)
    return bool(label) and label is not None and label.end() <= start and _NARROWS.search(label[0]) is not None


def in_permission(plain: str, start: int) -> bool:
    """Whether a name stands in a parenthesis that permits something."""
    opening = plain.rfind("(", 0, start)
    if opening < 0 or plain.find(")", opening, start) >= 0:
        return False
    close = plain.find(")", start)
    return _PERMITS.search(plain, opening, close if close >= 0 else len(plain)) is not None


def exception_before(plain: str, start: int) -> int | None:
    """Where an exception begins that a name stands behind."""
    found = [
        match.start()
        for match in _EXCEPTION.finditer(plain, 0, start)
        if in_parenthesis(plain, match.start()) <= in_parenthesis(plain, start)  # « A (sauf B) ou C »: not of C
    ]
    return found[0] if found else None


def delay_first(plain: str, start: int, end: int) -> bool:
    """Whether a duration (its span) opens the sentence and is of all that follows: « Dans les 6 mois : IDM, AVC »."""
    opening = _DELAY_FIRST.match(plain)
    return (
        bool(opening)
        and opening is not None
        and abs(opening.end() - start) <= 1
        and _DELAY_LINK.match(plain, end) is not None
    )


def is_delay(plain: str, start: int) -> bool:
    """Whether a duration that begins here is a delay (« < 6 mois », « dans les 12 mois »)."""
    return _DELAY.search(plain[:start]) is not None


def spelled_delays(plain: str) -> list[tuple[int, int, int]]:
    """« dans le mois », « dans l'année »: spans and days."""
    return [(m.start(), m.end(), 30 if "mois" in m[0] else 365) for m in _THIS_MONTH.finditer(plain)]


_CORTICOIDS = frozenset({"corticosteroids", "systemic_corticosteroids"})
_OVER_10_MG = re.compile(
    r"[\s,(]*(?:a (?:la )?doses? )?(?:>|superieure?s? a|a plus de|de plus de|more than|exceeding)\s?\(?\s?10\s?mg"
    r"(?:\s?(?:/|par|per)\s?(?:j(?:our)?|day|d)\b|\s(?:daily|quotidien\w*))*[\s()]*(?:(?:(?:d'|de |of )?eq\w*\.?|ou|or|"
    r"(?:de |d'|a la |of )?(?:prednisone|prednisolone)|\(?par jour|/\s?j(?:our)?|/\s?d(?:ay)?)[\s()]*)*"
    r"(?:$|[.,;)]|ou\b|or\b|et\b|and\b|dans\b|within\b|pendant\b|[<≤])"
)
_NOT_PREDNISONE = re.compile(r"dexa|hydrocort|methylpred|medrol|betameth|celest")


def over_the_limit(concepts: frozenset[str], name: str, behind: str) -> frozenset[str] | None:
    """« Corticoïdes > 10 mg » (of prednisone, unless another one is named) as what a form's own dose may be."""
    told = concepts <= _CORTICOIDS and _OVER_10_MG.match(behind) and not _NOT_PREDNISONE.search(name)
    return frozenset({OVER}) if told else None
