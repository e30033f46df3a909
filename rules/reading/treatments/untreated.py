"""Treated before or never: « non prétraité », « naïf de tout traitement », "previously treated disease"."""

import re
from collections.abc import Iterator

from rules.criteria import Kind, Not, Polarity, Treated
from rules.reading.clause import Clause, Found
from rules.reading.treatments.named_treatments import MARK, Marked
from rules.reading.treatments.settings import SETTING, settings_in

_DENIED = re.compile(
    r"\b(?:pas|not|jamais|never|sans|without|aucune?|no|ne|si|if|pour (?:les|ceux)|for (?:patients|those)|lorsque|"
    r"when|quel que soit|"
    r"regardless|autres? cancers?|toxicit\w*|in the absence)\b[^,;:.]{0,60}$"
)
_NAIVE = re.compile(
    r"(?<![\w-])(?:(?:n'ayant |n'a )?jamais (?:encore )?(?:ete )?traite(?:e|s|es)?(?: par voie (?:systemique|"
    r"generale))?|"
    r"non[- ](?:encore )?pre-?traite(?:e|s|es)?|"
    r"(?:n'ayant )?pas (?:encore )?(?:ete )?pre-?traite(?:e|s|es)?|non (?:precedemment|prealablement|"
    r"anterieurement) traite(?:e|s|es)?|"
    r"non traite(?:e|s|es)? (?:anterieurement|auparavant|prealablement|precedemment)|"
    r"naif?(?:s|ve|ves)? (?:de |d')(?:tout )?(?:traitement|therapie)s?(?: anterieure?s?)?|(?:treatment|"
    r"therapy)[- ]naive|"
    r"previously untreated|not (?:been )?previously treated|"
    r"(?:pas d(?:e |')|aucun |sans |absence d(?:e |'))(?:traitement|therapie) (?:anterieure?|prealable)|"
    r"no (?:prior|previous) (?:treatment|therapy|therapies)|n'ayant (?:jamais )?recu aucun traitement(?: anterieur)?)"
    rf"(?:(?P<setting>\s*\(?{SETTING}\)?)|"
    r" (?:du|de la|pour le|pour la|pour leur|pour cette|pour ce|for|of)(?: the| this| ce| cette| their)? (?:cancer|"
    r"maladie|tumeur|"
    r"disease|tumou?r|"
    r"lymphome|myelome|leucemie|llc|lam|lmc|smd|lal|lymphoma|myeloma|leukemia|tvim|tvnim|chc|cbnpc|cbpc|mpm|"
    r"glioblastome|melanome|sarcome|carcinome|adenocarcinome)(?! \w*(?:controlat|cereb)))?"
    r"(?![a-z])"
)
_NAIVE_GOES_ON = re.compile(
    rf"\s*(?:{MARK}|(?:par|avec|with|by|pour|for|en|in|dans|depuis|within|au cours|other|autre|de|d'|du|of|"
    rf"local\w*|loco\w*|curati\w*|"
    r"antiviral\w*|medical|a|specifi\w*|brain|lesions?|metastas[ei]s|cns|symptom\w*)(?![a-z]))"
)
_PRETREATED = re.compile(
    r"(?<![\w-])(?:(?:lourdement|fortement|heavily|extensively) )?(?:pre-?traite(?:e|s|es)?|pre-?treated|"
    r"previously treated|"
    r"(?:deja|anterieurement) traite(?:e|s|es)?)(?![a-z])"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:metastases?|cereb\w*|brain|snc|cns|lesions?|infecti\w*|hypertension|hta|vih|hiv|vhb|vhc|hbv|hcv|"
    r"hepatit\w*|diabet\w*|anemie|"
    r"douleurs?|depress\w*|autres?|other|another|second|history|antecedents?|meninge\w*|leptomening\w*|thromb\w*|"
    r"site|maladie auto\w*|"
    r"donneurs?|si|if|pour les|pour ceux)\b(?:[^,;:.]|(?<=\d)[.,](?=\d))*$"
)
_OR_TREATED = re.compile(
    r"\s*(?:,|ou|or|et|and|/|et/ou|and/or)+\s*(?:en |in |with |a )?(?:rechute|relaps|recidiv|refract|r/r|progress|"
    r"pre-?trait|pre-?treat|previously treated|deja trait|traite|treated)|\s*(?:cohort|groupe?|arm|bras|population)"
)
_METASTATIC = re.compile(r"(?<!non )(?<!non-)(?<!not )metastati")
_DISEASE_IS_ADVANCED = re.compile(
    r"\b(?:avance|advanced|stade iv|stage iv|stade 4|inoperable|non resecable|"
    r"unresectable)"
)


