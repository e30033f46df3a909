"""Sites of metastasis and metastases of the brain, from one sentence."""

import re

from rules.case import CompleteList, Condition
from rules.hinted import mark_of
from rules.lexicon import Mention
from rules.organs import METASTATIC_SITE_NAMES, METASTATIC_SITES
from rules.reading.form.context import Standing, part_around, standing
from rules.reading.form.dates import is_recent
from rules.reading.form.facts import Facts
from rules.reading.form.hints import holds
from rules.reading.form.organs import may_be_of, touches
from rules.reading.form.sentences import Role, Sentence

_TRIGGER = re.compile(
    r"\b(?:metastases?|metas?\b|metastati\w*|localisations?\s+secondaires?|lesions?\s+secondaires?|"
    r"atteintes?\s+secondaires?|atteintes?\s+metastatiques?|stade\s+iv[abc]?\d?(?:\s+(?:d'emblee|synchrone|de\s+novo|metastatique))?\s*(?=\()|"
    r"(?:m(?:crpc|cprc|hspc|cphs|hnpc)|(?:cprc|crpc|cphs)m)\b|"
    r"m1[abc]?\s*(?=\(|:)|m1[abc]?\s+(?=[a-z])|dissemination)|(?<=[0-9abcx])m1[abc]?\s*(?=\()|(?<!\w)m\+(?=[\s(:])|"
    r"\betendue?\s*(?=\()"
)
_COURSE = re.compile(r"\b(?:re-?chutes?|recidives?|progression|evolution|reevolution|apparition|pd(?!\s?-))\b")
_DENIED_COURSE = re.compile(
    r"\b(?:pas|sans|aucune?|absence|ni)\b[^,;.:]{0,40}\b(?:recidive|rechute|progression|evolution|apparition)\b[^,;.:]{0,25}$"
)
_TRIGGER_HINTS = (
    "meta",
    "secondaire",
    "stade",
    "m1",
    "dissem",
    "m+",
    "etendu",
    "mcrpc",
    "mcprc",
    "mhspc",
    "mcphs",
    "cprcm",
    "crpcm",
)
_COURSE_HINTS = ("chute", "recidiv", "progress", "evolution", "apparition", "pd ")
_NOUN = re.compile(r"\b(?:nodules?|lesions?|localisations?)\s+$")
_FILLER = re.compile(
    r"^[\s,/+&(:-]*(?:(?:et|puis|multiples?|diffus\w*|bilobaires?|bilater\w*|d'emblee|de|novo|synchrones?|uniques?|"
    r"prouvee?s?|des|du|d'|la|"
    r"le|les|l'|s|\d+|en|au|aux|niveau|plusieurs|nombreux|nombreuses?|nouve\w+|predominan\w*|surtout|isolee?s?|"
    r"homolater\w*|controlater\w*|locale?|loco-?regionale?|regionale?|"
    r"polymetasta\w+|oligo\w*|(?:bas|haut|faible|fort)\s+volume|\d+\s+lesions?|initial\w*|connue?s?|mixtes?|axiales?|lytiques?|condensantes?|gauches?|droite?s?|"
    r"histologiquement|bi|majoritaire\w*|a|distance|le|en|debut|fin|mi|janvier|fevrier|mars|avril|mai|juin|juillet|"
    r"aout|septembre|octobre|novembre|decembre)"
    r"\b[\s,/+&(:-]*)*$"
)
_CALLED_METASTASIS = re.compile(r"\bmetastas\w+\s+(?:\w+\s+){0,1}$")
_YEAR = re.compile(r"\b20\d\d\b")
_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_PROVEN_BEFORE = re.compile(r"\b(?:biopsies?|cytologies?|ponctions?|nodules?|epanchements?|lesions?)\s+$|^\W*$")
_PROVEN_AFTER = re.compile(
    r"^[^;.,]{0,45}?(?:[:=]\s*(?:metastases?|localisation\w*|adk|adenocarcinome|carcinome|melanome|infiltration|"
    r"atteinte)\b|\b(?:biopsi\w+|cytolog\w+|ponction\w+)\s+"
    r"(?:positi\w*|malin\w*|prouvee?s?))(?![^;.,]{0,30}\?)"
)
_PROVEN = re.compile(
    r"^[^;.]{0,60}\bprouvee?s?\s+(?:histologiquement|par\s+(?:la\s+)?biopsie)|^\s+biopsiee?s?\s+positi"
)
_FREE_AFTER = re.compile(
    r"^\s*(?:(?:est|reste|:)\s+)?(?:indemnes?|libres?|normau?x?|normale?s?|negati\w+|sans\s+(?:lesion|anomalie|"
    r"particularite|"
    r"metastase)|non\s+(?:atteint|envahi)\w*|ras\b)"
)
_TOO_SMALL = re.compile(
    r"^[^;.,:(]{0,25}\b(?:infra-?centimetriques?|millimetriques?|aspecifiques?|non\s+specifiques?|indetermine\w*|"
    r"a\s+(?:controler|surveiller|explorer|caracteriser|preciser)|suspects?|suspectes?|benin\w*|calcifie\w*)\b"
)
_CONTEXT = re.compile(
    r"\b(?:re-?chute\w*|recidive\w*|metasta\w*|progression|stade\s+iv|m1|apparition|superscan|nouve\w+)\b"
)
_ALONE = re.compile(
    r"carcinose|carcinomatose|lymphangite|(?:pleuresie|ascite|pericardite|meningite)\s+(?:carcino|neopl|mali|"
    r"metast|tumor)|krukenberg|maligne?$"
)
_A_CANCER_AFTER = re.compile(r"\s+(?:cancer|carcinoma|adenocarcinoma|tumou?r|neoplasm)")
"""« Metastatic breast cancer »."""
_ONE_NODULE = re.compile(r"\b(?:nodule|lesion)\s+$")
"""One carcinoma of the lung beside another may be a second primary."""
_NO_MORE = re.compile(
    r"\b(?:operee?s?|resequee?s?|metastasectomie|hepatectomie|disparu\w*|remission|en\s+reponse\s+complete|"
    r"ancienne?s?)\b"
)
_OF_THE_LUNG = re.compile(
    r"\b(?:nodules?\s+pulmonaires?|lesions?\s+pulmonaires?)\s+(?:multiples?|bilater\w+|diffus\w*)\b|"
    r"\b(?:multiples?|nombreux|plusieurs|lacher\s+de)\s+(?:nodules?|lesions?)\s+pulmonaires?\b|"
    r"\blacher\s+de\s+ballons?\b"
)
"""Many nodules of both lungs, beside another primary."""
_UNCERTAIN = re.compile(
    r"\b(?:(?:infra|sub|sus)?-?(?:centi|milli)metriques?|aspecifiques?|non\s+specifiques?|indetermine\w*|calcifie\w*|"
    r"benin\w*|stables?\s+depuis|anciens?|sequell\w*|infectieu\w*|inflammatoires?|micro-?nodules?|a\s+(?:controler|"
    r"surveiller|caracteriser|preciser))\b|(?<!\d)[1-5]\s*mm\b"
)
_COUNTED_IN_BONE = re.compile(
    r"\b(?:tep|pet|scinti\w*|psma|dotatoc|irm)\b[^.;]{0,40}?\b(?:(?:\d|deux|trois|quatre|cinq|multiples|plusieurs|nombreuses)\s+"
    r"(?:lesions?|foyers?|fixations?|hyperfixations?)\s+osseuses?|superscan)\b"
)
_NO_OTHER_SITE = re.compile(
    r"\b(?:pas|aucune?)\s+(?:d')?autres?\s+(?:localisations?|metastases?|sites?|lesions?\s+(?:secondaires?|metastatiques?|"
    r"a\s+distance))(?:\s+(?:metastatiques?|secondaires?|a\s+distance))*\s*(?:(?=$|[.,;)])|que\s+(?P<but>[^.;,]+))"
)
_LYTIC = re.compile(r"\blesions?\s+(?:osseuses?\s+)?(?:lytiques?|osteolytiques?|osteocondensantes?|condensantes?)\b")

