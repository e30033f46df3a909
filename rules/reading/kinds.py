"""The kind of a sentence that was not read, by its words: what decides whether it is a question or for screening."""

import re
from functools import lru_cache

from rules.criteria import KEY_KINDS, Kind
from rules.hinted import hinted
from rules.histologies import HISTOLOGY_NAMES
from rules.markers import MARKER_NAMES
from rules.reading.kind_model import kind_of
from rules.text import tokens
from rules.treatments import TREATMENT_NAMES

_CUES: tuple[tuple[Kind, str], ...] = (
    (
        Kind.CONSENT,
        r"\b(?:consent\w*|signe\w*|assent|affili\w*|securite sociale|tutelle|curatelle|able to understand)\b",
    ),
    (
        Kind.CONTRACEPTION,
        r"\b(?:contracept\w*|grossesse|enceinte|allait\w*|pregnan\w*|breast-?feed\w*|lactati\w*|childbearing|"
        r"procreer)\b",
    ),
    (Kind.BRAIN_METASTASES, r"\b(?:cerebra\w*|snc|cns|brain|leptomening\w*|meninge\w*|mening\w*)\b"),
    (Kind.MEASURABLE, r"\b(?:mesurable\w*|measurable|evaluable\w*|recist)\b"),
    (
        Kind.OTHER_CANCER,
        r"\b(?:autre (?:cancer|tumeur|neoplasie|affection maligne)|second (?:cancer|primary)|other malignan\w*|"
        r"malignancy|prior malignan\w*)\b",
    ),
    (
        Kind.WASHOUT,
        r"\b(?:termine\w* depuis (?:au moins |plus de |≥ ?|> ?)?\d|wash-?out|demi-vies?|half-li\w*|"
        r"derniere (?:dose|cure|administration)|toxicit\w*)\b",
    ),
    (
        Kind.LABS,
        r"\b(?:hemoglobin\w*|plaquett\w*|neutrophil\w*|creatinin\w*|clairance|clearance|bilirubin\w*|asat|alat|"
        r"ast|alt|transaminas\w*|fonctions?|function|biologi\w*|albumin\w*|inr|lvef|fevg|coagulation|"
        r"hematolog\w*|bilan|organ)\b",
    ),
    (
        Kind.COMORBIDITY,
        r"\b(?:infection\w*|infected|hiv|vih|vhb|vhc|hbv|hcv|hepatit\w*|cardia\w*|cardio\w*|auto-?immun\w*|"
        r"pneumopath\w*|pneumonit\w*|interstiti\w*|allerg\w*|hypersensib\w*|hypersensitiv\w*|comorbid\w*|"
        r"insuffisance|failure|maladies? (?:grave|systemique|cardio|inflam|active)|trouble\w*|disorder|"
        r"psychiatr\w*|neuropath\w*|thromb\w*|hemorrag\w*|bleeding|saignement|hypertension|hta|diabet\w*|"
        r"transplant\w*|greffe d'organe|immunodepress\w*|corticoid\w*|uncontrolled|non controle\w*|"
        r"digesti\w*|absorption|ocul\w*|plaie|ulcer\w*|chirurgie majeure|major surgery|vaccin\w*)\b",
    ),
    (
        Kind.BIOMARKER,
        r"\b(?:mutation\w*|mute\w*|mutated|wild[- ]type|sauvage|express\w*|amplifi\w*|fusion\w*|rearrange\w*|"
        r"pd-?l1|her-?2|egfr|alk|ros1|kras|braf|brca\w*|hrd|msi\w*|dmmr|mtap|biomarqueur\w*|biomarker\w*|"
        r"alteration\w*|deletion\w*|positiv\w* (?:tumor|expression))\b",
    ),
    (
        Kind.PRIOR_TREATMENT,
        r"\b(?:traitements? (?:anterieur\w*|precedent\w*|systemique\w*)|"
        r"prior (?:treatment|therapy|therapies|systemic|exposure|anti)|previously (?:treated|received)|"
        r"anterieur\w* par|deja recu|a recu|ayant recu|pretrait\w*|naif\w*|refractory to|"
        r"resistan\w* (?:a|au|to)|progress\w* (?:sous|apres|on|after|during)|intoleran\w*|standard\w*|"
        r"chimiotherapie|chemotherapy|immunotherapie|immunotherapy|radiotherapie|radiotherapy)\b",
    ),
    (Kind.LINE, r"\b(?:lignes?|lines?)\b"),
    (Kind.STAGE, r"\b(?:stades?|stages?|figo|tnm|binet|ann arbor)\b"),
    (
        Kind.EXTENT,
        r"\b(?:metasta\w*|localise\w*|avance\w*|advanced|resecable\w*|resectable|rechute\w*|recidiv\w*|relaps\w*|"
        r"refractair\w*|recurren\w*|remission|operable)\b",
    ),
    (Kind.ECOG, r"\b(?:ecog|performance status|karnofsky|oms|ps)\b"),
    (Kind.AGE, r"\b(?:age|ans|years)\b"),
    (
        Kind.HISTOLOGY,
        r"\b(?:histolog\w*|adenocarcinom\w*|carcinom\w*|sarcom\w*|lymphom\w*|leucemi\w*|melanom\w*|squamous|"
        r"epidermoide\w*|grade)\b",
    ),
)
_COMPILED = tuple((kind, hinted(pattern)) for kind, pattern in _CUES)


