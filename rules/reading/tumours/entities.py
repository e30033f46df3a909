"""Names of one list put together: which are one entity, which are alternatives, and what they ask together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rules.criteria import AnyOf, HistologyIs, OrganIs, Test, leaves
from rules.families import own_families
from rules.histologies import HISTOLOGIES, entity_in, organs_implied
from rules.junctions import together
from rules.organs import ORGANS, with_wholes
from rules.reading.tumours.names import Name, as_far_up, with_more
from rules.terms import refine


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of names asks: an organ test, a histology test, and what a single name says beside them."""

    organ: Test | None
    histology: Test | None
    more: Test | None = None

    @property
    def parts(self) -> tuple[Test, ...]:
        """The tests that are asked, all of them together."""
        return tuple(test for test in (self.organ, self.histology, self.more) if test)

    @property
    def whole(self) -> Test | None:
        """All of it as one test."""
        return all_of(self.parts)


def all_of(parts: Sequence[Test]) -> Test | None:
    """The tests as one; None of nothing."""
    if not parts:
        return None
    return together(parts)


def organs_in(asked: Asked) -> frozenset[str]:
    """Every organ that is named or implied."""
    return asked.organ.organs if isinstance(asked.organ, OrganIs) else frozenset()


def histologies_in(asked: Asked) -> frozenset[str]:
    """Every histology that is asked for."""
    tests = leaves(asked.histology) if asked.histology else ()
    return frozenset[str]().union(*(leaf.histologies for leaf in tests if isinstance(leaf, HistologyIs)))


def asked_of(group: Sequence[Name]) -> Asked:
    """One organ test and one histology test for a list; alternatives that name only one of the two stay apart."""
    entities = entities_of(group)
    organs = [_organs(entity) for entity in entities]
    histologies = [entity.histologies for entity in entities]
    organ: Test | None = OrganIs(with_wholes(frozenset().union(*organs))) if all(organs) else None
    more = [entity.more for entity in entities]
    if len(entities) == 1 or not any(more):
        alone = more[0] if len(entities) == 1 else None
        if all(histologies) and _mixes_sites(entities):
            return Asked(organ, AnyOf(tuple(_at_its_site(entity) for entity in entities)))
        if all(histologies):
            return Asked(organ, HistologyIs(_with_all_nsclc(frozenset().union(*histologies))), alone)
        if not any(histologies):
            return Asked(organ, None, alone)
    return Asked(organ, AnyOf(tuple(_alone(entity) for entity in entities)))


def _mixes_sites(entities: Sequence[Name]) -> bool:
    """« mésothéliome péritonéal ou sarcomatoïde »: an entity at one site, which the sites of another would undo."""
    for entity in entities:
        implied = organs_implied(entity.histologies)
        own = bool(implied and entity.organs) and not all(
            any(ORGANS.covers(organ, one) for organ in entity.organs) for one in implied
        )
        kinds = [one for one in entities if one is not entity and _covers(entity.histologies, one.histologies)]
        others = frozenset[str]().union(*(_organs(one) for one in kinds))
        if own and any(_of_one_line(organ, one) for organ in others - entity.organs for one in implied):
            return True
    return False


def _covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    return any(HISTOLOGIES.covers(one, id_) for one in wide for id_ in narrow)


def _spread(last: Name, organs: frozenset[str]) -> frozenset[str]:
    """« tumeur neuroendocrine digestive ou pulmonaire »: of the digestive entity what the further site has too."""
    beyond = any(not ORGANS.covers("digestive", organ) for organ in organs)
    if last.histologies <= _DIGESTIVE and beyond:
        return frozenset(parent for id_ in last.histologies for parent in HISTOLOGIES[id_].parents)
    return as_far_up(last.histologies, last.organs | organs)


_DIGESTIVE = frozenset({"gep_net", "gep_net_g1", "gep_net_g2", "gep_net_g3"})


def _of_one_line(one: str, other: str) -> bool:
    return ORGANS.covers(one, other) or ORGANS.covers(other, one)


def _at_its_site(entity: Name) -> Test:
    place = [OrganIs(with_wholes(entity.organs))] if entity.organs else []
    return together([*place, HistologyIs(entity.histologies)])


