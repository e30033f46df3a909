"""Treatments received, or never received, in one sentence; what is planned, asked or discussed is neither.

A name alone is nothing: it counts with a sign that it was given ("sous", "après", "x 4", a date, "L1"). One that stays
without a sign is `unresolved`, and no list of treatments is then said to be whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from rules.case import Treatment
from rules.hinted import mark_of, marks_of_any
from rules.reading.form.context import of_a_relative
from rules.reading.form.dates import DATE
from rules.reading.form.participles import is_told_otherwise
from rules.reading.form.regimens import Regimen, cancer_mentions, kind_of, regimens
from rules.reading.form.sentences import Role, Sentence
from rules.reading.form.short_agents import spelled
from rules.reading.form.treatment_dates import LOCAL
from rules.reading.form.treatment_details import Surroundings, described
from rules.reading.form.treatment_lists import NoneOf, WholeList, none_of, whole_list
from rules.reading.form.treatment_plans import has_begun, is_of_before, is_open, is_planned, is_to_come, tells_the_past
from rules.treatments import TYPES, is_blinded

_NEVER = re.compile(
    r"(?:\bjamais\b[^;.:]{3,40}\bni\s+(?:de\s+|d'|du\s+)?|"
    r"\b(?:pas|aucune?|sans|absence)\s+(?:de\s+|d')?(?:traitements?|lignes?|expositions?)\s+(?:(?:systemiques?|anterieure?s?|"
    r"prealables?|specifiques?|oncologiques?)\s+){0,3}(?:par|avec|a\s+base\s+de|de\s+type|a|comportant)\s*(?:une?\s+|l'|la\s+|des\s+)?|\bjamais\s+(?:eu\s+|recu\s+)?(?:de\s+|d'|du\s+)?|"
    r"\bjamais\s+(?:ete\s+)?(?:traitee?s?\s+par|expose\w*\s+(?:a|aux?))\s*(?:la\s+|l'|une?\s+|des\s+)?|"
    r"\bnai(?:f|ve)s?\s+(?:de|d')\s*(?:tout\w*\s+)?|\bn'a\s+(?:jamais|pas)\s+(?:recu|eu)\s+(?:de\s+|"
    r"d')?)(?:\w+\s+)?$"
)
_NOT = re.compile(
    r"\b(?:pas|aucune?s?|sans|absence|ni|non|jamais|nai(?:f|ve)s?|no|not|never|without)\s+"
    r"(?:(?!(?:apres|post|puis|malgre|suite)\b)\w+\s+){0,2}(?:de\s+|d'|du\s+|des\s+|"
    r"par\s+|ete\s+)?(?:autres?\s+)?$"
)
_NEVER_AFTER = re.compile(
    r"^\s*(?:\([^()]{0,30}\)\s*)?(?::|,|n'(?:a|ont)|na|was|were)?\s*(?:(?:jamais|never)\s+(?:ete\s+|been\s+)?(?:recu|administr|utilis|"
    r"donn|fait|realis|debut|propos|delivr|essay|given|received|used|started)\w*|jamais\s*(?=$|[.,;)]))"
)
"""« Régorafénib jamais reçu »."""
_ANOTHER = re.compile(r"\bautres?\s+$")
_IN_THE_PAST = (
    r"(?:dans\s+(?:l'histoire|l'historique|le\s+(?:passe|parcours)|les\s+(?:antecedents|lignes?\s+(?:anterieures?|"
    r"precedentes?)))|par\s+le\s+passe|auparavant|anterieurement|jusqu'(?:ici|alors|a\s+present))"
)
_NOR_THE_NEXT = re.compile(
    r"^\s*(?:(?:,|ni|et|ou|/)\s*(?:de\s+|d'|du\s+|la\s+|l')?[\w+-]+(?:\s[\w+-]+){0,3}?\s*?){1,4}\s(?:recue?s?|anterieure?s?|"
    rf"prealables?|administree?s?|a\s+ce\s+jour|{_IN_THE_PAST})\b"
)
"""« Pas d'azacitidine ni de lénalidomide reçus »: what is written once, behind the last, is of each."""
_NOR = re.compile(r"^[^;.()]{0,40}\b(?:ni|ou)\s+(?:de\s+|d'|du\s+)?$|^\s*(?:,|et)\s*(?:de\s+|d'|du\s+)$")
_RECEIVED_AFTER = re.compile(
    r"^[^,;.]{0,25}\b(?:recue?s?|anterieure?s?|prealables?|administree?s?|faite?s?\s+a\s+ce\s+jour|a\s+ce\s+jour|"
    rf"{_IN_THE_PAST})\b"
)
_LIMITED = re.compile(
    r"^[^;.]{0,60}\b(?:depuis|adjuvant\w*|neo-?adjuvant\w*|recente?s?|dans\s+les|en\s+cours|actuel\w*|palliati\w*|"
    r"pour|metastati\w*|prevue?|indiquee?|cerebrale?|avant|en\s+(?:situation|phase))\b"
)
_PARTICIPLE = re.compile(r"(?:irradie|opere|traite|reseque)e?s?$")

