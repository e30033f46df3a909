"""Items that are no plain name of a tumour: a component, a mixture, a grade or a type denied by itself."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, HistologyIs, Kind, Not, Polarity, Test, Unread
from rules.histologies import HISTOLOGIES
from rules.junctions import together
from rules.reading.clause import Clause
from rules.reading.slots.tumour_types import Type, graded, mixed, named, other_than_usual
from rules.reading.slots.tumour_words import Member, led, peeled, type_of

SHARE = re.compile(
    r"[\s(]*(?:(?:>|≥|>=|plus de|more than|au moins|at least|superieure? a)\s?\d{1,2}\s?%|(?:nettement |"
    r"largement )?(?:predominant\w*|majoritaires?|"
    r"preponderant\w*|dominante?s?|significati\w+|importante?s?|en majorite))(?: (?:de |of )(?:la |"
    r"the )?(?:tumeur|tumou?r))?[\s)]*"
)
COMPONENT = re.compile(
    r"\b(?:composantes?|contingents?|differenciations?|differentiation|foyers?|elements?|components?|features?)\b"
)
_COMPONENT_LEAD = re.compile(
    r"^(?:(?:presence|toute?s?|une?|any|avec|with|la|le|les|un|d'|de|d'une?|existence|tumeurs?|cancers?|"
    r"carcinomes?|formes?|comportant|"
    r"contenant|ayant|containing|having|tumou?rs?|a|an|the|an?|histologies?|associee?s?|of)\b\s?)*(?:d')?"
    r"(?:composantes?|contingents?|differenciations?|differentiation|foyers?|elements?|components?|features?)"
    r"(?:\s(?:tumora\w+|histologiques?|cellulaires?|de type|type|invasi\w+))*"
    r"\s?(?:(?:de la|de l'|du|des|de|d'|a|of|with)\s?)*(?:(?:carcinomes?|cancers?|tumeurs?|type)\s(?:a |de |d')?)?"
)
_COMPONENT_TRAIL = re.compile(
    r"\s(?:histolog\w+\s)?(?:components?|differentiation|features?|elements?|composantes?|"
    r"contingents?)(?:\s(?:histolog\w+))?$"
)
MIXED = re.compile(
    r"^(?:(?:histologies?|tumeurs?|formes?|carcinomes?|cancers?|types?|composantes?|component|histology|une?|a|"
    r"de|d'|la|le|type|sous-type|"
    r"(?P<of>cbpc|sclc|cpc|chc|adk))\s?)*"
    r"(?:mixtes?|combinee?s?|composites?|mixed|combined)(?:\s(?:ou|or|et)\s(?:mixtes?|combinee?s?|composites?|"
    r"mixed|combined))?"
    r"(?:\s(?:histolog\w+|types?|tumou?rs?|tumeurs?|carcinomas?|carcinomes?))*\s?(?P<rest>.*)$"
)
_MADE_OF = re.compile(r"^(?:[(:]\s?|(?:avec|with|de|d'|a|associant|comportant|of|entre)\s?)*(?:une? |des |les )?")
_MADE = (
    (frozenset({"small_cell_carcinoma", "sclc"}), None, "combined_sclc"),
    (
        frozenset({"hcc"}),
        frozenset({"cholangiocarcinoma", "intrahepatic_cholangiocarcinoma"}),
        "combined_hepatocholangiocarcinoma",
    ),
    (frozenset({"neuroendocrine", "net", "neuroendocrine_carcinoma"}), None, "minen"),
    (frozenset({"breast_lobular"}), frozenset({"breast_nst", "ductal_adenocarcinoma"}), "breast_mixed_ductal_lobular"),
)
"""What a mixture of one of the first with one of the second (None: with anything) is called."""
QUALIFIED = re.compile(r"\bgrade\b|\bhg\b|\bbg\b|\bnon[\s-]|\bnot\s")
_GRADED = re.compile(
    r"(?:^|\s)(?:de |a |of |d'un )?(?P<how>bas|haut|faible|low|high)[\s-]grade(?: de malignite)?(?=\s|$)|"
    r"\b(?P<short>hg|bg)\b"
)
_DENIED = re.compile(r"(?:^|\s)(?:non|not)[\s-]+(?P<what>[a-z]+(?: a [a-z]+ [a-z]+)?)(?=\s|$)")
_NOT_EPITHELIAL = HistologyIs(frozenset({"carcinoma", "neuroendocrine"}))


def qualified(text: str, clause: Clause, nouns: Sequence[str]) -> Member | None:
    """« Carcinome de l'ovaire de haut grade non mucineux »: a grade, a type denied, and what they are said of."""
    if any(named(words) for words, _ in peeled(text)):
        return None  # « séreux de haut grade », « non épidermoïde » are names of their own
    parts: list[Test] = []
    rest = text
    if denied := _DENIED.search(rest):
        epithelial = re.fullmatch(r"epitheliale?s?", denied["what"]) is not None
        what = None if epithelial else type_of(denied["what"], clause, nouns)
        if not epithelial and (what is None or not what.histologies):
            return None
        parts.append(Not(what.test if what else _NOT_EPITHELIAL))
        rest = f"{rest[: denied.start()]} {rest[denied.end() :]}".strip()
    if grade := _GRADED.search(rest):
        bare = f"{rest[: grade.start()]} {rest[grade.end() :]}".strip()
        if bare and re.sub(r"\s", "", led(f"{bare} ")) and type_of(rest, clause, nouns):
            return None
        low = (grade["how"] or grade["short"]) in ("bas", "faible", "low", "bg")
        told = graded(low, clause.organs)
        if told is None:
            return None
        parts.append(told)
        rest = bare
    rest = re.sub(r"\b(?:epitheliale?s?|epithelial)\b", "", rest).strip()
    if rest and led(f"{rest} ").strip(" s"):
        found = next((kept for words, _ in peeled(rest) if (kept := named(words))), None)
        if found is None:
            return None
        parts.insert(0, found.test)
    return Member(together(parts), open=True) if parts else None


