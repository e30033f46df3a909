"""The word classes of lines and courses of treatment: closed, French and English, with all their inflections.

Each class is a letter and a pattern in the folded text of a clause (small letters, no accents). A word of no class
makes its statement unread.
"""

import re

from rules.hinted import hinted
from rules.reading.treatments.named_treatments import MARK

NUMBERS = {
    "un": 1, "une": 1, "one": 1, "single": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
    "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10,
    "ten": 10, "douze": 12, "twelve": 12,
}  # fmt: skip
ORDINALS = {
    "premiere": 1, "premier": 1, "first": 1, "front": 1, "deuxieme": 2, "seconde": 2, "second": 2, "troisieme": 3,
    "third": 3, "quatrieme": 4, "fourth": 4, "cinquieme": 5, "fifth": 5,
}  # fmt: skip
NUMBER_RE = re.compile(rf"\d|(?<![a-z])(?:{'|'.join([*NUMBERS, *ORDINALS])}|annee|year)(?![a-z])")
_NUM = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})(?![\w.,]*\d)(?![a-z])(?:\s?\(\d{{1,2}}\))?"
LEAST = (
    r"(?:≥|\\?>\s?=|=\s?\\?>|(?:d')?au moins|(?:(?:au|un|a) )?minimum(?: (?:de |d'|of ))?|min\.?|at least|"
    r"(?:d'une )?duree minim(?:ale|um) (?:de |d')|"
    r"(?:a )?minimum of|superieure?s? ou egale?s? a)\s?"
)
MOST = (
    r"(?:≤|\\?<\s?=|=\s?\\?<|(?:d')?au plus|(?:(?:au|un|a) )?max(?:imum|imal|\.)?(?: (?:de |d'|of ))?|jusqu'a|up to|"
    r"at most|(?:pas|jamais) plus d(?:e |')|n'excedant pas|ne depassant pas|(?:no|not|never) (?:more|greater) than|"
    r"inferieure?s? ou egale?s? a)\s?"
)
MORE = r"(?:\\?>|plus d(?:e |')|more than|greater than|over|superieure?s? a|au-dela d(?:e |'))\s?"
LESS = r"(?:\\?<|moins d(?:e |')|fewer than|less than|under|inferieure?s? a)\s?"
COUNT = (
    rf"(?:(?:entre|between|de|from)\s)?(?P<c>{LEAST}|{MOST}|{MORE}|{LESS})?(?P<a>{_NUM})"
    rf"(?:(?P<to>\s?,?\s?(?:-|a|to|et|and|ou|or|/|mais|but)?\s?)(?P<d>{LEAST}|{MOST}|{LESS})?(?P<b>{_NUM}))?"
    r"(?P<tail>\s?\+|\s(?:ou|et|or|and) (?:plus|davantage|more)(?![a-z])(?: d(?:e |'))?|"
    r"\s(?:ou moins|or (?:fewer|less)|(?:au )?max(?:imum|\.)?|au plus|at most)(?![a-z]))?"
)
COUNT_RE = re.compile(COUNT)
ONLY = hinted(r"\s?(?:et )?(?:une? )?seule?s?(?![a-z])")
ONLY_BEFORE = re.compile(r"(?:exactement|exactly|seulement|uniquement|only)\s$")
UNIT = r"(?:jours?|j|days?|semaines?|sem\.?|weeks?|wks?|mois|months?|ans?|annees?|years?|yrs?)(?![a-z])"
TIME = (
    rf"(?:dans (?:un delai )?(?:d(?:e |')|les?\s|l'|un\s)?|within (?:the )?|in the |in |au cours d(?:es |e |u |')|"
    rf"entre |"
    rf"between |de )?"
    rf"(?P<c>{LEAST}|{MOST}|{MORE}|{LESS})?(?:(?:premiers?|first|les|environ|about) )?"
    rf"(?:(?P<a>{_NUM})\s?-?\s?(?P<u>{UNIT})?(?:\s?(?:-|a|to|et|and|ou|or|,)?\s?(?P<d>{LEAST}|{MOST}|{LESS})?"
    rf"(?P<b>{_NUM}))?\s?-?\s?(?P<v>{UNIT})|(?P<year>annee|year)(?![a-z]))"
    rf"(?P<tail>\s(?:ou plus|or more|au (?:moins|minimum)|minimum|au plus|au maximum|maximum)(?![a-z]))?"
)
TIME_RE = re.compile(rf"(?<![\w/]){TIME}")
WITHIN = re.compile(r"^(?:dans|within|in |au cours)")
_ORD = r"(?:[1-9]\s?(?:re|ere|er|e|eme|nde|nd|de|st|rd|th)|" + "|".join(ORDINALS) + r")(?![a-z])"
_SHORT = r"(?:l[1-9](?![\d])|[1-9]l(?![a-z]))"
RANK = (
    r"(?P<from>(?:a partir d(?:e |')|≥ ?|\\?> ?= ?|au moins (?:en )?(?:une )?|at least )(?:la |l')?)?"
    r"(?P<past>(?:au-dela d(?:e |')|beyond (?:the )?)(?:la |l')?)?"
    rf"(?:(?P<o>{_ORD})(?:(?:[ -]?(?:lignes?|lines?))?[ -]*(?:ou|or|et|/|-|a|to)[ -]*(?P<o2>{_ORD}))?[ -]?"
    rf"(?:lignes?|lines?)|(?P<s>{_SHORT})(?:\s?(?:ou|or|et|/|-|a|to)\s?(?P<s2>{_SHORT}))?)"
    r"(?P<later>\s?\+|\s(?:ou|et|or|and) (?:plus|au-dela|later|beyond|more|above|ulterieure?s?|suivantes?|"
    r"superieure?s?|subsequent)(?: lines?| lignes?)?(?![a-z]))?"
)
RANK_RE = re.compile(rf"(?<![\w-]){RANK}(?![a-z\d])")

