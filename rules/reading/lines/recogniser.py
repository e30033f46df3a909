"""Lines of treatment in a clause: how many came before, which one is asked for, treated before or never.

Earlier lines are those for advanced disease (`PriorLines`); « en 2e ligne » is the line that the patient would receive
(`LineIn`), but after « ayant reçu », « échec de » or « progression après » it is one that came before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Polarity, PriorLines, Test, Treated, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.lazily import Lazily
from rules.reading.line_labels import labelled
from rules.reading.lines.first_line import first_line_of
from rules.reading.lines.ranks import in_this_situation, ranked_lines
from rules.reading.phrases import without_overlap
from rules.reading.treatments.context import for_a_group, heads_a_case, is_left_open, is_of_a_group, speaks_of_some
from rules.reading.treatments.named_treatments import MARK, Joint, Marked, Named, concepts_of, marked, received
from rules.reading.treatments.patterns import AFTER, FILLER, WHILE
from rules.reading.treatments.settings import SETTING, settings_in
from rules.reading.treatments.untreated import bare, naive, pretreated

_NUMBERS = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4, "cinq": 5,
    "five": 5, "six": 6,
}  # fmt: skip
_N = r"(?<![\d.,/])(?:\d{1,2}(?![\d.,]*\d)|" + "|".join(_NUMBERS) + r")(?![a-z])"
_PAREN = r"(?:\s?\(\s?\d{1,2}\s?\))?"
"""« two (2) »."""

_LEAST = r"(?:≥|> ?=|= ?>|(?:d')?au moins|at least|(?:au |a |un )?minimum(?: d(?:e |')| of)?|min\.?)"
_MOST = (
    r"(?:≤|< ?=|= ?<|au plus|(?:au |un |a )?maximum(?: d(?:e |')| of)?|max\.?|pas plus d(?:e |')|no more than|at most|"
    r"not more than|up to|jusqu'a)"
)
_COUNTS: tuple[tuple[str, str], ...] = (
    (
        "range",
        rf"{_LEAST}\s?(?P<a>{_N}){_PAREN}(?: lignes?| lines?)?\s?,?\s?(?:et|and|but|mais|,|"
        rf"-)\s?{_MOST}\s?(?P<b>{_N}){_PAREN}",
    ),
    ("range", rf"(?:entre |between |de |from )?(?P<a>{_N}){_PAREN}\s?(?:-|a|to|ou|or|/|et|and)\s?(?P<b>{_N}){_PAREN}"),
    (
        "least",
        rf"(?:≥|> ?=|= ?>|(?:d')?au moins|at least|(?:a )?minimum(?: d(?:e |')| of)?|min\.?)\s?(?P<a>{_N}){_PAREN}",
    ),
    (
        "least",
        rf"(?P<a>{_N}){_PAREN}(?:\s?\+| (?:ou|et) (?:plus|davantage)(?: d(?:e |'))?| or more| (?:ou|or) (?:plusieurs|"
        rf"several|more))",
    ),
    (
        "most",
        r"(?:≤|< ?=|= ?<|au plus|(?:au |un |a )?maximum(?: d(?:e |')| of)?|max\.?|jusqu'a|up to|"
        r"(?:pas|jamais)(?: \w+){0,3} plus d(?:e |')|(?:no|not)(?: \w+){0,3} (?:more|greater) than|at most|"
        rf"n'(?:excedant|ayant) pas plus d(?:e |')|ne depassant pas|never more than)\s?(?P<a>{_N}){_PAREN}",
    ),
    ("more", rf"(?:>|plus d(?:e |')|more than|greater than)\s?(?P<a>{_N}){_PAREN}"),
    ("fewer", rf"(?:<|moins d(?:e |')|fewer than|less than)\s?(?P<a>{_N}){_PAREN}"),
    (
        "exactly",
        rf"(?:(?:exactement|exactly|seulement|uniquement|only)\s?(?P<a>{_N}){_PAREN}|"
        rf"(?P<a2>{_N}) (?:et )?(?:une? )?seule?s?)",
    ),
    ("none", r"(?:aucune?|pas d(?:e |'|'une )|sans|absence d(?:e |')|no|without(?: any)?|zero|0)"),
    ("bare", rf"(?P<a>{_N}){_PAREN}"),
)
"""How many: (meaning, pattern), the more telling first."""

_ADJECTIVE = (
    r"(?:(?:prior|previous|earlier|anterieure?s?|precedente?s?|prealables?|systemiques?|systemic|therapeutiques?|"
    r"completes?|autres?|additional|other|further|"
    r"deja recue?s?|recue?s?|differente?s?|different|separate|successives?|distinctes?|standards?|treatment)\s+)*"
)
_PAST = (
    r"(?:anterieure?s?|precedente?s?|prealables?|recue?s?|deja recue?s?|systemiques?|standards?|appropriee?s?|"
    r"before|previously)"
)
_OF_WHAT = (
    rf"(?:\s+(?:d(?:e |')|of |a base d(?:e |')|par |avec |with |contenant |comportant (?:un |une |du |des )?|"
    rf"(?=prior {MARK})|(?={MARK}))\s?"
    rf"(?:prior |previous |(?:un |une |des |the )?)*(?:{MARK}+|traitements?|therap(?:ie|y|ies)|treatments?|regimens?|"
    r"anti-?cancer therapy|therapeutique|prise en charge)(?:\s+systemiques?)?)?"
)
_LINES = (
    rf"{_ADJECTIVE}(?:lignes?|lines?)(?:\s+(?:{_PAST}|standards?|therapeutiques?|metastatiques?|"
    rf"palliatives?))*{_OF_WHAT}(?:\s+{_PAST})*"
)
_REGIMENS = (
    r"(?:(?:prior|previous) (?:systemic )?(?:regimens?|therapies)|(?:traitements?|regimes?|schemas?|"
    r"protocoles?) (?:systemiques? |de chimiotherapie |de traitement )*(?:anterieurs?|precedents?|recus?)(?: "
    r"systemiques?)?)"
)
_TREATMENTS = rf"(?:(?:prior|previous|differente?s?)\s+)?{MARK}+(?:\s+{_PAST})*"
_THINGS = (("lines", _LINES), ("regimens", _REGIMENS), ("treatments", _TREATMENTS))
_CASTRATION = (
    r"(?:\s+(?:pour|en|au stade|for|in)\s+(?:le |un |the |phase |setting )*(?:m?crpc|cprc\w*|"
    r"resistan\w+ a la castration)(?: setting)?)?"
)
_HERE = r"(?:dans|pour|en|a|in|for) (?:cette|ce|this) (?:situation|indication|maladie|contexte|stade|setting|disease)"
_NOT_EARLY = re.compile(r"hors (?:neo-?)?adjuvante?s?(?:/adjuvante?s?)?")
_SETTINGS = (
    rf"(?:\s*,?\s*\(?\s*(?!au (?:maximum|minimum|moins|plus)\b)(?:{SETTING}|{_NOT_EARLY.pattern}|"
    rf"{_HERE})\s*\)?)*{_CASTRATION}"
)
_LIMIT = (
    r"(?P<limit>,?\s*\(?(?:(?:(?:est |sont |is |are )?(?:autorisee?s?|permises?|acceptee?s?|toleree?s?|admises?|"
    r"allowed|permitted)|(?:au )?maximum|"
    r"max|au plus|at most|ou moins|or (?:fewer|less))|(?P<floor>(?:ou|et|or|and) (?:plus|more)|(?:au )?minimum|"
    r"au moins))\)?(?![a-z]))?"
)
_LEAD = (
    r"(?:(?:(?:ayant|avoir|a|ont|doit|doivent|have|has|had|must|deja|already|should)\s)*(?:recu|received|eu|"
    r"beneficie d(?:e |')|"
    r"pretraite\w* par|traite\w* par|(?:previously |pre-?)?treated with|"
    r"exposed to|undergone)\s+|(?:apres|after|following)\s+(?:(?:l')?echec (?:d(?:e |')|a )|"
    r"failure of )?|"
    r"(?:(?:resistan|refract)\w+\s?(?:ou|et/ou|/|or|and/or)\s?intoleran\w+|intoleran\w+\s?(?:ou|et/ou|/|or|and/or)\s?"
    r"(?:resistan|refract)\w+)\s(?:a|aux?|to)\s|"
    rf"(?:en )?(?:echec|progression|rechute|recidive){FILLER}(?:\s?(?:ou|et/ou|/|or)\s?(?:en )?(?:rechute|progression|"
    rf"echec|recidive|intolerance|resistante?s?|resistance|refractaires?))?{FILLER}\s(?:d(?:e |')|a |(?:pendant|sous|"
    r"on|during)(?:(?: (?:ou|et|or|and) |/)(?:apres|after))?\s|apres\s)|"
    r"(?:(?:ayant|a|ont|avait) )?(?:progresse|rechute|recidive|resiste)(?: (?:ou|et/ou) (?:progresse|rechute|recidive|"
    r"resiste))? (?:apres|(?:pendant|sous)(?: (?:ou|et) apres)?) |(?:progressed|progression) (?:on|after|"
    r"following)(?: or (?:after|on))?\s|failed\s+)?"
)
_OR_INTOLERANT = (
    r"(?:\s*,?\s*(?:ou|or) (?:une? )?intoleran\w+(?: documente\w*)?(?: (?:a|aux?|to) (?:cette|ce|ces|ladite|this|"
    r"that) (?:derniere )?(?:lignes?|traitements?|line|treatment|therapy))?(?=\s*(?:$|[,;.)]))|"
    r"\s*,?\s*(?:ou|or) (?:(?:ayant|a|en) )?(?:resiste|resistante?s?|refractaires?|progresse|progression|refractory) "
    r"(?:pendant|sous|durant|au cours de|during|on|a|to) (?:la |une |sa |the )?(?:1re|1ere|premiere|first)[ -](?:ligne|"
    r"line)(?: de traitement| systemique| therapy)?(?=\s*(?:$|[,;.)])))?"
)
"""Who did not tolerate the line, or resisted during the first one, had it."""
_FAILED = re.compile(r"(?:en )?(?:echec|progress\w*|rechute|recidive|failed)")
"""« Progression après au plus 2 lignes »: after one at least."""
_CUE = re.compile(
    r"anterieur|precedent|prealable|recue?s?\b|prior|previous|received|apres|after|following|failed|echec|pretrait|"
    r"resistan|intoleran|refract|treated with|traitee?s? par|exposed to"
)
_REMAINING = re.compile(
    r"^[^,;]{0,30}\b(?:disponibles?|restantes?|possibles?|envisag\w*|available|remaining|planned|prevues?|a venir|"
    r"neoadjuv\w*|adjuvant\w*|hormono-?sensible|m?hspc|m?cspc|curati\w*|non comptabilis\w*|not count\w*)\b"
)
_COUNTS_EARLY = re.compile(
    r"\b(?:(?:y compris|dont|incluant|including|even|meme)\s(?:[\w'-]+\s){0,3}?(?:neo-?)?adjuvant\w*|"
    r"(?:neo-?)?adjuvant\w*\s(?:compris\w*|incluse?s?|included|comptee?s?|counted|compte)(?! pas))"
)
"""« ≥ 1 ligne, y compris adjuvante »: a line is then more than one for advanced disease."""
_FROM_TO = re.compile(
    rf"(?<![\w-]){_LEAD}{_LEAST}\s?(?P<a>{_N}){_PAREN}\s{_LINES}{_SETTINGS}\s?(?:,|\(|et|mais|and|but)\s?"
    rf"(?:{_MOST}\s?(?P<b>{_N})|(?P<b2>{_N}) (?:lignes? |lines? )?(?:(?:au )?max(?:imum|\.)?|au plus|at most))\)?"
    rf"(?=\s*(?:$|[,;.)]))"
)
"""« Au moins une ligne, 2 max »."""
_BOTH = re.compile(rf"{_LEAST}.*(?:max|plus|most|jusqu|up to|more|[≤<])")
_HALF_A_RANGE = re.compile(rf"(?:{_N})\s?(?:-|a|to|ou|or|/|et|and)\s?$")
_COMPARED = re.compile(r"(?:plus|moins|most|least|than|[≤≥<>=]|max\w*|min\w*)(?: d(?:e |')| of)?\s?$")
_NOT_MORE, _OWES_NOT = re.compile(r"pas\b"), re.compile(r"\b(?:ne (?:doi(?:t|vent)|peu(?:t|vent))|n'(?:a|ont|aura)) $")
"""« Ne doit pas avoir reçu plus d'une ligne »: one denial in two words."""
_ALLOWED_LATER = re.compile(r"^[^;.]*\b(?:autorise\w*|permis\w*|accepte\w*|toleree?s?|admise?s?|allowed|permitted)")
_DENIED = re.compile(
    r"\b(?:pas|not|jamais|never|sans|without|aucune?|no|ne|si|if|pour (?:les|ceux)|for (?:patients|those)|lorsque|"
    r"when|quel que soit|regardless|autres? cancers?|toxicit\w*|in the absence)\b[^,;:.]{0,60}$"
)


