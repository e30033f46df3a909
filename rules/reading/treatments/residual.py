"""What treatment before surgery left: « maladie résiduelle après chimiothérapie néoadjuvante », « non-pCR ».

The treatment was received; what was left of the tumour is confirmed at screening. Never read among exclusions.
"""

import re
from dataclasses import replace

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.treatments import find_treatments

_LEFT = (
    r"(?:(?:maladies?|tumeurs?|residus?|disease|cancer|foyers?|carcinome|atteinte|disease)(?: tumora(?:l|le|ux))?"
    r"(?: (?:invasi(?:f|ve)s?|histologique|pathologique|ganglionnaire|tumorale?))* residuel(?:le)?s?"
    r"(?: (?:invasi(?:f|ve)s?|histologique|pathologique))*|residus? (?:tumora(?:l|ux)|invasifs?)|"
    r"residual (?:invasive |pathological |pathologic |viable )?(?:disease|cancer|tumou?r)|"
    r"(?:absence de|sans|pas de|no|without|lack of|absence of|n'ayant pas (?:obtenu|eu) (?:de|une)|not achieving|"
    r"failure to achieve)(?: an?| la| une)? (?:reponse (?:histologique|pathologique|anatomopathologique|"
    r"tumorale) complete|"
    r"reponse complete (?:histo\w*|patho\w*)|pcr|rpc|rch|patholog\w+ complete response|complete patholog\w+ response)|"
    r"non[- ]?pcr|(?:reponse|response) (?:histologique |pathologique )?(?:incomplete|non complete)|"
    r"rcb[- ]?(?:i{1,3}|[1-3])(?:\s?(?:-|/|ou|or|a|et)\s?(?:rcb[- ]?)?(?:i{1,3}|[1-3]))?)"
)
_RESIDUAL = hinted(
    rf"(?<![\w-])(?P<left>{_LEFT}(?![\w-])[^;:]{{0,90}}?)\s(?:apres|a l'issue d(?:e |')|suite a|following|after|"
    r"malgre|despite|au decours d(?:e |'))\s?(?:la |le |l'|une? |un |the |a )?"
    r"(?P<what>[^,;:()]{4,100}?)(?P<rest>\s?\([^()]*\))?(?P<more>,\s[^;:]*)?\W*$"
)
_BEFORE_SURGERY = re.compile(
    r"neo-?\s?adj|pre-?oper|induction|preoperative|primary systemic|premiere|avant chirurgie|before surgery|\brct\b|"
    r"radiochimio|chemoradi"
)
_NEXT = re.compile(r"\s(?:et|and|puis|suivie? d(?:e\s|['’])|followed by)\s?(?:(?:une?|la|le|a|an|the)\s|l['’])?")
_ANY = re.compile(
    r"(?:traitement|therapie|treatment|neoadjuvant|therapy|systemique|systemic|preoperatoire|preoperative|\s)+"
)
_NOT_ASKED = re.compile(r"\b(?:si|if|ou|or|hors|sauf|except|autoris\w*|allowed)\b")


def residual(clause: Clause) -> list[Clause] | None:
    """What stands before, the treatment as received, and what it left, which nobody reads."""
    match = _RESIDUAL.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    if match is None or _NOT_ASKED.search(clause.plain, 0, match.start()):
        return None
    what = clause.text[slice(*match.span("what"))]
    given = ["un traitement systémique néoadjuvant"] if _ANY.fullmatch(match["what"]) else _NEXT.split(what)
    if not (all(find_treatments(one) for one in given) and _BEFORE_SURGERY.search(match["what"])):
        return None
    parts = [clause.text[: match.start()].strip(" ,:"), *(f"ayant reçu {one}" for one in given), "maladie résiduelle"]
    if match["more"]:
        parts.append(clause.text[slice(*match.span("more"))].strip(" ,"))
    return [replace(clause, text=one) for one in parts if one]
