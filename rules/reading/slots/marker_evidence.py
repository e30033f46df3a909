"""How, where and when a biomarker was seen: words that change nothing of what is asked of it.

A phrase is a participle (« mise en évidence », "as determined by") or a preposition, then words of the families below
only; the first other word ends it. Nothing that could be a result (a sign, a score, a limit) is ever taken in.
"""

import re

_SAID = (
    r"documente\w*|documented|confirme\w*|confirmed|connue?s?|known|prouve\w*|proven|retrouve\w*|identifie\w*|identified|"
    r"demontre\w*|demonstrated|shown|etabli\w*|established|objective\w*|mise?s? en evidence|observe\w*|constate\w*|"
    r"rapporte\w*|reported|decele\w*|verifie\w*|verified|averee?s?|found|seen|attestee?s?|concomitante?s?|concurrent|"
    r"as (?:determined|assessed|measured|evaluated|detected)|determine\w*|determined|assessed"
)
_DONE = (
    r"evalue\w*|evaluated|mesure\w*|measured|caracterise\w*|characteri[sz]ed|analyse\w*|analy[sz]ed|teste\w*|tested|"
    r"realise\w*|pratique\w*|performed|effectue\w*|fait\w*|obtenue?s?|obtained|recherche\w*|preleve\w*|collected|taken|"
    r"recense\w*|notifie\w*|validee?s?|validated|vue?s?"
)
"""What was done to see it: inside a phrase only, since a test that was done says nothing of its result."""
_METHOD = (
    r"ihc|immunohisto\w+|immunochem\w+|immunomarquage|[dcfs]?ish|hybridation|hybridization|in|situ|ngs|pcr|rt-?pcr|"
    r"q-?pcr|ddpcr|wes|wgs|rna-?seq|dna-?seq|sequen[cs]\w+|sanger|panels?|genes?|flow|cytometr\w+|flux|biologie|"
    r"moleculaires?|molecular\w*|genomiques?|genomic\w*|genetiques?|genetic|cytogenetiques?|cytogenetic|caryotypes?|"
    r"karyotyp\w+|tests?|testing|assays?|technique|techniques|methodes?|methods?|analyses?|analysis|bilan|profilage|"
    r"profiling|profil|typage|typing|genotypage|genotyping|genotypes?|haute|high|resolution|relecture|lecture|review|"
    r"laboratoires?|laborator\w+|labos?|labs?|local\w*|locaux|centra\w+|plateformes?|platforms?|valide\w*|validated|"
    r"approuve\w*|approved|certifi\w+|accredit\w+|agree\w*|clia\S*|fda\S*|iso|asco\S*|cap|guidelines?|"
    r"recommandations?|criteres?|criteria|resultats?|results?|ventana|dako|signatera|guardant\w*|foundation\w*|"
    r"22c3|28-8|sp263|sp142|anatomopatholog\w*|histolog\w*|cytolog\w*|patholog\w*|investigat\w+|promoteur|sponsor|"
    r"centres?|sites?|center|standard|routine|pratique|locale|validation|compte|rendu|rapport|report|dosage|"
    r"american|society|clinical|oncology|college|pathologists|food|drug|administration|improvement|act|amendments?|"
    r"environment|institution\w*|practices?|equivalent\w*|designat\w+|appointed|antibod\w+|kit|anticorps|charts?|dossier|"
    r"sequencage|immunologique|phenotyp\w+|treating|physician|medecin|reference|specialise\w*|expert\w*|current|"
    r"reading|rules|myriad|mychoice|caris|tempus|oncomine|idylla|cobas|archer|clonoseq|euroclonality|"
    r"nouvelle|generation|next[- ]generation|debit|haut|tep|pet|irm|mri|scanner|scintigraph\w+|imagerie|imaging"
)
_SPECIMEN = (
    r"tissus?|tissue|tissulaires?|sang|sanguine?s?|blood|plasma\w*|adn\w*|dna|arn\w*|rna|ctdna|biops\w+|echantillons?|"
    r"samples?|specimens?|archiv\w+|prelevements?|piece|moelle|marrow|liquide|liquid|circulant\w*|circulating|ffpe|"
    r"frozen|frais|fraiche|fresh|recente?s?|recent|bloc|blocs|tumoral\w*|tumeurs?|tumou?rs?|primiti\w+|primary|"
    r"metastases?|metastasis|lesions?|peripherique|peripheral|materiel|material|cellules?|cells?|disponibles?|available|"
    r"obligatoires?|requise?s?|required|mandatory"
)
_TIME = (
    r"diagnosti\w+|diagnosis|inclusion|enrol\w+|screening|pre-?screening|selection|randomi[sz]ation|entree|entry|"
    r"initiale?s?|initiaux|initial|baseline|rechute|recidive|relapse|recurrence|anterieur\w*|prealable\w*|previously|"
    r"prior|debut|moment|time|cours|lors|avant|before|during|historique\w*|actuel\w*|current\w*|dernier|derniere|"
    r"latest|last|etude|study|essai|trial|(?:19|20)\d\d|pre-?operatoire|post-?operatoire|surgery|chirurgie|any|tout|"
    r"jour|date|during|pendant|depuis|years?|annees?|mois|months?"
)
_LINK = (
    r"en|par|sur|dans|via|aux?|a|l[ae']?|les|d[eu']?|des|une?|selon|lors|d'apres|d'un|d'une|by|on|in|per|using|at|"
    r"from|[dlnscjm]'|qu'|\d{1,2}|based|of|the|an|as|any|most|plus|either|ou|or|et|and|et/ou|and/or|un|ce|cette|leur|its|their|with|"
    r"moyen|aide|technique|au|aupres|parmi|chez|within|to|with|que|soit|is|was|were|been|has|have|a ete|ont|ete"
)
_KINDS = tuple(
    (name, re.compile(rf"(?:{words})"))
    for name, words in (
        ("link", _LINK),
        ("said", _SAID),
        ("done", _DONE),
        ("method", _METHOD),
        ("specimen", _SPECIMEN),
        ("time", _TIME),
    )
)
_TOKEN = re.compile(r"\s*(mises? en evidence|d'apres|(?:[dlnscjm]|qu)'|[a-z0-9](?:[a-z0-9&/.-]*[a-z0-9])?|[(),/])")
_STARTS = re.compile(
    rf"(?:(?<=[\s(,])|^)(?:(?:{_SAID})(?![a-z-])|(?:selon|d'apres|par|via|sur|dans|en|au cours d[eu']|lors d[eu']|"
    r"au moyen d[eu']|a l'aide d[eu']|au moment d[eu']|au|aux|a l'|a la|as|by|on|in|using|per|at|from|based on|"
    rf"within|during)(?![a-z]))|\((?=[a-z])|,\s(?=(?:{_METHOD})(?![a-z-]))"
)
_RESULT_NEXT = re.compile(
    r"\s*(?:[+<>≥≤=]|-(?!\w)|\d+\s?(?:[+%]|copies)|[0-3]\s?\+|posit|negat|pos\b|neg\b|amplif|non[- ]|faible|low|eleve|"
    r"high\b|absent)"
)
_TELLS = frozenset({"method", "specimen", "time"})


