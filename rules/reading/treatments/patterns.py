"""What the text around a treatment must look like for it to have been received, failed or forbidden: patterns."""

import re

from rules.hinted import hinted
from rules.reading.treatments.named_treatments import MARK
from rules.reading.treatments.settings import SETTING

T = f"{MARK}+"
_TAKEN_OUT = (
    r"(?!\s*,?\s*(?:except\w*|exclu\w*|non compt\w*|autoris\w*|permis\w*|accept\w*|admis\w*|allowed|"
    r"permitted)(?![a-z]))"
)
"""« (adjuvant excepté) » is no setting of what stands before it."""
S = rf"(?:\s*,?\s*\(?\s*{SETTING}{_TAKEN_OUT}\s*\)?)*"
"""Any settings, to stand after a treatment."""

ART = (
    rf"(?:(?:(?:au moins )?(?:1|2)(?= {MARK})|d'|l'|de|des|du|la|le|les|une?|aux?|a|an|the|any|au moins une?|at least "
    rf"one|(?:≥|> ?=) ?1|tout|toute|tous|toutes|"
    r"(?:l')?associations? d(?:e |')|(?:l')?associations?|combinaisons? d(?:e |')|combinations? of|"
    r"traitements? (?:anterieurs? )?(?:par|avec|a base de|comportant)|(?:treatment|therapy) with|prior|previous|"
    r"autres?)(?:\s+|(?<=')))*"
)
PAST = (
    r"(?:anterieur(?:s|es?)?(?:\(?e?s?\))?|anterieurement|prealables?|precedent\w*|au prealable|(?:dans|par) le "
    r"passe|ant\.|passee?s?(?= (?:ou|et) )|dans les antecedents|auparavant)"
)
NOW_TOO = r"(?:\s+(?:ou|et/ou|or|and/or|/)\s+(?:concomitant\w*|en cours|actuel\w*|concurrent|current|ongoing))?"
EXPOSURE = r"(?:treatments?|therap(?:y|ies)|exposure|use|receipt|administration|history)"
OR = r"(?:,|/|ou|or|et/ou|and/or)"
WHILE = (
    r"(?:(?:sous|pendant|durant|on|during|while (?:on|receiving)|au cours d(?:e|')|lors d(?:e|')|malgre|despite)"
    r"(?:\s+(?:ou|et|or|and|et/ou|and/or)\s+(?:apres|after|following))?|on/after|during/after|sous/apres|"
    r"pendant/apres|durant/apres)"
)
AFTER = r"(?:apres(?:\s+(?:ou|et)\s+(?:sous|pendant))?|after|following|suite a|au decours d(?:e|')|upon)"
LAST = (
    r"(?:(?:la |le |l'|une? |the )?(?:fin|derniere (?:dose|cure|administration)|dernier traitement|last dose|end|"
    r"completion|arret)\s+(?:d(?:e|'|u|es)|of)\s*)?"
)
FILLER = (
    r"(?:\s+(?:tumorale|documente\w*|documented|radiologi\w*|radiographic\w*|confirme\w*|confirmed|objective|clini\w*|"
    r"de la maladie|of disease|of the disease|disease|maladie|therapeutique|(?:primaire|primary|secondaire|secondary|"
    r"acquise|acquired)"
    r"(?:\s(?:ou|et/ou|or)\s(?:primaire|primary|secondaire|secondary|acquise|acquired))?|recist(?: ?v? ?1[.,]1)?|"
    r"(?:par|selon|d'apres|a|sur) (?:l'investigateur|le medecin|recist|l'imagerie|imagerie)|"
    r"(?:ou|et/ou|et|or|and/or) (?:radiologi\w*|clini\w*|biologi\w*)|\((?:radiologi\w*|clini\w*) (?:ou|et/ou|"
    r"or) (?:radiologi\w*|clini\w*)\)))*"
)
CAME_BACK = (
    r"(?:progress(?:ion|e|es|ee|ees|ant|ed|ive disease|ing)|rechute\w*|recidiv\w*|relapse[ds]?|recurrence|"
    r"apparition (?:d(?:e |')|des )(?:nouvelles? )?(?:metastases?|lesions?|mh|m[eé]tas?)(?: (?:hepatiques?|a "
    r"distance))?)"
)
WITHSTOOD = (
    r"(?:(?:are |is |etre |become |became )?(?:echec|echappement|failure|failed|refractaires?|refractory|"
    r"resistan(?:te?s?|ces?)|intoleran(?:te?s?|ces?)))"
)
FAILED = rf"(?:{CAME_BACK}|{WITHSTOOD})"

