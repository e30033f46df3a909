"""Words that only tell how a tumour was confirmed: « , confirmé en histologie et/ou cytologie », "histologically or …".

They change nothing of what is asked, but their « ou » would split the clause: they belong to the stretch beside them.
"""

import re
from dataclasses import replace

from rules.hinted import hinted
from rules.reading.clause import Found

_HOW = (
    r"(?:histologiquement|cytologiquement|anatomopathologiquement|histologically|cytologically|pathologically|"
    r"histopathologically|cytopathologically|microscopically|histologiques?|cytologiques?|histological|cytological|"
    r"histopathological|cytopathological|pathological|histopathologique|histologic|cytologic|pathologic|histologie|"
    r"cytologie|histology|cytology|histo|cyto|biopsie|biopsy|anapath\w*)"
)
_BOTH = rf"{_HOW}-?(?:(?:,\s|,?\s?\(?(?:et/ou|and/or|ou|or|et|and|/)\s?)(?:par |en |by |l'|la )?{_HOW}-?\)?){{0,2}}"
_DONE = (
    r"(?:confirmee?s?|prouvee?s?|documentee?s?|etablie?s?|verifiee?s?|confirmed|proven|documented|verified|established)"
)
_FRENCH_DONE = r"(?:confirmee?s?|prouvee?s?|documentee?s?|etablie?s?|verifiee?s?)"
_AFTER = hinted(
    rf",?\s?\(?(?:(?:et |and |is |that is |qui est )?{_DONE}(?:\s(?:(?:par|en|sur|by|on|with|from)\s"
    r"(?:l'|la |une? |an? )?|"
    rf"a l')?(?:examen )?{_BOTH})|(?:{_BOTH}\s{_DONE}|{_BOTH}|confirmed|proven|documented)"
    rf"(?=\s?(?:$|[,;.)(]))|{_FRENCH_DONE}(?:\s\({_BOTH}\))?)"
    r"(?:\s?\(?(?:relecture|lecture) \w+\)?)?\)?"
    r"(?![a-z'-])"
)
_IMAGE = (
    r"(?:tdm|scanner|irm|tep(?:[- /]?(?:tdm|scan|scanner|psma|fdg))?|imagerie|scintigraphie|scinti|ct(?:[- ]scan)?|mri|"
    r"pet(?:[-/ ]?(?:ct|scan))?|bone scan|echographie|echo-?endoscopie|radiographie|imaging)(?![a-z])"
)
_IMAGE_SAID = (
    r"(?:\s(?:tap|thoraco-?abdomino-?pelvien\w*|thoracique|abdomin\w+|injectee?|osseuse|conventionnelle|standard|"
    r"pelvienne|hepatique|"
    r"cervico-?faciale?|corps entier|scan|at screening|a l'inclusion|de screening|de moins de \d+ \w+|"
    r"datant de moins de \d+ \w+|(?:dans|within) (?:les |the )?\d+ \w+(?: (?:precedant|avant|before|prior to) "
    r"[\w']+(?: \w+)?)?|"
    r"au debut du traitement|avant (?:l'|la |le )?\w+))"
)
_SEEN = re.compile(
    rf",?\s(?:vue?s? |visibles? |documentee?s? |confirmee?s? |objectivee?s? |evaluee?s? |seen |documented |confirmed )?"
    rf"(?:au|a la|a l'|en|sur|par|by|on|at)\s(?:un |une |le |la |l'|an? |the )?{_IMAGE}{_IMAGE_SAID}*"
    rf"(?:(?:,\s|\sou\s|\set/ou\s|\set\s|\s?/\s?|\sor\s|\sand\s)(?:au |a la |a l'|en |sur |par |un |une |le |la |"
    rf"l'|by |on )*"
    rf"{_IMAGE}{_IMAGE_SAID}*)*(?=\s?(?:$|[,;.)(]|\bou\b|\bet\b|\bor\b|\band\b|selon\b))"
)
"""« … au TDM, IRM ou scintigraphie de moins de 28 jours »: by what it was seen."""
_BEFORE = re.compile(
    rf"(?:^|(?<=[\s,(:]))(?:(?:have |has |avec |with |an? |une? |presence of )?(?:{_BOTH}[\s-]{_DONE}\s?,?\s?"
    rf"(?:diagnosis of |diagnosis |diagnostic de |diagnostic d')?|{_BOTH}\s(?:confirmation|diagnosis|proof|evidence|"
    rf"verification)\s(?:of |for )|(?:diagnostic|confirmation|preuve)\s{_BOTH}\s(?:{_DONE}\s)?(?:de |d'|du |des )))"
    r"(?:an? |une? |la |le |l'|the )?$"
)


def widened(plain: str, found: list[Found]) -> list[Found]:
    """The findings with the words of confirmation beside them; none reaches into another."""
    wide = []
    for one in found:
        before = _BEFORE.search(plain[: one.start]) if "log" in plain or "biops" in plain else None
        after = _AFTER.match(plain, one.end) or _SEEN.match(plain, one.end)
        start = before.start() if before else one.start
        end = after.end() if after else one.end
        if any(other is not one and other.start < end and start < other.end for other in found):
            start, end = one.start, one.end
            if after and not any(other.start < after.end() and one.end <= other.start for other in found):
                end = after.end()
        wide.append(replace(one, start=start, end=end))
    return wide
