"""Delays since a treatment: wash-outs that must have elapsed, and windows that close.

Only delays of anticancer treatments with a length in days: half-lives alone, vaccines, steroids and interacting drugs
are not read here. Of several lengths for one treatment the shortest is kept.
"""

import re
from collections.abc import Iterator

from rules.criteria import AllOf, Kind, Not, Polarity, Test, Washout, Window
from rules.hinted import hinted
from rules.quantities import find_durations
from rules.reading.clause import Clause, Found
from rules.reading.phrases import without_overlap
from rules.reading.treatments.context import is_excepted, speaks_of_some
from rules.reading.treatments.minus import LESS, ids_of
from rules.reading.treatments.named_treatments import MARK, Joint, Marked, Named, concepts_of, marked
from rules.treatment_sets import less
from rules.treatments import TREATMENTS

_T = f"{MARK}+"
_NUMBER = r"(?:\d{1,3}|une?|deux|trois|quatre|cinq|six|huit|douze|two|three|four|five|six|eight|twelve)"
_UNIT = r"(?:ans?|annees?|years?|mois|months?|semaines?|sem(?![a-z])\.?|weeks?|wks?|jours?|j|days?)(?![a-z])"
_LENGTH = rf"{_NUMBER}(?:\s?\(\s?\d{{1,3}}\s?\))?[ -]?(?:dernier\w* |last |precedent\w* )?{_UNIT}"
_SPAN = rf"{_NUMBER}\s?(?:-|a|to|et|and)\s?{_NUMBER}[ -]?{_UNIT}"
_HALF_LIVES = (
    r"(?:\d{1,2}|cinq|five)\s?(?:x |fois )?(?:la |the |its )?(?:demi-? ?vies?|t1/2|half-? ?li(?:fe|"
    r"ves))(?: d'elimination)?"
)
_OR_HALF_LIVES = rf"(?:\s*,?\s*\(?(?:ou|or|/)\s?{_HALF_LIVES}\)?)?"
_WHICHEVER = (
    r"(?P<which>\s*,?\s*\(?(?:(?:selon )?(?:le |la |la periode |la duree |the )?plus (?:court|long|courte|"
    r"longue)\w*(?: des deux)?|"
    r"whichever (?:is|was|comes?|occurs) (?:the )?(?:shorter|longer|shortest|longest|first)|(?:the )?(?:shorter|"
    r"longer))\)?)?"
)
_ART = (
    r"(?:(?:d'|l'|de|des|du|la|le|les|une?|aux?|a|an|the|any|toute?|tous|toutes|prior|previous|autres?|of|"
    r"receipt of)(?:\s+|(?<=')))*"
)
_LAST = (
    r"(?:(?:la |le |l'|the |une |leur |their )?(?:fin|derniere (?:dose|cure|administration|injection|seance|prise|"
    r"perfusion)|"
    r"dernier (?:traitement|cycle)|last (?:dose|administration|cycle|treatment)|end|completion|arret|derniere|"
    r"dernier|last|most recent)"
    rf"\s*(?:(?:d(?:e |'|u |es )|of |with |par |administration of )\s?)?{_ART})?"
)
_MOMENT = (
    r"(?:l'|la |le |the |leur |their |a |debut d\w+ |start of |)*(?:inclusion|randomi[sz]ation|enrol+ment|"
    r"enregistrement|registration|"
    r"screening|entree|study entry|entry|premiere (?:dose|administration|prise|injection)|first (?:dose|"
    r"administration|study treatment|"
    r"study drug|treatment)|premier traitement|traitement|debut|start|initiation|demarrage|j1|c1j1|c1d1|"
    r"cycle 1,? (?:day|jour) 1|day 1|"
    r"baseline|consentement|consent|signature|apherese|leukapheresis|leucapherese|lymphodeplet\w+|starting|"
    r"initiating)(?![a-z])"
    r"(?:\s+(?:d(?:e |'|u |es )|of |dans |in |to |a )\s?(?:l'|la |le |the |study |)*(?:traitement|etude|essai|"
    r"study|trial|treatment|drug|dose|"
    r"inclusion|produit|medicament|therapy|intervention|consentement|consent|therapie|screening|protocol\w*|"
    r"administration|l'etude|"
    r"a l'etude|experimental\w*|study drug|investigational product))*(?: (?:de|of|in) (?:l'etude|l'essai|the study|"
    r"study))?"
    r"(?: (?:treatment|drug|therapy|intervention|administration|a l'etude|d'etude))*"
)
_BEFORE = (
    rf"(?:\s*,?\s*(?:avant|precedant|preceding|before|prior to|anterieure?s? a|qui precedent|of|from|de|with|"
    rf"a)\s*{_MOMENT})?"
)
_PAST = (
    r"(?:\s*(?:anterieur\w*|recue?s?|recemment|administre\w*|realise\w*|effectue\w*|datant|terminee?s?|prior|"
    r"received|performed|"
    r"completed|given|administered|concomitant\w*|ou en cours|en cours (?:ou|et)|in|or ongoing|palliati\w*))*"
)
_RECENT = (
    r"(?:(?:dans|au cours d|pendant|durant|within|in|during|over)(?:es)?\s?(?:un delai de |les |des |the |"
    r"a )?(?:dernier\w* |last |past |previous |"
    r"moins d(?:e |')|≤ ?|< ?=? ?)*|(?:depuis |il y a |de |datant de )?(?:moins d(?:e |')|< ?=?|≤|= ?<|less than|"
    r"fewer than)\s?)"
)
_LONG_AGO = (
    r"(?:(?:depuis |il y a |de |d'|datant de )?(?:≥|> ?=?|= ?>|au moins|plus d(?:e |')|at least|more than|"
    r"(?:un )?minimum (?:de |d'|of )?|greater than)\s?)"
)
_SINCE = r"(?:depuis|apres|since|after|from|suivant|following|post|beyond|d(?:e |')|a compter de|pour|for)"
_TRIAL_DRUG = (
    r"(?:\s*[,(]?\s*(?:y compris|dont|including|incluant)\s+(?:(?:les? |un |any )?(?:traitements? |produits? |agents? "
    r")?(?:experimenta\w+|"
    r"investigational)(?: agents?| drugs?| therap\w+)?)\s*[,)]?|\s*(?:ou|or|et/ou|/)\s*experimenta\w+|\s*(?:,|ou|or|"
    r"et/ou|and/or)\s*(?:(?:un|tout|any|autre|other|an)\s+)*(?:(?:traitement|medicament|agent|"
    r"produit|therapie|drug)s? "
    r"(?:experimenta\w+|investigationnel\w*|en investigation|en cours d'investigation)|investigational "
    r"(?:agents?|drugs?|therap(?:y|ies)|products?|treatments?)))?"
)
_ELAPSED_WORDS = (
    r"(?:\s*(?:doi(?:t|ven)t?|must|should)?\s*(?:s'etre|etre|have|s'est)?\s*(?:ecoulee?s?|passed|"
    r"elapsed))?"
)