CORES: tuple[tuple[str, str], ...] = (
    (
        "verb",
        rf"(?:recue?s?|beneficie d(?:e|')|eu(?= une? {MARK})|received|"
        rf"undergone)(?: (?:au prealable|auparavant|anterieurement|prealablement|"
        rf"deja))?\s*:?\s*{{inner}}{T}{{s}}(?:\s+{PAST})?{{s}}",
    ),
    (
        "verb",
        r"(?:(?:deja|prealablement|anterieurement|precedemment|ete|jamais) )+(?:traite|expose|irradie)(?:e|s|es)? "
        rf"(?:(?:anterieurement|prealablement|auparavant) )?(?:par|avec|aux?|a)\s+(?::\s?)?{{inner}}{T}{{s}}",
    ),
    (
        "verb",
        rf"traite(?:e|s|es)? (?:anterieurement|prealablement|auparavant|precedemment) (?:par|"
        rf"avec)\s+(?::\s?)?{{inner}}{T}{{s}}",
    ),
    ("verb", rf"pre-?traite(?:e|s|es)? (?:par|avec)\s+{{inner}}{T}{{s}}"),
    ("verb", rf"(?:previously (?:been )?|been |pre-?)(?:treated|exposed) (?:with|by|to)\s+{{inner}}{T}{{s}}"),
    (
        "verb",
        rf"(?:exposee?s?|exposed) (?:{PAST} )?(?:a|aux?|to)\s+(?::\s?)?{{inner}}{T}{{s}}",
    ),
    (
        "demand",
        rf"{T}{{s}}\s+(?:terminee?s?|achevee?s?|completed|finie?s?)(?=\s*(?:$|[,;.)]))",
    ),
    (
        "demand",
        rf"{T}{{s}}\s+(?:(?:est |sont )?(?:obligatoires?|requis(?:es?)?|exigee?s?|required|mandatory))\s+(?:dans|en|"
        rf"in)\s+"
        r"(?:une |des |les |au moins une |an? |the )?(?:lignes? (?:anterieures?|precedentes?)|(?:prior|previous) "
        r"lines?)",
    ),
    (
        "noun",
        rf"{T}{{s}}\s+(?:deja |obligatoirement )?(?:recue?s?|deja (?:faite?s?|realisee?s?|administree?s?))(?![a-z])"
        r"(?:\s(?:anterieurement|auparavant|prealablement|par le passe|dans le passe|precedemment))?"
        r"(?:\s(?:ou|or) (?:prevue?s?|planned|en cours))?{s}",
    ),
    ("noun", rf"anterieure?s?\s?:\s?{{inner}}{T}{{s}}"),
    (
        "noun",
        rf"(?:utilisation|administration|recours|prise)s? {PAST}{NOW_TOO} (?:a|aux?|d(?:e|'|u|"
        rf"es))\s*{{inner}}{T}{{s}}",
    ),
    ("noun", rf"(?:exposition|exposure)s? {PAST}{NOW_TOO} (?:a|aux?)\s+{{inner}}{T}{{s}}"),
    (
        "noun",
        rf"(?:traitement|therapie)s? (?:systemiques? )?{PAST}{NOW_TOO} (?:(?:par|avec|d(?:e|"
        rf"'))\s*{{inner}}|(?={MARK})){T}{{s}}",
    ),
    (
        "noun",
        rf"{T}{{s}}\s+(?:{PAST}{NOW_TOO}|deja recue?s?|recue?s? (?:anterieurement|auparavant|prealablement)){{s}}",
    ),
    (
        "noun",
        r"(?:prior|previous) (?:(?:or|and/or) (?:concurrent|current|ongoing) )?(?:systemic |anti-?cancer )?"
        rf"{EXPOSURE} (?:with|of|to|by)\s+{{inner}}{T}{{s}}",
    ),
    ("noun", rf"(?:prior|previous)(?: (?:or|and/or) (?:concurrent|current|ongoing))? (?:(?:an?|any) )?{T}{{s}}"),
    (
        "noun",
        rf"{T}{{s}}\s*,?\s*\(?(?:{PAST}|passee?s?)\s(?:ou|et/ou|et|or|/)\s(?:en cours|actuel\w*|"
        rf"concomitant\w*)\)?{{s}}",
    ),
    ("noun", rf"{T}{{s}}\s*:\s*deja (?:recue?s?|administree?s?|faite?s?|realisee?s?){{s}}"),
    ("noun", rf"(?:atcd|antecedents?|history)(?: ou traitements? en cours)?\s+(?:d(?:e|')|of|par)\s*{{inner}}{T}{{s}}"),
)
"""What tells that a treatment was received: (part of speech, pattern); `{inner}`: words before it, `{s}`: settings."""

