"""Measurable disease, and the sentences every trial has, understood as what they are: not to be asked at the board.

Organ function without figures, life expectancy, contraception, consent, tissue, vaccines, other trials …: each is a
test that stays unknown, of its screening kind. A limit in figures is left to whoever reads it.
"""

import re

from rules.criteria import AnyOf, Kind, Measurable, Not, Polarity, Test, Unread
from rules.hinted import hinted
from rules.reading.clause import Clause, Found
from rules.reading.phrases import without_overlap

_ORGANS = (
    r"(?:hematologiques?|medullaires?|hepatiques?|renales?|cardiaques?|pulmonaires?|biologiques?|organiques?|"
    r"d'organes?|des organes|vitales?|viscerales?|hemostase|de la coagulation|"
    r"bone marrow|marrow|hematologic(?:al)?|haematolog\w+|hepatic|liver|renal|kidney|cardiac|organ|end[- ]organ|"
    r"coagulation|pulmonary|thyroid|pancreatic|thyroidiennes?)"
)
_ADEQUATE = (
    r"(?:adequate?s?|adequatee?s?|satisfaisante?s?|suffisante?s?|correcte?s?|conservee?s?|normale?s?|acceptables?|"
    r"adequate|acceptable|normal|sufficient|preserved|good)"
)
_LIST = rf"{_ORGANS}(?:\s?(?:,|/|et|and|ou|or|, and|&)\s?(?:(?:la |fonctions? )?){_ORGANS})*"
_FUNCTION = (
    rf"(?:(?:fonctions?|bilans?)(?: de la)? {_LIST} {_ADEQUATE}|(?:{_ADEQUATE})(?: and stable)? (?:baseline )"
    rf"?{_LIST}(?: (?:and|,) {_ORGANS})* ?(?:functions?|reserve)|"
    rf"{_ADEQUATE} (?:fonctions?) {_LIST}|{_LIST} functions? (?:is |are )?{_ADEQUATE}|bilan biologique {_ADEQUATE}|"
    r"fonctions? (?:vitales|d'organes?|organiques) (?:adequates?|satisfaisantes?)|adequate (?:laboratory|lab) "
    r"(?:values|parameters))"
    r"(?:,? (?:selon|definies? (?:par|comme suit|comme)|tel(?:le)?s? que definies?|as defined (?:by|below|in the "
    r"protocol)|defined (?:as|by)|per protocol|according to the protocol|evidenced by)[^:<>≥≤=\d]{0,30})?"
)
_WHAT = (
    r"(?:d'organes?|organes?|organiques?|biologiques?|hemato\w*|renales?|renal|hepatiques?|cardiaques?|pulmonaires?|"
    r"medullaires?|coag\w*|moelle|ionogramme|vitales?|viscerales?|respiratoires?|digestives?|calcemie corrigee|"
    r"fonctions?|et|ou|la|les|de la|de|/|,)"
)
_HOW = (
    r"(?:in)?(?:adequate?e?s?|satisfaisante?s?|correcte?s?|suffisante?s?|normale?s?|conservee?s?|alteree?s?|"
    r"acceptables?|"
    r"adequats?|corrects?)"
)
_CHECKED = (
    r"(?:\s?\((?:[<≤] ?)?(?:\d+ ?(?:j|sem\w*|jours)|labo\w*|biologie)[^()]*\)|"
    r"\s(?:dans les \d+ ?(?:j|jours|sem\w*)|pendant|selon|au screening|a l'inclusion)\b[^,;]*)?"
)
_FRENCH_FUNCTION = (
    rf"(?:(?:bonnes? )?(?:fonctions?|bilans?)(?:[\s,]+{_WHAT})+[\s,]+(?:{_HOW}|selon (?:le )?protocole)|"
    rf"(?:etat general et )?(?:biologie|analyses? d'urines?|coagulation(?: et analyses? d'urines?)?|ionogramme|"
    rf"fevg)\s{_HOW})"
    rf"{_CHECKED}"
)
_CRITERIA = (
    r"(?:recist|mrecist|irecist|pcwg-?3|imwg|lugano|rano|iwg|percist|cheson|who|choi|inrc|iwcll|recil|gcig|itmig)"
)
_PER = (
    rf"(?:,?\s?\(?(?:selon|d'apres|per|by|according to|as per|as defined by|using|au sens d\w*|based on|avec|with|"
    rf"defined (?:as|by)|par|evaluee? (?:par|selon))\s?(?:les |the |l'|des |le )?(?:criteres? |criteria |"
    rf"investigator[- ]assessed |response evaluation criteria in solid tumou?rs )?(?:de )?\(?(?:modified |rano|"
    rf"{_CRITERIA})[^,;()]{{0,40}}?\)?\)?(?=$|[,;)]|\.(?!\d)|\s(?:et|and|ou|or|with|avec|that|on|en|sur|in|at|a)"
    rf"\b)|\s?\(\s?{_CRITERIA}[^()]{{0,20}}\)|\sm?{_CRITERIA}(?:\s?v?\d(?:[.,]\d)?)?(?![a-z\d]))?"
)
_LESION = (
    r"(?:lesions?|cibles?|cible mesurable|disease|maladies?|tumeurs?|tumou?rs?|site|sites|foyers?|ganglions?|"
    r"localisations?|masses?|targets?)"
)
_MEASURABLE = (
    rf"(?:(?:presence d'|presence of |existence d'|have |has |avoir |documented )?(?:(?:(?:au moins|at least) "
    rf"(?:une?|one|1|deux|two|2) |(?:une|a|one|1) |[≥>]=?\s?1 )?(?:or more )?{_LESION}(?: (?:tumorale?s?|cibles?|"
    rf"solides?|ganglionnaire|nodale?s?|extra-?cranienne?s?|radiologiquement|target))* (?:est |is |that is |qui "
    rf"soit |soit )?(?:bidimensionnellement )?mesurables?"
    rf"|(?:(?:au moins|at least) (?:une?|one|1|two|2) |a |one |1 )?(?:radiographically |bidimensionally |"
    rf"radiologically |clinically |extracranial )*measurable (?:target |tumou?r |soft tissue |extracranial |nodal "
    rf"|metastatic |solid )*{_LESION}|{_LESION}(?: must be| that is| is)? measurable|"
    rf"evidence of measurable disease|maladie mesurable|(?<!non )(?<!non-)\bmesurables?(?=\s(?:selon|{_CRITERIA}))|"
    rf"(?:(?:au moins|[≥>]=?) ?(?:une?|1) )?lesions? cibles?(?=\s\(?(?:selon )?{_CRITERIA}))){_PER}(?:,? "
    rf"\(?(?:defined as|defini\w* (?:comme|par))[^;]*)?"
)
_SIZE = (
    r"(?:[<>≥≤]=?|au moins|d'au moins|plus de|at least|more than)\s?\d+(?:[.,]\d+)?\s?"
    r"(?:cm|mm|g\s?/\s?d?l|mg|giga|%|/mm3)"
)
_SMALLEST = (
    r"(?:(?:au moins|at least) (?:une?|one|1) |[≥>]=?\s?1 )(?:lesions?|cibles?|sites?|foyers?|ganglions?|gg|"
    r"adenopathies?|nodules?|nodes?|lymph nodes?|localisations?)"
    r"(?: (?:ganglionnaires?|extra-?ganglionnaires?|extra-?gg|gg|nodale?s?|extra-?nodale?s?|nodal|extranodal|"
    r"tumorale?s?|bi-?dimensionnelle?s?|cibles?|ou|or))*"
    r"(?: (?:mesurant|de|measuring|of))?\s?(?:[>≥]=?|d'au moins|au moins|plus de|at least|more than)\s?"
    r"(?:[01](?:[.,]\d)?\s?cm|(?:[5-9]|1\d|20)\s?mm)(?: (?:de|dans) (?:grand|plus grand|petit|son)[a-z ]{1,20}"
    r"(?:axe|diametre))?"
)
"""« Au moins un ganglion > 1,5 cm »: how small a lesion may be that is followed; 5 cm would be a mass."""
_BY_DEFINITION = re.compile(
    rf"\W*(?:(?:presence d'une? |une? )?(?:{_LESION}|disease) )?(?:mesurables?|measurable)(?: disease)?"
    rf"(?:\s?\([^()]*\))?(?:,? (?:defini\w*|defined)(?: (?:comme|par|par l'un des|as|by))?)?\s?:\s(?=.*{_SIZE})"
)
"""« Mesurable : LLC, lymphocytes ≥ 5 G/L ou … »: the sizes by which each tumour is followed."""
_NON_MEASURABLE = (
    r"(?:maladie|lesions?|disease|tumeur) non[- ]mesurables?|non-?measurable (?:disease|lesions?)|absence de "
    r"(?:lesion|maladie) mesurable|pas de (?:lesion|maladie) mesurable|no measurable disease|sans lesion mesurable"
)
_EITHER = (
    r"mesurables? (?:ou|et/ou) (?:\w+ )?(?:non[- ]mesurables?|evaluables?)|measurable (?:and/or|or) (?:\w+[- ])"
    r"?(?:non-?measurable|evaluable)|evaluables? (?:ou|et/ou) mesurables?|evaluable (?:and/or|or) measurable|"
    r"mesurable ou non|mesurables?/evaluables?|measurable/evaluable"
)
_EVALUABLE = (
    rf"(?:(?:presence d'|au moins une |at least one )?(?:{_LESION} (?:tumorale?s? )?evaluables?|evaluable "
    rf"{_LESION})){_PER}"
)

