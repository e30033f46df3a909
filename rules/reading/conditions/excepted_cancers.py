"""The cancers that an exception names: « sauf peau non mélanome, col in situ, prostate localisée Gleason ≤ 6 ».

Words that narrow a name (« traité », « à faible risque ») are dropped: a wider exception rules out fewer. An entry that
names no cancer (« considéré comme guéri », « risque négligeable ») leaves the exception open.
"""

import re
from dataclasses import dataclass

from rules.conditions import find_conditions, is_other_cancer
from rules.organs import ORGAN_NAMES
from rules.reading.clause import plain as folded


@dataclass(frozen=True, slots=True)
class Excepted:
    """The cancers named; whether more than names is excepted, and whether that is a remission."""

    names: frozenset[str]
    open: bool
    remission: bool = False


_SKIN, _NOT_MELANOMA = frozenset({"skin_cancer"}), frozenset({"non_melanoma_skin_cancer"})
_BASAL, _SQUAMOUS = frozenset({"basal_cell_carcinoma"}), frozenset({"cutaneous_squamous_cell_carcinoma"})
_OF_SKIN = r"(?:cutanee?s?|cutaneous|de la peau|of the skin|skin)"
_NOUN = r"(?:(?:cancers?|carcinomes?|carcinomas?|epitheliomas?|tumeurs?|tumou?rs?)\s(?:de la |de |du |of the |of )?)?"
_WORDS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (names, re.compile(pattern))
    for names, pattern in (
        (
            _NOT_MELANOMA,
            rf"{_NOUN}(?:peau|{_OF_SKIN})(?: \w+)?,? \(?(?:hors|sauf|autres? que|non)[- ]?(?:un |le |"
            rf"de )?melanom\w+\)?|"
            rf"{_NOUN}non[- ]?melan\w+(?: (?:skin|{_OF_SKIN}))?(?: (?:cancers?|carcinomas?|"
            rf"tumou?rs?))?(?: {_OF_SKIN})?",
        ),
        (
            _BASAL | _SQUAMOUS,
            rf"{_NOUN}\bbaso-?(?:cell\w*\.?)?\s?(?:/|et/ou|et|ou|-|,|- et|- ou|-et|-ou)\s?(?:les |des )?{_NOUN}"
            rf"(?:spino-?(?:cell\w*\.?)?|epidermoides?)(?: {_OF_SKIN})?|\bcbc\s?(?:/|,|et|ou|"
            rf"et/ou)\s?(?:les |des )?cec\b|"
            rf"basal(?: cell)?(?: carcinomas?| cancers?)?(?: or | and | and/or |/)squamous[- ]?(?:cell )?(?:skin )?"
            rf"(?:carcinomas?|cancers?)(?: {_OF_SKIN})?",
        ),
        (_BASAL, rf"{_NOUN}\bbaso-?(?:cell\w*\.?)?(?![a-z-])(?: {_OF_SKIN})?|\b(?:cbc|bcc)\b(?: {_OF_SKIN})?"),
        (
            _SQUAMOUS,
            rf"{_NOUN}(?:\bspino-?(?:cell\w*\.?)?(?![a-z-])(?: {_OF_SKIN})?|epidermoides? {_OF_SKIN})|"
            r"squamous(?: cell)? (?:carcinomas?|cancers?) of the skin|keratoses? actiniques?",
        ),
    )
)
_MORE_WORDS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset({name}), re.compile(pattern))
    for name, pattern in (
        (
            "low_risk_prostate_cancer",
            r"(?:cancers? (?:de (?:la )?)?|adenocarcinomes? (?:de (?:la )?)?)?\bprostat(?:e|"
            r"ique)s?\b[^,;()]*?(?:localise\w*|"
            r"risque|gleason|t1|surveil\w*|low[- ]risk)(?:[^,;()]*gleason[^,;()]*)?|"
            r"(?:localized|localised|low[- ]risk|early(?:-stage)?) prostate (?:cancers?|carcinomas?)",
        ),
        (
            "non_muscle_invasive_bladder_cancer",
            r"(?:cancers? |tumeurs? |carcinomes? )?(?:de (?:la )?)?\bvessie (?:superficiel\w*|non (?:infiltrant\w*|"
            r"invasi\w*))"
            r"|superficial bladder (?:cancers?|carcinomas?|tumou?rs?)",
        ),
        (
            "low_risk_endometrial_cancer",
            r"(?:cancers? (?:de l')?)?\bendometre[^,;()]{0,12}(?:(?:stade|grade) i?a?1?\b|"
            r"\bia\b)(?: ?g[1-3](?:-[1-3])?)?",
        ),
        (
            "in_situ_carcinoma",
            r"(?:cancers? |carcinomes? |carcinomas? |tumeurs? )?(?:(?:du |de |de la )?(?:col|sein|vessie|"
            r"melanome)\w* )?"
            r"\bin[- ]situ\b(?: (?:du |de |de la |of the )?(?:col|sein|vessie|cervix|breast|bladder)"
            r"(?: ou (?:du |de |de la )?(?:col|sein|vessie))?(?: uterin)?)?(?: (?:cancers?|carcinomas?))?|"
            r"\bcis\b(?: (?:(?:du |de |de la )?(?:col|sein|vessie)(?: (?:ou|et|/) )?)+)?",
        ),
        ("benign_tumour", r"polypes?(?: \w+){0,3}"),
        ("skin_cancer", rf"{_NOUN}(?:\bpeau\b|{_OF_SKIN})(?: cancers?)?"),
    )
)
_LEAD = re.compile(
    r"^\W*(?:sauf|hors|hormis|excepte\w*|a l'exception d\w*|a l'exclusion d\w*|en dehors d\w*|"
    r"except\w*(?: for)?|a part|"
    r"other than|excluding|with the exception of|autres? qu[e']|unless|exclusion of)"
)
_HEAD = re.compile(
    r"\b(?:cancers?|carcinomes?|carcinomas?|tumeurs?|tumou?rs?|malignan\w*|neoplas\w*|autres?|other|risques?|risk|"
    r"investigat\w*|promoteur|sponsor|interf\w*|indolent\w*|accord|exceptions?|maladies?|disease|impact|similaires?|"
    r"similar|e\.g|tel(?:le)?s? que|such as|localisee?s?)\b"
)
_CURED = re.compile(
    r"\b(?:remission|gueri\w*|cured|curati\w*|sans (?:maladie|recidive|rechute|signe)|disease[- ]free|free of|"
    r"no evidence|years?|ans|traitee?s?|treated|termine\w*|resequee?s?)\b"
)
_AND_MORE = re.compile(
    r"\b(?:autres?|other|e\.g|tel(?:le)?s? que|such as|similar\w*|similaires?|investigat\w*|accord|risk of|exception|"
    r"cancers?|tumou?rs?|tumeurs?|malignan\w*)\b"
)
_NAME = "#"


