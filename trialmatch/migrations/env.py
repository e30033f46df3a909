"""How Alembic runs our migrations: on the connection that `trialmatch.db` gives it, in its transaction."""

from alembic import context
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from trialmatch import tables  # noqa: F401 - declares the tables
from trialmatch.decisions import tables as _decisions  # noqa: F401 - likewise
from trialmatch.embed import tables as _embed  # noqa: F401 - likewise
from trialmatch.errors import DatabaseError
from trialmatch.session import tables as _session  # noqa: F401 - likewise


def run() -> None:
    """Migrate; SQLite alters a table by copying it (batch)."""
    connection = context.config.attributes.get("connection")
    if not isinstance(connection, Connection):
        raise DatabaseError("migrations run through trialmatch.db.migrate, which gives them a connection")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
