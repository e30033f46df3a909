"""Clauses that name biomarkers and ask nothing of them: who goes first, how patients are drawn, tissue to be given."""

import re

from rules.hinted import hinted

_TAKEN = (
    r"(?:inclu\w+|recrut\w+|enrol\w+|selection\w+|consider\w+|orient\w+|propos\w+|traite\w*|screen\w+|admis\w*|"
    r"retenu\w*|included?|recruited)"
)
_PRIORITY = hinted(
    rf"\b(?:seront|sera|sont|est|will be|are|be)\s(?:\w+\s)?{_TAKEN}\s(?:en priorite|prioritairement|"
    r"preferentiellement|de preference|preferentially|with priority|as a priority|first)\b|"
    rf"\b(?:seront|sera|sont|est|will be|are|be)\s(?:\w+\s)?"
    rf"(?:preferentiellement|prioritairement|preferentially)\s{_TAKEN}|"
    r"\b(?:seront|sera|sont|est|will be|are)\s(?:\w+\s)?(?:prioritaires?|privilegie\w*|favorise\w*|prioriti[sz]ed|"
    r"preferred|favou?red)\b|"
    r"\b(?:priorite|preference|priority)\s(?:\w+\s){0,2}(?:donnee|accordee|given|aux?|to|for|pour)\b|"
    r"\bpreferential enrol\w+|\bpopulation enrichie|^\W*(?:priorite|preference|priority)\b"
)
_STRATA = hinted(
    r"\b(?:randomi[sz]\w+|tirage au sort|minimi[sz]ation|patients?|participants?|inclusions?|enrol\w+)\b[^;:()]{0,30}"
    r"\b(?:stratifie\w*|stratified)\b|^\W*(?:les )?(?:facteurs?|criteres?|variables?) de stratification\b|"
    r"^\W*(?:stratifi\w+|stratification factors?)\b"
)
_SAMPLE = (
    r"(?:echantillons?|prelevements?|tissus?|tissue|blocs?|blocks?|biops\w+|lames?|slides?|materiel|material|specimens?|"
    r"samples?|sang|blood|plasma|archives?|ffpe)"
)
_GIVEN = (
    r"(?:disponib\w+|fourni\w*|transmis\w*|envoy\w+|envoi|adresse\w*|provid\w+|submit\w+|available|availability|"
    r"consent\w+|accord|accept\w+|agree\w*|willing\w*|suffisant\w*|sufficient|exploitable\w*|adequa\w+|obtenir|obtained|"
    r"realis\w+|obligatoire\w*|requis\w*|required|mandatory|prelev\w+|conserve\w*|necessaires?|exige\w*|pour|for|to be)"
)
_MEASURE = (
    r"(?:mesur\w+|determin\w+|evalu\w+|analys\w+|analyz\w+|test\w*|etud\w+|recherch\w+|dosage|doser|quantifi\w+|"
    r"assess\w+|confirm\w+|relecture|lecture|central\w*|biomarqueurs?|biomarkers?|statuts?|status|expression|profil\w*|"
    r"sequen\w+|panels?|typage|caracteris\w+)"
)
_FOR = (
    r"(?:pour|afin d[e']?|en vue d[e']?|permettant|destine\w* (?:a|au)|dans le but d[e']|for|in order to|allowing|"
    r"to (?=determin|assess|measur|evaluat|perform|test|analy|confirm|allow|enable|be (?:test|analy|sent|assess)))"
)
_GIVE = hinted(
    rf"\b{_SAMPLE}\b[^;]{{0,80}}?\b{_FOR}\s?(?:[a-z' -]{{0,40}}?)?\b{_MEASURE}|"
    rf"\b{_GIVEN}\b[^;]{{0,60}}\b{_SAMPLE}\b[^;]{{0,80}}\b{_FOR}\b|^\W*{_SAMPLE}\b[^;:,]{{0,60}}\b(?:pour|for)\s"
)
_ASKS_TOO = re.compile(
    r"[<>≥≤]|\b(?:positi\w+|negati\w+|mut(?:e|ee|es|ees|ated)|amplifi\w+|sauvages?|sans|absence|presente?s?|"
    r"detecte\w*|detected|surexpr\w+|with (?:an? )?\w+ mutation)\b|"
    r"\b(?:et|and|ou|or)\s(?:l[ae] |une? |the |an? )?(?:tumeur|tumou?r|mutation|fusion|amplification|rearrang\w+)"
)
_ELSE = re.compile(rf"\b(?:ou|or)\s(?:une? |an? |the |l'|le |la )?{_SAMPLE}\b")
_OWED = hinted(r"\b(?:doi(?:t|vent)|must|obligatoire\w*|exclu\w*|seuls?|uniquement|only)\b")


def asks_nothing(plain: str) -> bool:
    """Whether a clause only says who is taken first or how patients are drawn."""
    if _OWED.search(plain):
        return False
    return _PRIORITY.search(plain) is not None or _STRATA.search(plain) is not None


def gives_a_sample(plain: str) -> bool:
    """Whether a clause asks for tissue or blood in which something will be measured: for the investigator."""
    outside = re.sub(r"\([^()]*\)", " ", plain)
    return _GIVE.search(outside) is not None and not _ASKS_TOO.search(outside) and not _ELSE.search(outside)