_TABLE: tuple[tuple[Kind, str], ...] = (
    (
        Kind.OTHER,
        r"esperance de vie\b|duree de vie (?:estimee|prevue)|survie (?:estimee|prevue|attendue)|life[- "
        r"]expectancy|(?:estimated|expected|anticipated|projected|predicted) (?:life|survival)|pronostic vital",
    ),
    (Kind.LABS, f"{_FRENCH_FUNCTION}|{_FUNCTION}"),
    (
        Kind.CONTRACEPTION,
        r"contracepti\w*|methode(?:s)? de barriere|abstinence|preservatif|condom|test de grossesse|pregnancy test|"
        r"birth control|(?:femmes?|women|patientes?|participants?|sujets?|hommes?|men|males?|females?)[^,;]{0,12} "
        r"(?:en age de procreer|of (?:child-?bearing|reproductive) (?:potential|age))|"
        r"procreat\w+|don de sperme|sperm donation|donat\w+ (?:of )?(?:sperm|ova|eggs?)|donate (?:sperm|eggs|ova)|"
        r"fertilite",
    ),
    (
        Kind.CONSENT,
        r"consentements?(?: (?:libre|eclaire|ecrit|signe|date|obtenu|et|du patient))*|informed consent|"
        r"\bconsent(?:ed|s)?\b|notice d'information|information eclairee|non[- ]opposition|icf\b|assent\b|"
        r"affili\w+ (?:a |au )?(?:un |une |le |la )?(?:regime|securite sociale|assurance|systeme)|"
        r"(?:beneficia\w+|couvert\w*) (?:de |d'|par )?(?:un |une |la |le )?(?:regime de )?(?:securite sociale|"
        r"assurance maladie)|social security|health insurance|(?:sous |mesure de )?(?:tutelle|curatelle|"
        r"sauvegarde de justice)|protection (?:juridique|legale)|"
        r"prive\w* de liberte|majeurs? proteg\w*|deprived of (?:liberty|freedom)|(?:legal )?guardianship|"
        r"incapacite (?:juridique|legale|a consentir)|incarcer\w+|prisoners?|incapable de (?:donner|consentir)|"
        r"hors d'etat d'exprimer",
    ),
    (
        Kind.OTHER,
        r"(?:tissus?|echantillons?|materiels?|blocs?|prelevements?|biopsies?|lames?)(?: tumora(?:l|ux|le|les)| de "
        r"tumeur| archive\w*| frais| fixe\w*| ffpe| en paraffine| inclus\w* en paraffine| biologiques?)* "
        r"(?:disponibles?|exploitables?|suffisante?s?|accessibles?|archivee?s?|adequate?s?|a envoyer|"
        r"obligatoires?)|"
        r"disponibilite (?:de |d'|du |des )(?:un |une |l'|la )?(?:tissu\w*|echantillon\w*|materiel|bloc\w*|"
        r"prelevement\w*|biopsie\w*)|accord pour (?:une )?biopsie|biopsie obligatoire|lesion (?:accessible a une "
        r"biopsie|biopsiable)|"
        r"(?:availability of |available |archival |archived |provide |willing(?:ness)? to (?:provide|undergo|"
        r"supply) |adequate |sufficient )(?:\w+ |-|/|, |or |\(ffpe\) ){0,7}(?:tissue|tumou?r samples?|specimens?|"
        r"biops(?:y|ies)|blocks?)|(?:tissue|tumou?r samples?|biopsy) (?:must be |is |are )?available|"
        r"amenable to (?:a )?biopsy|mandatory biops\w+|biopsiable",
    ),
    (
        Kind.OTHER,
        r"(?:capable|peu(?:t|vent)|capacite|aptitude|pouvant|able)(?: (?:a|de|d'|to))*\s?(?:avaler|swallow)[^,;]*|"
        r"(?:autre )?(?:produit|medicament) (?:experimenta\w+|a l'essai)(?: (?:en cours|concomitant\w*|"
        r"simultane\w*|[<≤] ?\d+ ?\w+|dans les \d+ \w+))?",
    ),
    (
        Kind.OTHER,
        r"(?:(?:administration|injection|reception) d'un |(?:recu|received|receipt of) (?:un |an? |any )?|"
        r"vaccination (?:par|with|avec) (?:un |an? )?)?(?:vaccins? (?:vivants?|a virus)[^,;()]{0,60}|"
        r"live(?:[- /]\w+){0,3} vaccin\w*(?: [^,;()]{0,60})?|vaccination (?:anti-?\w+|contre|dans les|within)"
        r"[^,;()]{0,60}|vaccin\w* (?:dans les|within)[^,;()]{0,40})",
    ),
    (
        Kind.OTHER,
        r"(?:participa\w+|inclus\w*|inclusion|enrol\w+|included|particip\w+)(?: \w+){0,3} (?:a |dans |d'|in |to |"
        r"on )?(?:un |une |an? |any )?(?:autre|another|other|autres)s? (?:\w+ )?(?:essais?|etudes?|protocoles?|"
        r"recherches?|stud(?:y|ies)|trials?|clinical (?:trial|stud)\w*)(?: (?:clinique|therapeutique|"
        r"interventionnelle?|cliniques?))*"
        r"(?: (?:concomitant\w*|en cours|simultanement|dans les|within|au cours des|in the|avec|with|depuis)[^,;()"
        r"]{0,60})?|"
        r"periode d'exclusion|participation (?:simultanee|concomitante) a (?:un |une )?(?:autre )?(?:essai|etude|"
        r"recherche)",
    ),
    (
        Kind.OTHER,
        r"(?:capable|capacite|aptitude|able|ability|willing\w*|volonte|accepta\w+|disposed|peut|apte)(?: and able|"
        r" et capable)? (?:de |d'|a |to )(?:se |comprendre |suivre|respecter|comply|adhere|understand|complete|"
        r"repondre|remplir|lire|read|follow|cooperate)[^,;]{0,60}|"
        r"(?:compliance|observance|adherence)\b[^,;()<>]{0,50}|suivi (?:regulier )?(?:impossible|possible|medical "
        r"regulier)|impossibilite (?:de se soumettre|de suivre|d'assurer le suivi)[^,;]{0,80}|raisons? "
        r"(?:geographiques?|psychologiques?|sociales?)[^;]{0,60}|"
        r"(?:comprendre|comprehension|maitrise|parler|lire|speak|read|understand|fluent)(?:,| et| ou| and| or| in|"
        r" de la| the| le| du)* (?:\w+,? ){0,4}(?:francais|langue francaise|english|french)|"
        r"questionnaires?\b[^,;()<>]{0,40}",
    ),
    (
        Kind.COMORBIDITY,
        r"(?:hypersensibilite|allergie|hypersensitivity|allergy|allergic reactions?|reaction allergique|"
        r"intolerance|contre-indications?|contra-?indications?)\b[^;<>]{0,60}?(?:excipients?|produits? (?:a "
        r"l'etude|de l'etude|experimenta\w*)|medicaments? (?:de l'etude|a l'etude|experimenta\w*)|traitements? "
        r"(?:a l'etude|de l'etude|experimenta\w*)|study (?:drugs?|treatments?|medications?|interventions?)|"
        r"investigational (?:product|drug|agent)s?|components?|composants?)(?: (?:du|des|de|of|ou|or|a l'un|et|"
        r"and|to)[^,;<>]{0,60})?",
    ),
    (
        Kind.OTHER,
        r"(?:toute|any) (?:condition|pathologie|affection|situation|medical condition|other condition|"
        r"psychological|concurrent)[^;<>]{0,100}?(?:investigateur|investigator|compromet\w*|interfer\w*|"
        r"jeopardi\w*)[^;<>]{0,80}|(?:selon|a) (?:le jugement|l'avis|l'appreciation|la discretion) de "
        r"l'investigateur",
    ),
)
_LIKELY = tuple(
    tuple(words.split())
    for words in (
        "vie life survi vital",
        "fonction function bilan adequate reserve biologie coagulation urine ionogramme fevg",
        "contracep barrier abstinen preservatif condom pregnan grossesse birth procre potential reproductive sperm "
        "donat fertil",
        "consent notice information opposition icf assent affili securite assurance insurance tutelle curatelle "
        "sauvegarde protect proteg libert guardian incapa incarcer prisoner exprimer freedom prive",
        "tissu tissue echantillon materiel bloc prelev biops lame sample specimen",
        "avaler swallow experimenta essai etude",
        "vaccin",
        "participa inclu enrol exclusion particip",
        "capa aptitude able ability willing volonte accepta disposed peut apte complian observance adherence suivi "
        "raison compr maitrise parler lire speak read understand fluent questionnaire impossibilite",
        "hypersensi allerg intoleran indication",
        "toute any jugement avis appreciation discretion",
    )
)
"""For each row of the table, words without which it cannot match: a clause that has none is not searched."""
_PATTERNS = tuple(
    (kind, hinted(rf"(?<![a-z0-9])(?:{words})(?![a-z])"), hinted("|".join(likely)))
    for (kind, words), likely in zip(_TABLE, _LIKELY, strict=True)
)
_WHOLE_CLAUSE = frozenset({Kind.CONTRACEPTION, Kind.CONSENT})
_LEAD_WORDS = re.compile(
    r"(?:patients?|patientes?|participants?|sujets?|subjects?|femmes?|hommes?|women|woman|men|males?|females?|"
    r"wocbp|en|in|age|de|d|of|du|la|le|les|l|un|une|a|an|the|and|et|ou|or|to|par|pour|for|by|"
    r"must|doit|doivent|doivent|agree\w*|accept\w*|use|utiliser|utilis\w*|highly|effective|efficace|adequate|"
    r"procreer|procreation|childbearing|potential|reproductive|non|sous|as|ayant|avoir|have|has|had|"
    r"be|is|are|being|willing\w*|able|ability|capable|capacite|provide\w*|give\w*|giving|sign\w*|obten\w*|"
    r"obtain\w*|written|ecrit|libre|eclaire|voluntar\w*|understand\w*|comprendre|donner|donne|recueil|"
    r"personnes?|individuals?|adultes?|all|any|tous|toutes?|effectif|negative?|negatif|serum|urine|urinaire|"
    r"serique|test|sexuellement|sexually|active?s?|methode|methods?|refus\w*|absence|lack|not|no|pas|"
    r"form|their|legal|representative|legally|authorized|his|her|own|dispose\w*|lu|read|complete|who|qui|with|"
    r"avec|partner|partenaire|fertile|non-?menopausee?s?|pre-?menopausal|protocol|study|etude)"
)
_OTHER_MATTER = re.compile(
    r"(?<!en )\bage[sd]?\b|\bagee|\d\s?ans\b|\byears (?:old|of age)|\becog\b|\boms\b|\bps [0-4]|karnofsky|metasta|"
    r"\bstade|\bstage\b|mutation|mesurable|measurable|lignes?\b|histolog|cytolog|carcinom|"
    r"adenocarc|lymphom|myelom|enceint|allait|pregnan\w* or|breast-?feed|lactati|grossesse en cours|uln\b|lsn\b|"
    r"clairance|creatinin|esperance|expectancy|infection|cardi|hepati|chimio|chemo"
)
_AS_A_DATE = re.compile(
    r"\b(?:prior to|before|avant|precedant|time of|date of|date d\w*|day of|jour d\w*|moment d\w*|lors d\w*|"
    r"following|after|apres|since|depuis|from|at|a la)\s(?:the |la |le |du |de la |study |main |signature (?:du |"
    r"de |of )?|"
    r"signing |signed |sign |obtaining |providing |provision of |an? |informed |written |initial |l'|obtention du "
    r"|d'obtention du |main study )*$"
)
_TIME = (
    r"(?:\s*(?:estimee?|prevue?|attendue?|of|de|is|est|a|:|d'|greater than|or equal to|superieure?|ou egale?|"
    r"inferieure?|au moins|at least|more than|plus de|moins de|less than|supérieure|minimum|"
    r"predictive|patient|must be|doit etre|according to|[<>≥≤=\\()]|\d+(?:[.,]\d+)?|trois|six|douze|deux|three|"
    r"twelve|two|un|one|mois|months?|semaines?|sem\b\.?|weeks?|ans?|annees?|years?|jours|days)(?![a-z]))+"
)
_AFTER_LIFE = re.compile(_TIME)
_MEASURE_PATTERNS = tuple(
    re.compile(rf"(?<![a-z])(?:{words})(?![a-z])") for words in (_EITHER, _NON_MEASURABLE, _MEASURABLE, _EVALUABLE)
)
_SMALL_LESION = hinted(rf"(?<![\w,.])(?:{_SMALLEST})(?![\w])")
_SIZED = re.compile(_SIZE)
_ELSE_ASKED = re.compile(
    r"\blignes?\b|\blines?\b|mutation|metasta|\bstade|\bstage\b|anterieur|prior|previous|\becog\b|\boms\b|\bps [0-4]|"
    r"karnofsky|\d\s?ans\b|years|biopsi|progress|rechut|relaps|refractai"
)
"""What a definition of measurable disease does not speak of."""
_SHORT = 120
_TISSUE = hinted(
    r"^\W*(?:blocs?|tissus?|echantillons?|materiel|lames?|tumeur archivee?|biopsies?)\b(?=.*(?:archiv|ffpe|blocs?\b|"
    r"lames?\b|"
    r"biopsie|disponible|paraffine|frais\b|exploitable))"
)
_NOT_REQUIRED = re.compile(
    r"(?:not (?:required|mandatory|necessary)|pas (?:obligatoire|requise?|necessaire|exigee?)|non (?:obligatoire|"
    r"requise?|exigee?)|facultati|not (?:be )?considered|may be|peut etre|are allowed|"
    r"preferred|if\b|si\b|sauf|unless|except|pour les|for (?:patients|participants|subjects|cohort|part)|"
    r"cohorte?s?\b|phase\b|non[- ]?mesurables? (?:accept|admis|autoris|permis|possib|toler|ok))"
)
_DENIED = re.compile(r"\b(?:pas|sans|no|not|without|aucune?|non|absence)\s(?:\S+\s){0,3}$")