_OR_INTOLERANT = r"(?:\s*[(-]\s*(?:ou|or|et/ou)\s+(?:intoleran\w+|resistan\w+|refractaires?)\s+(?:a|aux?|to)\s*[)-])?"
"""« Progression sous (ou intolérance à) X »."""
OUTCOMES_OF: tuple[str, ...] = (
    rf"(?:en )?{FAILED}{FILLER}(?:\s*{OR}\s*{FAILED}{FILLER})*\s+(?:{WHILE}|{AFTER}){_OR_INTOLERANT}\s*"
    rf"(?:(?:au moins |≥ ?|> ?= ?|at least |minimum )?\d{{1,2}} (?:cycles?|cures?) (?:d(?:e |')|of "
    rf"))?{LAST}{{inner}}{T}{{s}}",
    r"(?:en )?(?:(?<!premiere )(?<!1re )(?<!1ere )(?<!first )"
    rf"{FAILED}{FILLER}\s*(?:(?:{WHILE}|{AFTER}|a|aux?|to)\s*)?{OR}\s*)*{WITHSTOOD}{FILLER}"
    rf"\s+(?:a|aux?|to|of|with|d(?:e|'|u|es))\s*{{inner}}{T}{{s}}",
    rf"failed\s+{{inner}}{T}{{s}}",
)
OUTCOMES = (
    (r"progress|echec|echapp|fail|refract|resistan", frozenset({"progression"})),
    (r"rechut|recidiv|relaps|recurrence", frozenset({"progression", "relapse"})),
    (r"intoleran", frozenset({"toxicity"})),
)
TIME = (
    r"(?:\d{1,3}|une?|deux|trois|quatre|six|douze|three|six|twelve)[ -]?(?:ans?|annees?|years?|mois|months?|"
    r"semaines?|sem\.?|weeks?|jours?|j|days?)(?![a-z])"
)
SINCE = r"(?:depuis |il y a |datant de |de )?(?:>|≥|> ?=|plus d(?:e |')|au moins |more than |at least |over )\s?"
SOON = (
    rf"{CAME_BACK}{FILLER}\s+(?:(?:pendant|sous|during|on)\s+(?:le traitement\s+|treatment\s+)?(?:ou|or)\s+)?"
    rf"(?:(?:dans|within|au cours d|dans un delai d)(?:es?| the| les)?\s+(?:≤|<|first |premiers? )?|≤\s?|<\s?|"
    rf"moins de\s)"
    rf"(?P<time>{TIME})\s+(?:suivant|apres|qui suivent|of|after|following|from|d(?:e|')(?= ?(?:une? |la fin)))\s*"
    rf"{LAST}{{inner}}{T}{{s}}"
)
SOON_TOO = (
    rf"{CAME_BACK}{FILLER}\s+(?:pendant|sous|during|on|au cours d(?:e|'))\s*{{inner}}{T}{{s}}\s*,?\s*(?:ou|"
    rf"or)\s+(?:dans les|"
    rf"within|≤|<|moins de)\s?(?P<time>{TIME})\s+(?:suivant|apres|qui suivent|of|after|following)\s+(?:sa |son |la |"
    rf"l'|le |its |the |de )*(?:fin|arret|derniere (?:dose|prise|administration)|completion|end|last dose|"
    rf"discontinuation)(?: (?:du |of )?(?:traitement|treatment))?"
)
"""« Récidive sous X ou dans les 12 mois suivant son arrêt »."""
LATE = (
    rf"{CAME_BACK}{FILLER}\s+(?:survenue?s? )?(?:>|≥|> ?=|plus d(?:e |')|au moins |more than |at least |au-dela d(?:e "
    rf"|'))\s?(?P<time>{TIME})\s+(?:apres|after|suivant|following|from)\s+{LAST}{{inner}}{T}{{s}}"
)
"""« Récidive > 12 mois après la fin de X »."""
LATE_TOO = (
    rf"(?:si traitee?s? (?:pour|a) un stade (?:precoce|localise) ?[:,] ?)?(?:tous )?(?:les |le |la |l')?{T}{{s}}"
    rf"(?: (?:curatifs?|curatives?|a visee curative))?\s+(?:doi(?:t|vent) (?:etre|avoir ete) |est |sont |must be )?"
    rf"(?:terminee?s?|achevee?s?|arretee?s?|completed|finie?s?)\s+(?:depuis )?(?:>|≥|> ?=|plus d(?:e |')|au moins |"
    rf"more "
    rf"than |at least )\s?(?P<time>{TIME})\s+(?:avant|before|prior to)\s+(?:la |le |l'|the )?(?:premiere |first )?"
    r"(?:recidive|rechute|relapse|recurrence|progression|diagnostic de (?:la )?(?:rechute|maladie metastatique))"
    r"(?: metastatique| locale)?"
)
"""« Traitements curatifs terminés au moins 6 mois avant la récidive »."""
LATE_BETWEEN = (
    rf"(?:(?:delai|intervalle)(?: sans (?:maladie|traitement|rechute|recidive))?\s*(?:d(?:e |')|>|≥|> ?=|au moins |"
    rf"plus |superieur a )*|(?:au moins|plus d(?:e|')|>|≥|> ?=)\s?)"
    rf"\s?(?P<time>{TIME})\s+entre\s+{LAST}{{inner}}{T}{{s}}\s+et\s+(?:la |le )?(?:rechute|recidive|progression)"
    r"(?: metastatique| locale| de la maladie)?"
)
CANCER = (
    r"(?:cancers?|tumeurs?|maladie(?! (?:auto|inflamm|infect|de (?!hodgkin|waldenstrom|kahler)|d'|du |des |cardi|renal|"
    r"hepati|benign|viral|psych|neuro|rhumat|dermat|system|chroniq|thyro|vascul|respir|pulmon|digest|intest|metabol))|"
    r"carcinomes?|adenocarcinomes?|melanomes?|lymphomes?|myelomes?|leucemies?|sarcomes?|"
    r"mesotheliomes?|gliomes?|glioblastomes?|hemopathies?|neoplasies?|cbnpc|cbpc|cpc|adk|gist|tne|chc|lam|lal|llc|"
    r"lmc|lmmc|lnh|lh|lf|lcm|lzm|ltp|ldgcb|lbdgc|lymphomes?|smd|mw|mm|nmp|lai|mpm|pdac|cca|cholangiocarcinomes?|"
    r"hepatocarcinomes?|ccr|ccrm|csc|cpnpc|cbnpc|cpnpc|cstn|ctne|gbm|osteosarcomes?|thymomes?|seminomes?|"
    r"tumeurs? germinales?|disease|tumou?rs?|carcinomas?|adenocarcinomas?|melanomas?|lymphomas?|myelomas?|leuka?emias?|"
    r"sarcomas?|mesotheliomas?|malignancy|nsclc|sclc|hcc|cll|aml)"
)
"""What « pour le … » may name as the disease under discussion."""
_SITE = (
    r"(?: (?!(?:ou|et|or|and|par|avec|by|with|avant|before|pendant|during|depuis|dans|hors|sauf|y|including|within|si|"
    r"if|metasta\w*|avance\w*|advanced|non|recid\w*|rechut\w*|relaps\w*|recurr\w*|localement|locally|"
    r"unresect\w*|anter\w*|autres?|other|controlat\w*|prior|previous|preced\w*|second\w*|ancien\w*)\b)[\w'/-]+){0,3}"
)
OF_THIS_CANCER = (
    r"\s+(?:pour|du|de|contre|for|of|to treat)\s?(?:ce|cette|le|la|l'|the|this|their|leur|une?(?= ))?\s?(?:current )?"
    rf"(?<!autre ){CANCER}(?![a-z]){_SITE}(?: (?:ou|et|or|and|et/ou) (?:la |le |"
    rf"l')?{CANCER}(?![a-z]){_SITE})*(?=\s*(?:$|[,;.)(]|(?:ou|or|et|and|sauf|hors|except\w*)(?![a-z])))"
)

