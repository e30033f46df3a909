"""Findings → sentences, in French and English, by reason code. No logic: what is so was decided before."""

import re
from datetime import date

from rules.criteria import (
    Kind,
    LaterLine,
    MarkerIs,
    Measurable,
    Polarity,
    SettingIs,
    StandardExhausted,
    State,
    StateIs,
    Unread,
)
from rules.finding import CriterionFinding, Finding, Reason
from rules.marker_findings import MarkerReason
from rules.verdict import Verdict

KIND_LABELS: dict[Kind, tuple[str, str]] = {
    Kind.STATUS: ("statut de l'essai", "trial status"),
    Kind.ORGAN: ("organe", "organ"),
    Kind.HISTOLOGY: ("histologie", "histology"),
    Kind.STAGE: ("stade", "stage"),
    Kind.EXTENT: ("extension ou situation de la maladie", "extent or state of the disease"),
    Kind.LINE: ("ligne de traitement", "line of treatment"),
    Kind.PRIOR_TREATMENT: ("traitements antérieurs", "prior treatment"),
    Kind.BIOMARKER: ("biomarqueur", "biomarker"),
    Kind.AGE: ("âge", "age"),
    Kind.SEX: ("sexe", "sex"),
    Kind.ECOG: ("OMS (PS)", "ECOG"),
    Kind.BRAIN_METASTASES: ("métastases cérébrales", "brain metastases"),
    Kind.OTHER_CANCER: ("autre cancer", "other cancer"),
    Kind.COMORBIDITY: ("comorbidités", "comorbidities"),
    Kind.LABS: ("biologie", "laboratory values"),
    Kind.MEASURABLE: ("maladie mesurable", "measurable disease"),
    Kind.WASHOUT: ("délai depuis le dernier traitement", "time since the last treatment"),
    Kind.CONSENT: ("consentement", "consent"),
    Kind.CONTRACEPTION: ("contraception", "contraception"),
    Kind.OTHER: ("autre critère", "other criterion"),
}

_REASONS: dict[str, tuple[str, str]] = {
    Reason.NOT_STATED: ("non renseigné dans la fiche", "not stated in the form"),
    Reason.AMBIGUOUS_TERM: (
        "le terme saisi peut se lire de plusieurs façons",
        "the typed term can be read in several ways",
    ),
    Reason.AMBIGUOUS_POLARITY: (
        "« positif » ou « négatif » ne dit pas si l'expression est perdue ou conservée",
        "'positive' or 'negative' does not tell whether expression is lost or kept",
    ),
    Reason.LESS_PRECISE: ("information moins précise que le critère", "less precise than the criterion"),
    Reason.CONFLICT: (
        "deux informations de la fiche se contredisent",
        "two statements of the form contradict each other",
    ),
    Reason.OPEN_LIST: (
        "non cité, mais la liste n'est pas dite complète",
        "not named, but the list is not said to be complete",
    ),
    Reason.STRADDLES: (
        "la date ou la valeur est trop imprécise pour conclure",
        "date or value too imprecise to conclude",
    ),
    Reason.PENDING: ("résultat en attente", "result pending"),
    Reason.NOT_TESTED: ("non recherché", "not tested"),
    Reason.EQUIVOCAL: ("résultat équivoque ou ininterprétable", "equivocal or not interpretable"),
    Reason.SUSPECTED: ("seulement suspecté", "only suspected"),
    Reason.OUTDATED: ("information ancienne, à actualiser", "old information, to be renewed"),
    Reason.ENDS_SOON: ("délai qui se termine bientôt", "delay that ends soon"),
    Reason.UNREAD: ("critère non lu", "criterion not read"),
    Reason.NO_LIMIT_WRITTEN: (
        "l'essai ne l'écrit pas : à demander à l'équipe de l'essai",
        "the trial does not write it: ask its team",
    ),
    Reason.OTHER_BASIS: (
        "seul l'autre classement (clinique ou pathologique) est renseigné",
        "only the other basis (clinical or pathological) is stated",
    ),
    Reason.UNNAMED_VARIANT: ("type connu, variante non précisée", "type known, variant not stated"),
    Reason.IMPLIED: ("déduit d'une autre information de la fiche", "follows from another fact of the form"),
    MarkerReason.ISH_NOT_STATED: ("HER2 2+ sans résultat d'ISH", "HER2 2+ without an ISH result"),
    MarkerReason.VUS: ("variant de signification inconnue", "variant of unknown significance"),
    MarkerReason.NEEDS_CONFIRMATION: ("résultat de dépistage à confirmer", "screening result, to be confirmed"),
    MarkerReason.VALUE_NOT_STATED: ("valeur chiffrée non renseignée", "no figure stated"),
    MarkerReason.SCALE_MISMATCH: ("valeur donnée sur une autre échelle", "value on another scale"),
    MarkerReason.AMBIGUOUS_ALTERATION: ("type d'altération non précisé", "kind of alteration not stated"),
    MarkerReason.OTHER_ALTERATION: (
        "une autre altération est rendue, celle-ci non",
        "another alteration is reported, not this one",
    ),
    MarkerReason.CTDNA_NOT_DETECTED: (
        "non détecté dans l'ADN circulant : ne vaut pas sauvage",
        "not detected in circulating DNA: not a wild type",
    ),
    MarkerReason.GERMLINE_ONLY: ("seul le résultat constitutionnel est rendu", "only the germline result is reported"),
    MarkerReason.MEMBER_NOT_STATED: (
        "un des gènes demandés n'est pas renseigné",
        "one of the genes asked is not stated",
    ),
    MarkerReason.NOT_INTERPRETABLE: ("résultat ininterprétable", "result not interpretable"),
}


