"""Runs, versions of trial records, catalogues, what was set aside.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)
WORD = sa.String(16)
COUNTS = ("pages", "listed", "added", "changed", "withdrawn", "unchanged", "set_aside")


def upgrade() -> None:
    _sync_run()
    _trial_version()
    op.create_table(
        "catalogue_version",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("version", sa.String(64), nullable=False, index=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("trials", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("sync_run.id"), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
    )
    op.create_table(
        "set_aside",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("sync_run.id"), nullable=False, index=True),
        sa.Column("scope", WORD, nullable=False),
        sa.Column("record_id", sa.Text()),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_good_kept", sa.Boolean(), nullable=False),
    )


def _sync_run() -> None:
    op.create_table(
        "sync_run",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("mode", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=False, index=True),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("engine_version", sa.String(40), nullable=False),
        sa.Column("since", INSTANT),
        sa.Column("watermark", INSTANT),
        sa.Column("etag", sa.Text()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("error_code", sa.String(40)),
        sa.Column("error_message", sa.Text()),
    )


def _trial_version() -> None:
    op.create_table(
        "trial_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("trial_id", sa.Text(), nullable=False, index=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("sync_run.id"), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("closed_by_run_id", sa.Integer(), sa.ForeignKey("sync_run.id")),
        sa.Column("valid_to", INSTANT),
    )
    op.create_index(
        "uq_trial_version_current",
        "trial_version",
        ["source", "trial_id"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )


def downgrade() -> None:
    for table in ("set_aside", "catalogue_version", "trial_version", "sync_run"):
        op.drop_table(table)
