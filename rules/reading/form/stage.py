"""TNM, stage group and values of other systems, from one sentence or from a typed term."""

import re

from rules.case import OtherStage, TnmTyped
from rules.hinted import mark_of
from rules.reading.form.context import Standing, of_another_time, standing
from rules.reading.form.facts import Facts
from rules.reading.form.hints import holds
from rules.reading.form.organs import may_be_of, only_of, touches
from rules.reading.form.sentences import Role, Sentence
from rules.staging import StageMention, Tnm, find_groups, find_tnm, parse_group, parse_tnm, read_stage

_COMPONENT = re.compile(
    r"(?P<prefix>(?:yp|yc|rp|rc|mr|us|[cpyrau])?)(?P<part>(?P<letter>[TNM])\s?(?:is|"
    r"[0-4xX+-])(?:mi)?(?:[a-e][1-3]?)?)(?:\s?\([^()]{1,25}\))?",
    re.IGNORECASE,
)
_NOT_A_CANCER_STAGE = re.compile(
    r"\b(?:ren\w+|irc|mrc|ckd|bpco|gold|nyha|cardiaque|aomi|leriche|fontaine|nash|fibrose|escarre\w*|reflux|hta|"
    r"hypertension|retinopathie|"
    r"parodont\w*|child|cirrhose|neuropathie|lymphoedeme|pied|ulcere|encephalopathie|demence|endometriose|apnee\w*|"
    r"sarcoidose|arthrose|dyspnee\w*|angor|gvh\w*|mucite|hypoxie|neutropenie)\b[^,;.]{0,25}$"
)
_OTHER_SCALE_AFTER = re.compile(r"\s*(?:\(\s*)?(?:de\s+(?:la\s+)?)?(?:mmrc|nyha|gold|kdigo|nasa|ctcae)\b")
_MAY_BE_TNM = re.compile(r"[tnm]\s?(?:[0-4x+]|is\b)")
_GROUP_WORDS = ("stade", "stage", "figo", "uicc", "ajcc")
_MAY_BE_A_GROUP = mark_of(*_GROUP_WORDS)
_MAY_BE_SMALL_CELL = mark_of("cbpc", "cpc", "sclc", "cellules")
_BESIDE = re.compile(
    r",(?!\d)|\s(?:sans|avec|sur|et|chez|diagnosti|en|au|depuis|connue?|traitee?|jamais|non|pas|deja|toujours|de\s+diagnostic)"
)
_IPILIMUMAB = re.compile(r"(?i:ipi)\s?[-+/]|[Ii]pi\b")
_ORGAN_OF_SYSTEM = (("gleason", "prostate"), ("binet", "haematologic"), ("breslow", "skin"))
_SMALL_CELL = re.compile(
    r"\b(?:cbpc|cpc|sclc|petites\s+cellules)\b(?:\s+(?:bronchique|pulmonaire|du\s+poumon|,|a\s+un|au|de|stade|d'emblee|"
    r"metastatique))*\s*,?\s*(?P<value>etendue?|disseminee?|limitee?|localisee?)\b(?!\s+(?:ou|vs|a\s+l))|"
    r"\b(?P<letters>[el]s)[- ]?(?:sclc|cbpc)\b"
)
_VALG = {"etendu": "étendu", "dissem": "étendu", "limite": "limité", "locali": "limité", "es": "étendu", "ls": "limité"}
_BARE_STAGE = re.compile(r"\b[Ss]tade\s+(?:IV|I{1,3}|[1-4])(?:\s?[AB]{1,2}\b)?(?![\w/-])")
_WAS_BEFORE = re.compile(
    r"\b(?:was|were|initially|previously|originally|etait|etaient|anciennement)\s+(?:an?\s+|de\s+|en\s+|au\s+)?$"
)
_RANGE = re.compile(r"\s(?:a|ou|vs|versus)\s|[/<>]|\d\s?-\s?\d")
_COUNTED = re.compile(
    r"[(\[]\s*\d{1,2}\s?(?:N\s?\+|N\+?|\+)?\s?(?:/|sur)\s?\d{1,3}\s?N?\s*[)\]]|\s\d{1,2}\s?N\s?\+\s?/\s?\d{1,3}"
)
"""« (9N+/22) »: so many nodes of those that were taken out, no range."""
_GROUP_BESIDE = re.compile(
    r"\s*\)?\s*(?:,|;|:|=|\(|soit|c'est-a-dire)?\s*(?P<group>(?:IV|I{2,3}|I(?=[ABC]))[ABC]?[1-3]?)(?=\s*(?:$|[,;.)]|d'embl|au\s+diag|selon|UICC|AJCC|TNM))"
)
"""« cT3N2M0 (IIIB) »: a group that only its place beside the letters tells."""