_GIVEN_BEFORE = re.compile(
    r"\b(?:sous|apres|depuis|recu\w*|recoit|traite\w*|suite|echec\w*|progression|puis|(?<!pd-)(?<!pd )l\s?\d|ligne|"
    r"entretien|"
    r"maintenance|debute\w*|poursuite|arret\w*|fin|post|"
    r"cures?|cycles?|(?:neo-?)?adjuvant\w*|suivie?s?|beneficie\w*|realise\w*|complete\w*|toxicite|relais|"
    r"intensification|induction|consolidation|"
    r"\bj\s?\+?\s?\d{1,4}\s+(?:de|d'|du|post)|expose\w*|pre-?traite\w*|refractaires?\s+(?:a|aux?)|"
    r"resistante?s?\s+(?:a|aux?)|"
    r"refractaires?\s+primaires?\s+(?:a|aux?)|lignes|"
    r"\d\s+(?:mois|ans|semaines|jours)\s+(?:apres|du|de\s+la|de\s+l'|post)|"
    r"castration\s+(?:\w+\s+)?par|rattrapage|anterieure?s?|prealables?|sequence|\d+\s*x|x\s?\d+|\d{4})\b[^;.]{0,45}$|(?:^|[,;:(])\W*\d+\s+$"
)
_GIVEN_AFTER = re.compile(
    rf"^[^;.]{{0,40}}?(?:\bx\s?\d|\d+\s*(?:cures?|cycles?|inj\w*|seances?|fractions?|gy|gbq|mci|mois|ans|semaines)\b|"
    rf"\bdepuis\b|{DATE}|\b[yc]?pt(?:is|[0-4x])|\bjusqu|\btermine|\barret|\binterromp|\binterrup|\d\s?mg\b|\bpoursuivi|\ben\s+cours|"
    r"\bbien\s+toler|\bmal\s+toler|\b(?:neo-?)?adjuvant|"
    r"(?<!pd-)(?<!pd )\bl\d\b|\bligne|\bpuis\b|\bprogress|\brepons|\btoxicit|"
    r"\brechut|\brp\b|\brc[1-3]?\b|\bpd\b(?!-)|\bremission|\bstopp|\bhebdo|\ben\s+phase|\bcomplet|\binitial|\brecue?s?\b|\bfaite?s?\b|"
    r"\brealisee?s?\b|\bmis\s+en\s+place|\bintoleran|\bprecedee?s?\s+(?:de|d'|par)|"
    r"(?<!sera )(?<!etre )(?<!non )(?<!serait )(?<!sont )(?<!pas )\bdebutee?s?\b|"
    r"\brepris|\brelance|\bechec\b)|"
    r"^\s*,?\s*(?:pour\s+|comme\s+)?seule?\s+(?:traitements?|tt|ttt)\b"
)
_LISTED = re.compile(
    r"\s*(?:-\s?auto(?:greffe)?\s*)?(?:r[012x]\s*)?(?:\d\d\s*gy\s*(?:\+\s*boost\s*)?)?(?:\([^()]{0,30}\)\s*)?(?:,\s*(?:et\s+)?|\bet\s+|\+\s*|(?<=gy)\s+|(?<=gy\s))(?:une?\s+|au\s+|aux\s+|a\s+l'|a\s+la\s+|la\s+|le\s+|l'|"
    r"de\s+|\d+\s+)?"
)
_INSIDE = re.compile(r"\s*(?:(?:neo)?adjuvante?\s*|d'induction\s*|concomitante?\s*)?\([^()]{0,40}")
_NOT_GIVEN = re.compile(r"\b(?:jamais|non|pas)\s+(?:encore\s+|ete\s+)?traitee?s?\b[^;.]{0,45}$")
_APART = re.compile(r"\bet\b|\bni\b|\bou\b")
_LISTED_BEFORE = re.compile(
    r"^\s*(?:(?:droite?|gauche|totale?|partielle?|radicale?|elargie?|bilaterale?|superieure?|inferieure?|large|simple|complete|endoscopique|conservatrice|cytoreductrice|r[012])\s*)*"
    r"(?:,|et|,\s*et|\+)\s*(?:une?\s+|le\s+|la\s+)?$"
)
_DAY_OF = re.compile(
    r"\bj\s?\+?\s?(?P<days>\d{1,4})\s+(?:de\s+(?:la\s+|l'|son\s+|sa\s+)|post-?\s?|d'|du\s+)(?:\w+\s+)?$"
)
_NAMED_UNREAD = re.compile(
    r"\b(?:traitee?s?\s+(?:par|selon|avec)|(?:ligne|l\d)\s+par|a\s+base\s+de|protocole)\s+(?=[a-z])(?!ailleurs\b)"
)
_UNKNOWN_FILE = re.compile(
    r"\b(?:dossier|compte\s+rendu|donnees)\b[^.;]{0,40}\b(?:incomplet\w*|non\s+disponibles?|manquant\w*|"
    r"inconnu\w*)|\binconnue?s?\b"
)

