"""Treatments: what typed agents and protocols are, their classes and types, and which of them are systemic.

A disputed agent (an antibody-drug conjugate as chemotherapy, BCG as immunotherapy) has a small concept of its own below
both: what trials count differently is then UNKNOWN, never ruled out, and its neighbours stay apart.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from rules.errors import VocabularyError
from rules.hinted import hinted, marks_of, marks_of_any
from rules.lexicon import Lexicon, Mention, load_lexicon
from rules.open_names import OpenName, keys_of_typed, open_names, stem_class
from rules.remembered import remembered
from rules.spellings import spellings
from rules.text import Token, fold, fold_in_place, key, tokens
from rules.vocabulary.hierarchy import Concept, Hierarchy, load_hierarchy
from rules.vocabulary.tables import rows, several

Components = tuple[frozenset[str], ...]

_TYPES = (
    "surgery radiotherapy brachytherapy chemotherapy targeted_therapy hormone_therapy immunotherapy "
    "radionuclide cell_therapy stem_cell_transplant interventional_radiology active_surveillance "
    "supportive_care"
)
TYPES = frozenset(_TYPES.split())
"""The roots that tell what kind of treatment it is: the types of a form."""

_LOCAL = frozenset({"surgery", "radiotherapy", "interventional_radiology", "local_drug_delivery"})
"""Never a line, even where the drug is one: chemoembolisation, HIPEC, BCG (contract, lines by disease)."""

_CODE = re.compile(r"\b[A-Z]{2,6}[- ]?\d{3,}[A-Z]?\b")

_UNBLINDED = re.compile(r"levee (?:de |d')?l?'?\s?aveugle|unblind|open.label|en ouvert|(?:sans|pas de|hors) placebo")
_BLINDED = re.compile(r"placebo|aveugle|\bblind")

_PRECISED_BY = re.compile(r"\s*[:(]?\s*(?:par|de type|type|a base de|avec|with|by)?\s*")
_SIGNS_MATTER = {"7 3": r"7\s*\+\s*3", "3 7": r"3\s*\+\s*7", "s 1": r"S-1", "i v": r"I\s*\+\s*V"}
_CLIPPED = {"gemci": ("gemcis", "gemcitabine")}
"""What the fold of plurals makes one: a protocol by its written form, and the drug that the word is without its s."""
_APART = re.compile(r"[,;:]\s")
_LABEL = re.compile(r"[:;]\s")
"""« Dernier traitement : anti-PD-1 » names no « traitement anti-PD-1 »."""
_STATE_BEFORE = re.compile(r"(?:resistan\w*|sensib\w*|refractaire\w*|sensitiv\w*|insensib\w*)(?: a la| a| to)?[\s-]*$")
_STATE_AFTER = re.compile(r"[\s-]*(?:sensib|resist|refract|sensit|depend)")
_STATES = frozenset(key(word) for word in ("castration", "chimio", "hormono", "androgen deprivation"))
_CUT_SHORT = frozenset({"immuno"})
"""« immuno » is a treatment, « immuno-histochimie » is none."""
_MYELOMA = re.compile(r"\bimids?\b|cd-?38|myelom|bortezomib|lenalidomide|carfilzomib|proteasom")
_ORGAN_AFTER = re.compile(
    r"\s*(?:d'un organe|d'organe|de tissu|hepatique|renale|cardiaque|pulmonaire|cutanee|de peau|de cornee)"
)


_PAYLOAD = re.compile(
    r"(?<![a-z-])(?:adcs?|(?:anticorps[- ])?(?:drogue|medicament)s?[- ]conjugues?|anticorps[- ]conjugues?|"
    r"conjugues? anticorps[- ](?:medicament|drogue)s?|immuno-?conjugues?|antibody[- ]drug[- ]conjugates?)"
    r"(?:\s*\(adcs?\))?"
    r"(?:[\s-]+(?:a|avec|dont|la|le|charges?|utile|cytotoxique|payload|base|une?|est|portant|porteurs?|contenant|"
    r"type|"
    r"inhibit\w*|inibit\w*|ciblant|with|that|which|contains?|containing|using|consisting|comprising|of|an|the|"
    r"class|de|"
    r"based|conjuguee?|couplee?|lie|derivee?s?|d'un|d'une|d'inhibit\w*|anti))*?"
    r"[\s-]+(?:anti-?|d')?(?:topo-?\s?isomerase|topo|camptothecine?|exatecan|deruxtecan|dxd)[\s-]?(?:(?:i|"
    r"1)(?![a-z0-9]))?"
    r"(?:[\s-]+(?:inhibitors?|payloads?|derivatives?|class|based))*(?![a-z0-9])|"
    r"(?<![a-z-])(?:topo-?\s?isomerase|topo|camptothecin|exatecan)[\s-]?(?:(?:i|1)[\s-]+)?(?:inhibitor[\s-]+)?"
    r"(?:\(topo-?1i?\)[\s-]*)?(?:class[\s-]+|based[\s-]+|payload[\s-]+|containing[\s-]+)*"
    r"(?:adcs?|antibody[- ]drug[- ]conjugates?)(?![a-z])"
)
"""A conjugate told by its payload, in whatever order and spelling: « ADC à inhibiteur de topo-isomérase I »."""


_CHECKPOINT = re.compile(
    r"(?<![a-z-])(?:agents?|anticorps(?: monoclona\w+)?|(?:monoclonal )?antibod(?:y|ies)|molecules?|drugs?|"
    r"medicaments?|"
    r"traitements?|therap(?:y|ies)|therapies?|immunotherap\w+)[\s,]+(?:(?:qui )?(?:ciblant|ciblent|visant|visent|"
    r"dirigee?s? contre|agissant sur|specifiques? d\w+)|(?:specifically )?(?:directed (?:to|at|"
    r"against)|targeting))\s+(?:(?:un|une|le|la|les|des|d'|l'|an?|the|another|autres?|other|any|tout|specifiquement)\s?)*(?:(?:co-?)?(?:stimul\w+|"
    r"inhibit\w+)(?:\s?(?:or|ou|and|"
    r"et|/)\s?(?:co-?)?(?:stimul\w+|inhibit\w+))?\s(?:t[- ]cell )?(?:receptor|pathway)s?|(?:recepteurs?|"
    r"voies?)\s(?:(?:d(?:e|es|u)"
    r"|lymphocytes?|cellules?|lymphocytaires?|t)\s)*(?:(?:co-?)?(?:stimul\w+|inhibit\w+)(?:\s?(?:ou|et|/)\s?(?:co-?)?"
    r"(?:stimul\w+|inhibit\w+))?|immuno-?regulat\w+)(?: (?:des|du) (?:lymphocytes?|cellules?) t)?|(?:immune |t[- "
    r"]cell )?"
    r"(?:immuno-?)?checkpoints?(?: immunitaires?| pathways?)?|points? de controle(?: immunitaires?| de l'immunite| "
    r"immunologiques?)?)(?![a-z])"
)
"""« Agent ciblant un récepteur T co-stimulateur ou co-inhibiteur », however it is put."""
_TARGETING = re.compile(
    r"(?<![\w-])(?:(?:traitements?|agents?|anticorps(?: monoclona\w+)?|m[e\u00e9]dicaments?|mol[e\u00e9]cules?|"
    r"th[e\u00e9]rapies?|drugs?|"
    r"therap(?:y|ies)|treatments?|antibod(?:y|ies)) |(?<=rieur )|(?<=rieurs )|(?<=rieure )|(?<=rieures "
    r"))(?:ciblant|visant|targeting|dirig[e\u00e9]e?s? contre|directed "
    r"(?:against|at|to)) "
    r"(?:le |la |les |l'|the )?(?P<one>[A-Za-z][\w./-]*\d[\w./-]*|[A-Z][A-Z0-9-]{2,})(?P<two> [A-Z]\d{1,4}[A-Z])?"
    r"(?P<code>\s\([A-Z][\w-]{1,9}\))?",
    re.IGNORECASE,
)
_MAY_BE_DESCRIBED = hinted(r"(?i)topo|campto|t[eé]can|dxd|checkpoint|contr[oô]le|stimul|inhib|r[eé]gulat")
_MAY_AIM = hinted(r"(?i)ciblant|visant|targeting|dirig|directed")
_MAY_BE_TOLD = marks_of_any(_MAY_BE_DESCRIBED, _MAY_AIM)
_DESCRIBED = ((_PAYLOAD, "adc_topo1_payload"), (_CHECKPOINT, "checkpoint_inhibitor"))
"""Treatments told by what they do: the words, the class."""


class TreatmentMention(NamedTuple):
    """A treatment named in running text: half-open span, one set of plausible concepts a component, as written."""

    start: int
    end: int
    components: Components
    name: str


def _with_disputes(base: Hierarchy) -> Hierarchy:
    """The hierarchy with one concept below each disputed agent and below what some trials count it as."""
    concepts = dict(base.concepts)
    has_children = {parent for concept in concepts.values() for parent in concept.parents}
    for row in rows("treatment_disputes", columns=("treatment", "counted_as", "why")):
        if row["treatment"] not in base or row["counted_as"] not in base:
            raise VocabularyError(f"treatment_disputes.csv: unknown treatment in {row}")
        for id_ in sorted(base.below(row["treatment"]) - has_children):
            if not base.covers(row["counted_as"], id_):
                disputed = _disputed(base[id_], base[row["counted_as"]], row["why"])
                concepts[disputed.id] = disputed
    return replace(base, concepts=concepts)


def _disputed(agent: Concept, other: Concept, why: str) -> Concept:
    return Concept(
        f"{agent.id}_as_{other.id}",
        f"{agent.label_fr} (compté comme {other.label_fr})",
        f"{agent.label_en} (counted as {other.label_en})",
        (agent.id, other.id),
        why,
    )


_AGREED = load_hierarchy("treatments")
TREATMENTS = _with_disputes(_AGREED)
TREATMENT_NAMES = load_lexicon("treatment_names", _AGREED)


def _regimens() -> dict[str, Components]:
    table: dict[str, Components] = {}
    for row in rows("regimens", columns=("text", "agents", "source")):
        components = tuple(frozenset(part.split("/")) for part in several(row["agents"]))
        unknown = [id_ for part in components for id_ in part if id_ not in _AGREED]
        if unknown or not components or not key(row["text"]):
            raise VocabularyError(f"regimens.csv: {row['text']!r}: unknown or no agent {unknown}")
        table[key(row["text"])] = components
    return table


def _components() -> dict[str, Components]:
    """Phrase → components. A text that is both a protocol and a class ("AI") may be either in each component."""
    table: dict[str, Components] = {phrase: (ids,) for phrase, ids in TREATMENT_NAMES.phrases.items()}
    for phrase, components in _regimens().items():
        named = TREATMENT_NAMES.phrases.get(phrase, frozenset())
        table[phrase] = tuple(part | named for part in components)
    for phrase, components in list(table.items()):
        for other in spellings(phrase):
            table.setdefault(other, components)
    return table


_COMPONENTS = _components()
_PHRASES = Lexicon("treatments and regimens", {phrase: frozenset({phrase}) for phrase in _COMPONENTS})


def _in_running_text() -> dict[str, str]:
    """Phrase → how it must be written to count in running text (`never`, `capitals`, `any_case`)."""
    table = rows("treatment_text_rules", columns=("text", "rule", "why"))
    return {key(row["text"]): row["rule"] for row in table}


_IN_RUNNING_TEXT = _in_running_text()


@remembered(8192)
def agents_of(text: str) -> Components:
    """The components of a typed agent or protocol, each a set of plausible concepts; nothing readable: empty.

    Misspelt words of six letters or more are read by similarity; an unknown agent by its INN stem, and an unknown code
    beside a known agent as any anticancer treatment.
    """
    if whole := components_of(text):
        return whole
    read = sorted(_readings(text), key=lambda mention: mention.start)
    components: list[frozenset[str]] = []
    for mention, following in zip_longest(read, read[1:]):
        parts = _without_generic(text, mention, following)
        components += [part for part in parts if part not in components]
    return tuple(components)


def _without_generic(text: str, mention: TreatmentMention, following: TreatmentMention | None) -> Components:
    """The components but those that the next words only make precise: « radiochimiothérapie (cisplatine) »."""
    if following is None or not _PRECISED_BY.fullmatch(fold(text[mention.end : following.start])):
        return mention.components
    return tuple(part for part in mention.components if not _made_precise(part, following.components))


def _made_precise(general: frozenset[str], precise: Components) -> bool:
    return any(
        all(any(one != id_ and TREATMENTS.covers(one, id_) for one in general) for id_ in part) for part in precise
    )


def _readings(text: str) -> Iterator[TreatmentMention]:
    words = tokens(text)
    spans: list[tuple[int, int]] = []
    for mention in (*_misspelt(text), *_exact(text, words)):
        if not _overlaps(mention.start, mention.end, spans):
            spans.append((mention.start, mention.end))
            yield mention
    unread = [word for word in words if not _overlaps(word.start, word.end, spans)]
    stems = list(_by_stem(text, unread))
    yield from stems
    if spans or stems:
        yield from _codes(text, spans)


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _exact(text: str, words: list[Token]) -> Iterator[TreatmentMention]:
    for mention in _PHRASES.find_tokens(words):
        (phrase,) = mention.ids
        border = _APART if len(_COMPONENTS[phrase]) > 1 else _LABEL
        if parts := _parts(text, mention, words, border):
            for part in parts:
                yield from _exact(text, part)
        elif _has_its_signs(phrase, text[mention.start : mention.end]):
            written = text[mention.start : mention.end]
            yield _mention(text, mention.start, mention.end, _of_clipped(phrase, written))


def _parts(text: str, mention: Mention, words: list[Token], border: re.Pattern[str]) -> list[list[Token]]:
    """The words of a name at each side of the borders in it: « cisplatine, gemcitabine » are two treatments."""
    written = text[mention.start : mention.end]
    if len(written.split()) == 1:
        return []
    cuts = [mention.start + cut.start() for cut in border.finditer(written)]
    within = [word for word in words if mention.start <= word.start and word.end <= mention.end]
    borders = [mention.start, *cuts, mention.end]
    sides = [[word for word in within if start <= word.start < end] for start, end in pairwise(borders)]
    return [side for side in sides if side] if cuts else []


def _has_its_signs(phrase: str, written: str) -> bool:
    return phrase not in _SIGNS_MATTER or re.fullmatch(_SIGNS_MATTER[phrase], written.strip()) is not None


def _of_clipped(phrase: str, written: str) -> Components:
    """« Gemcis » is cisplatin with gemcitabine, « gemci » is gemcitabine."""
    protocol, drug = _CLIPPED.get(phrase, ("", ""))
    return _COMPONENTS[drug if drug and fold(written).strip() != protocol else phrase]


def _misspelt(text: str) -> Iterator[TreatmentMention]:
    """Readings by similarity, longest first at each place; several of one span are one ambiguous component."""
    by_span: dict[tuple[int, int], set[str]] = {}
    for mention in _PHRASES.similar(text):
        by_span.setdefault((mention.start, mention.end), set()).update(mention.ids)
    for (start, end), phrases in sorted(by_span.items(), key=lambda item: item[0][0] - item[0][1]):
        readings = [_COMPONENTS[phrase] for phrase in sorted(phrases)]
        if len(readings) == 1:
            yield _mention(text, start, end, readings[0])
        else:
            yield _mention(text, start, end, (frozenset().union(*(part for read in readings for part in read)),))


def _mention(text: str, start: int, end: int, components: Components) -> TreatmentMention:
    return TreatmentMention(start, end, components, text[start:end])


def _by_stem(text: str, words: list[Token]) -> Iterator[TreatmentMention]:
    for word in words:
        class_ = stem_class(text[word.start : word.end])
        if class_:
            yield _mention(text, word.start, word.end, (frozenset({class_}),))


_PROLONGED = ("LP ", "LP-", "LAR ", "LAR-", "SC ", "IV ", "AUC")
"""« Somatuline LP 120 », « Sandostatine LAR 30 »: a form and a dose, no drug under a code."""


def _codes(text: str, spans: list[tuple[int, int]]) -> Iterator[TreatmentMention]:
    for match in _CODE.finditer(text):
        if match[0].upper().startswith(_PROLONGED):
            continue
        if not _overlaps(*match.span(), spans):
            yield _mention(text, *match.span(), (frozenset({"anticancer_treatment"}),))


def components_of(name: str) -> Components:
    """The components of a whole name of the vocabulary; of any other text, none."""
    phrase = key(name)
    return _of_clipped(phrase, name) if phrase in _COMPONENTS and _has_its_signs(phrase, name) else ()


def find_open_names(text: str) -> list[OpenName]:
    """The drugs named in a text that the vocabulary does not know, left to right."""
    return open_names(text, _known_spans(text))


@remembered(8192)
def open_keys(agent: str) -> frozenset[str]:
    """The comparable open names of a typed agent: all of it where nothing of it is read."""
    return keys_of_typed(agent, _known_spans(agent), unread=not agents_of(agent))


def _known_spans(text: str) -> list[tuple[int, int]]:
    known = (*_described(text), *_aimed_at(text), *_exact(text, tokens(text)))
    return [(mention.start, mention.end) for mention in known]


def find_treatments(text: str, words: list[Token] | None = None) -> list[TreatmentMention]:
    """The treatments and protocols named in running text, left to right, exactly; never by similarity.

    Names of four letters or fewer count with two capitals; those that are also another thing (stage IA, EP) never; nor
    states ("résistant à la castration") and organ grafts. `words`: the text already cut into words.
    """
    found = _exact(text, tokens(text) if words is None else words)
    named = [mention for mention in found if _is_mention(text, mention)]
    if not (marks_of(text) & _MAY_BE_TOLD or " IP" in text):
        return named
    told = [*_described(text), *_aimed_at(text), *_of_myeloma(text)]
    spans = [(mention.start, mention.end) for mention in told]
    apart = [mention for mention in named if not _overlaps(mention.start, mention.end, spans)]
    return sorted([*told, *apart], key=lambda mention: mention.start)


def _described(text: str) -> Iterator[TreatmentMention]:
    if not _MAY_BE_DESCRIBED.search(text):
        return
    folded = fold_in_place(text)
    for pattern, id_ in _DESCRIBED:
        for match in pattern.finditer(folded):
            yield _mention(text, *match.span(), (frozenset({id_}),))


def _aimed_at(text: str) -> Iterator[TreatmentMention]:
    """« Traitement ciblant B7-H3 », "agent targeting KRAS G12C": what is called anti-B7-H3 elsewhere."""
    for match in _TARGETING.finditer(text) if _MAY_AIM.search(text) else ():
        for name in (match["one"] + (match["two"] or ""), match["one"]):
            components = _COMPONENTS.get(key(f"anti-{name}")) or _COMPONENTS.get(key(f"inhibiteur de {name}"))
            if components:
                whole = name == match["one"] + (match["two"] or "")
                end = match.end() if whole else match.start("one") + len(name)
                yield _mention(text, match.start(), end, components)
                break


def _of_myeloma(text: str) -> Iterator[TreatmentMention]:
    """« IP » beside the other classes of myeloma drugs."""
    if " IP" in text and _MYELOMA.search(fold(text)):
        for match in re.finditer(r"(?<![\w-])IPs?(?![\w-])", text):
            yield _mention(text, *match.span(), (frozenset({"proteasome_inhibitor"}),))


@lru_cache(maxsize=8192)
def _as_written(name: str) -> tuple[str, bool]:
    phrase = key(name)
    return phrase, _well_written(name, _IN_RUNNING_TEXT.get(phrase))


def _is_mention(text: str, mention: TreatmentMention) -> bool:
    phrase, well_written = _as_written(mention.name)
    if not well_written:
        return False
    if phrase in _CUT_SHORT:
        return not fold(text[mention.end :]).startswith("-") and not fold(text[: mention.start]).endswith("-")
    if phrase in _STATES:
        after = fold(text[mention.end :])
        return not _STATE_BEFORE.search(fold(text[: mention.start])) and not _STATE_AFTER.match(after)
    return not (phrase.endswith("greffe") and _ORGAN_AFTER.match(fold(text[mention.end :])))


def _well_written(name: str, rule: str | None) -> bool:
    letters = [char for char in name if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if rule == "capitals":
        return capitals >= max(3, len(letters) - 2)
    if rule is None and len(letters) <= 4:
        return capitals >= min(2, len(letters))
    return rule != "never"


def is_blinded(text: str) -> bool:
    """Whether the text tells of a blinded arm ("pembrolizumab ou placebo"): neither received nor not received."""
    folded = fold(text)
    return bool(_BLINDED.search(folded)) and not _UNBLINDED.search(folded)


@lru_cache(maxsize=4096)  # of the vocabulary
def types_of(id_: str) -> frozenset[str]:
    """The type roots of a treatment; of a class that crosses types (anti-BCMA), those of what is below it."""
    own = TREATMENTS.above(id_) & TYPES
    return own or frozenset(type_ for below in TREATMENTS.below(id_) for type_ in TREATMENTS.above(below) & TYPES)


@lru_cache(maxsize=4096)  # of the vocabulary
def is_systemic(id_: str) -> bool:
    """Whether it is surely a systemic treatment; a transplant is one (its conditioning), local drug delivery is not."""
    above = TREATMENTS.above(id_)
    return bool(above & {"systemic_treatment", "stem_cell_transplant"}) and not above & _LOCAL


@lru_cache(maxsize=4096)  # of the vocabulary
def is_line_forming(id_: str) -> bool:
    """Whether such a treatment, given for advanced disease, is a line by itself.

    Not so: radiotherapy, surgery, chemoembolisation, iodine 131, a transplant (part of its sequence), supportive care.
    Radioligands (lutetium) are: given by vein in cycles against the whole disease, they are compared with systemic
    lines (VISION, NETTER-1 and -2); bone-seeking radium may be, trials differ.
    """
    above = TREATMENTS.above(id_)
    return "systemic_treatment" in above and not above & _LOCAL


@lru_cache(maxsize=1)
def _codes_table() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], frozenset[str]] = {}
    for row in rows("treatment_codes", columns=("system", "code", "ids", "label", "source")):
        ids = several(row["ids"])
        unknown = [id_ for id_ in ids if id_ not in TREATMENTS]
        if unknown:
            raise VocabularyError(f"treatment_codes.csv: {row['code']}: unknown treatment {unknown}")
        table[row["system"], row["code"]] = frozenset(ids)
    return table


def treatments_of_code(system: str, code: str) -> frozenset[str] | None:
    """The treatments that a code names (`frcp`: type of treatment); empty: it names none; None: unknown code."""
    return _codes_table().get((system, code))
