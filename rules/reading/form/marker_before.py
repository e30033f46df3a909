"""What stands before a list of markers: the alteration that they have, or lack."""

import re
from collections.abc import Iterator

from rules.alterations import parse_alteration
from rules.case import Biomarker
from rules.markers import marker_facts
from rules.reading.form.context import Standing, standing
from rules.reading.form.marker_groups import NOUN, SLASH, Group, Named
from rules.reading.form.marker_results import accented, is_event, negative_of, plain_noun, result_of
from rules.reading.form.sentences import Sentence

_TAIL = re.compile(
    r"^(?P<rest>[\w\s.'~()+>*_-]{0,60}?)\s*(?:\b(?:de|du|des|sur|dans|emportant|touchant|impliquant|genes?|le|la|"
    r"les|exon\s+de)\b|\bd'|\bl')*\s*$"
)
_DENIED_NOUN = re.compile(
    r"(?:\b(?:pas|absence|sans|aucune?s?|ni|jamais|no|nor|without)\b)(?!\s+d'autre)[\sa-z']{0,14}$"
)
_GENERIC = re.compile(r"alteration|anomalie|variant")
_NEGATIVE_FOR = re.compile(r"\bnegati\w+\s+(?:pour|concernant)\s+(?:les?\s+|la\s+|genes?\s+)*$")
DRIVERS = frozenset(
    {"EGFR", "ALK", "ROS1", "KRAS", "BRAF", "RET", "NTRK", "MET", "NRAS", "RAS", "FGFR2", "FGFR3", "IDH1"}
)


def is_denied(before: str) -> bool:
    """Whether the words before a name deny it, or the noun (« mutation ») that stands there."""
    return bool(_DENIED_NOUN.search(before)) or any(
        _DENIED_NOUN.search(before[: match.start()]) for match in NOUN.finditer(before)
    )


def by_before(sentence: Sentence, group: Group) -> Iterator[Biomarker]:
    """« pas de réarrangement ALK, ROS1 ni RET », « insertion exon 20 de HER2 », « ni mutation ni fusion de BRAF »."""
    low = group.before.lower()
    nouns = list(NOUN.finditer(low))
    if _NEGATIVE_FOR.search(low):
        yield from (result_of(sentence, name, "negative") for name in group.names)
        return
    if not nouns:
        yield from _bare(sentence, group)
        return
    last = nouns[-1]
    if not _TAIL.match(low[last.end() :]):
        return
    denied = [_DENIED_NOUN.search(low[: noun.start()]) is not None for noun in nouns]
    if all(denied) or (denied[0] and re.search(r"\b(?:et|ou|ni)\b", low)):
        for noun in nouns:
            yield from (_lacking(sentence, name, noun[0], low[last.end() :]) for name in group.names)
    elif not any(denied) and len(nouns) == 1 and not re.search(r"\b(?:pas|sans|aucune?|ni|absence)\b", low):
        yield from _having(sentence, group, group.before[last.start() :])


def _bare(sentence: Sentence, group: Group) -> Iterator[Biomarker]:
    if re.search(r"\b(?:pas|absence|sans|ni)\s+(?:de\s+|d')?\s*$", group.before.lower()):
        for name in group.names:
            alone = len(group.names) == 1 and name.marker in ("HPV", "EBV")
            if is_event(sentence, name) or alone or _driver_alone(sentence, group, name):
                yield result_of(sentence, name, "negative")
        return
    for name in group.names:
        if is_event(sentence, name) and standing(sentence, name.start, name.end) is Standing.STATED:
            yield result_of(sentence, name, "positive")


def _driver_alone(sentence: Sentence, group: Group, name: Named) -> bool:
    """« Pas d'EGFR, d'ALK ni ROS1 » at the end of a sentence: no driver, as it is said."""
    last = group.names[-1].end
    return name.marker in DRIVERS and bool(re.match(r"\s*(?:[.;)]|$)", sentence.low[last:]))


def _lacking(sentence: Sentence, name: Named, noun: str, rest: str) -> Biomarker:
    written = sentence.written(name.start, name.end)
    exon = re.search(r"exons?\s+\d+", rest)
    looked_for = "altération" if _GENERIC.match(noun) else plain_noun(noun.rstrip("s")) or noun
    if noun.startswith("saut"):
        looked_for = "saut d'" + (exon[0] if exon else "exon 14")
        return Biomarker(name=f"{looked_for} de {written}", status="negative")
    if exon:
        looked_for = f"{looked_for} {exon[0]}"
    return negative_of(sentence, name, looked_for)


def _having(sentence: Sentence, group: Group, words: str) -> Iterator[Biomarker]:
    """The alteration named before: of every name in a closed list, else of the first only."""
    closed = not group.joins or all(join in SLASH or join in ("et", "ni") for join in group.joins)
    variant = re.sub(
        r"(?:\s+(?:de|du|des|sur|dans|emportant|touchant|impliquant|genes?|le|la)|\s+d'|\s*\bl')+\s*$",
        "",
        words.strip(),
        flags=re.IGNORECASE,
    ).strip(" .'")
    variant = re.sub(r"\s+(?:d|l|de\s+l)$", "", variant).replace("~", ".")
    if variant.endswith("-"):
        variant += sentence.text[group.names[0].start : group.names[0].end]
    variant = accented(variant)
    for name in group.names if closed else group.names[:1]:
        if standing(sentence, name.start, name.end) is not Standing.STATED:
            return
        if name.marker == "MSI":
            continue
        lost = variant.lower().startswith("perte")
        status = "negative" if lost and marker_facts(name.marker).loss_marker else "positive"
        usual = variant.lower() in ("mutation", "mutations") and "mutation" in marker_facts(name.marker).default()
        known = parse_alteration(variant, name.marker) and not usual and not _GENERIC.match(variant.lower())
        yield result_of(sentence, name, status, "perte" if lost else variant if known else None)
