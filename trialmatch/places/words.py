"""Names of establishments and towns as words: folded, abbreviations written one way, each word with what it is for."""

import re
import unicodedata
from functools import lru_cache

Words = tuple[str, ...]

STOP = frozenset("de du des la le les l d et en of the at a au aux and in for un une y pour sur".split())  # noqa: SIM905
PUBLIC = frozenset({"chu", "chr", "ch", "chi", "chd", "gh", "ghu"})
PRIVATE = frozenset({"hp", "clinique", "polyclinique"})
KINDS = PUBLIC | PRIVATE | {"hopital", "institut", "centre", "clcc", "hia", "medipole", "pole"}
"""What says that an establishment is named at all."""
SITES = frozenset({"hopital", "clinique", "polyclinique", "hp", "institut", "centre", "site", "pavillon", "pole"})
"""What announces the name of one place among several."""

SERVICES = frozenset(
    """service services department departement dept dpt division unit unite units ward clinical clinic research
    recherche investigation investigational investigative investigator investigateur site sites trial trials
    study essais essai cliniques early phase phases precoces precoce innovation therapeutique therapeutics
    ditep cic cic1 inserm oncologie oncology oncologique oncologic oncologies onco cancerologie cancerology
    cancero cancer cancers cancereux medicale medical medicales medicine medecine medecin interne internal
    generale general digestive digestif digestifs gastro enterologie gastroenterologie gastroenterology
    hepatologie hepato hepatology hepatique pneumologie pneumology pneumo pulmonology pulmonary respiratoire
    respiratoires respiratory thoracique thoracic voies urologie urology urologique uro nephrologie
    nephrology gynecologie gynecology gynecologique gynecologiques pathologies pathologie pathology anatomie
    senologie breast sein dermatologie dermatology dermato melanome neurologie neurology neuro
    neurochirurgie neurosurgery endocrinologie endocrinology hematologie hematology haematology hemato
    clinique chirurgie surgery chirurgical chirurgicale surgical radiotherapie radiotherapy radiation radio
    imagerie imaging nuclear nucleaire transplantation greffe orl ent head neck tete cou maxillo faciale
    pediatrie pediatric pediatrics paediatric pediatrique pediatriques gerontologie geriatrie geriatrics
    rheumatologie rhumatologie rheumatology cardiologie cardiology ophtalmologie ophthalmology pharmacie
    pharmacy pharmacologie batiment bat hall etage pavillon secretariat consultation consultations
    hospitalisation hospitalier hospitaliere hospitaliers universitaire universitaires university univ
    regional regionale regionaux regionalisee national nationale intercommunal interregional territorial
    territoire comprehensive lutte contre center group groupe groupement fondation association public
    publique publics prive privee private mutualiste specialise specialisee specialites soins care health
    sante campus grand unicancer siric dr docteur pr prof professeur professor mr mme md phd tumeurs tumors
    solid solides maladies diseases sang blood number numero no num ref id code local locale institution
    principal coordonnateur promoteur sponsor cedex france bp cs medico radiologie treatment traitement
    hautes energies therapie therapy ambulatoire jour day hdj had moleculaire biologie biology laboratoire
    laboratory labo personalized precision ets etablissement etab ex nouveau new sa sas scm selarl gcs gie
    readaptation reeducation convalescence""".split()  # noqa: SIM905 -- a list to be read
)
"""Words that any establishment may carry: they tell none from another."""

CARDINALS = frozenset({"nord", "sud", "est", "ouest", "central", "centrale"})
"""Words that tell sites of one entity apart, and nothing else."""

APART = frozenset("had smur samu ssr usld ehpad dialyse autodialyse hemodialyse antenne annexe uad udm".split())  # noqa: SIM905
"""What is another establishment than the hospital that it belongs to."""

BRANDS = frozenset("picardie normandie bourgogne alpes metropole aquitaine atlantique sorbonne".split())  # noqa: SIM905
"""Regions that entities add to their town."""

_WRITTEN = {
    **dict.fromkeys(("st", "sts"), "saint"),
    **dict.fromkeys(("ste", "stes", "sainte"), "sainte"),
    **dict.fromkeys(("hop", "hopitaux", "hospital", "hospitals", "hosp", "hopit", "hopitals"), "hopital"),
    **dict.fromkeys(("ctre", "ctr", "center", "centers", "centres", "cntre"), "centre"),
    **dict.fromkeys(("cl", "clin", "cliniq", "clinic", "cliniques"), "clinique"),
    **dict.fromkeys(("polycl", "polyclin", "polycliniques"), "polyclinique"),
    **dict.fromkeys(("gpe", "grp", "group", "groupement"), "groupe"),
    **dict.fromkeys(("institute", "inst", "insitut", "instituts"), "institut"),
    **dict.fromkeys(("hospit", "hospitaliers", "hospitaliere", "hospitalo"), "hospitalier"),
    **dict.fromkeys(("univ", "universitaires", "universite", "university"), "universitaire"),
    **dict.fromkeys(("reg", "regionaux", "regionale"), "regional"),
    **dict.fromkeys(("intercom", "intercommunale", "inter-communal"), "intercommunal"),
    **dict.fromkeys(("chru", "chur"), "chu"),
    **dict.fromkeys(("crlcc", "clccs"), "clcc"),
    **dict.fromkeys(("chic",), "chi"),
    **dict.fromkeys(("chg",), "ch"),
    **dict.fromkeys(("ghe", "ght"), "gh"),
    **dict.fromkeys(("mtp", "mpt"), "montpellier"),
    "prives": "prive",
    "privee": "prive",
    "private": "prive",
}

