"""The words of extent and state that speak of the disease now (`disease_terms` says what each asserts).

Not of the setting of an earlier treatment, of another cancer, of a risk, or of something else that can be advanced,
early, recurrent or refractory.
"""

import re
from collections.abc import Iterator

from rules.criteria import Kind, Not, Polarity, Test
from rules.hinted import hinted
from rules.organs import METASTATIC_SITE_NAMES, ORGAN_NAMES
from rules.reading.clause import Clause
from rules.reading.curability import reaches
from rules.reading.disease.course import LATELY, NEITHER, NO_RELAPSE
from rules.reading.disease.groups import are_joined
from rules.reading.disease.roles import HIGH_VOLUME, METASTATIC, NO_DISEASE_LEFT, NOT_METASTATIC, Role, Term
from rules.reading.disease.terms import PATTERNS, as_told
from rules.reading.disease.tumour_context import ends_a_denied_list
from rules.reading.phrases import masked, negated, segment_before, shifted
from rules.treatments import TREATMENT_NAMES

_OPENS_WITH_SETTING = re.compile(r"(?:en|au|a un) (?:stade|situation|phase)")
_LIKELY = re.compile(
    r"metast|volume|avanc|advanced|evolu|localis|localiz|precoce|early|rechut|recidiv|relaps|recurr|refract|r/r|rel/ref|"
    r"progress|remission|rc ?[1-3≥>]|e rc\b|cr1|cr2|reponse|castrat|hormon|"
    r"crpc|cprc|spc|cphs|cpmhs|mhnpc|mrd|residu|transform|resec|opera|resect|\bm1|m\+|curati|curab|ressource|diagnos|m0|"
    r"disseminee|rrmm|\bned\b|reliquat|indemne|libres?\b|free\b|access|eligib|candidat|amenab|irradiab|radical|definitif|loco-?region|persist|biochim|"
    r"hormonal"
)
_OTHER_THINGS_BEFORE = hinted(
    r"\b(?:essais?|etudes?|trials?|study|anemie|anemia|hypertension|hta|infections?|nausees?|epileps\w*|douleurs?|"
    r"ascites?|cytopenies?|"
    r"epanchements?(?: \w+)?|compressions?(?: \w+)?|stenoses?(?: \w+)?|fractures?(?: \w+)?|vomissements?|"
    r"diarrhees?|angor|angine|"
    r"thrombo\w*|effusions?|seizures?|pain|age|ages|fibrose|cirrhose|demence|insuffisance \w+|grossesse|"
    r"techniques?|imagerie|scores?|adp|aspects?|nerf|toxicit\w*|arrets?|detection|"
    r"amylo\w*|ganglions?|adenopath\w*|lesions?|nodules?|bilan|biops\w*|atteinte|extension|potentiel|"
    r"borderline(?! (?:ou|or)\b)|"
    r"limite|potentiellement|potentially|"
    r"oxygen\w*|heart|liver|kidney|renal|hepatic|pulmonary|cardiac|respiratory|more|plus|colite|pneumopath\w*|"
    r"hemorrag\w*|saignements?|avc|stroke|herpes|zona|hepatite|"
    r"micro-?|extra-?|rapidly|rapidement|nodes?|scans?|hydroceph\w*|mucite|migraines?|uveite|cystite|hernies?|"
    r"ulceres?|vte|tvp|embolie|thrombus|gout|depress\w*|uti)[\s-]+(?:\w+\s)?$"
)
_IS_A_TUMOUR = re.compile(
    r"\b(?:carcinom\w*|adenocarcinom\w*|cancers?|tumeurs?|sarcom\w*)\s(?:\w+\s)?(?:renale?s?|hepatiques?|renal)\s"
    r"(?:\w+\s)?$|\b(?:renal|kidney|liver|hepatic)\s(?:\w+\s)?(?:carcinoma|cancer)\s$"
)
"""« Carcinome rénal papillaire métastatique »."""
_AT_MOST_BEFORE = re.compile(
    r"(?:[≤<]=?|pas plus d(?:e |')|au (?:plus|maximum)|maximum|jusqu'a|moins d(?:e |')|no more than|at most|up to)\s?"
    r"(?:\d|une?|deux|trois|one|two|three)\s$"
)
"""« ≤ 2 rechutes » asks for none."""
_COMPLAINT_BEFORE = hinted(
    r"\b(?:douleurs?|infections?|toxicites?|anemies?|thrombo\w*|embolies?|ascites?|epanchements?|pleuresies?|"
    r"hypercalcemies?|diarrhees?|nausees?|vomissements?|saignements?|hemorragies?|cytopenies?|neutropenies?|"
    r"pneumopathies?|pneumonit\w*|crises?|convulsions?|epilepsies?|symptomes?|fievre|herpes|zona|colites?|hepatites?|"
    r"pancreatites?|cystites?|lithiases?|arythmies?|syncopes?|depressions?|effusions?|pain|infection|bleeding|seizures?|"
    r"toxicity|toxicities|effets? indesirables?|adverse events?|evenements?)\b[^,;:.()]{0,40}$|"
    r"\b(?:immuno-?medi\w*|immuno-?induit\w*|immune-?related|irae?s?|eiim?s?)\b[^;.]{0,60}$"
)
"""What comes back or lasts there is a complaint."""
_OTHER_THINGS_AFTER = re.compile(
    r"[\s-]+(?:(?:\w+\s)?lesions?\b|metastas[ei]s\b|(?:did|has|have) not\b|(?:or|ou) system\w+|keratit|"
    r"(?:cancer )?(?:treatment|chemotherapy)\b|adenom|or end-stage|sites?|lymph|nodes?|nodal|ganglion|foci|deposit|"
    r"biops\w*|tissue|"
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
    r"(?:\s(?:ou|et/ou|or)\s(?:intoleran\w+|resistan\w+|non[- ]repond\w+))?[\s,-]*"
    r"(?:a|au|aux|a la|to|vis-a-vis)\s(?!un stade|la castration|l'inclusion|the time|diagnos)"
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
    r"\b(?:lignes?|lines?|l[1-4]|traitee?s?|traites?|traitements?|treat\w*|chimio\w*|chemo\w*|\w*therap\w*|recue?s?|"
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
_SETTING_AFTER = hinted(
    r"(?:[/ ](?:metastatic|advanced|refractory|and|or|et|ou|recurrent|relapsed|metastatique|avancee?))"
    r"*\s?-?(?:setting|situation|contexte|phase|settings)\b"
)
_SETTING_BEFORE = re.compile(
    r"\b(?:en|au|in the|in an?)(?: (?:stade|situation|phase|contexte))? ?(?:\w+ ?){0,2}$|"
    r"\b(?:situation|contexte|phase|setting)\b[^.;:(]{0,40}$"
)
_GIVEN = re.compile(r"\b(?:deja|recue?s?|received|anterieure?s?|prior|previous\w*|lignes?|lines?|exposition)\b")
_NO_RELAPSE = re.compile(
    r"(?:pas|absence|sans|aucune?|no|without) (?:de |d'|of )?(?:\w+ )?(?:rechute|recidive|relapse|recur)"
)
"""Of the present: a patient in a second remission has none, whose disease did relapse."""
_MOMENT_BEFORE = re.compile(
    r"\bat (?:the )?(?:original |initial |time of )*diagnosis (?:or|and/or) (?:at )?$|"
    r"\b(?:at|a la|lors de la|lors du|au moment de la|time of|since|depuis la|until|jusqu'a la|before|avant|delai "
    r"de|date of|date de la|date de)"
    r"\s(?:the |last |first |derniere |premiere )?$"
)
_PROVED_AFTER = re.compile(
    r"\b(?:confirm\w*|prouv\w*|document\w*|biops\w*|prelev\w*|histo\w*|anapath\w*|verifi\w*)\b[^,;:]{0,40}\b(?:apres|depuis|after|since)\s"
    r"(?:la |le |the )?(?:derniere |dernier |last |most recent )?$"
)
_QUALIFIED_NO_MORE = re.compile(r"\s?(?:ou|or)\s(?:non|not)\b(?![ -](?:metasta|resec|oper))")
_DIAGNOSED_OTHER = re.compile(r"(?:metastas|diabet|\bhiv\b|\bvih\b|hepatit|hypertens|embol|thrombo|brain|cerebr)")
_UNCERTAIN_AFTER = re.compile(
    r"\s?(?:suspect(?!\w*\s(?:ou|et/ou|or)\s(?:confirm|prouv|prove|aver))|possible|probable|\?)"
)
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
    for reach in reaches(plain):
        found.append(Term(reach.start, reach.end, Role.UNRESECTABLE if reach.denied else Role.STATE, reach.test))
    for pattern, role, test in PATTERNS:
        for match in pattern.finditer(plain):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            setting = _OPENS_WITH_SETTING.match(match[0]) is not None
            told = as_told(test, match[0])
            kind = Kind.MEASURABLE if test == NO_DISEASE_LEFT else Kind.EXTENT
            found.append(Term(match.start(), match.end(), role, told, kind, opens_with_setting=setting))
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
    earlier: Term | None = None
    bare = _without(plain, found)
    for term in sorted(found, key=lambda one: one.start):
        same = earlier is not None and are_joined(plain, earlier.end, term.start)
        outside = _BRACKET.sub(lambda one: "(".ljust(len(one[0])), bare[: term.start]) + bare[term.start :]
        if same or not _speaks_of_now(outside, term, drugs):
            earlier = term  # « non résécable, récidivante ou métastatique »: all of it is of that earlier treatment
            continue
        if not _fits(plain, term, clause):
            continue
        if _is_of_polarity(clause, plain, term):
            continue
        denial = negated(plain, term.start)
        if denial is not None and _NO_RELAPSE.match(plain, denial):
            continue
        if denial is not None and term.role is not Role.UNRESECTABLE and term.test is not NOT_METASTATIC:
            yield Term(denial, term.end, Role.STATE, _denied(term.test), term.kind)
        elif not shifted(outside, term.start):
            yield term


def _is_of_polarity(clause: Clause, plain: str, term: Term) -> bool:
    """Whether a term must not be read here: « sans récidive » of something that stands before it, or among exclusions,
    where a demand has slipped in; a progression of the last months that excludes."""
    if term.test == NO_DISEASE_LEFT:
        return clause.polarity is Polarity.EXCLUSION or _OF_ANOTHER.search(plain) is not None
    if term.test in (NO_RELAPSE, NEITHER):
        before = segment_before(plain, term.start)
        return clause.polarity is Polarity.EXCLUSION or _PEOPLE_ONLY.fullmatch(before) is None
    return term.test == LATELY and clause.polarity is Polarity.EXCLUSION


_OF_ANOTHER = re.compile(r"\b(?:autres?|other|antecedents?|history|second|prior|previous)\b")
_PEOPLE_ONLY = re.compile(r"\W*(?:(?:patiente?s?|participants?|presentant|ayant|with|et|ou|en) ?)*")


def _without(plain: str, found: list[Term]) -> str:
    """The text without the terms: « non accessible à une chirurgie » names no treatment that was given."""
    kept = list(plain)
    for term in found:
        kept[term.start : term.end] = " " * (term.end - term.start)
    return "".join(kept)


def _denied(test: Test) -> Test:
    return NOT_METASTATIC if test == METASTATIC else Not(test)


_BRACKET = re.compile(r"\([^()]*\)")
"""« Réfractaire (pas de réponse à la 1re ligne) ou en rechute »: what stands in brackets is of the word before."""


def _speaks_of_now(plain: str, term: Term, drugs: list[int]) -> bool:
    before = segment_before(plain, term.start)
    begin = term.start - len(before)
    treated = _TREATMENT_WORD.search(before) or any(begin <= drug < term.start for drug in drugs)
    if treated and not (
        _THIS_LINE.match(plain[: term.start]) and not re.search(r"apres|after|anterieur|prior", before)
    ):
        return False
    setting = _SETTING_BEFORE.search(plain[: term.start]) or term.opens_with_setting
    if setting and _was_given(plain, term, drugs):
        return False
    return not (_SETTING_AFTER.match(plain, term.end) and _TREATMENT_WORD.search(plain))


def _was_given(plain: str, term: Term, drugs: list[int]) -> bool:
    """Whether a treatment that was given stands anywhere before: what follows may be the setting it was given in."""
    before = plain[: term.start]
    treated = _TREATMENT_WORD.search(before) or any(drug < term.start for drug in drugs)
    return bool(treated) and _GIVEN.search(plain) is not None


_OF_METASTASES = re.compile(
    r"^(?!.*(?:lympho|ascit|leucem)).*(?:metasta|chaarted|m(?:hspc|cphs|hnpc|cspc)|cphsm|cpmhs)"
)


def _fits(plain: str, term: Term, clause: Clause) -> bool:
    """Whether the words beside a term leave it what the table says."""
    before, words = plain[: term.start], plain[term.start : term.end]
    if _is_of_another_thing(plain, term) or _is_a_stage_of_its_own(plain, words):
        return False
    if _is_of_a_site(plain, term, clause) or _is_one_of_a_list(plain, term, clause):
        return False
    if term.role in _PLACES and ends_a_denied_list(plain, term.start):
        return False
    if term.test in (HIGH_VOLUME, Not(HIGH_VOLUME)) and not _OF_METASTASES.search(plain):
        return False
    if "refract" in words and before.endswith("-"):
        return False  # « endocrino-réfractaire », "platinum-refractory"
    if _QUALIFIED_NO_MORE.match(plain, term.end) or _UNCERTAIN_AFTER.match(plain, term.end):
        return False
    if (
        re.search(r"hormon", words)
        and not re.search(r"prostat|castration|androgen", plain)
        and "prostate" not in clause.organs
    ):
        return False
    states = set(re.findall(r"rechut|recidiv|relaps|recurr|refract|progress|remission|reponse|diagnos", words))
    return not (states and _restricted(plain, term, states))


def _is_of_another_thing(plain: str, term: Term) -> bool:
    """Whether something that is no disease is advanced, comes back or lasts."""
    before = plain[: term.start]
    if term.role is Role.STATE and (_COMPLAINT_BEFORE.search(before) or _AT_MOST_BEFORE.search(before)):
        return True
    other = _OTHER_THINGS_BEFORE.search(before)
    own = other is not None and _IS_A_TUMOUR.search(before, 0, other.end()) is not None
    return (other is not None and not own) or _OTHER_THINGS_AFTER.match(plain, term.end) is not None


def _is_a_stage_of_its_own(plain: str, words: str) -> bool:
    """« Stade avancé » of a lymphoma, « avancé (C) » of BCLC."""
    if "avanc" in words and "bclc" in plain and "local" not in words:
        return True
    return "stade avance" in words and re.search(r"hodgkin|lymphom|leucem", plain) is not None


def _is_of_a_site(plain: str, term: Term, clause: Clause) -> bool:
    """« sans métastases cérébrales »: of one site only."""
    if term.test != NOT_METASTATIC or not re.search(r"metasta(?:ses?|sis)$", plain[term.start : term.end]):
        return False
    following = clause.text[term.end : term.end + 40]
    mentions = METASTATIC_SITE_NAMES.find(following)
    return any(
        re.fullmatch(r"\s*(?:(?:au|du|de la|de l'|des|aux|in the|to the)\s?)?", following[: one.start])
        for one in mentions
    )


def _is_one_of_a_list(plain: str, term: Term, clause: Clause) -> bool:
    """« mCRPC, sein ou ovaire », « …, CPRC, sein »: one of several tumours, so its state is not asked of all."""
    if not re.fullmatch(r"m?n?m?-?(?:crpc|cprc|hspc|cspc|cphs)m?", plain[term.start : term.end]):
        return False
    if not re.search(r"(?:^\W*|,\s)$", plain[: term.start]) or not _NEXT.match(plain, term.end):
        return False
    return any("prostate" not in one.ids for one in ORGAN_NAMES.find(clause.text[term.end : term.end + 50]))


_NEXT = re.compile(r",|\s(?:ou|or|et|and)\b")
_PLACES = frozenset({Role.METASTATIC, Role.ADVANCED, Role.EXTENT})


def _restricted(plain: str, term: Term, states: set[str]) -> bool:
    """Whether a state is of a treatment, within a time or of another thing, which is more than the state says."""
    if states & {"rechut", "recidiv", "relaps", "recurr", "progress"} and _MOMENT_BEFORE.search(plain[: term.start]):
        return True
    if _PROVED_AFTER.search(plain[: term.start]):
        return True  # « confirmé en histologie après la dernière rechute »: when it is to be proved
    if states & {"refract"} and "castration" not in plain[term.start : term.end]:
        return _STATE_OF_TREATMENT.match(plain, term.end) is not None
    if states & {"progress"}:
        return _PROGRESSION_OF_TREATMENT.match(plain, term.end) is not None
    if states & {"remission", "reponse"}:
        return _PARTIAL_TOO.match(plain, term.end) is not None or _TIME_LIMITED.match(plain, term.end) is not None
    if states & {"diagnos"}:
        return _DIAGNOSED_OTHER.search(plain[max(term.start - 40, 0) : term.end + 40]) is not None
    return _TIME_LIMITED.match(plain, term.end) is not None