def without_evidence(plain: str) -> list[tuple[int, int]]:
    """The spans (half-open, in order, apart) of a plain text that only tell how, where or when something was seen."""
    spans: list[tuple[int, int]] = []
    position = 0
    while match := _STARTS.search(plain, position):
        end = _end_of(plain, match.start())
        if end is None:
            position = match.end()
            continue
        spans.append((match.start(), end))
        position = end
    return spans


def _end_of(plain: str, start: int) -> int | None:
    """Where the phrase that starts here ends; None: there is none."""
    opened = plain[start] == "("
    position = start + 1 if plain[start] in "(," else start
    kept: int | None = None
    told = said = False
    depth = 0
    while match := _TOKEN.match(plain, position):
        word = match[1]
        if word in "()":
            depth += 1 if word == "(" else -1
            if depth < 0:
                break
        elif word not in ",/":
            kind = _kind(word)
            if kind is None:
                break
            said = said or kind == "said"
            told = told or kind in _TELLS
        position = match.end()
        if depth == 0 and (word == ")" or (word not in "(,/" and _kind(word) != "link")):
            kept = position
    if opened:
        closing = re.compile(r"\s*\)").match(plain, position)
        return closing.end() if closing and (told or said) else None
    if kept is None or not (told or said) or _RESULT_NEXT.match(plain, kept):
        return None
    return kept


def _kind(word: str) -> str | None:
    return next((name for name, pattern in _KINDS if pattern.fullmatch(word)), None)