SURE = 0.9
"""From what the model alone makes a key kind of words that no pattern takes for one: a wrong question costs trust, a
key sentence among those to confirm is still shown (docs/quality.md, "The kind of a sentence")."""


def _for_screening(words: str) -> Kind | None:
    """What words of a key kind are that tell what no form does, by their shape; None where they have none of these."""
    specimen = _OF_THE_SPECIMEN.search(words) or _OF_A_SIZE.search(words) or _ONLY_PROOF.fullmatch(words)
    if specimen and not _OF_A_STAGE.search(words):
        return Kind.OTHER
    return Kind.COMORBIDITY if _EFFUSION.search(words) else None


@lru_cache(maxsize=20_000)
def guess_kind(words: str) -> Kind:
    """The kind of a plain text that nobody read: by its words where they tell it, else by the trained model."""
    kind = Kind.OTHER_CANCER if _PAST_CANCER.match(words) else None
    kind = kind or (Kind.WASHOUT if _TO_BE_OVER.search(words) else _guessed(words))
    return (_for_screening(words) or kind) if kind in KEY_KINDS else kind


_TO_BE_OVER = hinted(
    r"\b(?:doi(?:t|vent)|devr(?:a|ont)|must|should) (?:avoir ete |etre |have been |be )?(?:terminee?s?|arretee?s?|"
    r"achevee?s?|interrompue?s?|completed|stopped|discontinued|finished)\b[^;]{0,20}\b(?:depuis|"
    r"au moins|plus de|at least|"
    r"more than|minimum|\d)"
)
"""« La radiothérapie antérieure doit être terminée depuis au moins 4 semaines »."""


def _guessed(words: str) -> Kind:
    if any(told.search(words) for told in (_PLANS, _PLANNED, _TISSUE, _IN_THE_TRIAL)) or is_technical(words):
        return Kind.OTHER
    if _ALL_OTHERS.search(words) or _OF_THE_LIVER.search(words):
        return Kind.OTHER if _ALL_OTHERS.search(words) else Kind.LABS
    told = told_kind(words)
    if told in _OF_AN_OPERATION and _SURGICAL.search(words) and not _OPERATED.search(words):
        return Kind.OTHER
    if told is Kind.HISTOLOGY and _COMPLAINTS.search(words):
        return Kind.COMORBIDITY
    if told in _SURE_BY_WORDS:
        return told
    if _SYMPTOMS.search(words):
        return Kind.COMORBIDITY
    kind, sure = kind_of(words)
    if kind in KEY_KINDS and told not in KEY_KINDS and sure < SURE:
        return told
    return kind


