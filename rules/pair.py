"""One case against one trial: status, the trial's own criteria, then each cohort's; the best open cohort speaks."""

from collections.abc import Hashable, Iterable, Iterator

from rules.criteria import KEY_KINDS, AnyOf, Kind, MarkerIs, Polarity, Unread
from rules.evaluate import judge_criterion
from rules.finding import CriterionFinding, Finding, PairFinding, PairVerdict, Part, Reason, leaf_kind
from rules.marker_results import MarkerReason
from rules.markers import needed_to_exclude
from rules.picture import Picture
from rules.trial import Cohort, SiteStatus, Trial, TrialStatus
from rules.verdict import Verdict

_ORDER = {PairVerdict.COMPATIBLE: 0, PairVerdict.TO_CHECK: 1, PairVerdict.RULED_OUT: 2}


def judge_pair(trial: Trial, picture: Picture) -> PairFinding:
    """The whole judgement, every criterion of every cohort included (the explained answer; slow on purpose)."""
    own = tuple(judge_criterion(criterion, picture) for criterion in trial.criteria)
    parts = _parts(trial, picture, own)
    best = min(parts, key=_merit)
    status = status_reasons(trial)
    return PairFinding(
        trial_id=trial.id,
        verdict=PairVerdict.RULED_OUT if status else best.verdict,
        status_reasons=status,
        best=best,
        textless=not trial.has_text,
        closed_fits=any(not part.open and part.verdict is not PairVerdict.RULED_OUT for part in parts),
        parts=parts,
    )


def pair_of_best(
    trial: Trial,
    cohort: Cohort | None,
    findings: tuple[CriterionFinding, ...],
    *,
    verdict: PairVerdict,
    part_verdict: PairVerdict,
    status_reasons: tuple[str, ...],
    closed_fits: bool,
) -> PairFinding:
    """The same where the verdicts, the status and the cohort that speaks are known: `parts` holds no other than that
    one."""
    open_ = cohort is None or is_open(cohort, trial)
    best = Part(cohort=cohort, open=open_, verdict=part_verdict, findings=findings)
    return PairFinding(
        trial_id=trial.id,
        verdict=verdict,
        status_reasons=status_reasons,
        best=best,
        textless=not trial.has_text,
        closed_fits=closed_fits,
        parts=(best,),
    )


def status_reasons(trial: Trial) -> tuple[str, ...]:
    """Why the trial cannot be proposed whatever the case: it is not open, no site is, or no cohort is."""
    reasons = []
    if trial.status is not TrialStatus.OPEN:
        reasons.append(f"trial_{trial.status.value}")
    if trial.sites and not any(site.status is SiteStatus.OPEN for site in trial.sites):
        reasons.append("no_open_site")
    if trial.cohorts and not any(is_open(cohort, trial) for cohort in trial.cohorts):
        reasons.append("no_open_cohort")
    return tuple(reasons)


def is_open(cohort: Cohort, trial: Trial) -> bool:
    """A cohort is open when its status says so and, where sites are known, at least one open site carries it."""
    if cohort.status is not TrialStatus.OPEN:
        return False
    return not trial.sites or any(
        site.status is SiteStatus.OPEN and (not site.cohorts or cohort.id in site.cohorts) for site in trial.sites
    )


def _parts(trial: Trial, picture: Picture, own: tuple[CriterionFinding, ...]) -> tuple[Part, ...]:
    if not trial.cohorts:
        return (_part(None, own, open_=True, textless=not trial.has_text),)
    return tuple(
        _part(
            cohort,
            own + tuple(judge_criterion(criterion, picture) for criterion in cohort.criteria),
            open_=is_open(cohort, trial),
            textless=not trial.has_text,
        )
        for cohort in trial.cohorts
    )


