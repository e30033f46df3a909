"""Phase, extent, relapse, resectability, measurability, castration and states of the disease, from one sentence."""

import re
from collections.abc import Callable, Iterator

from rules.case import TnmTyped
from rules.hinted import mark_of
from rules.kinds import State
from rules.reading.form.context import Standing, part_around, standing
from rules.reading.form.dates import DATE, find_dates, is_recent, iso
from rules.reading.form.facts import Facts
from rules.reading.form.organs import only_of
from rules.reading.form.sentences import Role, Sentence

_RELAPSE = re.compile(
    r"\b(?:re-?chute\w*|recidiv\w*|recurrence|reevolution)\b(?!\s+(?:d'|de\s+la\s+|de\s+l'|de\s+|du\s+|"
    r"d'une\s+)?(?:embolie|thrombose|phlebite|"
    r"ascite|epanchement|depress|infect|pneumonie|colite|pleuresie|angio|polyp|lithiase|hernie|fibrillation|avc|"
    r"ait|douleur|"
    r"hematurie|pneumothorax|herpes|zona|basocellul|carcinome\s+basocell|saignement|hemorrag))"
)
_RELAPSE_KNOWN = re.compile(
    r"\b(?:depuis|a|lors\s+de|apres|au\s+moment\s+de|pour|de)\s+(?:la|cette|sa|le|ce|leur)\s+(?:\w+\s+)?$"
)
_RELAPSE_OPEN = re.compile(
    r"\b(?:risque\w*|prevent\w*|prevenir|eviter|si|cas|survie\s+sans|score|taux|delai\s+(?:avant|sans)|intervalle|"
    r"crainte|"
    r"surveillance|depist\w*|haut|faible|reduire|probabilite|recherche|absence)\b[^,;:.]{0,30}$"
)
_NOT_PROVEN = re.compile(
    r"(?:\s+\w+){0,2}\s+(?:non|pas|not|jamais)\s+(?:encore\s+|yet\s+)?(?:prouve|confirm|certain|document|affirm|proven)\w*|"
    r"(?:\s+\w+){0,2}\s+(?:incertaine?|douteuse|unconfirmed)\b"
)
_RELAPSED_ON = re.compile(
    rf"^(?:\s+(?!traite|opere|irradie|sous|apres|avant|puis|jusqu|resequ|avec)[a-z'/+-]+){{0,10}}?\s*"
    rf"(?:\((?:(?!(?:19|20)\d\d)[^()]){{0,40}}\)\s*)?\(?\s*(?:en|"
    rf"le|du|de|d'|depuis|:|debut|fin|mi-?)?\s*"
    rf"(?:debut|fin|mi)?[\s-]*(?P<date>{DATE})(?![\w/-]|[.,]\d)"
)