_HEAD_IMAGING = (
    r"(?:irm|tdm|scanner|imagerie)\s+(?:cerebrale?|encephalique|du\s+cerveau|de\s+l'encephale|cranio-?encephalique)\b"
)
_NO_BRAIN = (
    re.compile(
        rf"\b{_HEAD_IMAGING}[^.;,:?]{{0,40}}?\s*(?::\s*|,\s*)?(?:normale?\b|negative?\b|ras\b|(?:sans|pas\s+de|"
        rf"absence\s+de|aucune)\s+(?:lesions?|metastases?|"
        r"anomalies?|localisations?|particularite)\b)(?!\s+(?:secondaire\s+)?(?:nouve|evolutiv|supplement|"
        r"progressi|autre|significativ|suspecte\s+nouv|hemorrag|ischem|recent))"
    ),
    re.compile(
        r"\b(?:pas\s+de|pas\s+d'|sans|absence\s+de|absence\s+d'|aucune|ni)\s*(?:metastases?|metas?|localisations?|lesions?|"
        r"atteintes?)\s+(?:secondaires?\s+)?(?:cerebrales?|encephaliques?|intra-?cerebrales?|du\s+snc)\b"
        r"(?!\s+(?:nouve|evolutiv|symptomat|activ|connue|supplement|progressi|autre|a\s+ce\s+stade\s+recherch))"
    ),
    re.compile(
        r"\b(?:pas\s+de|sans|aucune)\s+(?:metastases?|lesions?|localisations?|"
        r"atteintes?)\b[^.;:()]{0,40}\bni\s+(?:de\s+)?(?:metastase\s+|lesion\s+|"
        r"atteinte\s+)?cerebrale\b(?!\s+(?:nouve|evolut|sympt))"
    ),
)
_BRAIN_FOUND = re.compile(
    rf"\b{_HEAD_IMAGING}[^;.,:]{{0,30}}(?::\s*|,\s*|\s+(?:retrouvant|montrant|avec)\s+)(?:\w+\s+){{0,2}}?(?:deux|trois|quatre|"
    r"cinq|six|multiples?|plusieurs|nombreuses|\d+)\s+(?:\w+\s+)?(?:lesions?|metastases?|metas?)\b|"
    rf"\b{_HEAD_IMAGING}[^;.,:]{{0,30}}(?::\s*|,\s*)une\s+metas?(?:tase)?\b"
)
_PER_OPERATIVE = re.compile(
    r"per[- ]?(?:op|endoscop|os\b|cutan|therap|radioth)|carcinose\s+(?:\w+\s+)?(?:cutane|ulcere|(?:lepto)?meninge|"
    r"pulmonaire|lymphangit|medullaire|osseuse|miliaire)"
)
"""« Per » of « per-opératoire », « carcinose cutanée »: not of the peritoneum."""
_IMAGED = mark_of("cerebr", "cerebel", "encephal", "cerveau", "supra", "sus-t", "sous-t")
_COULD_BE = re.compile(
    r"\b(?:prevue?|a\s+(?:faire|refaire|prevoir|realiser|completer|programmer)|en\s+attente|demandee?|sauf|hormis)\b"
)
_BRAIN_LESION = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|\d+|multiples?|plusieurs|unique)\s+(?:\w+\s+)?lesions?\s+(?:cerebr|cerebel|"
    r"encephal|supra|sus-t|sous-t)|\blesions?\s+(?:cerebr|cerebel|encephal)\w+\s+(?:unique\s+)?(?:de\s+)?\d|"
    r"\birm\s+(?:cerebrale|encephalique)[^;.,:]{0,25}:\s*(?!disparition|regression)(?:\w+\s+){0,2}metastases?\b"
)
_BENIGN = re.compile(
    r"\b(?:sequell\w*|vasculair\w*|ischem\w*|leuco\w*|meningiome\w*|aspecifi\w*|non\s+specifi\w*|avc|demyelin\w*|"
    r"benign\w*)\b"
)