def _part(cohort: Cohort | None, findings: tuple[CriterionFinding, ...], *, open_: bool, textless: bool) -> Part:
    if any(finding.verdict is Verdict.NOT_MET for finding in findings):
        verdict = PairVerdict.RULED_OUT
    elif textless or any(is_open_question(finding) for finding in findings):
        verdict = PairVerdict.TO_CHECK
    else:
        verdict = PairVerdict.COMPATIBLE
    return Part(cohort=cohort, open=open_, verdict=verdict, findings=findings)


def is_open_question(finding: CriterionFinding) -> bool:
    """A key criterion that the case leaves unknown, by a fact that is itself key or by the trial's very object."""
    if not finding.criterion.key or finding.verdict is not Verdict.UNKNOWN:
        return False
    return bool(open_leaves(finding))


def open_leaves(finding: CriterionFinding) -> tuple[Finding, ...]:
    """The unknown leaves that are a question: the key ones, or all of a screening kind that is the trial's object."""
    deciding = finding.deciding(Verdict.UNKNOWN)
    if finding.criterion.kind not in KEY_KINDS:
        return deciding
    asked = tuple(leaf for leaf in deciding if leaf_kind(leaf) in KEY_KINDS and not _only_if_known(finding, leaf))
    # What can be answered comes first; the unread rest of the same sentence matters only then.
    asked = tuple(leaf for leaf in asked if not is_anonymous(leaf)) or asked
    return asked or (deciding if _hangs_on_the_unread(finding) else ())


def _hangs_on_the_unread(finding: CriterionFinding) -> bool:
    """An inclusion whose read alternatives are all broken: only words that nobody read keep it from ruling out."""
    test = finding.criterion.test
    if finding.criterion.polarity is Polarity.EXCLUSION or not isinstance(test, AnyOf):
        return False
    parts = finding.finding.parts
    return any(part.verdict is Verdict.NOT_MET for part in parts) and all(
        part.verdict is Verdict.NOT_MET or isinstance(part.test, Unread) for part in parts
    )


def is_anonymous(leaf: Finding) -> bool:
    """An unread rest that names nothing to ask about."""
    return isinstance(leaf.test, Unread) and not leaf.test.name


def _only_if_known(finding: CriterionFinding, leaf: Finding) -> bool:
    """A known alteration that excludes is broken by a stated one only: silence is asked about only where the test is
    routine for the organ (contract, "Biomarkers"), and not where the gene was tested and another thing reported. So is
    a variant of the type that is stated."""
    if leaf.reason is Reason.UNNAMED_VARIANT:
        return finding.criterion.polarity is Polarity.EXCLUSION
    if not isinstance(leaf.test, MarkerIs):
        return False
    excludes = finding.criterion.polarity is Polarity.EXCLUSION
    present = leaf.test.demand.presence == "present"
    if leaf.reason == MarkerReason.OTHER_ALTERATION:
        return excludes and present
    return not leaf.routine and leaf.reason == MarkerReason.NOT_STATED and excludes is present


def asked_of(findings: Iterable[CriterionFinding]) -> tuple[tuple[CriterionFinding, tuple[Finding, ...]], ...]:
    """What the findings of a part still ask: each open criterion with its leaves; of alternatives, only those that
    another criterion asks by itself, where there is one (what settles it settles the alternatives too); an unread rest
    once a sentence, and only where nothing else of the sentence can be answered."""
    unknown = (one for one in findings if one.criterion.key and one.verdict is Verdict.UNKNOWN)
    open_ = [(finding, leaves) for finding in unknown if (leaves := open_leaves(finding))]
    alone = {question(leaves[0]) for _, leaves in open_ if len(leaves) == 1 and leaf_kind(leaves[0]) is Kind.BIOMARKER}
    named = {marker for _, leaves in open_ for leaf in leaves for marker in _marker_of(leaf)}
    narrowed = ((finding, _narrowed(finding, leaves, alone)) for finding, leaves in open_)
    asked = [(finding, tuple(one for one in leaves if not _is_umbrella(one, named))) for finding, leaves in narrowed]
    return tuple(_once_a_sentence(asked))