def _with_all_nsclc(histologies: frozenset[str]) -> frozenset[str]:
    """« épidermoïde ou non épidermoïde » is the whole of NSCLC, the adenosquamous included."""
    squamous = histologies & {"squamous_cell_carcinoma", "lung_squamous"}
    return histologies | {"nsclc"} if squamous and "nsclc_nonsquamous" in histologies else histologies


def _alone(entity: Name) -> Test:
    test: Test = HistologyIs(entity.histologies) if entity.histologies else OrganIs(with_wholes(entity.organs))
    return with_more(test, entity)


def _organs(entity: Name) -> frozenset[str]:
    """The organs named, else those implied; « non épidermoïde » alone is a word of the lung that names no organ."""
    if entity.bare_morphology:
        return frozenset()
    return entity.organs or organs_implied(entity.histologies)


def entities_of(group: Sequence[Name]) -> list[Name]:
    """Names side by side are one entity (« adénocarcinome du côlon », « CBNPC non épidermoïde »); others: alternatives.

    « CBNPC, épidermoïde ou non » : what only details the name before it is left to that name.
    """
    entities, detailing, typed = [group[0]], False, False
    narrowed: frozenset[str] = frozenset()
    for before, name in pairwise(group):
        last = entities[-1]
        typed = _is_type(last, name) if name.joint == "in" else typed and name.joint != "of" and _is_type(None, name)
        if typed:
            types = last.histologies | entity_in(last.organs, name.histologies)
            entities[-1] = last._replace(end=name.end, histologies=types)
            continue
        detailing = name.joint in ("list", "in") or (detailing and name.joint == "or")
        narrowed = last.organs if name.joint == "in" else narrowed if name.joint in ("list", "or") else frozenset()
        if narrowed and _is_part(narrowed, name):
            entities[-1] = last._replace(end=name.end, organs=name.organs | (last.organs - narrowed))
            continue
        narrowed = frozenset()
        if name.joint == "in" and name.organs and not name.histologies and last.histologies and not last.organs:
            entities[-1] = last._replace(end=name.end, organs=name.organs)  # « séreux de haut grade (ovaire, trompe) »
            continue
        named_again = name.joint == "in" and last.organs and not last.histologies and _implies(name, last.organs)
        if name.joint == "of" or named_again:
            if not name.histologies:
                entities[:-1] = [_at_site(one, name) for one in entities[:-1]]
            entities[-1] = _with_part_of(last, before, name) or _merged(last, name)
        elif detailing and not (name.organs or name.alternative) and _details(entities[0], name):
            continue
        elif (not name.histologies and before.histologies and not before.organs and last.organs) or (
            not name.histologies and last.organs and last.histologies and _spreads(last, name)
        ):
            entities[-1] = Name(
                last.start, name.end, last.organs | name.organs, _spread(last, name.organs), more=last.more
            )
        else:
            entities.append(name)
    return _with_last_site(entities)


def _is_type(last: Name | None, name: Name) -> bool:
    """« Cancer du col (épidermoïde, adénocarcinome) »: the types that are meant of the organ before the bracket."""
    of_an_organ = last is None or bool(last.organs and not last.histologies)
    return of_an_organ and bool(name.histologies) and not (name.organs or organs_implied(name.histologies))


def _implies(name: Name, organs: frozenset[str]) -> bool:
    """« cancer bronchique (CBNPC) »: an entity of the organ before the bracket."""
    implied = name.organs or organs_implied(name.histologies)
    inside = all(any(ORGANS.covers(one, organ) for one in organs) for organ in implied)
    return bool(name.histologies and implied) and inside


def _is_part(wide: frozenset[str], name: Name) -> bool:
    """« Cancer ORL (cavité orale, larynx) »: parts of the organ before the bracket, which say what it means here."""
    if name.histologies or not name.organs or name.organs <= wide:
        return False
    return all(any(ORGANS.covers(one, organ) for one in wide) for organ in name.organs)


def _with_last_site(entities: list[Name]) -> list[Name]:
    """« carcinome épidermoïde ou adénocarcinome du col »: where the first has an entity of that site, it is meant."""
    last = entities[-1]
    site = last._replace(organs=last.organs or organs_implied(last.histologies))
    if not last.sited or not site.organs:
        return entities
    return [
        _at_site(one, site) if entity_in(site.organs, one.histologies) != one.histologies else one
        for one in entities[:-1]
    ] + [last]


