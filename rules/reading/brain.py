"""Brain metastases and leptomeningeal disease in a clause, with the states that are meant and the exceptions written.

A form knows four states: none, treated and stable, active, untreated. « actives » is active or untreated;
« symptomatiques » is one of these, which one is not known; what is added beyond (size, number, corticoids of an active
disease) is left unknown. A sentence that only permits (« métastases traitées et stables autorisées ») says that the
other states are not; standing among the exclusions it asserts those other states.
"""

import re

from rules.criteria import (
    AllOf,
    AnyOf,
    BrainMetastasesIn,
    BrainState,
    HasCondition,
    Kind,
    Not,
    Polarity,
    TakesMedication,
    Test,
    Unread,
    leaves,
)
from rules.hinted import hinted
from rules.junctions import together
from rules.organs import ORGANS
from rules.reading.clause import Clause, Found
from rules.reading.phrases import negated, shifted

_NONE, _STABLE = BrainState.NONE, BrainState.TREATED_STABLE
_PRESENT = frozenset({_STABLE, BrainState.ACTIVE, BrainState.UNTREATED})
_NOT_CONTROLLED = frozenset({BrainState.ACTIVE, BrainState.UNTREATED})
_ALLOWED = frozenset({_NONE, _STABLE})
_MORE = Unread(Kind.BRAIN_METASTASES)
_SYMPTOMS: Test = HasCondition(conditions=frozenset({"symptomatic_cns_metastases"}))
_SYMPTOMATIC: Test = AllOf((BrainMetastasesIn(_NOT_CONTROLLED), AnyOf((_SYMPTOMS, _MORE))))
_LEPTOMENINGEAL: Test = HasCondition(conditions=frozenset({"leptomeningeal_disease"}))