_RECENT_ONE = re.compile(
    rf"(?P<t>{_T}){_TRIAL_DRUG}{_PAST}\s*,?\s*\(?\s*{_RECENT}(?P<length>{_LENGTH})(?:\s*(?:precedents?|derniers?|"
    rf"prior(?! to)))?"
    rf"{_OR_HALF_LIVES}{_WHICHEVER}\)?{_BEFORE}{_OR_HALF_LIVES}"
)
_RECENT_FIRST = hinted(
    rf"(?:(?:delai|intervalle|interval|wash-?out)\s+(?:d(?:e |')|of )?)?(?P<short>< ?=?|≤|moins d(?:e |')|"
    rf"inferieur a|less than)\s?"
    rf"(?P<length>{_LENGTH})\s+{_SINCE}\s*{_LAST}{_ART}(?P<t>{_T})"
)
_ELAPSED_FIRST = re.compile(
    rf"(?:(?:un )?(?:delai|intervalle|interval|wash-?out|periode de wash-?out|wash-?out period|periode de sevrage|"
    rf"period)\s*(?:minimal |minimum "
    rf"|d'|de |of |: ?)*)?{_LONG_AGO}?(?P<length>{_LENGTH}){_OR_HALF_LIVES}{_WHICHEVER}(?:\s+(?:minimum|au moins|"
    rf"at least))?{_ELAPSED_WORDS}\s+"
    rf"(?P<link>{_SINCE})\s*{_LAST}{_ART}(?P<t>{_T}){_TRIAL_DRUG}"
)
_ELAPSED_AFTER = re.compile(
    rf"{_LAST}{_ART}(?P<t>{_T}){_TRIAL_DRUG}\s*,?\s*(?:(?:doit etre |etre |est |must be |must have been |was |were )?"
    rf"(?P<done>terminee?s?|arretee?s?|achevee?s?|stoppee?s?|interrompue?s?|completed|stopped|discontinued|ended|"
    rf"finished)\s*)?,?\s*\(?"
    rf"{_LONG_AGO}(?P<length>{_LENGTH}){_OR_HALF_LIVES}{_WHICHEVER}\)?{_BEFORE}(?:\s*earlier)?"
)
_BETWEEN_BOTH = re.compile(
    rf"(?:delai|intervalle|interval|time)\s+(?:(?P<least>{_LONG_AGO})|(?P<most>≤ ?|< ?=? ?|maxim\w+ (?:de |d'|"
    rf"of )?|d'au plus |de moins de ))?"
    rf"(?P<length1>{_LENGTH})?\s*(?:entre|between)\s+{_LAST}{_ART}(?P<t>{_T})\s+(?:et|and)\s+{_MOMENT}"
    rf"(?:\s*(?::|doit etre|est|must be|is)?\s*(?:(?P<least2>{_LONG_AGO})|(?P<most2>≤ ?|< ?=? ?|maxim\w+ (?:de |d'|"
    rf"of )?|au plus |inferieur a ))"
    rf"(?P<length2>{_LENGTH}))?"
)
_WINDOW = re.compile(
    rf"(?P<head>(?:{_MOMENT})\s*(?:(?:doit|must) (?:avoir lieu|etre realisee?|debuter|begin|occur|start)\s+|"
    rf"possible |prevue? |realisee? |debutee? )?"
    rf"\s*)?(?:dans un delai (?:de |maxim\w+ de )|dans les|within|au plus tard|≤|no (?:more|later) than|au maximum|"
    rf"maximum)\s?(?:the )?"
    rf"(?P<length>{_SPAN}|{_LENGTH})\s+(?:maximum\s+)?(?:suivant|apres|post|following|after|of|from|since|"
    rf"qui suivent)[ -]\s?{_LAST}{_ART}(?P<t>{_T})"
)
_NEGATION = re.compile(
    r"(?:(?<![a-z-])(?:pas d(?:e |')|pas eu d(?:e |')|n'ayant pas(?: recu| eu)?|n'(?:a|ont) pas(?: recu| eu)?|"
    r"ne pas avoir(?: recu| eu)?|absence d(?:e |')|aucune?s?|sans|no|not|without|"
    r"ni d(?:e |')|(?:has|have|had|must) not(?: have)?(?: received| had| undergone)?|jamais d(?:e |'))\s*(?:(?:d'|"
    r"de|un|une|any|prior|previous)\s*)*)$"
)
_LEAD = re.compile(
    r"(?:(?<![a-z-])(?:ayant|avoir|a|have|has|had|deja)?\s*(?:recu|received|undergone|eu|receipt of|"
    r"use of|treatment with|(?:recu )?(?:un |une )?traitements?(?: anterieurs?| prealables?)? par|"
    r"prior treatment with|exposure to|administration of|exposition a|antecedents? d(?:e|')|atcd "
    r"d(?:e|')|history of|"
    r"utilisation d(?:e|')|administration d(?:e|'))\s*"
    rf"{_ART})$"
)
_STARTS = re.compile(r"(?:^|[,;:(/.>*\"-]|\b(?:et|ou|and|or|patients?|subjects?|participants?|sujets?|tout|any))\s*$")
_OTHER_MATTER = re.compile(
    r"\b(?:auto-?immun\w*|infect\w*|hepatit\w*|vih|hiv|antibio\w*|vaccin\w*|cortico\w*|steroid\w*|cyp\w*|"
    r"immunosupp\w*|transfus\w*|"
    r"autres? (?:cancer|tumeur|neopl|malign)\w*|other malign\w*|malignan\w*|second cancer|progress\w*|rechut\w*|"
    r"recidiv\w*|relaps\w*|recurr\w*|"
    r"psoria\w*|vitiligo|requir\w*|necessit\w*|thyroid\w*|asthm\w*|dermat\w*|duration|avoid|abstain|induced|"
    r"induite?s?|secondaires?|biops\w*|scanner|imagerie|imaging|irm|mri|bilan|toxicit\w*|cicatri\w*|"
    r"pneumo\w*|metastases? cerebrales?|brain|snc|cns|gy|prevu\w*|planned|"
    r"si|if|en cas|when|lorsque|pour les|for (?:patients|those)|contracep\w*|repon\w*|respon\w*|stable|stabil\w*|"
    r"ctdna|adntc|plaquettes|"
    r"hemoglobin\w*|colit\w*|allerg\w*|ulcer\w*|sauf|except\w*|unless|hors|apres|debut|initiat\w*)\b"
)
_MAY_HOLD = re.compile(rf"(?:\d|{_NUMBER})[ )-]*(?:dernier\w* |last |precedent\w* )?{_UNIT}")


