"""Organ, histology, stage, TNM."""

from rules.criteria import AllOf, AnyOf, FamilyOf, HistologyIs, Not, OrganIs, StageIn, TnmIs
from tests.spec.facts import INITIAL, LARYNX, LUNG, LUNG_ADENO, RELAPSE, merged, tnm, typed_histology, typed_site
from tests.spec.table import MET, NOT_MET, UNKNOWN, Row


def organ(*ids: str, all_solid: bool = False) -> OrganIs:
    return OrganIs(frozenset(ids), all_solid)


def histology(*ids: str) -> HistologyIs:
    return HistologyIs(frozenset(ids))


def groups(*codes: str) -> StageIn:
    return StageIn(frozenset(codes))


def coded(code: str, system: str = "cim-10") -> dict:
    return {"tumour": {"topography": {"system": system, "code": code}}}


def morphology(code: str, system: str = "cim-o-3") -> dict:
    return {"tumour": {"histology": {"system": system, "code": code}}}


ORGAN = [
    Row(LUNG, organ("lung"), MET, "C34.1 est le poumon"),
    Row(LUNG, organ("breast"), NOT_MET, "le poumon n'est pas le sein"),
    Row({}, organ("lung"), UNKNOWN, "le silence n'est pas un non", "not_stated"),
    Row(typed_site("K bronchique LSD"), organ("lung"), MET, "synonyme curé"),
    Row(coded("C18.7"), organ("colorectum"), MET, "le sigmoïde est dans le côlon-rectum"),
    Row(coded("C20"), organ("colon"), NOT_MET, "le rectum n'est pas le côlon"),
    Row(coded("C78.7"), organ("liver"), UNKNOWN, "C78 nomme une métastase, jamais un primitif", "not_stated"),
    Row(coded("C80.0"), organ("lung"), NOT_MET, "primitif inconnu : exclut les essais d'organe"),
    Row(coded("C80.0"), organ(all_solid=True), MET, "primitif inconnu : tumeur solide"),
    Row(coded("C80.9"), organ("lung"), UNKNOWN, "localisation non précisée", "not_stated"),
    Row(coded("C76"), organ(all_solid=True), UNKNOWN, "localisation mal définie", "not_stated"),
    Row(LUNG, organ(all_solid=True), MET, "toutes tumeurs solides"),
    Row(coded("C83.3"), organ(all_solid=True), NOT_MET, "C81–C96 ne sont pas des tumeurs solides"),
    Row(coded("C71.1"), organ(all_solid=True), UNKNOWN, "primitif du SNC : inconnu sauf mention"),
    Row(coded("C71.1"), organ("cns", all_solid=True), MET, "SNC mentionné"),
    Row(
        merged(
            coded("C71.1"),
            {"tumour": {**coded("C71.1")["tumour"], "histology": {"text": "lymphome cérébral primitif"}}},
        ),
        organ(all_solid=True),
        NOT_MET,
        "un lymphome n'est pas une tumeur solide, où qu'il siège",
    ),
    Row(coded("C71.1"), organ("nhl"), UNKNOWN, "sans histologie, une tumeur du cerveau peut être un lymphome primitif"),
    Row(merged(coded("C16.9"), morphology("9680/3")), organ("nhl"), MET, "l'histologie prévaut sur la topographie"),
]
HISTOLOGY = [
    Row(LUNG_ADENO, histology("nsclc"), MET, "adénocarcinome du poumon → non à petites cellules"),
    Row(LUNG_ADENO, histology("nsclc_nonsquamous"), MET, "… et non épidermoïde"),
    Row(LUNG_ADENO, histology("sclc"), NOT_MET, "un adénocarcinome n'est pas un CPC"),
    Row(typed_histology("carcinome à petites cellules"), histology("nsclc"), NOT_MET, "« non » change tout"),
    Row(typed_histology("carcinome non à petites cellules"), histology("sclc"), NOT_MET, "« non » change tout"),
    Row(typed_histology("CBNPC"), histology("nsclc"), MET, "abréviation"),
    Row(typed_histology("CBNPC"), histology("nsclc_nonsquamous"), UNKNOWN, "moins précis que demandé"),
    Row({}, histology("nsclc"), UNKNOWN, "non renseigné", "not_stated"),
    Row(morphology("8500/2"), histology("carcinoma"), NOT_MET, "in situ n'est pas infiltrant"),
    Row(typed_histology("carcinome canalaire in situ"), histology("carcinoma"), NOT_MET, "in situ, en toutes lettres"),
    Row(morphology("8070/3"), FamilyOf(frozenset({"lung"})), MET, "le carcinome est de la famille du poumon"),
    Row(morphology("8720/3"), FamilyOf(frozenset({"lung"})), NOT_MET, "un mélanome n'est pas un cancer du poumon"),
    Row(LUNG, FamilyOf(frozenset({"lung"})), UNKNOWN, "histologie non renseignée : rien n'est exclu", "not_stated"),
    Row(
        LUNG_ADENO,
        AllOf((histology("nsclc"), Not(histology("lung_squamous")))),
        MET,
        "non épidermoïde par différence",
    ),
]
STAGE = [
    Row({"stage": {"group": "IIIB"}}, groups("III"), MET, "IIIB est dans III"),
    Row({"stage": {"group": "III"}}, groups("IIIB"), UNKNOWN, "III est moins précis que IIIB"),
    Row({"stage": {"group": "IIIA"}}, groups("IIIB"), NOT_MET, "IIIA n'est pas IIIB"),
    Row({}, groups("IV"), UNKNOWN, "non renseigné", "not_stated"),
    Row(merged(LUNG, tnm("T2a", "N3", "M1c")), groups("IV"), MET, "M1c au poumon : stade IV"),
    Row(merged(LUNG, INITIAL, tnm("cT2a", "cN1", "cM0")), groups("IV"), NOT_MET, "cT2aN1M0 : IIB"),
    Row(merged(LUNG, INITIAL, tnm("cT2a", "cN1", "cM0")), groups("II"), MET, "cT2aN1M0 : IIB"),
    Row(
        merged(LUNG, RELAPSE, tnm("pT2b", "pN1", "M0", basis="pathological")),
        groups("IV"),
        UNKNOWN,
        "le TNM initial ne dit rien de la maladie en rechute",
        "outdated",
    ),
    Row(merged(LARYNX, INITIAL, tnm("cT4a", "cN1", "M0")), groups("III", "IVA", "IVB"), MET, "T4aN1M0 : IVA, M0 (2b)"),
]
TNM = [
    Row(merged(INITIAL, tnm("cT2a")), TnmIs("t", frozenset({"T2"}), "clinical"), MET, "T2a est un T2"),
    Row(
        merged(INITIAL, tnm("cT2")), TnmIs("t", frozenset({"T2a"}), "clinical"), UNKNOWN, "T2 est moins précis que T2a"
    ),
    Row(merged(INITIAL, tnm("cT3")), TnmIs("t", frozenset({"T2"}), "clinical"), NOT_MET, "T3 n'est pas T2"),
    Row(
        merged(INITIAL, tnm("pT2", basis="pathological")),
        TnmIs("t", frozenset({"T2"}), "clinical"),
        UNKNOWN,
        "cT demandé, seul pT est renseigné",
        "other_basis",
    ),
    Row({}, TnmIs("n", frozenset({"N0"})), UNKNOWN, "non renseigné", "not_stated"),
]
LOGIC = [
    Row(LUNG, AnyOf((organ("breast"), organ("lung"))), MET, "une des deux suffit"),
    Row(LUNG, AllOf((organ("lung"), histology("nsclc"))), UNKNOWN, "les deux sont demandées"),
    Row(LUNG, Not(organ("breast")), MET, "négation"),
]