_TREATED = re.compile(
    r"(?<!non )(?<!jamais )\b(?:traitee?s?|irradiee?s?|stereotax\w*|radiochirurg\w*|operee?s?|resequee?s?|exerese|"
    r"gamma-?knife|cyberknife|irradiation|radiotherapie)\b"
)
_NOT_TREATED = re.compile(
    r"\b(?:jamais|non|pas\s+encore|pas)\s+(?:ete\s+)?(?:irradiee?s?|traitee?s?|operee?s?)\b|"
    r"\bsans\s+traitement\s+local\b|\b(?:irradiation|radiotherapie|traitement\s+local|stereotaxie)\s+(?:non|pas)\s+"
    r"(?:encore\s+)?(?:faite?|realisee?|debutee?|commencee?)\b"
)
_TO_TREAT = re.compile(
    r"\ba\s+(?:irradier|traiter|discuter|operer)\b|\b(?:prevue?|envisagee?|programmee?|proposee?|place\s+d|"
    r"indication\s+d)"
)
_STABLE = re.compile(
    r"\b(?:irm|cerebr\w*|cerebel\w*|encephal\w*|lesions?|metastases?|stereotax\w*|radiochirurg\w*|"
    r"20\d\d|srs)\b[^;.]{0,45}(?<!mal)(?<!in)\b(?:stables?|controlee?s?|sans\s+(?:evolution|recidive|progression)|"
    r"en\s+reponse|bonne\s+reponse|reponse\s+complete)\b"
)
_OTHER_STABLE = re.compile(
    r"\b(?:maladie|pulmonaire|osseuse|hepatique|extra-?c\w*|dose|poids|corticoides?)\s+(?:\w+\s+)?stables?\b"
)
_SYMPTOMS = re.compile(
    r"(?<!a)(?<!pauci)\bsymptomatiques?\b|\b(?:cephalees?|htic|hypertension\s+intracranienne|oedeme|deficit\w*|"
    r"hemipar\w*|crises?|comitial\w*|vomissements|engagement|confusion|vertiges?|ataxi\w*|aphasi\w*|dysarthri\w*|"
    r"diplopi\w*|hemianopsi\w*|convulsi\w*|troubles? (?:de la marche|de l'equilibre|visuels?|du langage|"
    r"phasiques?|neurologiques?))\b"
)
_SEEN_ONLY = re.compile(r"oedeme")
_STEROIDS = re.compile(r"\b(?:cortico\w*|solupred|prednis\w*|dexamethasone|solumedrol|medrol|cortancyl)\b")
_EVOLVING = re.compile(r"\b(?:apparition|nouve\w+|decouverte?s?|progression|augmentation|evolutives?|majoration)\b")


