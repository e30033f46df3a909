"""Parts of cases that several tables share. What is not here is not stated."""

from typing import Any


def merged(*parts: dict[str, Any]) -> dict[str, Any]:
    """Parts of a case laid over each other; objects are merged, lists joined."""
    whole: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, dict) and isinstance(whole.get(key), dict):
                whole[key] = {**whole[key], **value}
            elif isinstance(value, list) and isinstance(whole.get(key), list):
                whole[key] = [*whole[key], *value]
            else:
                whole[key] = value
    return whole


LUNG = {"tumour": {"topography": {"system": "cim-10", "code": "C34.1"}}}
LUNG_ADENO = {
    "tumour": {
        "topography": {"system": "cim-10", "code": "C34.1"},
        "histology": {"system": "cim-o-3", "code": "8140/3"},
    }
}
LARYNX = {"tumour": {"topography": {"system": "cim-10", "code": "C32.0"}}}
PROSTATE = {"tumour": {"topography": {"system": "cim-10", "code": "C61"}}}
OVARY = {"tumour": {"topography": {"system": "cim-10", "code": "C56"}}}
BREAST = {"tumour": {"topography": {"system": "cim-10", "code": "C50.4"}}}
COLON = {"tumour": {"topography": {"system": "cim-10", "code": "C18.7"}}}
CLL = {"tumour": {"topography": {"system": "cim-10", "code": "C91.1"}}}
INITIAL = {"disease": {"phase": "initial"}}
RELAPSE = {"disease": {"phase": "relapse"}}
METASTATIC = {"disease": {"extent": "metastatic"}}
FIRST_LINE = {"planned_line": 1}
ALL_TREATMENTS = {"complete": ["treatments"]}


def typed_site(text: str) -> dict[str, Any]:
    """A primary site as typed."""
    return {"tumour": {"topography": {"text": text}}}


def typed_histology(text: str) -> dict[str, Any]:
    """A histology as typed."""
    return {"tumour": {"histology": {"text": text}}}


def treated(**entry: Any) -> dict[str, Any]:
    """One treatment entry."""
    return {"treatments": [{"type": "chemotherapy", **entry}]}


def tnm(t: str | None = None, n: str | None = None, m: str | None = None, *, basis: str = "clinical") -> dict[str, Any]:
    """TNM as typed."""
    return {"stage": {basis: {key: value for key, value in (("t", t), ("n", n), ("m", m)) if value}}}


def condition(name: str, present: bool = True, **rest: Any) -> dict[str, Any]:
    """One condition entry."""
    return {"conditions": [{"name": name, "present": present, **rest}]}
