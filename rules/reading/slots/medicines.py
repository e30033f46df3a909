"""Current medicines by slots: what is taken, at which dose of corticoid, since when; any other word leaves it unread.

Read among the exclusions only. A dose of corticoid is told apart at 10 mg of prednisone, the limit that trials set;
of any other dose, who takes corticoids at all may be meant.
"""

import re
from dataclasses import dataclass

from rules.conditions import find_conditions, is_medication
from rules.criteria import AllOf, AnyOf, Kind, Polarity, TakesMedication, Test, Unread
from rules.hinted import hinted
from rules.infer.doses import OVER, UP_TO
from rules.reading.clause import Clause
from rules.reading.joining import Read

_OPEN: Test = Unread(Kind.COMORBIDITY)
_HINT = hinted(
    r"cortico|steroid|prednis|immunosup|immuno-sup|coagul|antivitamine|\bavk\b|\baods?\b|warfar|coumad|heparin|agregant|"
    r"platelet|aspirin|cyp|cytochrom|inhibi|inducteur|inducer|p2y12|clopidogrel|glucocort|statin|pompe a proton|"
    r"proton pump|\bipp\b|bisphosph|denosumab|methotrexate|metformin|insulin|digox|amiodar|opio|morphin|lithium|"
    r"epilept|anticonvuls|bloqu|blocker|\bains\b|nsaid|anti-?inflam|arythm|depress|retrovir|phenyto|carbamaz|azole"
)
_CYP = re.compile(
    r"(?P<what>(?:inhib\w*\.?|induct\w*\.?|inducers?)(?:\s?(?:/|,|et/ou|and/or|ou|or|et|and|et les|ou un)\s?"
    r"(?:inhib\w*\.?|induct\w*\.?|inducers?))?)\s(?:enzymatiques? )?(?P<after>puissants?|forts?)\s"
    r"(?:de la |de l'|du |des |of )?(?:isoenzyme |cytochrome |p450 |cyp450 )*cyp ?3a(?: ?4)?(?:/5|/a5)?|"
    r"(?P<before>strong|potent)\s(?P<thing>(?:inhibitors?|inducers?)(?:\s?(?:/|or|and|and/or)\s?(?:strong |potent )?"
    r"(?:inhibitors?|inducers?))?)\s(?:of )?(?:cytochrome |p450 |\(cyp\) )*cyp ?3a(?: ?4)?(?:/5)?|"
    r"(?:strong|potent)\scyp ?3a(?: ?4)?(?:/5)?\s(?P<last>(?:inhibitors?|inducers?)(?:\s?(?:/|or|and|and/or)\s?"
    r"(?:strong |potent )?(?:inhibitors?|inducers?))?)"
)
_OF_PREDNISONE = (
    r"(?:\s?\(?(?:(?:d'|en |of |in )?(?:eq(?:uivalents?|uiv)?\.?\s?)?(?:(?:de |d'|a la |of )?"
    r"(?:prednisone|prednisolone))(?:\s?(?:ou |or )?(?:its )?(?:eq(?:uivalente?s?|uiv)?\b\.?))?|"
    r"(?:ou |or )?(?:d')?eq(?:uivalents?|uiv)?\b\.?)\)?)*"
)
_DOSE = hinted(
    r"[\s,(]*(?:a (?:la |une )?(?:dose|posologie)s? |at (?:a )?doses? |doses? )?(?:de |of )?"
    r"(?:a )?(?P<sign>[>≥]=?|superieure?s? (?:ou egale?s? )?a|plus de|more than|greater than|exceeding|above|>=)\s?"
    r"(?P<mg>\d+(?:[.,]\d+)?)\s?mg(?:\s?(?:/|par|per)\s?(?:j(?:our)?|day|d|24 ?h)\b|\s(?:daily|quotidien\w*))*"
    rf"{_OF_PREDNISONE}(?:\s?(?:/|par|per)\s?(?:j(?:our)?|day|d)\b)*\)?"
)
_NOT_PREDNISONE = re.compile(r"dexa|hydrocort|methylpred|medrol|betameth|celest|/\s?kg")
_WHEN = re.compile(
    r"(?:dans|pendant|au cours de|within|in|during)\s(?:l'annee|les douze mois|the (?:past |last |previous )?year)"
    r"(?:\s(?:avant|precedant|qui precede|before|prior to|preceding)\s(?:le |la |l'|the )?(?:inclusion|"
    r"randomi[sz]ation|screening|selection|traitement|treatment|debut|start)\b)?|"
    r"(?:dans|pendant|within|in)\s(?:les|the)?\s?(?:derniers? )?(?:\d+|une?|deux|trois|sept|quatorze|two|three)\s?"
    r"(?:derniers? )?(?:j(?:ours?)?|sem(?:aines?)?|mois|days?|weeks?|months?)\b(?:\s(?:avant|precedant|qui precedent|"
    r"before|prior to|preceding|of)\s(?:le |la |l'|the )?(?:debut |start |premiere |first |1re |c1j1)?(?:(?:du|de la|"
    r"de l'|of|dose|administration|prise|the|study|de|l'|traitement|treatment|inclusion|randomi[sz]ation|enrol\w+|"
    r"screening|selection|etude|entree|drug|consentement|signature|du consentement)\s?)*)?|"
    r"[<≤]=?\s?\d+\s?(?:j(?:ours?)?|sem(?:aines?)?|mois|days?|weeks?|months?)\b|"
    r"\((?:y compris|including)\s(?:dans|within)[^()]*\)"
)
_SAID = re.compile(
    r"(?<![a-z])(?:[dl]'|(?:patients?|patientes?|sujets?|subjects?|participants?|personnes?|recevant|receiving|receive|recoit|prenant|prend|prennent|prenait|taking|take|"
    r"takes|traitee?s?|treated|sous|on|necessitant|requiring|requires?|require|requirement|needing|besoin|need|"
    r"prises?|utilisation|usage|use|using|traitements?|treatments?|therapies|therapy|therapeutiques?|par|avec|with|for|de|des|du|"
    r"la|le|les|un|une|of|the|a|an|any|tout|toute|tous|toutes|concomitante?s?|concomitant|concurrente?s?|"
    r"associee?s?|chroniques?|chronic|au|long|cours|en|actuel(?:le)?s?|current(?:ly)?|continue?s?|continuous|"
    r"continu|regulie\w+|quotidien\w*|daily|ongoing|long-?term|systemiques?|systemic|generale?|voie|orale?s?|oraux|"
    r"per os|medicaments?|medications?|drugs?|agents?|equivalente?s?|equivalent|plaquettaires?|"
    r"non[ -](?:cortico)?steroid\w+|who|are|is|qui|sont|est|ayant|presence|administration|"
    r"doi(?:t|vent)|exclu\w*)(?![a-z]))"
)
_TAKEN_BEFORE = re.compile(
    r",?\s(?:ou|or)\s(?:qui )?(?:en )?(?:a|ont|has|have|had|avoir|having)\s(?:deja |already |previously )?"
    r"(?:pris|recu|taken|received)\b"
    r"(?:\s(?:une?|one|it|them))?"
)
"""« … ou en a pris une dans l'année »: a form tells what is taken now."""
_JOINT = re.compile(r"et/ou|and/or|\bou\b|\bor\b|\bet\b|\band\b|[,/;]")
_NOTHING = re.compile(r"[\s.:()'-]+")


