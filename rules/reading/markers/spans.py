"""How far the words that belong to a biomarker reach: who carries it, by what test it was seen, and open ends of lists.

Words left over turn a criterion partly unread, so a run takes with it what only tells how the result was had.
"""

import re
from dataclasses import dataclass, field

_SAID = re.compile(
    r"documente\w*|confirm(?:e\w*|ation)|connue?s?|known|prouve\w*|proven|retrouve\w*|identifi\w+|detect\w+|"
    r"determin(?:ee?s?|ed|ation)|analyses? (?:moleculaires?|genomiques?|genetiques?)|analys(?:e|ee?s?)|assess\w+|"
    r"evaluee?s?|evaluated|measured|mesuree?s?|demonstrat\w+|demontre\w*|"
    r"requis\w*|"
    r"required|obligatoires?|concomitante?s?|mandatory|reported|established|etablie?s?|objective\w*"
)
_METHOD = re.compile(
    r"ihc|immunohisto\w+|immunochem\w+|immunomarq\w+|[dcfs]?ish|hybridation in situ|in situ hybridi[sz]ation|ngs|pcr|"
    r"rt-?pcr|next[- ]generation sequencing|sequenc\w+(?: (?:de )?nouvelle generation| (?:a )?haut debit)?|"
    r"biologie moleculaire|flow cytometry|cytometrie(?: en flux)?|caryotype|tests?|testing|tested|assays?|relecture|"
    r"laboratoires?|laborator\w+|labos?|lab|local|locale?s?|locaux|centrale?s?|centralise\w*|central\w+ment|centrally|"
    r"valide\w*|validated|approuve\w*|approved|certifi\w+|accredit\w+|clia\S*|fda\S*|asco\S*|cap|guidelines?|"
    r"recommandations?|criteres?|criteria|resultats?|results?|ventana|22c3|28-8|sp263|sp142|anatomopatholog\w*|"
    r"histologi\w*|ps\d\+|(?:pre-?)?screening"
)
_SPECIMEN = re.compile(
    r"tissus?|tissue|sang|blood|plasma\w*|adn\w*|dna|arn|rna|ctdna|biops\w+|echantillons?|samples?|specimens?|"
    r"archives?|prelevements?|"
    r"archive|archival|moelle|biopsie liquide|liquid biopsy|circulant\w*|circulating|ffpe"
)
_BODY = re.compile(
    r"tumeurs?|tumou?rs?|tumou?r (?:cells?|tissue|samples?|specimens?|dna)|tumoral\w*|"
    r"cellules?|cells?|membranaires?|blastes?|blasts?"
)
_TUMOUR = re.compile(r"tumeurs?|tumou?rs?")
_ENDS = re.compile(r"\s*(?:[),.;]|$)")
_PHRASE = (
    r"hybridation in situ|in situ hybridi[sz]ation|next[- ]generation sequencing|"
    r"sequencage (?:de )?nouvelle generation|sequencage (?:a )?haut debit|biologie moleculaire|flow cytometry|"
    r"cytometrie en flux|biopsie liquide|liquid biopsy|"
    r"tumou?r (?:cells?|tissue|samples?|specimens?|dna)\b"
)
_LINK = re.compile(
    r"en|par|sur|dans|via|aux?|a|l[ae']?|les|d[eu']?|des|une?|selon|lors|d'apres|by|on|in|per|using|at|from|based|of|"
    r"the|an|as|any|most|recente?|either|prior"
)
_OR = frozenset({"ou", "or", "et/ou", "and/or", "/"})
_AND = frozenset({"et", "and"})
_TOKEN = re.compile(rf"\s*({_PHRASE}|et/ou|and/or|[(),/]|[a-z0-9&+-]+'?|\S)")
_LINKS_IN_A_ROW = 4