_NEGATED = re.compile(r"\b(?:not|no|pas|ne|n'|sans|without|jamais|never|aucune?|vaccin\w*|vaccine\w*|while|tant que)\b")
_DONE = re.compile(r"realise|effectue|datant|performed|recue?s?\b|received")
_MINOR = re.compile(
    r"\s*,?\s*\(?\s*(?:(?:sauf|hors|excluding|except\w*|other than|a l'exception d\w+|exclu\w*)\s)?(?:(?:les|la|le|"
    r"des|de|du|l'|d'|une?|the|of|"
    r"a|an|for|pour|et|ou|or|and|pose|mise en place|placement|biops\w+|chambres?|implantables?|port-?a-?cath\w*|pac|"
    r"ports?|picc[- ]?line|picc|"
    r"catheters?|voies?|veineuse|centrale|vascular|access|devices?|diagnosti\w+|mineure?s?|minor|procedures?|gestes?|"
    r"abord|veineux)[\s,/]*)+"
    r"(?:(?:est|sont|is|are|non|not)\s)*(?:autorise\w*|acceptee?s?|permise?s?|allowed|permitted|concerne\w*|exclu\w*|"
    r"compte\w*)?\s*\)?(?=\s*(?:$|[,;.]))"
)
"""« (pose de chambre autorisée) »: what is no major surgery."""
_CHANGED = re.compile(
    rf"[^,;]{{0,70}}\b(?:autoris\w*|allowed|permis(?:e|es)?|permitted|acceptable|accepte\w*)\b|\s*(?:of|de|"
    rf"d')\s*{MARK}|"
    r"[\s,(]*(?:sauf|except|unless|hors|si |if )"
)
_BROAD = frozenset({"anticancer_treatment", "systemic_treatment", "chemotherapy", "radiotherapy", "surgery"})
_SHORT = 56
"""Days: so short a delay rules nobody out for long, should a biopsy be typed as surgery."""
_GOES_ON = re.compile(
    r"\b(?:sous|recevant|recoi(?:t|vent)|poursui\w+|meme|stables?|continu\w*|receiving|under|on)\s"
    r"(?:(?:le|la|un|une|the|a|meme|same|seul|seule)\s)*$"
)
"""« Sous X depuis au moins 3 ans »: it goes on, and no delay is asked."""
_LASTED = re.compile(r"(?<!datant) de (?:moins d|<|≤|= ?<|less)[^.;]{0,14}(?:mois|months?|ans?|annees?|years?)\b")
"""« Hormonothérapie de moins de 3 ans »: how long it was given."""
_CAPPED = re.compile(
    r"(?:\bpas|\bjamais|\bnot?|\bau|\ba|jusqu'a|up to|at most|no more than|maximum|within|dans(?: les)?|[<≤]=?)\s?$"
)
"""« pas plus de 8 semaines après la radiothérapie » is no delay to wait for."""
_LONG = 400
"""Days: a broad treatment so long ago is that of another cancer."""


