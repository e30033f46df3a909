"""`trialmatch sync --dry-run`: what a run would do, as a table or as JSON; nothing is written."""

import json
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from connectors.errors import ConnectorError
from trialmatch.clock import Clock
from trialmatch.commands.terminal import for_terminal
from trialmatch.db import Database
from trialmatch.sync.archive import TrialChange
from trialmatch.sync.diff import StatusChange
from trialmatch.sync.preview import Preview, preview
from trialmatch.sync.scheduler import PacedSource
from trialmatch.sync.trust import HoldRule
from trialmatch.sync.views import ChangeView, SetAsideView

FAILED = 1
FIELDS_SHOWN = 6


def show_plan(
    database: Database | None, paced: PacedSource, rule: HoldRule, *, clock: Clock, full: bool, as_json: bool,
    console: Console,
) -> int:  # fmt: skip
    """Prints the plan; 1 when the source cannot be read, or when the run would be held."""
    source, every = paced.source, paced.pace.full_interval
    try:
        found = preview(database, source, clock=clock, full_interval=every, rule=rule, full=True if full else None)
    except ConnectorError as error:
        if as_json:
            console.print_json(json.dumps({"source": source.name, "error": str(error)}), highlight=False, indent=2)
            return FAILED
        console.print(for_terminal(f"{source.name}: {error}"), markup=False, highlight=False, soft_wrap=True)
        return FAILED
    if as_json:
        console.print_json(json.dumps(plan_json(found)), highlight=False, indent=2)
    else:
        _print(found, console)
    return FAILED if found.doubts else 0


def plan_json(found: Preview) -> dict[str, Any]:
    """The plan for a program."""
    plan = found.plan
    return {
        "source": found.source,
        "mode": found.asked.mode.value,
        "since": found.asked.since.isoformat() if found.asked.since else None,
        "not_modified": found.listing is None,
        "listed": len(found.listing.records) if found.listing else 0,
        "added": len(plan.added),
        "changed": len(plan.changed),
        "status_changes": len(plan.openings),
        "withdrawn": len(plan.withdrawn),
        "unchanged": len(plan.unchanged),
        "would_be_held": [{**one.as_json(), "words": one.words} for one in found.doubts],
        "changes": [ChangeView.of(one).model_dump(mode="json") for one in found.changes],
        "set_aside": [SetAsideView.of(one).model_dump(mode="json") for one in plan.set_aside],
    }


def _print(found: Preview, console: Console) -> None:
    plan = found.plan
    if found.listing is None:
        console.print(f"{found.source}: nothing changed since the last listing; nothing was written")
        return
    if found.changes:
        console.print(_changes(found.changes))
    if plan.set_aside:
        console.print(_set_aside(found))
    for doubt in found.doubts:
        console.print(f"would be held: {doubt.words}", style="bold", highlight=False)
    console.print(
        f"{found.source} ({found.asked.mode}): {len(found.listing.records)} listed, {len(plan.added)} to add, "
        f"{len(plan.changed)} to change ({len(plan.openings)} of them in status), {len(plan.withdrawn)} to withdraw, "
        f"{len(plan.unchanged)} unchanged, {len(plan.set_aside)} set aside; nothing was written",
        highlight=False,
    )


def _changes(changes: tuple[TrialChange, ...]) -> Table:
    table = Table("trial", "change", "status", "other fields", title="Plan")
    for one in changes:
        name = f"{one.trial_id}\n{one.title}" if one.title else one.trial_id
        fields = [field.path for field in one.fields]
        more = f"and {len(fields) - FIELDS_SHOWN} more" if len(fields) > FIELDS_SHOWN else ""
        statuses = "\n".join(_status(status) for status in one.statuses)
        table.add_row(
            Text(for_terminal(name)),
            one.kind.value,
            Text(for_terminal(statuses)),
            Text(for_terminal("\n".join([*fields[:FIELDS_SHOWN], more]).strip())),
        )
    return table


def _status(status: StatusChange) -> str:
    name = status.name or "trial"
    return f"{name}: {status.before or 'not listed'} → {status.after or 'not listed'}"


def _set_aside(found: Preview) -> Table:
    table = Table("record", "where", "why", "last good kept", title="Set aside")
    for one in found.plan.set_aside:
        shown = (Text(for_terminal(told)) for told in (one.record_id or "?", one.path, one.reason))
        table.add_row(*shown, "yes" if one.last_good_kept else "")
    return table
