"""The frame of a whole sentence around what it asks: « Il ne doit pas y avoir de … », « … est un motif d'exclusion ».

Officers and sponsors write sentences where others write telegrams. A frame is made of closed classes of words (people,
modals, empty verbs, verdicts); it says whether what stands in it is asked, denied or left out. What is left is read
like a telegram. A word that belongs to none of the classes is never taken away.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rules.criteria import Polarity
from rules.hinted import hinted
from rules.reading.clause import Clause
from rules.reading.segments import in_parenthesis

_MANY = r"(?:\((?:e|s|es|e\)\(s|ne|ne\)\(s|le|x)\)s?|[·.]?e?[·.]?s)?"
PEOPLE = (
    rf"(?:(?:patient|sujet|participant|malade|personne|candidat|volontaire|individu|subject|individual|person|people|"
    rf"participante|patiente)e?{_MANY})"
)
"""Whom a sentence speaks of, in all its endings (plain text)."""
_DET = r"(?:(?:tou(?:te)?s? |all |each |every |chaque |any )?(?:les? |la |l'|the |ces? |cette |une? |des? |an? )?)"
_PERSON = rf"(?:{_DET}{PEOPLE}|il|elle|ils|elles|he|she|they|he or she)"
_TUMOUR = (
    r"(?:(?:la |le |l'|les |sa |son |leur |the |their |his |her )?(?:tumeurs?|cancers?|maladies?|neoplasies?|"
    r"hemopathies?|"
    r"lesions?|affections?|tumou?rs?|diseases?|malignanc(?:y|ies))(?: (?:primitive?s?|du patient|solides?|tumorales?|"
    r"primary))?)"
)
_WHO = rf"(?:{_PERSON}|{_TUMOUR})"
_MODAL = (
    r"(?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|must|should|shall|ha(?:s|ve) to|needs? to|(?:is|are) required to|will)"
)
_BE = r"(?:est|sont|sera|seront|soit|soient|etre|is|are|be|will be|was|were)"
_BEARER = r"(?:atteint\w*|porteu(?:r|se)s?|affecte\w*) d(?:e |'|es |u )"
_HAVE = (
    rf"(?:(?:presente(?:r|nt)?|presentera(?:it|ient|ont)?|possed\w+|montre(?:r|nt)?|comporte(?:r|nt)?|porte(?:r|nt)?|"
    rf"avoir|a|ont|aura|auront|ait|aient|have|has|had|harbou?rs?|carr(?:y|ies)|exhibits?)\b|"
    rf"souffr\w+ d(?:e |'|es |u )|{_BE} {_BEARER})"
)
_ARTICLE = r"(?:(?:une? |des |de la |de l'|du |la |le |les |an? |any |d'une? |d'|de )(?=\w))?"
_PAST = r"(?:recu\w*|received|ete|been|progress\w*|eu|had|subi\w*|beneficie\w*|undergone|termine\w*|completed|echoue)\b"

_REASON = (
    r"(?:(?:motifs?|criteres?|causes?|raisons?|facteurs?)\s(?:d[e' ]{1,2}\s?(?:la |l')?)(?:exclusion|non[- ]inclusion|"
    r"non[- ]eligibilite|ineligibilite|refus)|exclusion criteri(?:on|a)|reasons? for (?:exclusion|ineligibility)|"
    r"exclusionary)"
)
_NOT_GRANTED = (
    r"(?:permis\w*|autoris\w*|accept\w*|admis\w*|tolere\w*|inclus\w*|incluable\w*|enrole\w*|"
    r"eligibles?(?! (?:a|au|aux)\b))"
)
_OUT = re.compile(
    rf"\s?\b(?:(?:(?:constitu\w+|represent\w+|form\w+|{_BE}|serve\w*)(?: (?:aussi|egalement|also|un|une|des|an?|"
    rf"considere\w*|comme|considered|as))*) {_REASON}|"
    rf"(?:ne |n')(?:peu(?:ven)?t|pourr(?:a|ont)|doi(?:t|vent)|{_BE}) (?:pas|jamais|plus) (?:etre )?{_NOT_GRANTED}|"
    r"ne (?:peu(?:ven)?t|pourr(?:a|ont)|doi(?:t|vent))(?: pas| jamais)? (?:participer(?: a l'(?:etude|essai))?|"
    r"entrer dans l'(?:etude|essai))|(?:(?:will )?lead(?:s|ing)? to|(?:will )?results? in) (?:the )?exclusion|"
    rf"(?<!n')(?<!ne )(?:{_BE}) (?:(?:strictement|formellement|toujours|aussi|egalement|also|automatically) )*"
    r"(?:exclu(?:e?s?|ded)|interdit\w*|proscrit\w*|prohibe\w*|prohibited|ineligibles?(?! (?:a|au|aux|to|for)\b)|"
    r"non[- ]eligibles?(?! (?:a|au|aux)\b)|not (?:be )?(?:allowed|permitted|acceptable|enrolled|included|"
    r"eligible(?! (?:to|for)\b)))|"
    r"(?:can|may|must|should|will)(?:not| not) (?:be (?:included|enrolled|eligible|allowed|permitted)|participate|"
    r"enroll?)|"
    r"(?:entraine\w*|impose\w*|justifi\w+|vau(?:t|dra)|conduit a|conduisent a|implique\w*)(?: une?| l'| la)? ?"
    r"(?:exclusion|non[- ]inclusion))\b(?: (?:du patient|de l'(?:etude|essai)|from (?:the|this) (?:study|trial)|"
    r"dans (?:l'|cette |cet )(?:etude|essai)|in (?:the|this) (?:study|trial)|to participate))?"
)
"""The verdict « left out », behind what it is said of."""
_OUT_FIRST = re.compile(
    rf"^\W*(?:(?:sont|seront|est|sera|are|is)(?: (?:aussi|egalement|donc|also))? (?:exclu(?:e?s?|ded)|non[- ](?:eligib|"
    rf"inclu)\w*|ineligibles?)|ne (?:peu(?:ven)?t|pourr(?:a|ont)|sont|seront|doivent)(?: pas)? (?:etre )?(?:inclu\w*|"
    r"eligib\w*|admis\w*|participer|enrol\w*)(?: (?:dans l'(?:etude|essai)))?|(?:on|l'etude|l'essai|le protocole) "
    r"(?:exclut|exclura|refuse|interdit|n'(?:inclut|inclura|accepte|admet|autorise) pas)|(?:exclusion|"
    r"non[- ]inclusion) "
    r"(?=d(?:e|es|u) |d'))\b\s?[:,]?\s?"
    rf"(?:(?:d(?:es|e|u) )?{_DET}{PEOPLE}\s(?:(?:qui |who )?{_HAVE} |(?:ayant|avec|having|with|whose|"
    rf"dont la tumeur) )?)?"
)
"""« Sont exclus les patients ayant … »."""
_IN_FIRST = re.compile(
    rf"^\W*(?:sont|seront|are)(?: (?:aussi|egalement))? (?:inclu\w+|eligibles?) (?!:){_DET}{PEOPLE}\s"
    r"(?:(?:ayant|avec|having|with) )?"
)
_ABSENT = re.compile(
    rf"^\W*(?:(?:il )?(?:ne (?:doit|devra|peut|devrait) (?:pas|jamais) (?:y avoir|exister)|n'y (?:a|aura) (?:pas|"
    rf"jamais)|"
    rf"n'existe (?:pas|plus))(?P<once> eu)?|there (?:(?:must|should|shall|can) (?:not be|be no)|(?:is|are) (?:no|"
    rf"not)))\s"
    rf"(?:d(?:e |'|es |u )?(?:la |l')?|any |evidence of )?{_ARTICLE}"
)
"""« Il ne doit pas y avoir de … »."""
_NONE = re.compile(r"^\W*(?:il )?(?:n'y (?:a|aura)|n'existe|ne (?:doit|devra) (?:y avoir|exister))(?: eu)? (?=aucun)")
_NOT_HAVING = re.compile(
    rf"^\W*(?:{_WHO} )?(?:ne {_MODAL} (?:pas|jamais) (?:presenter|comporter|porter|avoir(?! (?:deja )?{_PAST})|"
    rf"etre (?:{_BEARER}"
    r")?(?!(?:deja )?(?:trait|expos|opere|inclus|eligib|accept|recu)))|ne (?:presente|comporte|porte|"
    r"possede)(?:nt)? pas|"
    rf"n'(?:a|ont) pas(?= d(?!eja))|n'(?:est|sont) pas {_BEARER}|"
    rf"{_MODAL} not (?:have(?! {_PAST})|harbou?r|present with|be(?! (?:eligible|able|willing|expos|treat)))|"
    rf"do(?:es)? not (?:have|harbou?r|present with))\s?(?:d(?:e |'|es |u ))?{_ARTICLE}"
)
"""« Le patient ne doit pas présenter de … »."""
_DEMANDED = re.compile(
    r"^\W*(?:(?:on|le protocole|l'etude|l'essai|the (?:study|protocol)) (?:exig|demand|requi|impos)\w+|il faut"
    r"(?: (?:imperativement|obligatoirement|absolument))?|il (?:est|sera) (?:demande|exige|requis|necessaire|"
    r"obligatoire|"
    r"imperatif|indispensable))\s(?:que |qu'il y ait |qu'|d'avoir |avoir |de |d')?"
    rf"(?:{_TUMOUR} (?:soit|presente|porte) )?{_ARTICLE}"
)
_DEMAND_LAST = re.compile(
    rf"\s(?<!non )(?<!pas )(?<!not )(?:{_BE} )(?:exige\w*|requis\w*|required|demandee?s?|obligatoires?|indispensables?|"
    r"imposee?s?|imperati\w*|mandatory)\b(?=\s*(?:$|[,;.)]))"
)
_THERE_IS = re.compile(
    rf"^\W*(?:il (?:existe|y a(?: eu)?|{_MODAL} (?:y avoir|exister))|there (?:is|are|must be|should be|"
    rf"has been))\s{_ARTICLE}"
)
_HAVING = re.compile(
    rf"^\W*{_WHO} (?:(?:deja|actuellement|currently) )?(?:{_MODAL} )?(?:{_HAVE})\s?(?:ou a eu |or has had )?"
    rf"(?!(?:deja |pas |no |aucun|jamais |never |not )?{_PAST}|pas\b|jamais|aucun|ne\b)"
    r"(?:une? (?=histo|cyto|diag|anteced|tum|canc|carc|adeno|malad|muta|fusion|autre)|an? (?=histo|diag|known|prior))?"
)
_HAD = re.compile(
    rf"^\W*(?:{_PERSON} )?(?:a|ont) (?:eu|subi|beneficie d(?:e |'|u ))\s?(?=(?:une? |la |des |l'|"
    rf"le )?(?:\w+ )?(?:chimio|"
    r"radio|irradi|chirurg|traitement|hormono|immuno|greffe|allogreffe|autogreffe|ligne|therap|exerese|resection))"
)
_LIES_IN = re.compile(
    r"^\W*(?:(?:le |la |l')?(?:(?:site |siege )?primitif|tumeur(?: primitive)?|cancer|primary(?: site|"
    r" tumou?r)?)) (?:doit )?"
    r"(?:siege\w*|se situe\w*|est (?:situee?|localisee?)|etre (?:situee?|localisee?)|is located|"
    r"arises)\s(?:(?:ailleurs|"
    r"elsewhere)\s?(?=\()|(?:(?:dans|au niveau|a|au|aux|en|sur|in)(?: d(?:e|u|es))? (?:la |le |les |l'|the )?))"
)
"""« Le primitif siège dans le larynx »; « ailleurs (nasopharynx …) »."""
_HINTS = hinted(r"exclu|inclu|elig|perm|autoris|accept|admis|toler|interdi|proscri|prohib|enrol|particip|allow|refus")


@dataclass(frozen=True, slots=True)
class Framed:
    """A clause without its frame. `denied`: an inclusion asks for the absence of what is left, then an exclusion."""

    clause: Clause
    denied: bool


@lru_cache(maxsize=256)
def verdict_of(clause: Clause) -> Framed | None:
    """What a sentence says is left out, without the verdict; None where it gives none."""
    plain = clause.plain
    if not _HINTS.search(plain) or _OF_ONE_SEX.search(plain):
        return None
    if (first := _OUT_FIRST.match(plain)) and plain[first.end() :].strip(" .:,"):
        return _left_out(clause, _NOR_THOSE.sub(" ou ", clause.text[first.end() :]))
    told = [match for match in _OUT.finditer(plain) if not in_parenthesis(plain, match.start())]
    if len(told) != 1 or not re.search(r"\w{2}", plain[: told[0].start()]) or _OF_A_RELATIVE.search(plain):
        return None
    start, end = told[0].span()
    if _GOES_ON.match(plain, end) is None or (clause.polarity is Polarity.INCLUSION and OR_ELSE.search(plain[:start])):
        return None
    before = _unframed(clause.text[:start], clause)
    return _left_out(clause, f"{before}{clause.text[end:]}")


OR_ELSE = re.compile(r"\b(?:ou|or)(?: (?:y|n'y|qui|il|elle|ils|elles|who|they|he|she|en|patients?))*\s?$")
"""« A reçu du cisplatine, ou y est inéligible »: who is so is taken."""
_GOES_ON = re.compile(
    r"\s*(?:$|[,;:.(]|(?:si|s'il|sauf|hors|hormis|excepte|en cas|lorsque|if|unless|except|when|dans|within|avant|"
    r"before|apres|"
    r"after|pendant|during|depuis|since|au cours|quel|meme|even|y compris|including|pour la maladie|en situation|"
    r"par)\b)"
)
"""What may follow a verdict: a delay, a condition, an exception."""


_OF_A_RELATIVE = hinted(
    r"\b(?:pour l(?:equel|aquelle|esquel(?:le)?s)|for which)\b[^;:]*\b(?:tolere|permis|autoris|accept|"
    r"tolerated|allowed)|"
    r"\btraitements? standards? (?:[\w']+ ){0,6}(?:ou )?(?:n'est|ne sont) pas tolere"
)
"""« …, pour laquelle le traitement standard n'est pas toléré »: said of the treatment."""
_OF_ONE_SEX = re.compile(r"\b(?:(?:fe)?males?|(?:wo)?men|hommes?|femmes?|masculin\w*|feminin\w*)\b")
"""« Male breast cancer is not allowed »: the sex is no word that changes nothing here."""