def read_sites(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """Sites that the sentence calls metastatic, or the place of a relapse outside the primary's own organ."""
    if sentence.role in (Role.FAMILY, Role.HISTORY) or sentence.asks or _blood_or_cns(organs):
        return
    imaged = bool(sentence.marks & _IMAGED)
    if imaged:
        _no_brain(sentence, facts)
    told = len(facts.of("disease.metastatic_sites"))
    brain = _named_sites(sentence, facts, organs)
    _plain_findings(sentence, facts, organs)
    if "autre" in sentence.low:
        _no_other_site(sentence, facts, told=len(facts.of("disease.metastatic_sites")) > told)
    if "lesion" in sentence.low and not _own("bone", organs):
        for match in _LYTIC.finditer(sentence.low):
            if standing(sentence, *match.span()) is Standing.STATED:
                facts.add("disease.metastatic_sites", "bone", sentence.quote(*match.span()))
    brain = brain or (imaged and _brain_lesion(sentence, facts, organs))
    if brain:
        _brain_state(sentence, facts)


_AWAY = re.compile(
    r"\b(?P<organ>foie|hepati\w+|pulmon\w+|poumons?|osseu\w+|vertebr\w*|cerebr\w+|periton\w+|carcinose|ascite|surrenal\w*)\b"
)
_SEEN = re.compile(
    r"\b(?:fixations?|hyperfixations?|lesions?|nodules?|biopsi\w+|suspect\w*|localisations?|apparition|carcinose|ascite)\b"
)
_ORGAN_AWAY = {
    "foie": "liver",
    "hepa": "liver",
    "pulm": "lung",
    "poum": "lung",
    "osse": "bone",
    "vert": "bone",
    "cere": "brain",
}


def may_be_spread(sentence: Sentence, organs: frozenset[str]) -> bool:
    """« TEP : fixation du foie, biopsie … »: something is seen away from the primary, whatever it is."""
    if sentence.asks or sentence.role in (Role.FAMILY, Role.HISTORY) or not _SEEN.search(sentence.low):
        return False
    for match in _AWAY.finditer(sentence.low):
        organ = _ORGAN_AWAY.get(match["organ"][:4])
        away = not (organ and _own(organ, organs)) and not _FREE_AFTER.match(sentence.low[match.end() :])
        if away and standing(sentence, *match.span()) in (Standing.STATED, Standing.SUSPECTED):
            return True
    return False


def _plain_findings(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> None:
    """What nobody calls a metastasis, because it can be nothing else beside a known cancer."""
    low = sentence.low
    for site, hint, pattern in (("lung", "pulmon", _OF_THE_LUNG), ("bone", "osseu", _COUNTED_IN_BONE)):
        if (hint not in low and "ballon" not in low) or not organs or _own(site, organs):
            continue
        for match in pattern.finditer(low):
            unsure = _UNCERTAIN.search(low[match.start() :]) or _FREE_AFTER.match(low[match.end() :])
            if not unsure and standing(sentence, *match.span()) is Standing.STATED:
                facts.add("disease.metastatic_sites", site, sentence.quote(*match.span()))


def _no_other_site(sentence: Sentence, facts: Facts, *, told: bool) -> None:
    """« Carcinose, pas d'autre localisation », « pas d'autre localisation que péritonéale »: the list is whole."""
    match = _NO_OTHER_SITE.search(sentence.low)
    if match is None:
        return
    quote = sentence.quote(*match.span())
    named = [site for mention in METASTATIC_SITE_NAMES.find(match["but"] or "") for site in mention.ids]
    if named:
        for site in named:
            facts.add("disease.metastatic_sites", site, quote)
    if named or (told and not match["but"]):
        facts.add("complete", CompleteList.METASTATIC_SITES, quote)


def _named_sites(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> bool:
    """Adds every site named as metastatic; whether the brain is one."""
    found = sentence.named(METASTATIC_SITE_NAMES)
    brain = False
    for index, mention in enumerate(found):
        site = next(iter(mention.ids)) if len(mention.ids) == 1 else None
        if site is None or not _is_metastasis(sentence, found[:index], mention, site, organs):
            continue
        start, end = part_around(sentence.low, mention.start, mention.end)
        if _NO_MORE.search(sentence.low[start:end]) and site != "brain":
            continue
        facts.add("disease.metastatic_sites", site, sentence.quote(start, end))
        brain = brain or METASTATIC_SITES.covers("brain", site)
    return brain


def _is_metastasis(
    sentence: Sentence, earlier: list[Mention], mention: Mention, site: str, organs: frozenset[str]
) -> bool:
    low = sentence.low
    said = standing(sentence, mention.start, mention.end)
    if said is not Standing.STATED or site in ("other", "distant_site", "visceral"):
        return False
    if _FREE_AFTER.match(low[mention.end :]) or _is_near(low, mention, site, organs):
        return False
    if _ALONE.search(low[mention.start : mention.end]) or _added_to_one_alone(low, earlier, mention):
        return True
    small = _TOO_SMALL.match(low[mention.end :]) and not _CALLED_METASTASIS.search(low[: mention.start])
    if _listed_after(low, earlier, mention, _TRIGGER):
        return not (small or _A_CANCER_AFTER.match(low, mention.end))
    if not organs or _own(site, organs) or small:
        return False
    if _listed_after(low, earlier, mention, _COURSE):
        return not (METASTATIC_SITES.covers("lymph_node", site) or _DENIED_COURSE.search(low[: mention.start]))
    proven = _PROVEN_AFTER.match(low[mention.end :]) if _PROVEN_BEFORE.search(low[: mention.start]) else None
    if proven:
        another = METASTATIC_SITES.covers("lung", site) and _ONE_NODULE.search(low[: mention.start])
        return not (METASTATIC_SITES.covers("lymph_node", site) or (another and "metasta" not in proven[0]))
    noun = _NOUN.search(low[: mention.start]) or re.match(
        r"(?:nodules?|lesions?|localisations?)\s", low[mention.start :]
    )
    return bool(noun and (_CONTEXT.search(low[: mention.start]) or _PROVEN.search(low[mention.end :])))


_FROM = re.compile(
    r"(?:coliques?|mammaires?|prostatiques?|renales?|bronchiques?|ovariennes?|thyroidiennes?|gastriques?|vesicales?)\b"
)
_A_METASTASIS = re.compile(r"\bmetas?(?:tases?)?\s+$")


_ON_THE_WALL = re.compile(r"\b(?:paroi|parietal\w*|cicatrice|mastectomie|locale|loco)\b")


_SURFACE = ("skin", "subcutaneous", "soft_tissue")
_LOCALLY = re.compile(r"\b(?:recidive|rechute|recurrence)s?\s+(?:loco-?\s?regionale|locale)s?\s+$")


def _is_near(low: str, mention: Mention, site: str, organs: frozenset[str]) -> bool:
    """« Récidive de la paroi : nodules cutanés » of a breast, « métastase colique » (as often of a colon as there)."""
    if _PER_OPERATIVE.match(low, mention.start):
        return True
    if site in _SURFACE and _LOCALLY.search(low[: mention.start]):
        return True
    if site == "skin" and organs and _own("breast", organs) and _ON_THE_WALL.search(low):
        return True
    return bool(_FROM.match(low, mention.start) and _A_METASTASIS.search(low[: mention.start]))


def _added_to_one_alone(low: str, earlier: list[Mention], mention: Mention) -> bool:
    """« Carcinose + foie »."""
    if not earlier or low[earlier[-1].end : mention.start].strip() != "+":
        return False
    return bool(_ALONE.search(low[earlier[-1].start : earlier[-1].end])) and not _TOO_SMALL.match(low[mention.end :])


def _listed_after(low: str, earlier: list[Mention], mention: Mention, trigger: re.Pattern[str]) -> bool:
    """Whether only sites and the words of a list stand between the trigger and the site."""
    last = None
    if not holds(low, _COURSE_HINTS if trigger is _COURSE else _TRIGGER_HINTS):
        return False
    for match in trigger.finditer(low, 0, mention.start + 1):
        last = match
    if last is None or last.end() > mention.start:
        return bool(last and last.start() < mention.end and last.end() <= mention.end + 1)
    between = list(low[last.end() : mention.start])
    for other in earlier:
        for index in range(max(other.start, last.end()), min(other.end, mention.start)):
            between[index - last.end()] = " "
    words = "".join(between)
    if "puis" in words and _YEAR.search(words):
        return False
    return bool(_FILLER.match(_IN_PARENTHESES.sub(" ", words) if "(" in words else words))


def _own(site: str, organs: frozenset[str]) -> bool:
    return touches(site, organs)


def _blood_or_cns(organs: frozenset[str]) -> bool:
    return may_be_of("haematologic", organs) or may_be_of("cns", organs)


def _no_brain(sentence: Sentence, facts: Facts) -> None:
    for pattern in _NO_BRAIN:
        match = pattern.search(sentence.low)
        if match is None:
            continue
        _, end = part_around(sentence.low, *match.span(), ";")
        if _COULD_BE.search(match[0]) or is_recent(sentence, sentence.low[match.start() : end], days=183) is False:
            continue
        facts.add("disease.brain_metastases", "none", sentence.quote(*match.span()))
        return


def _brain_lesion(sentence: Sentence, facts: Facts, organs: frozenset[str]) -> bool:
    """« Deux lésions cérébrales de 5 et 7 mm »: counted or measured, and not called something else."""
    match = _BRAIN_LESION.search(sentence.low) or _BRAIN_FOUND.search(sentence.low)
    if match is None or _BENIGN.search(sentence.low) or not organs:
        return False
    if standing(sentence, *match.span()) is not Standing.STATED:
        return False
    facts.add("disease.metastatic_sites", "brain", sentence.quote(*match.span()))
    return True


def _brain_state(sentence: Sentence, facts: Facts) -> None:
    """What the sentence that names the brain metastases says of them; a past state that nothing dates says nothing."""
    low = sentence.low
    treated = (
        bool(_TREATED.search(_NOT_TREATED.sub(" ", low))) and not _NOT_TREATED.search(low) and not _TO_TREAT.search(low)
    )
    symptoms = _stated(sentence, _SYMPTOMS)
    steroids = _stated(sentence, _STEROIDS)
    stable = bool(_STABLE.search(low)) and not _OTHER_STABLE.search(low)
    state = None
    if _NOT_TREATED.search(low) and not _TREATED.search(_NOT_TREATED.sub(" ", low)):
        state = "active" if symptoms or steroids else "untreated"
    elif treated and stable and not symptoms and not steroids:
        state = "treated_stable"
    elif not treated and (symptoms or steroids or _EVOLVING.search(low)) and is_recent(sentence, low):
        state = "active"
    if state:
        facts.add("disease.brain_metastases", state, sentence.original)
    if state == "active" and symptoms and _has_symptoms(sentence):
        named = Condition(name="métastases cérébrales symptomatiques", present=True)
        facts.add("conditions", named, sentence.original)


def _has_symptoms(sentence: Sentence) -> bool:
    """An oedema is seen, not felt."""
    found = [one for one in _SYMPTOMS.finditer(sentence.low) if not _SEEN_ONLY.match(one[0])]
    return any(standing(sentence, *one.span()) is Standing.STATED for one in found)


def _stated(sentence: Sentence, pattern: re.Pattern[str]) -> bool:
    return any(
        standing(sentence, match.start(), match.end()) is Standing.STATED for match in pattern.finditer(sentence.low)
    )