def _at_site(entity: Name, site: Name) -> Name:
    """« carcinome épidermoïde ou adénocarcinome du col »: the site that ends a list is of all that names none."""
    if entity.organs or entity.bare_morphology or not entity.histologies or organs_implied(entity.histologies):
        return entity
    refined = entity_in(site.organs, entity.histologies)
    families = frozenset[str]().union(*(own_families(organ) for organ in site.organs))
    if refined == entity.histologies and not any(HISTOLOGIES.above(id_) & families for id_ in refined):
        return entity
    return entity._replace(organs=site.organs, histologies=refined)


def _spreads(last: Name, name: Name) -> bool:
    """« carcinome urothélial de la vessie, de l'uretère ou du bassinet »: of a morphology that no organ owns."""
    implied = organs_implied(last.histologies)
    return not implied or all(any(ORGANS.covers(one, organ) for one in implied) for organ in name.organs)


def _details(first: Name, name: Name) -> bool:
    if any(HISTOLOGIES.covers(id_, one) for id_ in name.histologies for one in first.histologies):
        return False
    if any(HISTOLOGIES.covers("lymphoma", id_) for id_ in first.histologies) and not _covers(
        first.histologies, name.histologies
    ):
        return False  # « LBDGC, HGBL ou … »: another entity, though there is one that is both
    if len((first.histologies | name.histologies) & _TYPES) > 1:
        return False  # « adénocarcinome, carcinome épidermoïde ou … »: two types, not their mixture
    narrowed = refine(first.histologies, name.histologies, HISTOLOGIES) if first.histologies else frozenset()
    return bool(narrowed) and all(any(HISTOLOGIES.covers(one, id_) for one in first.histologies) for id_ in narrowed)


_TYPES = frozenset(
    {
        "adenocarcinoma",
        "squamous_cell_carcinoma",
        "adenosquamous_carcinoma",
        "small_cell_carcinoma",
        "neuroendocrine_carcinoma",
        "urothelial_carcinoma",
        "undifferentiated_carcinoma",
        "sarcomatoid_carcinoma",
    }
)


def _with_part_of(last: Name, before: Name, name: Name) -> Name | None:
    """« cavité orale, oropharynx ou larynx supraglottique »: what makes one site precise leaves the sites before it."""
    others = last.organs - before.organs
    if not (before.organs and others and name.organs) or name.histologies:
        return None
    precise = refine(before.organs, name.organs, ORGANS)
    return last._replace(end=name.end, organs=others | precise) if precise else None


def _merged(last: Name, name: Name) -> Name:
    organs = last.organs or name.organs
    if last.organs and name.organs:
        organs = refine(last.organs, name.organs, ORGANS) or last.organs | name.organs
    histologies = last.histologies or name.histologies
    if last.histologies and name.histologies:
        histologies = refine(last.histologies, name.histologies, HISTOLOGIES) or last.histologies | name.histologies
    more = last.more or name.more
    entity = entity_in(organs, histologies) if organs else histologies
    return Name(last.start, name.end, organs, entity, more=more)


def asked_at(text: str, group: Sequence[Name]) -> tuple[Asked, int]:
    """What a list asks, and where its words end: « CBNPC épidermoïde ou non » asks no type."""
    end = group[-1].end
    both = _OR_NOT.match(text, end)
    return (without_type(group), both.end()) if both else (asked_of(group), end)


def without_type(group: Sequence[Name]) -> Asked:
    """The list without what its last name says of the type: of the lung, all of NSCLC; of another site, the site."""
    last = group[-1]
    lung = any(HISTOLOGIES.covers("nsclc", id_) for id_ in last.histologies)
    family = next((one for one in _FAMILIES if any(HISTOLOGIES.covers(one, id_) for id_ in last.histologies)), None)
    wide = frozenset({"nsclc"}) if lung else frozenset({family}) if family else frozenset[str]()
    plain = last._replace(histologies=wide, more=None)
    kept = [*group[:-1], plain] if plain.organs or plain.histologies else list(group[:-1])
    return asked_of(kept) if kept else Asked(None, None)


_FAMILIES = ("mesothelioma", "renal_cell_carcinoma")
"""Families whose types are told by « épithélioïde ou non », « à cellules claires ou non »."""
_OR_NOT = re.compile(r"\s(?:ou|or)\s(?:non|not)\b(?![\s-]?(?:epiderm|squam|a petites|small|resec|metast|oper|unres))")
