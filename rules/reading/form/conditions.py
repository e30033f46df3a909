"""Comorbidities, other cancers and current medicines, from one sentence."""

import re
from functools import cache

from rules.case import CompleteList, Condition, Medication
from rules.conditions import CONDITIONS, is_event, is_medication, is_other_cancer, is_silent
from rules.hinted import mark_of
from rules.immune_toxicity import SEVERE, is_graded, severe_in
from rules.lexicon import Mention
from rules.reading.form.another_cancer import ANOTHER, elsewhere, of_the_past
from rules.reading.form.context import Standing, of_another_time, part_around, standing
from rules.reading.form.dates import find_dates, iso
from rules.reading.form.facts import Facts
from rules.reading.form.participles import is_present_otherwise
from rules.reading.form.sentences import Role, Sentence

_NO_OTHER = re.compile(r"\b(?:pas\s+d'|sans\s+|aucun\s+|absence\s+d')$|\b(?:pas|sans|aucun)\s+(?:d')?antecedent\s+d'$")
_NOTHING_MORE = re.compile(r"^\s*(?:associe|connu|concomitant|anterieur|evolutif)?\s*(?:$|[.,;)])")
_ABOUT_TREATMENT = re.compile(
    r"\b(?:anti-?|contre|vaccin\w*|protocole|allergie\w*|intoleran\w*)\s*(?:a|au|aux|a\s+la|a\s+l')?\s*$"
)
_OVER = re.compile(
    r"\b(?:resol[uv]\w*|healed|cured|gueri\w*|regressi\w*|regresse\w*|disparu\w*|recuper\w*|initiale?s?|inaugural\w*|a\s+l'epoque|accouch\w*|sevre\w*|ancien\w*|corrige\w*|operee?s?|remission|"
    r"arret\w*)\b"
)
_OVER_AFTER = re.compile(
    r"^[^;.,]{0,40},\s*(?:resol[uv]|recuper|gueri|regressi|entierement\s+regress|sans\s+sequelle\s+ni\s+traitement)"
)
_ONLY_OF_NOW = re.compile(
    r"^\s*(?:\w+\s+)?(?:recente?s?|actuel\w*|acti(?:f|fs|ve|ves)|evoluti\w*|symptomatiques?|en\s+cours|"
    r"non\s+controle\w*|severes?|"
    r"decompense\w*|depuis|significati\w*|dans\s+les|majeure?s?)\b"
)
_WEANED = re.compile(r"^[^;.]{0,25}\bsevr|^\s*(?:stopp|arret)")
_SOBER = re.compile(r"\bsevre\w*|\bvir\w+\s+[bc]\s+(?:gueri\w*|eradiqu\w*)|\bvh[bc]\s+(?:gueri\w*|eradiqu\w*)")
_STOPPED = re.compile(
    r"\b(?:arret\w*|stopp\w*|interromp\w*|suspend\w*|sevr\w*|decroissance|bolus|jusqu\w*|termine\w*|ancien\w*|"
    r"auparavant|stop\b|"
    r"ex-|relais|"
    r"remplac\w*|relay\w*|anterieur\w*|en\s+(?:19|20)\d\d)"
)
_TAKEN = re.compile(
    r"\b(?:sous|par|traitements?(?:\s+(?:habituel|actuel|en\s+cours|personnel)\w*)?\s*:|recoit|prend|"
    r"au\s+long\s+cours|en\s+cours|"
    r"debute\w*|introdui\w*|poursui\w*|instaure\w*|actuel\w*|medicaments?|ttt\w*|avec|dose\s+stable)"
)
_ENDED_IT = re.compile(
    r"\b(?:resol[uv]\w*|gueri\w*|regress\w*|disparu\w*|traitee?s?|favorable|ameliore\w*)\s+(?:\w+\s+)?(?:sous|par|apres|"
    r"avec|on|with)\s+(?:\w+\s+){0,2}$"
)
"""« Colite résolue sous corticoïdes »: what was given for it is not told to go on."""
_TAKEN_FOR = re.compile(r"\s*(?:pour|depuis|a\s+vie)\b")
_BEGINS_A_PART = re.compile(r"(?:^\W*|[.,;:+]\s*)$")
_DOSE = re.compile(
    r"^\s*(?:a\s+|:\s*)?(?P<dose>\d+(?:[.,]\d+)?\s*(?:mg|ug|g|ui)(?:\s?/\s?(?:j(?:our)?|kg(?:/j)?|sem(?:aine)?|"
    r"24h))?)(?![\w%])"
)
_DOSE_IN_NAME = re.compile(r"\s(\d+)$")
_UNIT_AFTER = re.compile(r"\s*(?:mg|ug|g)(?:\s?/\s?j(?:our)?)?\b")
_TO_COME = re.compile(
    r"^[^,;.]{0,25}\b(?:a\s+(?:debuter|introduire|discuter|prevoir|envisager)|prevue?|envisage\w*|propose\w*|discute\w*|"
    r"programme\w*|demande\w*|refuse\w*|recuse\w*|planned|scheduled|considered|refused)\b"
)
_ONE_OF_TWO = re.compile(r"\b(?:vs|versus)\.?\s+(?:une?\s+|la\s+|le\s+|l')?$"), re.compile(r"\s*\b(?:vs|versus)\b")
_WAS_UNDER = re.compile(
    r"\b(?:(?:a|avait|ayant)\s+ete|etait|auparavant|was|previously)\s+(?:sous|on)\s+(?:\w+\s+){0,2}$"
)
_THE_CAUSE = re.compile(
    r"\b(?:arret\w*|stopp\w*|interromp\w*|interrupt\w*|suspend\w*|suspen\w*|annul\w*|report\w*|held|delayed)(?:\s+\w+){0,3}\s*"
    r"(?:(?:pour|for|sur|en\s+raison\s+d[e']|suite\s+a|due\s+to|because\s+of)\s*|\(\s*)(?:une?\s+|l'|des\s+)?(?:\w+\s+)?$"
)
_ACUTE = re.compile(
    r"(?:infect|colit|fievre|fever|diarr|pneumoni|mucit|sepsis|septic|zona|pyelon|bacteri|grippe|covid|cholang|angiochol|aspergil|pneumopath|tubercul|fistul|abces)"
)
_GONE_VIRUS = re.compile(
    r"[^;.]{0,40}\b(?:core\s+ab|(?:anti-?\s?)?hbc\s*(?:\+|pos|isole)|ag\s?hbs\s*:?\s*(?:-|neg)|hbsag\s*(?:-|neg))"
)
_NOT_A_CONDITION = re.compile(
    r"addictions?\s+oncogen|addictions?\s*(?=$|[.,;()])|greffee?s?\b(?!\s+(?:renale?|hepatique|cardiaque|pulmonaire|de\s+(?:rein|foie|coeur|"
    r"poumon|cornee)|d'organe))|fracture\s+socio|(?<=lam[- ])mrc\b|(?<=aml[- ])mrc\b"
)
_TUMOUR_ITSELF = frozenset({"brain_metastases", "cns_metastases", "richter_transformation"})
_CANCER_DRUG = frozenset({"methotrexate", "immunosuppressant"})
_IN_A_REGIMEN = re.compile(r"[-+/]\s*$"), re.compile(r"\s*[-+/]\s*[a-z]")
_GIVEN_WITH = re.compile(r"\b(?:abirateron\w*|zytiga|docetaxel|taxotere|cabazitaxel|jevtana)\W+(?:\w+\W+){0,2}$")