_PAST_CANCER = re.compile(
    r"^\W*(?:antecedents?|atcd|histoire|(?:prior |previous )?history) (?:personnels? )?(?:d'|de |of )(?:une? |an? )?"
    r"(?:autres? |other )?(?:cancers?|carcinomes?|k |tumeurs?|neoplasies?|lymphomes?|melanomes?|hemopathies?|"
    r"leucemies?|"
    r"sarcomes?|malignan\w+)(?![a-z])"
)
"""Whatever was done about it: « antécédent de cancer du sein, sauf traité il y a plus de 10 ans »."""
_ORGAN_NEARBY = (
    r"(?:aorte|oesophage|coeur|carene|trachee|bronches?|arbre (?:tracheo-?)?bronchique|vertebres?|corps vertebral|"
    r"(?:gros )?vaisseaux|tube digestif|plexus|veines?|arteres?|pericarde|tronc coeliaque|aorta|trachea|carina|heart|"
    r"great vessels|spinal canal|canal (?:medullaire|rachidien))"
)
_TECHNICAL = hinted(
    r"\bultra-?central\w*|\b(?:stabilite|instabilite) (?:osseuse|vertebrale|rachidienne)|\b(?:osseuses?|vertebrales?|"
    r"rachidiennes?) instables?\b|\brisques? (?:\w+ )?(?:de |d'|eleve de )(?:fracture|compression|saignement|"
    r"perforation|hemorragie|fistule)|"
    r"\b(?:chirurgie|chir|radiotherapie|rt|irradiation|geste|traitement|intervention|surgery|radiotherapy|"
    r"intervention)\s"
    r"(?:[\w/-]+\s){0,4}(?:immediate?s?|urgente?s?|en urgence|urgent|immediate)\b|"
    r"\b(?:immediate?s?|urgente?s?) (?:necessaires?|requise?s?)\b|"
    rf"\b(?:envahi\w+|infiltr\w+|encasement|engainement|contact|invasion|invading)\b[^,;:.]{{0,25}}\b{_ORGAN_NEARBY}\b|"
    r"\b(?:cm|mm) (?:de|du|de la|of) (?:la |l'|the )?"
    rf"{_ORGAN_NEARBY}\b|\bcontraintes? (?:de dose|dosimetri\w+)|"
    r"\d ?% (?:de |of )(?:la |the )?(?:moelle|bone marrow|marrow)\b|"
    r"\b(?:mini-?invasi\w+|(?:par|sous|voie) (?:coelioscop\w+|laparoscop\w+|robot\w*)|"
    r"(?:coelioscop|laparoscop|robot)i?(?:que|quement)s?|minimally invasive)\b|"
    r"\b(?:delais?|intervalles?|moins de \d+ \w+|plus de \d+ \w+|"
    r"[<>≤≥]=? ?\d+ \w+)\b[^;]{0,40}\bentre (?:la |le |l'|les )?"
    r"(?:fin|derni\w+|debut|date|chirurgie|diagnostic|radiotherapie)\b"
)
"""What a surgeon or a radiotherapist judges on the images: no form tells it, and no board is asked for it."""


def is_technical(words: str) -> bool:
    """Whether plain words tell a danger or a neighbourhood that is judged on the images at the screening."""
    return _TECHNICAL.search(words) is not None