@dataclass(frozen=True, slots=True)
class _Taken:
    start: int
    end: int
    concepts: frozenset[str]


def medicines(clause: Clause) -> Read | None:
    """The medicines that a clause excludes; None where any of its words may mean more, or something else."""
    plain = clause.plain
    if clause.polarity is not Polarity.EXCLUSION or not _HINT.search(plain):
        return None
    before = _TAKEN_BEFORE.search(plain)
    if before:
        plain = plain[: before.start()] + " " * (before.end() - before.start()) + plain[before.end() :]
    taken = _taken(clause)
    if not taken:
        return None
    tests: list[Test] = []
    at = 0
    for index, one in enumerate(taken):
        if not _says_nothing(plain[at : one.start], joined=index > 0):
            return None
        dose = _DOSE.match(plain, one.end)
        if dose and dose.end() == len(plain.rstrip()) and dose[0].endswith("mg"):
            return None  # « > 10 mg|/j pour … »: a piece cut off in the middle of its dose
        test = _with_dose(one, dose, plain[one.start : dose.end()]) if dose else TakesMedication(one.concepts)
        if test is None:
            return None
        tests.append(test)
        at = dose.end() if dose else one.end
    if not _says_nothing(plain[at:], joined=False):
        return None
    if before:
        tests.append(_OPEN)
    return Read(tuple((Kind.COMORBIDITY, False, test) for test in tests), not before)


def _taken(clause: Clause) -> list[_Taken]:
    """The medicines named, in the order of the text; nothing where something else is named among them."""
    cyp = [_Taken(*match.span(), _of_cyp(match)) for match in _CYP.finditer(clause.plain)]
    doses = [match.span() for match in _DOSE.finditer(clause.plain)]
    named = []
    for mention in find_conditions(clause.text):
        inside = any(start <= mention.start < end for start, end in [*doses, *((one.start, one.end) for one in cyp)])
        if inside:
            continue
        if len(mention.ids) > 1 or not is_medication(min(mention.ids)) or mention.ids == {"live_vaccine"}:
            return []
        named.append(_Taken(mention.start, mention.end, mention.ids))
    return sorted([*cyp, *named], key=lambda one: one.start)


def _of_cyp(match: re.Match[str]) -> frozenset[str]:
    words = match["what"] or match["thing"] or match["last"]
    told = (("inhib", "strong_cyp3a4_inhibitor"), ("induc", "strong_cyp3a4_inducer"))
    return frozenset(id_ for word, id_ in told if word in words)


def _with_dose(one: _Taken, dose: re.Match[str], words: str) -> Test | None:
    """« > 10 mg » is told by the form's own dose; another limit only as far as it is surely above or below."""
    if not one.concepts <= {"corticosteroids", "systemic_corticosteroids"} or _NOT_PREDNISONE.search(words):
        return None
    amount = float(dose["mg"].replace(",", "."))
    over, low = TakesMedication(frozenset({OVER})), TakesMedication(frozenset({UP_TO}))
    strict = (">" in dose["sign"] and "=" not in dose["sign"]) or re.search(r"plus|more|greater|exceed|above", dose[0])
    if amount == 10 and (strict or re.match(r"superieure?s? a", dose["sign"])):
        return over
    if amount <= 10:
        return AnyOf((over, AllOf((low, _OPEN))))
    return AllOf((over, _OPEN))


def _says_nothing(words: str, *, joined: bool) -> bool:
    """Whether a stretch holds only words that change nothing, with a joint where one is needed."""
    if joined and not _JOINT.search(words) and not re.fullmatch(r"\s*\(\s*", words):
        return False
    rest = _SAID.sub(" ", _WHEN.sub(" ", words))
    rest = _NOTHING.sub(" ", _JOINT.sub(" ", rest))
    return not rest.strip()