def read_conditions(sentence: Sentence, facts: Facts, organs: frozenset[str], *, blood: bool) -> None:
    """Conditions stated, denied or suspected. Another cancer only as such, and of another organ than the one discussed.

    `organs`: what the tumour under discussion may be; `blood`: whether it may be of the blood.
    """
    if sentence.asks or sentence.role is Role.FAMILY:
        return
    if sentence.marks & _MAY_BE_WHOLE:
        _is_whole(sentence, facts)
    if sentence.marks & _MAY_BE_IMMUNE:
        _severe_toxicity(sentence, facts)
    if "FA sous " in sentence.text:
        _fibrillation(sentence, facts)
    for mention in sentence.conditions:
        if _NOT_A_CONDITION.match(sentence.low, mention.start):
            continue
        if any(is_medication(id_) for id_ in mention.ids):
            _medication(sentence, mention, facts)
        elif any(is_other_cancer(id_) for id_ in mention.ids):
            _cancer(sentence, mention, facts, organs)
        elif not mention.ids & _TUMOUR_ITSELF and not (blood and mention.ids <= _of_the_blood()):
            _condition(sentence, mention, facts)


_NOTHING_ELSE = re.compile(
    r"\b(?:aucune?|pas\s+d(?:'|e\s)|sans)\s*(?:autres?\s+)?(?:atcds?|antecedents?|comorbidites?)(?:\s+(?:connue?s?|medica(?:l|ux)|"
    r"associee?s?|rapportee?s?))*\s*(?=$|[.,;)])|"
    r"^\W*(?:atcds?|antecedents?|comorbidites?)\s*:\s*(?:aucune?|0|neant|ras|non)\s*(?=$|[.;])"
)
_MAY_BE_WHOLE = mark_of("atcd", "antecedent", "comorbidit")
"""« ATCD : aucun », « aucun autre antécédent »; « pas d'antécédent notable » leaves room for some."""


