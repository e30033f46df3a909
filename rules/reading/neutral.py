"""Words that change nothing of what a criterion asks: articles, "confirmed", "patient", "RECIST" …

In the comparable form of `rules.text.tokens`: ASCII, lower case, without plural mark.
"""

import re

from rules.hinted import hinted
from rules.reading.lists import LIST_TAIL

_WORDS = (
    "a au aux avec avoir ayant have the an and as at be been by c ce ces cet cette d de des du en est et etre for "
    "from has have having in is it its l la le les leur leurs lors must of on one or ou par patient "
    "patiente patients participant participante sujet subject son sa ses soit sont sur that this to un "
    "une with who which y il elle doit doivent peut confirme confirmee confirmed confirmation "
    "histologique histologiquement histologically histo cytologique cytologiquement cyto cytological "
    "cytologically pathologique documente documentee documented document prouve prouvee proven proved "
    "evidence preuve diagnostic diagnosis diagnosed diagnostique etabli etablie established selon "
    "according per recist v1 criteria critere criteres version edition ajcc uicc classification oms who "
    "local localement central centralise centralisee centrale laboratoire lab labo test teste tested "
    "testing resultat result connu connue known tumeur tumor tumour tumoral tumorale cancer carcinome "
    "carcinoma maladie disease malignant malin maligne neoplasm k adulte adult age aged an ans year years "
    "old older inclus incluse included inclusion screening study etude essai trial investigateur "
    "investigator avis opinion jour j day dans within avant before prior randomisation randomization "
    "enrolment enrollment entree first premier premiere dose moment time quel quelle que soit tout toute "
    "tous toutes all any type presence present presente presentant atteint atteinte de qui dont y compris "
    "including include inclu comprenant tissu tissue tissulaire echantillon sample biopsie biopsy analyse "
    "evaluation evalue imagerie imaging irm mri scanner tdm ct pet tep bone scan conforme approuve "
    "approved validated valide determine determined determination defini defined comme tel such e g i si "
    "eg ie cf ex adequat adequate actuel actuelle actuellement current currently en-cours femme homme men "
    "women male female either both au-moins least moins plus minimum maximum "
)

_MORE = (
    "histologie cytologie confirmation documentation iwcll imwg lugano pcwg3 rano iwg cheson derniere dernier annee "
    "mois semaine cours minimal minimale precedant precedent prealable recent recente radiologique radiologiquement "
    "clinique cliniquement biologique radio scintigraphie tomodensitometrie echographie exclu exclue excluded suivant "
    "suivante following above below ci-dessou ci dessou precite mentionne mentionnee seul seule uniquement only "
    "respectivement egalement also aussi notamment relecture revue anatomopathologique anatomopathologie anapath bloc "
    "sexe verifie verifiee positron emission tomography tomographie injecte injectee millimetre quelconque"
)

NEUTRAL = frozenset(f"{_WORDS}{_MORE}".split())

