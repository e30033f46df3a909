"""Nested lists of a criteria text: a line that ends in a colon and the items under it, with what joins them.

« Au moins un des suivants : » in an inclusion asks one of its items, « tous les suivants » in an exclusion excludes who
has them all, « sauf : » lists exceptions. Without such words each item is a line of its own, as registries mean it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.criteria import Polarity
from rules.reading.clause import plain
from rules.reading.sentences import Line


class ListMode(StrEnum):
    """What a head says of its items."""

    EACH = "each"
    ANY = "any"
    ALL = "all"
    EXCEPT = "except"


@dataclass(frozen=True, slots=True)
class Item:
    """One line to be read, or several that are alternatives (`ANY`) or a whole (`ALL`): `lines` then holds them."""

    lines: tuple[Line, ...]
    mode: ListMode = ListMode.EACH

    @property
    def text(self) -> str:
        """As written, the items of a list behind their head."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return f"{self.lines[0].head} : {' ; '.join(line.text for line in self.lines)}"


LIST_TAIL = (
    r",? ?(?:avec |et |ayant |presentant |repondant a )?(?:au moins |l')?(?:une?|1|deux|2|trois|3)? ?(?:ou plusieurs )?"
    r"(?:des |de ces |parmi les |parmi )(?:\w+ )?(?:suivante?s?|criteres?|situations?|elements?|"
    r"conditions?|cas|facteurs?)"
    r"(?: ci-apres)?(?: suivante?s?)?"
)
"""« …, au moins un des suivants : »: what a head says of the list behind it, not of the patient (plain text)."""
_LIST_TAIL = re.compile(rf"{LIST_TAIL}\s*:\s*$")
_ANY_OF = re.compile(
    r"\b(?:au moins (?:une?|l'une?)|l'une? (?:des|au moins|ou plusieurs)|une? (?:ou plusieurs|des|seul)|"
    r"une? des? (?:\w+ )?(?:criteres?|elements?|situations?|suivante?s?|tumeurs?|cas|profils?|conditions?)|"
    r"(?:at least )?one (?:or more )?of|any (?:one )?of|either|parmi|soit)\b|"
    r"\b(?:types?|tumeurs|cancers|histologies|pathologies|maladies|indications|populations|diagnostics)\b[^:,;]{0,30}"
    r"\bsuivante?s\b|\bfollowing (?:\w+ )?(?:types|indications|diseases|histologies|cancers|tumou?rs|populations)\b|"
    r"\b(?:situations?|cas|profils|populations|types?|histologies|tumeurs|cancers|localisations|situations cliniques)\b"
    r"[^:,;]{0,20}\b(?:admise?s?|acceptee?s|autorisee?s|eligibles|concernee?s|possibles)\W*$"
)
_ALL_OF = re.compile(r"\b(?:tou(?:te)?s? les|l'ensemble des|all (?:of )?the|all of|chacun des|ensemble)\b")


def asks_one_of(head: str) -> bool:
    """Whether a plain head asks one of the items under it."""
    return _ANY_OF.search(head) is not None


_EXCEPT = re.compile(
    r"\b(?:sauf|excepte\w*|a l'exception d\w*|hormis|hors|exceptions?|except\w*|with the exception of|unless)\W*$"
)
_SUBJECT = r"(?:(?:les? |la )?(?:patients?|sujets?|participants?)(?:\(e\)s?)? )?"
DENYING_HEAD = re.compile(
    rf"^\W*{_SUBJECT}(?:aucune? (?:des|de ces|parmi)\b|none of\b|"
    r"(?:ne (?:pas|doi(?:t|vent)(?: pas)?|presente(?:nt)?(?: pas)?)|n'(?:ayant|avoir)(?: pas)?|"
    r"must not|should not|do not|does not)"
    r"(?: (?:presenter|avoir|remplir|repondre a|have|meet|present))? (?:l'une?|une?|aucune?|any|one|"
    r"either) (?:des|de ces|of)\b|"
    r"(?:absence|sans|pas|without|no|n'ayant pas|n'avoir pas|free)\b[^,:;()]{0,50}$)"
    r"(?![^:]*(?:c'est-a-dire|c\.?-a-d|defini|\bsi\b|\bif\b))"
)
"""« Aucun des éléments suivants : »: in an inclusion each item is asked to be absent."""
_OR_START = re.compile(r"^\W*(?:et/ou|and/or|soit|ou|or|either)\b")
"""« - soit une tumeur MSI, - soit un CPS ≥ 10 », « - ou … »: what an item begins with that is an alternative."""
_OR_END = re.compile(r"[\s,;]+(?:ou|or|et/ou|and/or)\s*$")


def without_list_tail(text: str) -> str:
    """A head without what it says of its list."""
    match = _LIST_TAIL.search(plain(text)) if text.rstrip().endswith(":") else None
    return text[: match.start()] if match and match.start() > 0 else text


def items_of(lines: Iterable[Line], polarity: Polarity) -> list[Item]:
    """The lines of a section, those of a list that is asked as one joined."""
    found: list[Item] = []
    for head, group in _grouped(lines):
        mode = _mode(head, group, polarity)
        if mode is ListMode.EACH or not head:
            found += [Item((line,)) for line in _or_joined(group)]
        elif mode is ListMode.EXCEPT:
            found.append(_with_exceptions(found, head, group))
        else:
            found.append(Item(tuple(group), mode))
    return found


def _or_joined(lines: Iterable[Line]) -> Iterator[Line]:
    """« Réfractaire à A ou » and the line below it: one sentence."""
    before: Line | None = None
    for line in lines:
        joined = line if before is None else replace(before, text=f"{before.text} {line.text}")
        before = joined if _OR_END.search(joined.text) else None
        if before is None:
            yield joined
    if before is not None:
        yield before


def _grouped(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    head: str = ""
    group: list[Line] = []
    for line in lines:
        if line.head != head and group:
            yield head, group
            group = []
        head = line.head
        group.append(line)
    if group:
        yield head, group


def _mode(head: str, group: list[Line], polarity: Polarity) -> ListMode:
    words = plain(head)
    if _EXCEPT.search(words):
        return ListMode.EXCEPT
    if DENYING_HEAD.match(words):
        return ListMode.EACH
    either = _ANY_OF.search(words) is not None
    texts = [plain(line.text) for line in group]
    either = either or (len(group) > 1 and all(_OR_END.search(text) for text in texts[:-1]))
    either = either or (len(group) > 1 and all(_OR_START.match(text) for text in texts[1:]))
    if polarity is Polarity.INCLUSION:
        return ListMode.ANY if either and len(group) > 1 else ListMode.EACH
    return ListMode.ALL if _ALL_OF.search(words) and not either and len(group) > 1 else ListMode.EACH


def _with_exceptions(found: list[Item], head: str, group: list[Line]) -> Item:
    """The head as read before, with its exceptions behind it: one sentence again."""
    if found and found[-1].lines[-1].text.rstrip(": ") == head:
        found.pop()
    return Item((Line(f"{head} {', '.join(line.text for line in group)}"),))
