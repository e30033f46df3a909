"""Shapes of a sentence written as the recognisers know them. The meaning never changes.

- Treatment « anti-myélome » is treatment of the disease that the trial is about.
- « Doublet A/B », « bithérapie par A et B »: both of them, together; « (A/B ou A/C) »: A with one of B and C.
- « Ciblant A ou B », « dirigé contre la voie A, B »: against A or against B.
- « Traitement standard impossible ou indisponible »: no standard treatment that is available.
- « (X n'est pas éligible) » behind what is asked leaves X out of it; « (…, comptent pour une seule ligne) » counts.
- « L'une de ces situations : a, b ou c » is a, or b, or c.
- « Cancer mesurable, avancé » is an advanced cancer, and measurable.
"""

import re

from rules.hinted import Expression, hinted
from rules.kinds import Polarity
from rules.reading.clause import plain

_DISEASE = (
    r"(?:myelome|myelomateux|myelomateuse|lymphome|lymphomateux|lymphomateuse|leucemi(?:e|que)|sarcome|sarcomateux|"
    r"melanome|myeloma|lymphoma|leuk[a]?emia|leuk[a]?emic)s?"
)
_OWN_AIM = hinted(rf"(?<=\w)\s?(?<=\w )anti-?\s?{_DISEASE}(?![\w-])")
_TREATMENT = re.compile(
    r"\b(?:traitements?|therapies?|therapeutiques?|lignes?|therap(?:y|ies)|treatments?|regimens?)\s?$"
)
_AGENT = r"(?:anti-?[a-z0-9][\w-]{1,9}(?:\([a-z]\)\w\d)?)"
_PAIR = rf"(?P<a>{_AGENT})\s?(?:/|\+|et (?:d'|un |d'un )?)\s?(?P<b>{_AGENT})"
_COMBINED = (
    r"(?:doublets?|bi-?therapies?|bi-?immunotherapies?|double(?:s)? immunotherapies?|combinaisons?|associations?|"
    r"doublets?|combinations?)"
)
_LINKED = (
    r"(?P<before>\s(?:anterieure?s?|prealables?|deja recue?s?))?\s?(?:\(|:|d(?:e |')|par (?:un |l')?|"
    r"associant (?:un )?|of )?\s?"
)
_DOUBLET = hinted(
    rf"(?<![\w-]){_COMBINED}{_LINKED}{_PAIR}(?:\s(?:ou|or)\s(?P<a2>{_AGENT})\s?[/+]\s?(?P<c>{_AGENT}))?\)?(?![\w/+-])"
)
_TARGET = r"(?:[A-Z][A-Z]+[\w./-]*|[A-Z]+-?\d[\w./-]*)(?:[αβγδ]|-alpha|-beta)?"
_AIMED = re.compile(
    r"(?P<cue>\b(?:ciblant|visant|dirig[ée]e?s? contre|targeting|directed against|against))\s"
    r"(?:(?:la |le |l['’]|les |the )?(?:voies?|axes?|prot[ée]ines?|r[ée]cepteurs?|pathways?|axis) "
    r"(?:de |d['’]|du |des )?)?(?:la |le |the |l['’])?"
    rf"(?P<first>{_TARGET})(?: (?:pathways?|axis|signal\w+))?(?P<rest>(?:\s?(?:,|/|\bet/ou\b|\bou\b|\bor\b)\s?"
    rf"(?:la |le |l['’]|la voie )?{_TARGET})+)(?![\w-])"
)
_ONE_TARGET = re.compile(rf"(?<![\w-]){_TARGET}")
_CANNOT = (
    r"(?:impossibles?|indisponibles?|inexistante?s?|infaisables?|irrealisables?|inapplicables?|inappropriee?s?|"
    r"inadaptee?s?|contre-?indiquee?s?|(?:non|pas|not) (?:disponibles?|possibles?|realisables?|faisables?|applicables?|"
    r"indiquee?s?|appropriee?s?|available|feasible|possible|appropriate|applicable|indicated)|unavailable|infeasible|"
    r"inappropriate|contraindicated|inexistent|inefficaces?|ineffective)"
)
_OR = r"\s?(?:,|/|\bou\b|\bet/ou\b|\bor\b)\s?"
_NO_STANDARD = hinted(
    r"(?<![\w-])(?:(?:pour|for) (?:laquelle|lesquel(?:le)?s|lequel|whom|which) )?(?:(?:le|la|les|un|une|the|aucun) )?"
    r"(?:(?:traitements?|therapies?|therapeutiques?) (?:standards?|de reference|conventionnel(?:le)?s?)|"
    r"standard(?: of care)? (?:therap(?:y|ies)|treatments?)|standard)(?: (?:est|sont|is|are|etant|a ete))?\s"
    rf"{_CANNOT}(?:{_OR}(?:(?:est|sont|is|are) )?{_CANNOT})*(?=\s*(?:$|[,;.)]|ou\b|or\b|et/ou\b))"
)
_NONE = "sans option standard disponible"
_NOT_ELIGIBLE = re.compile(
    r"(?i)\s?\((?:mais |but )?(?:les |la |le |l['’]|the )?"
    r"(?P<what>(?!participant|patient|sujet|subject|malade)[^(),;:]{3,60}?)\s(?:n['’]est pas|ne sont pas|"
    r"n['’]est|ne peu(?:t|vent)(?: pas)?(?: [êe]tre)?|is not|are not|(?:is|are) (?:not )?(?=excluded))\s?"
    r"(?:pas )?(?:[ée]ligibles?|inclu(?:se?|ses)?|incluables?|admise?s?|accept[ée]e?s?|autoris[ée]e?s?|eligible|"
    r"allowed|included|excluded)\)\s*$"
)
_ONE_LINE = hinted(
    r"\s?\([^()]{3,90}\b(?:compt\w+|consideree?s?|count(?:s|ed)?|considered)\s(?:pour |comme |as )?(?:une?|1|one|a)"
    r"(?:\s(?:seule|meme|single))*\s(?:lignes?|line)[^()]{0,20}\)"
)
_SITUATIONS = hinted(
    r",?\s(?:dans|correspondant a|repondant a|relevant d(?:e |'))?\s?(?:l')?une? (?:au moins )?(?:de(?:s|) )?(?:ces )?"
    r"(?:situations?|conditions?|cas|circonstances?)(?: suivante?s?)?\s?:\s(?P<list>[^:;]+)$"
)
_MEASURED = hinted(
    r"(?P<noun>(?<![a-z])(?:k|cancers?|carcinomes?|tumeurs?|ts|lymphomes?|melanomes?|sarcomes?|adk|adenocarcinomes?)"
    r"(?: (?:solides?|(?:de |du |de la |de l'|des )\w+|[a-z-]+(?:al|ale|aux|ique|aire|iques|aires)))*),?\smesurables?,?"
    r"(?=\s(?:localement|loc|avance|metastatique|m\+|recidivant|non resecable|inoperable|en |stade|refractaire))"
)
_WHATEVER = hinted(
    r",?\s(?:quel(?:le)?s? qu'(?:il|elle)s? soi(?:en)?t|quel qu'en soit le type|of (?:any|whatever) (?:kind|type))"
    r"(?P<kinds>\s?\([^()]*\))?(?=\s*(?:$|[,;.]))"
)
"""« Traitement antérieur de la LLC, quel qu'il soit (chimiothérapie, radiothérapie …) »: any."""
_MAY_HOLD = hinted(
    r"(?i)anti-?\s?(?:my[ée]l|lymph|leuc|leuk|sarc|m[ée]lan)|doublet|bi-?th[ée]rap|bi-?immuno|combin|associat|ciblant|visant|"
    r"contre|target|against|standard|r[ée]f[ée]rence|conventionnel|ligibl|inclu|admis|accept|autoris|excluded|allowed|compt|"
    r"consid[ée]r|count|quel|LLC|CLL|MW|, th[ée]rap|whatever|any|situation|condition|\bcas\b|mesurable"
)