_BOUNDARY = re.compile(
    r"\s*(?:$|[,;:.)(\]]|(?:ou|et|or|and|avant|before|are|is|sont|autoris\w*|permitted|allowed|sans|ayant|sauf|"
    r"hors|except\w*|dont|includ\w+|incluant|comprenant|comportant|parmi l\w+)(?![a-z]))"
)


def recognise(clause: Clause) -> list[Found]:
    """The lines that a clause counts, asks for or denies, each with the words it covers."""
    if is_of_a_group(clause):
        return for_a_group(_read(clause), clause.polarity)
    return [] if speaks_of_some(clause) else _read(clause)


def _read(clause: Clause) -> list[Found]:
    text = marked(clause)
    found = [
        *labelled(clause),
        *_from_to(clause, text),
        *_additional(clause, text),
        *in_this_situation(clause),
        *_counted(clause, text),
    ]
    found += _after_the_first(clause, text)
    if _MAY_RANK.search(text.text):
        found += ranked_lines(clause, text)
    if _MAY_BE_TREATED.search(text.text):
        found += [*naive(text), *bare(clause, text), *pretreated(clause, text)]
    kept = [one for one in found if _is_limit(one.test) or not _is_open(text.text, one)]
    return without_overlap([one for one in kept if not _COUNTS_AS.search(text.text, 0, one.start)])