SUCH_AS = (
    rf"\s*,?\s*(?:dont|y compris|notamment|incluant|including)\s+(?:(?:les?|la|un|une|des|d'|"
    rf"l')\s?)*{T}(?:\s*\([^()]*\))?"
    r"(?=\s*(?:$|[,;.)]))"
)
"""« Immunothérapie antérieure, dont inhibiteurs de checkpoint »."""
NOR = rf"\s*,?\s*(?:(?:ni|nor)\s+(?:d(?:e |'))?{T}\s*)+,?\s*(?P<setting>{SETTING})"
"""« Pas de traitement systémique antérieur, ni chimio ni immuno, en situation métastatique »."""

ANYTIME = (
    r"(?:\s*,?\s*\(?(?:a n'importe quel(?:le)? \w+|peu importe [^,;.()]{2,30}|quel(?:le)?s? qu'(?:ils?|elles?) "
    r"soi(?:en)?t|q+\s?(?:que )?soi(?:en)?t(?: [^,;.()]{2,40})?|(?:en |au stade |"
    r"in )?(?:\(?neo-?\)?-?)?adj(?:uvante?s?)?\.?"
    r" (?:ou|et|comme|or|and|/) (?:en |au stade |in )?(?:situation )?(?:metasta\w*|avancee?|advanced)|"
    r"(?:meme|even) (?:en|au|a la|a l'|in) ?(?!cours)[a-z' -]{4,30}|(?:meme|y compris|dont|including|even) (?:en |in |"
    r"as )?(?:situation )?(?:neo-?)?adjuvante?|"
    r"quel(?:le)?s? qu(?:e soi|'en soi|'ait ete)\w*\s[^,;.()]{2,40}|regardless of [^,;.()]{3,30}|(?:a|"
    r"at|in) (?:tout moment|any "
    r"time|any (?:disease |treatment )?(?:setting|line))|(?:en monotherapie|seule?s?|alone) (?:ou|or) (?:en|in) "
    r"(?:association|"
    rf"combination|combinaison)|seule?s? ou (?:associee?s?|combinee?s?|en (?:association|combinaison))(?= ?(?:$|"
    rf"[,;.)]))|"
    rf"en situation adjuvante?,? (?:(?:ou|et) )?(?:localement )?avancee?,? (?:ou|et) metastatique|(?:seule?s?|"
    rf"alone|en monotherapie) (?:ou|or) (?:avec|en association avec|with|"
    rf"associee?s? a)(?: une?)? {T}|en adjuvant (?:ou|et|comme) (?:en )?(?:situation )?metastatique|"
    rf"en monotherapie)\)?)+(?=\s*(?:$|[,;.)]))"
)
"""Words after a treatment that take nothing away."""
UNLESS = (
    r"(?:\s*,?\s*\(?\s*(?:sauf|hors|except\w*|unless|si|if|s'il|s'ils|when|lorsque)\s+(?:(?:si|en|cas|de|d'|du|la|le|"
    r"les|l'|un|une|"
    r"au|a|ou|or|et|and|est|etait|sont|in|case|of|is|was|not|non|ce|traitement|standard|contre-indi\w*|contraindi\w*|"
    r"inelig\w*|eligibles?|intoleran\w*|indisponib\w*|disponib\w*|available|unavailable|approuv\w*|approved|refus\w*|"
    r"indique\w*|"
    r"indicated|documente\w*|documented|accessibles?|rembourse\w*|autorise\w*|medicale\w*|pays|patients?|applicable|"
    r"appropri\w*|amm|investigateur|selon|per|par)(?:[\s,/]+|(?<=')|(?=[).;]|$)))+\)?)+"
)
"""« Sauf contre-indication », « si disponible »: what may stand in place of a treatment that is demanded."""