_LEAD = re.compile(
    r"(?<![a-z])(?:porteu(?:r|se)s?|presentant|harbou?r(?:ing|s|ed)?|carry(?:ing)?|carrie(?:rs?|s)|documentation|"
    r"confirmation|detection|exprimant|expressing|co-?|concomitant\w*|select|(?:au moins |at least )(?:une|"
    r"one) lesions?)"
    r"\s?(?:(?:d'|de |des |du |of |l'|la |le |une? |an? |the |documented |known |confirmed |any |documentee? )){0,3}$"
)
_ANNOUNCED = re.compile(
    r"(?<![a-z])(?:(?:autres?|other|toute?s?|any|(?:au moins |at least )?(?:une|one))\s)?(?:alterations?|"
    r"mutations?|anomalies?|drivers?|aberrations?|"
    r"addictions?|alterees?|altered)(?![a-z])(?:(?:\s(?:oncogeni\w+|motrices?|driver|moleculaires?|ciblables?|"
    r"actionn?ables?|"
    r"genomi\w+|genetiques?|connue?s?|known|activatri\w+|majeure?s?|targetable|conductri\w+|de la tumeur))*\s?\(\s?"
    r"(?:p\.? ?ex\.?|par exemple|ex\.?|e\.g\.?,?|notamment|dont|telle?s? que)?[\s:]*|[^:;.,()]{0,100}(?::|\bparmi\b|"
    r"\bamong\b|\bgenes?\b\s?:?|"
    r"\(e\.g\.,?)\s*)(?:l[ea] |the )?$"
)
_OTHER = re.compile(r"(?<![a-z])(?:(?:toute?s?|any)\s)?(?:autres?|other)\s$")
_OTHER_DRIVER = re.compile(
    r"(?<![a-z])(?:(?:toute?s?|any)\s)?(?:autres?|other)\s(?:drivers?|alterations?|addictions?|anomalies?)\s$"
)
_OPENS_LIST = re.compile(r"(?:alterations?|mutations?|anomalies?|drivers?|aberrations?|addictions?)\b[^:;.,]{0,80}:")
_HOLDS_MORE = re.compile(r"\b(?:sans|pas|ni|absence|aucune?|no|not|without|sauf|hors|except|si|if|\d+)\b")
_CHANGE = (
    r"(?:alterations?|mutations?|anomalies?|drivers?|aberrations?|addictions?|fusions?|rearrangements?|variants?|"
    r"abnormalit\w+|genes?|oncogenes?|biomark\w+|biomarq\w+)"
)
_OPEN_END = re.compile(
    rf"[\s)]*,?\s*(?:ou|or|et/ou|and/or|et|and)\s(?:de\s)?(?:toute?s?\s|any\s|une?\s|d'une?\s|d')?(?:autres?|other)\s"
    rf"(?:[a-z'-]+\s){{0,4}}?{_CHANGE}(?![a-z])[^,;.()]*?(?=$|[,;.()]|\s(?:et|ou|and|or)\s)"
)
_CLINICAL = re.compile(
    r"[\s)]*,?\s*(?:ou|or|et/ou|and/or)\s(?:un |une |a |d'un )?(?:(?:diagnostic|criteres?|presentation) cliniques?|"
    r"clinical (?:diagnosis|criteria))(?![a-z])"
)
"""« NF1 : mutation germinale ou diagnostic clinique »."""
_PREDICTIVE = re.compile(r"\s(?:predicti\w+|predictifs?|entrainant|resulting in|leading to|conferring)\s[^,;.()]{0,60}?"
    r"(?:proteines?|protein|fonction|function|expression|sensib\w+|activ\w+)(?![a-z])")  # fmt: skip

_SAMPLE = re.compile(
    r"[\s,(]*(?:(?:documente\w*|retrouve\w*|identifie\w*|prouve\w*|confirme\w*|mise? en evidence|found|detected|"
    r"documented|"
    r"identified)\s)?(?:sur|dans|on|in|from|par|by|in the|on the)\s(?:une? |la |le |l'|the |an? |re-?)?"
    r"(?:prelevements?|re-?biopsies?|biopsies?|biopsy|tissus?|echantillons?|samples?|specimens?|tumou?r tissue|"
    r"plasma|adnt?c\w*|ctdna|biopsie liquide)\s(?:\w+\s){0,2}?(?:(?:fait|faite|realise|realisee|preleve|"
    r"prelevee|obtenu|obtenue|"
    r"pratique|pratiquee|collected|taken|obtained|performed)\s)?(?:apres|after|a|at|lors|au moment|since|post|"
    r"following|"
    r"posterieure?s? a)\b[^,;.():]*"
)
"""« … sur prélèvement tumoral fait après progression sous osimertinib »: when the sample was taken."""
_SITE = r"(?:primiti\w+|tumeur primitive|primary(?: tumou?r)?|metasta\w+|recidive|recurrence)"
_TAKEN_FROM = re.compile(
    rf"[\s,(]*(?:(?:test\w*|statut|status|result\w*|analyse\w*)\s(?:(?:local|central)\w*\s?)?,?\s*)?"
    rf"(?:sur|dans|on|from|in)\s(?:l[ea]s? |l'|une? |the |an? )?{_SITE}"
    rf"(?:\s?(?:et/ou|ou|or|/)\s(?:(?:sur|dans|on|from|in)\s)?(?:l[ea]s? |l'|une? |the |"
    rf"an? )?{_SITE})*(?=\W*(?:$|[,;.)]))"
)
"""« test local, sur le primitif ou une métastase »: where the sample was taken; not where the disease is."""
_IMAGED = re.compile(
    r"[\s,(]*(?:au|a la|a l'|en|sur|by|on|in|with)\s(?:la |le |un |une |the )?(?:tep|pet|scintigraph)[^,;.()]*"
)
"""« PSMA-positive au TEP 68Ga-PSMA-11 »: the tracer names the marker again."""