_DISEASE = (
    r"(?:maladies?|stades?|phases?|situations?|contextes?|settings?|disease|stages?|formes?|cancers?|tumeurs?|"
    r"tumou?rs?|carcinomes?|adenocarcinomes?|carcinomas?)"
)
LOCALLY_ADVANCED = "¤a"
"""Stands for « LA » in capitals, which in small letters is an article."""
_FAR = (
    rf"(?:{LOCALLY_ADVANCED}|(?:localement |locally[ -])?(?:avancee?s?|advanced)|metastati(?:que|c)s?|r/m|"
    rf"palliati(?:f|ve|fs|ves)|palliative|"
    r"(?:non|not)[ -]?(?:resecable|operable|resectable)s?|inoperables?|unresectable|incurables?|disseminee?s?|"
    r"(?:stade|stage) iv[abc]?|resistante?s? a la castration|castration[- ]resistan\w+|cprcm?|m?crpc)"
    r"(?![a-z])"
)
_BACK = r"(?:recurrente?s?|recurrent|recidivante?s?|relapsed|en rechute|en recidive|rechute|recidive)(?![a-z])"
_BACK_OR = rf"(?:(?:recurrente?s?|recurrent|recidivante?s?|relapsed)\s|{_BACK}\s?(?:/|,|et/ou|and/or|ou|or)\s?)(?:en )?"
_SEP = r"(?:\s?(?:/|,|et/ou|and/or|ou|or|et|and)\s?|\s)(?:en |au |the |un |une |la |le )?"
_LEAD = (
    r"(?:(?:(?:en|au|aux|a|dans|pour|in|for|at|du|de|d'|contre|with|to treat|of|traitant|visant)\s?)"
    r"(?:(?:le|la|les|l'|un|une|the|their|cette|ce|leur|sa|son|cadre|d'|de|du|a|visee)\s?)*)"
)
ADVANCED = (
    rf"(?:{_LEAD}?(?:{_DISEASE}\s)?(?:{_BACK_OR})?{_FAR}(?:{_SEP}(?:{_DISEASE}\s)?(?:{_FAR}|{_BACK}))*|"
    rf"{_LEAD}{_DISEASE}\s(?:de )?{_BACK}|(?:pour|for|traitant)\s(?:la |leur |sa |une |the )?(?:rechute|recidive|"
    rf"relapse))"
    rf"(?:\s(?:disease|settings?|stage|situation|cancers?|tumou?rs?|maladie))?(?![a-z])"
)
_EARLY = (
    r"(?:(?:\(neo-?\)|neo-?)[ -]?adj(?:uvant)?(?:e|s|es)?|adjuvante?s?|adj(?![a-z])\.?|"
    r"peri-?operatoires?|perioperative|(?:pre|post)-?op(?:eratoires?|erative)?)(?![a-z])"
)
EARLY = (
    rf"(?:(?:en|in|pour|de|d'|l'|as|dans|au|un|une|the)\s?(?:(?:the|le|un|cadre|situation|contexte|phase|traitement|"
    rf"setting|l'|d'|une?)\s?)*)?{_EARLY}(?:\s?(?:/|ou|et|or|and|et/ou|and/or|\+)\s?{_EARLY})*"
    r"(?:\s(?:setting|therapy|treatment|traitement))?(?![a-z])"
)
MAINTENANCE = (
    r"(?:en |de |d'|as |in )?(?:maintenance|entretien|consolidation)(?: setting| therapy| treatment)?(?![a-z])"
)

