"""Whether the words around a name speak of the primary that a clause asks, or of something else.

A site is also a place of metastasis, of a function, of a biopsy or of a toxicity; a tumour is also what an earlier
treatment was given for, what a risk, a screening or a sample is of, or what a relative has.
"""

import re

from rules.hinted import hinted
from rules.kinds import Polarity
from rules.reading.clause import Clause
from rules.reading.phrases import about_other_cancer, shifted

TUMOUR = (
    r"(?:cancers?|carcinom\w*|adenocarcinom\w*|adk|tumeurs?|tumou?rs?|neoplas\w*|neoplasms?|malign\w*|sarcom\w*|"
    r"lymphom\w*|"
    r"melanom\w*|primitifs?|primar(?:y|ies)|ce|k|kc|leucemi\w*|leukemi\w*|tne|net|nec|histolog\w*)"
)
_NOT_A_PRIMARY = hinted(
    r"(?:\bmetastases?|\bmetastasis|\bmetastatic (?:to|spread|involvement)|\bsecondaires?|\blocalisations?|"
    r"\batteintes?|"
    r"\benvahiss\w*|\binvasion|\binvading|\bextension|\binfiltrat\w*|\blesions?|\bnodules?|\bspread|\binvolvement|"
    r"\bfonctions?|"
    r"\binsuffisance|\bmaladies?|\bdisease of|\bfunction|\btransplant\w*|\bgreffes?|\btoxicit\w*|\b(?:micro-?)?"
    r"biopsi\w*|\bchirurgie|"
    r"\bradiotherapie|\birradiation|\bponction|\bresection|\brecidives?|\bprogression|\bcirrhose|\bepanchement|"
    r"\bthrombose|"
    r"\bembolie|\bfibrose|\bhypertension|\btraite\w*|\bsuspicious for|\buncertain|\btreat\w*|\btherap\w*|\bsurgery|"
    r"\bantecedent\w*|\bfamil\w*|\bsymptomes?|\bdepistage|\brisques?|\betude des|\bminus)"
    r"(?:[\s(]+[a-z'-]+){0,2}[\s(']*$"
)
_BY_IT = hinted(r"\b(?:par|lie[es]{0,2} a|due?s? (?:a|au|to)|by) (?:la |le |l'|un |une |the )?$")
_NOT_A_PRIMARY_AFTER = re.compile(
    r"[\s-]*(?:metastas[ei]s|function|fonction|insuffisance|failure|disease\b|toxicit|biops|involvement|invasion|"
    r"lesions?\b|"
    r"transplant|surgery|resection|radiother|irradiation|burden|(?:tumou?r )?burden|in situ\b|marrow|wall|nodes?\b|"
    r"mass\b|effusion|embol|screening|risk gene|survivors?|guidelines?|"
    r"exclue?s?\b|excluded|non inclus|(?:tumou?r )?deposits?|(?:cancer )?chemoth)"
)
_SAMPLE = hinted(
    r"\b(?:(?:micro-?)?biops\w*|prelev\w*|echantillons?|blocs?|lames?|tissus? (?!mous)|materiel|samples?|specimens?|"
    r"tissue (?!sarcom))(?!\W{0,2}(?:proven|prouv|confirm))"
)
_PROOF = re.compile(r"\b(?:par|sur|by|on|from|la|apres|after)\s(?:une? |l'|a )?$")
_FOR_IT = hinted(r"\b(?:for|pour)\s(?:[a-z/,()'-]+\s){0,6}[a-z']*$")
_EARLIER = re.compile(
    r"\b(?:prior|previous\w*|received|no|not|aucune?|sans|pas|anterieure?s?|prealables?|recue?s?|recevoir|naifs?|"
    r"deja|naive)\b"
)
_THERAPY = re.compile(r"\b(?:trait\w*|treat\w*|therap\w*|\w+therap\w*|chimio\w*|lignes?|lines?|regimens?|\w+mab)\b")
_TREATMENT_OF = re.compile(
    r"\b(?:traitements?|therap\w*|chimiotherapies?|immunotherapies?|systemiques?|systemic)\s(?:[a-z]+\s){0,2}?"
    r"(?:du|des|de la|pour|of|for)\s(?:(?:un|le|la|les|the|cancers?|tumeurs?)\s)*$"
)
_RELATIVE = hinted(r"\b(?:famil\w*|apparentes?|parents?|relatives?|mere|pere|soeurs?|freres?|donneur|donor)\b")
_SKIN = hinted(
    r"baso-?cellulaires?|basal[- ]cell|spino-?cellulaires?|non[- ]?melanoma|"
    r"\bin situ(?=,? (?:de (?:la |l')|du |of the )?(?:vessie|uroth|bladder))|"
    r"(?<=vessie )in situ|(?<=urothelial )in situ"
)
"""What is often another cancer, and may be the one discussed."""
_OTHER = re.compile(
    r"\b(?:autres?|other|second\w*|2e|another|antecedents?|history|prior|previous\w*|anterieure?s?|concomitant\w*|"
    r"synchron\w*|sauf|except\w*|hormis|traitee?s?|treated)\b"
)
_OUTER = re.compile(r"\([^()]*\)")


