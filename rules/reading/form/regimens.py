"""The regimens that a sentence names: which words name a treatment of cancer, and which of them are one regimen."""

import re
from functools import cache
from typing import NamedTuple

from rules.infer.treatments import OF_MYELODYSPLASIA
from rules.reading.form.sentences import Sentence
from rules.reading.form.short_agents import chained, short_protocols
from rules.reading.form.treatment_dates import LOCAL
from rules.treatments import TREATMENTS, TreatmentMention, types_of
from rules.vocabulary.tables import rows

_JOIN = re.compile(
    r"\s*(?:auc\s?\d\s*|\d+\s*mg(?:/m2)?\s*)?(?:\([^()]{0,25}\)\s*)?(?:\+|-|/|&|\bet\b|\bplus\b|\bassocie\w*\s+(?:a|"
    r"au|aux)\b|\bavec\b)\s*(?:l'|d'|"
    r"de\s+|du\s+|le\s+|la\s+|au\s+|\d+\s+)?"
)
_OTHER_SURGERY = re.compile(
    r"^\s*(?:d'une?|de\s+la|de\s+l'|du|de|des|pour\s+une?|d')\s*(?:hernie|cataracte|appendic|prothese|genou|hanche|"
    r"vesicule|canal|fracture|rupture|varices|amygdal|coeur|valve|arthrose|menisque|peritonite|occlusion)"
)
_GRAFTS = frozenset({"stem_cell_transplant", "allogeneic_transplant", "autologous_transplant"})
_OF_AN_ORGAN = re.compile(
    r"(?:allo-?)?(?:greff\w+|transplant\w+)\s+(?:\w+\s+)?(?:renal|hepati|cardia|pulmon|corne|d'organe|(?:de\s+|du\s+)?"
    r"(?:rein|foie|coeur|poumon))"
)
_RHEUMATISM = re.compile(
    r"^\s*\d+(?:[.,]\d+)?\s*mg\s*(?:/|par)\s*sem|^[^,;.]{0,30}\b(?:psoriasis|polyarthrite|rhumato)"
)
_OF_A_GRAFT_DISEASE = re.compile(r"\bg\.?vh[d]?\b[^,;.]{0,40}\b(?:sous|par|avec|on|with)\s+$")
_OF_THE_JOINTS = re.compile(
    r"\b(?:polyarthrite|rhumatoide|psoria\w+|spondyl\w+|crohn|lupus|vascularite|sarcoidose|horton|arthrite|pr)\b[^;.]{0,40}$"
)
_FLOW = re.compile(r"\b(?:mrd|blastes?|cytometrie|immunophenotypage)\b[^;.]*$")
_INTERVAL = re.compile(r"^\s*(?:[:=]|de|a|>|<)?\s*=?\s*\d+\s*(?:mois|m\b|j)")
"""« ILP 5 mois »: an interval without platinum, no perfusion."""
_CYCLES = re.compile(r"\s*(?:x\s?\d|\(?\d+\s*(?:cures?|cycles?))")
"""« AI x5 » is doxorubicin-ifosfamide, no hormone."""
_SUBSTITUTED = re.compile(r"\s+(?:substitutif|de\s+(?:la\s+)?menopause|de\s+substitution)")
_PROPHYLACTIC = re.compile(r"\s+(?:\w+\s+){0,2}(?:prophylac|proph\b|preventive)")
_FOR_BENIGN = re.compile(
    r"\s+(?:[\w/]+\s+){0,3}(?:pour|sur)\s+(?:une?\s+|des\s+|l'|d')?(?:\w+\s+)?(?:trauma|fibrom|lithias|calcul|endometrio|kyste|polype|benin|hbp\b|"
    r"hypertroph|goitre|diverticul|ulcere|hernie|obesit|prolaps|menometr|sigmoidite|appendic|cholecyst|torsion|infertil|adenomyos)"
)
_CAPSULE = re.compile(r"\bn\s?\+[^,;.]{0,15}\b(?:avec|sans|dont)\s+(?:\d+\s+)?$|\d\s*/\s*\d+\s*(?:avec|sans)\s+$")
"""« 11N+/19 avec EC »: broken through the capsule."""
_CASTRATE_LEVEL = re.compile(r"\b(?:testosterone\w*|taux|niveau|seuil)\s+(?:\w+\s+)?(?:de\s+)?$")


