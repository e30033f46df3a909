"""« Tout type histologique, y compris le carcinosarcome » asks no type: what it takes in is an example, no demand.

- « Carcinome de l'endomètre (tout type, y compris A, à l'exclusion de B) » is one, but for B.
- "Any histological subtype of breast cancer" is a breast cancer.
"""

import re

from rules.hinted import hinted

_KINDS = (
    r"(?:sous-|sub-?)?(?:types?|histologies?|histotypes?|formes?|variantes?|variants?|histology)"
    r"(?:\s(?:histologiques?|histopathologiques?|anatomo-?pathologiques?|mol[ée]culaires?))?"
)
_ANY = (
    rf"(?:(?:tou(?:te?s?|s)\s(?:les\s|le\s|la\s)?|any\s|all\s)(?:(?:histolog\w+|histopatholog\w+|molecular)\s)?{_KINDS}"
    rf"(?:\sconfondue?s)?|quel(?:le)?s?\sque\ssoi(?:t|en)t\s(?:les\s|le\s|la\s|l'){_KINDS})"
)
_TAKEN_IN = r"(?:y\scompris|incluant|including|dont)\s"
_BUT = r"(?:[àa]\sl'exclusion|[àa]\sl'exception|sauf|hors|hormis|except|excluding)\b"
_IN_BRACKETS = hinted(
    rf"(?i)\s?\({_ANY}(?:\s?[,:;]?\s(?P<with>{_TAKEN_IN}[^();]*?))?(?:[,;]?\s(?P<but>{_BUT}[^()]*))?\)"
)
_BESIDE = hinted(
    rf"(?i)(?P<before>,\s){_ANY}\s?[,:(]?\s?(?={_TAKEN_IN}|[\w-]+\sinclus)|,\s{_ANY}(?=\s*(?:$|[;.]|,\s{_BUT}))"
)
_INCLUDED = hinted(r"(?i),\s(?P<what>[\w-]+)\sinclus(?:e|es)?(?=\s*(?:$|[;.,)]))")
_AHEAD = hinted(
    rf"(?i)^\W*{_ANY}\s(?:of\s(?:the\s)?|de\s(?:la\s|l')?|du\s|des\s|d')(?=[^,;:()]{{0,30}}(?:cancer|carcino|tum|lymphom|"
    r"sarcom|m[ée]lanom|leuc|leuk|gliom|my[ée]lom))"
)


def any_types_spelled(text: str) -> str:
    """The sentence without its « all types »; what they take in or leave out is kept."""
    text = _IN_BRACKETS.sub(_kept, _AHEAD.sub("", text))
    text = _BESIDE.sub(lambda match: match["before"] or "", text)
    return _INCLUDED.sub(r", y compris \g<what>", text)


def _kept(match: re.Match[str]) -> str:
    return "".join(f" ({match[one]})" for one in ("with", "but") if match[one])