def recognise(clause: Clause) -> list[Found]:
    """The delays since treatments that a clause speaks of: elapsed is `Washout`, a recent treatment its negation."""
    text = marked(clause)
    if not text.lists or not _MAY_HOLD.search(text.text) or speaks_of_some(clause):
        return []
    found = [*_windows(clause, text), *_between(clause, text), *_elapsed(clause, text), *_recent(clause, text)]
    return without_overlap(found)


def _recent(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Chimiothérapie < 4 semaines »: where it excludes, or is denied, the delay must have elapsed."""
    for pattern in (_RECENT_ONE, _RECENT_FIRST):
        for match in pattern.finditer(text.text):
            start, negated = _lead(text.text, match.start())
            end = _past_minor(text, match)
            if not _plainly(text.text, start, end) or _LASTED.search(match[0]):
                continue
            if negated is (clause.polarity is Polarity.INCLUSION):
                test = _washout(text, match, match["length"])
                if test is not None:
                    yield Found(start, end, test if negated else Not(test), Kind.WASHOUT)
            elif not negated and _DONE.search(match[0]):
                test = _window(text, match, match["length"])
                if test is not None:
                    yield Found(start, match.end(), test, Kind.PRIOR_TREATMENT)


def _past_minor(text: Marked, match: re.Match[str]) -> int:
    taken = LESS.match(text.text, match.end())
    excepted = text.first(*taken.span("less")) if taken else None
    if taken and excepted and ids_of(excepted):
        return taken.end()
    minor = _MINOR.match(text.text, match.end())
    named = text.first(match.start("t"), match.end("t"))
    surgical = named is not None and _concepts(named) == frozenset({"surgery"})
    days = _days(match["length"])
    return minor.end() if minor and surgical and days and days[0] <= _SHORT else match.end()


def _elapsed(clause: Clause, text: Marked) -> Iterator[Found]:
    """« ≥ 4 semaines depuis la dernière chimiothérapie »: a demand, so never read in an exclusion."""
    if clause.polarity is Polarity.EXCLUSION:
        return
    for pattern in (_ELAPSED_FIRST, _ELAPSED_AFTER):
        for match in pattern.finditer(text.text):
            start, negated = _lead(text.text, match.start())
            said = pattern is _ELAPSED_AFTER or _says_elapsed(match)
            if (
                negated
                or not said
                or _CAPPED.search(text.text, 0, match.start())
                or (pattern is _ELAPSED_AFTER and _GOES_ON.search(text.text, 0, match.start()))
                or not _plainly(text.text, start, match.end())
            ):
                continue
            test = _washout(text, match, match["length"])
            if test is not None and not _goes_on_for(text.text, match, test):
                yield Found(match.start(), match.end(), test, Kind.WASHOUT)


def _goes_on_for(plain: str, match: re.Match[str], test: Test) -> bool:
    """« Durée d'anti-PD-1 ≥ 12 semaines », « castration depuis au moins 3 mois »: how long it was, or is, given."""
    if _LENGTH_BEFORE.search(plain, 0, match.start()):
        return True
    if isinstance(test, Washout) and not _SAYS_SINCE.search(plain):
        at_once = any(TREATMENTS.covers(done, one) for one in test.treatments for done in _DONE_AT_ONCE)
        long = test.days > _USUAL_DAYS and not at_once
        return long or _GIVEN.search(plain, 0, match.start()) is not None
    given = isinstance(test, Washout) and all(TREATMENTS.covers("hormone_therapy", one) for one in test.treatments)
    return given and "depuis" in match[0] and _ENDED.search(plain, 0, match.end()) is None


_USUAL_DAYS = 42
"""A longer delay is seldom waited for: « imatinib ≥ 12 mois » is how long it was given."""
_DONE_AT_ONCE = ("stem_cell_transplant", "surgery", "radiotherapy", "cell_therapy")
_SAYS_SINCE = re.compile(
    r"depuis|avant|delai|arret|\bfin\b|interval|wash|ecoule|since|prior|before|elapsed|termin|stop|dernie|last|apres|"
    r"after|randomi|inclusion|c1j1|j1\b|d1\b"
)
_GIVEN = re.compile(
    r"\b(?:dont|recue?s?|sous|par|avec|traitee?s?|entretien|maintenance|received|including|on|with)\s(?:\w+ ){0,4}$"
)
_LENGTH_BEFORE = re.compile(r"^\W*(?:une? |la |the )?(?:duree|duration)\b(?! depuis| since)[^,;]*$")
_ENDED = re.compile(r"dernie|arret|\bfin\b|termin|stop|interrup|interromp|last|end of|discontinu|sevrage|washout|sans")


def _says_elapsed(match: re.Match[str]) -> bool:
    head = match[0][: match.start("length") - match.start()]
    rest = match[0][match.end("length") - match.start() : match.start("t") - match.start()]
    if match["link"].strip() in ("de", "d'", "pour", "for"):
        return re.match(r"(?:un )?(?:delai|interval|wash|period)", head) is not None
    return bool(head.strip()) or re.search(r"minimum|au moins|at least|ecoule|elapsed|passed", rest) is not None


def _between(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Délai entre la chirurgie et la randomisation ≤ 12 semaines »."""
    for match in _BETWEEN_BOTH.finditer(text.text):
        at_least, at_most = match["least"] or match["least2"], match["most"] or match["most2"]
        length = match["length1"] or match["length2"]
        if not length or not (at_least or at_most) or not _plainly(text.text, match.start(), match.end()):
            continue
        test = _washout(text, match, length) if at_least else _window(text, match, length)
        if test is not None and clause.polarity is Polarity.INCLUSION:
            yield Found(*match.span(), test, Kind.WASHOUT if at_least else Kind.PRIOR_TREATMENT)
        elif at_most and test is not None:
            short = _washout(text, match, length)
            if short is not None:
                yield Found(*match.span(), Not(short), Kind.WASHOUT)


def _windows(clause: Clause, text: Marked) -> Iterator[Found]:
    """« Randomisation dans les 12 semaines suivant la chirurgie »."""
    if clause.polarity is Polarity.EXCLUSION:
        return
    for match in _WINDOW.finditer(text.text):
        before = text.text[: match.start()]
        if _NEGATED.search(before) or (match["head"] is None and not _STARTS.search(before)):
            continue
        if _plainly(text.text, match.start(), match.end()):
            test = _window(text, match, match["length"])
            if test is not None:
                yield Found(*match.span(), test, Kind.PRIOR_TREATMENT)


def _lead(text: str, start: int) -> tuple[int, bool]:
    """Where the words that lead in begin, and whether they deny."""
    lead = _LEAD.search(text, 0, start)
    start = lead.start() if lead else start
    negation = _NEGATION.search(text, 0, start)
    return (negation.start(), True) if negation else (start, False)


def _plainly(text: str, start: int, end: int) -> bool:
    """Whether the words before leave the delay what it is, and those after do not change it."""
    before = text[:start]
    segment = re.split(r"[,;:.]", before)[-1]
    if _OTHER_MATTER.search(segment) or not re.search(r"(?:^|\s|[(:,;/'-])$", before):
        return False
    if re.search(r"intervalle (?:libre|sans)|free[- ]interval", before):
        return False
    if re.search(r"contracep|duration|\b(?:for|pendant|durant|during) $", before):
        return False
    return _CHANGED.match(text[end:]) is None


def _washout(text: Marked, match: re.Match[str], length: str) -> Test | None:
    named, days = text.first(match.start("t"), match.end("t")), _days(length)
    if named is None or days is None or text.count(*match.span()) > 1 or is_excepted(text.text[: named.start]):
        return None
    which = match.groupdict().get("which") or ""
    if re.search(r"demi|half|t1/2", match[0]) and re.search(r"court|short|first", which) and days[0] > 28:
        return None
    concepts = _concepts(named) or (_any_reading(named) if days[0] <= _SHORT else None)
    if not concepts or (days[0] > _LONG and concepts & _BROAD):
        return None
    return Washout(_remaining(text, match.end(), concepts), days[0])


def _any_reading(named: Named) -> frozenset[str] | None:
    """« Biothérapie »: whichever is meant, so short a delay rules nobody out for long."""
    parts = [part for item in named.items for part in item.components]
    unsure = any(len(part) > 1 for part in parts)
    helping = any(TREATMENTS.covers("supportive_care", id_) for part in parts for id_ in part)
    plain_list = named.joint in (Joint.ANY, Joint.COMMA) and not any(item.details for item in named.items)
    return ids_of(named) if unsure and plain_list and not helping else None


def _remaining(text: Marked, end: int, concepts: frozenset[str]) -> frozenset[str]:
    """The treatments less those of an exception: « < 4 semaines (hors ARPI) »."""
    taken = LESS.match(text.text, end)
    named = text.first(*taken.span("less")) if taken else None
    ids = ids_of(named) if named else None
    return (less(concepts, ids) or concepts) if ids else concepts


def _window(text: Marked, match: re.Match[str], length: str) -> Test | None:
    named, days = text.first(match.start("t"), match.end("t")), _days(length)
    concepts = _concepts(named) if named else None
    if not concepts or days is None or text.count(*match.span()) > 1:
        return None
    window = Window(concepts, days[1])
    return AllOf((Washout(concepts, days[0]), window)) if days[0] < days[1] else window


def _concepts(named: Named) -> frozenset[str] | None:
    return concepts_of(named, forbids=True)


def _days(length: str) -> tuple[int, int] | None:
    durations = find_durations(re.sub(r"\(.*?\)|dernier\w* |last |precedent\w* ", "", length))
    days = durations[0].days if durations else None
    return None if days and days[0] >= _AN_AGE else days


_AN_AGE = 16 * 365
"""« Naïf de platine, ≥ 18 ans »: no delay is as long."""
