"""The line and setting under discussion, from a question, a plan or « 1re ligne à définir »."""

import re

from rules.hinted import mark_of, marks_of_any
from rules.reading.form.facts import Facts
from rules.reading.form.sentences import Role, Sentence
from rules.reading.form.treatment_details import LINE, line_in

_LINE = re.compile(LINE)
_GONE_BY = re.compile(
    r"\b(?:apres|echec|progression\s+(?:en|sous|apres|lors)|depuis|post|suite\s+a|poursuite|poursuivre|fin\s+de|"
    r"arret|maintenance|entretien|refractaire|recu|sous|lors)\b[^?:;]{0,25}$"
)
_SPINE = re.compile(
    r"\b(?:vertebr\w*|fracture\w*|tassement\w*|lytique\w*|lombaire\w*|rachis\w*|corps|irradi\w*|radiotherapie|rt|"
    r"cyphoplastie|vertebroplastie|lesions?|metastases?|niveau|d\d+|t\d+|laminectomie|cimentoplastie|"
    r"epidur\w*)\b[^?:;,]{0,25}$"
)
_SPINE_AFTER = re.compile(r"^\s*(?:-|/|,|et)\s*(?:l|s|d)\s?\d|^\s*-?\s?l?\d")

_SETTINGS = (
    (
        "neoadjuvant",
        re.compile(
            r"\b(?:neo-?\s?adjuvant\w*|neo-?\s?adj|tnt|(?<!radiotherapie\s)(?<!irradiation\s)(?<!rt\s)(?:peri|"
            r"pre)-?\s?operatoires?)\b"
        ),
    ),
    (
        "adjuvant",
        re.compile(
            r"(?<!neo)(?<!neo-)(?<!neo )\badjuvant\w*\b|"
            r"\b(?:chimio\w*|immuno\w*|traitement)\s+post-?\s?op(?:eratoires?)?\b"
        ),
    ),
    ("maintenance", re.compile(r"\b(?:traitement\s+(?:d'entretien|de\s+maintenance)|entretien|maintenance)\b")),
    ("consolidation", re.compile(r"\bconsolidation\b")),
    (
        "supportive_only",
        re.compile(
            r"\bsoins\s+(?:de\s+support|palliatifs|de\s+confort)\s+exclusifs?\b|\bexclusivement\s+(?:des\s+)?soins\b"
        ),
    ),
    ("surveillance", re.compile(r"\bsurveillance\b(?!\s+(?:jusqu|depuis|biologique|clinique\s+sous|des|de\s+la|du))")),
    (
        "local_curative",
        re.compile(
            r"\b(?:radio-?chimio\w*|rt-?ct|rct|radiotherapie)\b[^?;.]{0,50}\b(?:exclusive|a\s+visee\s+curative)\b"
        ),
    ),
    (
        "advanced",
        re.compile(r"\b(?:ligne|l\d)\s+(?:de\s+traitement\s+)?(?:oligo-?)?metastatique\b|\bsituation\s+metastatique\b"),
    ),
)
_MAY_NAME_A_SETTING = marks_of_any(*(pattern for _, pattern in _SETTINGS[:2]))
_NOT_THIS = re.compile(
    r"\b(?:apres|pas\s+d|sans|echec|progression|suite|depuis|sous|post|recu|fin\s+d|ou|prior|previous|after)\b[^?;,]{0,25}$"
)
_ALTERNATIVE = re.compile(r"\bou\b|\bvs\b|\bversus\b|/")
_ASKED_PART = re.compile(r"\b(?:question|avis|projet|proposition)s?\b[^:?]{0,25}:\s*")


def read_plan(sentence: Sentence, facts: Facts) -> None:
    """`planned_line` and `planned_setting`, where the sentence names exactly one."""
    if sentence.role is Role.FAMILY:
        return
    low = sentence.low
    if not sentence.discusses:
        _proposed_line(sentence, facts)
        _proposed_setting(sentence, facts)
        return
    lines = {line: match for match in _LINE.finditer(low) if (line := _line(low, match))}
    if len(lines) == 1:
        ((line, match),) = lines.items()
        facts.add("planned_line", line, sentence.quote(*match.span()))
    settings = {}
    for name, pattern in _SETTINGS:
        for match in pattern.finditer(low):
            if not _NOT_THIS.search(low[: match.start()]):
                settings[name] = match
    if len(settings) == 1 and not _open_choice(low, next(iter(settings))):
        ((name, match),) = settings.items()
        if not (name in _ONE_OF_MANY and low.rstrip(' )"').endswith("?")):
            facts.add("planned_setting", name, sentence.quote(*match.span()))


