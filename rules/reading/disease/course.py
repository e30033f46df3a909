"""Words of the course: relapses and how many, what persists, what came back of late, progression of the last months."""

from rules.criteria import AllOf, AnyOf, Kind, Not, PriorLines, State, StateIs, Test, Unread
from rules.reading.disease.roles import (
    METASTATIC,
    NO_DISEASE_LEFT,
    NOT_METASTATIC,
    PERSISTENT,
    REFRACTORY,
    RELAPSE,
    Role,
)

_NTH = (
    r"(?:premiere|1e?re|1ere|deuxieme|seconde|2e|2eme|2nde?|troisieme|3e|3eme|first|second|third|2nd|3rd|nieme|enieme)"
)
_RECUR = r"(?:rechutes?|recidives?|relapses?|recurrences?)"
_FIRST = r"(?:premiere|1e?re|1ere|first|1st)"
_OR_LATER = (
    r",? (?:(?:ou|et|or|and) (?:plus|davantage|au-?\s?dela|ulterieures?|suivantes?|later|beyond|more|greater|"
    r"subsequent)|"
    r"minimum|au moins)"
)
_BESIDE = r"(?:recidiv|recurr|metasta|rechut|refract|relaps|avance)"
_DOCUMENTED = (
    r"(?: (?:documentee?s?|confirmee?s?|prouvee?s?|radiologique|clinique|objective)|"
    r",? ?\((?:recist|imwg|iwg|lugano|iwcll|rano)[^()]*\)|"
    r" (?:selon )?recist(?: ?v?1[.,]1)?| (?:selon )?imwg)"
)
_NOT_MINIMAL = (
    r"(?! (?:minimale?|mesurable|moleculaire|detectable|progression|recurrence|relapse|in |au niveau|dans |medullaire))"
    r"(?! ?\(?mrd)"
)
_SINCE = r"(?:apres|depuis|pendant|durant|sous|sur|lors de|au cours de|malgre|after|following|since|on|during)"
_SINCE_LAST = (
    rf",? {_SINCE}(?:(?: ou | or | et/ou |/){_SINCE})? (?:l[ae] |son |leur |the |their )?"
    r"(?:(?:dernier|derniere|last|most recent)(?: ligne| traitement| therapy| line| treatment| regimen)|"
    r"ligne (?:la plus recente|anterieure))"
    r"(?: (?:de traitement|systemique|anticancereux|recue?|of therapy|of treatment|anterieure?))*"
)
"""The line just ended: of the disease now, unlike a progression under a treatment that is named."""
_NO = (
    r"(?:pas|absence|sans|aucune?|no|without|free)(?: (?:de|d'|of|any|evidence of|evidence|signes? de|signes? d'|"
    r"preuves? de|signs? of))* ?"
)
_NOR = r",? ?(?:et/ou|ni|ou|et|or|nor|and|/)(?: (?:de|d'|of|any|evidence of|signes? de|signs? of|une?))* ?"
_LOCALLY = r"(?: (?:locale?s?|loco-?regionale?s?|tumorale|de la maladie)(?:(?: ou | et | ni |/)regionale)?)?"
_METASTASES = (
    r"(?:metastases?|maladie metastatique|dissemination|"
    r"(?:distant |systemic )?(?:metasta(?:sis|ses)|metastatic disease))"
    r"(?: a distance| metastatique)?"
    r"(?! (?:cerebr|osseu|hepat|visc|gangli|pulmo|mening|leptomen|in |du |de |des |en )|[a-z])"
)
_RECURS = rf"(?:local |regional |locoregional )?{_RECUR}{_LOCALLY}"
NO_RELAPSE: Test = AnyOf((Not(RELAPSE), StateIs(State.REMISSION)))
"""« Absence de récidive » is of now: whoever is in a second remission did relapse."""
NOR = rf"{_NO}(?:{_RECURS}{_NOR}{_METASTASES}|{_METASTASES}{_NOR}{_RECURS})"
NEITHER: Test = AllOf((NO_RELAPSE, NOT_METASTATIC))
"""« Sans récidive ni métastase »."""
FIRST_RELAPSE: Test = AllOf((RELAPSE, AnyOf((PriorLines(0, 1), Unread(Kind.EXTENT)))))
LATELY: Test = AnyOf((StateIs(State.PROGRESSION), Unread(Kind.EXTENT)))
"""« Progression dans les 12 mois avant l'inclusion »: surely so where it progresses now."""
SECOND: Test = AllOf((RELAPSE, Not(PriorLines(0, 1)), Unread(Kind.EXTENT)))
"""A second relapse or a later one: never of a disease that at most one line was given for."""
BIOCHEMICAL: Test = AllOf((RELAPSE, StateIs(State.BIOCHEMICAL_RELAPSE)))