def _left_out(clause: Clause, text: str) -> Framed:
    return Framed(Clause(text.strip(" ,"), Polarity.EXCLUSION, clause.organs), clause.polarity is Polarity.INCLUSION)


def _unframed(text: str, clause: Clause) -> str:
    """« Les patients présentant A » → « A »."""
    part = Clause(text, clause.polarity, clause.organs)
    match = _THE_ONES.match(part.plain)
    return text[match.end() :] if match else text


_THE_ONES = re.compile(
    rf"^\W*{_DET}{PEOPLE} (?:(?:qui |who )?{_HAVE} (?!{_PAST})|(?:ayant(?! {_PAST})|presentant|porteurs? d(?:e |'|u |"
    rf"es )|"
    rf"atteints? d(?:e |'|u |es )|avec|with|having(?! {_PAST})|dont la tumeur (?:est|porte|presente) )\s?){_ARTICLE}"
)


@lru_cache(maxsize=256)
def frame_of(clause: Clause) -> Framed | None:
    """A clause without a frame that only says that something is there, is asked, or (an inclusion) is denied."""
    plain = clause.plain
    if not _FRAMED.match(plain) and not (_LAST_WORDS.search(plain) and clause.polarity is Polarity.INCLUSION):
        return None
    asked = clause.polarity is Polarity.INCLUSION
    if asked and (denied := _ABSENT.match(plain) or _NOT_HAVING.match(plain)):
        once = denied.groupdict().get("once")
        text = clause.text[denied.end() :] + (" antérieur" if once else "")
        return _left_out(clause, _NOR.sub(" ou ", text))
    if asked and (none := _NONE.match(plain)):
        return Framed(_rest(clause, none.end()), False)
    first = _first_frame(clause, asked=asked)
    lead = "a reçu " if first and _HAD.match(plain) else ""
    text = f"{lead}{clause.text[first:]}"
    if asked and (last := _DEMAND_LAST.search(plain, first)) and not in_parenthesis(plain, last.start()):
        text = f"{lead}{clause.text[first : last.start()]}{clause.text[last.end() :]}"
    return Framed(Clause(text, clause.polarity, clause.organs), False) if text != clause.text and text.strip() else None


