"""Primary sites and sites of metastasis: what a code, a word or a set of sites says.

Sources: CIM-10 FR (ATIH 2025), CIM-O-3.2, the FRCP value sets (ANS), UICC TNM 8; each row of the tables names its own.
"""

import re
from functools import lru_cache

from rules.errors import VocabularyError
from rules.lexicon import load_lexicon
from rules.vocabulary.hierarchy import load_hierarchy
from rules.vocabulary.tables import rows, several

CODE_SYSTEMS = ("cim-10", "cim-o-3", "frcp-appareil", "frcp-organe")
"""The systems whose codes can name a primary site."""

ORGANS = load_hierarchy("organs")
ORGAN_NAMES = load_lexicon("organ_names", ORGANS)
METASTATIC_SITES = load_hierarchy("metastatic_sites")
METASTATIC_SITE_NAMES = load_lexicon("metastatic_site_names", METASTATIC_SITES)

_BY_PREFIX = frozenset({"cim-10", "cim-o-3"})
_CIM = re.compile(r"[A-Z]\d{2}\d{0,3}")
_METASTATIC = ("C77", "C78", "C79")

_WHOLES: dict[str, tuple[str, ...]] = {
    "rectosigmoid": ("colon", "rectum"),
    "colorectum": ("colon", "rectosigmoid", "rectum"),
    "oesophagogastric_junction": ("oesophagus", "stomach"),
    "oesogastric": ("oesophagus", "oesophagogastric_junction", "stomach"),
    "biliary_tract": ("intrahepatic_bile_duct", "extrahepatic_bile_duct", "gallbladder"),
    "tubo_ovarian": ("ovary", "fallopian_tube", "primary_peritoneum"),
    "uterus": ("corpus_uteri", "cervix"),
    "upper_urinary_tract": ("renal_pelvis", "ureter"),
    "urothelium": ("upper_urinary_tract", "bladder", "urethra"),
    "tongue": ("mobile_tongue", "base_of_tongue"),
    "pharynx": ("nasopharynx", "oropharynx", "hypopharynx"),
    "larynx": ("supraglottis", "glottis", "subglottis"),
    "uvea": ("choroid", "iris_ciliary_body"),
    "cns": ("brain", "meninges", "spinal_cord", "cranial_nerve"),
    "lymphoma": ("hodgkin_lymphoma", "nhl"),
    "acute_leukaemia": ("aml", "all"),
    "mds_mpn": ("mds", "mpn"),
}
"""A site, and the parts that together are the whole of it, disputed junctions included (UICC TNM 8; Siewert; TNCD)."""


def organs_of_code(system: str, code: str) -> frozenset[str]:
    """The primary sites a code may mean: by longest prefix in cim-10 and cim-o-3, whole in the FRCP lists.

    Dots, spaces and PMSI extensions ("C16.9+0") do not count. Empty: the code says nothing of the primary (metastatic,
    unspecified or unknown code, unknown system), which leaves the organ unknown.
    """
    return _row(system, code) or frozenset()


def is_known_code(system: str, code: str) -> bool:
    """Whether the system has the code, or in cim-10 and cim-o-3 one above it; it may still name no primary."""
    return _row(system, code) is not None


def is_metastatic_code(system: str, code: str) -> bool:
    """Whether the code names a site of metastasis: C77–C79, but not the nodes of cim-o-3, which may be primary."""
    plain = _plain(code)
    if system not in _BY_PREFIX or not _CIM.fullmatch(plain):
        return False
    return plain.startswith(_METASTATIC) and not (system == "cim-o-3" and plain.startswith("C77"))


@lru_cache(maxsize=4096)
def with_wholes(organs: frozenset[str]) -> frozenset[str]:
    """A set of asked sites, and every site all of whose parts it holds: C18, C19 and C20 together ask colorectum.

    To be used on what a trial asks, never on the plausible readings of a case.
    """
    whole = organs | {site for site, parts in _WHOLES.items() if all(ORGANS.above(part) & organs for part in parts)}
    return whole if whole == organs else with_wholes(whole)


@lru_cache(maxsize=4096)
def surely_in(organs: frozenset[str], *wholes: str) -> bool:
    """Whether the organ is known, and surely in one of these."""
    return bool(organs) and all(any(ORGANS.covers(whole, organ) for whole in wholes) for organ in organs)


def _plain(code: str) -> str:
    return _NO_CODE.sub("", code.upper().partition("+")[0])


_NO_CODE = re.compile(r"[^A-Z0-9]")


def _row(system: str, code: str) -> frozenset[str] | None:
    plain = _plain(code)
    if system not in _BY_PREFIX:
        return _TABLE.get((system, plain))
    if not _CIM.fullmatch(plain):
        return None
    if system == "cim-o-3":
        own = _longest(system, plain)
        if own is not None:
            return own
    return _longest("cim-10", plain)


def _longest(system: str, plain: str) -> frozenset[str] | None:
    for length in range(len(plain), 2, -1):
        found = _TABLE.get((system, plain[:length]))
        if found is not None:
            return found
    return None


def _load_codes() -> dict[tuple[str, str], frozenset[str]]:
    table: dict[tuple[str, str], frozenset[str]] = {}
    for row in rows("organ_codes", columns=("system", "code", "ids", "label", "source")):
        at = (row["system"], _plain(row["code"]))
        unknown = [id_ for id_ in several(row["ids"]) if id_ not in ORGANS]
        if row["system"] not in CODE_SYSTEMS or unknown or at in table:
            raise VocabularyError(f"organ_codes.csv: {at}: given twice, unknown system, or unknown ids {unknown}")
        table[at] = frozenset(several(row["ids"]))
    return table


_TABLE = _load_codes()