_MAY_BE_UNKNOWN = mark_of("incomplet", "disponible", "manquant", "inconnu")
_MAY_BE_NAMED = mark_of("traite", "par", "base", "protocole")


@dataclass(frozen=True, slots=True)
class TreatmentReading:
    """Entries of one sentence with their words; `unresolved`: it names one of which it cannot be told; `whole`: what
    closes the list ("naïf de traitement"); `none_of`: a class of which nothing (else) was received; `bare`: it is no
    more than a name, which may be what is planned."""

    entries: tuple[tuple[Treatment, str], ...] = ()
    unresolved: bool = False
    whole: WholeList | None = None
    none_of: NoneOf | None = None
    bare: bool = False
    thin: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says anything."""
        return bool(self.entries or self.whole or self.none_of)


_NOTHING = TreatmentReading()


def read_treatments(sentence: Sentence, *, another_cancer: bool) -> TreatmentReading:
    """The treatments of one sentence; `another_cancer`: it speaks of an earlier cancer of another organ."""
    if sentence.role is Role.FAMILY or sentence.asks:
        return _NOTHING
    if sentence.role is Role.HISTORY and not another_cancer:
        return TreatmentReading(unresolved=bool(cancer_mentions(sentence)))
    entries: list[tuple[Treatment, str]] = []
    untold: list[Regimen] = []
    denied = False
    given = False
    waiting: list[Regimen] = []
    for regimen in regimens(sentence):
        entry, told, denied = _one(sentence, regimen, denied, given=given)
        given = any(item.received for item in entry)
        waiting = waiting if _LISTED_BEFORE.match(regimen.before) else []
        for earlier in waiting if given else ():
            entries += [(item, _quote(sentence, earlier)) for item in _entries(sentence, earlier, received=True)]
        untold = [one for one in untold if not (given and one in waiting)] + ([] if told else [regimen])
        waiting = [] if told else [*waiting, regimen]
        for item in entry:
            inherited = _inherit(item, entries, regimen)
            entries.append((inherited, _quote(sentence, regimen)))
    entries = _led_by_the_next(entries)
    if another_cancer:
        entries = [(replace(item, for_other_cancer=True, setting=None, line=None), quote) for item, quote in entries]
    bare = bool(entries) and _is_bare(sentence)
    thin = not another_cancer and any(item.received for item, _ in entries) and not tells_the_past(sentence.low)
    unresolved = bool(untold) or _unread(sentence)
    whole = None if another_cancer else whole_list(sentence)
    if whole is not None and whole.only and (untold or not any(item.received for item, _ in entries)):
        whole = None
    none = None if another_cancer else none_of(sentence)
    if none is not None and none.other and untold:
        none = None
    return (
        TreatmentReading(() if bare else tuple(entries), unresolved, whole, none, bare, thin)
        if entries or unresolved or whole or none
        else _NOTHING
    )


_BARE = re.compile(r"\W*induction\s+(?:par\s+)?")


def _is_bare(sentence: Sentence) -> bool:
    """Whether the sentence is « Induction 7+3. » and nothing else."""
    lead = _BARE.match(sentence.low)
    named = [one for one in sentence.treatments if lead and one.start >= lead.end()]
    if lead is None or not named or named[0].start != lead.end() or "puis" in sentence.low:
        return False
    return not sentence.low[max(one.end for one in named) :].strip(" .")


def _quote(sentence: Sentence, regimen: Regimen) -> str:
    before = regimen.before.rfind(",") + 1
    stop = re.search(r",(?!\d)", regimen.after)
    end = regimen.end + (stop.start() if stop else len(regimen.after))
    return sentence.quote(regimen.start - len(regimen.before) + before, end)


def _inherit(item: Treatment, entries: list[tuple[Treatment, str]], regimen: Regimen) -> Treatment:
    """« chimio adjuvante 3 EC puis 9 Taxol »: what follows without a comma is of the same setting."""
    if not entries or regimen.joined != "puis" or not item.received:
        return item
    last = entries[-1][0]
    if _THEN_UNDER.fullmatch(regimen.before) and last.outcome == "progression" and item.outcome is None:
        item = replace(item, outcome="progression")
    if item.setting:
        return item
    same = last.type == item.type and last.setting in ("adjuvant", "neoadjuvant")
    # A disease that comes back after an adjuvant treatment did not progress under it.
    outcome = None if item.outcome == "progression" else item.outcome
    return replace(item, setting=last.setting, outcome=outcome) if same else item


_THEN_UNDER = re.compile(r"\s*,?\s*(?:et\s+)?puis\s+(?:sous|a|au|aux)\s+(?:l'|la\s+|le\s+)?")
"""« A progressé sous FOLFIRI puis sous trifluridine »."""


def _led_by_the_next(entries: list[tuple[Treatment, str]]) -> list[tuple[Treatment, str]]:
    """« 4 AC puis 12 Taxol en néoadjuvant »: the setting written at the end of a sequence is that of all of it."""
    for index in range(len(entries) - 2, -1, -1):
        (item, quote), (following, words) = entries[index], entries[index + 1]
        sequence = item.type == following.type and item.setting is None and item.received and item.line is None
        if sequence and following.setting in ("adjuvant", "neoadjuvant") and "puis" in words.lower().split():
            entries[index] = (replace(item, setting=following.setting), quote)
    return entries


_BUT = re.compile(r"\bmais\b")


def _one(
    sentence: Sentence, regimen: Regimen, denied: bool, *, given: bool
) -> tuple[tuple[Treatment, ...], bool, bool]:
    """The entries of one regimen, whether what was said of it is understood, and whether it was denied."""
    before, after = regimen.before, regimen.after
    nor = denied and bool(_NOR.match(before))
    marks = sentence.marks
    if of_a_relative(sentence, regimen.end):
        return (), False, False
    participle = _PARTICIPLE.search(sentence.low[regimen.start : regimen.end])
    if nor or (marks & _MAY_BE_DENIED and (_NOT.search(before) or _NEVER.search(before) or _NEVER_AFTER.match(after))):
        of_all = _NOR_THE_NEXT.match(sentence.low[regimen.end : regimen.end + 120])
        if _ANOTHER.search(before):
            return (), True, True  # of the rest of a class: `none_of`
        never = nor or of_all or _NEVER.search(before) or _RECEIVED_AFTER.match(after) or _NEVER_AFTER.match(after)
        if never and not participle and not _LIMITED.match(after):
            return tuple(_entries(sentence, regimen, received=False)), True, True
        return (), True, False
    if is_planned(sentence, (regimen.start, regimen.end), before, after):
        return (), True, False
    if is_open(sentence, regimen.start, before, after) or (
        is_told_otherwise(sentence, regimen.end) and not has_begun(after)
    ):
        return (), False, False
    listed = given and (
        _LISTED.fullmatch(before)
        or _INSIDE.fullmatch(before)
        or _is_graft_of(sentence, regimen)
        or _is_of_the_lines(sentence, regimen)
    )
    denied = bool(marks & _MAY_BE_DENIED and _NOT_GIVEN.search(before))
    sign = (_GIVEN_BEFORE.search(_BUT.split(before)[-1]) and not denied) or _is_counted(sentence, regimen)
    if not (participle or listed or sign or _GIVEN_AFTER.match(after)):
        return (), False, False
    return tuple(_of_today(sentence, regimen)), True, False


def _of_today(sentence: Sentence, regimen: Regimen) -> Iterator[Treatment]:
    """What was given, without what has a date that is to come; for the disease before this one as such."""
    earlier = is_of_before(regimen.before)
    for item in _entries(sentence, regimen, received=True):
        if not is_to_come(item, sentence.today):
            yield replace(item, for_other_cancer=True) if earlier else item


_LINES_TOLD = re.compile(
    r"(?:\blignes?(?:\s+(?:anterieures?|precedentes?|recues?|therapeutiques?|de\s+traitement))*|\btraitements?\s+(?:anterieurs?|recus?)|"
    r"\bsequence)\s*:[^.]*;\s*$"
)


def _is_of_the_lines(sentence: Sentence, regimen: Regimen) -> bool:
    """« 3 lignes : VTD ; DVd ; KPd »."""
    return not regimen.before.strip() and bool(_LINES_TOLD.search(sentence.low[: regimen.start]))


def _is_graft_of(sentence: Sentence, regimen: Regimen) -> bool:
    """« Busulfan-melphalan autogreffe »: the graft that the drugs right before it prepare."""
    return not regimen.before.strip() and sentence.low.startswith(("autogreffe", "allogreffe", "greffe"), regimen.start)


def _is_counted(sentence: Sentence, regimen: Regimen) -> bool:
    """« FOLFOX 6 cures »: the number that a protocol also has in its name."""
    name = sentence.low[regimen.start : regimen.end]
    return name[-1].isdigit() and (_TIMES.search(name) or _CYCLES.match(regimen.after)) is not None


_TIMES = re.compile(r"\bx\s?\d+$")
_CYCLES = re.compile(r"\s?(?:cures?|cycles?|injections?|perfusions?)\b")
_MAY_BE_DENIED = marks_of_any(_NOT, _NEVER, _NOT_GIVEN, _NEVER_AFTER)


def _entries(sentence: Sentence, regimen: Regimen, *, received: bool) -> Iterator[Treatment]:
    """One entry a kind: local treatments apart from systemic ones, general words without agents."""
    named = [
        (kind, spelled(sentence.written(mention.start, mention.end)), len(part) == 1 and part <= TYPES)
        for mention in regimen.mentions
        for part in mention.components
        if (kind := kind_of(part)) is not None and kind != "supportive_care"
    ]
    local = {(kind, written) for kind, written, general in named if kind in LOCAL and not general}
    systemic = [(kind, written) for kind, written, general in named if kind not in LOCAL and not general]
    for kind, written in sorted(local):
        yield _detailed(sentence, regimen, Treatment(type=kind, agents=(written,), received=received))
    for kind in dict.fromkeys(kind for kind, _, general in named if general):
        if kind in LOCAL or not systemic:
            yield _detailed(sentence, regimen, Treatment(type=kind, received=received))
    if systemic and not received and _APART.search(sentence.low[regimen.start : regimen.end]):
        for kind, written in dict.fromkeys(systemic):
            yield Treatment(type=kind, agents=(written,), received=False)
    elif systemic:
        agents = tuple(dict.fromkeys(written for _, written in systemic))
        if is_blinded(sentence.text[regimen.start : regimen.end + 25]):
            agents = (f"{agents[0]} ou placebo", *agents[1:])
        yield _detailed(sentence, regimen, Treatment(type=systemic[0][0], agents=agents, received=received))


def _detailed(sentence: Sentence, regimen: Regimen, item: Treatment) -> Treatment:
    if not item.received:
        return item
    told = described(item, Surroundings(*_around(sentence, regimen)))
    day = _day_of(sentence, regimen) if item.type in ("stem_cell_transplant", "cell_therapy") else None
    return replace(told, started_on=day) if day and told.started_on is None else told


def _around(sentence: Sentence, regimen: Regimen) -> tuple[str, str, str, int, str]:
    start = regimen.start - len(regimen.before)
    end = next((one.end for one in sentence.treatments if one.end == start), 0) if regimen.before else 0
    return regimen.before, regimen.after, sentence.low, sentence.marks, sentence.low[max(0, end - 20) : end]


def _day_of(sentence: Sentence, regimen: Regimen) -> str | None:
    """« J68 de l'allogreffe »: counted back from the day of the board."""
    match = _DAY_OF.search(regimen.before)
    if match is None or sentence.today is None or sentence.today.earliest != sentence.today.latest:
        return None
    return (sentence.today.latest - timedelta(days=int(match["days"]))).isoformat()


def _unread(sentence: Sentence) -> bool:
    """Whether the sentence speaks of a treatment that is not in the vocabulary, or of a file that is not whole."""
    if sentence.marks & _MAY_BE_UNKNOWN and _UNKNOWN_FILE.search(sentence.low):
        return True
    if not (sentence.marks & _MAY_BE_NAMED and _NAMED_UNREAD.search(sentence.low)):
        return False
    starts = [mention.start for mention in sentence.treatments]
    return any(
        not any(match.end() - 1 <= start <= match.end() + 25 for start in starts)
        for match in _NAMED_UNREAD.finditer(sentence.low)
    )