_DE_NOVO = re.compile(
    r"\b(?:d'emblee|de\s+novo|synchrones?)\b[^.;,:]{0,25}\b(?:oligo-?)?metasta\w+|"
    r"\b(?:oligo-?)?metasta\w+\b[^.;,:]{0,45}"
    r"\b(?:d'emblee|de\s+novo|synchrones?)\b"
)
_METASTATIC = re.compile(r"\b(?:oligo-?)?metastati\w*|\b(?:ccrm|mccr|mcrc)\b")
_NODE_BEFORE = re.compile(
    r"\b(?:ganglion\w*|adenopathi\w*|gg|adp|axillaire\w*|sentinelle\w*|curage\w*|relais|\dn\+?|node|aire\w*|micro-?|"
    r"potentiel\w*|risque\w*|non|pas|sans|anti-?)[\s-]*(?:\w+\s+){0,2}$"
)
_ONLY_NODES_AFTER = re.compile(r"^\s*(?:ganglionnaires?|axillaire|adenopathi\w+)\b(?!\s*(?:,|et|\+|/))")
_OTHER_USE = re.compile(r"\b(?:potentiel|risque|suspicion|suspecte?s?|pouvoir|evolution\s+vers)\b[^,;:.]{0,25}$")
_EITHER = re.compile(r"\b(?:avancee?|locale?|localisee?)s?\s+(?:ou|vs|versus|/)\s*(?:deja\s+)?$")
_LINE_METASTATIC = re.compile(
    r"\b(?:ligne|l\d|phase|situation|stade|contexte)\s+(?:de\s+(?:la\s+)?)?(?:\w+\s+)?(?:oligo-?)?metastati\w*"
)
_NOT_METASTATIC = re.compile(
    r"\bnon[ -]metastati\w+|\bbilan\s+d'extension\b[^.;,:]{0,25}\b(?:negatif|normal|sans\s+(?:lesion|metastase)|"
    r"sans\s+anomalie)|"
    r"(?:^\W*|[,;:]\s|\bet\s)(?:pas\s+de|aucune|absence\s+de|sans)\s+metas?(?:tases?)?\s*(?=$|[.,;)])|"
    r"\b(?:pas\s+d'|sans\s+|aucune\s+)(?:adenopathies?|adp|ganglions?)(?:\s+\w+)?\s+ni\s+(?:de\s+)?metas?(?:tases?)?\b"
    r"(?!\s+(?!a\s+distance)[a-z]{4,}(?:ique|aire|euse|ale)s?\b)|"
    r"\b(?:pas\s+de|aucune|absence\s+de|sans)\s+metas?(?:tases?)?\s+(?:sur|a|au)\s+(?:la\s+|le\s+|l')?(?:[\w-]+\s+){0,4}?(?:tap\b|"
    r"tdm\b|tep\b|scanner\b|bilan\b|imagerie)|"
    r"\b(?:sans|pas\s+de|absence\s+de|aucune)\s+(?:lesions?|metastases?|"
    r"localisations?)\s+(?:secondaires?\s+)?a\s+distance\b|"
    r"\b(?:tap|tep|tep-?\s?(?:scan|tdm|fdg)|pet-?scan)\b[^.;,:]{0,25}\b(?:sans|pas\s+de)\s+(?:metastase|"
    r"lesion\s+(?:secondaire|a\s+distance))s?\b"
    r"(?!\s+(?!a\s+distance)[a-z]{4,}(?:ique|aire|euse|ale)s?\b)"
)
_CONVENTIONAL = re.compile(
    r"\b(?:imagerie\s+conventionnelle|(?:tdm|scanner)(?:\s+tap)?\s+et\s+scintigraphie(?:\s+osseuse)?|"
    r"scintigraphie(?:\s+osseuse)?"
    r"\s+et\s+(?:le\s+)?(?:tdm|scanner)(?:\s+tap)?)\s*(?::\s*)?(?:negati(?:f|fs|ve|ves)|normau?x?|normales?|"
    r"sans\s+(?:metastase|"
    r"lesion(?:\s+(?:secondaire|suspecte|a\s+distance)|(?=\s*(?:$|[.,;])))))|\bm0\s+(?:en\s+imagerie\s+)?conventionnel"
)
_ANOTHER_ONE = re.compile(r"\b(?:autres?|nouve\w+|hormis|en\s+dehors|sauf|excepte)\b")

_PROGRESSION = re.compile(
    r"\b(?:progression|poursuite\s+evolutive|reprise\s+evolutive|echappement)\b(?!\s+(?:sous|apres)\s+\w+\s*:)"
)
_NOT_NOW = re.compile(
    r"\b(?:sans|survie|delai|temps|jusqu'a|si|cas|risque|avant|apres|pas|absence|non|toute|premiere|precedente|1re|"
    r"suspicion|lymphocytose|douleurs?)\b[^,;:.]{0,20}$"
)
_IN_PROGRESSION = re.compile(
    r"\ben\s+(?:cours\s+de\s+)?progression\b|\bprogression\b[^,;.]{0,25}\b(?:actuelle|ce\s+jour|en\s+cours)\b|"
    r"\bactuellement\b[^,;.]{0,25}\bprogression\b"
)
_THEN = re.compile(
    r"\b(?:puis|mise\s+sous|switch\w*|relais|passage|reprise\s+d|debut\s+d|traitee?\s+par|suivie?\s+(?:d|par)|"
    r"reponse|stable)\b"
)