def _is_whole(sentence: Sentence, facts: Facts) -> None:
    match = _NOTHING_ELSE.search(sentence.low)
    if match:
        facts.add("complete", CompleteList.CONDITIONS, sentence.quote(*match.span()))


_MAY_BE_IMMUNE = mark_of("immun", "irae")


def _is_some_grade_of(mention: Mention, low: str) -> bool:
    """« Pas de toxicité immuno-induite de grade ≥ 3 » leaves room for a lesser one."""
    of_immunity = all(CONDITIONS.covers("immune_related_toxicity", id_) for id_ in mention.ids)
    return of_immunity and is_graded(low[mention.end :])


def _severe_toxicity(sentence: Sentence, facts: Facts) -> None:
    """« Hépatite immuno-induite de grade 3 en mai, résolue »: a part of the history whatever became of it."""
    match = severe_in(sentence.low)
    if match is None:
        return
    said = standing(sentence, *match.span())
    if said in (Standing.STATED, Standing.DENIED):
        item = Condition(name=CONDITIONS[SEVERE].label_fr, present=said is Standing.STATED)
        facts.add("conditions", item, sentence.quote(*match.span()))


_THINNED = re.compile(
    r"(?<!\w)FA\s+(?=sous\s+(?:apixaban|eliquis|rivaroxaban|xarelto|dabigatran|pradaxa|edoxaban|aod|avk|anticoag|previscan|coumadine))",
    re.IGNORECASE,
)


def _fibrillation(sentence: Sentence, facts: Facts) -> None:
    """« FA sous apixaban »: two letters that are an atrial fibrillation beside what thins the blood."""
    match = _THINNED.search(sentence.text)
    if match and standing(sentence, *match.span()) is Standing.STATED:
        item = Condition(name=CONDITIONS["atrial_fibrillation"].label_fr, present=True)
        facts.add("conditions", item, sentence.quote(*match.span()))


def _of_the_blood() -> frozenset[str]:
    return frozenset(
        id_ for id_ in ("anaemia", "thrombocytopenia", "neutropenia", "splenomegaly", "cytopenia") if id_ in CONDITIONS
    )