_WHERE = (
    r"(?:cerebrales?|cerebelleuses?|encephaliques?|intra-?cerebrales?|intra-?craniennes?|du snc|au snc|snc|au "
    r"niveau du snc|au niveau cerebral|(?:du|au|dans le|au niveau du) cerveau|(?:de |a |au niveau de )l'encephale|"
    r"(?:du|au niveau du) systeme nerveux central(?: \(snc\))?|systeme nerveux central)"
)
_STATE = (
    r"(?:actives?|evolutives?|progressives?|progressing|en progression|non controlees?|non stabilisees?|non "
    r"stables?|instables?|uncontrolled|unstable|symptomatiques?|"
    r"symptomatic|non traitees?|untreated|active|progressive|non irradiees?|newly diagnosed|nouvelles?|new|"
    r"enlarging|asymptomatiques?|asymptomatic|stables?|stable|traitees?|treated|"
    r"controlees?|controlled|previously treated|stabilisees?|known|connues?|suspected|confirmed|documented|"
    r"clinically active|radiographically active)"
)
_TUMORAL = r"(?:secondaires?|metastatiques?|tumora(?:les?|l|ux)|neoplasiques?|malignes?)"
_JOIN = r"(?:\s?(?:,|/|-)\s?|\s(?:et/ou|ou|et|ni|nor|and/or|and|or|ou bien)\s|,\s(?:ou|et|and|or)\s|\s)"
_LEPTO = (
    r"(?:(?:meningites?|meningitis) (?:carcinomateuses?|neoplasiques?|tumorales?|carcinomatosa)|"
    r"(?:carcinomatoses?|carcinoses?) (?:lepto-?)?meningees?|"
    r"(?:atteintes?|envahissements?|maladies?|metastases?|localisations?|dissemination|extension) (?:tumorale )"
    r"?(?:lepto-?)?meningees?|lepto-?meningeal(?:e)?(?: (?:disease|metasta\w+|"
    r"carcinomatosis|involvement|spread|dissemination|meningitis))*|carcinomatous meningitis|neoplastic "
    r"meningitis|meningeal carcinomatosis|lepto-?meningees?|lepto-?meninges|"
    r"meningees?|\blmd\b|meningite carcinomateuse)"
)
_SAID = (
    r"(?:connue?s?|averee?s?|prouvee?s?|confirmee?s?|documentee?s?|detectee?s?|suspectee?s?|soupconnee?s?|presumee?s?|"
    r"supposee?s?|possibles?|diagnostiquee?s?|certaine?s?|secondaires?|metastatiques?|tumora(?:les?|ux)|malignes?|"
    r"neoplasiques?)"
)
"""Adjectives that say how it is known, or that it is the tumour's: nothing that changes whom it concerns."""
_SAID_OF_IT = rf"(?:,?\s(?:(?:ou|et/ou|et)\s)?{_SAID}(?:\s(?:ou|et/ou|et)\s{_SAID})*,?){{0,3}}"
_SPREAD = (
    r"(?:(?:metastases?|metastatic (?:disease|lesions?|involvement|spread|deposits?)|metastasis) (?:to|in|of|within|"
    r"involving)|(?:tumou?r |malignant )?(?:involvement|spread) (?:of|to|in)|(?:tumou?r|metastatic|malignant) disease "
    r"(?:in|of)) (?:the )?(?:brain|cns|central nervous system(?: \(cns\))?)"
)
_BRAIN = (
    rf"(?:(?:metastases?|localisations?|atteintes?|(?:metastases?|tumeurs?|atteintes?) (?:ou|et/ou|et) "
    rf"(?:pathologies?|maladies?|atteintes?|metastases?|tumeurs?|localisations?)(?: metastatiques?)?){_SAID_OF_IT}\s"
    rf"(?:(?:tumorales? |secondaires? |actives? |symptomatiques? |evolutives? |non traitees? |"
    rf"hepatiques?,? (?:ou|et/ou) )*){_WHERE}{_SAID_OF_IT}|"
    rf"(?:lesions?|envahissements?|extensions?|disseminations?|infiltrations?)(?:"
    rf"\s{_TUMORAL}{_SAID_OF_IT}\s(?:symptomatiques?\s)?{_WHERE}|"
    rf"\s(?:(?:connue?s?|suspectee?s?)\s)?{_WHERE}\s{_TUMORAL}){_SAID_OF_IT}|{_SPREAD}|"
    r"(?:brain|cns|central nervous system(?: \(cns\))?|"
    r"cerebral|intracranial)(?:(?: and/or | or |/| and )(?:spinal cord|cns|brain))? "
    r"(?:metasta(?:sis|ses|tic disease|tic lesions?|tic)|involvement|mets\b)(?: \(bm\w*\))?)"
)
_MENTION = hinted(rf"(?P<states>(?:{_STATE}{_JOIN})*)(?:(?P<brain>{_BRAIN})|(?P<lepto>(?<![a-z-]){_LEPTO}))(?![a-z])")
_LIKELY = hinted(r"cereb|brain|cns|snc|mening|encephal|cran|cerveau|nerv|lmd")
_AFTER_STATES = re.compile(
    rf"{_JOIN}(?:(?:toujours|cliniquement|clinically|neurologically|radiologiquement|either|encore|and/or|sont|"
    rf"which are|that are)\s)?(?:non )?{_STATE}(?![a-z])"
)
_LISTED = r"(?:,\s?(?:(?:ou|et|or|and)\s)?|\s(?:et/ou|ou|et|ni|nor|and/or|and|or)\s)"
_LEPTO_TOO = re.compile(
    rf"(?:{_JOIN}(?:(?:d'une?|une?|de|of|any|des|with|a)\s)?|{_LISTED}(?:{_STATE}{_JOIN})+)(?P<lepto>{_LEPTO})(?![a-z])"
)
_CERTAIN = re.compile(
    r"(?:,?\s(?:certaine?s?|averee?s?|confirmee?s?|prouvee?s?|documentee?s?|connue?s?|known))+(?![a-z])"
)
_BRAIN_TOO = re.compile(
    rf"{_JOIN}(?:(?:d'une?|une?|de|of|any|des)\s)?(?P<states>(?:{_STATE}{_JOIN})*)(?P<brain>{_BRAIN})(?![a-z])"
)
_ADJECTIVE_TOO = re.compile(rf"{_JOIN}(?:au niveau )?(?P<brain>{_WHERE})(?![a-z])")
_EXCEPTION = re.compile(
    r"[\s,]*\(?\s?(?P<word>sauf|excepte\w*|a l'exception|a moins|unless|except\w*|hormis|hors|en dehors|other "
    r"than|autres? que|with the exception)\b(?P<said>[^;]*)$"
)
_PARENTHESIS = re.compile(r"[\s,]*\((?P<said>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_PERMISSION = re.compile(
    r"(?P<said>[^;]*?(?:autorisee?s?|acceptee?s?|permise?s?|admise?s?|possibles?|tolere\w*|eligibles?|allowed|"
    r"permitted|acceptable|may (?:participate|be (?:included|enrolled|eligible))|can be (?:included|enrolled)|"
    r"(?:are|is) (?:eligible|not excluded)|peuvent (?:etre inclus\w*|participer)|pourront etre inclus\w*|must "
    r"(?:be|have)|doivent (?:etre|avoir)|provided|a condition|sous reserve|si\b|if\b)[^;]*)$"
)
_NOT_PERMITTED = re.compile(
    r"\b(?:not (?:eligible|allowed|permitted|be)|ineligible|exclu\w*|excluded|non autorise\w*|pas autorise\w*|"
    r"interdit\w*|ne (?:sont|peuvent|seront) pas)\b"
)
_PERMITS = re.compile(
    r"autorisee?s?|acceptee?s?|permise?s?|admise?s?|tolere\w*|possibles?|eligible|allowed|permitted|acceptable|"
    r"\bmay\b|\bok\b|can be|not excluded|peuvent|pourront|\bmust\b|doivent|provided|a condition|sous reserve|\bsi\b|"
    r"\bif\b"
)
_OTHERWISE_MEANT = re.compile(
    r"\b(?:hors|autres? que|other than|excluding|outside|en dehors|except|excepte|mesurables?|measurable|anywhere|"
    r"depistage|rule out|exclure|risque|risk)\s"
    r"(?:\w+\s){0,2}(?:de\s|des\s|les\s|d'|of\s|the\s)?$"
)
_OF_SOMETHING = re.compile(
    r"(?P<noun>\w+)\s(?:of|to|for|de|des|d'|du|pour|from|evaluate)\s?(?:an?\s|the\s|any\s|une?\s|la\s|les\s|l')?$"
)
_CARRIES = re.compile(
    r"history|presence|evidence|antecedents?|signes?|existence|suspicion|absence|diagnosis|diagnostic|patients?|"
    r"sujets|porteurs?|atteints?|lack|pas|number|nombre|known|histoire"
)
_HISTORY = re.compile(
    r"(?:\b(?:antecedents?|histoire|history|presence|evidence|signes?|suspicion|existence|known|connue?s?|"
    r"presence ou antecedent)\s(?:(?:de|d'|of|or|ou|current|presence|antecedents?|des)\s?)*)$"
)
_MORE_WORDS = re.compile(
    r"\s*(?:,\s*)?(?:(?:(?:ou|et/ou|or) (?:suspectees?|suspected)|suspectees?|suspected|connues?|known|confirmees?|"
    r"documentees?|a l'irm|a l'imagerie|sur l'irm|au scanner|au "
    r"screening|a l'inclusion|au diagnostic|at baseline|at screening|detectees?|averees?|prouvees?|"
    r"or (?:other )?cns (?:disease|involvement)|\(snc\)|\(cns\))\s*)*"
)
_ENDS = re.compile(r"\s*(?:$|[.;:]|,|\)|et\b|ou\b|or\b|and\b|/|et/ou|and/or)")
_DELAY = re.compile(
    r"\s*(?:depuis|for|pendant|at least|au moins|>|≥|within|dans les|sans|without|avec|with|ne |necessitant|"
    r"requiring|who|qui|dont|that|which|by|par|on|off|a\s|in\s|pour|≤|<|\d)[^;()]*"
)
_ASYMPTOMATIC_TALK = re.compile(r"\basymptomati|non symptomati|paucisymptom|neurologically")
_CONTROLLED_ONLY = re.compile(
    r"(?<!non )(?<!un)(?<!not )\b(?:stables?|stabilise\w*|controle\w*|controlled|traitee?s?|treated|irradiee?s?)"
)


