"""A group of treatments with its cues → the test that it puts."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rules.criteria import AllOf, AnyOf, Kind, Test, Treated, Unread, leaves
from rules.junctions import either, together
from rules.reading.slots.treatments_groups import Group, Listed, Parts, only_examples
from rules.reading.treatments.settings import settings_in
from rules.reading.treatments.states import in_this_disease
from rules.reading.treatments.things import Thing, bound_of
from rules.reading.treatments.words import Slot, Word
from rules.treatment_sets import less
from rules.treatments import TREATMENTS, is_systemic

_OPEN: Test = Unread(Kind.PRIOR_TREATMENT)
_EARLY = frozenset({"neoadjuvant", "adjuvant", "curative"})
_NEVER_MEANT = frozenset({"corticosteroid", "bone_modifying_agent", "iron_chelator", "folinic_acid"})
_NARROWER = re.compile(r"approuv|approved|homolog|licens|commerciali|experiment|investigat|standard")
_TOO_WIDE = frozenset({"anticancer_treatment"})


def test_of(group: Group, parts: Parts, *, forbids: bool) -> Test | None:
    """The test of a group; None where it is not surely understood. `forbids`: what it reaches is ruled out."""
    test = _bare(group, forbids=forbids)
    if test is None or (parts.exceptions and len(parts.groups) > 1):
        return None
    narrower = group.narrower or any(_NARROWER.search(thing.words) for thing in group.all_things)
    if (narrower and forbids) or group.helped_little:
        parts.left_open = parts.left_open or group.helped_little
        test = AllOf((test, _OPEN))
    if group.unfit and not forbids:
        test = AnyOf((test, _OPEN))
    left = _without_exceptions(test, parts, forbids=forbids)
    own = group.own or any(bound_of(thing) & _TOO_WIDE for thing in group.listed.things)
    return _of_this_disease(left) if left is not None and own and forbids else left


def _of_this_disease(test: Test) -> Test:
    """The same, each treatment of it given for the disease under discussion."""
    if isinstance(test, AllOf | AnyOf):
        return type(test)(tuple(_of_this_disease(part) for part in test.parts))
    return in_this_disease(test)


def _without_exceptions(test: Test, parts: Parts, *, forbids: bool) -> Test | None:
    for words in parts.exceptions:
        left = _excepted(test, words, forbids=forbids)
        if left is None:
            return None
        parts.left_open = parts.left_open or any(isinstance(leaf, Unread) for leaf in leaves(left))
        test = left
    return test


def _bare(group: Group, *, forbids: bool) -> Test | None:
    """What is said of the treatments listed and of those that they must contain."""
    like = _like(group, forbids=forbids)
    if like is None or any(bound_of(thing) & _NEVER_MEANT for thing in group.all_things):
        return None
    test = _listed_test(group.listed, like, group, forbids=forbids) if group.listed.things else None
    if group.listed.things and test is None:
        return None
    if group.held is not None and group.held.things:
        return _holding(group, test, like, forbids=forbids)
    return test


def _like(group: Group, *, forbids: bool) -> Treated | None:
    """The qualifiers that hold for the whole group."""
    words = " | ".join(thing.words for thing in group.all_things if thing.words)
    own = {settings_in(thing.words, forbids=forbids) for thing in group.listed.things or group.all_things}
    settings = settings_in(group.settings, forbids=forbids)
    adjectives = own - {frozenset()}
    if settings is None or None in own or len(adjectives) > 1 or (adjectives and len(own) > 1):
        return None
    if not forbids and _is_joined(group):
        settings = (
            settings - _EARLY
        )  # « RT avec cisplatine, à visée curative »: the drug may stand under another setting
    told = settings | next((each for each in adjectives if each), frozenset())
    outcomes = _outcomes(group)
    if outcomes is None or (outcomes and "experimenta" in words):
        return None
    return Treated(treatments=frozenset(), settings=told, outcomes=outcomes)


def _is_joined(group: Group) -> bool:
    """Whether it is a drug given with radiotherapy, of which the setting told may be only that of the irradiation."""
    rays = [thing for thing in group.listed.things if bound_of(thing) == frozenset({"radiotherapy"})]
    return bool(rays) and len(group.listed.things) > 1 and any(_WITH in each for each in group.listed.joints)


def _outcomes(group: Group) -> frozenset[str] | None:
    failed = [word.text for word in group.cues if word.slot is Slot.FAILED]
    if group.helped_little:
        return frozenset()
    outcomes: set[str] = set()
    after = [word.text for word in group.cues if word.slot is Slot.AFTER]
    for words in failed:
        if re.search(r"progress|rechut|recid|relaps|recurr", words) and not after:
            return None
        if re.search(r"refract|resist", words) and any("platinum" in bound_of(one) for one in group.all_things):
            return None
        outcomes |= {"toxicity"} if "intoler" in words else {"progression"}
        if re.search(r"rechut|recid|relaps|recurr", words):
            outcomes |= {"relapse"}
    if "progression" in outcomes and any(re.match(r"apres|after|following|suite|au dec", words) for words in after):
        outcomes |= {"relapse"}
    return frozenset(outcomes)


def _listed_test(listed: Listed, like: Treated, group: Group, *, forbids: bool) -> Test | None:
    joints = {slot for each in listed.joints for slot in each}
    things = listed.things
    if joints & {_AND, _WITH}:
        if _OR in joints or (_SLASH in joints):
            return None
        each = [_any_of([thing], like, forbids=forbids) for thing in things]
        known = [test for test in each if test is not None]
        if len(known) < len(each):
            return None
        some = group.combined or "relapse" in like.outcomes
        return either(known) if group.has(Slot.NAIVE) else _all_had(known, forbids=forbids, some=some)
    if len(things) > 1 and not forbids and _OR not in joints:
        return None
    return _with_details(_any_of(things, like, forbids=forbids), listed, like, forbids=forbids)


_OR, _AND, _WITH, _SLASH = Slot.OR, Slot.AND, Slot.WITH, Slot.SLASH


def _all_had(tests: list[Test], *, forbids: bool, some: bool) -> Test:
    """« A et B »: all were received; `some`: one of them failed. In what is forbidden, who had one stays open."""
    if not forbids:
        failed = [test for test in tests if isinstance(test, Treated) and test.outcomes]
        if some and len(failed) == len(tests) > 1:
            had = (replace(test, outcomes=frozenset()) for test in failed)
            return AllOf((*had, AnyOf(tuple(failed))))
        return AllOf(tuple(tests))
    return AnyOf((AllOf(tuple(tests)), AllOf((either(tests), _OPEN))))


def _any_of(things: list[Thing], like: Treated, *, forbids: bool) -> Test | None:
    """Any of the treatments; what may be another thing, or is a regimen of several, is forbidden only perhaps."""
    sure = [thing for thing in things if len(thing.components) <= 1 and not (forbids and _is_doubtful(thing))]
    ids = frozenset(id_ for thing in sure for part in thing.components for id_ in part)
    names = frozenset(name for thing in sure for name in thing.names)
    tests: list[Test] = [replace(like, treatments=ids, names=names)] if ids or names else []
    for thing in things:
        if thing not in sure:
            had: list[Test] = [replace(like, treatments=part) for part in thing.components]
            tests.append(AllOf((*had, _OPEN)) if forbids else together(had))
    return either(tests) if tests else None


def _is_doubtful(thing: Thing) -> bool:
    """What may be another thing; a biopsy may be typed as surgery."""
    return thing.doubtful or bound_of(thing) == frozenset({"surgery"})


def _with_details(test: Test | None, listed: Listed, like: Treated, *, forbids: bool) -> Test | None:
    """« Inhibiteur de X (A, B) »: of what is forbidden, what is named surely, the rest of the class perhaps."""
    if test is None or not listed.details:
        return test
    head = listed.things[-1]
    asked = bound_of(head)
    same = [thing for thing in listed.details if asked and bound_of(thing) and _within(asked, bound_of(thing))]
    if len(same) < len(listed.details) > 1 and _only_forms(head, listed.details):
        return test
    if head.names or len(same) == len(listed.details):
        details = _any_of(listed.details, like, forbids=forbids)
        if isinstance(test, Treated) and isinstance(details, Treated) and head.names:
            names = test.names | details.names
            return replace(test, treatments=test.treatments | details.treatments, names=names)
        return test  # « inhibiteur de BTK (iBTK) »: it only says it again
    if not forbids or listed.example:
        return test
    named = _any_of(listed.details, like, forbids=True)
    others = listed.things[:-1]
    before = [_any_of(others, like, forbids=True)] if others else []
    own = _any_of([head], like, forbids=True)
    if named is None or own is None or None in before or not _inside(listed.details, asked):
        return None
    return either([*(each for each in before if each), named, AllOf((own, _OPEN))])


_FORMS = frozenset(
    {
        "adc", "car_t", "bispecific_antibody", "t_cell_engager", "monoclonal_antibody", "radioligand_therapy",
        "radionuclide", "immunotherapy", "cancer_vaccine", "cell_therapy", "tki", "radioimmunotherapy",
        "targeted_therapy", "chemotherapy",
    }
)  # fmt: skip
_IS_AIMED = re.compile(r"^anti_|_targeted$|_inhibitor(?:_\w+)?$|_tki$|_degrader$")


def _only_forms(head: Thing, details: list[Thing]) -> bool:
    """« Traitement ciblant X (anticorps, ADC, CAR-T) »: the forms in which it reaches its target, whichever."""
    asked = bound_of(head)
    aimed = bool(head.names) or (bool(asked) and all(_IS_AIMED.search(id_) for id_ in asked))
    return aimed and all(bound_of(thing) <= _FORMS and bound_of(thing) and not thing.names for thing in details)


def _within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    return all(any(TREATMENTS.covers(wide, id_) for wide in outer) for id_ in inner)


def _inside(details: list[Thing], asked: frozenset[str]) -> bool:
    return all(thing.names or _within(frozenset().union(*thing.components), asked) for thing in details)


def _holding(group: Group, head: Test | None, like: Treated, *, forbids: bool) -> Test | None:
    """« Traitement antérieur comprenant A et B »: each is asked; in what is forbidden, examples say nothing more."""
    if group.held is None:
        return head
    if only_examples(group.holding) and (forbids or group.holding in ("y compris", "meme")):
        wide = any(bound_of(thing) & _TOO_WIDE for thing in group.listed.things)
        return None if (wide and forbids) or head is None else _and_perhaps(group, head, like, forbids=forbids)
    bare = like if forbids else replace(like, outcomes=frozenset())
    held = _listed_test(group.held, bare, group, forbids=forbids)
    if held is None:
        return None
    if forbids:
        return held if len(group.listed.things) == 1 else None
    return held if head is None else AllOf((head, held))


def _and_perhaps(group: Group, head: Test, like: Treated, *, forbids: bool) -> Test | None:
    """« Ciblant X, y compris chimiothérapie ou anticorps conjugué »: examples that may lie outside are left open."""
    if not forbids or group.held is None:
        return head
    asked = frozenset().union(*(bound_of(thing) for thing in group.listed.things))
    outside = [thing for thing in group.held.things if thing.names or not _within(bound_of(thing), asked)]
    if not outside:
        return head
    others = _any_of(outside, like, forbids=True)
    return None if others is None else AnyOf((head, AllOf((others, _OPEN))))


_URGENT = re.compile(r"urgen|emergen")
_PLANNED = frozenset({"neoadjuvant", "adjuvant", "metastatic", "locally_advanced", "maintenance"})


def _planned(test: Treated) -> Iterator[Treated]:
    """« Sauf en urgence »: what was given as a step of a plan was not; a radiotherapy may have been anywhere."""
    systemic = frozenset(id_ for id_ in test.treatments if is_systemic(id_))
    if systemic and not test.settings:
        yield replace(test, treatments=systemic, names=frozenset(), settings=_PLANNED)


def _is_apart(test: Treated, words: list[Word]) -> bool:
    """« SERD oral (fulvestrant permis si arrêté) »: leave for something else, whatever it hangs on."""
    things = [word.thing for word in words if word.slot is Slot.THING and word.thing is not None]
    allowed = next((at for at, word in enumerate(words) if word.slot is Slot.PERMITTED), None)
    before = {word.slot for word in words[:allowed]}
    if not things or allowed is None or not before <= {Slot.THING, Slot.OR, Slot.COMMA, Slot.SLASH, Slot.RECEIVED}:
        return False
    taken = frozenset().union(*(bound_of(thing) for thing in things))
    told = not test.names and not any(thing.names or thing.doubtful or not bound_of(thing) for thing in things)
    return told and not _share(test.treatments, taken)


def _share(asked: frozenset[str], taken: frozenset[str]) -> bool:
    """Whether a treatment may be of both."""
    below = {under for id_ in taken for under in TREATMENTS.below(id_)}
    return any(not below.isdisjoint(TREATMENTS.below(id_)) for id_ in asked)


_LOCALLY_ADVANCED = re.compile(r"\b(?:localement|locally)[ -](?:avance|advanced)")


def _is_earlier(test: Treated, words: list[Word]) -> bool:
    """« En situation R/M (au stade localement avancé accepté, si …) »: that was no such setting."""
    said = " | ".join(word.text for word in words if word.slot is Slot.SETTING)
    far = bool(test.settings) and test.settings <= {"metastatic", "palliative"}
    if not far or not said or any(word.slot is Slot.FORBIDDEN for word in words):
        return False
    left = _LOCALLY_ADVANCED.sub("", said)
    return _LOCALLY_ADVANCED.search(said) is not None and not re.search(
        r"metasta|r/m|recid|recurr|avance|advanced", left
    )


def _excepted(test: Test, words: list[Word], *, forbids: bool) -> Test | None:
    """The test without what an exception takes away; where it is not understood, who may be excepted stays open."""
    things = [word.thing for word in words if word.thing is not None]
    settings = settings_in(" | ".join(word.text for word in words if word.slot is Slot.SETTING), forbids=False)
    if isinstance(test, Treated) and forbids:
        told = settings_in(" | ".join(thing.words for thing in things), forbids=False)
        early = (settings or frozenset()) | (told or frozenset())
        if _says_it_again(test, early) or _is_apart(test, words) or _is_earlier(test, words):
            return test
    if not isinstance(test, Treated):
        return AllOf((test, _OPEN)) if forbids else AnyOf((test, _OPEN))
    if forbids and not things and not settings and any(_URGENT.match(word.text) for word in words):
        return either([*_planned(test), AllOf((test, _OPEN))])
    known = {Slot.THING, Slot.SETTING, Slot.OR, Slot.AND, Slot.COMMA, Slot.PERMITTED, Slot.RECEIVED, Slot.SLASH}
    sure = all(word.slot in known for word in words) and settings is not None
    sure = sure and not any(_NARROWER.search(thing.words) for thing in things)
    permitted = any(word.slot is Slot.PERMITTED for word in words)
    taken = frozenset(id_ for thing in things for part in thing.components for id_ in part)
    if any(TREATMENTS.covers("radiotherapy", id_) for id_ in taken) and "radiotherapy" in test.treatments:
        sure = False
    names = frozenset(name for thing in things for name in thing.names)
    left = replace(test, treatments=less(test.treatments, taken), names=test.names - names)
    if not forbids:
        plain = sure and things and not settings and not permitted
        return (left if left.treatments or left.names else None) if plain else AnyOf((test, _OPEN))
    if things and settings:
        return AllOf((test, _OPEN))
    return _without(test, left, None if things else settings, sure=sure)


def _says_it_again(test: Treated, early: frozenset[str]) -> bool:
    """« Pour la maladie métastatique (adjuvant permis) »: it only says what the setting says."""
    return bool(early) and early <= _EARLY and bool(test.settings) and not test.settings & _EARLY


def _without(test: Treated, left: Treated, settings: frozenset[str] | None, *, sure: bool) -> Test:
    """What is forbidden without what an exception takes of it: only what is surely taken."""
    if settings and not test.settings and settings <= _EARLY:
        advanced = replace(test, settings=frozenset({"advanced"}))
        return advanced if sure else AnyOf((advanced, AllOf((test, _OPEN))))
    if settings is not None or not (left.treatments or left.names):
        return AllOf((test, _OPEN))
    if sure:
        return left
    return AllOf((test, _OPEN)) if left == test else AnyOf((left, AllOf((test, _OPEN))))