def _condition(sentence: Sentence, mention: Mention, facts: Facts) -> None:
    said = standing(sentence, mention.start, mention.end)
    low = sentence.low
    if said is Standing.UNSURE or _ABOUT_TREATMENT.search(low[: mention.start]):
        return
    if _NOT_HAD.search(low[: mention.start]) or _is_of_a_treatment(sentence, mention):
        return
    name = sentence.written(mention.start, mention.end)
    quote = sentence.quote(*_around(low, mention))
    if said is Standing.DENIED:
        if not _ONLY_OF_NOW.match(low[mention.end :]) and not _is_some_grade_of(mention, low):
            facts.add("conditions", Condition(name=name, present=False), quote)
        return
    if _is_past(low, mention) or _is_no_finding(sentence, mention, said):
        return
    if name.lower().startswith("child") and of_another_time(low, mention.start):
        return
    since = _since(low, mention)
    if all(CONDITIONS.covers("viral_hepatitis", id_) for id_ in mention.ids):
        name = _with_its_virus(sentence, mention, name)
        since = since if name == sentence.written(mention.start, mention.end) else None
    suspected = "suspected" if said is Standing.SUSPECTED else None
    facts.add("conditions", Condition(name=name, present=True, since=since, certainty=suspected), quote)


@cache
def _scarred() -> frozenset[str]:
    """What stays of a liver once its cause is gone."""
    return frozenset().union(*(CONDITIONS.below(id_) for id_ in ("cirrhosis", "alcoholic_liver_disease")))


def _is_past(low: str, mention: Mention) -> bool:
    """Whether it is over; one that no longer drinks still has a cirrhosis."""
    if ("sevr" in low or "vir" in low or "vh" in low) and mention.ids <= _scarred():
        low = _SOBER.sub(lambda found: " " * len(found[0]), low)
    after = low[mention.end :]
    if _OVER.search(_part(low, mention)) or _WEANED.match(after) or _OVER_AFTER.match(after):
        return True
    gone = _is_viral(mention) and _GONE_VIRUS.match(low, mention.end)
    return bool(gone) or _told_over(low, mention)


_BRACKET_TELLS_OVER = re.compile(
    r"^[^;.,:()]{0,40}\(\s*(?:(?:bien|totalement|completement|entierement|spontanement|a\s+ce\s+jour)\s+)*(?:resol[uv]|gueri|"
    r"cicatris|disparu|regresse|sevre|ancien)\w*"
)


_NOT_HAD = re.compile(
    r"\b(?:souhaits?|desirs?|projets?|tests?|contraception|eviter|prevention|abstinent\w*|sevrage)\s+(?:de\s+|d'(?:une?\s+)?|du\s+)?$"
)
_DESPITE_IT = re.compile(
    r"\b(?:malgre|despite)\s+(?:l'|la\s+|le\s+|les\s+|cette\s+|cet\s+|the\s+|sa\s+|son\s+)(?:\w+\s+)?$"
)
_OF_THEN = re.compile(
    r"(?:hepatite|pneumopath|myocardit|nephrit|thyroidit|hypophys|epanchement|cytolyse|toxicit|neuropath|protein)"
)
_BEHIND_ITS_NAME = re.compile(r"[^,;.:()]{0,50}\(")
_BADLY_BORNE = re.compile(r"\b(?:mal\s+tolere\w*|toxicites?(?:\s+\w+)?|(?:mauvaise\s+)?tolerance(?:\s+\w+)?)\s*$")
_NOT_FIT = re.compile(
    r"\b(?:(?:non[ -]|in)?eligib|contre|recus|refus|unfit|pas\b|non\b|imposs|evit|sans\b|inapte|exclu)"
)


def _is_of_a_treatment(sentence: Sentence, mention: Mention) -> bool:
    """« Dasatinib (épanchement pleural) », « discuté malgré l'hépatite »: what a treatment of then brought about."""
    low = sentence.low
    acute = _ACUTE.match(low, mention.start) or _OF_THEN.match(low, mention.start)
    if acute and _DESPITE_IT.search(low[: mention.start]):
        return True
    opened = low.rfind("(", 0, mention.start)
    if opened < 0 or ")" in low[opened : mention.start]:
        return False
    if _BADLY_BORNE.search(low[:opened]):
        return True
    return any(
        _BEHIND_ITS_NAME.fullmatch(low, one.end, opened + 1)
        and not _NOT_FIT.search(low[max(0, one.start - 40) : opened])
        for one in sentence.treatments
        if one.end <= opened
    )