_PLAIN_WORD = re.compile(r"[a-zà-ÿ]{2,}\b")


def kind_label(kind: Kind, lang: str) -> str:
    """The name of a kind on screen."""
    return KIND_LABELS[kind][lang == "en"]


def explain(finding: CriterionFinding, lang: str = "fr") -> str:
    """One sentence for one criterion: what was observed and what it means for the criterion."""
    return explain_leaf(deciding_leaf(finding), finding.verdict, finding.criterion.polarity, lang)


def explain_leaf(leaf: Finding, verdict: Verdict, polarity: Polarity, lang: str = "fr") -> str:
    """The same of the first leaf on which a criterion hangs; of its test nothing is said."""
    observed = leaf.observed or ""
    english = lang == "en"
    if verdict is Verdict.MET:
        return _met(polarity, observed, english)
    if verdict is Verdict.NOT_MET:
        return _not_met(polarity, leaf, observed, english)
    return _unknown(leaf, observed, english)


def deciding_leaf(finding: CriterionFinding) -> Finding:
    """The first leaf on which the criterion hangs."""
    return finding.leaves[0] if finding.leaves else finding.finding


def _met(polarity: Polarity, observed: str, english: bool) -> str:
    if polarity is Polarity.EXCLUSION:
        words = ("excluding condition absent", "condition de non-inclusion absente")
    else:
        words = ("criterion met", "critère rempli")
    return _sentence(observed, words[0] if english else words[1])


def _not_met(polarity: Polarity, leaf: Finding, observed: str, english: bool) -> str:
    if polarity is Polarity.EXCLUSION:
        words = ("excluding condition present", "condition de non-inclusion présente")
    else:
        words = ("not what the trial asks", "ne répond pas au critère")
    sentence = _sentence(observed, words[0] if english else words[1])
    return sentence + _until(leaf.until, english)


def _unknown(leaf: Finding, observed: str, english: bool) -> str:
    if leaf.until is not None:
        return _until(leaf.until, english).strip()
    reason = _REASONS[leaf.reason or Reason.NOT_STATED][english]
    subject = observed or leaf.name or ""
    return _sentence(subject, reason)


def _until(until: date | None, english: bool) -> str:
    if until is None:
        return ""
    return f" Possible from {until:%Y-%m-%d}." if english else f" Possible à partir du {until:%d/%m/%Y}."


def _sentence(subject: str, predicate: str) -> str:
    if subject:
        return f"{_capital(subject)} : {predicate}."
    return f"{predicate[0].upper()}{predicate[1:]}."


def _capital(subject: str) -> str:
    """A word of the language takes a capital; a code such as pT2b keeps its own."""
    return subject[0].upper() + subject[1:] if _PLAIN_WORD.match(subject) else subject