_COUNTS_AS = re.compile(
    r"(?:\b(?:compt\w+|counts?|counted|consider\w+|equival\w+)"
    r"(?: (?:comme|pour|as|for|a|ensemble|together))*|=)\s?$"
)
"""« Un changement de platine compte comme une seule ligne »: how lines are counted, and no limit."""


def _is_open(text: str, one: Found) -> bool:
    return is_left_open(text, one.start, one.end) or heads_a_case(text[one.end :])


def _is_limit(test: Test) -> bool:
    """« Peut avoir reçu jusqu'à 2 lignes »: a permission is a limit all the same."""
    if isinstance(test, AnyOf):
        return _is_limit(test.parts[0])
    return isinstance(test, PriorLines) and test.low == 0


_MAY_BE = {
    "lines": hinted(r"lign|\bline"),
    "regimens": hinted(r"regime|therapies|traitement|protocole|schema"),
    "treatments": hinted(rf"(?:\d|{'|'.join(_NUMBERS)})\)? [^,;§]{{0,25}}{MARK}"),
}
_MAY_RANK = re.compile(r"lign|lines?\b|\bl[1-9]|\b[1-9]l\b")
_MAY_BE_TREATED = re.compile(r"trait|treat|therap")


_COUNTED = tuple(
    (
        meaning,
        thing,
        Lazily(rf"(?<![\w-]){_LEAD}{count}\s*{noun}{_SETTINGS}{_LIMIT}{_SETTINGS}{_OR_INTOLERANT}(?![a-z{MARK}])"),
    )
    for meaning, count in _COUNTS
    for thing, noun in _THINGS
)


