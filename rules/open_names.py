"""Drugs that the vocabulary does not know, by the name they are written under: new INNs, company codes, targets.

A name is compared letter by letter, without case, accents, signs or the ending that French adds; never by similarity.
Two names may be one drug, so another open name is never surely another drug: only what is known is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rules.hinted import hinted
from rules.text import fold, fold_in_place

STEMS = (
    ("brutinib", "btk_inhibitor"),
    ("brutideg", "btk_degrader"),
    ("rafenib", "braf_inhibitor"),
    ("metinib", "mek_inhibitor"),
    ("tinib", "tki"),
    ("sidenib", "idh_inhibitor"),
    ("menib", "menin_inhibitor"),
    ("degib", "hedgehog_inhibitor"),
    ("ciclib", "cdk_inhibitor"),
    ("parib", "parp_inhibitor"),
    ("lisib", "pi3k_inhibitor"),
    ("rasib", "ras_inhibitor"),
    ("zomib", "proteasome_inhibitor"),
    ("toclax", "bcl2_inhibitor"),
    ("sertib", "targeted_therapy"),
    ("nib", "targeted_therapy"),
    ("platin", "platinum"),
    ("taxel", "taxane"),
    ("rubicin", "anthracycline"),
    ("deruxtecan", "adc_topo1_payload"),
    ("tecan", "topoisomerase_1_inhibitor"),
    ("citabin", "antimetabolite"),
    ("trexed", "antifolate"),
    ("trexat", "antifolate"),
    ("mustin", "alkylating_agent"),
    ("fosfamid", "alkylating_agent"),
    ("leucel", "cell_therapy"),
    ("repvec", "oncolytic_virus"),
    ("estrant", "hormone_therapy"),
    ("lutamid", "hormone_therapy"),
    ("trozol", "aromatase_inhibitor"),
    ("relix", "lhrh_antagonist"),
    ("relin", "lhrh_agonist"),
    ("domid", "imid"),
    ("metostat", "targeted_therapy"),
    ("demstat", "targeted_therapy"),
    ("inostat", "hdac_inhibitor"),
    ("telstat", "telomerase_inhibitor"),
    ("rolimus", "systemic_treatment"),
    ("ercept", "systemic_treatment"),
    ("facept", "systemic_treatment"),
    ("grastim", "growth_factor"),
    ("gramostim", "growth_factor"),
    ("plostim", "growth_factor"),
    ("poetin", "esa"),
    ("leukin", "cytokine"),
    ("vedotin", "adc_mmae_payload"),
    ("tamig", "bispecific_antibody"),
    ("tomig", "bispecific_antibody"),
    ("mig", "bispecific_antibody"),
    ("tabart", "monoclonal_antibody"),
    ("tatug", "monoclonal_antibody"),
    ("mab", "monoclonal_antibody"),
)
"""Stems of WHO's INN stem book, the first that fits: an agent that is not in the vocabulary is still of its class."""

ANY_DRUG = "systemic_treatment"
"""What a named drug is where its name tells nothing more."""

_SHORTEST_INN = 8
_SECOND_WORD = r"[a-z]+(?:tecan|dotin|tansine?|sirine?|gamicine?|bulin|carmazine?)"
_TWO_WORDS = hinted(rf"(?<![\w-])[a-z]{{5,}}(?:mab|tug|bart|mig)e? {_SECOND_WORD}(?![\w-])")
_ONE_WORD = re.compile(rf"(?<![\w-])[a-z]{{{_SHORTEST_INN},}}(?![\w-])")
_ISOTOPE = r"(?:\[?\d{2,3}[ -]?(?:Lu|Ac|Y|I|Pb|Cu|At|Bi|Ra|Tb)\]?[ -]?(?:(?:Lu|Ac|Y|I|Pb|Cu|At|Bi|Tb)-)?)"
_CODES = re.compile(
    rf"(?<![\w-])(?:{_ISOTOPE})?(?:[A-Z]{{2,6}}-?\d{{3,}}[A-Z]?(?:-\d+)?|[A-Z]{{2,5}}-[A-Z]\d{{2,}}(?:[A-Z]\d+)?|"
    rf"BI \d{{5,}}|[A-Z]\d{{4,}})(?![\w-])|(?<![\w-]){_ISOTOPE}[A-Z][\w-]{{2,14}}(?![\w-])"
)
_NO_DRUG = re.compile(
    r"(?:CD|NCT|CA|ISO|ICD|CIM|HLA|CYP|UGT|IL|TNM|IEC|RTOG|EORTC|JCOG|EUCT|HER|HPV|VHC|VHB|RECIST|AJCC|UICC|ISUP|"
    r"DLCO|VEMS|ADN|ARN|DNA|RNA|TEP|IRM|TDM|PET|SUV|PSA|CTCAE|NCI|OMS|WHO|PHRC|ARC|COVID|SARS|LC|AMH|FISH|NGS|CPS|TPS|"
    r"IPSS|DIPSS|ELN|ESMO|NCCN|LOINC|ATC|SNOMED)-?\d"
)
"""Letters and digits that are a marker, a scale, a register or a rule."""

