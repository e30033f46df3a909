"""What a sponsor's sentence adds to what it asks, and a telegram leaves out.

When and by whom an examination was made, by which edition and which guidelines a thing is told, in which laboratory a
test is done, that it does not matter when or why: closed classes of words, in any order, that change nothing. A limit
of what is asked itself (« ≥ 10 % », « depuis 6 mois ») belongs to none of them.
"""

from collections.abc import Iterator

from rules.hinted import hinted

_ENDS = r"(?=\s*(?:$|[,;.)]))"
_UNIT = r"(?:jours?|j|semaines?|sem|s|mois|m|days?|weeks?|months?)(?![\w-])"
_ANCHOR = (
    r"(?:(?:debut|initiation|instauration|demarrage)(?: d(?:u|e l'|e la) ?)(?:traitement|therapie|"
    r"etude|essai|protocole)"
    r"(?: (?:a l'etude|de l'etude|systemique))?|traitement(?: (?:a l'etude|de l'etude|systemique))?|inclusion|"
    r"randomi[sz]ation|enregistrement|inscription|selection|screening|"
    r"signature(?: du (?:formulaire de )?consentement)?|"
    r"consentement(?: eclaire)?|entree(?: dans (?:l'etude|l'essai))?|premiere (?:dose|administration|injection|cure)"
    r"(?: du (?:traitement|medicament|produit)(?: a l'etude| de l'etude)?)?|"
    r"(?:start of )?(?:study )?treatment|registration|enrol\w+|first dose|study entry)"
)
_BEFORE = rf"(?:(?:avant|precedant|qui precede\w*|prior to|before|de|suivant) (?:le |la |l'|les )?{_ANCHOR})"
_DATED = (
    r"(?:,? (?:realisee?s?|effectuee?s?|faite?s?|pratiquee?s?|obtenue?s?|done|performed|dat(?:ant|ee?s?)))?"
    r"(?:(?: (?:dans|au cours d|within|de moins d|d'au plus|datant d|depuis moins d)(?:es|e)?(?: les| the)?"
    rf"(?: moins de)?| ?[<≤]=?) ?\d+(?: premiers| derniers)? ?{_UNIT}(?: {_BEFORE})?| {_BEFORE})"
)
_EXAM = (
    r"(?:scanners?|tdm|tap|irm|tep(?:[- ]?(?:scan|tdm|scanner))?|pet(?:[- ]?(?:scan|ct))?|"
    r"scintigraphies?|echographies?|"
    r"imageries?|bilans?(?: d'extension)?|ct(?:[- ]?scan)?|mri|bone scan|radiographies?|"
    r"tomodensitometries?)"
)
_OF_EXAM = (
    r"(?: (?:thoraco-?\s?)?(?:abdomino-?\s?pelvien\w*|thoraci\w+|thorax|abdomen|abdomin\w+|pelvien\w*|"
    r"pelvis|cerebra\w*|"
    r"osseu\w+|hepati\w+|injecte\w*|conventionnel\w*|tap|au (?:18f-?)?fdg|(?:au |a la )?(?:psma|choline)|"
    r"initiale?s?|tumorale?s?|radiologiques?|complete?s?|corps entier|avec (?:injection|contraste|"
    r"produit de contraste))|"
    r"\s?\([^()]{2,60}\))*"
)
_EXAMS = (
    rf"(?:(?:le |la |l'|les |un |une )?{_EXAM}{_OF_EXAM}(?:{_DATED})?"
    rf"(?:\s?(?:,|/|\bet\b|\bou\b|\bet/ou\b|\bor\b|\band\b)\s?(?:au |a la |en |par |la |le |l'|un |"
    rf"une )?{_EXAM}{_OF_EXAM}"
    rf"(?:{_DATED})?)*)"
)
_SAID_BY = (
    r"(?:selon|d'apres|(?:repondant|conforme?s?|satisfaisant|correspondant) (?:a l'|a la |"
    r"aux? )(?:criteres? )?|conformement (?:a|aux)|suivant|en accord avec|per|as per|according to|"
    r"(?:tel(?:le)?s? que )?"
    r"definie?s? (?:par|selon|d'apres)|evaluee?s? (?:par|selon|d'apres)|based on)"
)
_GUIDE = (
    r"(?:ajcc|uicc|tnm|oms|who|asco(?:[ /-]*(?:et |and )?cap)?|cap|recist|rano|lugano|iwcll|imwg|eln|nccn|esmo|figo|"
    r"nci(?: working group)?|examen clinique(?: et (?:a )?l'imagerie)?|(?:rapport|compte[- ]rendu|"
    r"resultat|analyse|lecture|"
    r"evaluation)s? (?:locale?s?|centrale?s?|centralisee?s?)|pcwg3?|gelf|aasld|easl|li-?rads|eau|inca|"
    r"recommandations?|guidelines?|referentiels?|classification)"
)
_GUIDED = (
    rf",?\s?\(?\b{_SAID_BY} (?:(?:l'|le |la |les |the )?(?:[^\s,;:()]+ ){{0,8}}?(?:de l'|de la |d')?)?{_GUIDE}"
    r"(?: (?:les plus recent\w*|actualise\w*|\d+(?:[.,]\d+)?|v ?\d\S*|en vigueur|actuelle?s?|en cours|"
    r"locales?|nationales?|internationales?|"
    rf"version \S+|et al|de la tumeur|modifiee?s?|(?:et|ou|/) (?:de l'|la |le |les )?{_GUIDE}|"
    rf"(?:de |du |de l'|de la ){_GUIDE}))*\)?(?=\s*(?:$|[,;.)]|(?:a l'|au moment|lors|en cas de cirrh|"
    rf"chez (?:les? |un )?(?:patients? )?cirrh)))"
)
_EXPERT = (
    r"(?:(?:investigat|chirurgien|clinicien|oncologue|radiotherapeute|hematologue|urologue|radiologue|medecin|"
    r"neurochirurgien|specialiste|expert|surgeon|physician)\w*|equipes?|centres?|comites?|rcp|reunions?)"
)
_EXPERTS = (
    rf"(?:l'|le |la |les |une? |au moins une? )?{_EXPERT}(?: (?:chirurgicale?s?|medicale?s?|"
    rf"experimente\w*|traitante?s?|"
    r"referente?s?|coordonnateurs?|principa\w+|colorecta\w+|hepato-?bilia\w+|hepatiques?|digestifs?|thoraciques?|"
    r"orthopedi\w+|locale?s?|qualifie\w*|specialise\w*|experte?s?|de concertation|(?:pluri|multi|inter)disciplinaires?|"
    rf"du centre|du site|de l'etude|(?:et|ou|et/ou) (?:l'|le |la |un |une )?{_EXPERT}))*"
)
_JUDGED = (
    r"(?:(?:tel(?:le)?s? qu(?:e |'))?(?:jugee?s?|evaluee?s?|estimee?s?|determinee?s?|definie?s?|consideree?s?|"
    r"as (?:judged|determined|assessed)|judged|assessed|determined) )"
)
_NO_MATTER = (
    r"(?:intervalle|delai|duree|raison|motif|indication|cause|moment|date|dose|mode|temps|voie|visee|finalite|schema)"
)
_SIGNED = r"(?:laborat|accredit|certifi|agree|valid|central|clia)\w*"
DROPPED = (
    hinted(
        rf"(?:(?<=metastases)|(?<=metastase)|(?<=metastatique)|(?<=distance)|(?<=\bm0)|(?<=\bm1))\s"
        rf"(?:a la |au |aux |a l'|en |sur |par |selon |d'apres ){_EXAMS}{_ENDS}"
    ),
    hinted(
        rf",?\s(?:confirm|prouv|document|etabli|verifi|objectiv|evalu)\w* (?:par|sur|en|a la|au|aux?|a l') ?"
        rf"(?:au moins une? lesions? (?:en|au|a la|sur|par) ?)?{_EXAMS}{_ENDS}"
    ),
    hinted(_GUIDED),
    hinted(rf",?\s\(?(?:de |selon |d'apres )?l'avis (?:de |d'|du |des ){_EXPERTS}\)?{_ENDS}"),
    hinted(rf",?\s\(?{_JUDGED}?(?:selon|d'apres|par|by) {_EXPERTS}\)?{_ENDS}"),
    hinted(r",?\spour quelque (?:\w+ )?(?:raison|motif|indication|cause|cancer|maladie) que ce soit"),
    hinted(
        rf",?\s(?:quel(?:le)?s? qu(?:e soi(?:t|en)t?|'en soi(?:t|en)t?) |peu importe |independamment d(?:e |u ))"
        rf"(?:l'|la |le |les |son |sa )?{_NO_MATTER}[^,;:()]{{0,40}}"
    ),
    hinted(
        rf",?\s(?:a condition (?:que |qu')|sous reserve (?:que |qu'|de |d')|pourvu (?:que |qu')|provided(?: that)? )"
        rf"[^;:]*\b{_SIGNED}[^;:]*$"
    ),
    hinted(
        r"(?<=\s)(?:jugee?s?|consideree?s?|estimee?s?|reputee?s?) (?:comme )?(?:etant )?"
        r"(?=(?:non |in|ir)?(?:resec|opera|accessib|incurab|localement|metasta|eligib|inelig))"
    ),
    hinted(
        rf"(?<=[a-z+]),?\s(?:sur|a la|par) (?:une |la )?(?:micro-?)?biopsie(?: (?:tumorale|initiale|recente))?{_ENDS}"
    ),
    hinted(
        r"(?<=recidive)(?P<after>,? apres (?:une )?(?:exerese|resection|chirurgie|traitement (?:local|"
        r"chirurgical|curatif|initial))"
        r"(?: (?:complete|curative|initiale|chirurgicale|a visee curative))*(?: (?:du|"
        r"de la) (?:tumeur )?(?:primiti\w+|tumeur))?)"
        rf"{_ENDS}|(?<=recidivante)(?P<behind>,? apres (?:une )?(?:exerese|resection|chirurgie)"
        r"(?: (?:complete|curative|initiale|chirurgicale))*(?: (?:du|de la) (?:tumeur )?(?:primiti\w+|tumeur))?)"
        rf"{_ENDS}"
    ),
    hinted(
        r"\b(?:ou|et) (?P<other>(?:tou(?:te)?s? )?(?:les )?autres? )"
        r"(?=(?:lymphomes?|syndromes? lympho|carcinomes?|sarcomes?|leucemies?|adenocarcinomes?|hemopathies?)\b)"
    ),
    hinted(
        r",?\s\(?(?:evaluables?|mesurables?|measurable)(?: (?:ou|et|or) |/)(?:non|not|"
        r"non-)(?:[- ]?(?:mesurables?|evaluables?|measurable))?\)?"
    ),
    hinted(
        r"(?<=curatif)(?: (?:possible|disponible|envisageable))? (?:par|de type|"
        r"a type de) (?:une? )?(?:chirurgie|resection|radiotherapie|rt)"
        r"(?: (?:ou|et|et/ou|ni) (?:par )?(?:une? )?(?:chirurgie|radiotherapie|radiochimiotherapie|rt))?"
    ),
    hinted(
        r"(?<=anticorps)(?P<adjectives>(?: (?:monoclona\w+|humanisee?s?|deplet\w+|bloquants?|neutralisants?|agonistes?|"
        r"antagonistes?|recombinants?))+)(?= (?:anti|ciblant|dirig))"
    ),
    hinted(
        rf",?\s\(?(?<!menopause )defini(?:e|s|es)? (?:par|comme) [^,;:()\d%]+(?:\([^()\d%]*\)[^,;:()\d%]*)?\)?{_ENDS}"
    ),
    hinted(
        r"(?:aasld|easl|imagerie|li-?rads|dynamique)(?P<with_cirrhosis>,? (?:chez (?:les? |"
        r"un )?(?:patients? )?cirrhotiques?|"
        rf"en cas de cirrhose)){_ENDS}"
    ),
    hinted(r",?\set (?:ses|leurs) (?:variante?s?|sous-types?)(?: histologiques?)?"),
    hinted(
        r",?\s(?:de |des |du |d')(?:(?:les )?(?:deux|2) sexes|sexe (?:masculin|feminin)"
        r"(?: ou | et |/| et/ou )(?:de sexe )?(?:masculin|feminin)|l'un ou l'autre (?:des )?sexes?)"
    ),
    hinted(r",?\s(?:of either sex|of any (?:sex|gender)|(?:either|both) (?:sex|gender)s?)"),
    hinted(r"(?:(?<=metastatique)|(?<=metastatiques)) a distance"),
    hinted(
        r"(?:indice|index|statut|score|etat|niveau) de performance (?:de |d'apres |selon )?(?:l'(?:indice|echelle) "
        r"(?:de |d'))?(?=(?:karnofsky|lansky)\b)"
    ),
    hinted(r"(?:de |selon )?l'eastern cooperative oncology group(?=\s?\(ecog\))"),
    hinted(r"(?<=glioblastome)[^,;:()]{0,20}(?P<grade> de grade (?:4|iv)(?: (?:de l')?oms)?)"),
    hinted(
        r"(?:^|(?<=\s))(?:absence|pas|sans|aucune?)(?: d(?:e |'))?\s?(?:metastases?|"
        r"maladie metastatique)(?: a distance)?"
        r"(?P<seen>,? (?:cliniquement |radiologiquement )?(?:suspectee?s?|identifiee?s?|connue?s?|decelable)"
        r"(?: (?:cliniquement|radiologiquement|a l'imagerie))?)"
    ),
)
"""Each with all that it matches left out, or a part of it that it names."""


def asides_of(folded: str) -> Iterator[tuple[int, int]]:
    """The stretches (half-open) of a plain text that only add such words."""
    for pattern in DROPPED:
        for match in pattern.finditer(folded):
            yield match.span(match.lastgroup or 0)