_OR_CALM = re.compile(
    r"\s?,?\s?(?:ou|or)(?: bien)?\s(?:(?:des|de|d'|any|les)\s)?(?:(?:brain |cns )?(?:metastases?|mets|lesions?|"
    r"disease)\b)?"
    r"(?P<said>[^,;.:]{0,25}?(?:traitee?s?|treated|stables?|controlee?s?|controlled|irradiee?s?|"
    r"asymptomati\w+)\b[^;]*)$"
)
_LABELLED = re.compile(rf"(?P<of>(?:{_JOIN}{_STATE})*)\s*(?:\([^()]*\)\s*)?:\s*(?P<said>[^;]+)$")
_SAID_YES = re.compile(
    r"(?:ok|oui|yes|admis\w*|autoris\w*|accept\w*|possibles?|permis\w*|allowed|permitted|eligib\w*)\b"
)
_LABEL_BEFORE = re.compile(r"^\W*(?:snc|cerveau|encephale|brain|cns|irm)\b[^:]{0,30}:\s*$")
_CALM_AND_TREATED = re.compile(
    r"(?:traitee?s?|treated|irradiee?s?)\s(?:et|and|,)\s?(?:\w+ ){0,2}(?:asymptomati|stable|controle)|"
    r"asymptomati\w+\s?(?:et|and|,)\s?(?:\w+ ){0,2}(?:traite|treated|stable|controle)"
)