_OF_THE_SPECIMEN = hinted(
    r"\b(?:(?:extensions?|effractions?|ruptures?|depassements?|franchissements?) (?:extra-?\s?(?:ganglionnaires?|"
    r"nodales?|"
    r"capsulaires?|thyroidiennes?)|capsulaires?)|extra-?(?:nodal|capsular|thyroidal) extension|extracapsular|"
    r"adenopathies? (?:\w+ )?fixees?|fixed nodes?|ganglions? sentinelles?|sentinel (?:lymph )?nodes?|"
    r"emboles?(?: (?:vasculaires?|lymphatiques?|lympho-?vasculaires?|tumoraux))?|(?:engainements?|invasions?|"
    r"envahissements?|infiltrations?) peri-?nerv\w+|perineural|lvsi|lymphovascular|micro-?metastases?|"
    r"cellules tumorales isolees|rcb(?:[- ](?:0|i{1,3}))?|residual cancer burden|"
    r"(?:reponses?|responses?) (?:\w+ )?(?:histologiques?|pathologiques?|anatomopathologiques?|pathologic(?:al)?)|"
    r"(?:pathologic(?:al)?|histologic(?:al)?) (?:complete )?responses?|"
    r"(?:maladie|tumeur|carcinome|cancer|residu|disease) (?:\w+ )?(?:residuel(?:le)?|tumoral) (?:invasi\w+|histolog\w+|"
    r"a la (?:chir\w*|pathologie)|sur (?:la )?piece)|residual invasive (?:disease|cancer)|"
    r"risques? (?:faible|bas|intermediaire|eleve|haut|modere|important|accru)?(?: ?(?:ou|,|a) (?:faible|"
    r"intermediaire|eleve|haut))?"
    r" ?(?:de |d')?(?:rechute|recidive|recurrence|progression|metastase)|(?:high|intermediate|low|"
    r"increased)[- ]risk (?:of|for) "
    r"(?:recurrence|relapse|progression)|super-?scan|"
    r"(?:maladie|tumeur|disease) (?:tumorale )?residuelle (?:apres|post|a la|au|persistante)|residual (?:disease|"
    r"tumou?r) after|"
    r"(?:passage|poursuite|entree|acces) (?:en|dans|a|au) (?:la |l')?(?:phase|partie|periode|etape|maintenance|"
    r"seconde|2e))\b"
)
"""What the specimen, the surgeon or the protocol tells, which no form does."""
_ALL_OTHERS = re.compile(
    r"^\W*(?:tou(?:te)?s? )?(?:les )?autres? (?:stades?|histologies?|localisations?|situations?|formes?|groupes?) que "
    r"(?:ceux|celles?|celui)\b|^\W*(?:toutes? |any )?(?:autres?|other) (?:sous-)?(?:histolog\w+|histotypes?|types? "
    r"histologiques?|variants?(?: histologiques?)?)(?: (?:rares?|inhabituel\w+|particuli\w+|non \w+|rare))?\W*$|"
    r"^\W*any other (?:stage|histology|site) than (?:those|that)\b"
)
"""« Autre stade que ceux listés »: the rest of what is asked elsewhere."""
_ONLY_A_SIZE = re.compile(
    r"^\W*(?:de |d'au |et |and )?(?:[<>≥≤]\s?=?|plus de|moins de|au moins|jusqu'a|au plus)?\s?\d+(?:[.,]\d+)? "
    r"?(?:cm|mm)\b"
    r"(?: (?:de|du|dans|en) (?:son |leur |le |la )?(?:grand axe|plus grand(?:e)? (?:axe|diametre|dimension)|"
    r"diametre))?\W*$"
)
_OF_A_SIZE = hinted(
    r"\b(?:lesions?|tumeurs?|nodules?|masses?|metastases?|diametre|grand axe|dimension|adenopathies?|tumou?rs?|mass|"
    r"primitif)\b[^;]{0,60}(?:[<>≥≤]\s?=?|plus de|moins de|au moins|au plus|jusqu'a|inferieur\w* (?:ou egal\w* )?a|"
    r"superieur\w* (?:ou egal\w* )?a|at least|up to|than|de|mesurant|of)\s?\d+(?:[.,]\d+)?\s?(?:cm|mm)\b|"
    r"\b(?:lesions?|tumeurs?|nodules?|masses?|tumou?rs?|mass|cibles?|targets?)\b[^;]{0,60}\d\s?(?:cm|mm) (?:ou|et|or|"
    r"and) "
    r"(?:plus|more|larger|greater|davantage)\b"
)
"""How large a tumour is on the images."""
_OF_A_STAGE = re.compile(r"\b(?:stades?|stages?|[cpy]{0,2}[tn][0-4]|m[01]|metasta\w*|ligne|line)\b")
_EFFUSION = hinted(
    r"\b(?:ascites?|pleuresies?|(?:epanchements?|ep|effusions?) (?:pleura\w+|pericardi\w+|tumora\w+|maligns?)|"
    r"(?:pleural|"
    r"pericardial|malignant) effusions?|paracentes\w*|thoracocentes\w*)\b"
)
"""Fluid that is drained, whatever « réfractaire » it is."""
_PLANS = hinted(
    r"\b(?:intention|souhait\w*|volontaires?|accept\w+ (?:de|d'|la|le|l'|une?)\b|capables? d|"
    r"(?:devant|pouvant|peut|doit) (?:recevoir|"
    r"beneficier)|prochaine ligne|strates?|stratifi\w*|willing|able to|intend\w*|crise viscerale|"
    r"visceral cris\w+|risque vital|"
    r"pronostic vital|realisables?|faisables?|life-?threatening|bellmunt|taille|lesions? cibles?|"
    r"a inclure|target lesions?|size)\b"
)
"""What is wished for, planned, counted into a stratum, or a danger that a form does not tell: for screening."""
_AGENT = (
    r"(?:(?:poly|mono|immuno|radio|hormono)?-?chimio\w*|immunotherap\w*|hormono\w*|traitements?|therapies?|tt[ts]?|"
    r"associations?|doublet|triplet|anti-?\w+|radiotherapie|treatment|chemotherapy|therapy|induction|maintenance|"
    r"entretien|consolidation)"
)
_PLANNED = hinted(
    rf"\b{_AGENT}(?: \w+)? (?:est |sera |etre )?(?:prevu|planifi|envisag|programm|indique)e?e?s?\b(?! pas)|"
    rf"^\W*(?:(?:le |la |les )?patiente?s? )?(?:est |sont )?(?:candidat|eligible|destine|prevu|planifi)\w* "
    rf"(?:a|aux?|pour|de recevoir|for)(?: (?:une?|la|le|l'|recevoir))* ?(?:\w+ )?{_AGENT}"
    r"(?!.*\b(?:curati|locaux?|local(?! standard)|ligne|line|anterieur|deja|prior))|"
    rf"^\W*{_AGENT}(?: \w+)? (?:seule?s?|planned|scheduled)\b|"
    r"^\W*(?:debut|initiation|instauration|mise en route|demarrage|start) (?:est |etant )?(?:prevu|planifi|envisag|"
    r"programm)\w*|^\W*(?:planned|scheduled) (?:start|initiation) of"
)
"""« Traitement prévu par … », « candidat à une chimiothérapie par … »: what will be given, which the board decides."""
_IN_THE_TRIAL = hinted(
    r"\b(?:prevue?s?|planifiee?s?|programmee?s?|envisagee?s?|planned|scheduled) (?:pendant|durant|au cours d|lors d|"
    r"dans le cadre d|during|while on|within)(?:e |u |')?\s?(?:l'|la |le |the |cet(?:te)? |this )?"
    r"(?:etude|essai|traitement|protocole|study|trial|treatment)"
)
"""« Autre traitement local prévu pendant l'étude »: what is done in the trial, which the investigator sees to."""
_ONLY_PROOF = re.compile(
    r"\W*(?:(?:cancers?|tumeurs?|malignes?|malignites?|neoplasies?|maladie|diagnosti(?:c|que)s?|preuves?|histologi(?:es?|"
    r"ques?|quement)|cytologi(?:es?|ques?|quement)|histo|cyto|anatomo-?patholog\w+|confirm\w+|prouv\w+|etabli\w*|"
    r"document\w+|verifie\w*|obtenue?s?|biops\w+|par|ou|et|de|du|de la|d|la|le|l|un|une|avec|en|sur|a la|patient\w*|"
    r"atteints?|ayant|presentant|malignan\w+|cancer|tumou?rs?|disease|histolog\w+|cytolog\w+|patholog\w+|proven|confirmed|"
    r"proof|diagnos\w+|of|or|and|by|the|with|have|must|doit|avoir|etre|est)(?:[\s,/()'.-]+|$))+"
)
"""« Cancer prouvé histologiquement »: of whatever type."""
_TISSUE = hinted(
    r"^\W*(?:(?:accord pour|disponibilite|mise a disposition|fourniture|envoi|existence|presence|availability|"
    r"provision|au moins "
    r"une?) (?:d[e'u ]{1,3}|of |fournir |l[ae']s? ?)?)?(?:une? |du |des |le |la |les |l'|an? |the )?(?:new |fresh |"
    r"nouve\w+ |"
    r"archival |archived )?(?:materiel (?:biops|tumoral|histolog)|(?:echantillons?|prelevements?|tissus?|blocs?|"
    r"lames?|biopsies?|"
    r"specimens?|samples?|tissue|blocks?|slides?|ffpe|(?:tumou?r|tumor) (?:tissue|samples?|blocks?))\b)"
    r"(?!.*\b(?:progress|recidiv|rechut|positi[fv]|muta|montr|prouv|confirm))"
)
"""A sentence about the tissue that is to be given, whatever is then measured in it."""
_OF_THE_LIVER = hinted(
    r"(?:[<≤]=? ?\d+(?:[.,]\d+)?|\b\d[.,]\d) ?(?:x ?)?n\b(?! ?[\d+])|\b(?:x|fois) (?:la )?(?:lsn|uln|normale)\b"
)
"""« Foie 2,5 N »: a limit by the normal value."""
_SYMPTOMS = hinted(r"\bsymptom\w+\b|\b(?:grade|g) ?(?:≥|>=)? ?[234]\b.*\b(?:toxic|effet|adverse)")
_COMPLAINTS = re.compile(r"\b(?:xerostomi|neuropath|mucit|diarrh|nause|vomiss|fatigue|asthen|douleur|dyspn)\w*")
"""What a patient suffers from: its grade is no histology."""
_SURE_BY_WORDS = frozenset({Kind.CONTRACEPTION, Kind.BRAIN_METASTASES})