def _counted(clause: Clause, text: Marked) -> Iterator[Found]:
    possible = {thing for thing, cue in _MAY_BE.items() if cue.search(text.text)}
    for meaning, thing, pattern in _COUNTED:
        for match in pattern.finditer(text.text) if thing in possible else ():
            test = _count_test(clause, text, match, meaning, thing)
            if test is not None:
                yield Found(*match.span(), _with_the_other(test, text.first(*match.span())), Kind.LINE)


_ADDITIONAL = hinted(
    rf"{_MOST}\s?(?P<a>{_N}){_PAREN} (?:autres? |additional |further )?(?:lignes?|lines?)(?: (?:de traitement|"
    rf"systemiques?|"
    rf"of therapy))*(?P<more> (?:supplementaires?|additionnelles?))?(?: (?:de traitement|systemiques?))*{_SETTINGS}"
    rf"(?:\s(?:(?:est |sont |are )?(?:autorisee?s?|permises?|acceptee?s?|possibles?|allowed|permitted)))?{_SETTINGS}"
    r"(?=\s*(?:$|[,;.)]))"
)


def _additional(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Jusqu'à 2 lignes supplémentaires permises »: beside at least one that another sentence asks for."""
    if clause.polarity is Polarity.EXCLUSION:
        return
    for match in _ADDITIONAL.finditer(text.text):
        if match["more"] or re.search(r"autres? |additional|further", match[0]):
            few = PriorLines(0, _number(match["a"]) + 1)
            yield Found(*match.span(), AnyOf((few, Unread(Kind.LINE))), Kind.LINE)


_AFTER_THE_FIRST = hinted(
    rf"(?<![a-z-])(?:en )?(?:progress\w+|rechut\w+|recidiv\w+|echec){FILLER}(?:\s?(?:ou|et/ou|/|or)\s?(?:en )?"
    rf"(?:rechute|recidive|progression|echec|relapse|recurrence))?{FILLER}\s(?:{WHILE}|{AFTER}|d(?:e |'))\s?"
    rf"(?:la |l'|une |sa |1 |the |a )?(?:l1|1re ligne|1ere ligne|premiere ligne|first[- ]line)"
    rf"(?: systemi\w+| standard| de (?:traitement|{MARK}+)| {MARK}+)*{_SETTINGS}(?=\s*(?:$|[,;.)(]))"
)


def _after_the_first(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Progression pendant ou après une L1 systémique »: one line at least."""
    for match in _AFTER_THE_FIRST.finditer(text.text) if clause.polarity is Polarity.INCLUSION else ():
        early = settings_in(match[0], forbids=False)
        if early is not None and not early - {"advanced"} and not _DENIED.search(text.text[: match.start()]):
            yield Found(*match.span(), first_line_of(text.first(*match.span())), Kind.LINE)


def _with_the_other(test: PriorLines, named: Named | None) -> Test:
    """« Une ligne d'hormonothérapie + inhibiteur de CDK4/6 »: a line of the first, and the second was received."""
    if named is None or named.joint is not Joint.ALL or (not test.of and len(named.items) < 3):
        return test
    rest = replace(named, items=named.items[1:], joint=Joint.COMMA) if test.of else named
    other = received(rest, Treated(treatments=frozenset()), forbids=False, negated=False)
    return test if other is None else AllOf((test, other))


def _from_to(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Au moins une ligne antérieure, 2 max »: both ends, the second behind the noun."""
    if clause.polarity is Polarity.EXCLUSION or not (_MAY_BE["lines"].search(text.text) and _BOTH.search(text.text)):
        return
    for match in _FROM_TO.finditer(text.text):
        low, high = _number(match["a"]), _number(match["b"] or match["b2"])
        of = _of(clause, text, match, "lines", none=False)
        early = settings_in(match[0], forbids=False)
        plainly = early is not None and not early - {"advanced"} and not _DENIED.search(text.text[: match.start()])
        if low <= high and of is not None and plainly:
            yield Found(*match.span(), PriorLines(low, high, of), Kind.LINE)


def _count_test(clause: Clause, text: Marked, match: re.Match[str], meaning: str, thing: str) -> PriorLines | None:
    before, after = text.text[: match.start()], text.text[match.end() :]
    bounds = _bounds_after(_bounds(meaning, match), match, before, after)
    of = _of(clause, text, match, thing, none=meaning == "none")
    early = settings_in(_NOT_EARLY.sub("", match[0].split("lign")[-1]), forbids=False)
    if meaning == "most" and _NOT_MORE.match(match[0]):
        before = _OWES_NOT.sub("", before)
    if bounds is None or of is None or _DENIED.search(before) or _REMAINING.match(after) or _COUNTS_EARLY.search(after):
        return None
    if early is None or early - {"advanced"} or not _is_of_the_past(meaning, thing, match, bounds):
        return None
    if clause.polarity is Polarity.EXCLUSION and bounds[0] == 0 and meaning != "fewer":
        return None
    if bounds[0] == 0 and bounds[1] and _FAILED.match(match[0]):
        bounds = (1, bounds[1])
    return None if _is_half_said(meaning, match, bounds, after) else PriorLines(*bounds, of)


def _bounds_after(
    bounds: tuple[int, int | None] | None, match: re.Match[str], before: str, after: str
) -> tuple[int, int | None] | None:
    """The bounds with what stands around them: words that go on leave no upper one, « une autre ligne » is one more."""
    if bounds is not None and bounds[1] is not None and not _BOUNDARY.match(after):
        bounds = (bounds[0], None) if bounds[0] else None
    if bounds is None or not re.search(r"\b(?:autres?|additional|other|further)\b", match[0]):
        return bounds
    return (bounds[0] + 1, None) if bounds[1] is None and re.search(r"lign|line", before) else None


def _is_half_said(meaning: str, match: re.Match[str], bounds: tuple[int, int | None], after: str) -> bool:
    """Whether the number is one end of another (« 1 ou 2 »), only what is allowed, or of a line that goes on."""
    before = match.string[: match.start()]
    if bounds[0] and _GOES_ON.search(match.string):
        return True
    if meaning == "most" and _OTHERWISE.search(match[0]):
        return True
    if bounds[1] is None and meaning == "exactly" and _ALLOWED_LATER.search(after):
        return True
    return bool(_HALF_A_RANGE.search(before) or (meaning in ("bare", "exactly") and _COMPARED.search(before)))


def _is_of_the_past(meaning: str, thing: str, match: re.Match[str], bounds: tuple[int, int | None]) -> bool:
    """A bare number needs a word of the past; « traitements antérieurs » of unsaid type are lines from two on."""
    if thing == "regimens":
        return "systemi" in match[0] or "regime" in match[0] or bounds[0] >= 2
    if thing == "treatments" and bounds == (1, None):
        return False
    if meaning == "none":
        return thing != "treatments" and bool(
            _CUE.search(match[0]) or re.search("avance|advanced|metasta|r/m", match[0])
        )
    if meaning == "bare" or (thing == "treatments" and meaning not in ("exactly", "most", "more")):
        return bool(_CUE.search(match[0]) or match["limit"])
    return True


def _bounds(meaning: str, match: re.Match[str]) -> tuple[int, int | None] | None:
    if meaning == "none":
        return (0, 0) if not match["limit"] else None
    groups = match.groupdict()
    low = _number(groups.get("a") or groups.get("a2") or "")
    if meaning == "range":
        return _range(match, low, _number(match["b"]))
    if match["limit"]:
        return _limited(meaning, low, floor=bool(match["floor"]))
    return {
        "least": (low, None),
        "most": (0, low),
        "more": (low + 1, None),
        "fewer": (0, low - 1) if low else None,
        "exactly": (low, low),
        "bare": (low, None),
    }[meaning]


def _range(match: re.Match[str], low: int, high: int) -> tuple[int, int] | None:
    """« 1 à 3 », « entre 1 et 3 », « 1 ou 2 »; « 1 ou 3 » is none."""
    words = match.string[match.end("a") : match.start("b")]
    alternative = re.search(r"\b(?:ou|or|et|and)\b|/", words) and not re.search(rf"entre|between|{_MOST}", match[0])
    return (low, high) if low < high and (high == low + 1 or not alternative) else None


def _limited(meaning: str, low: int, *, floor: bool) -> tuple[int, int | None] | None:
    """« 2 lignes maximum », « 1 ligne autorisée », « 2 lignes ou plus »."""
    if meaning in ("bare", "exactly"):
        return (low, None) if floor else (0, low)
    return {"most": (0, low), "least": (low, None)}.get(meaning)


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _of(clause: Clause, text: Marked, match: re.Match[str], thing: str, *, none: bool) -> frozenset[str] | None:
    """What the counted lines hold (empty: any); None where it is not understood or not a line."""
    named = text.first(*match.span())
    if named is None:
        return frozenset()
    limits = none or clause.polarity is Polarity.EXCLUSION or "pas" in match[0] or "not" in match[0]
    if not limits and len(named.items) == 1 and len(named.items[0].components) > 1:
        return frozenset()
    if named.joint is Joint.ALL and not limits and len(named.items) == 2:
        # « Une ligne d'hormonothérapie + inhibiteur de CDK4/6 » is at least a line of the first.
        named = replace(named, items=named.items[:1], joint=Joint.COMMA)
    if named.joint is Joint.ALL and not limits and re.search(r"comport|inclu|contenant|contain", match[0]):
        return frozenset()
    concepts = concepts_of(named, forbids=limits)
    if concepts is None or text.count(*match.span()) > 1:
        return None
    if concepts <= {"systemic_treatment", "anticancer_treatment"}:
        return frozenset()
    wide = (
        limits
        or _MOST_RE.match(match[0])
        or (_SEVERAL.search(match[0]) and _FAILED.search(clause.plain, 0, match.end()))
    )
    counted = _COUNTED_BY_NAME | (_COUNTED_AT_MOST if wide else frozenset())
    return concepts if thing == "lines" or concepts <= counted else None


_COUNTED_BY_NAME = frozenset({"chemotherapy", "taxane", "arpi", "hormone_therapy"})
"""« Au plus 2 taxanes »: as many lines."""
_COUNTED_AT_MOST = frozenset(
    {"tki", "vegfr_tki", "antiangiogenic", "immunotherapy", "checkpoint_inhibitor", "anti_pd1_pdl1", "platinum"}
)
_MOST_RE = re.compile(rf"\W*{_MOST}")
_SEVERAL = re.compile(
    rf"{_LEAST}\s?(?:[2-9]|deux|trois|two|three)\b|\b(?:[2-9]|deux|trois|two|three) (?:ou plus|or more)"
)
_FAILED = re.compile(r"\b(?:echec|intoleran|resist|refract|progress|fail)")
"""« Échec d'au moins 2 ITK »: so many lines at least; of those received two may be one line."""

_GOES_ON = re.compile(
    r"maintenance|entretien|consolidation|\b(?:en|avec) (?:une )?(?:reponse|rc|rp|stabilit\w*)\b|"
    r"\b(?:et|puis|and) (?:reponse|response)\b|"
    r"sans progression|non progress|without progress|not progressed|in response|responding"
)
"""A line in which the disease is held is the one under way: maintenance belongs to its line."""
_OTHERWISE = re.compile(r"\b(?:not|no|pas|jamais)\b[^≤<\d]*(?:progress|relaps|respon)")