def recognise(clause: Clause) -> list[Found]:
    """What the clause says of brain metastases and leptomeningeal disease; one finding for all of it, or nothing."""
    plain = clause.plain
    if not _LIKELY.search(plain):
        return []
    mention = next((match for match in _MENTION.finditer(plain) if match["brain"] or match["lepto"]), None)
    if mention is None or _means_else(plain, mention.start()):
        return []
    if mention["lepto"] and mention["lepto"] in {"meningee", "meningees"}:
        return []
    start, denial = _start(plain, mention.start())
    if (shifted(plain, start) and not denial) or (denial and clause.polarity is Polarity.EXCLUSION):
        return [_meant(clause, mention, start)] if denial and _MUST_NOT.search(plain[: mention.start()]) else []
    return [_read(clause, mention, start, denial=denial)]


def _meant(clause: Clause, mention: re.Match[str], start: int) -> Found:
    """« must not have … » among the exclusions excludes those who have, whatever its grammar says."""
    begin = _MUST_NOT.search(clause.plain[: mention.start()])
    return _read(clause, mention, begin.start() if begin else start, denial=False)


def _means_else(plain: str, start: int) -> bool:
    """Whether the words are the object of something else: imaging, a radiotherapy, a symptom, what is not counted."""
    before = plain[:start]
    owner = _OF_SOMETHING.search(before)
    return bool(_OTHERWISE_MEANT.search(before) or (owner and not _CARRIES.fullmatch(owner["noun"])))


_MUST_NOT = re.compile(r"\b(?:must not|should not|cannot|ne doi(?:t|vent) pas)\b")