def excepted_cancers(text: str) -> Excepted:
    """What an exception names, and what else it holds."""
    plain = folded(text)
    chars = list(_LEAD.sub(lambda match: " " * len(match[0]), plain))
    names: set[str] = set()
    for ids, pattern in _WORDS:
        names |= _take("".join(chars), chars, ids, pattern)
    names |= _from_vocabulary(text, chars)
    for ids, pattern in _MORE_WORDS:
        names |= _take("".join(chars), chars, ids, pattern)
    rest = "".join(chars)
    alone = [part for part in re.split(r"[,;()/]|\b(?:ou|or|et/ou|and/or)\b", rest) if _NAME not in part]
    entries = [part for part in alone if re.search(r"[a-z]{3,}", part)]
    cured = [part for part in entries if _CURED.search(part)]
    return Excepted(
        frozenset(names - {"benign_tumour"}),
        open=any(_is_unnamed(part) for part in re.split(r"[,;()]|\b(?:ou|or)\b", rest))
        or any(ORGAN_NAMES.find(part) for part in re.split(r"[,;()]|\b(?:ou|or|et|and)\b", rest) if _NAME not in part),
        remission=bool(cured),
    )


def _is_unnamed(part: str) -> bool:
    """Whether an entry speaks of more than the cancers named in it; a risk told behind a name only qualifies it."""
    before, _, behind = _without_cured(part).partition(_NAME)
    return _HEAD.search(before) is not None or _AND_MORE.search(behind) is not None


def _without_cured(part: str) -> str:
    """« cancer traité curativement sans maladie depuis 3 ans » is told by its years, not by its noun."""
    timed = re.search(r"\d+ ?(?:ans|years)|\b(?:deux|trois|cinq|two|three|five) (?:ans|years)", part)
    cured = timed and _CURED.search(part)
    nouns = r"\b(?:autres?|other|cancers?|tumeurs?|maladies?|disease|malignan\w*)\b"
    return re.sub(nouns, " ", part) if cured else part


def _take(rest: str, chars: list[str], ids: frozenset[str], pattern: re.Pattern[str]) -> set[str]:
    found: set[str] = set()
    for match in pattern.finditer(rest):
        if match[0].strip():
            chars[match.start() : match.end()] = _NAME * (match.end() - match.start())
            found |= ids
    return found


def _from_vocabulary(text: str, chars: list[str]) -> set[str]:
    found: set[str] = set()
    for one in find_conditions(text):
        if _NAME in chars[one.start : one.end] or not all(is_other_cancer(id_) for id_ in one.ids):
            continue
        if "other_cancer" not in one.ids:
            chars[one.start : one.end] = _NAME * (one.end - one.start)
            found |= one.ids
    return found