OR_UNFIT = re.compile(
    r"\s*(?:,|/|ou|or|,? ?sinon)\s*(?:(?:patiente?s? |participants? )?(?:(?:est |etre |sont |is |are )?(?:refusee?s?|"
    r"refus|"
    r"non eligibles?|ineligib\w*|inelig\w*|contre-indi\w*|contraindi\w*|intoleran\w*|non tolere\w*|non indique\w*|"
    r"indisponib\w*|non disponib\w*|inaccessib\w*|refused|declined|ineligible|not eligible|not indicated|"
    r"not available|unavailable|not tolerated))(?:\s(?:a ce traitement|a celui-ci|a ceux-ci|to it|to them|"
    r"par le patient|selon l'investigateur))?\s*(?:,|/|ou|or|et/ou)?\s*)+(?=\s*(?:$|[;.)]))"
)
"""« …, refusé ou non éligible »: what may stand in place of a treatment that is demanded."""

CONDITION = r"\s*\(?(?:si|if|lorsque|when)\s[^,;.()]{1,60}\)?"
CONTINUED = (
    rf"(?:,\s*|(?:et|and|ainsi qu(?:e |'))\s+)(?:au moins |at least )?(?:1|une?|one)\s+{T}{{s}}"
    rf"(?:\s+(?:{AFTER}) (?:la )?{CAME_BACK}{FILLER}(?:\s+(?:{WHILE}|{AFTER}) {T})?)?"
)
"""« … lignes de X, et 1 chimiothérapie à base de platine »: the demand goes on."""
FAILED_FIRST = re.compile(
    rf"\W*(?:en )?(?:{CAME_BACK}|echec|failure){FILLER} (?:{AFTER}|{WHILE}|a|de|of)\s*(?:≤|<=?|au plus|maximum|max|"
    r"jusqu'a|up to|no more than)"
)
"""« Progression après ≤ 2 lignes, dont … »: the limit is of lines that there were."""
LIST_HEAD = re.compile(
    rf"(?:lignes?|lines?|therap(?:y|ies)|regimens?|traitements?|treatments?|protocoles?|"
    rf"{MARK}+)(?![a-z])[^;:.{MARK}]{{0,60}}$"
)
ALTERNATIVE = re.compile(rf"\b(?:ou|or)\s+(?:an?|une?|autres?|other|another|any|{MARK})[^;:.]{{0,80}}$")