def _read(clause: Clause, mention: re.Match[str], start: int, *, denial: bool) -> Found:
    plain = clause.plain
    if mention["brain"] and (allowed := _allowed(clause, mention, start, denial=denial)):
        return allowed
    states, end, lepto = _noun_phrase(plain, mention)
    brain: Test = _asserted(states)
    has_brain = mention["brain"] is not None or _names_brain(plain, mention.end(), end)
    test = _permitted(clause, plain, mention, end) if has_brain else None
    if test is not None:
        whole = AllOf((test, Not(_LEPTOMENINGEAL))) if lepto and denial else test
        if lepto and not denial and clause.polarity is Polarity.EXCLUSION:
            whole = AnyOf((test, _LEPTOMENINGEAL))
        return Found(start, len(plain), whole, Kind.BRAIN_METASTASES)
    if lepto and not has_brain and (certain := _CERTAIN.match(plain, end)):
        end = certain.end()
    if has_brain and clause.organs and all(ORGANS.covers("haematologic", organ) for organ in clause.organs):
        brain = HasCondition(conditions=frozenset({"cns_metastases"}))
    if has_brain:
        brain, end = _narrowed(plain, brain, end)
        brain = brain if denial else _not_only_stable(brain, clause.polarity)
        if _PERMITS_LATER.search(plain, end):
            return Found(start, end, _MORE, Kind.BRAIN_METASTASES)
    parts = tuple(part for part in (brain if has_brain else None, _LEPTOMENINGEAL if lepto else None) if part)
    test = _denied(parts) if denial else (parts[0] if len(parts) == 1 else AnyOf(parts))
    return Found(start, end, test, Kind.BRAIN_METASTASES)


def _allowed(clause: Clause, mention: re.Match[str], start: int, *, denial: bool) -> Found | None:
    """« pas de métastase, ou traitées et stables », « Métastases cérébrales : stables »: what an inclusion admits."""
    plain = clause.plain
    if clause.polarity is not Polarity.INCLUSION:
        return None
    match = (_OR_CALM if denial else _LABELLED).match(plain, mention.end())
    if match is None or re.search(r"\b(?:exclu\w*|interdit\w*|non|not)\b(?! sympto)", match["said"]):
        return None
    if _SAID_YES.match(match["said"]):
        return None
    begin = 0 if _LABEL_BEFORE.match(plain[:start]) else start
    only_calm = _ASYMPTOMATIC_TALK.search(match["said"]) and not _CALM_AND_TREATED.search(match["said"])
    sure = _CONTROLLED_ONLY.search(match["said"]) and not only_calm and not mention["states"]
    sure = sure and not match.groupdict().get("of")
    states = BrainMetastasesIn(_ALLOWED)
    test: Test = states if sure else AnyOf((states, AllOf((BrainMetastasesIn(_NOT_CONTROLLED), _MORE))))
    return Found(begin, len(plain), test, Kind.BRAIN_METASTASES)


def _start(plain: str, start: int) -> tuple[int, bool]:
    """Where the phrase begins, with « pas de » or « antécédent de » before it, and whether it is denied."""
    history = _HISTORY.search(plain[:start])
    at = history.start() if history else start
    denial = negated(plain, at)
    if denial is None:
        denial = negated(plain, start)
    return (denial, True) if denial is not None else (at, False)


def _names_brain(plain: str, start: int, end: int) -> bool:
    return re.search(rf"{_BRAIN}|(?:ou|et|,|/)\s{_WHERE}", plain[start:end]) is not None


def _noun_phrase(plain: str, mention: re.Match[str]) -> tuple[str, int, bool | None]:
    """The words of state on either side, where the phrase ends, and whether the meninges are named in it."""
    states, end = f"{mention['states']} {_inner_states(mention['brain'])}", mention.end()
    lepto = True if mention["lepto"] else None
    changed = True
    while changed:
        changed = False
        for pattern in (_LEPTO_TOO, _BRAIN_TOO, _ADJECTIVE_TOO, _AFTER_STATES):
            match = pattern.match(plain, end)
            if not match or match.end() == end or (pattern is _ADJECTIVE_TOO and lepto is None):
                continue
            groups = match.groupdict()
            lepto = True if groups.get("lepto") else lepto
            states += " " + (groups.get("states") or ("" if "lepto" in groups or "brain" in groups else match[0]))
            states += " " + _inner_states(groups.get("brain"))
            end, changed = match.end(), True
    return states, end, lepto