_OPERATED_FOR = re.compile(
    r"\b(?:oper\w+|resection|\w*ectomie|chirurgie|stomie|\w+stomie|laparotomie|hartmann|urgence)\b[^;.]{0,40}\b(?:pour|sur|devant|"
    r"en\s+raison\s+d\S*)\s*(?:une?\s+|l')?(?:\w+\s+)?$"
)
_SURGICAL = re.compile(r"(?:sub-?)?occlusi|perforat|hemorrag|saignement|peritonite|obstructi|bowel\s+obstr|abces")
"""What an operation was for: « résection pour occlusion »."""
_AT_A_DAY = re.compile(
    r"\s+(?:\w+\s+)?(?:a|au)\s+j\s?\d+\b|\s+(?:(?!jamais|non|pas)\w+\s+)?(?:traitee?s?|drainee?s?|evacuee?s?)\s*(?=$|[.,;)]|en\s)|"
    r"\s+(?:(?:en|debut|fin|mi)[\s-]+)?(?:janv|fevr|mars|avr|mai\b|juin|juil|aout|sept|oct|nov|dec)\w*"
)
"""« Pneumopathie à J8 », « aspergillose traitée »."""
_POST = re.compile(r"\bpost[- ]\s?(?:virale?s?\s|hepatitiques?\s)?$")


def _told_over(low: str, mention: Mention) -> bool:
    """« Colite sous ipilimumab (résolue) »; an event of a date is judged by its date."""
    return not any(is_event(id_) for id_ in mention.ids) and bool(_BRACKET_TELLS_OVER.match(low[mention.end :]))


def _is_no_finding(sentence: Sentence, mention: Mention, said: Standing) -> bool:
    """« Transplantation hépatique envisagée », « grossesse autorisée », « zanubrutinib vs splénectomie »."""
    low = sentence.low
    if said is Standing.STATED and not _is_viral(mention) and is_present_otherwise(sentence, mention.end):
        return True
    before, after = _ONE_OF_TWO
    ahead = bool(_TO_COME.match(low[mention.end :]))
    if _SURGICAL.match(low, mention.start) and _OPERATED_FOR.search(low[: mention.start]):
        return True
    if _ACUTE.match(low, mention.start) and _AT_A_DAY.match(low, mention.end):
        return True
    then = _ACUTE.match(low, mention.start) or _OF_THEN.match(low, mention.start)
    if then and _THE_CAUSE.search(low[: mention.start]):
        return True  # « stoppé pour colite »: an event of then
    return ahead or bool(before.search(low[: mention.start]) or after.match(low, mention.end))


def _with_its_virus(sentence: Sentence, mention: Mention, name: str) -> str:
    """« VHC (virus éradiqué en 2017) »: the name with what the next words tell of its virus."""
    ends = [other.start for other in sentence.conditions if other.start > mention.start and _is_viral(other)]
    told = is_silent(re.split(r"[;.]", sentence.low[mention.end : min(ends, default=None)], maxsplit=1)[0])
    post = "post-" if _POST.search(sentence.low[: mention.start]) else ""
    return f"{post}{name} ({told})" if told else f"{post}{name}"


def _is_viral(mention: Mention) -> bool:
    return any(CONDITIONS.covers("viral_hepatitis", id_) or CONDITIONS.covers("hiv", id_) for id_ in mention.ids)