_ONE_OF_MANY = ("surveillance", "supportive_only")
"""« Létrozole ? surveillance ? »: what is asked so may be one of several."""
_TREATMENT_OF_A_SETTING = re.compile(
    r"\b(?:chimio\w*|immuno\w*|traitement|flot|folfirinox|mfolfirinox|folfox|hormono\w*|radio-?chimio\w*|pembrolizumab|"
    r"nivolumab|osimertinib|capecitabine)\b[^,;:.?]{0,30}$"
)
_TO_COME = re.compile(
    r"^[^,;:.?]{0,30}?\b(?:a\s+(?:debuter|demarrer|commencer|initier|venir|prevoir|organiser|programmer)|prevue?s?|"
    r"programmee?s?|planifiee?s?|proposee?s?|envisagee?s?|retenue?s?|indiquee?s?|validee?s?)\b(?!\s+(?:si|en\s+cas|mais|puis))"
    r"(?![^.;]{0,40}\b(?:realis|recu|effectu|fait|administr|delivr|arret|stopp|interromp))"
)
_UNDECIDED = re.compile(r"\b(?:si|ou|vs|refus\w*|pas|non|avait|etait|initialement|secondairement)\b")


def _proposed_setting(sentence: Sentence, facts: Facts) -> None:
    """« Chimiothérapie périopératoire à débuter », « FOLFIRINOX adjuvant prévu » inside a sentence that tells facts."""
    if not sentence.marks & _MAY_NAME_A_SETTING or sentence.role is Role.HISTORY or _UNDECIDED.search(sentence.low):
        return
    found = {
        name: match
        for name, pattern in _SETTINGS[:2]
        for match in pattern.finditer(sentence.low)
        if _TREATMENT_OF_A_SETTING.search(sentence.low[: match.start()]) and _TO_COME.match(sentence.low[match.end() :])
    }
    if len(found) == 1:
        ((name, match),) = found.items()
        facts.add("planned_setting", name, sentence.quote(*match.span()))


_PROPOSED_BEFORE = re.compile(
    rf"\b(?:propose\w*|discutee?s?|prevue?s?|envisagee?s?|retenue?s?|validee?s?|indiquee?s?)\s+(?:en\s+|comme\s+)?{LINE}"
)
_PROPOSED_AFTER = re.compile(
    rf"{LINE}\s+(?:proposee?|prevue?|envisagee?|retenue?|validee?|discutee?|a\s+(?:debuter|discuter|definir|proposer))\b"
)
_MAY_PROPOSE = mark_of("propos", "prevu", "envisag", "retenu", "valid", "debuter", "indiqu", "discut")
_LINE_ALONE = re.compile(rf"\W*(?:discussion|indication|projet|debut)\s+(?:d'une?\s+|de\s+(?:la\s+)?)?{LINE}\W*")
"""« Discussion L2. », a sentence of its own; a bare « L2. » may be the head of a list."""
_PROPOSED_DENIED = re.compile(r"\b(?:pas|non|avait|etait|initialement)\b[^,;.]{0,25}$|\bpd[- ]?$")


_SHORT = 40


def _proposed_line(sentence: Sentence, facts: Facts) -> None:
    """« R-mini-CHOP proposé en L1 » inside a sentence that tells facts."""
    alone = _LINE_ALONE.fullmatch(sentence.low) if len(sentence.low) < _SHORT else None
    if alone:
        facts.add("planned_line", line_in(_LINE.search(sentence.low)) or 0, sentence.original)
    if not sentence.marks & _MAY_PROPOSE:
        return
    for pattern in (_PROPOSED_BEFORE, _PROPOSED_AFTER):
        match = pattern.search(sentence.low)
        line = line_in(_LINE.search(match[0])) if match else None
        if match and line and not _PROPOSED_DENIED.search(sentence.low[: match.start()]):
            facts.add("planned_line", line, sentence.quote(*match.span()))
            return


def _line(low: str, match: re.Match[str]) -> int | None:
    before, after = low[: match.start()], low[match.end() :]
    if _GONE_BY.search(before):
        return None
    if match["l"] and (_SPINE.search(before) or _SPINE_AFTER.match(after)):
        return None
    return line_in(match)


def _open_choice(low: str, name: str) -> bool:
    """Whether the setting is one of several under discussion: « surveillance ou chimiothérapie adjuvante ? »."""
    if name in ("advanced",):
        return False
    start = _ASKED_PART.search(low)
    return bool(_ALTERNATIVE.search(low[start.end() if start else 0 :]))