def _inner_states(brain: str | None) -> str:
    """« métastases actives du SNC »: the words of state between the noun and its place."""
    return " ".join(re.findall(r"\b(?:actives?|symptomatiques?|evolutives?|non traitees?)\b", brain or ""))


def _asserted(states: str) -> Test:
    """The states that the words name, as any-of; no word of state is all three of a disease that is there."""
    named: set[BrainState] = set()
    if re.search(
        r"(?<!a)(?<!in)\bactive|evoluti|progress|non controle|uncontrolled|non stab|instable|unstable", states
    ):
        named |= _NOT_CONTROLLED
    if re.search(r"non traite|untreated|non irradie", states):
        named |= {BrainState.UNTREATED}
    symptomatic = re.search(r"\bsymptomati", states) is not None
    calm = re.search(r"\basymptomati", states) is not None
    stable = (
        re.search(
            r"(?<!non )(?<!un)(?<!in)(?:\bstable|stabilise|controle|controlled)|(?<!non )\btraite|(?<!un)\btreated",
            states,
        )
        is not None
    )
    if calm:
        return AllOf((BrainMetastasesIn(_PRESENT), _MORE))
    if symptomatic and BrainState.ACTIVE not in named:
        return AnyOf((BrainMetastasesIn(frozenset(named)), _SYMPTOMATIC)) if named else _SYMPTOMATIC
    if stable and not named:
        return BrainMetastasesIn(frozenset({_STABLE}))
    if re.search(r"\bnew|nouvelle|enlarging", states) and not named:
        return AllOf((BrainMetastasesIn(_PRESENT), _MORE))
    return BrainMetastasesIn(frozenset(named) or _PRESENT)


def _denied(parts: tuple[Test, ...]) -> Test:
    denied: list[Test] = []
    for part in parts:
        if isinstance(part, BrainMetastasesIn):
            denied.append(BrainMetastasesIn(frozenset(BrainState) - part.states))
        else:
            denied.append(Not(part))
    return together(denied)


def _not_only_stable(brain: Test, polarity: Polarity) -> Test:
    """« métastases cérébrales traitées et stables » without a verb permits more often than it demands."""
    if brain != BrainMetastasesIn(frozenset({_STABLE})):
        return brain
    if polarity is Polarity.EXCLUSION:
        return AllOf((brain, _MORE))
    return AnyOf((brain, AllOf((BrainMetastasesIn(frozenset({_NONE})), _MORE))))


def _narrowed(plain: str, brain: Test, end: int) -> tuple[Test, int]:
    """The exceptions, permissions and further words that follow the phrase."""
    if tail := _MORE_WORDS.match(plain, end):
        end = tail.end() if plain[end : tail.end()].strip(" ,") else end
    if (under := _UNDER_STEROIDS.match(plain, end)) and _is_not_controlled(brain):
        felt = (AnyOf((_SYMPTOMS, _MORE)),) if "symptom" in plain[:end] and not isinstance(brain, AllOf) else ()
        brain, end = AllOf((brain, *felt, TakesMedication(frozenset({"corticosteroids"})))), under.end()
    for _ in range(3):
        if exception := _EXCEPTION.match(plain, end):
            return _without_calm(brain, exception["said"]), len(plain)
        inside = _PARENTHESIS.match(plain, end)
        if inside and _permission_in(inside["said"]):
            brain, end = _without_calm(brain, inside["said"]), inside.end()
            continue
        break
    if _ENDS.match(plain, end):
        return brain, end
    further = _DELAY.match(plain, end) or re.match(r"\s*\([^()]*\)", plain[end:])
    if further:
        stop = end + len(further[0]) if further.re is not _DELAY else further.end()
        return AllOf((brain, _MORE)) if not isinstance(brain, AllOf) else brain, stop
    return brain, end