_UNRESECTABLE = re.compile(
    r"\b(?:non[ -]resecables?|irresecables?|inextirpables?|non[ -]extirpables?)\b|"
    r"\b(?:non|in)[ -]?accessibles?\s+a\s+(?:la\s+|une?\s+(?:nouvelle\s+)?|l')?"
    r"(?:traitement\s+chirurgical|chirurgie|resection|exerese)\b"
    r"(?!\s+(?:cerebr|hepati|pulmon|osseu|des\s+meta|conserv|d'emblee))|"
    r"\b(?:chirurgie|exerese|resection)\s+(?:jugee?\s+|tumorale\s+|chirurgicale\s+)?(?:impossible|non\s+(?:realisable|faisable|envisageable))\b|"
    r"\b(?:recidive|tumeur|lesions?|masse|maladie|metastases?|rechute)\b[^.;,:]{0,30}\b(?:inoperables?|"
    r"non[ -]operables?)\b(?!\s+(?:pour|en\s+raison|du\s+fait|medical|cardi|respir))|"
    r"\blocalement\s+avancee?s?\s*(?:,\s*|et\s+)?(?:inoperables?|non[ -]operables?)\b"
)
_RESECTABLE = re.compile(
    r"(?<!non )(?<!non-)(?<!ir)\bresecables?\b|\b(?:resection|exerese|chirurgie)\b[^.;,:?]{0,25}\b(?:envisageable|"
    r"possible|realisable|faisable)\b"
)
_AFTER_OPINION = re.compile(
    r"\bapres\s+(?:relecture|avis|discussion|concertation|double\s+lecture|evaluation|rcp)\b|\bdiscut\w*\s+en\s+rcp\b"
)
_RESECTABLE_OPEN = re.compile(
    r"\b(?:potentiel\w*|limite|borderline|apres|si|secondairement|peut-etre|a\s+(?:discuter|evaluer|reevaluer|"
    r"rediscuter)|discut\w*|pas|doute|"
    r"jug\w+\s+difficil\w*|initial\w*)\b"
)

_MEASURABLE = re.compile(
    r"(?<!non )(?<!non-)\bmesurables?\b|\b(?:lesions?\s+cibles?|cibles?\s*(?:hepatique|pulmonaire|ganglionnaire|"
    r"surrenalienne)?)(?=\s*(?:de\s+|a\s+|:\s*)?(?P<mm>\d{2,3})\s*mm)"
)
_NOT_MEASURABLE = re.compile(
    r"\b(?:pas\s+de|aucune|absence\s+de|sans)\s+(?:lesions?|cibles?|maladie)\s+(?:\w+\s+)?(?:mesurables?|"
    r"cibles?)\b|\bmaladie\s+non[ -]mesurable\b|\bpas\s+de\s+maladie\s+mesurable\b"
)

