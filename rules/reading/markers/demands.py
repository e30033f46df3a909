"""What one biomarker of a clause is asked to be: its words → a demand, or `NotReadError`."""

import re
from dataclasses import dataclass, field, replace

from rules.alterations import is_precise
from rules.criteria import AllOf, AnyOf, Kind, MarkerIs, Test, Unread
from rules.marker_results import MarkerDemand, read_threshold
from rules.marker_values import SCORE_NEGATIVE, SCORE_POSITIVE, read_scores
from rules.markers import marker_facts, read_marker
from rules.reading.clause import plain

ALTERNATIVE = frozenset({"ou", "or", "et/ou", "and/or", "soit", "ou bien"})
_NAMED_BY_ALTERATION = frozenset({"EGFRVIII", "AR-V7"})
_GENERIC = re.compile(r"^(?:alter|anomal|anormal|aberr|abn|defect|addict)")
_CLASS = re.compile(r"mut|fusion|rearrang|transl|amplif|express|exprim|perte|perdu|loss|delet|alter|defici|addict")
_LOST = re.compile(r"^(?:homozyg\w+ |bi-?alleli\w+ )?(?:delet|pert|perdu|loss|lost|absence|lack|defici)")
_ORIGINS = r"(?:germ\w+|constit\w+|somat\w+)"


class NotReadError(Exception):
    """The run holds something that is not surely understood."""


@dataclass(slots=True)
class Item:
    """One marker and what its words ask: alternatives in words, sign, limit."""

    markers: frozenset[str]
    name: str
    start: int
    end: int
    shared: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    negative: bool | None = None
    level: str = ""
    limits: list[str] = field(default_factory=list)
    limit_joint: str = ""
    besides: list[str] = field(default_factory=list)
    denied: bool = False
    still_denied: bool = False
    status: bool = False
    joint: str = ""
    first: bool = True
    excepted: list[str] = field(default_factory=list)
    unknown: bool = False
    implied: bool = False
    apart: bool = False

    @property
    def marker(self) -> str:
        """The first of its ids: the only one, save for an ambiguous name, which is not read."""
        return min(self.markers)

    @property
    def bare(self) -> bool:
        """Whether nothing was said of it yet."""
        return not (self.own or self.level or self.limits or self.negative is not None)


_TELLING = ((re.compile(r"HLA-"), r"(?i)\*|a-?0?2"), (re.compile(r"TLS$"), "(?i)lymph"), (re.compile(r"H3$"), r"K\d\d"))
"""Spellings that say what is there: an allele, « présence de structures lymphoïdes tertiaires », H3 K27M."""


def tells_itself(item: Item) -> bool:
    """Whether the name alone says what is asked: MSI-H, FLT3-ITD, del(17p), BRCAm, HER2-low."""
    if item.unknown:
        return False
    if any(marker_facts(marker).kind == "cytogenetic" or marker in _NAMED_BY_ALTERATION for marker in item.markers):
        return True
    if re.search(r"(?<=[A-Za-z0-9])m$", item.name) and marker_facts(item.marker).kind == "gene":
        return True
    if item.markers == {"HRD"}:
        return re.search(r"defici|deficit", item.name.lower().replace("é", "e")) is not None
    spelt = next((pattern for marker, pattern in _TELLING if marker.match(item.marker)), None)
    if spelt is not None:
        return re.search(spelt, item.name) is not None
    demand = MarkerDemand.of(_name(item), "present")
    if item.markers == {"MSI"}:
        return bool(demand.alterations) or demand.presence == "absent"
    return (
        demand.threshold is not None
        or any(is_precise(one) for one in demand.alterations)
        or (item.markers == {"TMB"} and re.search(r"(?i)-h$|high|elev", item.name) is not None)
    )


def _name(item: Item) -> str:
    return item.name if read_marker(item.name) == item.markers else item.marker


def known_demand(item: Item) -> Test:
    """A result is asked, whatever it says."""
    return MarkerIs(replace(MarkerDemand.of(item.marker, "known"), alterations=frozenset()))


def same(first: Test, second: Test) -> bool:
    """Whether two demands ask the same in other words (« MSI-H ou dMMR »)."""
    if not (isinstance(first, MarkerIs) and isinstance(second, MarkerIs)):
        return first == second
    return replace(first.demand, label="", variant_text="") == replace(second.demand, label="", variant_text="")


