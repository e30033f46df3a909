"""Listings that wait for a person, how far a run is, and the last good versions that cannot be read again.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for column in _of_runs():
        op.add_column("sync_run", column)
    op.add_column("trial_version", sa.Column("unread_since", INSTANT))
    op.add_column("trial_version", sa.Column("unread_reason", sa.Text()))
    op.create_table(
        "held_listing",
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("sync_run.id"), primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("held_listing")
    op.drop_column("trial_version", "unread_reason")
    op.drop_column("trial_version", "unread_since")
    for column in reversed(_of_runs()):
        op.drop_column("sync_run", column.name)


def _of_runs() -> list[sa.Column[object]]:
    return [
        sa.Column("status_changes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("held_because", sa.JSON()),
        sa.Column("decided_at", INSTANT),
        sa.Column("about_run_id", sa.Integer()),
        sa.Column("stage", sa.String(16)),
        sa.Column("stage_done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("stage_total", sa.Integer(), nullable=False, server_default="0"),
    ]