_CASTRATION_RESISTANT = re.compile(
    r"\bresistan\w+\s+(?:a\s+la|a)\s+castration\b|\bcastrat\w+[- ]resistan\w+|\b(?:nm|[nm])?(?:cprc|crpc)m?\b|"
    r"\bphase\s+(?:\w+\s+)?(?:de\s+)?resistan\w+\b|\bphase\s+de\s+resistance\b"
)
_SENSITIVE = re.compile(r"\b(?:hormono-?\s?(?:sensible|naif|naive)s?|sensible\s+a\s+la\s+castration|m?cphsm?|m?hspc)\b")
_COURSE = re.compile(
    r"\b(?:puis|traite\w*|traitement|progression|phase|sous|apres|depuis|initial\w*|devenu\w*|en\s+(?:19|20)\d\d|"
    r"docetaxel)\b"
)
_SAYS_WHEN = re.compile(r"resistan|castrat|(?:nm|[nm])?(?:cprc|crpc)")
_CALLED_METASTATIC = re.compile(r"\bm(?:crpc|cprc|hspc|cphs|hnpc|cspc|hsp)\b|\b(?:cprc|crpc|cphs)m\b")
"""The m of « mCRPC », « CPRCm », « mHSPC »: metastatic then, and so it is now."""
_LOCALLY_ADVANCED = re.compile(r"\bloc(?:alement|alt|al)?\.?\s+(?:tres\s+)?(?:avancee?|evoluee?|av)s?\b")
_OF_THE_PAST = re.compile(
    r"\b(?:trait\w+|recidiv\w*|rechut\w*|progress\w*|puis|apres|depuis|initial\w*|au\s+diagnostic|en\s+(?:19|20)\d\d|"
    r"operee?|irradiee?|resequee?|recue?|connue?|devenu\w*|secondairement|metasta\w*|m1[abc]?|m\+|reponse|stade\s+iv|"
    r"ou|vs|curieth\w*|radio-?chimio\w*|rct|chimio\w*|suivie?)\b"
)
"""Beside « localement avancé », what may make it the disease of another day."""
_DENIED_METASTASES = re.compile(
    r"\b(?:non[ -]metastati\w+|(?:sans|pas\s+de|ni|absence\s+de|aucune)\s+meta(?:stases?)?\b(?:\s+a\s+distance)?)"
)
_PHASE_NOW = re.compile(r"^\W*(?:(?:actuellement\s+)?en\s+)?phase\s+$")
_THE_RESISTANT_ONE = re.compile(
    r"\b(?:ce|son|un|du|le)\s+(?:(?:nm|[nm])?(?:cprc|crpc)m?|cancer\s+(?:\w+\s+){0,3}resistant\s+a\s+la\s+castration)\b"
)
_ON_DATE = re.compile(rf"^[^.;:]{{0,25}}?\b(?:en|depuis|le|des|\()\s*(?P<date>{DATE})(?![\w/-])")

_EXHAUSTED = re.compile(
    r"\b(?:options?|traitements?|lignes?|possibilites?|ressources?)\s+(?:therapeutiques?\s+)?(?:standards?\s+|"
    r"validees?\s+|conventionnel\w+\s+)?(?:\w+\s+)?epuise\w*|\bepuisement\b[^.;,:]{0,30}"
    r"\b(?:standard|options?|therapeutique|lignes)|\bimpasse\s+therapeutique\b|\b(?:plus\s+d'|pas\s+d'|"
    r"aucune\s+)(?:autre\s+)?option\s+(?:therapeutique\s+)?(?:standard|validee)\b|"
    r"\bechec\s+de\s+(?:toutes\s+les|l'ensemble\s+des)\s+(?:lignes|options|therapeutiques)"
)
_STANDARD_LEFT = re.compile(
    r"\brel(?:eve|evant)\s+(?:d'un|du|des)\s+(?:traitements?\s+|soins?\s+)?standards?\b|"
    r"\bpas\s+de\s+contre-?\s?indication\s+(?:aux?|a\s+(?:un|la|l'))\s*(?:traitements?\s+|chimio\w*\s+)?standards?\b|"
    r"\b(?:traitements?|options?|lignes?)\s+(?:therapeutiques?\s+)?standards?\b[^.;,:]{0,25}\b(?:possibles?|disponibles?|"
    r"restantes?|envisageables?|accessibles?)\b|\b(?:reste|persiste)\s+(?:une?|des)\s+(?:options?|lignes?|traitements?)\s+"
    r"(?:therapeutiques?\s+)?standards?\b"
)
_NOT_AGAINST = re.compile(r"\bpas\s+de\s+contre-?\s?indication")
_NOT_LEFT = re.compile(r"\b(?:pas\s+d|plus|aucun\w*|sans|si|ni|non|jamais|refus\w*|inelig\w*)\b")
_EXHAUSTED_OPEN = re.compile(r"\b(?:non|pas|si|presque|bientot|avant)\b[^,;:.]{0,20}$")