COURSE: tuple[tuple[str, Role, Test], ...] = (
    (
        rf"(?:en |a la )?(?:{_FIRST} (?:{_RECUR}|progression){_OR_LATER}|(?:au moins|≥|>=|at least) (?:une?|1|one) "
        rf"(?:episode de )?{_RECUR}|{_FIRST} (?:or|ou) (?:later|subsequent|greater|more|plus) {_RECUR})",
        Role.STATE,
        RELAPSE,
    ),
    (
        rf"(?:en |a la )?{_FIRST} (?:{_RECUR}\s?(?:ou|/|et/ou|or)\s?(?:{_FIRST} )?progression|"
        rf"progression\s?(?:ou|/|et/ou|or)\s?(?:{_FIRST} )?{_RECUR})",
        Role.STATE,
        AnyOf((FIRST_RELAPSE, StateIs(State.PROGRESSION))),
    ),
    (
        rf"(?:en |a la )?{_FIRST} {_RECUR}(?!,? (?:ou|et|or|and) (?:plus|au-dela|later|beyond|deuxieme|2e|second))",
        Role.STATE,
        FIRST_RELAPSE,
    ),
    (
        r"(?:plus d'une|plus d'1|> ?1|(?:≥|>=) ?2|au moins (?:deux|2)|deux|plusieurs|more than one|at least (?:two|2)|"
        r"multiples?|two)"
        r" (?:episodes? de )?(?:rechutes?|recidives?|progressions?|relapses?|recurrences?)|"
        r"(?:multi-?|poly-?)(?:recidivante?s?|rechutee?s?|relapsed)",
        Role.STATE,
        SECOND,
    ),
    (
        rf"(?:en |a la )?(?:{_NTH}|multiple)(?: (?:ou|or|et|/) (?:{_NTH}|later|subsequent|greater))? {_RECUR}"
        rf"(?:{_OR_LATER})?",
        Role.STATE,
        SECOND,
    ),
    (
        rf"(?:pas|absence|sans|aucune?|no|without)(?: (?:de|d'|of|any|evidence of|evidence|signe? de|signes? de|"
        rf"sign of))*"
        rf" ?{_RECUR}(?: (?:locale?s?|loco-?regionale?s?|a distance|metastatiques?|tumorale|de la maladie|de "
        rf"l'affection)"
        r"(?: (?:ni|ou|et|et/ou) (?=loco|locale|a dist|metast))?)*(?! (?:apres|depuis|dans|pendant|since|after|"
        r"within))",
        Role.STATE,
        NO_RELAPSE,
    ),
    (
        rf"{_RECUR} (?:locale?s?|loco-?regionale?s?|regionale?s?)(?: (?:ou|et|et/ou) | ?/ ?)(?:a distance|"
        rf"metastatiques?|"
        rf"generale?s?|systemiques?)|(?:local|regional|locoregional) (?:or|and/or) distant {_RECUR}",
        Role.STATE,
        RELAPSE,
    ),
    (
        rf"{_RECUR} (?:a distance|metastatiques?|systemiques?)|(?:distant|metastatic) {_RECUR}",
        Role.STATE,
        AllOf((RELAPSE, METASTATIC)),
    ),
    (
        rf"(?:{_RECUR}|echappement) (?:biochimiques?|biologiques?|(?:du |de )?psa)(?: seule?| "
        rf"isolee?)?|"
        r"biochemical(?:ly)?[- ](?:recurrence|recurrent|relapse|failure)|psa (?:recurrence|relapse|"
        r"failure)",
        Role.STATE,
        BIOCHEMICAL,
    ),
    (
        rf"(?:maladies?|tumeurs?|cancers?|carcinomes?) (?:tumorale? )?persistante?s?|persistent disease|"
        rf"persistance (?:de la maladie|tumorale)|persistante?s?(?=,? ?(?:ou|et/ou|/|or|,) ?(?:en )?{_BESIDE})|"
        rf"persistent(?=,? ?(?:or|and/or|/|,) ?{_BESIDE})|(?<=recidivante ou )persistante|(?<=recurrente ou "
        rf")persistante|"
        rf"(?<=rechute ou )persistante|(?<=recurrent or )persistent|(?<=recidivant ou )persistant|"
        rf"(?:residuel(?:le)?s?|residual)(?=,? ?(?:ou|et/ou|/|or|,) ?(?:en )?{_BESIDE})|"
        r"(?<=recidivante ou )residuelle|(?<=recidivant ou )residuel|(?<=recurrent or )residual|"
        r"(?<=recurrent, )persistent|(?<=recidivante, )persistante|(?<=recurrente, )persistante|(?<=metastatique ou )"
        r"persistante",
        Role.STATE,
        PERSISTENT,
    ),
    (
        r"(?:(?:en )?(?:rechutes?|recidives?) (?:locale?s?|loco-?regionales?|locoregionale?s?)(?: isolees?)?"
        r"(?! (?:d(?:e |es |'))(?:la |l'|une )?(?:metasta|lesion))|"
        r"local(?:ly)?(?: |-)recurren(?:t|ce)|"
        r"loco-?regional(?:ly)? recurren(?:t|ce))",
        Role.STATE,
        AllOf((RELAPSE, NOT_METASTATIC)),
    ),
    (
        r"(?:sans|pas de|absence de|aucune?|ni|without|no|absence of|free of)(?: (?:any|signes? de|preuves? de|"
        r"evidence of|evidence de|signs? of))* (?:maladie|tumeur|residu|reliquat|tissu tumoral|disease|tumou?r)s?"
        r"(?: (?:tumorale?|tumoral))?(?: (?:residuel(?:le)?|macroscopique|detectable|visible|decelable|restante?)s?)+"
        rf"{_NOT_MINIMAL}|"
        r"(?:sans|pas de|absence de|aucun) (?:residu|reliquat) (?:tumoral|de la maladie)(?: macroscopique)?|"
        r"(?:with )?(?:no|without)(?: (?:any|evidence of|signs? of))* (?:residual (?:disease|tumou?r)|"
        rf"(?<=evidence of )disease){_NOT_MINIMAL}|ned|(?:indemnes?|libres?) de (?:toute )?maladie|"
        r"(?:disease|tumou?r)[- ]free(?! (?:survival|interval))",
        Role.STATE,
        NO_DISEASE_LEFT,
    ),
    (r"\br/r\b|\brel/ref\b", Role.STATE, AnyOf((RELAPSE, REFRACTORY))),
    (
        rf"(?:{_RECUR}\s?(?:ou|/|et/ou|or)\s?(?:en )?progression|"
        rf"(?:en )?progression\s?(?:ou|/|et/ou|or)\s?(?:en )?{_RECUR})(?:{_DOCUMENTED})*(?:{_SINCE_LAST})?",
        Role.STATE,
        AnyOf((RELAPSE, StateIs(State.PROGRESSION))),
    ),
    (
        rf"(?:(?:maladie )?(?:progressive|evolutive)|(?:en )?progression(?: (?:tumorale|radiologique|clinique|"
        rf"objective|"
        rf"morphologique|de la maladie|des lesions))*|progressive disease|(?:disease |tumou?r )?progression)"
        rf"(?:{_DOCUMENTED})* (?:dans|au cours d|lors d|within|during|in|over)(?: les|es|es |e)? ?(?:the )?"
        rf"(?:last |past |derniers |previous )?\d+ (?:derniers )?(?:mois|semaines|months|weeks)(?: derniers)?"
        rf"(?:(?:,? qui (?:ont )?precede\w*|,? (?:avant|precedant|before|prior to|preceding)) (?:l'|la |the |le "
        rf")?(?:inclusion|"
        rf"randomi[sz]ation|selection|screening|entree(?: dans l'(?:etude|essai))?|enrol\w+|study entry|debut(?: du "
        rf"traitement)?)|(?= ?(?:$|[.;)])))",
        Role.STATE,
        LATELY,
    ),
    (
        rf"(?:maladie )?(?:en )?(?:disease )?progression(?: (?:radiologique|clinique|tumorale|documentee|objective|"
        rf"confirmee|de la maladie|et/ou|ou|et|radiologically|imwg|recist\S*)|{_DOCUMENTED})*{_SINCE_LAST}",
        Role.STATE,
        StateIs(State.PROGRESSION),
    ),
)
"""As the table of `disease_terms`, of which they are a part."""