_DISEASE = (
    r"(?:cancers?|carcinomes?|adenocarcinomes?|tumeurs?|lymphomes?|myelomes?|leucemies?|melanomes?|sarcomes?|cbnpc|"
    r"cbpc|chc|"
    r"lam|lal|llc|lmc|lnh|ldgcb|smd|lcm|lzm|lf|maladie de waldenstrom|mesotheliomes?|gliomes?|hemopathies?|carcinoma|"
    r"adenocarcinoma|lymphoma|myeloma|leukemia|melanoma|sarcoma|nsclc|sclc|cll|aml|patients?|participants?|subjects?)"
)
_BARE_RE = re.compile(
    r"(?<=, )(?:encore )?(?:non traitee?s?|untreated)(?=\s*(?:[,;)]|$))|"
    r"(?<=[a-z0-9+)%*] )(?:non traitee?s?|untreated)(?=\s*(?:[,;)]|$))"
)
_DISEASE_RE = re.compile(rf"(?<![a-z]){_DISEASE}(?![a-z])")
_NO_OTHER = re.compile(
    r"\b(?:metastases?|cereb\w*|brain|snc|cns|infecti\w*|hta|hypertension|vih|hiv|vhb|vhc|hepatit\w*|diabet\w*|"
    r"thromb\w*|"
    r"autres?|other|lesions?|compression|perforation|ulcer\w*|fractur\w*|apnee\w*|anemie\w*|depress\w*|dyslip\w*|"
    r"coron\w*|si|if|ou|or)\s[^;:.]*$"
)


def bare(clause: Clause, text: Marked) -> Iterator[Found]:
    """« CBNPC métastatique, non traité »: between commas after the disease, and of nothing else."""
    if clause.polarity is Polarity.EXCLUSION:
        return
    for match in _BARE_RE.finditer(text.text):
        before = text.text[: match.start()]
        if _NO_OTHER.search(before.rsplit(",", 1)[0] if "," in before else before) or not _DISEASE_RE.search(before):
            continue
        test = Not(Treated(treatments=frozenset({"systemic_treatment"}), settings=_advanced(text.text)))
        yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def naive(text: Marked) -> Iterator[Found]:
    """« Non prétraité », « naïf de tout traitement »: for advanced disease where the clause says so."""
    for match in _NAIVE.finditer(text.text):
        before, after = text.text[: match.start()], text.text[match.end() :]
        denied = re.search(r"\b(?:pas|not|non|ou|or|either)\s*$", before)
        either = re.search(r"\bou non\b", text.text) or _OR_TREATED.match(after)
        if denied or either or _OTHER_SUBJECT.search(before) or _NAIVE_GOES_ON.match(after):
            continue
        settings = settings_in(match["setting"] or "", forbids=True)
        if settings is not None:
            settings = settings or _advanced(text.text)
            test = Not(Treated(treatments=frozenset({"systemic_treatment"}), settings=settings))
            yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _advanced(text: str) -> frozenset[str]:
    """The setting that a clause's own words of the disease give to « non prétraité »."""
    if _DISEASE_IS_ADVANCED.search(text):
        return frozenset({"advanced"})
    return frozenset({"metastatic", "palliative"}) if _METASTATIC.search(text) else frozenset()


def pretreated(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Prétraité », "previously treated disease", of whatever systemic treatment."""
    for match in _PRETREATED.finditer(text.text):
        before, after = text.text[: match.start()], text.text[match.end() :]
        denied = re.search(
            r"\b(?:non|not|pas|jamais|never|un|ni|nor|no|sans|ete|been)[\s-]*(?:\w+\s+)?$|"
            r"\b(?:nai[fv]\w*|untreated|non traitee?s?)\s*(?:,|/|ou|or|et|and|et/ou)+\s*$",
            before,
        )
        vague = not re.search(r"pre-?t", match[0]) and clause.polarity is Polarity.EXCLUSION
        goes_on = _NAIVE_GOES_ON.match(after) or re.match(r"\s*(?:ou non|or not|ou naif|or naive)", after)
        if not (denied or vague or goes_on or _OTHER_SUBJECT.search(before) or _DENIED.search(before)):
            test = Treated(treatments=frozenset({"systemic_treatment"}))
            yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)