_DOCUMENTED = (
    r"documente\w*|documented|confirme\w*|confirmed|averee?s?|radiologi\w*|radiographi\w*|clinique\w*|cliniquement|"
    r"clinical(?:ly)?|biologique\w*|objectiv\w*|selon|according|per|recist|imwg|iwcll|lugano|pcwg-?3?|irecist|"
    r"v?1[.,]1|"
    r"survenue?s?|occurr\w*|occurring|survient|apparue?s?|par l'imagerie|a l'imagerie|on imaging|recente?s?|claire?s?"
)
_PEOPLE = (
    r"patient\w*|participant\w*|sujets?|subjects?|malades?|individuals?|personnes?|celles?|ceux|those|"
    r"adultes?(?= ayant)"
)
_LITTLE = (
    r"a|au|aux|de|du|des|d'|l'|la|le|les|une?|en|dans|par|pour|sa|son|ses|leurs?|ce|cet|cette|ces|the|an|of|to|in|"
    r"for|"
    r"by|as|at|its|their|which|who|qui|que|qu'|il|elle|ils|elles|s'|n'|ne|y|se|from|"
    r"avoir|ayant|ont|ait|aura|auront|eut|doit|doivent|devra|devront|etre|est|sont|ete|etait|soit|have|has|having|"
    r"had|"
    r"must|should|be|been|is|are|was|were|being|become|became|devenue?s?|juge\w*|considere\w*|considered|"
    r"maladies?|cancers?|tumeurs?|disease|tumou?rs?|neoplasies?|malignancy|tumorale?s?|tumou?ral|"
    r"systemi(?:que|c)s?|medica(?:l|le|ux|les)|anti-?cancer\w*|antineoplasi\w*|antitumora\w*|"
    r"differente?s?|different|distinctes?|successives?|consecuti\w*|separees?|therapeutiques?|"
    r"nombre|nb|number|total|obligatoirement|imperativement|necessairement|tout|toute|any|ensemble|quelconques?|"
    r"effectivement|least|"
    r"chaque|chacun(?:e|s|es)?|each|donc|alors|bien|comme|lequel|laquelle|lesquel(?:s|les)|situation|doses?|"
    r"obtenu(?:e|s|es)?|achieved|obtained|"
    r"presente\w*|present(?:ed|ing)?|whom|do|does|did|diagnosti(?:c|que)|diagnosis"
)
_ASIDES = (
    r"quel(?:le)?s? qu(?:e |'(?:il|elle|ils|elles|en) )?soi(?:t|ent)[^,;.()]*|quel(?:le)?s? que soi(?:t|"
    r"ent)[^,;.()]*|"
    r"regardless of[^,;.()]*|irrespective of[^,;.()]*|independamment d[^,;.()]*|"
    r"\(?(?:separement|ensemble|en association|en combinaison|concomitamment|simultanement|combines?|seule?s?|"
    r"en monotherapie|together|in combination|alone|separately|concurrently|concomitants?)"
    r"(?: (?:ou|or|et/ou|and/or) (?:en |in )?(?:separement|ensemble|association|combinaison|non|"
    r"sequentielle?s?(?:ment)?|"
    r"successivement|l'une? apres l'autre|together|combination|sequentially|separately|alone|seule?s?))+\)?|"
    r"(?:de facon |de maniere )?(?:concomitante|simultanee) ou (?:sequentielle|successive)|"
    r"(?:selon|d'apres|a|de) (?:l'|le |la )?(?:avis |appreciation |jugement )?(?:d(?:e |u "
    r")?)?(?:l')?(?:investigat\w+|"
    r"clinicien\w*|medecin\w*(?: investigateur)?|oncologue|rcp)(?! d)|in the (?:opinion|judgment|judgement) of the "
    r"investigator|per investigator(?: assessment)?|(?:\(?± ?\d+ (?:mois|semaines|sem|jours|weeks|months|days)\)?)|"
    r"tou(?:te)?s (?:lignes |situations |stades |settings )?confondue?s|environ|approximately|about|au total|en "
    r"tout|in total|overall|au cours de la maladie|par voie (?:systemique|"
    r"generale|orale|intraveineuse)|au (?:type|stade) de (?:la )?(?:tumeur|maladie)(?: et (?:au|le) (?:type|stade))?|"
    r"au type (?:de tumeur|tumoral|histologique)(?: et (?:au |a )?(?:son )?stade)?|pour (?:leur|son|ce) type "
    r"(?:de cancer|de tumeur|tumoral)|for (?:their|the) (?:tumou?r type|disease|cancer)|a son stade"
)