@lru_cache(maxsize=20_000)
def told_kind(words: str) -> Kind:
    """The kind whose words a plain text holds; OTHER when none is there."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(words)), Kind.OTHER)


def leftover_kind(words: str, beside: Kind) -> Kind:
    """The kind of words left unread beside something read of an inclusion: key only where they name something that a
    board checks (a treatment, a marker, a tumour, a stage, a figure of a key kind); else they are for screening."""
    if _SURGICAL.search(words) or _ONLY_A_SIZE.search(words):
        return Kind.OTHER
    if beside is Kind.LINE and _TO_BE_GIVEN.search(words):
        return Kind.OTHER
    kind = guess_kind(words)
    if kind in KEY_KINDS - _OF_THE_PERSON and _names_something(words):
        return kind
    if kind in _OF_THE_PERSON or beside in _OF_THE_PERSON:
        return Kind.OTHER
    if kind is Kind.OTHER and beside in KEY_KINDS and _FIGURE.search(words):
        return beside
    return kind if kind not in KEY_KINDS else Kind.OTHER


_TO_BE_GIVEN = re.compile(
    r"^\W*(?:(?:les |des )?patiente?s? )?(?:qui )?(?:releve(?:nt)?|relevant|eligib\w*|candidat\w*|justifiant|"
    r"justiciab\w*|suitable|amenable|indication|justify\w*)\b(?!.*\b(?:curati\w*|locale?s?|locaux|chirurg\w*|surg\w*|resec\w*|"
    r"anterieur\w*|deja|prior|recue?s?)\b)"
)
"""« Relevant d'une immunothérapie de 1re ligne »: beside the line, what will be given."""
_SURGICAL = re.compile(
    r"\br[012]\b(?! ?[-/])|\bcytologie urinaire\b|\bresidu (?:macro|tumoral macro)\w*|\b(?:marges?|berges?|crm|"
    r"exerese (?:\w+ )?complete|resection (?:\w+ ){0,2}complete|"
    r"ganglions?(?: \w+){0,4} (?:examine|preleve|analyse)\w*|nodes? examined)\b"
)
"""What the surgeon and the pathologist report of an operation."""
_OPERATED = re.compile(r"\b(?:apres|curati\w*|after|resequ\w*|operee?s?|resected|etroite?s?)\b")
_OF_AN_OPERATION = frozenset({Kind.OTHER, Kind.EXTENT, Kind.HISTOLOGY})
"""Kinds that a sentence about an operation is taken for by its words."""
_OF_THE_PERSON = frozenset({Kind.AGE, Kind.SEX, Kind.ECOG})
"""Read by themselves wherever they are asked: what is left beside them is about something else."""
_FIGURE = re.compile(r"\d")
_STATES = re.compile(
    r"\b(?:naif\w*|refract\w*|resist\w*|rechut\w*|recidiv\w*|relaps\w*|progress\w*|anterieur\w*|prior|previous\w*|"
    r"sauf|except\w*|ligne|line|stade|stage|muta\w*|mute\w*|express\w*|inhibit\w*|inhibiteur|anti|gene|metasta\w*|"
    r"resec\w*|"
    r"operable|avance\w*|localise\w*|eligib\w*|curati\w*|grade)\b"
)


def _names_something(words: str) -> bool:
    if _STATES.search(words) or _FIGURE.search(words):
        return True
    parts = tokens(words)
    return any(names.find_tokens(parts) for names in (TREATMENT_NAMES, MARKER_NAMES, HISTOLOGY_NAMES))