def _first_frame(clause: Clause, *, asked: bool) -> int:
    """Where what is said begins, behind the frame; 0 where there is none."""
    for pattern in _ASKED if asked else _SAID:
        if match := pattern.match(clause.plain):
            no_verb = pattern is _HAVING and ("à" in clause.text[: match.end()] or _AT_RISK.search(match[0]))
            return 0 if no_verb else match.end()
    return 0


_SAID = (_LIES_IN, _THERE_IS, _HAD, _HAVING)
_ASKED = (_DEMANDED, _IN_FIRST, *_SAID)
_AT_RISK = re.compile(r"(?:patients|candidats?|volontaires?|sujets|candidates?|tumeurs|cancers|lesions|maladies) a\b")
"""« Candidats à une greffe », « tumeurs à haut risque »: no verb."""


def _rest(clause: Clause, start: int) -> Clause:
    return Clause(clause.text[start:], clause.polarity, clause.organs)


_NOR_THOSE = re.compile(
    r"(?i),?\s(?:ni|nor|ou|et) (?:ceux|celles|les patientes?|those|(?:les )?sujets?)\s(?:(?:qui ont|ayant|"
    r"pr[ée]sentant|avec|"
    r"with|porteurs? d(?:e |'|es |u )|atteints? d(?:e |'|es |u ))\s?)?"
)
"""« …, ni ceux présentant B »: who is left out as well."""
_NOR = re.compile(r"(?i)\s(?:ni|nor)\s(?:d(?:e |'|es |u ))?")
_FRAMED = re.compile(
    rf"^\W*(?:{_WHO}\b|il |on |there |le protocole|l'etude|l'essai|sont |seront |a |ont |le siege|le site|le primitif|"
    r"the (?:study|protocol|primary)|ne |n'|must |do |does )"
)
_LAST_WORDS = hinted(r"exige|requi|demande|obligatoire|indispensable|impos|imperati|mandatory")