def _once_a_sentence(
    asked: list[tuple[CriterionFinding, tuple[Finding, ...]]],
) -> Iterator[tuple[CriterionFinding, tuple[Finding, ...]]]:
    """Several criteria may be read of one sentence: whoever answers what was read of it has the rest asked then."""
    done = {finding.criterion.text for finding, leaves in asked if any(not is_anonymous(leaf) for leaf in leaves)}
    for finding, leaves in asked:
        named = tuple(leaf for leaf in leaves if not is_anonymous(leaf))
        rest = () if named or finding.criterion.text in done else leaves[:1]
        if rest:
            done.add(finding.criterion.text)
        if named or rest:
            yield finding, named or rest


def _marker_of(leaf: Finding) -> frozenset[str]:
    return leaf.test.demand.markers if isinstance(leaf.test, MarkerIs) else frozenset()


def _is_umbrella(leaf: Finding, named: set[str]) -> bool:
    """Whether a leaf asks of a family (BRCA) whose members are each asked about beside it."""
    if not isinstance(leaf.test, MarkerIs):
        return False
    members = frozenset[str]().union(*map(needed_to_exclude, leaf.test.demand.markers))
    return bool(members) and members <= named


def _narrowed(
    finding: CriterionFinding, leaves: tuple[Finding, ...], alone: set[tuple[Kind, str | None]]
) -> tuple[Finding, ...]:
    alternatives = isinstance(finding.criterion.test, AnyOf) and finding.criterion.polarity is Polarity.INCLUSION
    shared = tuple(leaf for leaf in leaves if question(leaf) in alone)
    return shared if alternatives and shared else leaves


def _merit(part: Part) -> tuple[int, int, int, int]:
    """Open first, then the better verdict, then fewer kinds broken, then fewer questions."""
    broken = len(broken_kinds(part))
    questions = sum(1 for finding in part.findings if is_open_question(finding))
    return (not part.open, _ORDER[part.verdict], broken, questions)


def broken_kinds(part: Part) -> tuple[Kind, ...]:
    """The kinds that rule a part out, each once, in the order of the criteria."""
    kinds = [
        kind
        for finding in part.findings
        for kind in finding.kinds(Verdict.NOT_MET)
        if finding.verdict is Verdict.NOT_MET
    ]
    return tuple(dict.fromkeys(kinds))


def reason_kinds(pair: PairFinding) -> tuple[Kind, ...]:
    """Every kind that rules the pair out: status, the broken kinds of the best part, and status again where only a
    closed cohort would have fitted."""
    kinds: list[Kind] = [Kind.STATUS] if pair.status_reasons else []
    kinds += broken_kinds(pair.best)
    if pair.closed_fits and pair.verdict is PairVerdict.RULED_OUT:
        kinds.append(Kind.STATUS)
    return tuple(dict.fromkeys(kinds))


def missing(pair: PairFinding) -> tuple[tuple[Kind, str | None], ...]:
    """What a `to_check` pair still asks: kind, and the marker where it is one."""
    asked = [leaf for _, leaves in asked_of(pair.best.findings) for leaf in leaves]
    return tuple(dict.fromkeys(question(leaf) for leaf in {subject(leaf): leaf for leaf in reversed(asked)}.values()))


def subject(leaf: Finding) -> Hashable:
    """What one unknown leaf asks about: two names of one marker (« NPM1 », « nucléophosmine ») are one question."""
    if not isinstance(leaf.test, MarkerIs):
        return question(leaf)
    demand = leaf.test.demand
    precise = demand.variant_text if any(char.isdigit() for char in demand.variant_text) else ""
    return Kind.BIOMARKER, demand.markers, precise, demand.threshold.scale if demand.threshold else None


def question(leaf: Finding) -> tuple[Kind, str | None]:
    """The kind of one unknown leaf, with its marker's name."""
    kind = leaf_kind(leaf)
    return kind, leaf.name if kind is Kind.BIOMARKER else None
