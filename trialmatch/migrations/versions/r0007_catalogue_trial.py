"""The trials of the catalogue, made of the records of all sources; those there are, of one source each.

Revision ID: 0007
Revises: 0006
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FROM_VERSION = ("content_hash", "record", "run_id", "valid_from", "closed_by_run_id", "valid_to")


def upgrade() -> None:
    op.create_table(
        "catalogue_trial",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("trial_id", sa.Text(), nullable=False, index=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("about_hash", sa.String(64), nullable=False),
        sa.Column("inputs_hash", sa.String(64), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("origin", sa.JSON(), nullable=False),
        sa.Column("disagreements", sa.JSON(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("sync_run.id"), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("closed_by_run_id", sa.Integer(), sa.ForeignKey("sync_run.id")),
        sa.Column("valid_to", INSTANT),
    )
    op.create_index(
        "uq_catalogue_trial_current",
        "catalogue_trial",
        ["trial_id"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )
    _take_over(op.get_bind())


def _take_over(connection: sa.Connection) -> None:
    """Every version, past ones too. The next run finds no hash of what went in, and works it out."""
    told: list[sa.ColumnClause[Any]] = [sa.column(name) for name in FROM_VERSION if name != "valid_from"]
    since: sa.ColumnClause[datetime] = sa.column("valid_from", INSTANT)
    versions = sa.table(
        "trial_version", sa.column("id", ROW_ID), sa.column("trial_id"), sa.column("source"), since, *told
    )
    columns = [versions.c[name] for name in ("id", "trial_id", "source", "valid_from", "valid_to")]
    taken: set[str] = set()
    rows = []
    for row in connection.execute(sa.select(*columns).order_by(versions.c.source, versions.c.id)):
        trial_id = row.trial_id if row.trial_id not in taken else f"{row.source}:{row.trial_id}"
        if row.valid_to is None:
            taken.add(trial_id)
        rows.append({"version": row.id, "own_id": trial_id, "told": _origin(row)})
    trials = sa.table("catalogue_trial", *(sa.column(name) for name in _columns()))
    copied = sa.select(
        sa.bindparam("own_id", type_=sa.Text()),
        sa.literal("", sa.String()),
        sa.literal("", sa.String()),
        sa.bindparam("told", type_=sa.JSON()),
        sa.bindparam("none", [], type_=sa.JSON()),
        *(versions.c[name] for name in FROM_VERSION),
    ).where(versions.c.id == sa.bindparam("version", type_=ROW_ID))
    if rows:
        connection.execute(trials.insert().from_select(_columns(), copied), rows)


def _columns() -> list[str]:
    return ["trial_id", "about_hash", "inputs_hash", "origin", "disagreements", *FROM_VERSION]


def _origin(row: sa.Row[Any]) -> dict[str, object]:
    since: datetime = row.valid_from
    aware = since.replace(tzinfo=UTC) if since.tzinfo is None else since.astimezone(UTC)
    told = {"source": row.source, "record_id": row.trial_id, "role": "decides", "updated_at": "",
            "valid_from": aware.isoformat()}  # fmt: skip
    return {"sources": [told], "fields": {}, "registry_sites": []}


def downgrade() -> None:
    op.drop_table("catalogue_trial")
