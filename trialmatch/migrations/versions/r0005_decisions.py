"""Decisions: their events, where each pair stands, how often trials were shown.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

INSTANT = sa.DateTime(timezone=True)
COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STAGES = ("proposed", "retained", "addressed", "offered", "accepted", "screened", "included")


def upgrade() -> None:
    _decision_event()
    _followed_proposition()
    op.create_table(
        "displayed_count",
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("trial_id", sa.Text(), primary_key=True),
        sa.Column("shown", sa.Integer(), nullable=False),
    )


def _decision_event() -> None:
    op.create_table(
        "decision_event",
        sa.Column("id", COUNTED, primary_key=True),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("trial_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.Column("reason", sa.String(32)),
        sa.Column("reason_text", sa.String(140)),
        sa.Column("cohort", sa.Text()),
        sa.Column("catalogue_version", sa.String(64), nullable=False),
        sa.Column("match_id", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("site_finess", sa.String(9)),
        sa.Column("addressed_finess", sa.String(9)),
        sa.Column("organ", sa.String(64)),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("key_hash", sa.String(64), unique=True),
        sa.Column("request_hash", sa.String(64)),
        sa.UniqueConstraint("case_id", "trial_id", "number", name="uq_decision_event_number"),
    )


def _followed_proposition() -> None:
    op.create_table(
        "followed_proposition",
        sa.Column("id", COUNTED, primary_key=True),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("trial_id", sa.Text(), nullable=False, index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32)),
        sa.Column("reason", sa.String(32)),
        sa.Column("cohort", sa.Text()),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("site_finess", sa.String(9)),
        sa.Column("addressed_finess", sa.String(9)),
        sa.Column("organ", sa.String(64)),
        sa.Column("month", sa.String(7), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in STAGES),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.UniqueConstraint("case_id", "trial_id", name="uq_followed_proposition_pair"),
    )
    op.create_index("ix_followed_proposition_last_at", "followed_proposition", ["last_at"])
    op.create_index("ix_followed_proposition_month", "followed_proposition", ["month"])


def downgrade() -> None:
    for table in ("displayed_count", "followed_proposition", "decision_event"):
        op.drop_table(table)