class Regimen(NamedTuple):
    """Mentions that are one regimen, the words before and after (up to the next), `joined` to the one before."""

    mentions: tuple[TreatmentMention, ...]
    before: str
    after: str
    joined: str

    @property
    def start(self) -> int:
        """Where the first name begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where the last name ends."""
        return self.mentions[-1].end


def cancer_mentions(sentence: Sentence) -> list[TreatmentMention]:
    """The treatments of cancer named: supportive care and what is plainly another use of the word left out."""
    short = short_protocols(sentence.text)
    named = chained(sentence, [mention for mention in sentence.treatments if _counts(sentence.low, mention)])
    return sorted([*named, *short], key=lambda mention: mention.start) if short else named


def _counts(low: str, mention: TreatmentMention) -> bool:
    before, after = low[: mention.start], low[mention.end :]
    if all(kind_of(part) in (None, "supportive_care", "active_surveillance") for part in mention.components):
        return False
    ids = frozenset().union(*mention.components)
    if ids <= {"anticancer_treatment", "systemic_treatment", "levothyroxine"}:
        return False
    if ids <= {"castration"} and _CASTRATE_LEVEL.search(before):
        return False
    if mention.name == "CMF" and _FLOW.search(before):
        return False
    if mention.name == "ILP" and _INTERVAL.match(after):
        return False
    if _is_another_use(mention, ids, before, after):
        return False
    if ids <= _GRAFTS and _OF_AN_ORGAN.match(low, mention.start):
        return False
    return not (ids <= {"surgery"} and _OTHER_SURGERY.match(after))


def _is_another_use(mention: TreatmentMention, ids: frozenset[str], before: str, after: str) -> bool:
    """Of a graft-versus-host disease, of the joints, of the menopause; « AI x5 », which is no hormone."""
    if "gv" in before and _OF_A_GRAFT_DISEASE.search(before):
        return True
    if mention.name == "EC" and _CAPSULE.search(before):
        return True
    if (mention.name == "AI" and _CYCLES.match(after)) or (mention.name == "HDM" and after.lstrip().startswith(":")):
        return True
    operated = any(kind_of(part) == "surgery" for part in mention.components)
    if operated and (_PROPHYLACTIC.match(after) or _FOR_BENIGN.match(after)):
        return True
    if ids & {"methotrexate"} and _OF_THE_JOINTS.search(before):
        return True
    return bool((ids & {"methotrexate"} and _RHEUMATISM.match(after)) or _SUBSTITUTED.match(after))


@cache
def kind_of(part: frozenset[str]) -> str | None:
    """The type of a treatment by its possible ids; None: of none."""
    roots = frozenset().union(*(types_of(id_) for id_ in part))
    kept = sorted(roots - {"supportive_care"})
    if not kept:
        counts = all(any(TREATMENTS.covers(asked, id_) for asked in OF_MYELODYSPLASIA) for id_ in part)
        return "other" if counts else "supportive_care" if roots else None
    return "chemotherapy" if "chemotherapy" in kept else kept[0]


_GOES_ON = re.compile(
    r";\s*(?:puis\s+|en\s+)?(?:pd|progression|rp|rc|(?:bonne\s+)?reponse|stable|stabilite|sd|echec)\b"
)
"""« T-DXd depuis mai 2025 ; progression »: what became of it, behind a mark that else begins something new."""
_THEN = re.compile(r"[^,;.]{0,25}\bpuis\b[^,;.]{0,12}")


