"""CSV for a spreadsheet in French: semicolons, UTF-8 with its mark, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence

from trialmatch.decisions.repository import STAGES, Tally
from trialmatch.decisions.summary import REFUSALS, Names, month_words, row_of
from trialmatch.decisions.tables import DecisionEvent
from trialmatch.decisions.words import REASON_WORDS, STEP_WORDS, CaseVerdict, Reason, Step

MEDIA_TYPE = "text/csv; charset=utf-8"
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
_STAGE_TITLES = ("proposés", "retenus", "adressés", "proposés au patient", "acceptés", "en sélection", "inclus")
_VERDICT_WORDS = {
    CaseVerdict.COMPATIBLE: "compatible avec la fiche",
    CaseVerdict.TO_CHECK: "à vérifier",
    CaseVerdict.RULED_OUT: "non compatible avec la fiche",
}
SUMMARY_TITLES = (
    "essai",
    "nom",
    "centre",
    "nom du centre",
    "organe",
    "mois",
    *_STAGE_TITLES,
    "non retenus",
    "non inclus",
    "motifs",
)
EVENT_TITLES = (
    *("cas", "essai", "nom", "n°", "événement", "annulé", "motif", "précision", "cohorte", "avis de la fiche"),
    *("centre", "nom du centre", "centre investigateur", "organe", "mois", "rôle", "utilisateur", "date"),
    *("catalogue", "réponse"),
)


def summary_csv(tallies: Iterable[Tally], names: Names) -> str:
    """One line for each trial, site, organ and month."""
    groups: dict[tuple[str, str, str, str], list[Tally]] = {}
    for one in tallies:
        groups.setdefault((one.trial_id, one.site_finess or "", one.organ or "", one.month), []).append(one)
    return _csv(SUMMARY_TITLES, (_summary_line(key, inside, names) for key, inside in sorted(groups.items())))


def _summary_line(key: tuple[str, str, str, str], tallies: Sequence[Tally], names: Names) -> list[str]:
    trial_id, site, organ, month = key
    row = row_of(None, "", tallies, None)
    reasons: dict[str, int] = {}
    for one in tallies:
        if one.reason and one.state in REFUSALS:
            words = REASON_WORDS[Reason(one.reason)]
            reasons[words] = reasons.get(words, 0) + one.number
    return [
        *(trial_id, names.trial(trial_id), site, names.site(site) if site else ""),
        *(names.organ(organ) if organ else "", month_words(month)),
        *(str(row.stages[name]) for name in STAGES),
        *(str(row.not_retained), str(row.not_included)),
        ", ".join(f"{words} ({number})" for words, number in sorted(reasons.items())),
    ]


def events_csv(events: Sequence[DecisionEvent], names: Names) -> str:
    """One line an event, in the order in which they were recorded."""
    undone = {(one.case_id, one.trial_id, one.undoes) for one in events if one.undoes is not None}
    return _csv(
        EVENT_TITLES, (_event_line(one, (one.case_id, one.trial_id, one.number) in undone, names) for one in events)
    )


def _event_line(event: DecisionEvent, undone: bool, names: Names) -> list[str]:
    return [
        *(event.case_id, event.trial_id, names.trial(event.trial_id), str(event.number)),
        *(STEP_WORDS[Step(event.step)], "oui" if undone else ""),
        *(REASON_WORDS[Reason(event.reason)] if event.reason else "", event.reason_text or "", event.cohort or ""),
        _VERDICT_WORDS[CaseVerdict(event.verdict)],
        *(event.site_finess or "", names.site(event.site_finess) if event.site_finess else ""),
        *(event.addressed_finess or "", names.organ(event.organ) if event.organ else "", event.month),
        *(event.role, event.user_id, event.at.isoformat(timespec="seconds"), event.catalogue_version, event.match_id),
    ]


def _csv(titles: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows([inert(cell) for cell in line] for line in lines)
    return "\ufeff" + written.getvalue()


def inert(cell: str) -> str:
    """A text that a spreadsheet shows and never runs: the apostrophe in front is what spreadsheets agree on."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) else cell
