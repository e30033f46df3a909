"""A clause as the words of biomarker language: names, classes of alteration, variants, states, limits, separators.

Names come from the vocabulary (`rules.markers`); the other words are the tables below, searched in the plain text
(lower case, no accents, one character for each of the original). A word in none of them is a break.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rules.hinted import hinted
from rules.lexicon import Mention
from rules.markers import MARKER_NAMES, find_markers, marker_facts
from rules.reading.clause import Clause
from rules.reading.markers.patterns import (
    AA,
    CLASS_NUMBER,
    COMPARATOR,
    NOT_A_VALUE,
    NUMBER,
    NUMBERS,
    OF_TREATMENT,
    STEP,
    SUBSTITUTION,
    TEN,
    UNIT,
    WHEN_TESTED,
)
from rules.reading.markers.words import (
    BREAK,
    CLASS,
    CLOSE,
    ETC,
    EXAMPLE,
    EXCEPT,
    FILLER,
    KNOWN,
    LIMIT,
    MARKER,
    NEGATION,
    OPEN,
    QUALIFIER,
    SEPARATOR,
    STATE,
    STATUS,
    VARIANT,
    Word,
    alleles,
    ewing_fusions,
    progesterone,
    receptor_letters,
)

_TABLE: tuple[tuple[str, str], ...] = (
    (BREAK, r"triple[ -]neg\w*|double[ -]hit"),
    (FILLER, WHEN_TESTED),
    (FILLER, r"(?<=\b0 )(?:avec |with )(?:un )?(?:marquage|membrane|staining|(?:faint )?membranous)[^,;.()]{0,40}?"
        r"(?:jusqu'a|up to|<=|≤|<|moins de) ?10 ?%(?: d[eu]s? cellules(?: tumorales)?| of (?:tumou?r )?cells)?"),
    (STATE, r"(?<=ebv[ -])(?:induit\w*|induced|related|associe\w*|associated|driven)|"
        r"(?<=hpv[ -])(?:induit\w*|induced|related|associe\w*|associated|driven)"),
    (FILLER, r"(?<=[a-z0-9])-(?=[a-z])"),
    (FILLER, r"\((?:h/k/n|k/n(?:/h)?|k,? ?n,? ?(?:et |and )?h)\)"),
    (FILLER, r"\((?:re|rp|ro|er|pr|rh|hr|pd-?l1|ihc|fish|ngs|pcr|mmr|msi|tmb|frα|tps|cps|her-?2)\)"),
    (FILLER, r"d'(?:au moins )?(?:une?|1|2|deux|l'une?)(?: ou plusieurs)?(?: d(?:es|e))?(?: (?:4|quatre))? proteines?"
        r"(?: (?:du systeme )?mmr)?"),
    (CLASS, r"(?:absence|perte|loss|lack) (?:d'|de l'|of )(?:nuclear |nucleaire )?(?:expression|marquage)"),
    (CLASS, r"(?:perte|loss)[- ](?:de |of[- ])(?:fonction|function)(?: mutations?)?"),
    (STATE, r"non[- ]?(?:mut(?:e|ee|es|ees|ated|ant)|amplifi\w+|rearrang\w+|transloqu\w+|surexprim\w+|exprim\w+|"
        r"detect\w+|methyl\w+)(?![a-z])"),
    (STATE, r"not (?:mutated|amplified|rearranged|detected|expressed|overexpressed|methylated)"),
    (STATE, r"(?:un|non)-?(?:mutated|methylated)|wild[- ]?types?|wt(?![a-z])|sauvages?|negati\w*|neg(?![a-z])\.?|"
        r"absente?s?(?![a-z])"),
    (STATE, r"positi\w*|pos(?![a-z])\.?|detecte?e?s?(?![a-z])|detected|detectables?|presente?s?(?![a-z])"),
    (STATE, r"(?:ultra-?\s?(?:low|faible)|low(?![a-z])|faible(?:ment)?s?(?: positi\w+)?)(?:\s?\+(?=[/\s,;)]|$))?|"
        r"eleve\w*|high(?![a-z])|forte?s?(?![a-z])|hyper"),
    (STATE, r"null(?:e|es|s)?(?![a-z])"),
    (CLASS, r"(?:sur-?|over-?|hyper-?)express\w+|sur-?exprim\w+|over-?expressed"),
    (CLASS, r"express(?:ion|ing|ed|es)(?![a-z])|exprim(?:e|ee|es|ees|ant|ants)(?![a-z])"),
    (CLASS, r"mutations?(?![a-z])|mutat(?:ed|ion-positive)(?![a-z])|mutante?s?(?![a-z])|mute?e?s?(?![a-z])|"
        r"variants?(?![a-z])|mutee?s?(?![a-z])"),
    (CLASS, r"fusions?(?![a-z])|fusionn\w+|rearrang\w+|translocat\w+|translo\w+"),
    (CLASS, r"amplifi\w+|(?:gain|augmentation) (?:du nombre )?de copies|copy number gain"),
    (CLASS, r"addictions?(?: oncogeni\w+)?|alter(?:ations?|ed|ee?s?)(?![a-z])|anomalies?(?![a-z])|"
        r"aberrations?(?![a-z])|abnormalit(?:y|ies)|defects?(?![a-z])"),
    (CLASS, r"pertes?(?![a-z])|perdue?s?(?![a-z])|loss(?![a-z])|lost(?![a-z])|defici\w+|deficits?(?![a-z])|inactiv\w+|"
        r"(?:micro)?deletions?(?![a-z])|deletee?s?(?![a-z])|deleted"),
    (CLASS, r"insertions?(?![a-z])|skipping|sauts?(?![a-z])|(?:internal )?tandem duplications?|"
        r"duplications? (?:interne )?en tandem"),
    (CLASS, r"non-?sense|frame-?shift|truncat\w+|tronqu\w+|missense|faux-?sens"),
    (CLASS, r"co-?delet\w*|(?:expression )?(?:anormale?|aberrante?|abnormal|abn)(?![a-z])"),
    (FILLER, r"(?<=complexe \()(?:≥|>=|au moins|at least)\s?(?:3|trois|three) (?:anomalies|aberrations)(?: \w+iques?)?|"
        r"(?<=karyotype \()(?:≥|>=|at least)\s?(?:3|three) (?:abnormalities|aberrations)"),
    (CLASS, r"methyl(?:e|ee|es|ees|ated|ation)(?![a-z])"),
    (VARIANT, rf"(?:exons?|ex)[- ]?{NUMBERS}(?:\s?(?:del|ins)(?![a-z]))?|(?:del|ins|"
        rf"dup)[- ]?(?:ex(?:on)?[- ]?)?\d{{2}}(?![\dpq])|e(?:19|20)(?:del|ins)"),
    (VARIANT, rf"codons?\s?{NUMBERS}|(?:itd|tkd)(?![a-z])|v3(?![a-z])|(?:del|ins)(?![a-z])"),
    (VARIANT, SUBSTITUTION),
    (VARIANT, rf"(?:de )?(?:class(?:e|es)?|types?(?=\s(?:i|ii|iii)(?![a-z0-9])))\s?{CLASS_NUMBER}(?:\s?(?:,|/|"
        rf"et|ou|or|and|-)\s?{CLASS_NUMBER})*"),
    (QUALIFIER, r"(?:constitutionnel\w*|germin\w*|germline|somati\w*)(?:,? ?(?:et/ou|and/or|ou|or|et|and|"
        r"/) ?(?:constitutionnel\w*|germin\w*|germline|somati\w*))?"),
    (QUALIFIER, r"(?:deleter\w+|pathogen\w+)(?:,? ?(?:ou|or|/) ?(?:suspected |suspectee?s? |"
        r"presumee?s? |probablement |likely )?(?:deleter\w+|"
        r"pathogen\w+))?"),
    (QUALIFIER, r"activ(?:ating|atrices?|antes?|ante?)(?![a-z])|sensibilis\w+|sensiti[sz]ing|"
        rf"sensitive(?!{OF_TREATMENT})|sensibles?(?!{OF_TREATMENT})|classiques?|"
        r"communes?|common|classical"),
    (QUALIFIER, r"atypiques?|atypical|uncommon|non[- ](?:communes?|classiques?|classical|common)|rares?|homozyg\w+|"
        r"bi-?alleli\w+|heterozyg\w+|oncogeni\w+|biallelic"),
    (LIMIT, rf"{STEP}(?:\s?(?:,|/|ou|or|et|and|a|-)\s?(?:{STEP}|[0-3](?!\d|[.,]\d|\s?%)))*"),
    (LIMIT, rf"[0-3](?:\s?(?:,|/)\s?|\s(?:ou|or|et|and|a|to)\s|-){STEP}(?:\s?(?:,|/|ou|or|et|and)\s?{STEP})*"),
    (LIMIT, rf"(?:entre|between|de)\s?{NUMBER}{UNIT}?\s?(?:et|and|a)\s?{NUMBER}{UNIT}"),
    (LIMIT, rf"{COMPARATOR}\s?(?:a\s|of\s)?{NUMBER}{NOT_A_VALUE}{UNIT}?(?:\s?(?:et|and|,|"
        rf"-)?\s?{COMPARATOR}\s?{NUMBER}{NOT_A_VALUE}{UNIT}?)?"),
    (LIMIT, rf"{COMPARATOR}\s?(?:a\s|of\s)?{TEN}{UNIT}"),
    (LIMIT, rf"{NUMBER}{UNIT}?\s?(?:-|a|to)\s?{NUMBER}{UNIT}|{NUMBER}{UNIT}?\s(?:ou plus|et plus|or more|"
        rf"or greater)"),
    (LIMIT, rf"{NUMBER}{UNIT}\s?(?:au (?:plus|moins|maximum|minimum)|(?:ou|or) (?:moins|less)|maximum|"
    rf"minimum)(?![a-z])"),
    (NEGATION, r"(?:not|without) (?:harbou?r\w*|hav(?:e|ing)|carry\w*|express\w*)(?: any| known| an?)*(?![a-z])|"
        r"n[e'] ?(?:ayant|presentant|portant|exprimant) pas(?: de(?![a-z])| d')?|non(?=[- ][a-z])|"
        r"lack(?:s|ing)?(?: of)?(?: any| known| an?)*(?![a-z])|devoid of|depourvue?s? d(?:e(?![a-z])|')|"
        r"indemnes? d(?:e(?![a-z])|')"),
    (NEGATION, r"sans(?![a-z])|pas d(?:e(?![a-z])|')|absence d(?:e(?![a-z])|'|es )|absence of|aucune?s?(?![a-z])|"
        r"no(?![a-z])|without|ni(?![a-z])|nor(?![a-z])|lack of|negati\w+ (?:for|pour)"),
    (EXCEPT, r"hors(?![a-z])|hormis|sauf(?![a-z])|excepte?(?![a-z])|excluding|other than|autres? que|"
        r"a l'exception d[eu]s?(?![a-z])"),
    (EXAMPLE, r"such as|tel(?:le)?s? que|including|notamment|y compris|e\.g\.,?|p(?:ar|\.)? ?ex(?:emple|\.)(?: :)?|"
    r"ex ?:|exemples? ?:|comme(?![a-z])|"
        r"dont(?![a-z])"),
    (STATUS, r"(?:recherches?|tests?|analyses?|depistages?) (?:d[eu]s? (?:la |l')?|d')"
        r"(?=(?:une? )?(?:mutation|alteration|fusion|rearrang|anomalie|amplific))|"
        r"resultats?(?= [^.;:(]{0,60}(?:exige|requis|disponible|obligatoire|connu))|"
        r"statuts?(?: mutationnels?| tumoral)?|(?:mutation(?:al)? )?status"),
    (KNOWN, r"exigee?s?(?![a-z])|requise?s?(?![a-z])|obligatoires?|connue?s?(?![a-z])|known|disponibles?|available|"
        r"documente?e?s?(?![a-z])|documented|determine?e?s?(?![a-z])|determined"),
    (SEPARATOR, r"ainsi que(?! possible)|et/ou|and/or|ou bien|ou(?![a-z])|or(?![a-z])|et(?![a-z])|and(?![a-z])|,|/|&|"
    r"(?<=\s)\+(?=\s)|"
        r"soit(?![a-z])|plus(?![a-z])|;"),
    (ETC, r"etc(?![a-z])\.{0,3}|\.{2,3}|\.(?=\s?\))"),
    (FILLER, r"\((?:s|es|x)\)"),
    (OPEN, r"[(\[]"),
    (CLOSE, r"[)\]]"),
    (FILLER, r"(?:de |a )?l'|d'(?:une? )?|(?:du|de la|des|de|la|les|le|une?|of|in|the|an?|aux?|a|sur|par|by|on|for|"
        r"pour|dans|selon|en|est|is|are|sont|etant|being|via|must|be|toute?s?|any)(?![a-z])"),
    (FILLER, r"(?:genes?|geniques?|genomiques?|genomic|genetiques?|genetic|moleculaires?|molecular|proteines?|protein|"
        r"tumeurs?|tumou?r(?:s|al\w*)?|cancers?|driver|drivers|oncogenes?)(?![a-z])"),
    (FILLER, r"presence|presentant|porteurs?|porteuses?|harbou?ring|with|avec|avoir|having|carrying|portant|"
        r"identifiee?s?|identified|concomitante?s?|concurrent|specifie[ds]|requise?s?|required|confirm\w+|"
        r"prouvee?s?|proven|retrouvee?s?|ciblables?|actionn?ables?|targetable"),
    (FILLER, r"ps\s?2\s?\+|ihc|immunohisto\w+|fish|ish(?![a-z])|ngs|pcr|rt-pcr|22c3|28-8|sp263|sp142|"
        r"tc(?![a-z])|ic(?![a-z])|tap(?![a-z])|adnt?ct?|ctdna|local\w*|"
        r"central\w*|test\w*|"
        r"assay|score|tumou?r proportion score|combined positive score|tps|cps|proportion|cellules?|cells?|"
        r"membran\w*|staining|marquage|intensite|intensity|expression|cytoplasm\w*|membranaire"),
    (FILLER, r"h-?\s?score|allred|krenning|blastes?|blasts?"),
    (FILLER, r"kinase|domaine?|domain|pathway|receptors?|recepteurs?|a l'|niveau|level|taux|voie|tissu\w*|tissue|"
        r"adn|dna|arn|rna|tyrosine|ou egale?|whole|suivante?s?|following|one or more|au moins une?|at least one"),
    (FILLER, r"[:\"'*]|-(?=\s)|(?<=\s)-"),
)  # fmt: skip
_WORDS = re.compile("|".join(f"(?P<t{number}>{pattern})" for number, (_, pattern) in enumerate(_TABLE)))
_SIGN = re.compile(r"\)?\s?(\+|-|--)(?=$|[\s,;/)\]|.+-])(?!\s?\d)|\s(\+)(?=$|[,;/)])")
_FAMILIES = hinted(
    r"(?<![a-z])(ntrk|brca|idh|fgfr)[ -]?1\s?(?:,|/|-|et|ou|and|or|&)\s?2(?:\s?(?:,|/|-|et|ou|and|or|"
    r"&)+\s?3)?(?:\s?(?:,|/|-|et|ou|and|or|&)+\s?4)?(?!\d)"
)
_SOME_FGFR = hinted(r"(?<![a-z])fgfr[ -]?([234])(?:\s?(?:/|,|et|ou|and|or)\s?)(?:fgfr[ -]?)?([34])(?![\d/]|\s?/\s?\d)")
"""« FGFR2/3 »: these two of the family."""
_TAIL = re.compile(r"\)|m(?![a-z0-9])|-h(?:igh)?(?![a-z0-9])")
_IMPLIED = (
    (re.compile(r"^(?:p\.)?(?:t790m|c797s|l858r|l861q|g719x|g719[acs]|s768i)$"), "EGFR"),
    (re.compile(r"^(?:non[- ]?|p\.)?v600[edkrx/ ]*$"), "BRAF"),
    (re.compile(r"^(?:p\.)?g12c$"), "KRAS"),
    (re.compile(r"^(?:p\.)?k27m$"), "H3"),
    (re.compile(r"^(?:p\.)?v617f$"), "JAK2"),
    (re.compile(r"^(?:p\.)?l265p$"), "MYD88"),
    (re.compile(r"^(?:p\.)?t315i$"), "ABL1"),
    (re.compile(r"^(?:p\.)?c481s$"), "BTK"),
    (re.compile(r"^(?:p\.)?d816v$"), "KIT"),
    (re.compile(r"^(?:p\.)?d842v$"), "PDGFRA"),
    (re.compile(r"^(?:p\.)?r132h$"), "IDH1"),
    (re.compile(r"^(?:p\.)?g1202r$"), "ALK"),
    (re.compile(r"^(?:p\.)?g2032r$"), "ROS1"),
    (re.compile(r"^(?:p\.)?y220c$"), "TP53"),
)
_NAMELESS = re.compile(
    r"\b(?:tps|cps)\b|(?<![a-z0-9])(?:non[- ]?|p\.)?(?:t790m|c797s|l858r|l861q|g719[xacs]|s768i|v600|g12c|k27m|"
    r"v617f|l265p|t315i|c481s|d816v|d842v|r132h|g1202r|g2032r|y220c)"
)
"""What is read without the name of a marker: variants that name their gene by themselves, PD-L1 by its scales."""

_DRUG_NEAR = hinted(
    r"(?:\bi(?:k?ras|braf|egfr|alk|fgfr|her2|met|ret|trk)\b|\banti|\binhib\w+|\bitk|\btki|\bciblant|"
    r"\btargeting)[^,;.]{0,25}$"
)
_DRUG_BEFORE = re.compile(
    r"(?:\bciblant|\btargeting|\bciblees?(?: contre| sur)?|\bdirigee?s? contre|\bagainst|\bbloqu\w+|\banti|"
    r"\bagoniste\w*(?: d\w+)?|"
    r"\bcar-?t?(?: cells?)?(?: anti)?|\bvaccin\w*(?: contre)?)[\s'-]*(?:le |la |l'|les |des? |of )?$"
)
_DRUG_LISTED = re.compile(
    r"\banti-?\s?(?:pd|ctla|lag|tigit)[\w()-]*(?:\s?(?:,|/|\bou\b|\bet\b|\bor\b|\band\b)\s?(?:anti-?\s?)?(?:pd|ctla|"
    r"lag|tigit)[\w()-]*)*"
    r"\s?(?:,|/|\bou\b|\bet\b|\bor\b|\band\b)\s?$"
)
"""« anti PD-1 ou PD-L1 »: the second is a drug too."""
DRUG_AFTER = re.compile(
    r"[\s)-]*(?:pet\b|tep\b|inhib\w*|directed|targeted|car-?t|car\b|cell therap|bispecif|vaccin|conjug|adc\b|"
    r"ciblee?s?\b(?! par)|i\b|"
    r"-?based(?! (?:up)?on))"
)


_HINT = hinted(
    rf"{_NAMELESS.pattern}|ras|palb2|rad51|atm|npm1|tp53|flt3|esr1|egfr|braf|idh|pik3ca|jak2|h3|brca|ntrk|fgfr|"
    r"triple[ -]neg|tnbc|cstn|\bews"
)


@lru_cache(maxsize=64)
def names_something(clause: Clause) -> bool:
    """Whether a clause may speak of biomarkers at all: most do not, and are not looked at any further."""
    return _HINT.search(clause.plain) is not None or bool(MARKER_NAMES.find_tokens(clause.words))


def words_of(clause: Clause) -> list[Word]:
    """The clause as words, left to right; what is in no table is one break a word. None where nothing is named."""
    if not (found := list(_names(clause))) and not _NAMELESS.search(clause.plain):
        return []
    named: dict[int, list[Word]] = {}
    for name in found:
        named.setdefault(name[0].start, name)
    return list(_walk(clause.plain, named))


_ISH_SEEN = re.compile(r"(?:[dfcs]?ish|hybridation in situ)\s?(?:\+|(?:pos(?:itive?s?)?|amplifi\w*)(?![a-z]))")
_OF_HER2 = re.compile(r"her-?2(?!.*\b(?:alk|ros1|ret|met|fgfr|mdm2)\b)")


def _walk(plain: str, named: dict[int, list[Word]]) -> Iterator[Word]:
    position = 0
    while position < len(plain):
        if (end := _seen_by_ish(plain, position)) is not None:
            yield Word(CLASS, position, end, "amplification")
            position = end
            continue
        if name := named.get(position):
            yield from name
            position = name[-1].end
            sign = _SIGN.match(plain, position)
            apart = (
                sign is not None
                and _is_dash(plain, sign)
                and not any(sign.end() <= at <= sign.end() + 2 for at in named)
            )
            if sign and not apart and not (_is_hyphen(plain, sign) and _is_gene(name[-1])):
                yield Word(STATE, position, sign.end(), sign[1] or sign[2])
                position = sign.end()
            continue
        if plain[position].isspace() or plain[position] == "\\":  # registries escape signs: "\\> 1", "\\[TPS\\]"
            position += 1
            continue
        word = _word(plain, position, named)
        yield word
        position = word.end


def _seen_by_ish(plain: str, position: int) -> int | None:
    """« HER2 3+ ou FISH+ »: where the words end that tell of an amplification; None: they do not."""
    ish = _ISH_SEEN.match(plain, position) if plain[position] in "dfcsih" and _starts(plain, position) else None
    return ish.end() if ish and _OF_HER2.search(plain[:position]) else None


def _is_hyphen(plain: str, sign: re.Match[str]) -> bool:
    """« EWSR1- FLI1 »: a dash before another word may join two genes."""
    return sign[1] == "-" and re.match(r"\s?[a-z0-9]", plain[sign.end() :]) is not None


def _is_dash(plain: str, sign: re.Match[str]) -> bool:
    """« PD-L1 - exception : … »: a dash between two parts of the sentence."""
    return sign[1] == "-" and sign[0].startswith(" ") and re.match(r"\s[a-z]{2}", plain[sign.end() :]) is not None


def _is_gene(name: Word) -> bool:
    return all(marker_facts(marker).kind == "gene" and marker != "HER2" for marker in name.markers)


def _word(plain: str, position: int, named: dict[int, list[Word]]) -> Word:
    match = _WORDS.match(plain, position) if _starts(plain, position) else None
    if match and match.end() > position and not any(position < start < match.end() for start in named):
        part = _TABLE[int(str(match.lastgroup)[1:])][0]
        if part not in (CLASS, STATE, QUALIFIER, FILLER, STATUS, KNOWN) or _ends(plain, match.end()):
            return _with_gene(Word(part, position, match.end(), match[0]), plain)
    if plain[position] in "([":
        return Word(OPEN, position, position + 1, plain[position])
    other = re.compile(r"[a-z0-9']+|.").match(plain, position)
    end = other.end() if other else position + 1
    return Word(BREAK, position, min([end, *(start for start in named if start > position)]), plain[position:end])


def _starts(plain: str, position: int) -> bool:
    return position == 0 or not (plain[position - 1].isalnum() and plain[position].isalnum())


def _ends(plain: str, end: int) -> bool:
    return end >= len(plain) or not (plain[end - 1].isalnum() and plain[end].isalnum())


def _with_gene(word: Word, plain: str) -> Word:
    drug = _DRUG_NEAR.search(plain[: word.start]) or DRUG_AFTER.match(plain, word.end)
    if word.part != VARIANT or drug:
        return word
    gene = next((marker for pattern, marker in _IMPLIED if pattern.match(word.text)), None)
    return Word(word.part, word.start, word.end, word.text, frozenset({gene} if gene else ()))


_HEAD = re.compile(r"(statuts?(?: mutationnels?)?|profil mutationnel)\s|(expression)s?\s(?:des? )?")
_PARTNER = re.compile(r"(?<![a-z0-9-])([a-z]{2,6}\d{0,2})(?:-|::)$")
_FUSED = frozenset({"ALK", "ROS1", "RET", "NTRK1", "NTRK2", "NTRK3", "NRG1", "FGFR2", "FGFR3"})


def _names(clause: Clause) -> Iterator[list[Word]]:
    """The names, each with the words that the vocabulary keeps in one with it (« statut HER2 »)."""
    text, plain = clause.text, clause.plain
    families = [
        Word(MARKER, m.start(), m.end(), m[1].upper(), frozenset({m[1].upper()})) for m in _FAMILIES.finditer(plain)
    ]
    yield from ([one] for one in families)
    families += [word for two in _some_of_a_family(plain) for word in two]
    yield from _some_of_a_family(plain)
    ewing = list(ewing_fusions(plain))
    yield from ewing
    families += [word for words in ewing for word in words]
    yield from _glued(plain)
    yield from receptor_letters(plain)
    yield from progesterone(plain)
    yield from alleles(text)
    families += [*_glued_genes(plain)]
    yield from _named(clause, families)
    yield from _worn_names(plain)


def _named(clause: Clause, families: list[Word]) -> Iterator[list[Word]]:
    """The names of the vocabulary, but for those that a family takes in and those that are of a drug or a sample."""
    text, plain = clause.text, clause.plain
    for mention in find_markers(text) if MARKER_NAMES.find_tokens(clause.words) else ():
        if any(one.start < mention.end and mention.start < one.end for one in families):
            continue
        if _DRUG_LISTED.search(plain[: mention.start]) or _DRUG_BEFORE.search(plain[: mention.start]):
            continue
        if DRUG_AFTER.match(plain, mention.end):
            continue
        if _FUSION_PARTNER.match(plain, mention.end):
            continue
        if mention.ids == {"SSTR"} and _SEEN_BY.search(plain[: mention.start]):
            continue
        if mention.ids == {"CTDNA"} and _SPECIMEN_BEFORE.search(plain[: mention.start]):
            continue
        end = mention.end
        tail = _TAIL.match(plain, end)
        written = text[mention.start : end]
        if tail and tail[0].startswith("-h"):
            end, written = (tail.end(), "MSI-H") if mention.ids == {"MSI"} else (end, written)
        elif tail and (tail[0] == "m" or plain.count("(", mention.start, end) > plain.count(")", mention.start, end)):
            end = tail.end()
            written = text[mention.start : end]
        yield list(_parts(plain, Word(MARKER, mention.start, end, written, mention.ids)))
        yield from _suffixed(text, plain, mention)


def _worn_names(plain: str) -> Iterator[list[Word]]:
    """« BRCAm », « KRASwt »: a gene and its state in one word."""
    for match in _MUTATED.finditer(plain):
        gene = match[1] or match[2]
        yield [Word(MARKER, match.start(), match.end(), match[0].removesuffix("ut"), frozenset({gene.upper()}))]
    for match in _WILD.finditer(plain):
        gene = frozenset({match[1].upper()})
        yield [
            Word(MARKER, match.start(), match.end(1), match[1], gene),
            Word(STATE, match.start(2), match.end(), match[2]),
        ]


_FUSION_PARTNER = re.compile(r"(?:-|::)(?:alk|ros1|ret|ntrk[123]|nrg1|fgfr[23])(?![a-z0-9])")
_SEEN_BY = re.compile(r"(?:sstr|somatostatin)[^,;.]{0,30}\s(?:au|a la|en|sur|by|on|in)\s(?:la |le |the )?$")
"""« SSTR2+ au TEP DOTATATE »: the tracer names the receptor again."""
_SPECIMEN_BEFORE = re.compile(
    r"(?:\b(?:sur|on|in|dans|from|par|by|via|tissue or|tissu ou|tumou?r or)\s(?:un |l'|the )?|\()$"
)
"""Before circulating DNA: what the test was done on, not what is asked."""
_SUFFIX = re.compile(r"\s?/\s?([a-z0-9])(?![a-z0-9])")


def _suffixed(text: str, plain: str, mention: Mention) -> Iterator[list[Word]]:
    """« RAD51C/D », "ARID1A/B": the genes that a slash and one sign add."""
    position = mention.end
    while match := _SUFFIX.match(plain, position):
        name = text[mention.start : mention.end - 1] + text[match.start(1)]
        ids = MARKER_NAMES.exact(name)
        if len(ids) != 1 or ids == mention.ids:
            return
        yield [Word(MARKER, match.start(1), match.end(1), name, ids)]
        position = match.end()


def _some_of_a_family(plain: str) -> Iterator[list[Word]]:
    """« FGFR2/3 » as two names, each in its place: the sign between them is read as what joins them."""
    for match in _SOME_FGFR.finditer(plain):
        if match[1] != match[2] and "fgfr" not in plain[match.end(1) : match.start(2)]:
            yield [Word(MARKER, match.start(), match.end(1), f"FGFR{match[1]}", frozenset({f"FGFR{match[1]}"}))]
            yield [Word(MARKER, match.start(2), match.end(), f"FGFR{match[2]}", frozenset({f"FGFR{match[2]}"}))]


_MUTATED = hinted(
    r"(?<![a-z0-9])(?:[gst]?(brca)(?:1/2)?|"
    r"(kras|nras|ras|egfr|braf|idh1|idh2|esr1|pik3ca|npm1|tp53|flt3))m(?:ut)?(?![a-z])"
)
_WILD = re.compile(r"(?<![a-z0-9])(brca[12]?|kras|nras|ras|egfr|braf|idh[12]?|tp53)-?(wt)(?![a-z0-9])")
_GLUED = hinted(
    rf"(?<![a-z0-9])(?:(k-?ras|n-?ras|ras|braf|egfr|idh[12]|pik3ca|jak2|h3(?:\.[1-3])?)([{AA}]\d{{2,4}}[{AA}x]?)|"
    rf"[gst](brca(?:1/2|[12])|palb2|rad51[cd]|atm))(?![a-z0-9])"
)


def _glued(plain: str) -> Iterator[list[Word]]:
    """« KRASG12C », "gBRCA1": a gene and what is written without a space beside it."""
    for match in _GLUED.finditer(plain):
        gene = (match[1] or match[3]).replace("-", "").upper().split(".")[0].replace("BRCA1/2", "BRCA")
        name = Word(
            MARKER, match.start(), match.end(1) if match[1] else match.end(), match[1] or match[0], frozenset({gene})
        )
        yield [name, Word(VARIANT, match.start(2), match.end(2), match[2])] if match[2] else [name]


def _glued_genes(plain: str) -> Iterator[Word]:
    return (word for words in _glued(plain) for word in words[:1])


def _parts(plain: str, name: Word) -> Iterator[Word]:
    head = _HEAD.match(plain, name.start, name.end)
    if head and name.markers != {"MSI"}:
        yield Word(STATUS if head[1] else CLASS, name.start, name.start, head[1] or head[2])
    elif head and head[1]:
        yield Word(STATUS, name.start, name.start, head[1])
    partner = _PARTNER.search(plain[: name.start]) if name.markers <= _FUSED else None
    if partner and partner[1].upper() not in _FUSED and any(char.isdigit() for char in partner[1]):
        yield Word(CLASS, partner.start(), name.start, "fusion")
    yield name
