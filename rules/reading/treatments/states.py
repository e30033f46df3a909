"""Treatment of the disease as a whole: any treatment of this cancer, maintenance received, the last line failed, and "
"the
exposures that haematology names in one word (triple-class, penta-refractory)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Not, Polarity, Test, Treated, Unread
from rules.hinted import hinted
from rules.infer.treatments import OWN_SETTINGS
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.treatments.context import is_left_open, is_timed_later
from rules.reading.treatments.patterns import CANCER

_SITE = (
    r"(?: (?!(?:ou|et|or|and|par|avec|by|with|avant|before|pendant|during|depuis|dans|hors|sauf|y|including)\b)"
    r"[\w'/-]+){0,5}?"
)
_OWN = hinted(
    rf"(?<![a-z])(?:(?:tout |tous |any |un |une |le |les )*(?:(?:traitement|therapie|treatment|"
    rf"therapy)s? (?:anti-?cancereu\w+ |"
    rf"anti-?tumora\w+ |antineoplasi\w+ )?(?:anterieure?s?|prealables?|precedente?s?)|(?:prior|previous) "
    rf"(?:anti-?cancer )?(?:treatment|therapy|therapies|treatments))\s+(?:d(?:e |u |e la |e l'|e ce |e cette )|pour "
    rf"(?:le |"
    rf"la |l'|ce |cette |leur |un |une )?|of (?:the |this )?|for (?:the |this |their )?)(?P<what>{CANCER}(?!\w){_SITE}"
    rf"(?: (?:actuel\w*|etudiee?|current|under study|a l'etude))?)|(?:tout |any )?(?:traitement|treatment)s? "
    rf"anti-?cancer\w* "
    r"(?:anterieure?s?|prealables?))"
    r"(?P<detail>\s*\((?![^()]*(?:autoris|permis|accept|toler|allow|except|hors|sauf|sans))[^()]*(?:radioth|"
    r"chimio|chirurg|systemi|immuno|hormono|radiation|surgery|"
    r"chemo)[^()]*\))?(?=\s*(?:$|[,;.]|"
    r"(?:ou|or|sauf|hors|except\w*|a l'exception)\b))"
)
_NONE = re.compile(
    r"(?:(?<![a-z])(?:pas d(?:e |')|aucun |sans |absence d(?:e |')|no |without |jamais d(?:e |'))(?:any )?)$"
)
_EARLY_WORDS = re.compile(r"avance|metasta|advanced|rechut|recidiv|relaps|recurren|non resec|unresec|adjuv")
_OF_BLOOD = re.compile(
    r"lymphom|lymphoma|myelom|leuc|leuk|\b(?:llc|lmc|lam|lal|lmmc|lnh|ldgcb|lbdgc|lf|lcm|lzm|lh|cll|aml|smd|mm)\b"
)
"""No surgery treats it, so none is meant."""
_MAINTENANCE = re.compile(
    r"(?:(?:traitement|chimiotherapie|therapie)s? (?:de |d'))?(?:maintenance|entretien)(?: therapy)? "
    r"(?:deja recue?s?|recue?s?|anterieure?s?|prealables?)(?: \([^()]*\))?|(?:prior|previous) maintenance(?: therapy| "
    r"treatment)?|"
    r"(?:deja |avoir |a |ayant )*recu (?:un |une |le |la )?(?:traitement de |d')?(?:maintenance|entretien)"
)
_LAST_LINE = re.compile(
    r"(?:en |documented |disease |maladie en )?(?P<how>progress\w+|refractaires?|refractory|rechute\w*|relaps\w*|"
    r"recidive|echec|"
    r"resistan\w+)(?: (?:\w+ment |tumorale |documentee?s? |"
    r"(?:doi(?:t|vent) (?:etre|avoir ete) )?survenue?s? |"
    r"(?:et/ou |ou |et |and/or |or )?(?:radiologi\w+|cliniques?|clinical|radiographic\w*) |disease |"
    r"objective |selon [\w.]+ |"
    r"(?:ou|et/ou|or|et) "
    r"(?:en )?(?:progression|rechute|refractaire|recidive) )*)?\s?(?:(?:pendant|sous|apres|au cours d(?:e |')|lors "
    r"d(?:e |')|during|on|sur|"
    r"after|following|a|aux?|de|to)"
    r"(?: (?:ou|et|or|and|et/ou|/) (?:apres|after|following|pendant|sous))?(?P<soon> (?:ou|or) (?:dans les|within) "
    r"\d{1,2} (?:mois|semaines|months|weeks) (?:suivant|apres|of|after|following))?)\s+(?:(?:la|le|l'|"
    r"leur|the|their|"
    r"son|sa)\s?)?(?:(?:derniere?|last|most recent|precedente?|plus recente?)\s(?:ligne|line|traitement|treatment|"
    r"therap\w+|regimen|"
    r"protocole)(?: standard)?|(?:ligne|traitement)(?: de traitement)?(?: systemique)? (?:precedente?|anterieure?|"
    r"le plus recent|la plus recente))(?: (?:d(?:e |u |"
    r"')(?:traitement|"
    r"therapie)|of (?:therapy|treatment)|de traitement systemique|systemique|anti-?cancereux|recue?|therapy|"
    r"therapeutique|"
    r"anterieure?|received))*"
)
_ABSENT = re.compile(r"\b(?:no|not|sans|pas|absence|without|non|ne|aucune?|jamais|never|si|if)\b[^,;:.]{0,40}$")
_CLASSES = hinted(
    r"(?<![a-z-])(?P<count>triple|tri|double|penta)[\s-]?(?:class(?:es?)?[\s-])?(?:exposee?s?|exposed|refractaires?|"
    r"refractory)"
    r"(?:\s*(?:ou|/|or)\s*(?:exposee?s?|refractaires?|exposed|refractory))?(?:\s*\([^()]*\))?"
)
_OF_CLASSES = {
    "tri": ("proteasome_inhibitor", "imid", "anti_cd38"),
    "double": ("proteasome_inhibitor", "imid"),
    "penta": ("bortezomib", "carfilzomib", "lenalidomide", "pomalidomide", "anti_cd38"),
}
_BCG = re.compile(
    r"(?<![a-z-])(?:bcg[- ](?:refractaires?|unresponsive|refractory|resistante?s?|exposed)|(?:non[- ]repondeu\w+|ne "
    r"repondant pas|"
    r"refractaires?|resistante?s?|(?:en )?echec|exposee?s?|unresponsive|refractory|exposed) (?:au|du|a la|to|a) "
    r"bcg(?:[- ]?therapie)?)(?![a-z])"
)
_CURED_LONG_AGO = hinted(
    r"(?:si traitee?s? (?:pour|a) un stade (?:precoce|localise|early) ?[:,] ?)?(?:tous )?(?:les |le )?(?:traitements?|"
    r"therapies?) "
    r"(?:curatifs?|a visee curative)(?: (?:doi(?:t|vent) (?:etre|avoir ete)|est|sont))? (?:terminee?s?|acheves?|"
    r"finis?) (?:depuis )?"
    r"(?:>|≥|> ?=|plus d(?:e |')|au moins )\s?(?P<time>\d{1,2} ?(?:mois|ans?|semaines?)) avant (?:la |le |"
    r"l')?(?:premiere )?"
    r"(?:recidive|rechute|progression)(?: metastatique| locale)?"
)
_MAY_HOLD = hinted(
    r"traitement|therap|treatment|maintenance|entretien|derniere? |last |recent|ligne |bcg|triple|penta|double|\btri[ "
    r"-]"
)
_MAY_MAINTAIN = re.compile("maintenance|entretien")
_FAILED = frozenset({"progression"})
_OF_MYELOMA = re.compile(r"myelom|\bmm\b|imid|cd38|proteasom|refract|\bip\b")


def treatment_states(clause: Clause) -> Iterator[Found]:
    """What a clause asks of the treatment of this disease as a whole."""
    if not _MAY_HOLD.search(clause.plain):
        return
    for reader in (_own_disease, _maintenance, _last_line, _classes, _bcg, _cured_long_ago):
        yield from reader(clause)


def _own_disease(clause: Clause) -> Iterator[Found]:
    """« Tout traitement antérieur du cancer actuel »: of this disease, in any setting."""
    for match in _OWN.finditer(clause.plain):
        before, rest = clause.plain[: match.start()], clause.plain[match.end() :]
        none = _NONE.search(before)
        start = none.start() if none else match.start()
        forbids = (none is not None) != (clause.polarity is Polarity.EXCLUSION)
        plainly = re.search(r"(?:^\W*|[,;:(-]|patients?|participants?|subjects?)\s*$", clause.plain[:start])
        if not plainly or re.search(r"\bautre|\bother|\banother", match[0]) or is_timed_later(rest):
            continue
        if re.match(r"\s*(?:sauf|hors|except|a l'exception)", rest) or is_left_open(clause.plain, start, match.end()):
            continue
        test = _any_treatment(match["what"] or "", match["detail"] or "", forbids=forbids)
        yield Found(start, match.end(), Not(test) if none else test, Kind.PRIOR_TREATMENT)


def _any_treatment(words: str, detail: str, *, forbids: bool) -> Test:
    """Systemic treatment or radiotherapy; surgery where it is named, else open: a biopsy may be typed as surgery."""
    if _EARLY_WORDS.search(words):
        metastatic_only = forbids and "metasta" in words and not re.search("avance|advanced", words)
        settings = frozenset({"metastatic", "palliative"} if metastatic_only else {"advanced"})
        return Treated(treatments=frozenset({"systemic_treatment"}), settings=settings)
    if _OF_BLOOD.search(words):
        return _in_every_setting("systemic_treatment", "radiotherapy")
    if re.search(r"chirurg|surg", detail):
        return _in_every_setting("anticancer_treatment")
    surgery = AllOf((_in_every_setting("surgery"), Unread(Kind.PRIOR_TREATMENT)))
    return AnyOf((_in_every_setting("systemic_treatment", "radiotherapy"), surgery))


def is_of_blood(words: str) -> bool:
    """Whether words name a disease that no surgery treats."""
    return _OF_BLOOD.search(words) is not None


def _in_every_setting(*treatments: str) -> Test:
    return in_this_disease(Treated(treatments=frozenset(treatments)))


def in_this_disease(test: Test) -> Test:
    """The same, of this disease: in any setting, and a treatment of another cancer stands in none."""
    if not isinstance(test, Treated) or test.settings:
        return test
    return AnyOf((replace(test, settings=OWN_SETTINGS), replace(test, settings=frozenset({"advanced"}))))


def _maintenance(clause: Clause) -> Iterator[Found]:
    for match in _MAINTENANCE.finditer(clause.plain) if _MAY_MAINTAIN.search(clause.plain) else ():
        if not _ABSENT.search(clause.plain[: match.start()]) and not is_left_open(clause.plain, *match.span()):
            test = Treated(treatments=frozenset({"systemic_treatment"}), settings=frozenset({"maintenance"}))
            yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _last_line(clause: Clause) -> Iterator[Found]:
    """« Progression pendant ou après la dernière ligne »: of whichever it was, so that only its absence tells."""
    if clause.polarity is Polarity.EXCLUSION:
        return
    for match in _LAST_LINE.finditer(clause.plain):
        if _ABSENT.search(clause.plain[: match.start()]) or is_left_open(clause.plain, *match.span()):
            continue
        systemic = re.search(r"lign|line|systemi|regimen", match[0])
        treatments = frozenset({"systemic_treatment" if systemic else "anticancer_treatment"})
        failed = Treated(treatments=treatments, outcomes=frozenset({"progression", "relapse"}))
        test = AllOf((failed, Unread(Kind.OTHER))) if match["soon"] else failed
        yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _classes(clause: Clause) -> Iterator[Found]:
    for match in _CLASSES.finditer(clause.plain):
        if _ABSENT.search(clause.plain[: match.start()]) or not _OF_MYELOMA.search(clause.plain):
            continue
        refractory = "refract" in match[0] and "expos" not in match[0]
        names = _OF_CLASSES["tri" if match["count"].startswith("tri") else match["count"]]
        had = [Treated(treatments=frozenset({name}), outcomes=_FAILED if refractory else frozenset()) for name in names]
        yield Found(*match.span(), AllOf(tuple(had)), Kind.PRIOR_TREATMENT)


def _bcg(clause: Clause) -> Iterator[Found]:
    """« NMIBC non répondeur au BCG »: who never had it is none."""
    for match in _BCG.finditer(clause.plain) if "bcg" in clause.plain else ():
        if not _ABSENT.search(clause.plain[: match.start()]) and clause.polarity is Polarity.INCLUSION:
            yield Found(*match.span(), Treated(treatments=frozenset({"bcg"})), Kind.PRIOR_TREATMENT)


def _cured_long_ago(clause: Clause) -> Iterator[Found]:
    """« Traitements curatifs terminés au moins 6 mois avant la récidive »: no relapse so soon after one."""
    for match in _CURED_LONG_AGO.finditer(clause.plain) if clause.polarity is Polarity.INCLUSION else ():
        durations = find_durations(match["time"])
        if durations and durations[0].days and not is_left_open(clause.plain, *match.span()):
            early = frozenset({"neoadjuvant", "adjuvant", "curative"})
            soon = Treated(
                treatments=frozenset({"anticancer_treatment"}), settings=early, relapse_within_days=durations[0].days[0]
            )
            yield Found(*match.span(), Not(soon), Kind.PRIOR_TREATMENT)