_ONE_DISEASE = re.compile(r"\b(?P<of>la|du|de) (?P<kept>LLC|CLL|MW)\s?/\s?(?:LL|SLL|LLP|LPL)(?!\w)")
"""« Traitement de la LLC/LL »: two names of one disease."""
_THERAPY_NEXT = re.compile(
    r"(?i)(?<=\w),\s(?=th[ée]rapies?\s(?:cellulaires?|g[ée]niques?|cibl[ée]es?|T\b|adoptive)[^;]*\bou\b)"
)
"""« Anti-CD19, thérapie cellulaire ou … »: the next of a list, no « anti-CD19 therapy »."""


_INDICATED = re.compile(r"(?i)\bindi(?:qu[ée]|cated)")
"""« Traitement ciblant A ou B non indiqué »: of the two genes, not of two treatments."""
_AROUND_SURGERY = re.compile(r"(?i)n[ée]o-?\)?-?adjuvant")
"""« (néoadjuvant et adjuvant comptent pour une ligne) » is counted by those who read lines."""


def shapes_spelled(text: str, polarity: Polarity) -> str:
    """The text with such shapes written out; itself where there are none."""
    if not _MAY_HOLD.search(text):
        return text
    if not _INDICATED.search(text):
        text = _AIMED.sub(_each_aimed, text)
    text = _whatever(_of_own_disease(text if _AROUND_SURGERY.search(text) else _without(_ONE_LINE, text)))
    text = _each_of_two(text)
    if polarity is Polarity.EXCLUSION:
        return _ONE_DISEASE.sub(r"\g<of> \g<kept>", _THERAPY_NEXT.sub(" ou ", text))
    if out := _NOT_ELIGIBLE.search(text):
        text = f"{text[: out.start()]} (sauf {out['what']})"
    for match in reversed([*_NO_STANDARD.finditer(plain(text))]):
        joint = ", " if re.search(r"\w\s$", text[: match.start()]) and match[0].startswith(("pour", "for")) else ""
        text = (
            f"{text[: match.start()].rstrip() if joint else text[: match.start()]}{joint}{_NONE}{text[match.end() :]}"
        )
    return _measured_apart(_alternatives(text))