_MRD = re.compile(
    r"\b(?:mrd|maladie\s+residuelle(?:\s+\w+)?)\b\s*(?:medullaire|sanguine|moleculaire|npm1|bcr-?abl1?|runx1\S*|"
    r"cbfb\S*|wt1|ig/?tcr|cmf|pml-?rara)?\s*(?:\([^)]{0,20}\))?\s*(?:[:=]|est\s+|a\s+|de\s+)?\s*(?:(?P<neg>negativ\w*|"
    r"indetectable|"
    r"<\s*\d|non\s+detect\w+)|"
    r"(?P<pos>positiv\w*|detectable|persistante|\+(?!\d))|(?P<value>\d+(?:[.,]\d+)?)\s*(?P<unit>%|x?\s*10-\d))"
)
_REMISSION = re.compile(
    r":\s*remission\s+complete\b|\ben\s+(?:1re\s+|2e\s+|3e\s+|premiere\s+|deuxieme\s+)?(?:remission\s+complete|rc[1-3]?\b|reponse\s+complete)|"
    r"\b(?:1re|2e|3e|premiere|deuxieme)\s+remission\s+complete|"
    r"\brc[123]\b(?:\s+(?:morphologique|cytologique|hematologique))?|(?:^\W*|:\s*)rc(?=\s*(?:$|[.,;]|avec\s+mrd|mrd))"
)
_REFRACTORY = re.compile(
    r"\b(?:double|triple|quadri|penta)[- ]?(?:classe\s+)?refractaires?\b|"
    r"\b(?:lymphome\w*|ldgcb|lbdgc|myelome|lam|lal|leucemie\w*|maladie|hodgkin|"
    r"lpsnc)\b[^.;,:]{0,25}\b(?:primaire\w*\s+)?refractaires?\b(?!\s+a\s)"
)
_INDICATED = re.compile(
    r"\bindication\s+(?:de|a|d'un|d'une|a\s+un|pour\s+un)\s+(?:reprise\s+(?:de|d'un)\s+|changer\s+(?:de|"
    r"le)\s+)?(?:nouveau\s+)?traitement\b|\bcriteres?\s+(?:iwcll\s+)?(?:de|d'indication\s+(?:de|"
    r"a\s+un))\s+traitement[^.;,:]{0,25}\b(?:remplis?|present|reuni)|"
    r"\bcriteres?\s+(?:iwcll|gelf|crab|slim-?crab)\b[^.;,:]{0,25}\b(?:remplis?|presents?|reunis?)|"
    r"\b(?:gelf|crab|iwcll)\s?(?:\+|positifs?\b)|"
    r"\bindication\s+(?:selon|d'apres)\s+(?:l')?iwcll"
)
_NOT_INDICATED = re.compile(
    r"\b(?:pas\s+d'|sans\s+|aucune\s+|absence\s+d')indication\s+(?:de|a\s+un|a|d'un)\s+(?:traitement|traiter)\b|"
    r"\b(?:aucun|pas\s+de|sans)\s+criteres?\s+(?:iwcll\s+|gelf\s+|crab\s+)?(?:de\s+(?:mise\s+en\s+|"
    r"debut\s+de\s+)?traitement|iwcll|gelf|crab)\b"
)
_TRANSFORMATION = re.compile(
    r"\b(?:(?:syndrome\s+de\s+|transformation\s+(?:de\s+|en\s+)?)?richter|transformation\s+(?:histologique|"
    r"agressive|en\s+(?:lymphome|ldgcb|lbdgc|lam|leucemie))|(?<=une )transformation|(?<=de )transformation|"
    r"(?<=sans )transformation|lymphome\s+transforme)\b"
)
_LYMPHOMA_DE_NOVO = re.compile(r"\b(?:lymphome|ld?bd?gc|ldgcb|dlbcl|lnh)\b[^.;]{0,60}\bde\s+novo\b")