def recognise(clause: Clause) -> list[Found]:
    """Measurable disease as a test; boilerplate as an unread test of its kind."""
    return without_overlap([*_measurable(clause), *_tissue(clause), *_boilerplate(clause)])


def _tissue(clause: Clause) -> list[Found]:
    """« Bloc d'archive ou nouvelle biopsie »: a short clause about tissue alone."""
    plain = clause.plain
    if len(plain) > _SHORT or not _TISSUE.match(plain) or _OTHER_MATTER.search(plain) or "irradi" in plain:
        return []
    return [Found(0, len(plain.rstrip()), Unread(Kind.OTHER), Kind.OTHER)]


def _measurable(clause: Clause) -> list[Found]:
    plain = clause.plain
    if not any(word in plain for word in ("mesurable", "measurable", "evaluable", "cible")):
        return _small_lesion(clause)
    if defines_measurable(plain):
        return [Found(0, len(plain), Measurable(), Kind.MEASURABLE)]
    tests: tuple[Test, ...] = (Unread(Kind.MEASURABLE), Not(Measurable()), Measurable(), Unread(Kind.MEASURABLE))
    for pattern, test in zip(_MEASURE_PATTERNS, tests, strict=True):
        match = pattern.search(plain)
        if match:
            return _asked(plain, match, test)
    return _small_lesion(clause)