def _each_aimed(match: re.Match[str]) -> str:
    targets = [match["first"], *_ONE_TARGET.findall(match["rest"])]
    return f"{match['cue']} " + f" ou {match['cue']} ".join(targets)


def _without(pattern: Expression, text: str) -> str:
    for match in reversed([*pattern.finditer(plain(text))]):
        text = text[: match.start()] + text[match.end() :]
    return text


def _whatever(text: str) -> str:
    match = _WHATEVER.search(plain(text))
    if match is None or not _TREATMENT_NAMED.search(plain(text[: match.start()])):
        return text
    local = "radioth" in (match["kinds"] or "")
    before = (
        re.sub(r"(?i)\s(?:syst[ée]miques?|systemic)\b", "", text[: match.start()]) if local else text[: match.start()]
    )
    return before + text[match.end() :]


_TREATMENT_NAMED = re.compile(r"\b(?:traitements?|tt|ttt|therapies?|therap(?:y|ies)|treatments?)\b")


def _of_own_disease(text: str) -> str:
    for match in reversed([*_OWN_AIM.finditer(plain(text))]):
        if _TREATMENT.search(plain(text[: match.start()])):
            text = text[: match.start()].rstrip() + text[match.end() :]
    return text


def _each_of_two(text: str) -> str:
    for match in reversed([*_DOUBLET.finditer(plain(text))]):
        a, b = (text[slice(*match.span(name))] for name in ("a", "b"))
        both = f"{a} + {b}"
        if match["c"]:
            if plain(match["a2"]) != plain(match["a"]):
                continue
            both = f"{both} ou {a} + {text[slice(*match.span('c'))]}"
        before = " antérieurs" if match["before"] else ""
        text = f"{text[: match.start()]}{both}{before}{text[match.end() :]}"
    return text


def _alternatives(text: str) -> str:
    match = _SITUATIONS.search(plain(text))
    if match is None or not text[: match.start()].strip():
        return text
    listed = re.split(r",\s(?![^()]*\))|\s(?:ou|or)\s(?![^()]*\))", text[slice(*match.span("list"))])
    kept = [one.strip() for one in listed if not _RESISTANT.fullmatch(plain(one.strip()))]
    return f"{text[: match.start()]}, {' ou '.join(kept)}" if len(listed) > 1 and kept else text


_RESISTANT = re.compile(r"(?:tumeur |maladie )?(?:resistan(?:te?s?|ces?)|resistant|resistance)")
"""Alone in such a list: to the standard treatment, as the limb that says « réfractaire » does."""


def _measured_apart(text: str) -> str:
    match = _MEASURED.search(plain(text))
    if match is None or ":" in text:
        return text
    return f"{text[: match.end('noun')]}{text[match.end() :]}, maladie mesurable"