_LIFE_PROLONGING = (
    r"(?:(?:(?:qui |that |which )?(?:est |sont |is |are )?(?:(?:connue?s? pour|known to|likely to|shown to|pouvant|to|"
    r"de) |(?:susceptibles?|permettant|permet(?:tent)?|capables?) (?:de |d')|d'|"
    r"ayant (?:demontre|montre|prouve) (?:pouvoir )?))?(?:prolong|allong|amelior|augment|extend|improv)\w+ "
    r"(?:la |le |the |leur |sa |de la )?(?:survie|survival|vie|life)(?: globale)?|(?:life|survival)[- ](?:prolonging|"
    r"extending)|(?:(?:ayant|with|avec|apportant|offrant|conferant|providing|offer\w*|provid\w*|confer\w*|demontre|"
    r"montre) )*(?:a |an |un |une )?(?:proven |demontre )?(?:survival benefit|benefices? (?:de|en|en termes? de|"
    r"sur la) survie|gain (?:de|en) survie))"
)

CLASSES: tuple[tuple[str, str], ...] = (
    ("_", _ASIDES),
    ("_", rf"(?:anticorps|agents?|molecules?|medicaments?|antibod(?:y|ies)|drugs?|sels?|doublets?)(?= ?{MARK})"),
    ("Q", r"±|\+/-|avec ou sans|with or without|plus ou moins"),
    (
        "K",
        (
            r"(?:n'est|ne sont|n'etant|ne sera|ne seront|ne|is|are|does|do|will)? ?(?:pas|non|not|ni|jamais)[ "
            r"-]?(?:be |etre )?"
            r"(?:compt(?:e|ee|es|ees|ant|ent|abilise\w*)|prise?s? en compte|consideree?s? comme une? ligne|"
            r"count(?:ed|ing)?|"
            r"considered (?:as )?(?:a )?(?:prior )?lines?)(?: (?:comme|pour|as|for)(?: une| a| des)? (?:lignes?|"
            r"lines?))?|"
            r"(?:neo-?\)?adjuvant\w*) (?:non|pas) compt\w*"
        ),
    ),
    (
        "k",
        (
            r"(?:compt(?:e|ee|es|ees|ent|ant|abilise\w*)|counts?|counted|considere\w*|considered)"
            r"(?: (?:pour|comme|as|for) (?:une|1|des|a|one) (?:lignes?|lines?))?|comprise?s?|inclus(?:e|es)?(?! d)"
        ),
    ),
    (
        "f:refusal",
        (
            r"(?:ne |n')?(?:l'|les )?(?:a|ont|ayant|est|sont)? ?pas (?:ete )?(?:bien )?toleree?s?|non toleree?s?|"
            r"(?:not|did not|could not) (?:been )?tolerat\w+|intoleran\w*|toxicites? (?:inacceptables?|limitantes?|"
            r"excessives?)|unacceptable toxicity|arret pour toxicite|ne (?:le |les )?tolere(?:nt)?(?: pas)?|"
            r"intolerables?"
        ),
    ),
    (
        "e",
        (
            r"(?:non |not |pas |in|inadmissibles?|in-)(?:eligibles?|eligibilite|admissibles?|indiquee?s?|"
            r"appropriee?s?|adaptee?s?|approprie|suitable|candidat\w*|(?:a )?candidates?(?: for)?|accessibles?|"
            r"disponibles?|"
            r"dispo|applicables?|envisageables?|indicated|available)|ineligib\w*|contre-indi\w*|contraindi\w*|"
            r"refus(?:e|ee|"
            r"ees|es|ant|ent|al|ed|ing|s)?|declin\w*|inaptes?|inaptitude|unfit|unsuitable|inappropriate|"
            r"inapproprie\w*|"
            r"unavailable|indisponib\w*|inacessib\w*"
        ),
    ),
    ("x", r"epuise\w*|epuisement|exhaust\w*|impasses?"),
    (
        "f:progression",
        (
            r"(?:en |in )?(?:progressions?|progress(?:e|es|ee|ees|er|ant|ent|if|ive|ifs|ives|ed|ing)|echecs?|"
            r"echou\w+|"
            r"(?:re)?echapp\w+|fail(?:ed|ure|ures|ing|s)?|evoluti(?:f|ve|fs|ves)|resist(?:e|ee|ant|ante|ants|antes|"
            r"ance|ances)|"
            r"refractair(?:e|es)|refractory|resistant|resistance|non[- ]repond\w+|unresponsive)"
        ),
    ),
    ("f:relapse", r"(?:en |in )?(?:rechut\w*|recidiv\w*|relaps\w*|recurr\w*|re-?evolu\w*)|r/r"),
    (
        "R",
        (
            r"(?:meilleure |best )?(?:reponse|response) (?:autre qu(?:e |')|other than )(?:la |une )?progression|"
            r"(?:en |in )?(?:reponses?|repond\w+|response|respon(?:se|ded|ding|ders?)|rc|rp|cr|pr|sd|remissions?|"
            r"stables?|"
            r"stabilit\w+|stabilis\w+|controlee?s?|controle(?= de la maladie)|disease control|stable disease|"
            r"benefice clinique)(?: (?:completes?|partielles?|objectives?|tumorales?|partial|complete|"
            r"(?:ou|or|/) (?:complete|partielle|partial)))*"
        ),
    ),
    (
        "z",
        (
            r"(?:(?:la |le |l'|sa |son |leur |the |its )?(?:fin|arret|end|completion|conclusion|cessation|"
            r"discontinuation|"
            r"interruption|derniere (?:dose|cure|administration|perfusion|injection|prise|instillation)|dernier "
            r"(?:cycle|jour)|"
            r"last (?:dose|cycle|administration|infusion|injection)))(?: (?:de|du|d'|des|of)(?! (?:la |le |the "
            r")?(?:maladie|"
            r"disease)))?(?:la |le |the )?"
        ),
    ),
    (
        "l",
        (
            r"dernier(?:e|s|es)?|last|latest|(?:la |le |les )?plus recente?s?|most recent|immediatement "
            r"(?:anterieure?|"
            r"precedente?)|immediately (?:prior|preceding)|immediate prior"
        ),
    ),
    ("h", r"depuis|since|il y a|ago"),
    ("F", r"primitivement|primairement|primaires?|primary|primarily|d'emblee"),
    (":", r"(?:et )?defini(?:e|s|es)? (?:par|comme)|defined (?:as|by)|c'est-a-dire|i\.e\.?"),
    ("t", r"(?:au |d'au )?(?:moins|minimum)|at least|(?:au |un )?maximum|max\.?|au plus|at most|ou plus|or more"),
    ("b", r"avant|before|prior to|precedant|precedent (?=l'|la )"),
    (
        "p",
        (
            r"anterieur(?:e|s|es|ement)?(?:\(?e?s?\))?|prealables?|prealablement|precedent(?:e|s|es)?|precedemment|"
            r"auparavant|deja|prior|previous(?:ly)?|earlier|already|par le passe|(?:antecedents?|history) (?:d'|de |"
            r"of )?|"
            r"d'abord|au moment de l'inclusion"
        ),
    ),
    (
        "v",
        (
            r"(?:treatment|therapy|chemotherapy|systemic|traitement)?[- ]?nai(?:f|fs|ve|ves)(?: (?:de|d'|of|to))?|"
            r"vierges?(?: (?:de|d'))?|(?:non|jamais|never|not|pas)(?: encore| been| ete)*[ -]?(?:pre-?)?trait(?:e|"
            r"ee|es|ees)|"
            r"(?:previously )?untreated|(?:not|never) (?:been )?(?:previously )?treated"
        ),
    ),
    (
        "E",
        r"termine\w*|acheve\w*|finie?s?|complet(?:ed|ing)|arrete\w*|stoppe\w*|ended|finished|discontinued|"
        r"interromp\w*",
    ),
    (
        "g",
        (
            r"recu(?:e|s|es)?|beneficie(?:r|s)?(?: de| d')?|pre-?trait(?:e|ee|es|ees)|trait(?:e|ee|es|ees|"
            r"er)|"
            r"expose(?:e|s|es)?|expositions?|exposures?|exposed|administre\w*|received|receipt|"
            r"(?:pre-?)?treated|"
            r"undergone|underwent|subi(?:e|s|es)?|given|donne(?:e|es|s)?|eu(?![a-z])|utilise\w*|realise\w*|"
            r"delivre\w*|effectue\w*"
        ),
    ),
    (
        "i",
        (
            r"dont (?:au moins )?(?:une?|1)(?: lignes?)?(?: (?:avec|par|a base d(?:e |')|ayant (?:comporte|inclus|"
            r"contenu)|"
            r"comportant|contenant|incluant|comprenant))(?! l)|dont(?! l)|a base d(?:e |')|y compris|incluant|"
            r"inclu(?:t|re|ant|ent|s)|ayant inclus|comprenant|compren\w+|comport\w+|"
            r"conten\w+|contain\w*|including|include[sd]?|(?:dont )?(?:l'une?|une?|1) (?:d'(?:elles|entre elles|"
            r"eux)|au moins)"
            r"? ?(?:comport|conten|compren|inclu)\w+|(?:at least )?one of which (?:contain|includ|ha)\w+|parmi "
            r"lesquel\w+|"
            r"consist\w+(?: of| en)?|constitue\w* d(?:e|')"
        ),
    ),
    (
        "w",
        (
            r"intervalles?(?: (?:libre|sans)(?: (?:de |d')?(?:traitement|maladie|progression|rechute|recidive))?)?|"
            r"delais?|periode|interval|ecoule\w*|isp|ilp|pfi|ptfi|itfp|treatment[- ]free interval|disease[- ]free "
            r"interval|entre|between"
        ),
    ),
    (
        "r",
        (
            r"apres|pendant|sous|durant|au cours (?:de|d'|du|des)|lors (?:de|d'|du|des)|malgre|despite|on|after|"
            r"following|"
            r"during|under|(?:a la )?suite (?:a|de)|au decours (?:de|d'|du)|a l'issue (?:de|d'|du)|post|upon|suivant|"
            r"qui (?:suit|suivent|a suivi|ont suivi)|suivie? (?:de|d'|par)"
        ),
    ),
    ("L", r"lignes?|lines?"),
    (
        "J",
        (
            r"(?:candidat\w*|eligibles?|relevant|candidates?|eligible|indication|indiques?)(?: (?:a|pour|d'|de|for|"
            r"to)(?! l'))?"
        ),
    ),
    ("s", rf"(?:curati(?:f|ve|fs|ves) (?:ou|ni|et/ou|et|or|nor|and/or) (?:to )?)?{_LIFE_PROLONGING}"),
    ("U", r"(?:a visee |d'intention |with )?curati(?:f|ve|fs|ves)(?: intent)?"),
    ("m", r"(?:apparition (?:de |d'une? )?)?metastas[ei]s?(?: a distance)?(?: visible)?|distant metastas[ei]s"),
    ("C", r"cycles?|cures?|courses?"),
    ("q", r"(?:options?|alternatives?|solutions?)(?: (?:therapeutiques?|de traitement|de soins?))?"),
    (
        "s",
        (
            r"standards?(?: of care)?|standard[- ]of[- ]care|soc(?![a-z])|de reference|(?:non )?conventionnel(?:le|"
            r"s|les)?|"
            r"valide(?:e|s|es)?|recommande(?:e|s|es)?|approuve(?:e|s|es)?|appropriee?s?|usuel(?:le|s|les)?|"
            r"habituel(?:le|s|les)?|homologue(?:e|s|es)?|reconnue?s?|etabli(?:e|s|es)?|efficaces?|effective|approved|"
            r"conventional|established|recognised|recognized|validated|appropriate|satisfactory|satisfaisante?s?|de "
            r"soins?|"
            r"(?:connue?s? )?(?:pour )?(?:apport|offr|confer|procur)\w+ un benefice(?: clinique)?|(?:known |likely "
            r")?(?:to )?"
            r"(?:provide|confer|convey)(?:ing)? (?:a )?(?:meaningful )?(?:clinical )?benefit"
        ),
    ),
    ("H", (r"traitements?|therap(?:ie|ies|y)|treatments?|regimens?|schemas?|protocoles?|prises? en charge|care")),
    (
        "y",
        (
            r"disponibles?|existante?s?|existe(?:nt)?|available|exists?|possibles?|accessibles?|connue?s?|known|"
            r"remain(?:ing|s)?|restante?s?|reste(?:nt)?|dispose(?:nt|r|ant)?(?: d(?:e|'))?|autres?|other|further|"
            r"additional"
        ),
    ),
    ("a", r"tous(?: les)?|toutes(?: les)?|all(?: the)?|l'ensemble (?:des|d')|la totalite (?:des|d')"),
    (
        "n",
        (
            r"pas|aucune?s?|sans|jamais|absence|non|ni|no|not|never|without|nor|plus(?= (?:d'|de )(?!\d))|plus(?= "
            r"aucun)|"
            r"no longer|n'ayant plus"
        ),
    ),
    ("I", r"(?:d'|l')?induction|initiale?s?"),
    (
        "j",
        (
            r"(?:l'|la |le |the )?(?:inclusion|randomi[sz]ation|screening|selection|enrol\w*|entree(?: dans "
            r"l'(?:etude|essai))?|"
            r"study entry|premiere (?:dose|administration)(?: du traitement)?(?: de l'etude| a l'etude)?|first dose"
            r"(?: of study (?:drug|treatment))?|registration|(?:debut|j1|c1j1)(?: (?:du traitement|de l'etude))*|"
            r"etude|essai)"
        ),
    ),
    ("c", r"sauf|hors|hormis|except\w*|a l'exception(?: d(?:e|'|u|es))?|excluding|excepte\w*|en dehors d(?:e|'|u)"),
    ("d", r"si|if|a condition(?: (?:d'|de|que))?|provided(?: that)?|as long as|sous reserve(?: (?:de|que|d'))?"),
    ("u", r"autoris\w+|permis\w*|accept\w+|toler(?:e|ee|ees|es)|admis\w*|allowed|permitted|acceptable"),
    ("P", r"sensibles?|sensibilite|sensitive"),
    ("~", r"ceux-ci|celui-ci|celles?-ci|ces derni\w+|ce dernier|cette derniere|them|it|these|this|that|celui-la"),
    ("o", r"et/ou|and/or|ou|or|soit|either"),
    ("&", r"et|and|puis|then|mais|but|ainsi que|as well as"),
    ("+", r"avec|with"),
    ("_", rf"{_DOCUMENTED}|{_PEOPLE}|{_LITTLE}"),
)
"""(letter, pattern) in the order in which they are tried; « _ » says nothing. A name behind a colon is a variety."""