_HEAD = (
    r"(?P<head>inhibiteurs? d(?:e |')(?:la )?(?:tyrosine[- ]kinases?|tk)|tyrosine[- ]kinase inhibitors?|adcs?|"
    r"(?:anticorps[- ])?(?:drogue|medicament)s?[- ]conjugues?|anticorps[- ]conjugues?|"
    r"anticorps bispecifiques?|bispecific antibod(?:y|ies)|anticorps(?: monoclona(?:l|ux))?|acm|mab|antibod(?:y|ies)|"
    r"car-?[ -]?t|tki|itk|bispecifiques?|bispecifics?|"
    r"inhibiteurs?|inhibitors?|degradeurs?|degraders?|agonistes?|agonists?|antagonistes?|antagonists?|"
    r"(?:traitement|therapie|agent|medicament|molecule|immunotherapie|produit)s?|therap(?:y|ies)|treatments?|"
    r"drugs?|vaccins?|radioligands?|radiopharmaceutiques?|radiopharmaceuticals?|(?:immuno-?)?conjugues?|conjugates?)"
)
_KIND_OF = r"(?: (?:oral|oraux|orale|selecti\w+|puissants?|reversibles?|covalents?|bispecifiques?|humanises?))*"
_DIRECTLY = r"(?: (?:directement|specifiquement|selectivement))?"
_AT = (
    rf"(?:ciblant{_DIRECTLY}|visant|dirigee?s? contre|targeting|"
    r"directed against|against|contre|specifiques? d(?:e |'))"
)
_LINK = (
    r"(?: (?:de|d'|du|des|of)(?: (?:la |l')?(?:voie|proteine|recepteur)(?: (?:de|d'|du))?)?(?: ?(?:la |le |l'))?|"
    rf" ?anti-? ?| {_AT}"
    r"(?: ?(?:la |le |l'|the |proteine ))*) ?"
)
_TARGET = (
    r"(?P<target>(?:[a-z][a-z0-9]*|4-1bb|5t4)(?:[./-][a-z0-9]+)*)"
    r"(?P<more> (?:[a-z]\d{1,4}[a-z]?|\d[\d.]*|i{1,3}|alpha)(?![\w-]))?"
)
_HEADLESS = (
    rf"(?:ciblant{_DIRECTLY}|visant|targeting|dirigee?s? contre|directed against) "
    r"(?:(?:la |le |l'|les |the |proteine |voie ) ?)*"
)
_AIMED = hinted(rf"(?<![\w-])(?:{_HEAD}{_KIND_OF}{_LINK}|anti(?P<apart>[- ]?)|{_HEADLESS}){_TARGET}(?![\w-])")
_BY_TARGET = hinted(
    rf"(?<![\w-]){_TARGET}(?P<aimed>[ -](?:targeted|directed|targeting|specific|binding))? {_HEAD}(?![\w-])"
)
"""« CD105-targeted antibody », "MALT1 inhibitor"."""
_OF_HEADS = (
    (r"inhibiteurs? d\S+ ?(?:la )?(?:tyrosine|tk)|tyrosine", "TKI ", "tki"),
    (r"degrad", "dégradeur ", "targeted_therapy"),
    (r"agoniste?s?", "agoniste ", ANY_DRUG),
    (r"antagoniste?s?", "antagoniste ", ANY_DRUG),
    (r"adc|.*conjug", "ADC ", "adc"),
    (r"radio", "radioligand ", "radioligand_therapy"),
    (r".*bispecif", "bispécifique ", "bispecific_antibody"),
    (r"anticorps|acm|mab|antibod", "anticorps ", "monoclonal_antibody"),
    (r"car", "CAR-T ", "car_t"),
    (r"tki|itk", "TKI ", "tki"),
    (r"vaccin", "vaccin ", "cancer_vaccine"),
)
_GENE_LIKE = re.compile(r"[A-Z][A-Za-z]*\d[\w./-]*|[A-Z]{3,}[\w./-]*|[A-Z][A-Z0-9]+-\d[\w-]*")
"""How a target is written: with a digit or in capitals."""
_AIMED_WORD = re.compile(r"[ -](?:targeted|directed|targeting|specific|binding)$")
_GENERIC = re.compile(r"traitement|therap|agent|medicament|molecule|immunotherap|produit|treatment|drug|conjug|vaccin")
"""« PRIOR THERAPY » is of no target: in that order such a head needs the word that aims it."""
_HEADS_IN_CAPITALS = frozenset({"adc", "tki", "itk", "acm", "car-t"})
_DISEASE_WORDS = (
    "chc ccr ccrm lam lal llc lmc lmmc lnh lh lf lcm lzm ldgcb lbdgc cbnpc cpnpc cbpc cpc gist tne adk pdac gbm smd mw "
    "mm nmp mpm cca cstn cprc cprcm crpc mcrpc nsclc sclc hcc aml cll all vads orl"
)
_DISEASES_IN_CAPITALS = frozenset(_DISEASE_WORDS.split())
"""« Traitement du CHC » is of a disease, aimed at nothing."""
_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OpenName:
    """A drug named in a text: half-open span, its name as it is compared and shown, and the class it is surely of."""

    start: int
    end: int
    name: str
    class_: str


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What two spellings of one name have in common: « AB-248 », « ab248 »; « amrubicine », "amrubicin"."""
    letters = _SIGNS.sub("", fold(name))
    return letters.removesuffix("e") if letters.isalpha() else letters


def stem_class(word: str) -> str | None:
    """The class that the stem of an INN tells, of a word of eight letters or more."""
    spelt = fold(word).removesuffix("e")
    if len(spelt) < _SHORTEST_INN or not spelt.isalpha():
        return None
    return next((class_ for stem, class_ in STEMS if spelt.endswith(stem)), None)


@lru_cache(maxsize=8192)
def class_of_name(name: str) -> str:
    """The class that a drug of this name is surely of."""
    for _, prefix, class_ in _OF_HEADS:
        if name.startswith(f"{prefix}anti-"):
            return class_
    if re.search(rf" {_SECOND_WORD}$", fold(name)):
        return "adc"
    return stem_class(name) or ANY_DRUG


def is_of_a_target(name: str) -> bool:
    """Whether the name is that of a target (« anti-MALT1 »), not of one drug."""
    return name.startswith("anti-") or any(name.startswith(f"{prefix}anti-") for _, prefix, _ in _OF_HEADS)


def open_names(text: str, taken: Iterable[tuple[int, int]] = ()) -> list[OpenName]:
    """The drugs of no vocabulary that a text names, left to right; `taken`: spans of what is known already."""
    spans = list(taken)
    found: list[OpenName] = []
    for one in (*_aimed(text), *_inns(text), *_codes(text)):
        if not any(one.start < end and start < one.end for start, end in spans):
            spans.append((one.start, one.end))
            found.append(one)
    return sorted(found, key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class Aimed:
    """« Inhibiteur de MALT1 »: half-open span, the word of what it is as folded, and its target as written."""

    start: int
    end: int
    head: str
    target: str

    @property
    def prefix(self) -> str:
        """What the name of such a drug begins with."""
        return next((prefix for pattern, prefix, _ in _OF_HEADS if re.match(pattern, self.head)), "")

    @property
    def class_(self) -> str:
        """The class of what it is, whatever the target."""
        return next((class_ for pattern, _, class_ in _OF_HEADS if re.match(pattern, self.head)), ANY_DRUG)

    @property
    def name(self) -> str:
        """The name that stands for every such drug; empty where the target is not written as one."""
        return f"{self.prefix}anti-{self.target}" if _GENE_LIKE.fullmatch(self.target) else ""


def aimed(text: str) -> Iterator[Aimed]:
    """What is said to be aimed at something, each with its longest target first and then without its second word."""
    folded = fold_in_place(text)
    for match in _AIMED.finditer(folded):
        start, end = match.span("target")
        if text[start:end].lower() in _DISEASES_IN_CAPITALS:
            continue
        if match["apart"] == " " and not re.search(r"\d", text[start:end]):
            continue  # « anti HIF-2a », but not « anti tumoral »
        if match["more"]:
            yield Aimed(match.start(), match.end(), match["head"] or "", text[start : match.end()])
        yield Aimed(match.start(), end, match["head"] or "", text[start:end])
    for match in _BY_TARGET.finditer(folded):
        target = text[match.start("target") : match.end("more") if match["more"] else match.end("target")]
        told = match["aimed"] or _AIMED_WORD.search(target)
        target = _AIMED_WORD.sub("", target)
        named = _GENE_LIKE.match(target) and target.lower() not in _HEADS_IN_CAPITALS
        if named and (told or not _GENERIC.match(match["head"])):
            yield Aimed(*match.span(), match["head"], target)


def _aimed(text: str) -> Iterator[OpenName]:
    """« Inhibiteur de MALT1 », « ADC anti-XYZ1 »: all of that target."""
    for one in aimed(text):
        if one.name:
            yield OpenName(one.start, one.end, one.name, class_of_name(one.name))


def _inns(text: str) -> Iterator[OpenName]:
    folded = fold_in_place(text)
    for match in _TWO_WORDS.finditer(folded):
        yield OpenName(*match.span(), text[slice(*match.span())], "adc")
    for match in _ONE_WORD.finditer(folded):
        class_ = stem_class(match[0])
        if class_:
            yield OpenName(*match.span(), text[slice(*match.span())], class_)


def _codes(text: str) -> Iterator[OpenName]:
    for match in _CODES.finditer(text):
        if not _NO_DRUG.match(match[0]):
            yield OpenName(*match.span(), match[0], ANY_DRUG)


def keys_of_typed(agent: str, taken: Iterable[tuple[int, int]], *, unread: bool) -> frozenset[str]:
    """The keys of the open names in a typed agent; `unread`: the vocabulary reads nothing of it."""
    keys: set[str] = set()
    for one in open_names(agent, taken):
        keys.add(name_key(one.name))
        if is_of_a_target(one.name):
            keys.add(name_key(one.name[one.name.index("anti-") :]))
    return frozenset(keys | ({name_key(agent)} if unread and name_key(agent) else set()))
