"""« ADC antérieur ciblant HER2 »: the word of the past that stands between an agent and its aim, set before both.

Else the agent is read without its aim, as any of its class. « Traitement antérieur par ADC ciblant HER2 » is the same.
"""

import re

from rules.hinted import hinted
from rules.reading.clause import plain

_AGENT = (
    r"(?:adcs?|(?:anticorps|immuno-?conjugues?)(?:[- ](?:drogue-?)?(?:conjugues?|monoclona(?:l|ux)|bispecifiques?|"
    r"medicaments?))*|inhibiteurs?(?: (?:selectifs?|covalents?|pan))?|itks?|tkis?|(?:cellules )?car-?t|"
    r"bispecifiques?|agents?|medicaments?|molecules?|vaccins?|degradeurs?|agonistes?|antagonistes?|radioligands?|"
    r"therapies? (?:ciblees?|cellulaires?)|immunotherapies?)"
)
_BEFORE = (
    r"(?:(?:anterieur|prealable|precedent)e?s?|(?:deja )?(?:recu|administre|utilise)e?s?"
    r"(?: (?:anterieurement|auparavant|precedemment|par le passe|dans le passe))?)"
)
_AIM = (
    r"(?:ciblant|visant|dirigee?s? contre|anti-?\s?[a-z]|de (?:la |l'|le )?(?!premiere|1re|2e|la maladie|stade|moins|"
    r"plus)[a-z]|d'(?=[a-z])|des |du |a base d|a charge|dont la charge|porteurs?|"
    r"avec (?:une? )?(?:inhibiteur|charge|payload|toxine))"
)
_INHIBITS = r"(?:inhibiteurs?|degradeurs?|agonistes?|antagonistes?)"
_PATTERN = hinted(
    rf"(?P<de>\bd')?(?<![\w-])(?P<article>(?:une?|des|les?|la|l'|tout|toute|tous) ?)?(?P<agent>{_AGENT})"
    rf"\s(?P<past>{_BEFORE})\s(?={_AIM})"
)
_OF = re.compile(r"d(?:e|es|u)?\b|d'")


def aims_beside_agents(text: str) -> str:
    """The text with such words set before the agent; itself where there are none."""
    for match in reversed([*_PATTERN.finditer(plain(text))]):
        if _OF.match(plain(text), match.end()) and not re.match(_INHIBITS, match["agent"]):
            continue  # « agent antérieur de l'étude »: no aim
        before = "de " if match["de"] else (match["article"] or "")
        before = "un " if plain(before).strip() in ("une", "un") else before
        agent = text[slice(*match.span("agent"))]
        text = f"{text[: match.start()]}{before}traitement antérieur par {agent} {text[match.end() :]}"
    return text