NAIVE_OF = (
    rf"(?:naifs?|naives?)\s+(?:d(?:e|'|u|es)|vis-a-vis d(?:e|'|u|es)|to|of|for|a|"
    rf"aux?)\s*{{inner}}{T}(?:\s+{PAST})?{{s}}",
    rf"{T}[\s-]+(?:naifs?|naives?)(?![a-z])",
)
NONE_FOR_ADVANCED = (
    rf"(?:aucune?s?|pas d(?:e|')|absence d(?:e|')|sans|no)\s*(?:autres? )?{T}(?=[^§]*(?:r/m\b|\bm\+|avance|advanced|"
    rf"metasta)){{s}}"
)
NEVER_GIVEN = rf"{T}{{s}}\s*:?\s(?:jamais (?:recue?s?|administree?s?|donnee?s?)|never (?:received|given)){{s}}"
"""« Trilaciclib jamais reçu »: asked of everybody, or of the excluded nobody knows."""
NEVER_HAD = rf"(?:jamais (?:recu )?(?:d(?:e |')|aucune? )|never (?:had |received )?(?:any )?){T}{{s}}"
COMPOUND = (
    r"(?:comportant|incluant|comprenant|contenant|(?:ayant|qui (?:a|ont)) (?:comporte|inclus|compris|contenu)|"
    rf"dont|including|that included|containing)\s+{{inner}}{T}{{s}}"
)

ENDED = (
    rf"(?:(?:(?:elle|il|celle-ci|celui-ci|they|it) )?(?:est |is |was |si |if )?(?:terminee?s?|achevee?s?|arretee?s?|"
    rf"arret|finie?s?|fin|(?:la )?derniere (?:dose|administration|cure)|last dose|completed|ended|"
    rf"stopped)\s+)?{SINCE}(?P<time>{TIME})(?:\s+(?:avant|before|prior to|earlier)(?:\s+(?:l'inclusion|"
    rf"la randomisation|inclusion|randomi[sz]ation|enrol\w+|study entry|(?:la |the )?"
    rf"(?:rechute|recidive|recurrence|relapse)(?: "
    rf"metastatique)?))?)?"
)
_LATER = (
    rf"(?:(?:(?:si|if|avec|with|en cas d(?:e |')|a condition d(?:e |'))\s?)?(?:(?:une?|la|le|the|que)\s)*"
    rf"{CAME_BACK}{FILLER}(?: a distance| metastatique)?"
    r"(?:\s(?:est |etait |was |is )?(?:survenue?s?|occurr\w+))?\s+(?:>|≥|> ?=|plus d(?:e |')|au moins |"
    rf"au-dela d(?:e |')|more than |at least |over )\s?(?P<later>{TIME})\s+(?:apres|after|suivant|following|from)\s+"
    r"(?:(?:la|le|l'|the|sa|son|its)\s?)?(?:fin|arret|derniere (?:dose|cure|administration|prise)|completion|end|"
    r"last dose|discontinuation)(?:\s(?:du|de ce|de cette|de la|de l'|of|of the|of this|d')\s?(?:traitement|treatment|"
    r"therapy|therapie|chimiotherapie|immunotherapie|adjuvant\w*))*)"
)
"""« … si récidive ≥ 6 mois après la dernière dose »."""
_BARE = (
    r"(?:(?:si|if|en|in|dans|pour|le|la|un|une|du|de|d'|traitement|chimiotherapie|treatment|therapy|given|"
    r"prior|administre\w*)\s*)*"
)
_THEN = rf"(?:(?P<ended>{ENDED})|{_LATER})?\s*\)?\s*(?=$|[,;.])"
_EXCEPTION = re.compile(
    r"\s*,?\s*\(?\s*(?:sauf|hors|hormis|excepte\w*|except|unless|a l'exception)\s+"
    rf"{_BARE}(?P<setting>(?:{SETTING})\s*)?{_THEN}"
)
_EXCEPTION_ALLOWED = re.compile(
    rf"\s*,?\s*\(\s*{_BARE}(?P<setting>(?:{SETTING})\s*)(?:autoris\w*|permis\w*|accept\w*|possibles?|admis\w*|"
    rf"allowed|permitted)\s*,?\s*{_THEN}"
)
"""« Naïf de traitement systémique (adjuvant permis si récidive > 12 mois après la fin) »."""