def defines_measurable(plain: str) -> bool:
    """Whether a clause says by which sizes each tumour counts as measurable, and asks nothing else."""
    return _BY_DEFINITION.match(plain) is not None and _ELSE_ASKED.search(plain) is None


def is_a_size(plain: str) -> bool:
    """Whether a clause behind such a definition goes on with it."""
    return _SIZED.search(plain) is not None and _ELSE_ASKED.search(plain) is None


def _small_lesion(clause: Clause) -> list[Found]:
    """« Au moins un ganglion > 1,5 cm » of a demand: measurable disease by another name."""
    match = _SMALL_LESION.search(clause.plain) if clause.polarity is Polarity.INCLUSION else None
    return _asked(clause.plain, match, Measurable()) if match else []


def _asked(plain: str, match: re.Match[str], test: Test) -> list[Found]:
    """The demand, or only its mention where the clause says that it is not one for all."""
    rest = plain[: match.start()] + " " + plain[match.end() :]
    if test == Measurable():
        if re.search(r"(?:\b(?:ou|or|and/or|et/ou)\s|/\s?)(?:\w+ )?(?:evaluable|non[- ]?me)", rest):
            return [Found(match.start(), match.end(), AnyOf((test, Unread(Kind.MEASURABLE))), Kind.MEASURABLE)]
        if _DENIED.search(plain[: match.start()]):
            return []
        beside = re.match(r"\s*(?:ou|or)\b", plain[match.end() :]) or re.search(
            r"\b(?:ou|or)\s*$", plain[: match.start()]
        )
        if beside or _NOT_REQUIRED.search(rest):
            return [Found(match.start(), match.end(), Unread(Kind.MEASURABLE), Kind.MEASURABLE)]
    return [Found(match.start(), match.end(), test, Kind.MEASURABLE)]


def _is_the_matter(plain: str, start: int) -> bool:
    """Whether the clause is about this alone: only words of course before it, and no other matter in it."""
    before = re.findall(r"[a-z-]+", plain[:start])
    return not _OTHER_MATTER.search(plain) and all(_LEAD_WORDS.fullmatch(word.strip("-") or "a") for word in before)


def _boilerplate(clause: Clause) -> list[Found]:
    plain = clause.plain
    found: list[Found] = []
    for kind, pattern, likely in _PATTERNS:
        match = pattern.search(plain) if likely.search(plain) else None
        if not match:
            continue
        start, end = match.span()
        if kind is Kind.CONSENT and _AS_A_DATE.search(plain[:start]):
            continue
        if kind in _WHOLE_CLAUSE and _is_the_matter(plain, start):
            start, end = 0, len(plain)
        elif (tail := _AFTER_LIFE.match(plain, end)) and re.match(
            r"esperance|duree|survie|life|estim|expect|antici|proj|predic", match[0]
        ):
            end = tail.end()
        found.append(Found(start, end, Unread(kind), kind))
    return found
