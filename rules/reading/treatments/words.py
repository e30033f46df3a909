"""The words of a clause about earlier treatments, each of a closed class; what is of none is told as OTHER."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from rules.reading.neutral import NEUTRAL
from rules.reading.treatments.named_treatments import MARK
from rules.reading.treatments.own_disease import OWN
from rules.reading.treatments.settings import SETTING
from rules.reading.treatments.things import Thing
from rules.text import singular


class Slot(StrEnum):
    """What a word or phrase does in a clause about earlier treatments."""

    THING = "thing"
    RECEIVED = "received"
    DENIED = "denied"
    NAIVE = "naive"
    FORBIDDEN = "forbidden"
    PERMITTED = "permitted"
    FAILED = "failed"
    AFTER = "after"
    UNFIT = "unfit"
    SETTING = "setting"
    OWN = "own"
    OR = "or"
    NOR = "nor"
    AND = "and"
    WITH = "with"
    COMMA = "comma"
    SLASH = "slash"
    HOLDING = "holding"
    SUCH = "such"
    EXCEPT = "except"
    OPEN = "open"
    CLOSE = "close"
    NOW = "now"
    ANY = "any"
    NEUTRAL = "neutral"
    RISKY = "risky"
    NARROWER = "narrower"
    OTHER = "other"


class Word(NamedTuple):
    """One word or phrase: its slot, half-open span, the words as folded, and the treatment where it is one."""

    slot: Slot
    start: int
    end: int
    text: str
    thing: Thing | None = None


_BE = r"(?:(?:est|sont|etait|etaient|sera|seront|soi(?:t|ent)|etre|is|are|was|were|be|being) )?"
_ALLOW = r"(?:permis|autoris|accept|toler|admis|allow|permit)\w*"
_NOT_IN = (
    r"(?:(?:un |une |des |a |an )?(?:motif|critere|facteur|cause|condition|criterion|reason)s? "
    r"(?:d'exclusion|de non[- ]inclusion|d'ineligibilite|de non[- ]eligibilite|for exclusion|of exclusion))"
)
_NO_RESPONSE = (
    r"(?:reponses? (?:insuffisante?s?|inadequate?s?|inadaptee?s?|sous-optimale?s?|suboptimale?s?)|"
    r"(?:absence|manque|defaut|perte) de reponse|non[- ]repon(?:ses?|deu\w+)|"
    r"(?:insufficient|inadequate|suboptimal|poor|lack of|no|absent|loss of) response|non-?respon\w+)(?![a-z])"
)
"""Said of a treatment that did not help: no outcome that a form tells answers it surely."""
_PATTERNS: tuple[tuple[Slot, str], ...] = (
    (
        Slot.FORBIDDEN,
        rf"(?:n'est|ne sont|n'etait|ne sera|ne seront|ne doi\w+ pas etre) ?(?:pas |plus )?(?:permis|autoris|accept|"
        rf"toler|admis|possible)\w*|{_BE}non[- ](?:permis|autoris|accept|admis)\w*|"
        rf"{_BE}(?:interdite?s?|proscrite?s?|prohibited|forbidden|excluded|exclusionary)|"
        rf"(?:est|sont|sera|seront|doi\w+ etre) exclue?s?|"
        rf"(?:constitue\w*|represente\w*|est|sont|is|are|constitutes?) {_NOT_IN}|"
        rf"(?:is|are|was|were) not {_ALLOW}|not {_ALLOW}",
    ),
    (
        Slot.PERMITTED,
        rf"(?:reste\w* |peu\w+ etre |may be |can be )?{_BE}(?:{_ALLOW}|possibles?|acceptables?|ok)(?![a-z])|"
        r"ne (?:compte|comptent|sont|seront|sera|est) pas(?: (?:comptee?s?|prise?s? en compte|consideree?s?))?"
        r"(?: comme \w+)?|n'exclu\w+ pas|n'est pas consideree?(?: comme \w+)?|do(?:es)? not count(?: as \w+)?|"
        r"(?:is|are) not (?:considered|counted)(?: as)?(?: an?)?(?: \w+)?|(?:is|are) not exclusionary",
    ),
    (
        Slot.NAIVE,
        r"naifs?|naives?|vierges?|indemnes?|free of|non (?:pre-?)?traitee?s?(?= (?:anterieurement |prealablement |"
        r"auparavant )?(?:par|avec) )",
    ),
    (
        Slot.DENIED,
        r"n'(?:a|ont|ait|aient|ayant|"
        r"avoir) (?:encore )?(?:pas|jamais)|n'ayant|aucune?s?|jamais|pas|sans|absence|no|not|never|without",
    ),
    (
        Slot.RECEIVED,
        r"anterieur(?:es?|s|ement)?(?:\(e?s?\))?|ant\.|prealable(?:ment|s)?|au prealable|precede(?:nte?s?|mment)|"
        r"deja(?: (?:initie|debute|commence|entame)(?:e|s|es)?)?|"
        r"recue?s?|administree?s?|atcd|antecedents?(?: de traitements?)?|expose?e?s?|exposition|par le passe|dans "
        r"le passe|auparavant|prior(?! to)|previous(?:ly)?|received|receipt|history|exposure|"
        r"exposed|undergone|subie?s?|"
        r"pre-?traitee?s?|pretreated|(?:ete |been )?(?:traitee?s?|treated)(?= (?:anterieurement |prealablement |"
        r"auparavant |au prealable |jadis )?(?:par|avec|with|by) )|(?:a|ont|ayant|avoir) (?:deja )?eu(?![a-z])|"
        r"prise?s? (?=auparavant|anterieurement|par le passe)|deja prise?s?|pris(?! en )(?![a-z])|"
        r"(?:a |ont |ayant |deja )+eu(?![a-z])|beneficie|utilisee?s?(?= |$)|passee?s?|already|had(?! progress)|"
        r"(?:termine|acheve|effectue|complete|fini)(?:e|s|es)?(?=\s*(?:$|[,;)(]))|"
        r"dans les antecedents|faite?s?|realisee?s?|effectuee?s?|"
        r"(?:a|ont|ayant|avoir|has|have|having) (?:deja |already )?(?:termine|acheve|fini|completed|finished)e?s?",
    ),
    (
        Slot.FAILED,
        r"(?:en |being )?(?:progress(?:ion|ions|e|es|ee|ees|ant|ed|ing|ive disease)|rechut\w*|recidiv\w*|relaps\w*|"
        r"recurr\w*|echecs?|echappements?|echappe|failures?|failed|refractaires?|refractory|resistan(?:te?s?|ces?)|"
        r"intoleran(?:te?s?|ces?))(?![a-z])",
    ),
    (
        Slot.UNFIT,
        r"(?:(?:non |not |un)?(?:eligibles?|inelig\w*|disponibles?|available)|ineligibles?|contre-indi\w*|"
        r"contraindi\w*|(?:non|mal|not) toler\w*|inaccessib\w*|indisponib\w*|refus\w*|declined|"
        r"pas (?:y )?etre eligible|ne pas y etre "
        r"eligible|inapte\w*)(?: (?:a|aux?) (?:ce traitement|celui-ci|ceux-ci))?",
    ),
    (
        Slot.AFTER,
        r"sous|pendant|durant|apres|malgre|suite a|au (?:de)?cours d(?:e|es|u)?|after|following|despite|"
        r"during|under|upon|on",
    ),
    (
        Slot.EXCEPT,
        r"sauf|hors|hormis|except\w*|(?:mise?s? )?a part|au-dela d(?:e|u)|a l'exception|a l'exclusion|en dehors|"
        r"other than|excluding|unless|"
        r"autres? que?(?=['\s])|exceptions?(?= ?:)",
    ),
    (
        Slot.HOLDING,
        r"comprenant|comportant|contenant|incluant|associant|constitue\w* d(?:e|es|u)?|"
        r"ayant (?:compris|comporte|inclus|contenu)|"
        r"(?:doi\w+ )?(?:avoir )?(?:comporte|inclus(?:es?)?|compris(?:es?)?)|qui (?:comport|compren|inclu)\w+|"
        r"containing|including|"
        r"that included|includ(?:es|ed)|a base d(?:e|es|u)?|dont|y compris|meme",
    ),
    (
        Slot.SUCH,
        r"tel(?:le)?s? qu[e']|comme|notamment|en particulier|particulierement|surtout|specialement|entre autres|"
        r"in particular|especially|par exemple|par ex\.?|p\. ?ex\.?|ex\.|such as|e\.?g\.?|i\.?e\.?|"
        r"exemples?",
    ),
    (
        Slot.NOW,
        r"en cours|concomitante?s?|actuel(?:le)?s?|programmee?s?|prevue?s?|ongoing|concurrent|current|planned|"
        r"planifiee?s?",
    ),
    (
        Slot.ANY,
        r"covalents? (?:ou|et/ou|et) non[- ]covalents?|"
        r"quel(?:le)?s? qu'en soi\w+ (?:la |le |l'|les )?(?:cible|voie(?: d'administration)?|indication|forme|schema|"
        r"ligne|moment|date|duree|nature|type)s?|"
        r"(?:dans|a|en|pour) (?:quelque|n'importe quel(?:le)?s?) [a-z]+(?: que ce soit)?|"
        r"(?:quel(?:le)?s? que soi\w+|peu importe|independamment d[eu]) (?:la |le |l'|les )?(?:contexte|cadre|delai|"
        r"schema|intention|visee|voie|forme|reponse|resultat)s?(?: d'administration)?|"
        r"(?:regardless of|irrespective of|whatever) (?:the )?(?:setting|line|timing|stage|intent|context|time)s?|"
        r"(?:natives?|pegylee?s?) (?:ou|et/ou|et|or) (?:natives?|pegylee?s?)|"
        r"quel(?:le)?s? qu[' e]\w*(?: soi\w+| a\w+ ete)? ?(?:la |le |"
        r"les |l')?(?:ligne|type|cible|duree|date|indication|situation|stade|moment)?s?|"
        r"en monotherapie(?: ou en (?:association|combinaison))?|"
        r"seule?s? ou en (?:association|combinaison)|ensemble ou (?:successivement|separement|l'un apres l'autre)|"
        r"a (?:tout moment|n'importe quel moment)|at any time|(?:alone|as monotherapy) or in combination|(?:in|at) any "
        r"(?:setting|line|stage|context)(?: whatsoever)?|obligat\w*|mandatory|tou(?:te)?s? lignes? confondues?",
    ),
    (
        Slot.NARROWER,
        r"primaires?|primary|acquises?|acquired|secondaires?|approuv\w*|approved|homologu\w*|"
        r"licensed|standards?|commercialis\w*",
    ),
    (Slot.NOR, r"ni|nor|neither"),
    (Slot.OR, r"et/ou|and/or|ou bien|ou|or|soit|either"),
    (
        Slot.WITH,
        r"associee?s? (?:a|au|aux|avec)|en (?:association|combinaison) avec|combinee?s? (?:a|avec)|avec|with|"
        r"in combination with|combined with|puis|suivie?s? (?:d(?:e|es|u)?|par)|followed by|then",
    ),
    (Slot.AND, r"et|and|ainsi qu(?:e)?|plus|both"),
    (
        Slot.RISKY,
        r"que|qu|prior to|"
        r"si|s'il|s'ils|if|lorsqu\w*|quand|when|where|necessit\w*|requi\w*|besoin|candidat\w*|planifi\w*|envisag\w*|"
        r"indiqu\w*|indication|susceptible|allerg\w*|hypersens\w*|reactions?|complications?|toxicit\w*|avant|"
        r"jusqu\w*|maximum|max|moins|seule?s?|only|uniquement|seulement|lignes?|lines?|cours|futur\w*|recommand\w*|"
        r"concern\w*|eviter|chez|pour les|for patients|selon|depending|equivalent\w*|doit recevoir|"
        r"receiving|recevoir|recevant|recoi\w+|relev\w*|sensib\w*|repon\w*|reponses?|respon\w*|stab\w*|peuvent|peut|"
        r"may|can|cas|autre cancer|concomit\w*|donneur|arret\w*|interromp\w*|termin\w*|remission|evit\w*|non|"
        r"derniere?s?|last|seconde?|premiere?|first|resect\w*|prevu\w*|tolerance|pneumopath\w*|pneumonit\w*|avoid\w*",
    ),
)
_OTHER_CANCER = (
    r"(?:cancers?|tumeurs?|neoplas\w*|maligni\w*|hemopathies?) (?:anterieure?s?|prealables?|precedente?s?)(?![a-z])|"
    r"(?:prior|previous|concurrent) (?:cancers?|malign\w*|tumou?rs?|neopl\w*)|"
    r"autres? (?:cancers?|tumeurs?|neopl\w*|malign\w*)|other (?:cancer|malign|tumou?r)\w*|second cancer"
)
_AT = r"(?:en |au |in |as |dans |pour |situation |stade |phase |a visee |la |le |une? |the )*"
_WHENEVER = (
    rf"{_AT}(?:neo-?)?adjuvante?s?,? (?:ou|et|comme|or|and|/|"
    rf"et/ou) {_AT}(?:(?:localement )?avancee?s?|metasta\w+|advanced|"
    rf"metastatic)(?![a-z])|{_AT}(?:metasta\w+|avancee?s?|advanced),? (?:ou|et|comme|or|and|/|et/ou) {_AT}(?:neo-?)?"
    r"adjuvante?s?(?![a-z])"
)
"""« En adjuvant ou en métastatique »: in any setting."""
_EVEN = (
    r"(?:meme|y compris|even) (?:(?:si |quand )?(?:recue?s? |administree?s? |given )?(?:en|au|a|in|as)(?: stade|"
    r" phase| "
    r"situation)? )?(?:induction|loco-?regionale?s?|locale?s?|localise\w*|precoces?|early)(?: stage| phase)?(?![a-z])"
)
"""« Même en induction »."""
_WHATEVER_FOR = (
    r"(?:pour|for) (?:l'|la |le |les |une? |the |an? )?[a-z][\w' -]{1,40}? (?:ou|or) (?:pour |for )?"
    r"(?:(?:toute?s?|une?|any) )?(?:autres?|other) (?:maladies?|cancers?|tumeurs?|affections?|pathologies?|"
    r"diagnostics?|indications?|diseases?|malignanc\w+|tumou?rs?|diagnos\w+|conditions?)"
    r"(?: malignes?| cancereuses?)?(?![a-z])"
)
"""« Pour ce lymphome ou pour toute autre maladie maligne »: whatever it was given for."""
_BACK_AFTER = (
    r"(?:en )?(?:rechut|recidiv|relaps)\w*(?= (?:tumorale? |documente\w* |de la maladie )*(?:apres|sous|after|on|"
    r"pendant|during|malgre|following)(?![a-z]))"
)
_HOW = (
    r"(?:associee?s?|concomitante?s?|concomitamment|simultanee?s?|simultanement|ensemble|combinee?s?|en meme temps|"
    r"en (?:association|combinaison)|dans la meme ligne|together|concurrent(?:ly)?|in combination|"
    r"administree?s? ensemble)"
)
_OR_APART = (
    r"(?:separee?s?|separement|sequentiel(?:le)?s?|sequentiellement|successi(?:f|fs|ve|ves)|successivement|non|pas|"
    r"l'une? apres l'autre|l'une? a la suite de l'autre|seule?s?|isolement|consecuti\w+|dans des lignes (?:\w+)|"
    r"separately|sequential(?:ly)?|not|alone)"
)
_EITHER_WAY = rf"(?:soit )?(?:{_HOW},? (?:ou|or|soit) {_OR_APART}|{_OR_APART},? (?:ou|or|soit) {_HOW})(?![a-z])"
"""« Associés ou séparés », « dans la même ligne ou non »: however they were given."""
_NEUTRAL_PHRASE = (
    rf"{_EITHER_WAY}|"
    r"(?:au moins|at least|≥|> ?=) ?(?:1|une?|one) (?:doses?|cycles?|cures?|injections?|perfusions?|administrations?) "
    r"(?=(?:de |d'|of ))|"
    r"(?:avant|before|prior to) (?:l'|la |le |the )?(?:inclusion|randomi\w+|entree(?: dans l'etude)?|enrol\w+|"
    r"enregistrement|study entry|screening)|(?:d')?au moins (?:a |d'|aux? )?(?:1|une?|"
    r"l'une?)(?= )|at least (?:1|one)(?= )|"
    r"(?:≥|> ?=) ?1(?! ?\d)|"
    r"(?:≥|> ?=) ?une?(?= )"
)
_BY_CRITERIA = (
    r"(?:(?:selon|d'apres|par|per|by|according to) )?(?:les |the )?(?:criteres? (?:de l')?)?"
    r"(?:eln|i?recist|imwg|lugano|cheson|iwg|gcig|rano|pcwg\d?)(?: criteria)?(?: ?\d[\d.]*)?(?: modifiee?s?)?(?![a-z])"
)
_LATE_PHRASE = (
    r"n'(?=[a-z])|(?:tumorale|documente\w*|radiologi\w*|clini\w*|confirme\w*|de la maladie|"
    r"de leur maladie|de sa maladie|of (?:the )?disease|objective\w*)(?![a-z])|membre de|de la famille(?: d\w+)?|"
    rf"{_BY_CRITERIA}|de (?:meme )?type|ensemble|l'un d\w+|ciblant|anti|de la classe d\w+|quelconques?|"
    r"par voie generale"
)
_NEUTRAL_WORDS = (
    "ne n on tout toute tou any all such autre other another some agent agents therapie therapies therapy traitement "
    "treatment medicament molecule drug produit compose classe class antineoplasique anticancereux anticancereuse "
    "antitumoral antitumorale anticancer systemique systemic inhibiteur inhibitor patient ayant eu ete fait oui "
    "utilisation administration prise usage use recour quelque meme anticorp antibody regime regimen schema protocole "
    "protocol cure combinaison combination association documentee ont a est sont ete avait participant "
    "participante malade personne individual individu candidate must have has had been having their leur sa son ses "
    "vis ce ci celui maladie dont la le qui than toutefois egalement therapeutique anterograde tous toutes via voie "
    "continu continue suivant suivante degradeur degrader ci-apres inclure etre doit doivent should shall will chacun "
    "chaque l d"
)
_NEUTRALS = frozenset(_NEUTRAL_WORDS.split())
_TELLING_WORDS = (
    "biopsie sample echantillon tissu tissue tissulaire biopsy imaging imagerie irm mri scanner scan tep resultat "
    "result week day month year semaine mois annee "
    "pet ct tdm consentement prelevement os bone test analyse screening jour semaine moi dose"
)
_TELLING = frozenset(_TELLING_WORDS.split())
"""Words that change nothing of other criteria, but of which a treatment may be only the date."""
_LEXER = re.compile(
    "|".join(
        [
            rf"(?P<whenever>{_WHENEVER}|{_EVEN}|{_WHATEVER_FOR})",
            rf"(?P<apart>{_OTHER_CANCER})",
            rf"(?P<again>{_BACK_AFTER}|{_NO_RESPONSE})",
            rf"(?P<setting>{SETTING})",
            rf"(?P<own>{OWN})",
            rf"(?P<neutral>{_NEUTRAL_PHRASE})",
            *(rf"(?P<{slot.value}>(?:{pattern})(?![a-z0-9]))" for slot, pattern in _PATTERNS),
            rf"(?P<late>{_LATE_PHRASE})",
        ]
    )
)
_SAME = {"whenever": Slot.ANY, "apart": Slot.RISKY, "again": Slot.FAILED, "late": Slot.NEUTRAL}
_WORD = re.compile(r"[a-z0-9≥≤<>±%][\w.%/≥≤<>±-]*")
_SIGNS = {
    ",": Slot.COMMA,
    "/": Slot.SLASH,
    "(": Slot.OPEN,
    ")": Slot.CLOSE,
    "+": Slot.WITH,
    "&": Slot.AND,
    "[": Slot.OPEN,
    "]": Slot.CLOSE,
}
_LETTER = re.compile(r"[a-z0-9]")


def words_of(folded: str, things: list[Thing]) -> list[Word]:
    """The words of a folded clause, its treatments as one word each."""
    chars = list(folded)
    for thing in things:
        chars[thing.start : thing.end] = MARK * (thing.end - thing.start)
    return list(_words("".join(chars), {thing.start: thing for thing in things}))


def _words(text: str, things: dict[int, Thing]) -> Iterator[Word]:
    at = 0
    while at < len(text):
        if thing := things.get(at):
            yield Word(Slot.THING, at, thing.end, "", thing)
            at = thing.end
            continue
        word = _word(text, at)
        if word.slot is not Slot.NEUTRAL:
            yield word
        at = word.end


def _word(text: str, at: int) -> Word:
    if at == 0 or not _LETTER.match(text[at - 1]):
        if match := _LEXER.match(text, at):
            slot = _SAME.get(match.lastgroup or "") or Slot(match.lastgroup or "other")
            return Word(slot, at, match.end(), match[0])
        if match := _WORD.match(text, at):
            word = singular(match[0].rstrip(".,-"))
            neutral = word in _NEUTRALS or (word in NEUTRAL and word not in _TELLING) or match[0] in _NEUTRALS
            return Word(Slot.NEUTRAL if neutral else Slot.OTHER, at, match.end(), match[0])
    return Word(_SIGNS.get(text[at], Slot.NEUTRAL), at, at + 1, text[at])
