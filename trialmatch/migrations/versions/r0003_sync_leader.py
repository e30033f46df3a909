"""Who runs the schedule; until when a source asked to be left alone.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sync_leader",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("replica", sa.String(80), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
    )
    op.add_column("sync_run", sa.Column("not_before", INSTANT, nullable=True))


def downgrade() -> None:
    op.drop_column("sync_run", "not_before")
    op.drop_table("sync_leader")