def regimens(sentence: Sentence) -> list[Regimen]:
    """Mentions joined by signs into one regimen; a general word that the next only makes precise is left out."""
    low = sentence.low
    mentions = cancer_mentions(sentence)
    groups: list[list[TreatmentMention]] = []
    for mention in mentions:
        if groups and _joined(low, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    kept = [
        group for index, group in enumerate(groups) if not _only_announces(low, group, groups[index + 1 : index + 2])
    ]
    found = []
    for index, group in enumerate(kept):
        edge = max(kept[index - 1][-1].end if index else 0, low.rfind(";", 0, group[0].start) + 1)
        limit = kept[index + 1][0].start if index + 1 < len(kept) else len(low)
        if index + 1 < len(kept) and _is_beside(low, group, kept[index + 1]):
            group = [_without_its_drugs(mention) for mention in group]  # noqa: PLW2901 - told by the next
            limit = kept[index + 2][0].start if index + 2 < len(kept) else len(low)
        stop = low.find(";", group[-1].end, limit)
        if stop >= 0 and _GOES_ON.match(low, stop):
            low = f"{low[:stop]},{low[stop + 1 :]}"
            stop = low.find(";", stop, limit)
        after = _after(low, group[-1].end, stop if stop >= 0 else limit)
        before = low[edge : group[0].start]
        gap = _THEN.fullmatch(before) if index and "puis" in before else None
        found.append(Regimen(tuple(group), before, after, "puis" if gap else ""))
    return found


_BESIDE = re.compile(
    r"[^,;.()]{0,30}(?:\+|-|\bavec\b|\bassocie\w*\s+a(?:u|ux)?\b)\s*(?:du\s+|le\s+|la\s+|de\s+|une?\s+)?"
)


_WITH_CHEMOTHERAPY = re.compile(r"(?:rct|rtct|rt-ct|radio-?\s?chimio|chimio-?\s?radio)")
_NO_LIST = re.compile(r"[,;.()]|\b(?:puis|avant|apres|suivi\w*|et)\b")
_NEAR = 25


def _without_its_drugs(mention: TreatmentMention) -> TreatmentMention:
    """The radiotherapy of a radiochemotherapy whose drugs are named behind it."""
    local = tuple(part for part in mention.components if kind_of(part) in LOCAL)
    return mention._replace(components=local) if local else mention


def _is_beside(low: str, group: list[TreatmentMention], following: list[TreatmentMention]) -> bool:
    """« Radiothérapie 66 Gy + cisplatine, terminée le … »: what is said behind is of both."""
    gap = low[group[-1].end : following[0].start]
    if len(gap) < _NEAR and _WITH_CHEMOTHERAPY.match(group[-1].name.lower()) and not _is_local(following[0]):
        return _NO_LIST.search(gap) is None
    kinds = {kind_of(part) for one in group for part in one.components}
    return (
        "radiotherapy" in kinds
        and kinds <= {"radiotherapy", "brachytherapy", "chemotherapy"}
        and not _is_local(following[0])
        and _BESIDE.fullmatch(gap) is not None
    )


def _after(low: str, start: int, end: int) -> str:
    """The words after a name; where a parenthesis opens and names an agent, what follows it too."""
    after = low[start:end]
    closing = low.find(")", end)
    if after.count("(") <= after.count(")") or closing < 0:
        return after
    return f"{after}) {re.split('[;.]', low[closing + 1 :], maxsplit=1)[0]}"


def _joined(low: str, first: TreatmentMention, second: TreatmentMention) -> bool:
    if second.start - first.end == 1 and low[first.end] == " ":
        return _go_together(first, second)
    match = _JOIN.match(low, first.end)
    if match is None or match.end() != second.start:
        return False
    kinds = {_is_local(first), _is_local(second)}
    return len(kinds) == 1


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """The agents that are given together in a protocol that has a name."""
    sets = [row["agents"].split("|") for row in rows("regimens", columns=("text", "agents", "source"))]
    return frozenset((one, other) for agents in sets for one in agents for other in agents if one != other)


def _go_together(first: TreatmentMention, second: TreatmentMention) -> bool:
    """« Carboplatine étoposide atézolizumab »: nothing between the names of what is given together."""
    if first.name.lower() == second.name.lower():
        return False
    ones, others = (frozenset().union(*mention.components) for mention in (first, second))
    return not ones & others and any((one, other) in _pairs() for one in ones for other in others)


def _is_local(mention: TreatmentMention) -> bool:
    return all(kind_of(part) in LOCAL for part in mention.components)


def _only_announces(low: str, group: list[TreatmentMention], following: list[list[TreatmentMention]]) -> bool:
    """« chimio adjuvante 3 EC »: the first word only says what EC is."""
    if len(group) != 1 or not following or len(group[0].components) != 1:
        return False
    general, precise = group[0], following[0][0]
    gap = low[general.end : precise.start]
    if re.search(r"[,;.]|\bpuis\b|\bet\b|\bsuivie?\b", gap) or len(gap) > 40:
        return False
    return all(
        any(one != id_ and TREATMENTS.covers(one, id_) for one in general.components[0])
        for part in precise.components
        if kind_of(part) != "supportive_care"
        for id_ in part
    )