def demand_of(item: Item) -> Test:
    """The demand of an item; what it excepts (« mutation KRAS hors G12C ») must be absent. Raises NotReadError."""
    if item.unknown:
        return Unread(Kind.BIOMARKER)
    asked = _demand(item)
    if not item.excepted:
        return asked
    without = MarkerDemand.of(item.marker, "absent", variants=tuple(item.excepted))
    if without.unread or not without.alterations or item.denied or item.negative or without.presence != "absent":
        raise NotReadError
    return AllOf((asked, MarkerIs(without)))


def _demand(item: Item) -> Test:
    if len(item.markers) > 1 or (item.status and item.bare and not tells_itself(item)):
        raise NotReadError
    if item.limits or item.level:
        return _measured(item)
    if item.markers == {"MSI"}:
        return _instability(item)
    _of_the_kinase(item)
    alternatives = _alternatives(item)
    if not alternatives and item.bare and not item.shared and not tells_itself(item):
        raise NotReadError
    if item.negative and item.denied:
        raise NotReadError
    loss = marker_facts(item.marker).loss_marker
    if loss and not alternatives and not item.own and not item.shared:
        raise NotReadError  # « PTEN négatif »: lost, or nothing found?
    if loss and len(alternatives) > 1 and all(_LOST.search(one) for one in alternatives):
        alternatives = ("perte",)  # « délétion ou perte d'expression »: lost, whatever shows it
    presence = "absent" if item.negative or item.denied else "present"
    demand = MarkerDemand.of(_name(item), presence, variants=alternatives)
    if demand.unread:
        raise NotReadError
    return MarkerIs(demand)


def _of_the_kinase(item: Item) -> None:
    """« BCR-ABL1 T315I » is a mutation of ABL1, not the fusion; « mutation BCR-ABL1 » may be either."""
    texts = [text for text in item.own + item.shared if "mut" in text or variant_in(text)]
    if item.markers == {"BCR-ABL1"} and texts:
        if not any(map(variant_in, texts)):
            raise NotReadError
        item.markers, item.name = frozenset({"ABL1"}), "ABL1"


def _alternatives(item: Item) -> tuple[str, ...]:
    """The alternatives in the words of the alteration parser; none: the name's own usage."""
    if marker_facts(item.marker).kind == "cytogenetic" or item.marker in _NAMED_BY_ALTERATION:
        return ()
    texts = _specific(item)
    if item.marker == "MET" and re.search(r"(?i)ex(?:on)? ?-?14", item.name):
        return ("exon 14 skipping", *(text for text in item.own if re.search(r"amplif|express", text)))
    prefix = _prefix(item)
    if prefix and not any(map(variant_in, texts)):
        texts = [f"{prefix} {text}" for text in texts] or [f"{prefix} mutation"]
    elif tells_itself(item) and not item.name.endswith("m") and not any(map(variant_in, texts)) and item.marker != "H3":
        return ()
    if item.name.endswith("m") and not texts and not prefix:
        texts = ["mutation"]
    texts = _with_own_name(item, texts)
    return tuple(dict.fromkeys(one for text in texts for one in _worded(text, item)))


def _with_own_name(item: Item, texts: list[str]) -> list[str]:
    """« FLT3-ITD ou TKD », « H3 K27M »: a variant inside the name is one of the alternatives."""
    named = re.search(
        r"itd|tkd|ex(?:on)? ?\d+|[a-z]\d{2}[a-z](?![a-z0-9])",
        re.sub(r"(?i)^h3[a-z0-9.-]*|^[a-z]+\d ", "", plain(item.name)),
    )
    if named and item.marker == "H3":
        texts = [text for text in texts if not re.fullmatch(r"mut\w*", text)]  # « H3 K27M muté »
    return [named[0], *texts] if named and (item.marker == "H3" or any(map(variant_in, texts))) else texts


def _prefix(item: Item) -> str:
    origin = re.match(r"(?i)([gs])(?:brca|palb2|rad51|atm)", item.name)
    return {"g": "germline", "s": "somatic"}[origin[1].lower()] if origin else ""


def _specific(item: Item) -> list[str]:
    """What is named most precisely: a variant beside « mutation » is the mutation that is meant."""
    shared, own = list(item.shared), list(item.own)
    if not item.first and any(class_in(text) for text in own):
        shared = [text for text in shared if re.fullmatch(_ORIGINS, text)]
    if not item.apart and len(shared) == 1 and len(own) == 1 and not (variant_in(shared[0]) and variant_in(own[0])):
        return [f"{shared[0]} {own[0]}"]
    texts = own + shared
    if not any(map(variant_in, texts)):
        return texts
    return [text for text in texts if variant_in(text) or re.search(r"amplif|fusion|rearrang|express", text)]


