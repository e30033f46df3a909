"""Running board sessions and their sealed cases.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "board_session",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False, index=True),
        sa.Column("cases", sa.Integer(), nullable=False),
    )
    op.create_table(
        "session_case",
        sa.Column("session_id", sa.String(43), sa.ForeignKey("board_session.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sealed_case", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_answer", sa.LargeBinary()),
        sa.Column("judged_for", sa.String(64)),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("compatible", sa.Integer(), nullable=False),
        sa.Column("to_check", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in ("session_case", "board_session"):
        op.drop_table(table)