def exception_at(plain: str, end: int) -> re.Match[str] | None:
    """The exception that stands there, by its setting, how long ago it ended, or how late the relapse came."""
    match = _EXCEPTION.match(plain, end) or _EXCEPTION_ALLOWED.match(plain, end)
    return match if match and (match["setting"] or match["ended"]) else None


def limits_of(exception: re.Match[str]) -> tuple[str | None, str | None]:
    """How long ago the excepted treatment must have ended, and how late after it the relapse must have come."""
    ended = exception["time"] if exception["ended"] else None
    before_relapse = ended and _BEFORE_RELAPSE.search(exception["ended"])
    return (None, ended) if before_relapse else (ended, exception["later"])


_BEFORE_RELAPSE = re.compile(r"(?:rechute|recidive|recurrence|relapse)\w*(?: metastatique)?\W*$")
ALLOWED_LAST = hinted(
    rf"(?:une? |les? |la |l'|prior )?{T}{S}\s+(?P<ended>{ENDED})\s*,?\s*:?\s*(?:est |sont |is |are )?"
    rf"(?:autorise\w*|permis\w*|accepte\w*|possibles?|ok|allowed|permitted)(?=\s*(?:$|[,;.)]))"
)
"""« Chimiothérapie adjuvante terminée depuis plus de 6 mois autorisée »."""
MAY_ALLOW = re.compile(r"autoris|permis|accept|possible|allowed|permitted")
ALLOWED = hinted(
    rf"(?:une? |les? |la |l'|prior )?{T}{S}(?: (?:en|au stade|in|for) (?:m?hspc|m?cspc|phase "
    rf"hormono-?sensible))?\s+(?:est |sont |is |are )?"
    r"(?:autorise\w*|permis\w*|accepte\w*|possibles?|allowed|permitted),?\s+(?:(?:si|if|a condition d\w*|"
    r"provided(?: it| they)?(?: was| were)?)\s+"
    rf"(?P<ended>{ENDED})|(?:sauf|except|unless)\s+(?:en cas de |si |"
    rf"in case of )?{CAME_BACK}{FILLER}\s+(?:pendant|during)\s+(?:ou|or)\s+"
    rf"(?:dans les|within)\s+(?P<soon>{TIME})\s+(?:suivant|apres|after|following|of)\s+(?:la fin|the end|"
    rf"completion|la derniere dose|the last dose))"
    r"\s*(?=$|[,;.)])"
)

