"""A clause cut at the words that say who has something, or has it not: each part with its sign.

« La tumeur doit être RE+ et ne doit pas présenter de mutation BRAF » is two parts, the second denied.
"""

import re
from dataclasses import dataclass

from rules.hinted import hinted

_WHO = (
    r"(?:(?:(?:(?:tou(?:te)?s )?(?:les?|la|leurs?|sa|son|une?|the|their|all)|whose|dont (?:les?|la)|"
    r"chez (?:lesquels|qui)"
    r"(?: les?| la)?)\s)?(?:patient(?:\(?e?\)?s?)|participant(?:\(?e?\)?s?)|sujets?|malades?|subjects?|personnes?|"
    r"individuals?|tumeurs?|tumou?rs?(?: tissue| cells)?|tissus? tumora(?:l|ux)|maladie|disease|cancers?|"
    r"cellules tumorales|blastes|clone)(?:\(s\)|'s)?\s(?:(?:qui|who|that|which)\s)?)"
)
_MUST = (
    r"(?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|peut|peuvent|pourr(?:a|ont)|must|shall|should|will|may|can|needs? to|"
    r"(?:is|are) required to)"
)
_CARRY = (
    r"(?:avoir|presente(?:r|nt)?|porte(?:r|nt)?|comporte(?:r|nt)?|conten(?:ir|ant)|contien(?:t|nent)|montre(?:r|nt)?|"
    r"heberge(?:r|nt)?|posseder?|possedent|revele(?:r|nt)?|objective(?:r|nt)?|a|ont|ait|aient|est|sont|soi(?:t|ent)|"
    r"etre|have|has|had|harbou?rs?|carry|carries|be|is|are|contain|exhibit|show|display|possess|bear)"
)
_OF = (
    r"(?:(?:porteu(?:r|se)s?|atteinte?s?|carriers?|positive? for)\s)?"
    r"(?:(?:d'|de |des |du |of |an? |any |une? )(?:autres? )?)?"
)
_EXPRESS = r"(?:exprime(?:r|nt)?|express(?:es)?)"
_NOT_FR = (
    rf"(?:il\s)?n(?:e\s|')(?:{_MUST}\s)?(?:(?:pas|jamais|aucunement|ni)\s)?(?:y\s)?(?:en\s)?(?:{_CARRY}|{_EXPRESS})"
    r"\s(?:(?:pas|jamais|ni|aucunement)\s)?"
)
_DENIED_WORDS = (
    r"(?:depourvue?s? |exempte?s? |indemnes? |libres? )d(?:e |'|u |es )|(?:en l')?absence (?:documentee? |confirmee? |"
    r"prouvee? |connue? |averee? )?d(?:e |'|es |u |une? |')|non[- ]porteu(?:r|se)s? d(?:e |'|u |es )|"
    r"(?:recherche|test|analyse|depistage)s? negati(?:f|ve)s? (?:pour|de|d'|des|concernant)\s?|"
    r"(?:must|may|should|shall|can|do(?:es)?|did|will) not (?:have|harbou?r|carry|express|be|exhibit|show|contain)"
    r"\s(?:any |an? |known |documented )*|lack(?:s|ing)?\s(?:of )?(?:any |an? |known )*|devoid of |free (?:of|from) |"
    r"(?:tested )?negative for\s|not (?:harbou?ring|carrying|having|expressing)\s(?:any |an? )?|no (?:known |"
    r"documented )?evidence of |"
    r"without (?:any |known |documented |evidence of )*(?:an? )?|documented absence of "
)
_DENIED = hinted(
    rf"(?<![a-z'])(?:{_WHO})?(?:{_NOT_FR}|(?:{_MUST}\s)?(?:have\s)?(?:{_DENIED_WORDS}))(?:de |d'|un |une )?"
)
_SHOWN = (
    r"(?:have |has |having |been |ont ete |a ete )*(?:tested|test|testees?|trouvees?|found) positi(?:ve|fs?|"
    r"ves?) (?:for|pour|a)\s|"
    r"(?<!no )(?<!known )(?<!sans )(?<!aucune )(?:documentation|confirmation|demonstration|evidence|preuve|presence|"
    r"existence|detection)\s(?:of |d'une? |d'|de la |de l'|de |du |des |que )(?:an? |the )?"
)
_STATED = hinted(
    rf"(?<![a-z'])(?:{_WHO}(?:{_MUST}\s)?(?:{_CARRY})\s(?:{_OF})(?:(?:connue?s?|known)\s(?:pour|to)\s{_CARRY}\s(?:{_OF}))?|"
    rf"{_MUST}\s(?:{_CARRY})\s(?:{_OF})|(?:connue?s?|known)\s(?:pour|to)\s{_CARRY}\s(?:{_OF})|"
    rf"{_SHOWN}|(?:il )?(?:doit )?(?:exister?|y avoir)\s(?:au moins )?|"
    r"(?<=et )(?:ayant|avec|presentant|portant|exhibiting|having|harbou?ring|with)\s(?:de |d'|une? |an? )?|"
    r"(?<=et )(?=exprim)|(?<=and )(?=express))"
)
_WHO_ALONE = re.compile(
    r"\W*(?:(?:les?|la|une?|the|an?|tout|toute|leur)\s)?(?:patients?|participants?|sujets?|subjects?|tumeurs?|tumou?rs?|"
    r"maladie|disease|cancers?)?\W*"
)
_JOINT = re.compile(r"\s*(?:,\s*)?\b(et|ou|mais|and|or|but|puis|ainsi que|and/or|et/ou)\b\s*$|\s*([,;])\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a clause (span, half-open), whether it is denied, and the word that joins it to the one before."""

    start: int
    end: int
    denied: bool
    joint: str


def parts_of(plain: str) -> list[Part]:
    """The parts in order; the words of the frames and of the joints lie in none of them."""
    frames = [(match.start(), match.end(), True) for match in _DENIED.finditer(plain)]
    for match in _STATED.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end, _ in frames):
            frames.append((match.start(), match.end(), False))
    frames.sort()
    starts = [(0, 0, False), *frames]
    stops = [start for start, _, _ in frames] + [len(plain)]
    parts: list[Part] = []
    joint = ""
    for (_, start, denied), stop in zip(starts, stops, strict=True):
        ending = _JOINT.search(plain[start:stop]) if stop < len(plain) else None
        end = start + ending.start() if ending else stop
        if re.search(r"[a-z0-9]", plain[start:end]) and not _WHO_ALONE.fullmatch(plain[start:end]):
            parts.append(Part(start, end, denied, joint if parts else ""))
        joint = (ending[1] or ending[2]) if ending else ""
    return parts