def class_in(text: str) -> bool:
    """Whether the words name a class of alteration."""
    return _CLASS.search(text) is not None


def variant_in(text: str) -> bool:
    """Whether the words name a variant and not a whole class."""
    return re.search(r"\d|\bitd\b|\btkd\b|\bclass", text) is not None


def _worded(text: str, item: Item) -> list[str]:
    """One alternative as the parser of alterations reads it; empty: no constraint beyond the name."""
    text = re.sub(r",\s?(?:ou|or|et|and)\s(?=\d)", ", ", text)
    text = re.sub(r"non[- ](?:communes?|classiques?|classical|common)", "atypique", text)  # denies the word only
    classes = re.search(r"(?:class|type)\w*\s?((?:iii|ii|i|[123]).*)", text)
    if classes and item.marker == "BRAF":
        return [f"classe {number} mutation" for number in re.findall(r"iii|ii|i|[123]", classes[1])]
    text = re.sub(rf"{_ORIGINS}[ ,]*(?:et/ou|and/or|ou|or|et|and|/) ?{_ORIGINS}", " ", text)
    text = re.sub(
        r"(?:deleter\w+|pathogen\w+).*?(?:deleter\w+|pathogen\w+)|(?:deleter\w+|pathogen\w+)", " ", text
    ).strip()
    text = re.sub(r"\b(?:homozyg\w+) (?=del|pert|loss)|(?<=on )homozyg\w+", "homozygous ", text)
    text = re.sub(r"addict\w*(?: oncogeni\w+)? (?=.*\d|.*\bitd\b)", "", text)
    text = re.sub(
        r"(?:alter\w*|anomal\w*|aberr\w*|abnormal\w*|defects?) (?:suivante?s? )?"
        r"(?=.*\d|.*\b(?:itd|mut|fusion|rearr|amplif|perte|perdu|delet))",
        "",
        text,
    )
    if (
        not text
        or _GENERIC.match(text)
        or (re.match(r"defici|deficit", text) and not marker_facts(item.marker).loss_marker)
    ):
        if item.marker == "HER2" and _GENERIC.match(text):
            return ["alteration"]  # not its expression alone
        return ["mutation"] if not text and marker_facts(item.marker).kind == "gene" else []
    if marker_facts(item.marker).kind == "gene":
        only_qualified = not class_in(text) and not variant_in(text) and not re.search(r"inser|saut|skip|inactiv", text)
        if only_qualified and re.fullmatch(r"(?:drivers?|oncogeni\w+| )+", text):
            # « driver oncogénique (EGFR, ALK) »: of each, its usual alteration
            return ["alteration"] if item.marker == "HER2" else []
        return _gene_words(f"{text} mutation" if only_qualified else text, item)
    state = re.search(r"express|exprim|methyl", text) and not re.search(r"perte|absence|loss|lack", text)
    return [] if state else [text]


def _gene_words(text: str, item: Item) -> list[str]:
    fused = marker_facts(item.marker).default() == {"fusion"}
    if fused and len(item.own) + len(item.shared) == 1 and re.fullmatch(r"mut\w*(?: activ\w+)?|activ\w+ mut\w*", text):
        return []  # « mutation EGFR, ALK ou ROS1 »: of ALK, the rearrangement
    if re.search(r"(?:sur|over|hyper)-?expr", text):
        return ["surexpression"]
    return [text]


def _instability(item: Item) -> Test:
    words = " ".join([item.name, *item.shared, *item.own])
    if item.negative is not None:
        words += " negatif" if item.negative and not item.own else ""
        words += " eleve" if not item.negative and "stab" in words.lower() else ""
    demand = MarkerDemand.of(item.name, "absent" if item.denied else "present", variants=(words,))
    if demand.unread or (item.bare and not item.shared and not tells_itself(item)):
        raise NotReadError
    return MarkerIs(demand)


def _measured(item: Item) -> Test:
    if item.denied or any(map(variant_in, item.own + item.shared)):
        raise NotReadError
    if item.level:
        return _level(item)
    facts, text = marker_facts(item.marker), " ".join(item.limits)
    if item.besides:
        return _beside_a_limit(item)
    if item.limit_joint and item.limit_joint not in ("et", "and", ","):
        limits = tuple(dict.fromkeys(_limited(item, one) for one in item.limits))
        return limits[0] if all(same(one, limits[0]) for one in limits) else AnyOf(limits)
    if not facts.scales and facts.kind not in ("protein", "receptor", "signature"):
        raise NotReadError
    return _limited(item, text)