def lead(plain: str, start: int) -> int:
    """Where the words begin that only say who has it (« porteur d'une … »), or announce the list (« altération : »)."""
    other = _OTHER.search(plain[:start])
    if other and _OPENS_LIST.match(plain, start):
        start = other.start()
    driver = _OTHER_DRIVER.search(plain[:start])
    start = driver.start() if driver else start
    announced = _ANNOUNCED.search(plain[:start])
    if announced and not _HOLDS_MORE.search(announced[0]):
        start = announced.start()
    match = _LEAD.search(plain[:start])
    return match.start() if match else start


def open_end(plain: str, end: int) -> int | None:
    """Where « … ou toute autre altération ciblable » ends that stands right behind a list; None: the list is closed."""
    match = _OPEN_END.match(plain, end) or _CLINICAL.match(plain, end)
    return match.end() if match else None


def tail(plain: str, end: int, limit: int) -> int:
    """Where the words end that tell how a result was had: « documentée par un test local (tissu ou sang) »."""
    for apart in (_SAMPLE, _IMAGED, _TAKEN_FROM):
        if (match := apart.match(plain, end, limit)) is not None:
            return match.end()
    predictive = _PREDICTIVE.match(plain, end)
    walk = _Walk(predictive.end() if predictive else end)
    while match := _TOKEN.match(plain, walk.position, limit):
        names_more = _TUMOUR.fullmatch(match[1]) and not _ENDS.match(plain, match.end())  # « tumeur solide … »
        if names_more or not walk.takes(_part(match[1]), match.end()):
            break
    return walk.kept


@dataclass(slots=True)
class _Walk:
    """The words behind a result, taken while each only tells of the test."""

    position: int
    kept: int = field(init=False)
    after: str = ""
    since: str = ""
    links: int = 0
    opened: int = 0

    def __post_init__(self) -> None:
        self.kept = self.position

    def takes(self, part: str, end: int) -> bool:
        """Takes one word, or says that the stretch ended before it."""
        if part == "other" or not self._may_follow(part):
            return False
        self.links = self.links + 1 if part == "link" else 0
        self.opened += {"(": 1, ")": -1}.get(part, 0)
        if self.opened < 0 or self.links > _LINKS_IN_A_ROW:
            return False
        self.position = end
        if part in _KEEPS and self.opened == 0:
            self.kept = end
        self.since = part if part in (",", "or") else self.since if part == "link" else ""
        self.after = part
        return True

    def _may_follow(self, part: str) -> bool:
        if self.opened and part != "(":
            return True
        match part:
            case "or" | ",":
                return self.after in _KEEPS or (part == "," and self.after == "")
            case "and":
                return False
            case "body":
                return self.after in ("link", "specimen", "method", "body") and not self.since
            case "specimen":
                return self.since != "," and self.after != ","
            case _:
                return True


_KEEPS = frozenset({"said", "method", "specimen", "body", ")"})


def _part(word: str) -> str:
    if word in ("(", ")", ","):
        return word
    if word in _AND:
        return "and"
    if word in _OR:
        return "or"
    if _LINK.fullmatch(word):
        return "link"
    for part, pattern in _PARTS:
        if pattern.fullmatch(word):
            return part
    return "other"


_PARTS = (("said", _SAID), ("method", _METHOD), ("specimen", _SPECIMEN), ("body", _BODY))
