"""A clause on biomarkers as a telegram: without the words that change nothing of what it asks."""

import re
from collections.abc import Sequence

from rules.hinted import hinted
from rules.reading.clause import plain
from rules.reading.slots.marker_evidence import without_evidence

_MEANS = re.compile(
    r"(?:,\s)?(?:ce qui est |est |sont |etant )?defini\w*(?: (?:comme|par|selon))?(?: (?:un|une|le|la|a))?"
    r"(?: (?:score|statut|taux|expression|marquage|resultat))?(?: d(?:e |'))?|\bdefined (?:as|"
    r"by)(?: an?)?(?: score of)?|"
    r"\b(?:c'est[- ]a[- ]dire|c\.?-?a\.?-?d\.?|i\.e\.,?|a savoir|namely|correspondant a)|(?<=\S)\s=(?=\s)"
)
_AT_LEAST = hinted(r"(?:d')?(?:au moins|superieure? ou) egale?s? (?:a|au)\s|(?:valant|atteignant) au moins\s")
_AT_MOST = hinted(r"(?:d')?(?:au plus|inferieure? ou) egale?s? (?:a|au)\s")
_BRACKETED = re.compile(r"\s\((?:deleter\w+|pathogen\w+)\)")
_IDLE = hinted(
    r"(?<![a-z])(?:de type(?=\s(?:insertion|deletion|fusion|amplification|substitution))|non[- ]resistante?s?|"
    r"genotypes?|transcrits?(?: de fusion)?|chromosomes?|au niveau moleculaire|de novo|geniques?|"
    r"nucleaires?|"
    r"nuclear|membranaires?|membranous|oncogeni\w+|tumorale?s?|tumoraux|(?:les? |la )?caracteristiques? suivantes?\s?:|"
    r"prealablement|localement|centralement|anterieurement|clairement|clearly|marquage (?:modere a fort|fort)|"
    r"(?:avec |with )?(?:une? )?(?:marquage|intensite|staining)(?: (?:membranaire|"
    r"d'intensite))? (?:moderee? (?:a|ou) forte?|"
    r"moderate[- ]to[- ]strong|(?:>=|≥)?\s?2\s?\+))(?![a-z])|"
    r"\s(?:ou|or|et/ou)\s(?:suspecte\w*|presume\w*|probable\w*|suspected|likely)(?:\s(?:deleter\w+|pathogen\w+))?|"
    r"\s\((?:deleter\w+|pathogen\w+)\)"
)

_DETAIL = (
    r"(?:pertes?|loss|deletions?|copies|copy|number|nombre|mutations?|deleter\w+|inactiv\w+|amplifi\w+|fusions?|"
    r"rearrang\w+|homozyg\w+|heterozyg\w+|germinale?s?|germline|somati\w+|expression|proteines?|protein|genes?|d'|d[eu]|"
    r"des|une?|an?|ou|or|et|and|la|le|l'|of|in|the|[,/])\s?"
)
_SPELT = hinted(
    r"[\s,]*\(?(?:qu'il s'agisse|que ce soit|y compris|incluant|including|"
    rf"whether(?: by)?)\s(?:{_DETAIL})+(?:\)|(?=\W*$))|"
    rf"\s\((?:{_DETAIL})+(?:comprise?s?|incluse?s?|included)\)"
)
"""The classes that an alteration takes in, spelt out: « qu'il s'agisse d'une perte ou d'une mutation délétère »."""
_ONE_GENE = hinted(
    r"(?:d'|dans |de |in )?(?:au moins |at least )?(?:une?|l'une?|one(?: or more)?|any)\s(?:des |of (?:the )?)?genes?"
    r"(?:\ssuivants?|\sfollowing)?(?:\s(?:de (?:la )?(?:voie|reparation)|impliques?|involved|of the|"
    r"in)[^(:,;]{0,50})?\s?(?=[(:])"
)
_JOINED = re.compile(
    r"\s(?:associee?s? a|en association avec|combinee?s? a|combined with|together with)\s(?:une? |des |an? )?"
)
_TOUCHES = re.compile(
    r"(?<![a-z])(?:impliquant|involving|touchant|affectant|affecting|concernant|portant sur|interessant|"
    r"au niveau d[eu])(?![a-z])|,?\s(?:(?:conduisant|aboutissant|menant|resulting|leading|responsables?)\s"
    r"(?:a|au|in|to|d[eu'])|entrainant|causing)\s?[^,;():]*"
)
_MANY = re.compile(r"(?<![a-z])(?:ultra|hyper)-?(?=mut)")
_ALONE = re.compile(
    r",?\s(?:seules?|isolee?s?|alone)\s(?:ou|or)\s(?:non|associe\w*|en association|combine\w*|in combination)[^,;()]*"
)
_EITHER_VALUE = re.compile(
    r"\s*:\s(?=(?:mut|sauvage|positi|negati|amplifi|wild))[^;:]*\b(?:ou|or)\s(?:sauvages?|wild[- ]type|negati\w*|"
    r"positi\w*|mut\w*|non[- ]\w+)\W*$"
)
"""« Statut RAS documenté : muté ou sauvage »."""
_REWRITTEN = (
    (_ALONE, ""),
    (_ONE_GENE, "parmi "),
    (_JOINED, " et "),
    (_TOUCHES, " "),
    (_MANY, ""),
    (_SPELT, ""),
    (_MEANS, " : "),
    (_AT_LEAST, "≥ "),
    (_AT_MOST, "≤ "),
    (_IDLE, " "),
    (_BRACKETED, " "),
)


def telegram(text: str) -> str:
    """The text without the words that change nothing of what it asks."""
    if _STATUS.search(plain(text)):
        text = _replaced(text, [match.span() for match in _EITHER_VALUE.finditer(plain(text))], "")
    for pattern, instead in _REWRITTEN:
        text = _replaced(text, [match.span() for match in pattern.finditer(plain(text))], instead)
    bare = _replaced(text, without_evidence(plain(text)), " ")
    if _STATUS.search(plain(text)) and _KNOWN.search(plain(text)):
        bare = f"{bare.rstrip(' .;,')} connu"  # « statut BRAF déterminé localement »: that it is known is what is asked
    return re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\s{2,}", " ", bare)).strip(" ,;.")


_STATUS = hinted(r"(?<![a-z])(?:statuts?|status)(?![a-z])")
_KNOWN = re.compile(
    r"(?<![a-z])(?:connue?s?|known|disponibles?|available|documente\w*|documented|determine\w*|determined|obligatoires?|"
    r"exige\w*|requis\w*|required|etabli\w*|confirme\w*)(?![a-z])"
)


def _replaced(text: str, spans: Sequence[tuple[int, int]], instead: str) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}{instead}{text[end:]}"
    return text