def read_stages(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """Stated stages, of the tumour under discussion only; a range, a suspicion or an aim is none."""
    if sentence.role in (Role.FAMILY, Role.HISTORY, Role.QUESTION):
        return
    _tnm(sentence, facts, organs)
    if not only_of("haematologic", organs):
        _group(sentence, facts)
    elif only_of("lymphoma", organs) and not may_be_of("leukaemia", organs):
        _ann_arbor(sentence, facts)
    _small_cell(sentence, facts)
    for mention in sentence.stages:
        words = _closed(_BESIDE.split(sentence.text[mention.start : mention.end], maxsplit=1)[0].strip(" ,("))
        if standing(sentence, mention.start, mention.end) is not Standing.STATED or len(mention.values) == 0:
            continue
        if _IPILIMUMAB.match(words) or _was(sentence.low, mention):
            continue
        if read_stage(words, words) == mention.values and _of_this_organ(words, organs):
            system = next(iter(mention.values)).system
            facts.add("stage.other", OtherStage(system, words), sentence.quote(mention.start, mention.end))


def _was(low: str, mention: StageMention) -> bool:
    """Whether a function of the liver, which changes, is told of another time."""
    return all(value.system == "child_pugh" for value in mention.values) and of_another_time(low, mention.start)


def _small_cell(sentence: Sentence, facts: Facts) -> None:
    """« CBPC étendu », « carcinome à petites cellules stade limité », « ES-SCLC »: the two stages of the VALSG."""
    if not sentence.marks & _MAY_BE_SMALL_CELL:
        return
    for match in _SMALL_CELL.finditer(sentence.low):
        if standing(sentence, *match.span()) is Standing.STATED:
            value = _VALG[(match["value"] or match["letters"])[:6]]
            facts.add("stage.other", OtherStage("VALG", value), sentence.quote(*match.span()))


def _closed(words: str) -> str:
    """A parenthesis that opens in a value and does not close (« Gleason 8 (4+4 », « IMDC bas (anémie ») is closed where
    it holds a sum, and is else no part of it."""
    before, opened, inside = words.rpartition("(")
    if not opened or ")" in inside:
        return words
    return f"{words})" if re.fullmatch(r"\d\s?\+\s?\d", inside) else before.strip()


def _tnm(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    if not _MAY_BE_TNM.search(sentence.low):
        return
    for mention in find_tnm(sentence.text):
        words = _COUNTED.sub(" ", sentence.text[mention.start : mention.end])
        if _RANGE.search(words) or standing(sentence, mention.start, mention.end) is not Standing.STATED:
            continue
        typed: dict[str, str] = {}
        prefix = mention.tnm.prefix
        for part in _COMPONENT.finditer(words):
            letter = part["letter"].lower()
            typed.setdefault(letter, f"{part['prefix'] or prefix}{part['part'].replace(' ', '')}")
        if typed.get("t", "").lower() == "pt0":
            del typed["t"]  # « re-RTUV pT0 »: nothing was left in that piece
        if not typed or "r" in prefix.replace("mr", ""):
            continue
        value = TnmTyped(t=typed.get("t"), n=typed.get("n"), m=typed.get("m"))
        if parse_tnm(value.t, value.n, value.m) != Tnm() and not _bare_letter(value, words):
            if value.m and not (value.t or value.n) and _is_a_month(sentence, mention.start, organs):
                continue
            facts.add(f"stage.{_basis(prefix)}", value, sentence.quote(mention.start, mention.end))
            bracket = sentence.text.rfind("(", mention.start, mention.end) if words.endswith(")") else -1
            edge = bracket if bracket > 0 else mention.end
            beside = _GROUP_BESIDE.match(sentence.text, edge) if value.t and value.n else None
            if beside and "y" not in prefix:
                facts.add("stage.group", f"stade {beside['group']}", sentence.quote(mention.start, beside.end()))


_MONTH_BEFORE = re.compile(
    r"(?:\b(?:a|au|des|fin|evaluation|irm|tep\S*|scanner|tdm|bilan|controle|visite|post\S*|rechute|progression|depuis|"
    r"reponse(?:\s+(?:partielle|complete))?|r[cp])|\d)\s+(?:de\s+)?$"
)


def _is_a_month(sentence: Sentence, start: int, organs: frozenset[str]) -> bool:
    """« RP à M1 », « TEP M1 »: a month of the follow-up, as every M of a disease of the blood."""
    before = sentence.low[:start]
    return only_of("haematologic", organs) or (sentence.low[start] == "m" and bool(_MONTH_BEFORE.search(before)))


def _of_this_organ(words: str, organs: frozenset[str]) -> bool:
    """« Prostate Gleason 6 en surveillance » in the file of another cancer is that other cancer's."""
    family = next((family for name, family in _ORGAN_OF_SYSTEM if name in words.lower()), None)
    return family is None or not organs or may_be_of(family, organs) or touches(family, organs)


def _ann_arbor(sentence: Sentence, facts: Facts) -> None:
    """« Stade IV » of a lymphoma is of Ann Arbor, whether the system is named or not."""
    if not sentence.marks & _MAY_BE_A_GROUP:
        return
    taken = [(mention.start, mention.end) for mention in sentence.stages]
    for match in _BARE_STAGE.finditer(sentence.text):
        around = sentence.low[match.end() :]
        if _NOT_A_CANCER_STAGE.search(sentence.low[: match.start()]) or _RANGE.match(around):
            continue
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if standing(sentence, *match.span()) is Standing.STATED:
            facts.add("stage.other", OtherStage("Ann Arbor", match[0]), sentence.quote(*match.span()))


def _bare_letter(value: TnmTyped, words: str) -> bool:
    """« T2 » or « N0 » alone, without prefix, is as often something else (T2 of an MRI, a vertebra, a visit)."""
    alone = [part for part in (value.t, value.n, value.m) if part]
    return len(alone) == 1 and value.m is None and words[:1].upper() in "TN" and not _WITH_ITS_PART.fullmatch(alone[0])


_WITH_ITS_PART = re.compile(r"[TN][1-4][a-d]\d?")
"""« T1c »: nothing else is written so."""


def _basis(prefix: str) -> str:
    if "y" in prefix:
        return "post_treatment"
    return "pathological" if "p" in prefix else "clinical"


def _group(sentence: Sentence, facts: Facts) -> None:
    if not sentence.marks & _MAY_BE_A_GROUP:
        return
    for mention in find_groups(sentence.text):
        words = sentence.text[mention.start : mention.end]
        before = sentence.low[: mention.start]
        if _NOT_A_CANCER_STAGE.search(before) or _OTHER_SCALE_AFTER.match(sentence.low, mention.end):
            continue
        if _RANGE.search(words) or _WAS_BEFORE.search(before):
            continue
        if not holds(words.lower(), _GROUP_WORDS) or not parse_group(words):
            continue
        if standing(sentence, mention.start, mention.end) is Standing.STATED:
            facts.add("stage.group", words, sentence.quote(mention.start, mention.end))