NEUTRAL_PHRASES = hinted(
    r"(?<=\bou )bien\b|\bsuspect\w* (?:ou|et/ou|or) (?:confirm\w*|prouvee?s?|proven|averee?s?)|"
    r"\b(?:tnm[ ,]+)?[789](?:e|eme|ieme|th) ?ed(?:ition\b|\.|(?![a-z]))|"
    r"(?:dans|within|au cours d|au plus tard|<=?|≤)\W{0,3}(?:les |des )?"
    r"\d+ ?(?:j|jours?|days?|sem\w*|weeks?|mois|months?|h)\b"
    r"(?: \w+){0,2} (?:avant|precedant|before|prior to|de|of)(?: l'| la | le | the | )(?:\w*random\w*|\w*inclusion|"
    r"\w*enrol\w*|\w*screening|premiere dose|first dose|entree|traitement)|"
    r"dat(?:e|ant)e?s? d(?:e |')(?:moins d(?:e |'))?\W{0,2}\d+ ?(?:j|jours?|sem\w*|mois)\b(?: (?:au|"
    r"avant|a)(?: l'| la | le | )"
    r"?\w*(?: (?:du|de la|de l')? ?\w+)?)?|\b(?:thoraco-?)?abdomino-?pelvi\w+|\btap\b|"
    r"(?:au|a la|en|par|on|by) (?:tep|pet)\b(?:[ -](?:scan|tdm|ct|68ga|18f|fdg|psma|choline|fes|fdopa|"
    r"dota\w*|1007|11|617|i ?& ?t))*|"
    r"\b[\w-]+ (?:ou|or) (?:non|not)\b(?=\s*(?:$|[,;.)]))|\bprimitifs? suivants?\b|"
    r"(?:au|lors du|a la) (?:diagnostic|premiere presentation)(?: initial)? (?:ou|et/ou) (?:a la|en|"
    r"lors de la) (?:rechute|recidive)|"
    r"at (?:initial )?(?:diagnosis|presentation) (?:or|and/or) (?:at )?(?:relapse|recurrence)|"
    rf"{LIST_TAIL}\W*$|"
    r"dans les \d+ dernieres? (?:annees|ans)|documente\w* dans les \d+ (?:dernieres )?(?:ans|annees)|"
    r"(?:quel(?:le)?s? que soi(?:t|en)t?|independamment d|regardless of|irrespective of)\b[^,;.()]*|"
    r"(?:recist|imwg|iwcll|lugano|imwg|rano|oms|who)\W{0,2}v?(?:\d[\d.]*)?|\bajcc\W{0,2}\d?\w*|"
    r"\b\d+ ?e(?:me)? ed\w*|\b(?:tnm|ajcc|uicc) ?v?\d\b"
)
"""Stretches that tell when or by what rule a fact was checked, not what it is."""

_ASIDES = re.compile(
    r"\b(?:confirm|prouv|document|biops|histo|verifi)\w*\b[^,;:]{0,40}\b(?:apres|depuis|after|since) (?:la |le |the )?"
    r"(?:derniere? |last )?(?:rechute|recidive|progression|relapse)\b|"
    r"\b(?:stades?|stages?|tumeurs?)(?: (?:cliniques?|pathologiques?|tnm))?\s(?=[cpy]{0,2}[tnm](?:\d|x|is))|"
    r"^\W*dernier(?:e ligne| traitement)\s?:|\bj ?\d{1,3}\b(?! ?/)|^\W*dans tous les cas\b,?|"
    r"(?:(?<!lines)(?<!regimens)(?<!therapy)(?<!therapies)(?<!treatments)(?<!lignes),?\s"
    r"(?:y compris|including|incl\.)|,\smeme(?! (?:sein|cote|temps|jour|type|histolog|site|"
    r"organe|famille|classe|ligne|"
    r"patient|traitement)))\s"
    r"(?:(?!\b(?:ayant|necessit|sous|avec|requ|traite|recu|having|requir|treat|receiv))[^,;:.()])*(?=$|[,;.(])|"
    r",?\s?(?:quel(?:le)?s? qu'(?:en |il|elle)\w*\s?[^,;.()]*|a (?:titre )?indicati\w+|pour information)(?=$|[,;.()])"
)
_ASIDE_WORDS = hinted(
    r"derni|stade|stage|tumeur|tous les cas|y compris|includ|incl\.|meme|qu'|indicati|pour information|"
    r"apres la |depuis la |after |since "
)
_DAY = re.compile(r"\bj ?\d")


def neutral_spans(plain: str) -> list[tuple[int, int]]:
    """The stretches (half-open) of a plain text that change nothing of what it asks."""
    spans = [match.span() for match in NEUTRAL_PHRASES.finditer(plain)]
    if _ASIDE_WORDS.search(plain) or _DAY.search(plain):
        spans += [match.span() for match in _ASIDES.finditer(plain)]
    return spans


def without_neutral(plain: str) -> str:
    """The words without those that only say when or by what rule: « à la rechute » of a proof is no relapse."""
    kept, position = "", 0
    for start, end in sorted(neutral_spans(plain)):
        kept += plain[position:start] if start > position else ""
        position = max(position, end)
    return kept + plain[position:]