def speaks_of_others(clause: Clause) -> bool:
    """Whether the clause is of relatives or of another cancer than the one discussed.

    A skin carcinoma is what an inclusion may ask: only beside words of another cancer is it one.
    """
    return names_another(clause) or _RELATIVE.search(clause.plain) is not None


def names_another(clause: Clause) -> bool:
    """Whether the clause is of another cancer than the one discussed."""
    text = clause.plain
    if clause.polarity is Polarity.INCLUSION and _SKIN.search(text) and not _OTHER.search(text):
        text = _SKIN.sub(lambda match: "x" * len(match[0]), text)
    return about_other_cancer(text)


def is_apart(clause: Clause, start: int, end: int) -> bool:
    """Whether the words beside a stretch make of it no primary: metastasis, function, sample, earlier treatment …"""
    text = clause.plain
    before = text[:start]
    if _NOT_A_PRIMARY.search(before) or _NOT_A_PRIMARY_AFTER.match(text, end) or _BY_IT.search(before):
        return True
    return _of_a_sample(before) or _of_a_treatment(clause, before)


def _of_a_sample(before: str) -> bool:
    nearest = list(_SAMPLE.finditer(re.split(r"[;:]", before)[-1]))
    return bool(nearest) and not _PROOF.search(before[: before.rfind(nearest[-1][0])])


def _of_a_treatment(clause: Clause, before: str) -> bool:
    """« aucune chimiothérapie, radiothérapie … pour un cancer du sein »: the disease of an earlier treatment."""
    if clause.polarity is Polarity.EXCLUSION:
        return _TREATMENT_OF.search(before) is not None and _EARLIER.search(before) is not None
    if not _FOR_IT.search(before):
        return False
    return _THERAPY.search(before) is not None and _EARLIER.search(before) is not None


_ENDS_A_DENIED_LIST = re.compile(
    r"\b(?:(?:without|no|sans|pas de|absence de)\s|(?:pas|absence) d')[\w' -]{2,40}(?:,\s?[\w' -]{2,40}){0,4},?"
    r"\s(?:or|ou|ni|nor)\s"
    r"(?:(?:distant|any|de|d'|des|a|an)\s?)*$|\b(?:suggestive of|evocat\w+ d[e']|concerning for)\s(?:\w+\s)?$"
)


def ends_a_denied_list(text: str, start: int) -> bool:
    """Whether what stands at `start` closes a list that a negation opens (« sans ascite, carcinose ou métastase »)."""
    return _ENDS_A_DENIED_LIST.search(text[max(0, start - 160) : start]) is not None


def is_shifted(text: str, start: int) -> bool:
    """As `shifted`, across a parenthesis that is closed: « not of the nasopharynx (any) or the salivary glands »."""
    return ends_a_denied_list(text, start) or shifted(
        _OUTER.sub(lambda match: " " * len(match[0]), text[:start]) + text[start:], start
    )