_QUESTIONS: dict[Kind, tuple[str, str]] = {
    Kind.ORGAN: ("Organe de la tumeur primitive ?", "Organ of the primary tumour?"),
    Kind.HISTOLOGY: ("Histologie précise ?", "Precise histology?"),
    Kind.STAGE: ("Stade actuel ?", "Current stage?"),
    Kind.EXTENT: ("Extension et situation de la maladie ?", "Extent and state of the disease?"),
    Kind.LINE: ("Quelle ligne de traitement est discutée ?", "Which line of treatment is discussed?"),
    Kind.PRIOR_TREATMENT: ("Traitements antérieurs ?", "Prior treatments?"),
    Kind.AGE: ("Âge ?", "Age?"),
    Kind.SEX: ("Sexe ?", "Sex?"),
    Kind.ECOG: ("OMS (PS) ?", "ECOG?"),
    Kind.BRAIN_METASTASES: ("Métastases cérébrales ?", "Brain metastases?"),
    Kind.MEASURABLE: ("Maladie mesurable ?", "Measurable disease?"),
}


_STATE_QUESTIONS: dict[State, tuple[str, str]] = {
    State.RELAPSE: ("Maladie en rechute ?", "Relapsed disease?"),
    State.REFRACTORY: ("Maladie réfractaire ?", "Refractory disease?"),
    State.REMISSION: ("Rémission ?", "Remission?"),
    State.PROGRESSION: ("Maladie en progression ?", "Progressive disease?"),
    State.RESECTABLE: ("Maladie résécable ?", "Resectable disease?"),
    State.CASTRATION_RESISTANT: ("Résistance à la castration ?", "Castration-resistant?"),
    State.MRD_POSITIVE: ("MRD positive ?", "MRD positive?"),
    State.MRD_NEGATIVE: ("MRD négative ?", "MRD negative?"),
    State.TRANSFORMED: ("Transformation ?", "Transformed disease?"),
    State.TREATMENT_INDICATED: ("Indication de traitement ?", "Treatment indicated?"),
    State.CURABLE: ("Traitement local à visée curative possible ?", "Is local treatment of curative intent possible?"),
    State.PLATINUM_SENSITIVE: ("Sensible au platine ?", "Platinum-sensitive?"),
    State.PLATINUM_RESISTANT: ("Résistante au platine ?", "Platinum-resistant?"),
    State.PLATINUM_REFRACTORY: ("Réfractaire au platine ?", "Platinum-refractory?"),
    State.OLIGOMETASTATIC: ("Maladie oligométastatique ?", "Oligometastatic disease?"),
    State.BORDERLINE: ("Résécabilité limite (borderline) ?", "Borderline resectable?"),
    State.BIOCHEMICAL_RELAPSE: ("Récidive biochimique ?", "Biochemical recurrence?"),
    State.HIGH_VOLUME: ("Métastases de haut volume (CHAARTED) ?", "High-volume metastases (CHAARTED)?"),
    State.NEWLY_DIAGNOSED: ("Maladie nouvellement diagnostiquée, non traitée ?", "Newly diagnosed, untreated?"),
}


_FIXED_QUESTIONS: dict[type, tuple[str, str]] = {
    StandardExhausted: ("Plus d'option standard ?", "No standard option left?"),
    LaterLine: ("L'essai accepte-t-il une 1re ligne ?", "First line accepted by the trial?"),
    Measurable: _QUESTIONS[Kind.MEASURABLE],
    SettingIs: ("Situation discutée (néoadjuvant, adjuvant, maintenance …) ?", "Setting under discussion?"),
}


def ask(leaf: Finding, text: str, lang: str = "fr") -> str:
    """The question that would settle one unknown leaf; an unread sentence is its own question."""
    english = lang == "en"
    test = leaf.test
    if isinstance(test, Unread) and not test.name:
        return f"{'criterion not read' if english else 'critère non lu'} : « {text} »"
    if isinstance(test, (MarkerIs, Unread)):
        return f"{leaf.name}{'?' if english else ' ?'}"
    if isinstance(test, StateIs):
        return _STATE_QUESTIONS[test.state][english]
    if type(test) in _FIXED_QUESTIONS:
        return _FIXED_QUESTIONS[type(test)][english]
    kind: Kind = getattr(test, "kind", Kind.OTHER)
    if kind is Kind.PRIOR_TREATMENT and leaf.name:
        return f"Received: {leaf.name}?" if english else f"Déjà reçu : {leaf.name} ?"
    return _QUESTIONS[kind][english] if kind in _QUESTIONS else text
