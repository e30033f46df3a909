"""Tokens that open a frame for one case, once.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    op.create_table(
        "embed_token",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("case_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_embed_token_expires_at", "embed_token", ["expires_at"])


def downgrade() -> None:
    op.drop_index("ix_embed_token_expires_at", "embed_token")
    op.drop_table("embed_token")