def _beside_a_limit(item: Item) -> Test:
    """« HER2 3+ ou amplifié en FISH »: either suffices, so neither may be dropped."""
    if item.negative or not all(re.search(r"amplif|mut", text) for text in item.besides):
        raise NotReadError
    if item.negative is False and item.markers == {"HER2"} and read_scores(" ".join(item.limits)) <= SCORE_POSITIVE:
        return MarkerIs(MarkerDemand.of("HER2", "present"))  # « HER2+ (IHC 3+ ou FISH+) »: what positive means
    apart = replace(item, own=[], besides=[], negative=None)
    altered = MarkerDemand.of(item.marker, "present", variants=tuple(item.besides))
    if altered.unread:
        raise NotReadError
    return AnyOf((_measured(apart), MarkerIs(altered)))


_IN_WORDS = {
    **dict.fromkeys(("dix", "ten"), "10"),
    **dict.fromkeys(("quinze", "fifteen"), "15"),
    **dict.fromkeys(("vingt", "twenty"), "20"),
    **dict.fromkeys(("cinquante", "fifty"), "50"),
    "soixante-quinze": "75",
}
_ENDED = re.compile(
    r"(?<![\d.,])(\d+(?:[.,]\d+)?\s?(?:%|pour ?cent|percent))\s?(?:(au moins|au minimum|minimum)|"
    r"(?:au plus|au maximum|maximum|(?:ou|or) (?:moins|less)))(?![a-z])"
)
"""« 10 % au plus »."""
_WRITTEN = re.compile(rf"\b(?:{'|'.join(_IN_WORDS)})\b")


def _limited(item: Item, text: str) -> Test:
    text = _WRITTEN.sub(lambda match: _IN_WORDS[match[0]], text)
    text = _ENDED.sub(lambda match: f"{'≥' if match[2] else '≤'} {match[1]}", text)
    limit = read_threshold(text.strip(" :("))
    if limit is None or (limit.scores and "ihc" not in marker_facts(item.marker).scales):
        raise NotReadError
    if item.negative and (limit.op in (">=", ">", "range") or limit.scores - SCORE_NEGATIVE):
        raise NotReadError
    if item.negative is not None and limit.scores:
        scores = limit.scores & (SCORE_NEGATIVE if item.negative else SCORE_POSITIVE)
        limit = replace(limit, scores=scores) if scores else limit
    if item.markers == {"TMB"} and limit.value <= 1:
        raise NotReadError
    presence = "absent" if item.negative else "present"
    return MarkerIs(MarkerDemand.of(_name(item), presence, threshold=limit))


def _level(item: Item) -> Test:
    marker = item.marker
    if marker == "HER2" and item.level != "high":
        asked = "HER2-low" if item.level == "low" else f"HER2 {item.level}"
        if " " in item.level:
            return MarkerIs(MarkerDemand.of("HER2", "present", threshold=asked))
        scores = read_scores(" ".join([asked, *item.limits]))
        return MarkerIs(
            MarkerDemand.of("HER2", "present", threshold=asked if not item.limits else _score_text(scores, item))
        )
    if item.limits:
        return _limited(item, " ".join(item.limits))
    if marker in ("ER", "HR") and item.level == "low":
        return MarkerIs(MarkerDemand.of(marker, "present", threshold="1-10 %"))
    if marker == "TMB" and item.level == "high":
        return MarkerIs(MarkerDemand.of(marker, "present"))
    if marker == "MSI" and item.level == "high":
        return MarkerIs(MarkerDemand.of("MSI-H", "present"))
    if marker in _HIGH_FROM and item.level == "high":
        return MarkerIs(MarkerDemand.of(marker, "present", threshold=_HIGH_FROM[marker]))
    raise NotReadError


_HIGH_FROM = dict.fromkeys(("FOLR1", "CLDN18.2"), "≥ 75 % PS2+")
"""What is called high: MIRASOL (mirvetuximab), SPOTLIGHT (zolbetuximab)."""


def _score_text(scores: frozenset[str], item: Item) -> str:
    text = " ".join(item.limits)
    if not read_scores(text) or not read_scores(text) <= scores:
        raise NotReadError
    return text
