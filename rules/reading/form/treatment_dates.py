"""The dates of one treatment, from the words around its name."""

import re
from dataclasses import replace

from rules.case import Treatment
from rules.reading.form.dates import DATE, MONTH, find_dates, iso
from rules.reading.form.hints import holds

LOCAL = frozenset({"surgery", "radiotherapy", "brachytherapy", "interventional_radiology"})
PROGRESSION_UNDER = re.compile(
    r"(?<!pas de )(?<!sans )(?<!absence de )(?<!ni )"
    r"\b(?:progress\w+|pd(?!\s?-)|re-?chut\w+|recidiv\w+|(?:perte|perdu\w*)\s+(?:de\s+(?:la\s+)?)?reponse|(?:poursuite|"
    r"reprise)\s+evolutive)\b(?:(?!\bpuis\b|\brepons|\bstab|"
    r"\bremission)[^;.,]){0,60}\bsous\s+(?:\w+\s+)?$|\bechec\w*\s+(?:de|d'|du|a|au)\s*(?:l'|la\s+|"
    r"le\s+)?(?:\w+\s+)?$|\bechappement\s+(?:a|au|sous)\s+(?:l'|la\s+)?$"
)
_END_OF = re.compile(r"\b(?:arret|fin|interruption|stop)\s+(?:\w+\s+)?(?:de\s+(?:la\s+|l')?|du\s+|des\s+|d')?$")
_SINCE = re.compile(
    rf"\b(?:depuis|a\s+partir\s+d[eu']|debute\w*\s+(?:en|le|debut|fin)|des)\s*(?:le\s+|debut\s+|"
    rf"fin\s+)?(?P<date>{DATE})"
)
_UNTIL = re.compile(
    rf"\b(?:jusqu'(?:en|au|a)\s*(?:debut\s+|fin\s+)?|(?:terminee?s?|finie?s?|arretee?s?|stoppee?s?|arret|"
    rf"interrompue?s?|achevee?s?)\s*(?:en|le|debut|fin|mi-?)?\s+|fin\s+(?:en\s+|le\s+)?)(?P<date>{DATE})"
)
_SINCE_BEFORE = re.compile(rf"\bdepuis\s+(?:le\s+)?(?P<date>{DATE})\s*,?\s*(?:traitee?\s+par|sous)\s+$")
_FREE_OF = re.compile(r"\b(?:sans|pas\s+de)\s+(?:recidive|rechute|progression)\b")
RANGE = re.compile(
    rf"\b(?:de|du|d'|entre)\s*(?P<first>{DATE}|(?:\d{{1,2}}\s+)?(?:{MONTH})|\d{{1,2}})\s+(?:a|au|"
    rf"et)\s+(?P<last>{DATE})|"
    rf"(?<![\w/])(?P<from>\d{{1,2}}/(?:19|20)\d\d|(?:19|20)\d\d)\s*(?:a|au|-|->)\s*(?P<to>{DATE})"
)
_LAST_ON = re.compile(
    rf"^[^;.]{{0,60}}?\b(?:dernie(?:r|re)\s+(?:cure|cycle|perf\w*|inject\w*|administration|dose|prise)?\s*(?:le|en|"
    rf":)?\s*|derniere?\s+le\s+)"
    rf"(?P<date>{DATE})"
)
_OTHER_EVENT = re.compile(
    r"\b(?:progress|rechut|recidiv|reevol|evolution)\w*\b[^;.:]*\b(?:apres|sous|post|du|de)\b[^;.,:]*$"
)
_LAST_OF = re.compile(
    r"\bderni(?:er|ere)\s+(?:cure|cycle|perf\w*|inject\w*|administration|dose|prise)\s+(?:de\s+|d'|du\s+)?$"
)
_AT_BEFORE = re.compile(
    r"\b(?:traitee?s?|recue?|beneficie|operee?s?|irradiee?s?)\s+(?:en|le)\s+(?P<date>{DATE})\s+(?:par|"
    r"d'une?)\s+(?:une?\s+)?$".replace("{DATE}", DATE)
)
_EVENT = (
    r"(?:resistan|progress|rechut|recidiv|arret|toxic|repons|remission|irm|tep|scanner|tdm|psa|decouv|appari|"
    r"stable|ou\s|c(?:[2-9]|1\d)\s)"
)
_BESIDE_ANOTHER = r"\s\+\s(?:ip[cp]|pci|rt|rtct|radio\w*|irradi\w*|curie\w*|ht|hormono\w*|immuno\w*)\b"
_AT = re.compile(
    rf"^(?:(?!\b{_EVENT}|{_BESIDE_ANOTHER})[^;,.]){{0,45}}?(?<![a-z])\(?\s*(?:en\s+|le\s+|du\s+|de\s+)?(?<![a-z])(?P<date>{DATE})(?![\w/-])"
)
CENTURIES = ("19", "20")


def dated(item: Treatment, before: str, after: str) -> Treatment:
    """With the dates told, each of which has its year."""
    dated = holds(after, CENTURIES) or holds(before, CENTURIES)
    return _with_dates(item, before, after) if dated else item


def _with_dates(item: Treatment, before: str, after: str) -> Treatment:
    span = _range(after) or _since_and_until(before, after)
    if span:
        return replace(item, started_on=span[0], ended_on=span[1])
    last = first(_LAST_ON.search(after)) or (first(_AT.match(after)) if _LAST_OF.search(before) else None)
    if last:
        return replace(item, ended_on=last)
    at = first(_AT.match(after)) or first(_AT_BEFORE.search(before))
    if at is None:
        return item
    if PROGRESSION_UNDER.search(before):
        return replace(item, progressed_on=at)
    if _OTHER_EVENT.search(before):
        return item
    if _END_OF.search(before):
        return replace(item, ended_on=at)
    if item.type in LOCAL:
        return replace(item, ended_on=at)
    begun = re.match(r"^[^;,.]{0,45}?\b(?:en|le|debut\w*)\s+", after) or _AT_BEFORE.search(before)
    return replace(item, started_on=at) if begun else item


def _since_and_until(before: str, after: str) -> tuple[str | None, str | None] | None:
    after = _FREE_OF.split(after, maxsplit=1)[0]
    since = first(_SINCE.search(after)) or first(_SINCE_BEFORE.search(before))
    until = first(_UNTIL.search(after))
    return (since, until) if since or until else None


def _range(after: str) -> tuple[str | None, str | None] | None:
    match = RANGE.search(after)
    if match is None:
        return None
    begin, end = match["first"] or match["from"], match["last"] or match["to"]
    last = first_date(end)
    first = first_date(begin)
    if first is None and last and begin.isdigit() and int(begin) <= 12:
        first = f"{last[:4]}-{int(begin):02d}"
    elif first is None and last and not begin.isdigit():
        first = first_date(f"{begin} {last[:4]}")
    return (first, last) if last and (first is None or first <= last) else None


def first(match: re.Match[str] | None) -> str | None:
    """The date of a match, where there is one."""
    return first_date(match["date"]) if match else None


def first_date(words: str) -> str | None:
    """The first date of some words, as the case states it."""
    mention = next(find_dates(words), None)
    return iso(mention.when) if mention else None