INNER = rf"(?:{ART}(?:aucune?s?\s+|ni\s+|no\s+|pas d(?:e|')\s*|jamais d(?:e|')\s*)?{ART})"
LEAD = re.compile(
    r"(?:(?<![a-z'-])(?:non|autres?|other|another|n'ayant|n'avoir|n'ont|n'a|n'ait|ne|pas|jamais|sans|absence|"
    r"aucune?s?|ni|no|not|never|without|ayant|"
    r"avoir|ont|a|ait|aient|avait|has|have|had|having|must|should|may|doit|doivent|ete|been|deja|already|encore|"
    r"prealablement|"
    r"anterieurement|auparavant|previously|obligatoirement|necessairement|d'|de|des|du|une?|la|le|l'|les|the|any|"
    r"tout|toute|"
    r"tous|toutes|an|atcd d(?:e|')|antecedents? d(?:e|')|history of|au moins une?|at least one|(?:(?:≥|> ?=) ?)?1|"
    r"traitements? (?:par|avec)|(?:treatment|therapy) with|who|qui|recu|received)(?:\s+|(?<=')))*$"
)
NEGATIVE = re.compile(r"\b(?:non|pas|jamais|sans|absence|aucune?s?|ni|no|not|never|without)\b")
STARTS = re.compile(
    r"(?:^|[,;:(./>*#=\"-]|^\W{0,3}[a-z]{0,2}\d{0,2}[°)]|"
    r"\b(?:et|ou|and|or|mais|but|avec|with|patients?|participants?|sujets?|subjects?))\s*$"
)
SEGMENT = re.compile(r"[,;:.(]|\bet\b|\band\b")
DENIED = re.compile(r"\b(?:pas|not|jamais|never|aucune?s?|ne|sauf|hors|hormis|except\w*|excepte\w*|unless|plus d)\b")
SHIFTED = re.compile(
    r"\b(?:toxicit\w*|effets? (?:indesirables?|secondaires?)|adverse|sequelles?|recuper\w*|recover\w*|resol\w*|"
    r"biops\w*|tissus?|"
    r"prelev\w*|samples?|archiv\w*|specimen|metastases? cerebrales?|brain|snc|cns|autres? (?:cancer|tumeur|"
    r"neopl)\w*|malignan\w*|"
    r"donneurs?|donors?|evenements?|events?|survie|survival|risques?|risk|delais?|duree|duration|date|infect\w*|"
    r"candidats?|"
    r"candidates?|eligib\w*|contre-indi\w*|contraindi\w*|allerg\w*|hypersens\w*|pneumo\w*|colit\w*|until|since|"
    r"depuis|jusqu\w*)\b"
)
CONDITIONAL = re.compile(
    r"\b(?:si|if|en cas|in case|lorsque|when|pour (?:les|ceux)|chez (?:les|ceux)|for (?:patients|those|subjects|"
    r"participants)|quel que soit|regardless|avec ou sans|with or without)\b"
)
BOUNDARY = re.compile(
    r"\s*(?:$|[,;:.)\]]|\(\s*(?:e\.?g|i\.?e|par ex|ex[.: ]|such as|tels? que|including)|(?:ou|et|or|and|sauf|hors|"
    r"hormis|except\w*|excepte\w*|unless|avant|before|prior to|a l'inclusion)\b)"
)
PERMITTED = re.compile(
    r"^[^,;.]{0,60}\b(?:autorise\w*|permis\w*|accepte\w*|toleree?s?|admis(?:es?)?|ok|possibles?|allowed|permitted|"
    r"acceptables?|eligib\w*|interdit\w*|exclu\w*|"
    r"prohibited|non requise?s?|not required|facultati\w*|ou non|or not|recommand\w*|obligatoire)\b"
)
PREDICATE = re.compile(
    r"\s*(?:must|should|may|will|doi(?:t|vent)|peu(?:t|vent)|counts?|is|are|est|sont|n'est|ne|specific|"
    r"compte)(?![a-z])"
)
TIMED = re.compile(
    r"\s*\(?\s*(?:[<≤]|(?:dans|within|depuis|in the|au cours|pendant|il y a|datant|moins d|during|recent\w*)(?![a-z]))"
)
CONSEQUENCE = re.compile(
    r"\s*[,(]\s*(?:[<≤>≥]|dans|within|depuis|moins d|au cours|datant|during|arret|interromp|stopp|discontinu|"
    r"termin|complet|due to|"
    r"pour lequel|for which|during which|dose|avec|ayant|entrain\w*|responsable|causant|compliqu\w*|qui|with|"
    r"resulting|that|which|who|if|si)"
)
HISTORY = re.compile(
    r"\b(?:anterieur\w*|prior|previous\w*|recue?s?|received|pre-?trait\w*|apres|after|echec|progress\w*|lignes?|"
    r"lines?)\b"
)
NO_DEMAND = re.compile(
    r"\b(?:pas|aucune?s?|sans|no|not|jamais|never|without|maximum|max|plus d|au plus|up to|autorise\w*)\b|≤|<"
)


MAY_HOLD = re.compile(
    r"obligat|requis|exig|required|mandat|utilis|administr|passe|termin|acheve|arrete|complet|"
    r"jamais|never|anterieur|prealable|precede|recu|beneficie|\beu |deja|traite|expos|prior|previous|receiv|"
    r"undergone|treated|\bant\.|atcd|antecedent|"
    r"history|nai[fv]|progress|rechut|recidiv|relaps|recurr|echec|echapp|fail|refract|resist|intoler|autoris|"
    r"permis|accept|allowed|permitted|possible|comport|inclu|compren|conten|contain|dont|aucun|pas d|absence|sans|no "
)
SEVERAL = re.compile(
    r"(?:≥|> ?=|au moins|at least|minimum)\s?(?:[2-9]|deux|trois|two|three)(?![a-z])\s?(?:autres? |differente?s? )?$"
)
"""« Échec d'au moins 2 ITK »: how many of them is for those who count lines."""