def component(text: str, clause: Clause, nouns: Sequence[str]) -> Member | None:
    """« Composante à petites cellules > 10 % »: what a tumour may hold, and whether so much of it is asked."""
    share = SHARE.search(text)
    bare = SHARE.sub(" ", text, count=1).strip() if share else text
    bare = re.sub(r"^(?:de |d'|of )", "", bare)
    lead, trail = _COMPONENT_LEAD.match(bare), _COMPONENT_TRAIL.search(bare)
    if lead:
        words = bare[lead.end() :]
    elif trail:
        words = bare[: trail.start()]
    else:
        return None
    found = type_of(words.strip(), clause, nouns)
    if found is None or not found.histologies:
        return None
    nouns = ("composante a", "carcinome a", "carcinome")
    asked = share is not None
    return Member(_share_of(found, share=asked), nouns, component=True, part=found, share=asked)


_OF_TWO = re.compile(r"combined|mixed|minen|differentiation|adenosquamous")


def with_shares(members: Sequence[Member]) -> list[Member]:
    """« Composante neuroendocrine ou à petites cellules > 10 % »: the share is asked of each component."""
    if not any(one.share for one in members):
        return list(members)
    return [
        replace(one, test=_share_of(one.part, share=True)) if one.part and not one.share else one for one in members
    ]


def _share_of(found: Type, *, share: bool) -> Test:
    """A part of a tumour counts as its type; where a share is asked, of what is called combined it is not told."""
    test: Test = HistologyIs(found.histologies)
    parts = frozenset(id_ for one in found.histologies for id_ in HISTOLOGIES.below(one) if _OF_TWO.search(id_))
    if not share:
        return test
    told: Test = Unread(Kind.HISTOLOGY)
    return AllOf((test, AnyOf((Not(HistologyIs(parts)), told)) if parts else told))


def mixture(match: re.Match[str], clause: Clause) -> Member | None:
    """« Histologie mixte », « mixte CBNPC / CPC »: what such a tumour is called, among exclusions."""
    if clause.polarity is not Polarity.EXCLUSION:
        return None
    rest = f"{match['of'] or ''} {match['rest']}".strip(" .)")
    rest = _MADE_OF.sub("", rest)
    whole = type_of(rest, clause, ()) if rest else None
    if whole is not None and any("combined" in id_ or id_ == "minen" for id_ in whole.histologies):
        return Member(whole.test)
    if not rest:
        test = mixed(clause.organs) or other_than_usual(clause.organs)
        return Member(test, open=True, component=True) if test is not None else None
    if _OF_THESE.fullmatch(rest):
        test = other_than_usual(clause.organs)
        return Member(test, open=True, component=True) if test is not None else None
    found = [
        type_of(_uncomposed(one), clause, ())
        for one in re.split(r"\s(?:et|and|ou|or|avec|with)\s|\s?[/+,-]\s?(?!small)", rest)
    ]
    if any(one is None for one in found):
        return None
    ids = [one.histologies for one in found if one is not None]
    for these, others, entity in _MADE:
        named_first = any(these & one for one in ids)
        if named_first and (others is None or any(others & one for one in ids)):
            return Member(HistologyIs(frozenset({entity})), component=True)
    return None


_OF_THESE = re.compile(
    r"(?:(?:l'une?|une?|any|one|some)(?: ou (?:l'autre|plusieurs))? )?(?:de |d'|des |of )?(?:ces|les|these|those)"
    r"(?: (?:memes?|autres?|different\w*))? "
    r"(?:contingents?|composantes?|(?:sous-)?types?|histologies|formes?|components?|(?:sub)?types|elements?)"
)
"""« Mixte avec ces contingents »: those named before."""


def _uncomposed(text: str) -> str:
    lead = _COMPONENT_LEAD.match(text)
    return re.sub(r"^a ", "", text[lead.end() :] if lead else text).strip()