_UNDER_STEROIDS = re.compile(
    r"\s(?:sous|on|avec une?|with)\s(?:cortico(?:ides?|therapie|steroides?)(?: systemiques?)?|"
    r"(?:systemic )?(?:cortico)?steroids?)"
    r"(?=\s*(?:$|[.;,)]))"
)


def _is_not_controlled(brain: Test) -> bool:
    named = [leaf for leaf in leaves(brain) if isinstance(leaf, BrainMetastasesIn)]
    return bool(named) and all(leaf.states <= _NOT_CONTROLLED for leaf in named)


def _permission_in(said: str) -> bool:
    if re.match(r"\s*(?:irm|tdm|scanner|imagerie|mri|ct\b|imaging)", said):
        return False  # « (imagerie facultative si asymptomatique) »
    return bool(
        _PERMITS.search(said) or re.search(r"\b(?:sauf|except|excepte\w*|unless)\b", said)
    ) and not _NOT_PERMITTED.search(said)


def _without_calm(brain: Test, said: str) -> Test:
    """What is left of the states after « sauf si … », as far as the exception is understood."""
    if _CONTROLLED_ONLY.search(said):
        if isinstance(brain, BrainMetastasesIn):
            return BrainMetastasesIn(brain.states - {_STABLE, _NONE} or _NOT_CONTROLLED)
        return AllOf((brain, _MORE)) if isinstance(brain, HasCondition) else brain
    if _ASYMPTOMATIC_TALK.search(said):
        return AllOf((BrainMetastasesIn(_NOT_CONTROLLED), _MORE))
    return AllOf((brain, _MORE))


def _permitted(clause: Clause, plain: str, mention: re.Match[str], end: int) -> Test | None:
    """A sentence whose main verb permits: the states that may be, or, among the exclusions, those that may not."""
    permission = _PERMISSION.match(plain, end)
    if not permission or _EXCEPTION.match(plain, end) or _PARENTHESIS.match(plain, end):
        return None
    said = plain[mention.start() : permission.end()]
    if not _PERMITS.search(permission["said"]) or _NOT_PERMITTED.search(said):
        return None
    if _NON_STABLE.search(said) and not re.search(r"stable|controle|traite|treated", permission["said"]):
        return None
    states = _states_allowed(said)
    if states is None:
        return None
    refused = frozenset(BrainState) - states
    open_ = "asympto" in said or re.search(r"untreated|non traite", plain) is not None
    if clause.polarity is Polarity.EXCLUSION:
        return (
            BrainMetastasesIn(refused)
            if refused and not open_
            else AllOf((BrainMetastasesIn(refused or _NOT_CONTROLLED), _MORE))
        )
    if refused and open_:
        return AnyOf((BrainMetastasesIn(states), AllOf((BrainMetastasesIn(refused), _MORE))))
    return BrainMetastasesIn(states)


_PERMITS_LATER = re.compile(
    r"\b(?:autorise\w*|acceptee?s?|permise?s?|allowed|permitted|acceptable|may (?:be|participate|enroll)|(?:are|"
    r"is|sont) eligibles?)\b"
)
_NON_STABLE = re.compile(r"\b(?:actives?|active|evolutives?|symptomatiques?|symptomatic|progressives?)\b")


def _states_allowed(said: str) -> frozenset[BrainState] | None:
    """NONE with what the words permit; « autorisées » alone permits every state."""
    if _CONTROLLED_ONLY.search(said) or _ASYMPTOMATIC_TALK.search(said):
        return _ALLOWED
    if re.fullmatch(
        r".*(?:autorisee?s?|acceptee?s?|permise?s?|admise?s?|allowed|permitted|acceptable|eligible)\W*", said
    ):
        return frozenset(BrainState)
    return None