def _cancer(sentence: Sentence, mention: Mention, facts: Facts, organs: frozenset[str]) -> None:
    low = sentence.low
    if mention.ids == {"other_cancer"}:
        _no_other_cancer(sentence, mention, facts)
        return
    clearly = sentence.role is Role.HISTORY or ANOTHER.search(low[: mention.start]) or of_the_past(sentence, mention)
    if not clearly or not elsewhere(mention, organs):
        return
    said = standing(sentence, mention.start, mention.end)
    if said is Standing.UNSURE:
        return
    certainty = "suspected" if said is Standing.SUSPECTED else None
    item = Condition(
        name=sentence.written(mention.start, mention.end),
        present=said is not Standing.DENIED,
        since=_since(low, mention),
        certainty=certainty,
    )
    facts.add("conditions", item, sentence.quote(*_around(low, mention)))


def _no_other_cancer(sentence: Sentence, mention: Mention, facts: Facts) -> None:
    """« Pas d'autre cancer » says that there is none; a mention of another cancer that is not named says nothing."""
    before, after = sentence.low[: mention.start], sentence.low[mention.end :]
    if _NO_OTHER.search(before) and _NOTHING_MORE.match(after):
        quote = sentence.quote(*_around(sentence.low, mention))
        facts.add("conditions", Condition(name=sentence.written(mention.start, mention.end), present=False), quote)


def _medication(sentence: Sentence, mention: Mention, facts: Facts) -> None:
    """A medicine taken now. « sans corticoïdes » is a condition that is absent: medicines cannot be stated absent."""
    low = sentence.low
    said = standing(sentence, mention.start, mention.end)
    name = sentence.written(mention.start, mention.end)
    quote = sentence.quote(*_around(low, mention))
    if _part_of_regimen(low, mention):
        return
    if said is Standing.DENIED and not mention.ids & _CANCER_DRUG:
        facts.add("conditions", Condition(name=name, present=False), quote)
        return
    part = _part(low, mention)
    dose = _DOSE.match(low[mention.end :])
    in_name = _DOSE_IN_NAME.search(low[mention.start : mention.end]) if not dose else None
    if in_name and (unit := _UNIT_AFTER.match(low[mention.end :])):
        name, dose = name[: in_name.start()].strip(), _DOSE.match(f" {in_name[1]} {unit[0].strip()}")
    taken = (
        dose
        or _TAKEN.search(low[max(0, mention.start - 40) : mention.start])
        or _TAKEN.search(low[mention.end : mention.end + 30])
        or (_TAKEN_FOR.match(low[mention.end :]) and _BEGINS_A_PART.search(low[: mention.start]))
    )
    if (
        said is not Standing.STATED
        or not taken
        or _WAS_UNDER.search(low[: mention.start])
        or (not dose and _ENDED_IT.search(low[: mention.start]))
        or _STOPPED.search(part.rpartition("sous ")[2])
        or _TO_COME.match(low[mention.end :])
        or _ABOUT_TREATMENT.search(low[: mention.start])
    ):
        return
    if "methotrexate" in mention.ids and not re.search(
        r"(?:mg|/)\s?/?\s?sem|polyarthrite|psoriasis|\bpr\b|rhumato", low
    ):
        return
    facts.add("medications", Medication(name, dose["dose"].strip() if dose else None), quote)


def _part_of_regimen(low: str, mention: Mention) -> bool:
    """« Velcade-Revlimid-dexaméthasone », « abiratérone + prednisone »: a part of the treatment of the cancer."""
    before, after = low[: mention.start], low[mention.end :]
    return bool(_IN_A_REGIMEN[0].search(before) or _IN_A_REGIMEN[1].match(after) or _GIVEN_WITH.search(before))


def _part(low: str, mention: Mention) -> str:
    start, end = part_around(low, mention.start, mention.end)
    return low[start:end]


def _around(low: str, mention: Mention) -> tuple[int, int]:
    return part_around(low, mention.start, mention.end, ",;:")


def _since(low: str, mention: Mention) -> str | None:
    """The first date after it in its part of the sentence, parenthesis included."""
    _, end = part_around(low, mention.start, mention.end, ",;:")
    after = low[mention.end : end]
    first = next(iter(find_dates(after)), None)
    return iso(first.when) if first and first.start <= 40 else None