_MERGED = tuple(
    (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), word)
    for pattern, word in (
        (r"assistance publi(?:que|c) hopital (?:universitaire )?marseille|ap hm", "aphm"),
        (r"assistance publi(?:que|c) hopital (?:universitaire )?paris|ap hp|aph", "aphp"),
        (r"hospices civils lyon|hospice civil lyon", "hcl"),
        (r"centre hospitalier (?:regional (?:et )?universitaire|universitaire(?: regional)?)", "chu"),
        (r"ch (?:regional )?universitaire|chr universitaire|c h u", "chu"),
        (r"groupe hospitalier universitaire", "ghu"),
        (r"(?:universitaire|teaching) hopital(?: centre)?|hopital universitaires?|centre hospitalier univ\w*", "chu"),
        (r"(?:centre|ch) hospitalier prive|chp|hopital prive|prive hopital|h p|ch prive", "hp"),
        (r"hopital instruction armees|hopital militaire|military hopital|h i a", "hia"),
        (r"centre (?:regional )?lutte contre cancer|comprehensive cancer centre|cancer centre", "clcc"),
        (r"centre hospitalier regional", "chr"),
        (r"centre hospitalier inter ?communal|ch intercommunal|c h i", "chi"),
        (r"centre hospitalier departemental", "chd"),
        (r"centre hospitalier general|centre hospitalier|centre hopital|hopital centre|c h", "ch"),
        (r"groupe hospitalier|groupe hopital", "gh"),
        (r"hopital public", "hopital"),
        (r"hospitalisation domicile", "had"),
        (r"(?:unite )?soins longue duree|long sejour", "usld"),
        (r"soins suite(?: readaptation)?", "ssr"),
    )
)

_ADDRESS = re.compile(
    r"\b\d+\s*(?:bis|ter)?\s*,?\s+(?:rue|avenue|av|bd|bld|boulevard|place|pl|chemin|route|allees?|quai|cours|impasse|square)\b"
    r"[^,;()]*"
    r"|(?:^|(?<=[,;(-]))\s*(?:rue|avenue|boulevard|bd|place|chemin|route|allees?|quai)\s[^,;()]*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s[-–—]+\s|[,;:/()\[\]|_]+|\s[-–—]+$")
_RUN_TOGETHER = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-ZÀ-Ý][a-zà-ÿ]{2})")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")


def folded(text: str) -> str:
    """Without accents, ligatures or case; what is no letter or digit is a space."""
    plain = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", " ", bare.casefold()).strip()


def segments_of(name: str) -> tuple[Words, ...]:
    """The parts of a typed name between its separators, each as words; addresses are left out."""
    undotted = _DOTTED.sub(lambda found: found.group().replace(".", "") + " ", _RUN_TOGETHER.sub(" ", name))
    parts = _SEPARATORS.split(_ADDRESS.sub(" ", undotted))
    return tuple(words for part in parts if (words := words_of(part)))


@lru_cache(maxsize=32_768)
def words_of(text: str) -> Words:
    """Words in order, one spelling each, without articles: « Centre Hospitalier Universitaire » is one word, chu."""
    written = [_WRITTEN.get(word, word) for word in folded(text).split()]
    joined = " ".join(word for word in written if word not in STOP)
    for pattern, word in _MERGED:
        joined = pattern.sub(word, joined)
    return tuple(joined.split())


def town_key(town: str) -> str:
    """One key a town, however it is written: no article, hyphen, CEDEX or arrondissement."""
    words = [_WRITTEN.get(word, word) for word in folded(town).split()]
    kept = [word for word in words if word not in STOP and not _is_district(word)]
    return "".join(kept)


def _is_district(word: str) -> bool:
    return bool(re.fullmatch(r"cedex|\d+(?:e|er|eme|ere)?|arrondissement|arr|france", word))


def telling(words: Words) -> frozenset[str]:
    """The words that tell one establishment from another: no kind, no service, no number."""
    return frozenset(word for word in words if word not in KINDS and word not in SERVICES and not word.isdigit())