def read_disease(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """What the sentence says of the disease; a question tells only the situation that it presupposes."""
    if sentence.role in (Role.FAMILY, Role.HISTORY):
        return
    if sentence.asks:
        _presupposed(sentence, facts)
        resistant = _THE_RESISTANT_ONE.search(sentence.low) if only_of("prostate", organs) else None
        if resistant and not _OTHER_USE.search(sentence.low[: resistant.start()]):
            facts.add("disease.castration_resistant", True, sentence.quote(*resistant.span()))
        return
    marks = sentence.marks
    for may_tell, read in _READERS:
        if marks & may_tell:
            read(sentence, facts)
    if only_of("prostate", organs):
        _castration(sentence, facts)
        _conventional_imaging(sentence, facts)
    if only_of("haematologic", organs):
        _blood(sentence, facts)


def _presupposed(sentence: Sentence, facts: Facts) -> None:
    match = _LINE_METASTATIC.search(sentence.low)
    if match and not _OTHER_USE.search(sentence.low[: match.start()]) and "non met" not in match[0]:
        facts.add("disease.extent", "metastatic", sentence.quote(*match.span()))


def _affirmed(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for match in pattern.finditer(sentence.low):
        if standing(sentence, match.start(), match.end()) is Standing.STATED:
            yield match


def _relapse(sentence: Sentence, facts: Facts) -> None:
    for match in _RELAPSE.finditer(sentence.low):
        before = sentence.low[: match.start()]
        if _RELAPSE_OPEN.search(before) or _NOT_PROVEN.match(sentence.low, match.end()) or _or_else(sentence, match):
            continue
        known = _RELAPSE_KNOWN.search(before)
        if not known and standing(sentence, match.start(), match.end()) is not Standing.STATED:
            continue
        quote = sentence.quote(*part_around(sentence.low, match.start(), match.end()))
        facts.add("disease.phase", "relapse", quote)
        several = match[0].endswith("s")  # « récidives 2008, 2015 »: the last is not told
        dated = _RELAPSED_ON.match(sentence.low[match.end() :]) if not (known or several) else None
        when = next(find_dates(dated["date"]), None) if dated else None
        day = iso(when.when) if when else None
        if day:
            facts.add("disease.relapsed_on", day, quote)


_EITHER_BEFORE = re.compile(r"(?:\b(?:vs|versus|ou)\b\.?|\bvraie)\s+(?:(?:de\s+|d'|une?\s+|la\s+|vraie\s+))*$")
_EITHER_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:(?:vs|versus)\b|(?:ou|/)\s*(?:de\s+|d'|une?\s+|un\s+)*(?:pseudo|radio-?necro|necros|remani|sequel|fibro|inflam|"
    r"second|deuxieme|2e|nouveau\s+(?:cancer|primiti)|autre|toxicit|infect|surinfect))"
)


def _or_else(sentence: Sentence, match: re.Match[str]) -> bool:
    """« Pseudoprogression vs récidive », « récidive ou radionécrose »: nobody knows which."""
    return bool(_EITHER_BEFORE.search(sentence.low[: match.start()]) or _EITHER_AFTER.match(sentence.low, match.end()))


def _extent(sentence: Sentence, facts: Facts) -> None:
    low = sentence.low
    for match in _affirmed(sentence, _DE_NOVO):
        quote = sentence.quote(*match.span())
        facts.add("disease.phase", "initial", quote)
        facts.add("disease.extent", "metastatic", quote)
        facts.add("stage.clinical", TnmTyped(m="M1"), quote)
    for match in _affirmed(sentence, _METASTATIC):
        before, after = low[: match.start()], low[match.end() :]
        open_ = _EITHER.search(before) or _OTHER_USE.search(before)
        if not (_NODE_BEFORE.search(before[-40:]) or open_ or _ONLY_NODES_AFTER.match(after)):
            facts.add("disease.extent", "metastatic", sentence.quote(*part_around(low, *match.span())))
    for match in _affirmed(sentence, _LOCALLY_ADVANCED):
        if not _OF_THE_PAST.search(_DENIED_METASTASES.sub(" ", low)):
            facts.add("disease.extent", "locally_advanced", sentence.quote(*match.span()))
    denied = _NOT_METASTATIC.search(low)
    if denied and not _ANOTHER_ONE.search(low):
        facts.add("stage.clinical", TnmTyped(m="M0"), sentence.quote(*denied.span()))


def _progression(sentence: Sentence, facts: Facts) -> None:
    """A progression of now: said to be so, of the last months, or the first word with nothing after it."""
    low = sentence.low
    for match in _PROGRESSION.finditer(low):
        if _NOT_NOW.search(low[: match.start()]) or standing(sentence, *match.span()) is not Standing.STATED:
            continue
        if _or_else(sentence, match):
            continue
        first = match.start() < 3 or low[: match.start()].strip() in ("nouvelle", "en", "actuellement", "depuis")
        recent = is_recent(sentence, low, days=183)
        if _THEN.search(low, match.end()) and not recent:
            continue
        if recent or (recent is None and (first or _IN_PROGRESSION.search(low))):
            quote = sentence.quote(*part_around(low, *match.span()))
            facts.add_state(State.PROGRESSION, quote)
            facts.add_state(State.REMISSION, quote, holds=False)


def _measurable(sentence: Sentence, facts: Facts) -> None:
    denied = _NOT_MEASURABLE.search(sentence.low)
    if denied:
        facts.add("disease.measurable", False, sentence.quote(*denied.span()))
        return
    for match in _affirmed(sentence, _MEASURABLE):
        if match["mm"] is None or int(match["mm"]) >= 10:
            facts.add("disease.measurable", True, sentence.quote(*part_around(sentence.low, *match.span())))


def _resectable(sentence: Sentence, facts: Facts) -> None:
    low = sentence.low
    for pattern, holds in ((_UNRESECTABLE, False), (_RESECTABLE, True)):
        match = pattern.search(low)
        if match is None:
            continue
        start, end = part_around(low, *match.span())
        unsure = (
            _RESECTABLE_OPEN.search(_AFTER_OPINION.sub("", low[start:end] if holds else low[start : match.end()]))
            or standing(sentence, *match.span()) is not Standing.STATED
        )
        if not unsure:
            facts.add("disease.resectable", holds, sentence.quote(start, end))
        return


def _exhausted(sentence: Sentence, facts: Facts) -> None:
    match = _EXHAUSTED.search(sentence.low)
    if match and not _EXHAUSTED_OPEN.search(sentence.low[: match.start()]) and " non " not in match[0]:
        facts.add("disease.standard_options_exhausted", True, sentence.quote(*match.span()))
    left = _STANDARD_LEFT.search(sentence.low)
    if left and not match and not _NOT_LEFT.search(_NOT_AGAINST.sub(" ", sentence.low)):
        facts.add("disease.standard_options_exhausted", False, sentence.quote(*left.span()))


def _castration(sentence: Sentence, facts: Facts) -> None:
    for match in _affirmed(sentence, _CALLED_METASTATIC):
        facts.add("disease.extent", "metastatic", sentence.quote(*match.span()))
    for match in _affirmed(sentence, _CASTRATION_RESISTANT):
        quote = sentence.quote(*part_around(sentence.low, *match.span()))
        facts.add("disease.castration_resistant", True, quote)
        dated = _ON_DATE.match(sentence.low[match.end() :])
        when = next(find_dates(dated["date"]), None) if dated and _SAYS_WHEN.match(match[0]) else None
        day = iso(when.when) if when else None
        if day:
            facts.add("disease.castration_resistant_on", day, quote)
    if _CASTRATION_RESISTANT.search(sentence.low):
        return
    for match in _affirmed(sentence, _SENSITIVE):
        rest = _SENSITIVE.sub("", sentence.low, count=1)
        if not _COURSE.search(
            _PHASE_NOW.sub("", sentence.low[: match.start()]) + sentence.low[match.end() :] if rest else ""
        ):
            facts.add("disease.castration_resistant", False, sentence.quote(*match.span()))


def _conventional_imaging(sentence: Sentence, facts: Facts) -> None:
    """Of a prostate, M is that of conventional imaging: « scintigraphie et TDM négatives », whatever PSMA PET shows."""
    match = _CONVENTIONAL.search(sentence.low)
    if match and not _ANOTHER_ONE.search(sentence.low):
        facts.add("stage.clinical", TnmTyped(m="M0"), sentence.quote(*match.span()))


def _blood(sentence: Sentence, facts: Facts) -> None:
    low = sentence.low
    refused = _NOT_INDICATED.search(low)
    if refused:
        facts.add_state(State.TREATMENT_INDICATED, sentence.quote(*refused.span()), holds=False)
    else:
        for match in _affirmed(sentence, _INDICATED):
            facts.add_state(State.TREATMENT_INDICATED, sentence.quote(*part_around(low, *match.span())))
    for match in _TRANSFORMATION.finditer(low):
        said = standing(sentence, *match.span())
        if said in (Standing.STATED, Standing.DENIED):
            quote = sentence.quote(*part_around(low, *match.span()))
            facts.add_state(State.TRANSFORMED, quote, holds=said is Standing.STATED)
    for match in _affirmed(sentence, _LYMPHOMA_DE_NOVO):
        facts.add_state(State.TRANSFORMED, sentence.quote(*part_around(low, *match.span())), holds=False)
    for match in _affirmed(sentence, _REFRACTORY):
        facts.add_state(State.REFRACTORY, sentence.quote(*match.span()))


def _denied_before(sentence: Sentence, match: re.Match[str]) -> bool:
    return bool(re.search(r"\b(?:pas|sans|aucune?|ni|absence)\s+(?:de\s+|d')?$", sentence.low[: match.start()]))


def _response(sentence: Sentence, facts: Facts) -> None:
    low = sentence.low
    if (_THEN.search(low) and "rechute" in low) or is_recent(sentence, low, days=183) is False:
        return
    for match in _MRD.finditer(low):
        if standing(sentence, match.start(), match.end()) not in (Standing.STATED, Standing.DENIED):
            continue
        if _denied_before(sentence, match):
            continue
        quote = sentence.quote(*match.span())
        positive = bool(match["pos"]) or bool(match["value"] and float(match["value"].replace(",", ".")) > 0)
        if positive or match["neg"]:
            facts.add_state(State.MRD_POSITIVE, quote, holds=positive)
            facts.add_state(State.MRD_NEGATIVE, quote, holds=not positive)
    for match in _affirmed(sentence, _REMISSION):
        facts.add_state(State.REMISSION, sentence.quote(*match.span()))


_READERS: tuple[tuple[int, Callable[[Sentence, Facts], None]], ...] = (
    (mark_of("chut", "recidiv", "recurr", "evolution"), _relapse),
    (
        mark_of(
            "meta",
            "ccr",
            "mcrc",
            "extension",
            "distance",
            "tap",
            "tep",
            "pet",
            "conventionnel",
            "avance",
            "evolue",
            "av",
        ),
        _extent,
    ),
    (mark_of("progress", "evolutive", "echapp"), _progression),
    (mark_of("mesurab", "cible"), _measurable),
    (mark_of("resec", "operab", "inextirp", "exerese", "chirurg"), _resectable),
    (mark_of("epuise", "impasse", "option", "echec", "standard"), _exhausted),
    (mark_of("mrd", "residuelle", "remission", "rc", "complete"), _response),
)
"""What stands where a pattern can be, and its reader: most sentences have none."""
