"""Words of extent and state in a clause, each with what it asserts, before they are put together (`disease_groups`).

A word counts only where it speaks of the disease now: not of the setting of an earlier treatment, of another cancer, of
a risk, or of something else that can be advanced, early, recurrent or refractory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rules.criteria import AllOf, AnyOf, Extent, ExtentIn, Kind, Not, State, StateIs, Test, Unread
from rules.reading.clause import Clause
from rules.reading.phrases import masked, negated, segment_before, shifted
from rules.treatments import TREATMENT_NAMES


class Role(StrEnum):
    """How a word joins its neighbours: « non résécable » qualifies what is not metastatic."""

    METASTATIC = "metastatic"
    ADVANCED = "advanced"
    EXTENT = "extent"
    STATE = "state"
    UNRESECTABLE = "unresectable"
    STAGE = "stage"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Term:
    """A half-open span with the condition it asserts."""

    start: int
    end: int
    role: Role
    test: Test
    kind: Kind = Kind.EXTENT


METASTATIC = ExtentIn(frozenset({Extent.METASTATIC}))
LOCALLY_ADVANCED = ExtentIn(frozenset({Extent.BORDERLINE, Extent.LOCALLY_ADVANCED}))
ADVANCED = ExtentIn(frozenset({Extent.LOCALLY_ADVANCED, Extent.METASTATIC}))
LOCALISED = ExtentIn(frozenset({Extent.LOCALISED, Extent.BORDERLINE}))
NOT_METASTATIC = ExtentIn(frozenset(Extent) - {Extent.METASTATIC})
EARLY: Test = AnyOf((LOCALISED, AllOf((ExtentIn(frozenset({Extent.LOCALLY_ADVANCED})), Unread(Kind.EXTENT)))))
"""« précoce »: not metastatic; whether locally advanced counts differs by organ and author, so it is unknown."""
UNRESECTABLE: Test = Not(StateIs(State.RESECTABLE))
_RELAPSE, _REFRACTORY = StateIs(State.RELAPSE), StateIs(State.REFRACTORY)
_CASTRATION_RESISTANT = StateIs(State.CASTRATION_RESISTANT)


def _and_more(test: Test) -> Test:
    return AllOf((test, Unread(Kind.EXTENT)))


_NTH = r"(?:premiere|1e?re|1ere|deuxieme|seconde|2e|2eme|troisieme|3e|3eme|first|second|third|nieme)"
_CR_NAMES = r"(?:mcrpc|m-crpc|mcprc|cprcm|crpcm|cpmrc|cprc-m)"
_HS_NAMES = r"(?:mhspc|mcspc|mhnpc|mcphs|cphsm|cpmhs|mhspca)"
_CURATIVE = (
    r"(?:traitements? (?:local |loco-?regional |locaux |a visee )*curatifs?|traitement a visee curative|"
    r"(?:chirurgie|resection|exerese|radiotherapie) (?:a visee )?curative)"
)
_CURATIVE_EN = (
    r"(?:curative(?:[- ]intent)? (?:\w+ )?(?:treatment|therapy|surgery|resection|options?|radiotherapy)|"
    r"(?:surgery|resection|treatment|therapy|radiotherapy|surgical resection) (?:with|of) curative intent|"
    r"(?:complete |surgical |radical )*resection|local(?:ized)? curative \w+)"
)
_TAIL_CURATIVE = (
    r"(?:\s?\((?:[^()]*(?:chirurg|resection|surg|radio|rt\b)[^()]*)\)|(?:,)?\s(?:par |by )(?:chirurgie|resection|"
    r"surgery)(?: (?:ou|et/ou|et|or|and/or) (?:par )?(?:radiotherapie|irradiation|rt|radiation(?: therapy)?|"
    r"radiotherapy|rct))?)?"
)

_TABLE: tuple[tuple[str, Role, Test], ...] = (
    (
        r"(?:non|pas|not|in)[ -]?(?:(?:chirurgicalement|surgically|completely|curativement|d'emblee) )"
        r"?(?:resecables?|resectables?|operables?|extirpables?|resectable)"
        r"(?: (?:chirurgicalement|d'emblee|surgically|a visee curative))?|irresecables?|irresectable|"
        r"nonresectable|surgically (?:un|non-?)resectable",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (r"unresectable|un-resectable|inoperable", Role.UNRESECTABLE, UNRESECTABLE),
    (
        rf"(?:(?:ne (?:relevant|pouvant|sont|peut)\s?(?:pas )?(?:beneficier )?|non |pas |qui ne (?:peut|releve|"
        rf"relevent) (?:pas )?(?:beneficier )?)"
        rf"(?:accessibles?|eligibles?|candidats?|amenables?|relevant|justiciables?|susceptibles?|pas)?\s?(?:a|d'|"
        rf"de|pour|au)\s?(?:un |une |la |tout |l')?{_CURATIVE}"
        rf"|sans (?:possibilite|option|indication) (?:de |d'un |therapeutique )?{_CURATIVE}|non curables?(?: par)?"
        rf"|(?:non|pas) (?:accessibles?|eligibles?|candidats?) (?:a|pour) (?:une )?(?:la )?(?:resection|exerese)"
        rf"(?: chirurgicale| complete| curative| hepatique)*){_TAIL_CURATIVE}",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (
        rf"(?:not (?:be )?(?:amenable|suitable|eligible|accessible|candidates?|curable|a candidate|considered "
        rf"(?:amenable|suitable|curable))|ineligible|not curable|unsuitable|incurable)"
        rf" (?:to|for|by|with) (?:a |any |local |locoregional |surgery or )*{_CURATIVE_EN}{_TAIL_CURATIVE}",
        Role.UNRESECTABLE,
        UNRESECTABLE,
    ),
    (
        r"resecables?|operables?|resectable|operable|accessibles? a une (?:chirurgie curative|resection complete)",
        Role.STATE,
        StateIs(State.RESECTABLE),
    ),
    (
        r"non[- ]?metastati(?:que|ques|c)|sans (?:metastases?|dissemination)(?: a distance| viscerales?| "
        r"decelables?| connues?| detectables?)*|"
        r"(?:absence|pas) (?:de |d'extension )?metasta(?:ses?|tique)(?: a distance)?|(?:no|without|absence of)(?: "
        r"any| known| evidence of| radiographic| signs? of)*"
        r" (?:distant )?(?:metasta(?:sis|ses|tic disease)|m1 disease)|\bm0\b(?! status)|indemnes? de "
        r"metastases?(?: a distance)?|nm(?:crpc|cprc)(?=x)",
        Role.EXTENT,
        NOT_METASTATIC,
    ),
    (r"nm-?crpc|cprc ?nm|nmcprc|cprcnm", Role.STATE, AllOf((_CASTRATION_RESISTANT, NOT_METASTATIC))),
    (_CR_NAMES, Role.STATE, AllOf((_CASTRATION_RESISTANT, METASTATIC))),
    (r"crpc|cprc", Role.STATE, _CASTRATION_RESISTANT),
    (_HS_NAMES, Role.STATE, AllOf((Not(_CASTRATION_RESISTANT), METASTATIC))),
    (r"hspc|cspc|cphs", Role.STATE, Not(_CASTRATION_RESISTANT)),
    (
        r"non[- ]?(?:resistante?s? a la castration|castration[- ]resistant)|sensibles? a la castration|naifs? de "
        r"castration|"
        r"castration[- ](?:sensitive|naive|responsive)",
        Role.STATE,
        Not(_CASTRATION_RESISTANT),
    ),
    (
        r"hormono-?(?:sensibles?|naifs?|dependante?s?)|hormone[- ](?:sensitive|naive)",
        Role.STATE,
        Not(_CASTRATION_RESISTANT),
    ),
    (
        r"(?:resistante?s?|refractaires?) a la castration|castration[- ](?:resistant|refractory)",
        Role.STATE,
        _CASTRATION_RESISTANT,
    ),
    (
        r"hormono-?(?:resistante?s?|refractaires?)|hormone[- ](?:refractory|resistant)",
        Role.STATE,
        _CASTRATION_RESISTANT,
    ),
    (r"oligo-?metastati(?:que|ques|c)|oligo-?metasta(?:ses?|sis)", Role.METASTATIC, _and_more(METASTATIC)),
    (
        r"(?:maladies? |en phase |en situation |au stade |stade )?metastati(?:que|ques|c)(?: (?:disease|stage|"
        r"d'emblee|synchrone|metachrone|de novo))?|"
        r"metastases? a distance|(?:distant|systemic) metasta(?:sis|ses)|presence (?:de|of)(?: distant)? "
        r"metasta(?:ses?|sis)(?=\W*$)|^\W*metasta(?:ses?|sis)(?=\W*$)|"
        r"de novo metastatic|maladie disseminee",
        Role.METASTATIC,
        METASTATIC,
    ),
    (r"metastase(?=s? (?:non |in|ir|un)?(?:resecable|operable))s?", Role.METASTATIC, METASTATIC),
    (
        r"locally(?:[- ]| )advanced|localement[- ](?:tres )?(?:avancee?s?|evoluee?s?)|loc\.? ?avancee?s?|"
        r"loco-?regionalement avancee?s?|loco-?regionally advanced|"
        r"avancee?s? localement",
        Role.EXTENT,
        LOCALLY_ADVANCED,
    ),
    (
        r"(?:a un |au |en |de )?(?:stade |stage |phase )?(?:avancee?s?|advanced)(?:[- ](?:stage|disease))?",
        Role.ADVANCED,
        ADVANCED,
    ),
    (r"localisee?s?|localized|localised", Role.EXTENT, LOCALISED),
    (
        r"(?:a un |au |de )?(?:stade|maladie) precoce|early[- ]stage|(?:early|precoces?)(?= (?:\w+[ -])"
        r"{0,3}(?:cancer|carcinoma|nsclc|breast|tumou?r|disease))|"
        r"(?<=sein )precoce|(?<=invasif )precoce|early(?= breast)",
        Role.EXTENT,
        EARLY,
    ),
    (rf"(?:en |a la )?(?:{_NTH} )(?:rechutes?|recidives?|relapse|recurrence)", Role.STATE, _and_more(_RELAPSE)),
    (
        r"(?:(?:en )?(?:rechutes?|recidives?) (?:locale?s?|loco-?regionales?|locoregionale?s?)(?: isolees?)?|"
        r"local(?:ly)?(?: |-)recurren(?:t|ce)|"
        r"loco-?regional(?:ly)? recurren(?:t|ce))",
        Role.STATE,
        AllOf((_RELAPSE, NOT_METASTATIC)),
    ),
    (r"\br/r\b|\brel/ref\b", Role.STATE, AnyOf((_RELAPSE, _REFRACTORY))),
    (
        r"(?:en (?:situation de )?|au stade de )?(?:rechutes?|recidives?)|rechutee?s?|recidivante?s?|recidivees?|"
        r"recurrente?s?|relaps(?:e|ed|ing)|recurrent|recurrence",
        Role.STATE,
        _RELAPSE,
    ),
    (r"refractaires?|refractory", Role.STATE, _REFRACTORY),
    (
        r"nouvellement diagnostique(?:e|s|es)?|newly[- ]diagnosed|de diagnostic recent|recemment diagnostique(?:e|"
        r"s|es)?|de novo diagnosed",
        Role.STATE,
        StateIs(State.NEWLY_DIAGNOSED),
    ),
    (
        r"(?:en )?(?:(?:1re|1ere|premiere|2e|deuxieme) rc\b|rc[12]\b|cr[12]\b|(?:premiere|1re|1ere|deuxieme|2e|"
        r"first|second) (?:remission|reponse) "
        r"complete|(?:first|second) complete remission)",
        Role.STATE,
        _and_more(StateIs(State.REMISSION)),
    ),
    (
        r"(?:en )?remission complete|en reponse complete|(?:in )?complete remission",
        Role.STATE,
        StateIs(State.REMISSION),
    ),
    (
        r"(?:maladie |disease )?en progression(?: (?:documentee|radiologique|tumorale|clinique|selon \w+))?|"
        r"progressive disease|(?:documented|radiographic|radiological|objective) "
        r"(?:disease |tumou?r )?progression|progression (?:radiologique |tumorale |clinique |de la maladie |"
        r"objective )*documentee|maladie (?:progressive|evolutive)|"
        r"progression (?:radiologique|tumorale|de la maladie)(?: (?:selon|prouvee|confirmee|objective)[^,;()]{0,25})?",
        Role.STATE,
        StateIs(State.PROGRESSION),
    ),
    (
        r"(?:lymphomes? (?:\w+ ){0,2}|folliculaire |indolent |lnh )transformee?s?|transformed (?:follicular|"
        r"indolent|lymphoma|nhl|dlbcl)(?: lymphoma)?|"
        r"transformation (?:histologique|en lymphome agressif)|histologic(?:al)? transformation",
        Role.STATE,
        StateIs(State.TRANSFORMED),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable|detectable)|(?:minimal|measurable) residual disease)(?: "
        r"?\(mrd\))?[ -]?(?:>=|≥|>)\s?(?:10|0[.,]0|1)[^,;)]{0,12}",
        Role.STATE,
        _and_more(StateIs(State.MRD_POSITIVE)),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable|detectable)|(?:minimal|measurable) residual disease)(?: "
        r"?\(mrd\))?[ -]?(?:status )?(?:negati(?:ve|f|vity)e?s?|indetectable|undetectable|neg\b)|"
        r"mrd ?-(?![\w]|\s?\w)|umrd",
        Role.STATE,
        StateIs(State.MRD_NEGATIVE),
    ),
    (
        r"(?:mrd|maladie residuelle (?:minimale|mesurable)|(?:minimal|measurable) residual disease)(?: ?\(mrd\))"
        r"?[ -]?(?:status )?(?:positi(?:ve|f|vity)e?s?|detectable|persistante|pos\b|\+)",
        Role.STATE,
        StateIs(State.MRD_POSITIVE),
    ),
)
_PATTERNS = tuple((re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])"), role, test) for words, role, test in _TABLE)

_LIKELY = re.compile(
    r"metast|avanc|advanced|evolu|localis|localiz|precoce|early|rechut|recidiv|relaps|recurr|refract|r/r|rel/ref|"
    r"progress|remission|rc1|rc2|e rc\b|cr1|cr2|reponse|castrat|hormon|"
    r"crpc|cprc|spc|cphs|cpmhs|mhnpc|mrd|residu|transform|resec|opera|resect|curati|curab|diagnos|m0|disseminee"
)
_OTHER_THINGS_BEFORE = re.compile(
    r"(?:anemie|anemia|hypertension|hta|infections?|nausees?|epileps\w*|douleurs?|ascites?|cytopenies?|"
    r"epanchements?(?: \w+)?|vomissements?|diarrhees?|angor|angine|"
    r"thrombo\w*|effusions?|seizures?|pain|age|ages|fibrose|cirrhose|demence|insuffisance \w+|grossesse|"
    r"techniques?|imagerie|nerf|toxicit\w*|arrets?|detection|"
    r"amylo\w*|ganglions?|adenopath\w*|lesions?|nodules?|bilan|biops\w*|atteinte|extension|potentiel|borderline|"
    r"limite|potentiellement|potentially|"
    r"oxygen\w*|heart|liver|kidney|renal|hepatic|pulmonary|cardiac|respiratory|more|plus|colite|pneumopath\w*|"
    r"hemorrag\w*|saignements?|avc|stroke|herpes|zona|hepatite|"
    r"micro-?|extra-?|rapidly|rapidement|nodes?|scans?|hydroceph\w*|mucite|migraines?|uveite|cystite|hernies?|"
    r"ulceres?|vte|tvp|embolie|thrombus|gout|depress\w*|uti)[\s-]+(?:\w+\s)?$"
)
_OTHER_THINGS_AFTER = re.compile(
    r"[\s-]+(?:(?:\w+\s)?lesions?\b|adenom|or end-stage|sites?|lymph|nodes?|ganglion|foci|deposit|biops\w*|tissue|"
    r"sample|workup|spread|"
    r"age\b|liver|renal|kidney|heart|cardiac|pulmonary|lung disease|directive|practice|imaging|glycation|"
    r"neuropath|or recurrent (?:infection|uti)|(?:pleural|pericardial|pneumo|"
    r"infection|effusion|ascites|anemia|nausea|hypertension|seizure|epilep|pain|thrombo|uti|fever|vomit|diarrh|"
    r"autoimmun|episodes?|laryngeal|herpes|stroke|dvt|vte|"
    r"bacter|urinary|depress|aspiration)\w*|au niveau|a droite|a gauche|dans (?:le|la|l'|un)|to the\b|within the|"
    r"in the (?:upper|lower|left|right)|score|"
    r"therapy\b|irradiation|radiotherapy|phase|menopaus|detection|infiltrat|de traitement|en imagerie|stage "
    r"i?v?\b(?= chronic))"
)
_STATE_OF_TREATMENT = re.compile(
    r"[\s,-]*(?:a|au|aux|a la|to|vis-a-vis)\s(?!un stade|la castration|l'inclusion|the time|diagnos)"
)
_TIME_LIMITED = re.compile(
    r"[\s,(]*(?:survenant |survenue? |occurring |diagnostiquee? |documentee? |dans un delai de |plus de |moins de "
    r"|au moins |"
    r"at least |less than |more than |[<>≥≤=\\]+\s?)*(?:\d+\s?(?:ans?|annees?|mois|semaines?|sem\b|jours?|j\b|m\b|"
    r"years?|months?|"
    r"weeks?|days?)|dans les|within|depuis|for \d|precoce|tardive|biologique|biochimique|biochemical|moleculaire|"
    r"neuro|meninge|"
    r"medullaire|extra|testicul|cerebral|isole|symptom|psa)"
)
_PROGRESSION_OF_TREATMENT = re.compile(
    r"[\s,(]*(?:\w+[\s)]+){0,3}?(?:sous|apres|pendant|durant|au cours|lors|during|on|after|following|while|since|"
    r"depuis|dans les|within|despite|malgre|to|a un|au|avant|under|upon|post)\b"
)
_TREATMENT_WORD = re.compile(
    r"\b(?:lignes?|lines?|traitee?s?|traites?|traitements?|treat\w*|chimio\w*|chemo\w*|\w*therap\w*|recue?s?|"
    r"recevoir|received|receiving|receipt|regimens?|"
    r"prior|anterieure?s?|previous\w*|agents?|inhibit\w*|anti-\w+|drugs?|radiation|chirurgie|surgery|resection|"
    r"resequee?s?|operee?s?|greffe\w*|transplant\w*|toxicit\w*|"
    r"exposition|exposed|naifs?|naive)\b"
)
_THIS_LINE = re.compile(
    r"^\W*(?:(?:patients?|indication|en|pour|de|d'une?|un|traitement|a|treatment|in|for|the|debut(?:ant)?|"
    r"initiation|avec|of)\W+)*(?:1e?re|1ere|premiere|first|1st|2e|2eme|deuxieme|"
    r"second|2nd|3e|troisieme|third)[ -](?:ou plus )?(?:lignes?|line)\b(?:\W+(?:de|du|d'un|d'une|traitement|"
    r"treatment|of|for|un|le|la|systemique|cancers?|tumeurs?|carcinomes?|"
    r"adenocarcinomes?|therapy)\b)*(?:\s?\w+){0,4}\W*$"
)
_SETTING_AFTER = re.compile(
    r"(?:[/ ](?:metastatic|advanced|refractory|and|or|et|ou|recurrent|relapsed|metastatique|avancee?))"
    r"*\s?-?(?:setting|situation|contexte|phase|settings)\b"
)
_MOMENT_BEFORE = re.compile(
    r"\b(?:at|a la|lors de la|lors du|au moment de la|time of|since|depuis la|until|jusqu'a la|before|avant|delai "
    r"de|date of|date de la|date de)"
    r"\s(?:the |last |first |derniere |premiere )?$"
)
_QUALIFIED_NO_MORE = re.compile(r"\s?(?:ou|or)\s(?:non|not)\b(?![ -](?:metasta|resec|oper))")
_DIAGNOSED_OTHER = re.compile(r"(?:metastas|diabet|\bhiv\b|\bvih\b|hepatit|hypertens|embol|thrombo|brain|cerebr)")
_UNCERTAIN_AFTER = re.compile(r"\s?(?:suspect|possible|probable|\?)")
_PARTIAL_TOO = re.compile(
    r"\s?(?:\w+ )?(?:\(?\w{2,3}\)?\s?)?(?:ou|or|/|et/ou)\s?(?:\w+ ){0,2}(?:partiel|partial|rp\b|pr\b|vgpr|tbrp|"
    r"cri\b|crh)"
)


def find_terms(clause: Clause) -> list[Term]:
    """The words of extent and state of the disease now, left to right; of two that overlap the first of the table."""
    plain = masked(clause.plain)
    found: list[Term] = []
    if not _LIKELY.search(plain):
        return found
    for pattern, role, test in _PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            found.append(Term(match.start(), match.end(), role, test))
    drugs = _drugs(clause, found) if found else []
    return sorted(_kept(plain, found, drugs, clause), key=lambda term: term.start)


def _drugs(clause: Clause, found: list[Term]) -> list[int]:
    """Where treatments are named, but for the castration that the disease resists."""
    return [
        mention.start
        for mention in TREATMENT_NAMES.find_tokens(clause.words)
        if not any(mention.start < term.end and term.start < mention.end for term in found)
    ]


def _kept(plain: str, found: list[Term], drugs: list[int], clause: Clause) -> Iterator[Term]:
    for term in found:
        if not _speaks_of_now(plain, term, drugs) or not _fits(plain, term, clause):
            continue
        denial = negated(plain, term.start)
        if denial is not None and term.role is not Role.UNRESECTABLE and term.test is not NOT_METASTATIC:
            yield Term(denial, term.end, Role.STATE, _denied(term.test), term.kind)
        elif not shifted(plain, term.start):
            yield term


def _denied(test: Test) -> Test:
    return NOT_METASTATIC if test == METASTATIC else Not(test)


def _speaks_of_now(plain: str, term: Term, drugs: list[int]) -> bool:
    before = segment_before(plain, term.start)
    begin = term.start - len(before)
    treated = _TREATMENT_WORD.search(before) or any(begin <= drug < term.start for drug in drugs)
    if treated and not (
        _THIS_LINE.match(plain[: term.start]) and not re.search(r"apres|after|anterieur|prior", before)
    ):
        return False
    return not (_SETTING_AFTER.match(plain, term.end) and _TREATMENT_WORD.search(plain))


def _fits(plain: str, term: Term, clause: Clause) -> bool:
    """Whether the words beside a term leave it what the table says."""
    before, words = plain[: term.start], plain[term.start : term.end]
    if _OTHER_THINGS_BEFORE.search(before) or _OTHER_THINGS_AFTER.match(plain, term.end):
        return False
    if _QUALIFIED_NO_MORE.match(plain, term.end) or _UNCERTAIN_AFTER.match(plain, term.end):
        return False
    if (
        re.search(r"hormon", words)
        and not re.search(r"prostat|castration|androgen", plain)
        and "prostate" not in clause.organs
    ):
        return False
    if "stade avance" in words and re.search(r"hodgkin|lymphom|leucem", plain):
        return False
    states = set(re.findall(r"rechut|recidiv|relaps|recurr|refract|progress|remission|reponse|diagnos", words))
    return not (states and _restricted(plain, term, states))


def _restricted(plain: str, term: Term, states: set[str]) -> bool:
    """Whether a state is of a treatment, within a time or of another thing, which is more than the state says."""
    if states & {"rechut", "recidiv", "relaps", "recurr", "progress"} and _MOMENT_BEFORE.search(plain[: term.start]):
        return True
    if states & {"refract"} and "castration" not in plain[term.start : term.end]:
        return _STATE_OF_TREATMENT.match(plain, term.end) is not None
    if states & {"progress"}:
        return _PROGRESSION_OF_TREATMENT.match(plain, term.end) is not None
    if states & {"remission", "reponse"}:
        return _PARTIAL_TOO.match(plain, term.end) is not None or _TIME_LIMITED.match(plain, term.end) is not None
    if states & {"diagnos"}:
        return _DIAGNOSED_OTHER.search(plain[max(term.start - 40, 0) : term.end + 40]) is not None
    return _TIME_LIMITED.match(plain, term.end) is not None
